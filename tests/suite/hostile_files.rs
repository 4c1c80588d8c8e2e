//! Workbooks, archives and encodings that are made to do harm: each is read within its bounds, or refused at
//! once with a message that states the bound. Nothing of a workbook is computed, opened or fetched.

use crate::help::{run, stderr, stdout};
use crate::shapes::containers::archive;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Output;
use std::time::{Duration, Instant};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Scores a file; that ends soon, however it ends.
fn scored(folder: &Path, name: &str, bytes: &[u8]) -> Output {
    let begin = Instant::now();
    std::fs::write(folder.join(name), bytes).expect("written");
    let words = ["score", "--partial", "-f", "csv", "--top", "1", name];
    let output = run(folder, &words, b"");
    // a debug build on a machine that does other work
    let took = begin.elapsed();
    assert!(took < Duration::from_secs(60), "{name}: {took:?}");
    output
}

/// Scores a file, which is refused with exit code 1 and these words.
fn refused(name: &str, bytes: &[u8], says: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = scored(folder.path(), name, bytes);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{name}: {said}");
    assert!(
        said.contains(says) && said.contains(name),
        "{name}: no {says:?} in {said}"
    );
    assert!(
        said.len() < 2_000,
        "{name}: {} bytes of messages",
        said.len()
    );
    assert_eq!(stdout(&output), "", "{name}");
}

/// The ids of the people that a file holds, with what is said.
fn people(name: &str, bytes: &[u8]) -> (Vec<String>, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = scored(folder.path(), name, bytes);
    let rows = stdout(&output);
    let ids = rows.lines().skip(1).filter_map(|row| row.split(',').next());
    (ids.map(str::to_owned).collect(), stderr(&output))
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An XLSX with this sheet, these shared texts and what follows the list of its sheets.
fn xlsx(sheet: &[u8], texts: &[u8], more: &str) -> Vec<u8> {
    let root = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    let book = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"s\"/></sheets>{more}</workbook>"
    );
    let parts = format!(
        "<Relationships><Relationship Id=\"s\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"t\" Type=\"{RELATIONS}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
         <Relationship Id=\"x\" Type=\"{RELATIONS}/externalLink\" Target=\"externalLinks/externalLink1.xml\"/>\
         </Relationships>"
    );
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", texts),
    ])
}

/// A sheet of these rows.
fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// An XLSX with these rows.
fn rows(rows: &str) -> Vec<u8> {
    xlsx(sheet(rows).as_bytes(), b"<sst/>", "")
}

/// A row of texts.
fn header(names: &[&str]) -> String {
    let cells = names
        .iter()
        .zip('A'..)
        .fold(String::new(), |mut all, (name, column)| {
            let _ = write!(all, "<c r=\"{column}1\" t=\"str\"><v>{name}</v></c>");
            all
        });
    format!("<row r=\"1\">{cells}</row>")
}

/// An XLSX with two rows, these styles and these shared texts.
fn styled(styles: &str, texts: &str) -> Vec<u8> {
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>";
    let root = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    let parts = format!(
        "<Relationships><Relationship Id=\"s\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         </Relationships>"
    );
    let row =
        "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>a</v></c><c r=\"B2\" s=\"0\"><v>4</v></c></row>";
    let sheet = sheet(&format!("{}{row}", header(&["id", "helping-1"])));
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", texts.as_bytes()),
    ])
}

/// An ODS with these rows.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"A\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest=\"m\"/>",
        ),
    ])
}

/// A row of an ODS, repeated, with a cell, repeated.
fn repeated(rows: u64, cells: u64, text: &str) -> String {
    format!(
        "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"string\" \
         table:number-columns-repeated=\"{cells}\"><text:p>{text}</text:p></table:table-cell></table:table-row>"
    )
}

/// Bytes with one place set.
fn with(mut bytes: Vec<u8>, at: usize, value: &[u8]) -> Vec<u8> {
    bytes[at..at + value.len()].copy_from_slice(value);
    bytes
}

/// The places of a mark.
fn places(bytes: &[u8], mark: &[u8]) -> Vec<usize> {
    let all = bytes.windows(mark.len()).enumerate();
    all.filter(|(_, here)| *here == mark)
        .map(|(at, _)| at)
        .collect()
}

