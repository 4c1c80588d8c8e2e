//! Inputs and how they are spoilt.

use crate::Clean;
use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Numbers by chance: `SplitMix64`, which gives the same ones for ever.
pub(crate) struct DamageRng(u64);

impl DamageRng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD134_2543_DE82_EF95))
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n.max(1) as u64).expect("below a usize")
    }

    fn range(&mut self, length: usize, most: usize) -> Range<usize> {
        let start = self.below(length + 1);
        let end = (start + self.below(most)).min(length);
        start..end
    }
}

/// How sheets are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Table,
    Lines,
    Folder,
}

/// An input that has been spoilt.
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) form: Form,
    /// What was done to it.
    pub(crate) how: Vec<&'static str>,
    /// Its text before compression, and whether it was spoilt before that.
    pub(crate) text: Vec<u8>,
    pub(crate) spoilt_text: bool,
    /// Of a folder: whose file was left alone.
    pub(crate) alone: Vec<bool>,
    pub(crate) bytes: u64,
}

/// Bytes that mean something to one reader or another.
const MEANING: &[u8] = b"\"\"\"\n\r,;\t\0\xFF\xC3\x80{}[]\\:'=#?a59 \x1B";

/// Spoils some bytes in one way.
fn once(bytes: &mut Vec<u8>, chance: &mut DamageRng) -> &'static str {
    let place = chance.below(bytes.len());
    if bytes.is_empty() {
        return "nothing to spoil";
    }
    match chance.below(13) {
        0 | 1 => {
            bytes[place] ^= 1 << chance.below(8);
            "a bit flipped"
        }
        2 | 3 => {
            bytes[place] = MEANING[chance.below(MEANING.len())];
            "a byte with a meaning"
        }
        4 => {
            bytes.insert(place, MEANING[chance.below(MEANING.len())]);
            "a byte put in"
        }
        5 => {
            bytes.drain(chance.range(bytes.len(), 40));
            "some bytes cut out"
        }
        6 => {
            bytes.truncate(place);
            "the end cut off"
        }
        7 => {
            let again = bytes[chance.range(bytes.len(), 2000)].to_vec();
            bytes.splice(place..place, again);
            "some bytes twice"
        }
        8 => {
            let noise: Vec<u8> = (0..chance.below(60))
                .map(|_| MEANING[chance.below(MEANING.len())])
                .collect();
            bytes.splice(place..place, noise);
            "noise put in"
        }
        way @ 9..=11 => {
            let mut lines: Vec<Vec<u8>> = bytes
                .split_inclusive(|&b| b == b'\n')
                .map(<[u8]>::to_vec)
                .collect();
            // mostly not the first, which would spoil all of a table
            let first = usize::from(chance.below(4) > 0).min(lines.len() - 1);
            let (a, b) = (
                first + chance.below(lines.len() - first),
                first + chance.below(lines.len() - first),
            );
            match way {
                9 => lines.swap(a, b),
                10 => lines.insert(b, lines[a].clone()),
                _ => {
                    lines[a].pop();
                }
            }
            *bytes = lines.concat();
            ["lines swapped", "a line twice", "lines joined"][way - 9]
        }
        _ => {
            let all = bytes.clone();
            bytes.extend(all);
            "joined with itself"
        }
    }
}

