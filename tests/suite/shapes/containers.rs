//! The same people in other containers: delimiters, encodings, archives, workbooks, records.

use super::{Grid, Ids, Shape, Sheet, delimited, wide, with};
use encoding_rs::WINDOWS_1252;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A ZIP archive with these files.
pub(crate) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if *name == "mimetype" {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).expect("packed");
    gzip.finish().expect("packed")
}

/// A workbook whose second sheet holds the people; numbers are numbers.
pub(crate) fn xlsx(grid: &Grid) -> Vec<u8> {
    let mut book = Workbook::new();
    let about = book.add_worksheet().set_name("About").expect("a name");
    about.write_string(0, 0, "What this is").expect("written");
    let sheet = book.add_worksheet().set_name("Class 11").expect("a name");
    for (r, row) in (0..).zip(&grid.rows) {
        for (c, cell) in (0..).zip(row) {
            match cell.parse::<f64>() {
                _ if cell.is_empty() => {}
                Ok(number) => drop(sheet.write_number(r, c, number).expect("written")),
                Err(_) => drop(sheet.write_string(r, c, cell).expect("written")),
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A spreadsheet in the open document format.
pub(crate) fn ods(grid: &Grid) -> Vec<u8> {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
    };
    let mut rows = String::new();
    for row in &grid.rows {
        rows += "<table:table-row>";
        for cell in row {
            let kind = if cell.is_empty() {
                rows += "<table:table-cell/>";
                continue;
            } else if cell.parse::<f64>().is_ok() {
                format!("\"float\" office:value=\"{cell}\"")
            } else {
                "\"string\"".to_owned()
            };
            let text = escape(cell);
            let _ = write!(
                rows,
                "<table:table-cell office:value-type={kind}><text:p>{text}</text:p></table:table-cell>"
            );
        }
        rows += "</table:table-row>";
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\"><office:body>\
         <office:spreadsheet><table:table table:name=\"Class 11\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry \
         manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/></manifest:manifest>"
    );
    archive(&[
        ("mimetype", kind.as_bytes()),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

/// A person's answers as JSON: numbers as numbers, blank as null or left out.
fn record(names: &[String], row: &[String], blanks: bool, float: bool) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, cell) in names.iter().zip(row) {
        let value = match cell.parse::<i32>() {
            _ if cell.is_empty() && !blanks => continue,
            _ if cell.is_empty() => Value::Null,
            Ok(number) if float => json!(f64::from(number)),
            Ok(number) => json!(number),
            Err(_) => json!(cell),
        };
        fields.insert(name.clone(), value);
    }
    fields
}

fn records(grid: &Grid, nested: bool, float: bool) -> Vec<Value> {
    let names = &grid.rows[0];
    let each = |row: &Vec<String>| {
        if nested {
            json!({"id": row[0], "answers": record(&names[1..], &row[1..], false, float)})
        } else {
            Value::Object(record(names, row, true, float))
        }
    };
    grid.rows[1..].iter().map(each).collect()
}

/// Adds the shapes of containers.
pub(super) fn add(sheet: &Sheet, all: &mut Vec<Shape>) {
    let header = vec![with("id", sheet.questions())];
    let plain = wide(
        sheet,
        header.clone(),
        sheet.id_column(),
        sheet.plain_cells(),
    );
    let words = wide(sheet, header, sheet.id_column(), sheet.label_cells());
    // letters that no two encodings write alike
    let people: Vec<Vec<String>> = sheet
        .ids
        .iter()
        .map(|id| vec![id.clone(), "Ren\u{E9}".to_owned()])
        .collect();
    let header = [
        vec!["id".to_owned(), "Pr\u{E9}nom".to_owned()],
        sheet.texts(),
    ]
    .concat();
    let accents = wide(sheet, vec![header], people, sheet.label_cells());
    let mut files = Files(all);
    delimiters(&mut files, &plain, &words);
    encodings(&mut files, &accents);
    archives(&mut files, &words);
    workbooks(&mut files, &plain, &accents);
    json_in_one(&mut files, &plain, &words);
    json_in_lines(&mut files, &plain, &words);
}

/// Files, added to all shapes.
struct Files<'a>(&'a mut Vec<Shape>);

impl Files<'_> {
    fn add(
        &mut self,
        (name, file): (&str, &'static str),
        grid: &Grid,
        options: &[&str],
        write: impl Fn(&Grid) -> Vec<u8> + 'static,
    ) {
        self.0.push(Shape {
            name: name.to_owned(),
            file,
            grid: grid.clone(),
            write: Box::new(write),
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            ids: Ids::Kept,
            sheet: matches!(file, "people.xlsx" | "people.ods"),
        });
    }
}

/// Texts with other delimiters, line ends and quotes.
fn delimiters(files: &mut Files<'_>, plain: &Grid, words: &Grid) {
    for (name, file, delimiter, end) in [
        ("tabs in a file called csv", "people.csv", '\t', "\n"),
        ("commas in a file called tsv", "people.tsv", ',', "\n"),
        ("bars", "people.txt", '|', "\n"),
        ("returns", "people.csv", ';', "\r"),
    ] {
        files.add((name, file), words, &[], move |g| {
            delimited(g, delimiter, end).into_bytes()
        });
    }
    files.add(("semicolons with a mark", "people.csv"), words, &[], |g| {
        ["\u{FEFF}".as_bytes(), delimited(g, ';', "\r\n").as_bytes()].concat()
    });
    files.add(("a stated delimiter", "people.csv"), plain, &[], |g| {
        format!("sep=;\r\n{}", delimited(g, ';', "\r\n")).into_bytes()
    });
    files.add(("all quoted", "people.csv"), plain, &[], |g| {
        let quoted = |row: &Vec<String>| format!("\"{}\"\n", row.join("\",\""));
        g.rows.iter().map(quoted).collect::<String>().into_bytes()
    });
    files.add(("no newline at the end", "people.csv"), words, &[], |g| {
        delimited(g, ',', "\n").trim_end().as_bytes().to_vec()
    });
}

/// Texts that are not UTF-8.
fn encodings(files: &mut Files<'_>, accents: &Grid) {
    files.add(("UTF-16, little", "people.txt"), accents, &[], |g| {
        let units = delimited(g, '\t', "\r\n");
        let units = units.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(units).collect()
    });
    files.add(("UTF-16, big", "people.csv"), accents, &[], |g| {
        let units = delimited(g, ',', "\n");
        let units = units.encode_utf16().flat_map(u16::to_be_bytes);
        [0xFE, 0xFF].into_iter().chain(units).collect()
    });
    let options = ["--encoding", "windows-1252"];
    files.add(("windows-1252", "people.csv"), accents, &options, |g| {
        let text = delimited(g, ';', "\r\n");
        WINDOWS_1252.encode(&text).0.into_owned()
    });
}

/// Texts within other files.
fn archives(files: &mut Files<'_>, words: &Grid) {
    files.add(("gzip with zeros behind", "people.csv"), words, &[], |g| {
        let text = delimited(g, ',', "\n");
        let (a, b) = text.split_at(text.len() / 2);
        [gzip(a.as_bytes()), gzip(b.as_bytes()), vec![0; 700]].concat()
    });
    files.add(("ZIP", "people.zip"), words, &[], |g| {
        archive(&[
            ("__MACOSX/._people.csv", b"x"),
            ("export/people.csv", delimited(g, ',', "\n").as_bytes()),
        ])
    });
}

fn workbooks(files: &mut Files<'_>, plain: &Grid, accents: &Grid) {
    let named = ["--sheet", "class 11"];
    files.add(("XLSX of numbers", "people.xlsx"), plain, &[], xlsx);
    files.add(("XLSX of words", "people.xlsx"), accents, &named, xlsx);
    files.add(("ODS of numbers", "people.ods"), plain, &[], ods);
    files.add(("ODS of words", "people.ods"), accents, &[], ods);
}

/// Arrays of records in one line.
fn json_in_one(files: &mut Files<'_>, plain: &Grid, words: &Grid) {
    for (name, grid, nested, float) in [
        ("a JSON array", words, true, false),
        ("a JSON array, flat", plain, false, true),
    ] {
        files.add((name, "people.json"), grid, &[], move |g| {
            let array = Value::from(records(g, nested, float));
            array.to_string().into_bytes()
        });
    }
}

/// Records in a line each, and over several lines.
fn json_in_lines(files: &mut Files<'_>, plain: &Grid, words: &Grid) {
    for (name, file, grid, nested, float) in [
        ("NDJSON of words", "people.ndjson", words, true, false),
        ("NDJSON, flat", "people.jsonl", plain, false, false),
        ("NDJSON, flat, floats", "people.jsonl", plain, false, true),
    ] {
        files.add((name, file), grid, &[], move |g| {
            let records = records(g, nested, float);
            let lines = records.into_iter().map(|record| record.to_string() + "\n");
            lines.collect::<String>().into_bytes()
        });
    }
    files.add(("an array over lines", "people.json"), words, &[], |g| {
        serde_json::to_vec_pretty(&records(g, true, false)).expect("JSON")
    });
    files.add(("objects over lines", "people.json"), plain, &[], |g| {
        let pretty = |record: Value| serde_json::to_string_pretty(&record).expect("JSON");
        let all: Vec<String> = records(g, true, false).into_iter().map(pretty).collect();
        all.join("\n").into_bytes()
    });
}