#[test]
fn a_cell_far_away_asks_for_no_memory() {
    let head = header(&["id", "helping-1"]);
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>4</v></c></row>";
    let (ids, said) = people("far.xlsx", &rows(&format!("{head}{far}")));
    assert_eq!(ids, ["row 1048576"], "{said}");
    let mut wide = head.clone();
    for row in 2..5000 {
        let _ = write!(
            wide,
            "<row r=\"{row}\"><c r=\"XFD{row}\"><v>4</v></c></row>"
        );
    }
    let apart = "its cells lie over 67108864 places apart";
    refused("wide.xlsx", &rows(&wide), apart);
    let beyond = "<row r=\"4294967295\"><c r=\"A4294967295\"><v>4</v></c></row>";
    refused("beyond.xlsx", &rows(&format!("{head}{beyond}")), apart);
    // a size that is only stated counts for nothing
    let stated = format!(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{head}</sheetData></worksheet>"
    );
    let (ids, said) = people("stated.xlsx", &xlsx(stated.as_bytes(), b"<sst/>", ""));
    assert!(ids.is_empty() && said.contains("0 scored"), "{said}");
}

#[test]
fn what_an_ods_repeats_is_counted_before_it_is_written_out() {
    let cells = "it has over 16777216 cells once they are all written out";
    refused("rows.ods", &ods(&repeated(1_048_576, 16_384, "id")), cells);
    refused(
        "columns.ods",
        &ods(&repeated(1, 4_000_000_000, "id")),
        cells,
    );
    // with one more than 4096 rows of 4096, empty but for the last cell of each
    let wide = "<table:table-row table:number-rows-repeated=\"4097\"><table:table-cell \
                table:number-columns-repeated=\"4095\"/><table:table-cell office:value-type=\"string\">\
                <text:p>z</text:p></table:table-cell></table:table-row>";
    refused("wide.ods", &ods(wide), cells);
    // few cells, of which one lies far to the right and one far below
    let far = "<table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell \
               office:value-type=\"string\"><text:p>z</text:p></table:table-cell></table:table-row>";
    let ragged = format!("{far}{}", repeated(1_024, 1, "a"));
    refused(
        "ragged.ods",
        &ods(&ragged),
        "lie over 16777216 places apart",
    );
    let gap = "<table:table-row table:number-rows-repeated=\"1023\"><table:table-cell/></table:table-row>";
    let below = format!("{far}{gap}{}", repeated(1, 1, "a"));
    refused("below.ods", &ods(&below), "lie over 16777216 places apart");
    let texts = "its texts have over 268435456 bytes once they are all written out";
    refused(
        "texts.ods",
        &ods(&repeated(1_000, 1_000, &"a".repeat(1_000))),
        texts,
    );
    refused(
        "spaces.ods",
        &ods(&repeated(1, 1, "<text:s text:c=\"2147483647\"/>")),
        texts,
    );
    // as every spreadsheet of the program is that writes them: empty to its last row and column
    let empty = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell \
                 table:number-columns-repeated=\"16384\"/></table:table-row>";
    let head = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>id</text:p>\
                </table:table-cell><table:table-cell office:value-type=\"string\"><text:p>helping-1</text:p>\
                </table:table-cell></table:table-row>";
    let row = "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"string\">\
               <text:p>a</text:p></table:table-cell><table:table-cell office:value-type=\"float\" \
               office:value=\"4\" table:formula=\"of:=2+2\"><text:p>4</text:p></table:table-cell></table:table-row>";
    let (ids, said) = people("class.ods", &ods(&format!("{head}{row}{empty}")));
    assert_eq!(ids, ["a", "a"], "{said}");
}