/// Spoils some bytes in one to four ways.
fn spoil(bytes: &mut Vec<u8>, chance: &mut DamageRng) -> Vec<&'static str> {
    let mut how: Vec<&str> = (0..=chance.below(4)).map(|_| once(bytes, chance)).collect();
    if chance.below(200) == 0 {
        let place = chance.below(bytes.len() + 1);
        let byte = MEANING[chance.below(MEANING.len())];
        bytes.splice(place..place, vec![byte; 3 << 20]);
        how.push("three million bytes put in");
    }
    how
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// An input in a folder, spoilt by chance.
pub(crate) fn input(clean: &Clean<'_>, folder: &Path, chance: &mut DamageRng) -> Input {
    let form = [
        Form::Table,
        Form::Lines,
        Form::Table,
        Form::Lines,
        Form::Folder,
    ][chance.below(5)];
    let parts = clean.written(form);
    let mut input = Input {
        path: folder.join("input"),
        form,
        how: Vec::new(),
        text: parts.concat().into_bytes(),
        spoilt_text: true,
        alone: Vec::new(),
        bytes: 0,
    };
    if form == Form::Folder {
        std::fs::create_dir(&input.path).expect("made");
        for (n, part) in parts.iter().enumerate() {
            let mut bytes = part.clone().into_bytes();
            let alone = chance.below(3) > 0;
            if !alone {
                input.how.extend(spoil(&mut bytes, chance));
            }
            input.alone.push(alone || bytes == part.as_bytes());
            input.bytes += bytes.len() as u64;
            std::fs::write(input.path.join(format!("{n}.toml")), bytes).expect("written");
        }
        return input;
    }
    let packed = chance.below(4);
    input.spoilt_text = packed < 2 || chance.below(2) == 0;
    if input.spoilt_text {
        input.how = spoil(&mut input.text, chance);
    }
    let mut bytes = match packed {
        0 | 1 => input.text.clone(),
        2 => gzip(&input.text),
        _ => zstd(&input.text),
    };
    if !input.spoilt_text {
        input.how = spoil(&mut bytes, chance);
    }
    input.bytes = bytes.len() as u64;
    std::fs::write(&input.path, bytes).expect("written");
    input
}

/// Takes an input away.
pub(crate) fn remove(path: &Path) {
    let removed = if path.is_dir() {
        std::fs::remove_dir_all(path)
    } else {
        std::fs::remove_file(path)
    };
    removed.expect("removed");
}

/// Large inputs, spoilt where memory could grow: tens of thousands of rows, rows that never end, rows
/// that are all rejected, one text or list that fills a line.
#[cfg(target_os = "linux")] // what is held of them is the most memory, read from /proc
pub(crate) fn large(clean: &Clean<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let mut chance = DamageRng::new(3);
    let mut rows = |form, size: usize| {
        let parts = clean.written(form);
        let (header, body) = parts.split_at(usize::from(form == Form::Table));
        let mut all = header.concat().into_bytes();
        while all.len() < size {
            let mut some = body.concat().into_bytes();
            if all.len() > 100_000 && chance.below(3) == 0 {
                // no quote, which may end the reading
                once(&mut some, &mut chance);
                some.retain(|&b| b != b'"' || form == Form::Lines);
            }
            all.extend(some);
        }
        all
    };
    let table = rows(Form::Table, 8 << 20);
    let lines = rows(Form::Lines, 8 << 20);
    let header = clean.written(Form::Table)[0].clone().into_bytes();
    let long = |start: &[u8], fill: &[u8], end: &[u8]| {
        let line = [start, &fill.repeat((1 << 20) / fill.len() - 100), end].concat();
        line.repeat(20)
    };
    vec![
        ("gzip", gzip(&table)),
        // a thousandth of what it unpacks to
        (
            "bomb",
            gzip(&[header.clone(), vec![b'1'; 256 << 20]].concat()),
        ),
        ("zstd", zstd(&lines)),
        ("table", table),
        ("lines", lines),
        ("one-line", vec![b'x'; 64 << 20]),
        ("long-row", [header.clone(), vec![b','; 64 << 20]].concat()),
        (
            "long-rows",
            [header.clone(), long(b"a", b",", b"\n")].concat(),
        ),
        (
            "wide-header",
            [vec![b','; 260_000], b"helping-1\n".to_vec()].concat(),
        ),
        ("rejected", [header, b"a,9\n".repeat(1 << 19)].concat()),
        ("long-texts", long(b"{\"id\":\"", b"\\u0001", b"\"}\n")),
        (
            "long-lists",
            long(b"{\"answers\":{\"helping-1\":[", b"0,", b"0]}}\n"),
        ),
        (
            "deep-lists",
            long(b"{\"answers\":{\"helping-1\":", b"[", b"\n"),
        ),
        (
            "unknown",
            long(b"{\"answers\":{", b"\"x\":1,", b"\"y\":1}}\n"),
        ),
    ]
}
