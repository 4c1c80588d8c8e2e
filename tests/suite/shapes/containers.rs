//! The same people in other containers: delimiters, encodings, archives, workbooks, records.

use super::{Grid, Ids, Shape, Sheet, delimited, wide, with};
use encoding_rs::WINDOWS_1252;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::Workbook;
use serde_json::{Map, Value, json};
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
            rows += &if cell.is_empty() {
                "<table:table-cell/>".to_owned()
            } else if cell.parse::<f64>().is_ok() {
                format!(
                    "<table:table-cell office:value-type=\"float\" office:value=\"{cell}\"><text:p>{cell}</text:p></table:table-cell>"
                )
            } else {
                format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                    escape(cell)
                )
            };
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
        let value = match cell.parse::<i64>() {
            _ if cell.is_empty() && !blanks => continue,
            _ if cell.is_empty() => Value::Null,
            Ok(number) if float => json!(number as f64),
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
    let ids: Vec<Vec<String>> = sheet.ids.iter().map(|id| vec![id.clone()]).collect();
    let header = vec![with("id", sheet.questions())];
    let plain = wide(
        sheet,
        header.clone(),
        ids.clone(),
        sheet.cells(|_, code| code.to_owned()),
    );
    let words = wide(
        sheet,
        header,
        ids.clone(),
        sheet.cells(|q, code| sheet.label(q, code)),
    );
    let form: Vec<Vec<String>> = sheet
        .ids
        .iter()
        .map(|id| vec![id.clone(), "Ren\u{E9}".to_owned()])
        .collect();
    let names = [
        vec!["id".to_owned(), "Pr\u{E9}nom".to_owned()],
        sheet.texts(),
    ]
    .concat();
    let named = wide(
        sheet,
        vec![names],
        form,
        sheet.cells(|q, code| sheet.label(q, code)),
    );
    let mut push = |name: &str,
                    file: &'static str,
                    grid: &Grid,
                    options: &[&str],
                    write: Box<dyn Fn(&Grid) -> Vec<u8>>| {
        all.push(Shape {
            name: name.to_owned(),
            file,
            grid: grid.clone(),
            write,
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            ids: Ids::Kept,
            sheet: matches!(file, "people.xlsx" | "people.ods"),
        });
    };
    push(
        "tabs in a file called csv",
        "people.csv",
        &words,
        &[],
        Box::new(|g| delimited(g, '\t', "\n").into_bytes()),
    );
    push(
        "commas in a file called tsv",
        "people.tsv",
        &words,
        &[],
        Box::new(|g| delimited(g, ',', "\n").into_bytes()),
    );
    push(
        "bars",
        "people.txt",
        &words,
        &[],
        Box::new(|g| delimited(g, '|', "\n").into_bytes()),
    );
    push(
        "returns",
        "people.csv",
        &words,
        &[],
        Box::new(|g| delimited(g, ';', "\r").into_bytes()),
    );
    push(
        "semicolons with a mark",
        "people.csv",
        &words,
        &[],
        Box::new(|g| ["\u{FEFF}".as_bytes(), delimited(g, ';', "\r\n").as_bytes()].concat()),
    );
    push(
        "a stated delimiter",
        "people.csv",
        &plain,
        &[],
        Box::new(|g| format!("sep=;\r\n{}", delimited(g, ';', "\r\n")).into_bytes()),
    );
    push(
        "all quoted",
        "people.csv",
        &plain,
        &[],
        Box::new(|g| {
            let quoted = |row: &Vec<String>| format!("\"{}\"\n", row.join("\",\""));
            g.rows.iter().map(quoted).collect::<String>().into_bytes()
        }),
    );
    push(
        "no newline at the end",
        "people.csv",
        &words,
        &[],
        Box::new(|g| delimited(g, ',', "\n").trim_end().as_bytes().to_vec()),
    );
    push(
        "UTF-16, little",
        "people.txt",
        &named,
        &[],
        Box::new(|g| {
            let units = delimited(g, '\t', "\r\n");
            let units = units.encode_utf16().flat_map(u16::to_le_bytes);
            [0xFF, 0xFE].into_iter().chain(units).collect()
        }),
    );
    push(
        "UTF-16, big",
        "people.csv",
        &named,
        &[],
        Box::new(|g| {
            let units = delimited(g, ',', "\n");
            let units = units.encode_utf16().flat_map(u16::to_be_bytes);
            [0xFE, 0xFF].into_iter().chain(units).collect()
        }),
    );
    push(
        "windows-1252",
        "people.csv",
        &named,
        &["--encoding", "windows-1252"],
        Box::new(|g| {
            WINDOWS_1252
                .encode(&delimited(g, ';', "\r\n"))
                .0
                .into_owned()
        }),
    );
    push(
        "gzip with zeros behind",
        "people.csv",
        &words,
        &[],
        Box::new(|g| {
            let text = delimited(g, ',', "\n");
            let (a, b) = text.split_at(text.len() / 2);
            [gzip(a.as_bytes()), gzip(b.as_bytes()), vec![0; 700]].concat()
        }),
    );
    push(
        "ZIP",
        "people.zip",
        &words,
        &[],
        Box::new(|g| {
            archive(&[
                ("__MACOSX/._people.csv", b"x"),
                ("export/people.csv", delimited(g, ',', "\n").as_bytes()),
            ])
        }),
    );
    push(
        "XLSX of numbers",
        "people.xlsx",
        &plain,
        &[],
        Box::new(xlsx),
    );
    push(
        "XLSX of words",
        "people.xlsx",
        &named,
        &["--sheet", "class 11"],
        Box::new(xlsx),
    );
    push("ODS of numbers", "people.ods", &plain, &[], Box::new(ods));
    push("ODS of words", "people.ods", &named, &[], Box::new(ods));
    let array = |nested, float| -> Box<dyn Fn(&Grid) -> Vec<u8>> {
        Box::new(move |g: &Grid| {
            Value::from(records(g, nested, float))
                .to_string()
                .into_bytes()
        })
    };
    let lines = |nested, float| -> Box<dyn Fn(&Grid) -> Vec<u8>> {
        Box::new(move |g: &Grid| {
            let lines = records(g, nested, float)
                .into_iter()
                .map(|record| format!("{record}\n"));
            lines.collect::<String>().into_bytes()
        })
    };
    push(
        "a JSON array",
        "people.json",
        &words,
        &[],
        array(true, false),
    );
    push(
        "a JSON array, flat",
        "people.json",
        &plain,
        &[],
        array(false, true),
    );
    push(
        "NDJSON of words",
        "people.ndjson",
        &words,
        &[],
        lines(true, false),
    );
    push(
        "NDJSON, flat",
        "people.jsonl",
        &plain,
        &[],
        lines(false, false),
    );
    push(
        "NDJSON, flat, floats",
        "people.jsonl",
        &plain,
        &[],
        lines(false, true),
    );
    push(
        "an array over lines",
        "people.json",
        &words,
        &[],
        Box::new(|g| serde_json::to_vec_pretty(&records(g, true, false)).expect("JSON")),
    );
    push(
        "objects over lines",
        "people.json",
        &plain,
        &[],
        Box::new(|g| {
            let pretty = |record: Value| serde_json::to_string_pretty(&record).expect("JSON");
            let all: Vec<String> = records(g, true, false).into_iter().map(pretty).collect();
            all.join("\n").into_bytes()
        }),
    );
}