#[test]
fn nothing_of_a_workbook_is_computed_or_fetched() {
    let cells = [
        ("b", "<f>1+3</f><v>2</v>", ""),
        ("c", "<f>HYPERLINK(\"http://127.0.0.1:9/\")</f><v>3</v>", ""),
        ("d", "<f>[1]Sheet1!A1</f><v>5</v>", ""),
        (
            "e",
            "<f>WEBSERVICE(\"http://127.0.0.1:9/\")</f><v>4</v>",
            " t=\"str\"",
        ),
        ("f", "<f>1/0</f><v>#DIV/0!</v>", " t=\"e\""),
    ];
    let mut all = header(&["id", "helping-1"]);
    for (row, (id, cell, kind)) in (2..).zip(cells) {
        let _ = write!(
            all,
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"str\"><v>{id}</v></c><c r=\"B{row}\"{kind}>{cell}</c></row>"
        );
    }
    let links = "<externalReferences><externalReference r:id=\"x\"/></externalReferences>";
    let bytes = xlsx(sheet(&all).as_bytes(), b"<sst/>", links);
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("f.xlsx"), bytes).expect("written");
    let words = ["read", "--partial", "-f", "clean", "f.xlsx"];
    let output = run(folder.path(), &words, b"");
    let answers: Vec<String> = stdout(&output)
        .lines()
        .skip(1)
        .map(|row| row.split(',').take(2).collect::<Vec<_>>().join("="))
        .collect();
    // what the program that wrote the file computed
    assert_eq!(answers, ["b=2", "c=3", "d=5", "e=4"], "{}", stderr(&output));
    let output = run(folder.path(), &["score", "--partial", "f.xlsx"], b"");
    let said = stderr(&output);
    assert!(
        said.contains("f.xlsx:A!B6: helping-1: \"#DIV/0!\""),
        "{said}"
    );
}

#[test]
fn entities_of_a_workbook_are_not_written_out() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\"><!ENTITY x SYSTEM \
                \"file:///etc/passwd\">]>";
    for text in ["&c;", "&x;"] {
        let rows = sheet(&header(&["id", text]));
        let bytes = xlsx(format!("{bomb}{rows}").as_bytes(), b"<sst/>", "");
        refused("entity.xlsx", &bytes, "unrecognized entity");
    }
}

#[test]
fn a_part_of_a_workbook_is_no_larger_than_it_says() {
    let text = "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>".repeat(1 << 16);
    let head = header(&["id", "helping-1"]);
    let bytes = xlsx(
        sheet(&head).as_bytes(),
        format!("<sst>{text}</sst>").as_bytes(),
        "",
    );
    let name = b"xl/sharedStrings.xml";
    // the size stands 8 bytes before the name in the head of the entry, and 22 before it in the list
    let sizes: Vec<usize> = places(&bytes, name)
        .iter()
        .zip([8, 22])
        .map(|(at, before)| at - before)
        .collect();
    let small = sizes
        .iter()
        .fold(bytes.clone(), |bytes, at| with(bytes, *at, &[100, 0, 0, 0]));
    refused(
        "small.xlsx",
        &small,
        "larger than its declared uncompressed size",
    );
    // all parts together, as they say themselves
    let large = sizes
        .iter()
        .fold(bytes, |bytes, at| with(bytes, *at, &[0, 0, 0, 0x41]));
    refused(
        "large.xlsx",
        &large,
        "bytes once unpacked, more than 1073741824",
    );
}

/// A file of an office program that holds these streams, all empty.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut all = vec![0_u8; 512];
    all[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    let mut put = |at: usize, value: &[u8]| all[at..at + value.len()].copy_from_slice(value);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]); // version 3, sectors of 512 bytes
    put(44, &1_u32.to_le_bytes()); // one sector of the table of sectors
    put(48, &1_u32.to_le_bytes()); // the folder is sector 1
    put(56, &4096_u32.to_le_bytes());
    put(60, &[0xFE, 0xFF, 0xFF, 0xFF]); // no small sectors
    put(68, &[0xFE, 0xFF, 0xFF, 0xFF]); // no more tables
    put(76, &[0xFF; 436]);
    put(76, &0_u32.to_le_bytes());
    let mut table = vec![0xFF_u8; 512];
    table[..8].copy_from_slice(&[0xFD, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF]);
    all.extend(table);
    let names = ["Root Entry"].iter().chain(streams);
    let mut folder = Vec::new();
    for (number, name) in names.enumerate() {
        let mut entry = vec![0_u8; 128];
        let written: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..written.len()].copy_from_slice(&written);
        entry[64] = u8::try_from(written.len() + 2).expect("a short name");
        entry[66] = if number == 0 { 5 } else { 2 };
        entry[68..80].fill(0xFF);
        entry[116..120].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
        folder.extend(entry);
    }
    folder.resize(512, 0);
    all.extend(folder);
    all
}

