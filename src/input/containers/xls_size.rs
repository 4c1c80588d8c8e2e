//! How far apart the cells of an XLS lie, and how long its texts are: what reads it makes room for all places between
//! the cells of every sheet, for as many as a sheet states, and for a text as often as cells share it, however small
//! the file is.
//!
//! Source: [MS-XLS], Excel Binary File Format, sections 2.3 and 2.4.

use crate::input::containers::ods_size::texts_bounded;
use crate::input::containers::sst_lengths::lengths;
use crate::input::containers::xls_records::{half, records, word};

/// Places of all sheets: 65,536 rows of 256 columns, which a sheet of this format has at most.
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
/// A text of its own, a text with formatting, a text that is shared, and the text of a formula.
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_LABEL: u16 = 0x00FD;
const STRING: u16 = 0x0207;

/// Holds that the sheets of a stream of records have room, all together.
///
/// # Errors
/// What is wrong with one of them.
pub(super) fn bounded(stream: &[u8]) -> Result<(), String> {
    let shared = lengths(stream)?;
    let sheets = records(stream).filter(|(kind, data)| *kind == SHEET && data.len() >= 4);
    let begins: Vec<usize> = sheets.map(|(_, data)| word(data, 0) as usize).collect();
    let (mut read, mut counts) = (0, Counts::new(&shared));
    for begin in begins {
        let sheet = stream.get(begin..).unwrap_or_default();
        read += counts.sheet(sheet)?;
        // each stands behind the one before it
        if read > 2 * stream.len() {
            return Err("its sheets lie upon each other".to_owned());
        }
    }
    Ok(())
}

/// What was counted so far: what reads a workbook keeps all of its sheets.
struct Counts<'t> {
    /// Bytes of each text that cells share.
    shared: &'t [u32],
    /// Places between the cells of the sheets that have ended.
    places: u64,
    texts: u64,
}

impl<'t> Counts<'t> {
    const fn new(shared: &'t [u32]) -> Self {
        Self {
            shared,
            places: 0,
            texts: 0,
        }
    }

    /// Counts a sheet; the bytes that it has.
    fn sheet(&mut self, sheet: &[u8]) -> Result<usize, String> {
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
                    area.add(half(data, 0), half(data, 2));
                    area.add(half(data, 0), half(data, data.len() - 2));
                }
                kind if CELLS.contains(&kind) && data.len() >= 4 => {
                    area.add(half(data, 0), half(data, 2));
                }
                _ => {}
            }
            if depth <= 1 {
                self.text(kind, data)?;
            }
            self.places_bounded(&area)?;
        }
        self.places += area.places();
        Ok(bytes)
    }

    /// Adds the text of a record, if it is one: of its own as long as it states, for so much room is made for it.
    fn text(&mut self, kind: u16, data: &[u8]) -> Result<(), String> {
        let bytes = match kind {
            LABEL | RICH_LABEL if data.len() >= 8 => u32::from(half(data, 6)),
            STRING if data.len() >= 2 => u32::from(half(data, 0)),
            SHARED_LABEL if data.len() >= 10 => {
                let text = self.shared.get(word(data, 6) as usize);
                text.copied().unwrap_or(0)
            }
            _ => return Ok(()),
        };
        self.texts += u64::from(bytes);
        texts_bounded(self.texts)
    }

    fn places_bounded(&self, area: &Area) -> Result<(), String> {
        if self.places + area.places() <= PLACES {
            return Ok(());
        }
        let whose = if self.places == 0 {
            "its cells lie"
        } else {
            "the cells of its sheets, each from corner to corner, lie"
        };
        Err(format!("{whose} over {PLACES} places apart"))
    }
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
    fn add(&mut self, row: u16, column: u16) {
        let [top, left, bottom, right] = self.0.unwrap_or([row, column, row, column]);
        self.0 = Some([
            top.min(row),
            left.min(column),
            bottom.max(row),
            right.max(column),
        ]);
    }

    fn places(&self) -> u64 {
        self.0.map_or(0, |area| {
            let [top, left, bottom, right] = area.map(u64::from);
            (bottom - top + 1) * (right - left + 1)
        })
    }
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
        books(&[], &[sheet])
    }

    /// A stream with these records of its own and these sheets.
    fn books(own: &[u8], sheets: &[&[Vec<u8>]]) -> Vec<u8> {
        let mut at = own.len() + sheets.len() * 8 + 4;
        let (mut names, mut all) = (Vec::new(), Vec::new());
        for sheet in sheets {
            let place = u32::try_from(at).expect("small");
            names.extend(record(0x0085, &place.to_le_bytes()));
            let sheet = [record(0x0809, &[0; 8]), sheet.concat()].concat();
            at += sheet.len();
            all.extend(sheet);
        }
        [own, &names, &record(0x000A, &[]), &all].concat()
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
    fn the_places_of_all_sheets_are_counted_together() {
        let end = record(0x000A, &[]);
        let half_of_it = [number(0, 0), number(32_767, 255), end.clone()];
        let small = [number(9, 9), end];
        assert_eq!(bounded(&books(&[], &[&half_of_it, &half_of_it])), Ok(()));
        let more = books(&[], &[&half_of_it, &half_of_it, &small]);
        let refused = bounded(&more).expect_err("one place more");
        assert!(
            refused.contains("of its sheets") && refused.contains("16777216 places apart"),
            "{refused}"
        );
    }

    #[test]
    fn a_text_counts_as_often_as_cells_share_it() {
        let text = [&[0, 128, 0][..], &vec![b'a'; 1 << 15]].concat();
        let shared = record(0x00FC, &[&[0; 8][..], &text].concat());
        let cell = |row: u16, text: u8| {
            let place = [row.to_le_bytes(), [0, 0]].concat();
            record(0x00FD, &[place, vec![0, 0, text, 0, 0, 0]].concat())
        };
        let sheet = |cells: u16| -> Vec<Vec<u8>> { (0..cells).map(|row| cell(row, 0)).collect() };
        assert_eq!(bounded(&books(&shared, &[&sheet(1 << 13)])), Ok(()));
        let says = "texts have over 268435456 bytes";
        let over = books(&shared, &[&sheet(1 << 13), &[cell(0, 0)]]);
        assert!(bounded(&over).is_err_and(|why| why.contains(says)));
        // one that is not there takes no room
        let none = books(&shared, &[&sheet(1 << 13), &[cell(0, 1)]]);
        assert_eq!(bounded(&none), Ok(()));
        // room is made for as much as a text says that it has
        let label = |row: u16| {
            let place = [row.to_le_bytes(), [0, 0]].concat();
            record(0x0204, &[place, vec![0, 0, 0xFF, 0xFF, 0]].concat())
        };
        let labels = |cells: u16| -> Vec<Vec<u8>> { (0..cells).map(label).collect() };
        assert_eq!(bounded(&book(&labels(4096))), Ok(()));
        assert!(bounded(&book(&labels(4097))).is_err_and(|why| why.contains(says)));
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
