//! How far apart the cells of an XLS lie: what reads it makes room for all places between them, and for as many as a
//! sheet states, however few there are.
//!
//! Source: [MS-XLS], Excel Binary File Format, sections 2.3 and 2.4.

/// Places of a sheet, 65,536 rows of 256 columns: no sheet of this format has more.
const PLACES: u64 = 1 << 24;

/// Types of records.
const DIMENSIONS: u16 = 0x0200;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
/// A row of numbers, whose last two bytes are its last column.
const NUMBERS: u16 = 0x00BD;
/// A formula, a number, a text in each of its forms, a truth value or an error.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// Holds that the sheets of a stream of records have room.
///
/// # Errors
/// What is wrong with one of them.
pub(super) fn bounded(stream: &[u8]) -> Result<(), String> {
    let sheets = records(stream).filter(|(kind, data)| *kind == SHEET && data.len() >= 4);
    let begins: Vec<usize> = sheets.map(|(_, data)| word(data, 0) as usize).collect();
    let mut read = 0;
    for begin in begins {
        let sheet = stream.get(begin..).unwrap_or_default();
        read += sheet_bounded(sheet)?;
        // each stands behind the one before it
        if read > 2 * stream.len() {
            return Err("its sheets lie upon each other".to_owned());
        }
    }
    Ok(())
}

/// The same of one sheet; the bytes that it has.
fn sheet_bounded(sheet: &[u8]) -> Result<usize, String> {
    let (mut area, mut depth, mut bytes) = (Area::default(), 0_usize, 0);
    for (kind, data) in records(sheet) {
        bytes += data.len() + 4;
        match kind {
            BEGIN => depth += 1,
            END if depth > 1 => depth -= 1,
            END => break,
            // what is drawn in a sheet has records of its own
            _ if depth > 1 => {}
            DIMENSIONS => stated(data)?,
            NUMBERS if data.len() >= 6 => {
                area.add(half(data, 0), half(data, 2))?;
                area.add(half(data, 0), half(data, data.len() - 2))?;
            }
            kind if CELLS.contains(&kind) && data.len() >= 4 => {
                area.add(half(data, 0), half(data, 2))?;
            }
            _ => {}
        }
    }
    Ok(bytes)
}

/// Holds that what a sheet states of its size has room.
fn stated(data: &[u8]) -> Result<(), String> {
    let (top, end, left, right) = match data.len() {
        10 => (
            u32::from(half(data, 0)),
            u32::from(half(data, 2)),
            half(data, 4),
            half(data, 6),
        ),
        14 | 16 => (word(data, 0), word(data, 4), half(data, 8), half(data, 10)),
        _ => return Ok(()), // refused by what reads it
    };
    if end == 0 || right == 0 {
        return Ok(()); // it is empty
    }
    let left = if left > 0xFF || right < left { 0 } else { left };
    let rows = u64::from(end).checked_sub(u64::from(top));
    let columns = u64::from(right).checked_sub(u64::from(left));
    match (rows, columns) {
        (Some(rows), Some(columns)) if rows > 0 && columns > 0 && rows * columns <= PLACES => {
            Ok(())
        }
        _ => Err("it states a size that no sheet has".to_owned()),
    }
}

/// The places between the cells of a sheet.
#[derive(Default)]
struct Area(Option<[u16; 4]>);

impl Area {
    fn add(&mut self, row: u16, column: u16) -> Result<(), String> {
        let [top, left, bottom, right] = self.0.unwrap_or([row, column, row, column]);
        let area = [
            top.min(row),
            left.min(column),
            bottom.max(row),
            right.max(column),
        ];
        self.0 = Some(area);
        let [top, left, bottom, right] = area.map(u64::from);
        if (bottom - top + 1) * (right - left + 1) > PLACES {
            return Err(format!("its cells lie over {PLACES} places apart"));
        }
        Ok(())
    }
}

/// The records of a stream, each with its type.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, behind) = rest.split_first_chunk::<4>()?;
        let length = usize::from(half(head, 2));
        let data = behind.get(..length)?;
        rest = &behind[length..];
        Some((half(head, 0), data))
    })
}

fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from(half(bytes, at)) | u32::from(half(bytes, at + 2)) << 16
}

#[cfg(test)]
mod tests {
    use super::bounded;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    /// A stream with one sheet of these records.
    fn book(sheet: &[Vec<u8>]) -> Vec<u8> {
        let at: u32 = 4 + 4 + 4;
        let name = record(0x0085, &u32::to_le_bytes(at));
        let globals = [name, record(0x000A, &[])].concat();
        assert_eq!(globals.len(), at as usize);
        [globals, record(0x0809, &[0; 8]), sheet.concat()].concat()
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
        record(0x0203, &[place, vec![0; 10]].concat())
    }

    fn dimensions(numbers: [u32; 2], columns: [u16; 2]) -> Vec<u8> {
        let rows = numbers.map(u32::to_le_bytes).concat();
        let columns = columns.map(u16::to_le_bytes).concat();
        record(0x0200, &[rows, columns, vec![0; 2]].concat())
    }

    #[test]
    fn cells_lie_within_a_sheet() {
        let end = record(0x000A, &[]);
        let whole = [number(0, 0), number(65_535, 255), end.clone()];
        assert_eq!(bounded(&book(&whole)), Ok(()));
        let apart = [number(0, 0), number(65_535, 65_535), end.clone()];
        let refused = bounded(&book(&apart)).expect_err("too far");
        assert!(refused.contains("16777216 places apart"), "{refused}");
        // behind the end of the sheet nothing is of it
        let behind = [number(0, 0), end.clone(), number(65_535, 65_535)];
        assert_eq!(bounded(&book(&behind)), Ok(()));
        // nor is what a chart within it has
        let chart = [
            number(0, 0),
            record(0x0809, &[0; 8]),
            number(65_535, 65_535),
            end.clone(),
            end,
        ];
        assert_eq!(bounded(&book(&chart)), Ok(()));
    }

    #[test]
    fn a_sheet_states_no_more_than_it_can_have() {
        for (rows, columns, fits) in [
            ([0, 65_536], [0, 256], true),
            ([0, 0], [0, 0], true),
            ([3, 9], [2, 5], true),
            ([0, u32::MAX], [0, 256], false),
            ([9, 3], [0, 4], false),
            ([0, 65_536], [300, 60_000], false),
        ] {
            let said = bounded(&book(&[dimensions(rows, columns)]));
            assert_eq!(said.is_ok(), fits, "{rows:?} {columns:?}: {said:?}");
        }
    }

    #[test]
    fn sheets_do_not_lie_upon_each_other() {
        let sheets = (0..9).map(|_| record(0x0085, &0_u32.to_le_bytes()));
        let stream = sheets.collect::<Vec<_>>().concat();
        let refused = bounded(&stream).expect_err("nine times the same");
        assert!(refused.contains("upon each other"), "{refused}");
    }
}