/// A record of an XLS.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a short record");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// An XLS of these records.
fn xls(records: &[Vec<u8>]) -> Vec<u8> {
    let mut stream = records.concat();
    // a stream that is not kept in the small sectors
    stream.resize(stream.len().next_multiple_of(512).max(4096), 0);
    let length = u32::try_from(stream.len()).expect("small");
    let entry = 1024 + 128;
    let mut all = with(compound(&["Workbook"]), entry + 116, &2_u32.to_le_bytes());
    all = with(all, entry + 120, &length.to_le_bytes());
    let last = 2 + length / 512 - 1;
    for sector in 2..=last {
        let next = if sector == last {
            0xFFFF_FFFE
        } else {
            sector + 1
        };
        all = with(all, 512 + 4 * sector as usize, &u32::to_le_bytes(next));
    }
    all.extend(stream);
    all
}

#[test]
fn records_that_their_reader_cannot_take_are_no_workbook() {
    let begin = record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0]);
    // what is read of it is not there: the reader panics
    let cut = xls(&[begin.clone(), record(0x0085, &[])]);
    refused("cut.xls", &cut, "as a workbook: it is damaged");
    let at = u32::try_from(begin.len() + 4 + 9 + 4)
        .expect("small")
        .to_le_bytes();
    let sheet = record(0x0085, &[&at[..], &[0, 0, 1, 0, b'A']].concat());
    let end = record(0x000A, &[]);
    let book = |records: &[Vec<u8>]| {
        let sheet = [begin.clone(), sheet.clone(), end.clone(), begin.clone()];
        xls(&[&sheet[..], records, std::slice::from_ref(&end)].concat())
    };
    let sheet_at = |behind: usize| {
        let first = begin.len() + 2 * (4 + 9) + 4;
        let at = u32::try_from(first + behind).expect("small").to_le_bytes();
        record(
            0x0085,
            &[&at[..], &[0, 0, 1, 0, b'A' + u8::from(behind > 0)]].concat(),
        )
    };
    let number = |row: u16, column: u16| {
        let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
        record(0x0203, &[place, vec![0; 10]].concat())
    };
    let apart = book(&[number(0, 0), number(65_535, 65_535)]);
    refused(
        "apart.xls",
        &apart,
        "its cells lie over 16777216 places apart",
    );
    // two sheets that lie behind each other, each with all the places that there are
    let whole = [number(0, 0), number(65_535, 255), end.clone()].concat();
    let sheets = [sheet_at(0), sheet_at(begin.len() + whole.len())];
    let two = [&sheets[..], std::slice::from_ref(&end)].concat();
    let two = [
        &two[..],
        &[begin.clone(), whole.clone(), begin.clone(), whole],
    ]
    .concat();
    refused(
        "two.xls",
        &xls(&[vec![begin.clone()], two].concat()),
        "the cells of its sheets, each from corner to corner, lie over 16777216 places apart",
    );
    let rows = [0_u32, u32::MAX].map(u32::to_le_bytes).concat();
    let size = record(0x0200, &[rows, vec![0, 0, 0, 1, 0, 0]].concat());
    refused(
        "size.xls",
        &book(&[size]),
        "it states a size that no sheet has",
    );
}

