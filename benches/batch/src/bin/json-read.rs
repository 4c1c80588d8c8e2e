//! What reading NDJSON takes with serde_json into fixed arrays on two threads, and nothing else done:
//! each line becomes an id and a byte a question, with no allocation for the answers.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::sync::Mutex;

/// Bytes of a piece.
const PIECE: usize = 512 << 10;
/// Room for questions.
const MOST: usize = 256;

thread_local! {
    static IDS: RefCell<HashMap<String, usize>> = RefCell::default();
}

#[derive(Deserialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(deserialize_with = "codes")]
    answers: [u8; MOST],
}

fn codes<'de, D: Deserializer<'de>>(reader: D) -> Result<[u8; MOST], D::Error> {
    reader.deserialize_map(Codes)
}

/// An answer: a small number, or a text of one letter.
struct Code(u8);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Of;
        impl Visitor<'_> for Of {
            type Value = Code;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an answer")
            }
            fn visit_u64<E>(self, number: u64) -> Result<Code, E> {
                Ok(Code(number as u8))
            }
            fn visit_str<E>(self, text: &str) -> Result<Code, E> {
                Ok(Code(text.as_bytes().first().copied().unwrap_or(0)))
            }
        }
        reader.deserialize_any(Of)
    }
}

struct Codes;

impl<'de> Visitor<'de> for Codes {
    type Value = [u8; MOST];
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answers")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = [0; MOST];
        IDS.with_borrow_mut(|ids| {
            while let Some(id) = map.next_key::<&str>()? {
                let q = match ids.get(id) {
                    Some(&q) => q,
                    None => {
                        let q = ids.len().min(MOST - 1);
                        ids.insert(id.to_owned(), q);
                        q
                    }
                };
                all[q] = map.next_value::<Code>()?.0;
            }
            Ok(all)
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("json-read FILE")?;
    let input = Mutex::new((File::open(path)?, Vec::new()));
    let totals = Mutex::new((0_u64, 0_u64));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut bytes = Vec::new();
                let (mut rows, mut sum) = (0, 0);
                loop {
                    {
                        let mut input = input.lock().expect("no thread fails");
                        let (file, carry) = &mut *input;
                        bytes.clear();
                        bytes.append(carry);
                        let wanted = (PIECE - bytes.len()) as u64;
                        file.take(wanted).read_to_end(&mut bytes).expect("the file is read");
                        if bytes.is_empty() {
                            break;
                        }
                        let end = bytes.iter().rposition(|&b| b == b'\n').map_or(bytes.len(), |e| e + 1);
                        carry.extend_from_slice(&bytes[end..]);
                        bytes.truncate(end);
                    }
                    for line in bytes.split(|&b| b == b'\n').filter(|line| !line.is_empty()) {
                        let line: Line = serde_json::from_slice(line).expect("a line is an answer sheet");
                        rows += 1;
                        sum += line.id.len() as u64
                            + line.answers.iter().map(|&b| u64::from(b)).sum::<u64>();
                    }
                }
                let mut totals = totals.lock().expect("no thread fails");
                totals.0 += rows;
                totals.1 += sum;
            });
        }
    });
    let (rows, sum) = totals.into_inner()?;
    println!("{rows} rows, {sum} in codes");
    Ok(())
}
