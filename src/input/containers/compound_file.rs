//! Whether a compound file, as an XLS is, can be given to what reads it: that follows chains of sectors without an end
//! to them, and looks up sectors that the table does not have.
//!
//! Source: [MS-CFB], Compound File Binary File Format, sections 2.2 to 2.6.

use crate::input::containers::xls_size;

/// From here on a sector's number says something else than which follows.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// Bytes of the header, of which the last hold the first sectors of the table.
const HEADER: usize = 512;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Streams below so many bytes are kept in the small sectors.
const SMALL_STREAM: u32 = 4096;
/// Bytes of a small sector.
const SMALL: usize = 64;
/// Names of the stream that holds a workbook.
const NAMES: [&str; 2] = ["Workbook", "Book"];

/// Holds that every chain of sectors ends, within the tables.
///
/// # Errors
/// What is wrong with the chains.
pub(super) fn bounded(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() < HEADER {
        return Err("it is cut short".to_owned());
    }
    let size = match bytes[30] {
        9 => 512,
        12 => 4096,
        _ => return Err("its sectors have a size that is not known".to_owned()),
    };
    let sectors = Sectors { bytes, size };
    let table = sectors.table()?;
    let directory = sectors.chain(word(bytes, 48), &table)?;
    let small: Vec<u32> = words(&sectors.chain(word(bytes, 60), &table)?).collect();
    let small = Table::new(small)?;
    let mut books = NAMES.map(|name| (name, None));
    for (at, entry) in directory.chunks_exact(ENTRY).enumerate() {
        let (start, length) = (word(entry, 116), word(entry, 120));
        // the first is the root, whose stream holds the small sectors
        if at > 0 && length < SMALL_STREAM && length > 0 {
            small.holds(start)?;
        } else if length > 0 {
            table.holds(start)?;
        }
        // what an entry below holds is another file's
        for (name, found) in &mut books {
            if found.is_none() && length > 0 && is_named(entry, name) {
                *found = Some((start, length as usize));
            }
        }
    }
    for (start, length) in books.into_iter().filter_map(|(_, found)| found) {
        let mut stream = if length < SMALL_STREAM as usize {
            let root = directory.get(..ENTRY).unwrap_or(&[0; ENTRY]);
            let whole = sectors.chain(word(root, 116), &table)?;
            let within = Sectors {
                bytes: &[&[0; SMALL], &whole[..]].concat(),
                size: SMALL,
            };
            within.chain(start, &small)?
        } else {
            sectors.chain(start, &table)?
        };
        stream.truncate(length);
        xls_size::bounded(&stream)?;
    }
    Ok(())
}

/// Whether an entry of the directory has this name, in letters of two bytes and with a zero at its end.
fn is_named(entry: &[u8], name: &str) -> bool {
    let mut wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    wanted.extend([0, 0]);
    entry.starts_with(&wanted)
}

/// A number of four bytes.
fn word(bytes: &[u8], at: usize) -> u32 {
    let four = bytes[at..at + 4].try_into().unwrap_or_default();
    u32::from_le_bytes(four)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| word(four, 0))
}

/// The sectors of a file, behind its header.
struct Sectors<'b> {
    bytes: &'b [u8],
    size: usize,
}

impl Sectors<'_> {
    /// A sector; the last may be cut short.
    fn get(&self, sector: u32) -> Result<&[u8], String> {
        let start = (sector as usize + 1) * self.size;
        let rest = self.bytes.get(start..);
        let rest = rest.filter(|rest| !rest.is_empty());
        let rest = rest.ok_or_else(|| format!("it has no sector {sector}"))?;
        Ok(&rest[..self.size.min(rest.len())])
    }

    /// Which sector follows each.
    fn table(&self) -> Result<Table, String> {
        let mut places: Vec<u32> = words(&self.bytes[76..HEADER]).collect();
        let mut further = word(self.bytes, 68);
        let most = self.bytes.len() / self.size;
        for _ in 0..=most {
            if further >= SPECIAL {
                break;
            }
            let more = self.get(further)?;
            places.extend(words(more));
            further = places.pop().unwrap_or(SPECIAL);
        }
        let mut all = Vec::new();
        for place in places.into_iter().filter(|&place| place < SPECIAL) {
            if all.len() > most * self.size {
                return Err("its table of sectors is longer than the file".to_owned());
            }
            all.extend(words(self.get(place)?));
        }
        Table::new(all)
    }

    /// The bytes of a chain.
    fn chain(&self, start: u32, table: &Table) -> Result<Vec<u8>, String> {
        let mut all = Vec::new();
        let mut at = start;
        while at < SPECIAL {
            all.extend_from_slice(self.get(at)?);
            at = table.after(at)?;
        }
        Ok(all)
    }
}

/// Which sector follows each: every chain of it ends.
struct Table(Vec<u32>);

impl Table {
    fn new(table: Vec<u32>) -> Result<Self, String> {
        // 0 not looked at, 1 on the way, 2 known to end
        let mut seen = vec![0_u8; table.len()];
        for start in 0..table.len() {
            let mut way = Vec::new();
            let mut at = start;
            while seen[at] == 0 {
                seen[at] = 1;
                way.push(at);
                let next = table[at];
                if next >= SPECIAL {
                    break;
                }
                at = next as usize;
                match seen.get(at) {
                    None => return Err(format!("its table has no sector {next}")),
                    Some(1) => return Err("its sectors follow each other in a circle".to_owned()),
                    Some(_) => {}
                }
            }
            for done in way {
                seen[done] = 2;
            }
        }
        Ok(Self(table))
    }

    fn after(&self, sector: u32) -> Result<u32, String> {
        let after = self.0.get(sector as usize).copied();
        after.ok_or_else(|| format!("its table has no sector {sector}"))
    }

    /// Whether a chain may begin at a sector.
    fn holds(&self, start: u32) -> Result<(), String> {
        if start < SPECIAL {
            self.after(start)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::bounded;

    /// A file of two sectors: the table of sectors with these two entries, and a directory.
    fn file(table: [u32; 2]) -> Vec<u8> {
        let mut bytes = vec![0_u8; 512];
        bytes[30] = 9;
        let mut put =
            |at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        put(48, 1);
        put(60, 0xFFFF_FFFE);
        put(68, 0xFFFF_FFFE);
        for place in 0..109 {
            put(76 + place * 4, if place == 0 { 0 } else { 0xFFFF_FFFF });
        }
        let mut sector = vec![0xFF_u8; 512];
        for (at, next) in table.into_iter().enumerate() {
            sector[at * 4..at * 4 + 4].copy_from_slice(&next.to_le_bytes());
        }
        bytes.extend(sector);
        bytes.extend([0; 512]);
        bytes
    }

    #[test]
    fn a_chain_that_does_not_end_or_leaves_the_table_is_refused() {
        const END: u32 = 0xFFFF_FFFE;
        assert_eq!(bounded(&file([0xFFFF_FFFD, END])), Ok(()));
        for (table, why) in [
            ([0xFFFF_FFFD, 1], "circle"),
            ([1, 0], "circle"),
            ([0xFFFF_FFFD, 128], "no sector 128"),
        ] {
            let refused = bounded(&file(table)).expect_err(why);
            assert!(refused.contains(why), "{refused}");
        }
        let mut far = file([0xFFFF_FFFD, END]);
        far[48] = 200;
        assert_eq!(bounded(&far), Err("it has no sector 200".to_owned()));
        assert!(bounded(&far[..100]).is_err());
    }
}