#[test]
fn a_formula_without_its_result_is_refused_with_its_place() {
    let head = header(&["id", "helping-1"]);
    let row =
        |cell: &str| format!("{head}<row r=\"2\"><c r=\"A2\" t=\"str\"><v>a</v></c>{cell}</row>");
    let says = "B2 is a formula, and its result was not saved with it";
    for cell in [
        "<c r=\"B2\"><f>2+2</f></c>",
        "<c r=\"B2\"><f>2+2</f><v></v></c>",
        "<c r=\"B2\"><f t=\"shared\" si=\"4000000000\" ref=\"B2:B9\">2+2</f></c>",
        "<c r=\"B2\"><f t=\"shared\" si=\"0\"/></c>",
    ] {
        refused("unsaved.xlsx", &rows(&row(cell)), says);
    }
    for (cell, answer) in [
        ("<c r=\"B2\"><f>2+2</f><v>4</v></c>", "4"),
        // an empty text is a result, too
        ("<c r=\"B2\" t=\"str\"><f>\"\"</f><v></v></c>", ""),
        ("<c r=\"B2\" s=\"1\"/>", ""),
    ] {
        let (ids, said) = people("saved.xlsx", &rows(&row(cell)));
        assert_eq!(ids, ["a"], "{answer}: {said}");
    }
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let table = |value: &str| {
        let [id, name, who] = ["id", "helping-1", "a"].map(text);
        let answer = format!("<table:table-cell table:formula=\"of:=2+2\"{value}/>");
        ods(&format!(
            "<table:table-row>{id}{name}</table:table-row><table:table-row>{who}{answer}</table:table-row>"
        ))
    };
    let saved = table(" office:value-type=\"float\" office:value=\"4\"");
    let (ids, said) = people("saved.ods", &saved);
    assert_eq!(ids, ["a"], "{said}");
    refused("unsaved.ods", &table(""), says);
}

#[test]
fn sectors_that_follow_each_other_in_a_circle_are_no_workbook() {
    let bytes = with(compound(&["Workbook"]), 516, &1_u32.to_le_bytes());
    refused("circle.xls", &bytes, "in a circle");
    let bytes = with(compound(&["Workbook"]), 516, &200_u32.to_le_bytes());
    refused("far.xls", &bytes, "no sector 200");
}

#[test]
fn no_more_shared_texts_are_made_room_for_than_there_are() {
    let texts = b"<sst uniqueCount=\"4294967295\"><si><t>id</t></si></sst>";
    let bytes = xlsx(sheet(&header(&["id"])).as_bytes(), texts, "");
    refused("many.xlsx", &bytes, "states 4294967295 shared texts");
}

#[test]
fn a_text_that_many_cells_share_is_written_out_within_a_bound() {
    let text = "x".repeat(1 << 20);
    let texts = format!("<sst uniqueCount=\"1\"><si><t>{text}</t></si></sst>");
    let cells =
        (1..=400).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"));
    let cells: String = cells.collect();
    let bytes = xlsx(sheet(&cells).as_bytes(), texts.as_bytes(), "");
    refused("shared.xlsx", &bytes, "texts have over 268435456 bytes");
}

#[test]
fn styles_of_a_workbook_are_counted_before_they_are_made() {
    let styles = |fonts: &str, count: usize| {
        let styles = "<xf fontId=\"0\"/>".repeat(count);
        format!("<styleSheet><fonts>{fonts}</fonts><cellXfs>{styles}</cellXfs></styleSheet>")
    };
    let font = |length: usize| {
        let name = "a".repeat(length);
        format!("<font><name val=\"{name}\"/></font>")
    };
    // as many as a spreadsheet program takes
    let bytes = styled(&styles(&font(31), 65_490), "<sst/>");
    let (ids, said) = people("styled.xlsx", &bytes);
    assert_eq!(ids, ["a"], "{said}");
    let bytes = styled(&styles("", (1 << 17) + 1), "<sst/>");
    refused("many.xlsx", &bytes, "it has over 131072 styles of cells");
    // each style has a copy of its font: 2 GiB
    let bytes = styled(&styles(&font(1 << 20), 2_000), "<sst/>");
    let says = "a text of its styles has 1048576 bytes, more than 2048";
    refused("font.xlsx", &bytes, says);
    let long = " ".repeat(32 << 20);
    let bytes = styled(&format!("<styleSheet>{long}</styleSheet>"), "<sst/>");
    refused(
        "long.xlsx",
        &bytes,
        "its part xl/styles.xml has 33554457 bytes",
    );
}

#[test]
fn a_header_of_many_parts_is_looked_at_once() {
    let header = "1. ".repeat(300_000);
    let (ids, said) = people(
        "parts.csv",
        format!("id,{header},helping-1\na,1,4\n").as_bytes(),
    );
    assert_eq!(ids, ["a"], "{said}");
}

#[test]
fn a_header_of_nothing_but_hyphens_is_looked_at_once() {
    for sign in ["-", ". ", ":)"] {
        let header = sign.repeat(900_000 / sign.len());
        let table = format!("id,{header},helping-1\na,1,4\n");
        let (ids, said) = people("signs.csv", table.as_bytes());
        assert_eq!(ids, ["a"], "{said}");
    }
}

#[test]
fn a_header_behind_many_blank_rows_is_found_or_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for rows in [10, 35, 45, 900] {
        for layout in [
            "question,a\nhelping-1,4\nmaking-1,3\n",
            "id,helping-1,making-1\na,4,3\n",
        ] {
            let table = format!("title\n{}{layout}", "\n".repeat(rows));
            let output = scored(folder.path(), "a.csv", table.as_bytes());
            let said = stderr(&output);
            assert!(!said.contains("panicked"), "{rows}: {said}");
            let code = output.status.code();
            assert!(code.is_some_and(|code| code <= 4), "{rows}: {said}");
        }
    }
}

#[cfg(unix)] // Windows has no file without an end
#[test]
fn a_map_without_an_end_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("a.csv"), "id,helping-1\na,4\n").expect("written");
    let output = run(
        folder.path(),
        &["score", "--map", "/dev/zero", "a.csv"],
        b"",
    );
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("/dev/zero has over 1048576 bytes"), "{said}");
}

#[test]
fn an_encrypted_workbook_is_named() {
    let bytes = compound(&["EncryptionInfo", "EncryptedPackage"]);
    refused("locked.xlsx", &bytes, "it is encrypted");
    refused("other.xls", &compound(&["Something"]), "as a workbook");
    refused("cut.xls", &bytes[..600], "as a workbook");
}

/// A ZIP archive of stored entries with these names.
fn stored(names: impl Iterator<Item = String>, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for name in names {
        zip.start_file(name, options).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

const TABLE: &[u8] = b"id,helping-1\na,4\n";

#[test]
fn an_archive_over_a_bound_is_refused() {
    let many = stored((0..10_001).map(|n| n.to_string()), b"");
    refused("many.zip", &many, "10001 entries, more than 10000");
    let most = stored((0..65_536).map(|n| n.to_string()), b"");
    refused("most.zip", &most, "65536 entries, more than 10000");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("large.zip");
    let mut file = File::create(&path).expect("made");
    file.write_all(&stored(["a.csv".to_owned()].into_iter(), TABLE))
        .expect("written");
    file.set_len((64 << 20) + 1).expect("longer");
    drop(file);
    let output = run(folder.path(), &["score", "large.zip"], b"");
    let said = stderr(&output);
    assert!(
        said.contains("a ZIP archive or a workbook of over 67108864 bytes"),
        "{said}"
    );
}

#[test]
fn an_entry_is_read_in_pieces_and_its_name_is_only_shown() {
    // a line of 256 MiB in 256 KiB: nothing but its start is kept
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.csv", SimpleFileOptions::default())
        .expect("an entry");
    let block = vec![b'x'; 1 << 20];
    for _ in 0..256 {
        zip.write_all(&block).expect("written");
    }
    let bomb = zip.finish().expect("an archive").into_inner();
    refused("bomb.zip", &bomb, "the header is over 1048576 bytes");
    for name in ["/etc/passwd", "../../a.csv", "C:\\a.csv", "\\\\host\\a.csv"] {
        let bytes = stored(["x".repeat(name.len())].into_iter(), TABLE);
        let at = places(&bytes, "x".repeat(name.len()).as_bytes());
        let bytes = at
            .iter()
            .fold(bytes.clone(), |bytes, at| with(bytes, *at, name.as_bytes()));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = scored(folder.path(), "a.zip", &bytes);
        assert!(
            stdout(&output).contains("\na,insufficient"),
            "{name}: {}",
            stderr(&output)
        );
        let there = std::fs::read_dir(folder.path()).expect("listed").count();
        assert_eq!(there, 1, "{name}: nothing is unpacked into the folder");
    }
}

#[test]
fn names_of_an_archive_are_told_apart_and_shown_short() {
    let bytes = stored(["a.csv", "b.csv"].map(str::to_owned).into_iter(), TABLE);
    let same = places(&bytes, b"b.csv")
        .iter()
        .fold(bytes.clone(), |bytes, at| with(bytes, *at, b"a.csv"));
    refused("same.zip", &same, "holds two files of one name");
    let long = ["x", "y"].map(|letter| letter.repeat(65_000) + ".csv");
    let two = stored(long.clone().into_iter(), TABLE);
    refused("two.zip", &two, "a ZIP archive with 2 files (xxx");
    let [one, _] = long;
    let one = stored([one].into_iter(), b"nothing that is known\n");
    refused("one.zip", &one, "one.zip:xxx");
}

#[test]
fn zstd_that_cannot_be_unpacked_is_told_in_words() {
    let frame = |rest: &[u8]| [&b"\x28\xB5\x2F\xFD"[..], rest].concat();
    for (name, rest, says) in [
        (
            "wide.zst",
            &b"\x00\xFF\0\0\0\0"[..],
            "bytes would be kept in memory, and at most 8388608 are",
        ),
        (
            "wide2.zst",
            b"\x00\x70\0\0\0\0",
            "bytes would be kept in memory, and at most 8388608 are",
        ),
        (
            "dictionary.zst",
            b"\x01\x00\x07\0\0\0\0",
            "a dictionary, which is not here",
        ),
        (
            "block.zst",
            b"\x00\x00\xFF\xFF\xFF\0\0",
            "the zstd data is damaged: the head of a block is wrong",
        ),
    ] {
        refused(name, &frame(rest), says);
    }
}

#[test]
fn entries_that_overlap_are_read_once_or_refused() {
    let bytes = stored(["a.csv".to_owned()].into_iter(), TABLE);
    let list = places(&bytes, b"PK\x01\x02")[0];
    let end = places(&bytes, b"PK\x05\x06")[0];
    let entry = &bytes[list..end];
    // the same bytes under two names
    let other = with(entry.to_vec(), entry.len() - 5, b"b.csv");
    let mut tail = bytes[end..].to_vec();
    tail[8..12].copy_from_slice(&[2, 0, 2, 0]);
    let size = u32::try_from(2 * entry.len()).expect("small").to_le_bytes();
    tail[12..16].copy_from_slice(&size);
    let twice = [&bytes[..end], &other, &tail].concat();
    refused(
        "twice.zip",
        &twice,
        "a ZIP archive with 2 files (a.csv, b.csv)",
    );
    // an entry that begins in the list
    let at = u32::try_from(list).expect("small").to_le_bytes();
    let within = with(bytes.clone(), list + 42, &at);
    refused("within.zip", &within, "the ZIP archive is damaged");
}

#[test]
fn text_that_is_in_no_encoding_is_refused_with_its_line() {
    let table = |cell: &[u8]| [b"id,helping-1\nb,3\na", cell, b",4\n"].concat();
    // overlong, a surrogate alone, behind the last character, cut, a continuation alone
    for cell in [
        &b"\xC0\xAF"[..],
        b"\xE0\x80\xAF",
        b"\xED\xA0\x80",
        b"\xF4\x90\x80\x80",
        b"\xE2\x82",
        b"\x80",
    ] {
        refused("a.csv", &table(cell), "a.csv:3: this is not UTF-8 text");
    }
    let utf16 = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
    let little = |units: &[u16]| -> Vec<u8> {
        let units = units.iter().flat_map(|unit| unit.to_le_bytes());
        b"\xFF\xFE".iter().copied().chain(units).collect()
    };
    let text = "id,helping-1\na,4\n";
    let (ids, said) = people("right.csv", &little(&utf16(text)));
    assert_eq!(ids, ["a"], "{said}");
    let odd = "it is not in the encoding utf-16le";
    for lone in [0xD800, 0xDFFF] {
        let units = [&utf16("id,helping-1\nb")[..], &[lone], &utf16(",4\n")].concat();
        refused("lone.csv", &little(&units), odd);
    }
    let cut = little(&utf16(text));
    refused("cut.csv", &cut[..cut.len() - 1], odd);
    refused("four.csv", b"\xFF\xFE\0\0i\0\0\0d\0\0\0", "UTF-32");
}

#[test]
fn lines_of_answer_codes_keep_their_bounds() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let codes = |text: &[u8]| {
        let words = ["score", "-f", "csv", "--input-format", "codes", "-"];
        run(folder.path(), &words, text)
    };
    let long = [b"RS1-".to_vec(), vec![b'0'; 1 << 20]].concat();
    let said = stderr(&codes(&long));
    assert!(
        said.contains("standard input:1: the first line is over 1048576 bytes"),
        "{said}"
    );
    let good = {
        let words = ["sample", "-n", "1", "-o", "one.csv"];
        assert!(run(folder.path(), &words, b"").status.success());
        let code = run(folder.path(), &["code", "one.csv"], b"");
        stdout(&code).lines().nth(1).expect("a code").to_owned()
    };
    let second = [good.as_bytes(), b"\n", &long, b"\n", good.as_bytes(), b"\n"].concat();
    let output = codes(&second);
    assert_eq!(stdout(&output).lines().count(), 3, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("over 1048576 bytes"),
        "{}",
        stderr(&output)
    );
    for hostile in [
        "RS1",
        "RS1-",
        "RS1----",
        "RS1-\u{202E}",
        "RS1-0000",
        "rs1 \u{0} 0",
    ] {
        let output = codes(format!("{good}\n{hostile}\n").as_bytes());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(3), "{hostile:?}: {said}");
        assert!(said.contains("standard input:2:"), "{hostile:?}: {said}");
    }
}

#[test]
fn tables_that_are_put_together_keep_their_bounds() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let refused = |name: &str, layout: &str, (start, length): (&str, u64), says: &str| {
        let mut file = File::create(folder.path().join(name)).expect("made");
        file.write_all(start.as_bytes()).expect("written");
        file.set_len(length).expect("longer");
        drop(file);
        let words = ["score", "--partial", "--layout", layout, name];
        let output = run(folder.path(), &words, b"");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(says), "{name}: no {says:?} in {said}");
    };
    let rows = "a,helping-1,4\n".repeat(100_000);
    let long = format!("id,question,answer\n{rows}");
    let over = "is a long table of over 134217728 bytes, which is not put together";
    refused("long.csv", "long", (&long, (128 << 20) + 1), over);
    let mut many = "id,question,answer\n".to_owned();
    for person in 0..=1 << 20 {
        let _ = writeln!(many, "{person:x},helping-1,4");
    }
    let people = "a long table of over 1048576 people";
    refused("many.csv", "long", (&many, many.len() as u64), people);
    let mut turned = "question,a\nhelping-1,4\nhelping-2,4\nmaking-1,4\n".to_owned();
    let cell = "y".repeat(1 << 10);
    for row in 0..(65 << 10) {
        let _ = writeln!(turned, "x{row},{cell}");
    }
    let all = turned.len() as u64;
    refused("turned.csv", "transposed", (&turned, all), "67108864 bytes");
    // to the byte, its header and what ends its lines included
    turned.truncate(64 << 20);
    turned.push('y');
    refused(
        "over.csv",
        "transposed",
        (&turned, (64 << 20) + 1),
        "67108864 bytes",
    );
    // a comma a cell; most rows are questions
    let sheet = run(folder.path(), &["questions", "-f", "csv"], b"");
    let header = stdout(&sheet);
    let mut names = header.trim_end().split(',').skip(1);
    let mut wide = format!("question{}\n", ",a".repeat(99_999));
    let gap = ",".repeat(99_999);
    for row in 0..168 {
        let _ = match names.next() {
            Some(name) => writeln!(wide, "{name}{gap}"),
            None => writeln!(wide, "x{row}{gap}"),
        };
    }
    let all = wide.len() as u64;
    let cells = "wide.csv:169: a table with a row a question of over 16777216 cells is not turned";
    refused("wide.csv", "transposed", (&wide, all), cells);
}
