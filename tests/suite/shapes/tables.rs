//! The same people in tables with commas: other headers, other rows around them, other cells.

use super::{Grid, Ids, Shape, Sheet, delimited, wide, with};
use std::collections::BTreeSet;

/// Writes the name of a question's column from its number, its id and its text.
type NameWriter<'f> = &'f dyn Fn(usize, &str, &str) -> String;
/// Writes a cell from the code of an answer and its label or option.
type CellWriter<'f> = &'f dyn Fn(&str, String) -> String;

/// Adds the shapes of tables with a row a person.
pub(super) fn add(sheet: &Sheet, all: &mut Vec<Shape>) {
    let mut tables = Tables { sheet, all };
    tables.headers();
    tables.rewritten_headers();
    tables.who();
    tables.rows_above();
    tables.cells_of_scales();
    tables.cells_of_letters();
    tables.missing();
    tables.codes();
    tables.ends_of_rows();
}

/// Tables of a sheet, added to the others.
struct Tables<'s> {
    sheet: &'s Sheet,
    all: &'s mut Vec<Shape>,
}

impl Tables<'_> {
    fn csv(&mut self, name: &str, grid: Grid, options: &[&str], ids: Ids) {
        self.all.push(Shape {
            name: name.to_owned(),
            file: "people.csv",
            grid,
            write: Box::new(|grid| delimited(grid, ',', "\n").into_bytes()),
            options: options.iter().map(|o| (*o).to_owned()).collect(),
            ids,
            sheet: false,
        });
    }

    /// Adds these answers under these rows, the first cell of each of which is of the column of ids.
    fn under(&mut self, name: &str, above: Vec<Vec<String>>, cells: Vec<Vec<String>>) {
        let grid = wide(self.sheet, above, self.sheet.id_column(), cells);
        self.csv(name, grid, &[], Ids::Kept);
    }

    /// The answers under the header of the program's own dialect.
    fn with_ids(&self, cells: Vec<Vec<String>>) -> Grid {
        let header = vec![with("id", self.sheet.questions())];
        wide(self.sheet, header, self.sheet.id_column(), cells)
    }

    /// Names of the questions' columns.
    fn names(&self, write: NameWriter<'_>) -> Vec<String> {
        let texts = self.sheet.texts();
        let both = self.sheet.questions().into_iter().zip(texts).enumerate();
        both.map(|(n, (id, text))| write(n, &id, &text)).collect()
    }

    /// The answers, those on scales written from their number.
    fn on_scale(&self, write: &dyn Fn(u32) -> String) -> Vec<Vec<String>> {
        self.sheet.cells(|q, code| match code.parse() {
            Ok(number) if self.sheet.is_scale(q) => write(number),
            _ => code.to_owned(),
        })
    }

    /// The answers, those that are not given written as a text.
    fn blank_as(&self, text: &str) -> Vec<Vec<String>> {
        self.sheet
            .cells(|_, code| if code.is_empty() { text } else { code }.to_owned())
    }

    fn headers(&mut self) {
        let sheet = self.sheet;
        for (name, names) in [("labels", sheet.questions()), ("texts", sheet.texts())] {
            self.under(name, vec![with("id", names)], sheet.label_cells());
        }
        let form = sheet
            .ids
            .iter()
            .map(|_| vec!["2026-03-02 09:14".to_owned(), "A student".to_owned()])
            .collect();
        let names = [
            vec!["Timestamp".to_owned(), "Your name".to_owned()],
            sheet.texts(),
        ]
        .concat();
        let grid = wide(sheet, vec![names], form, sheet.label_cells());
        self.csv("a form with names", grid, &[], Ids::Rows(2));
    }

    /// Headers that forms and spreadsheets make of ids and texts.
    fn rewritten_headers(&mut self) {
        let writers: [(&str, NameWriter<'_>); 10] = [
            ("brackets", &|_, _, text| format!("What you like [{text}]")),
            ("numbered", &|n, _, text| format!("{}. {text}", n + 1)),
            ("numbered Q", &|n, _, text| format!("Q{}: {text}", n + 1)),
            ("id and text", &|_, id, text| format!("{id}. {text}")),
            ("underscores", &|_, id, _| id.replace('-', "_")),
            ("dots", &|_, id, _| id.replace('-', ".")),
            ("capitals and spaces", &|_, id, _| {
                id.replace('-', " ").to_uppercase()
            }),
            ("en dashes", &|_, id, _| id.replace('-', "\u{2013}")),
            ("odd white space", &|_, _, text| {
                format!("  {}? ", text.replace(' ', "\u{A0} "))
            }),
            ("repeated", &|_, _, text| format!("{text} (2)")),
        ];
        for (name, write) in writers {
            let header = with("id", self.names(write));
            self.under(name, vec![header], self.sheet.label_cells());
        }
    }

    /// Names of the column that says who.
    fn who(&mut self) {
        let sheet = self.sheet;
        for id in [
            "ID",
            "Student ID",
            "student_id",
            "Respondent ID",
            "ResponseId",
            "Token",
            "Code",
        ] {
            let name = format!("who is called {id}");
            let header = with(id, sheet.questions());
            self.under(&name, vec![header], sheet.plain_cells());
        }
        let header = vec![with("Mail", sheet.questions())];
        let grid = wide(sheet, header, sheet.id_column(), sheet.plain_cells());
        self.csv("who is named", grid, &["--id", "mail"], Ids::Kept);
    }

    fn rows_above(&mut self) {
        let sheet = self.sheet;
        let blank = vec![String::new(); sheet.questions().len() + 1];
        let mut title = blank.clone();
        "Year 11, term 4".clone_into(&mut title[0]);
        let above = vec![title, blank.clone(), with("id", sheet.questions())];
        self.under("a title", above, sheet.plain_cells());
        let marks = self.names(&|n, _, _| format!("{{\"ImportId\":\"QID{n}\"}}"));
        let above = vec![
            with("ResponseId", sheet.questions()),
            with("Response ID", sheet.texts()),
            with("{\"ImportId\":\"_id\"}", marks),
        ];
        self.under("three header rows", above, sheet.label_cells());
        let labels = self.names(&|_, _, _| "Response".to_owned());
        let above = vec![with("Respondent ID", sheet.texts()), with("", labels)];
        self.under("two header rows", above, sheet.label_cells());
        let mut group = blank;
        "Respondent ID".clone_into(&mut group[0]);
        "How much would you like this?".clone_into(&mut group[1]);
        let above = vec![group, with("", sheet.texts())];
        self.under("a row of groups", above, sheet.label_cells());
    }

    /// Answers on scales as programs write numbers, alone and beside their labels.
    fn cells_of_scales(&mut self) {
        let sheet = self.sheet;
        let full_width = |n: u32| {
            let digit = char::from_u32(0xFF10 + n);
            digit.map(String::from).unwrap_or_default()
        };
        let numbers: [(&str, &dyn Fn(u32) -> String); 4] = [
            ("floats", &|n| format!("{n}.0")),
            ("decimal commas", &|n| format!("{n},0")),
            ("full width", &full_width),
            ("exponents", &|n| format!("{n}.000000e+00")),
        ];
        for (name, write) in numbers {
            let grid = self.with_ids(self.on_scale(write));
            self.csv(name, grid, &[], Ids::Kept);
        }
        let labelled: [(&str, CellWriter<'_>); 3] = [
            ("number and label", &|code, label| {
                format!("{code} - {label}")
            }),
            ("number = label", &|code, label| format!("{code} = {label}")),
            ("label and number", &|code, label| {
                format!("{label} ({code})")
            }),
        ];
        for (name, write) in labelled {
            let grid = self.with_ids(sheet.cells(|q, code| {
                if code.is_empty() || !sheet.is_scale(q) {
                    code.to_owned()
                } else {
                    write(code, sheet.label(q, code))
                }
            }));
            self.csv(name, grid, &[], Ids::Kept);
        }
    }

    /// Options of puzzles by their letters, and labels in small letters.
    fn cells_of_letters(&mut self) {
        let sheet = self.sheet;
        let options: [(&str, CellWriter<'_>); 2] = [
            ("letters with texts", &|code, option| {
                format!("{code}) {option}")
            }),
            ("letters with brackets", &|code, _| {
                format!("{})", code.to_uppercase())
            }),
        ];
        for (name, write) in options {
            let grid = self.with_ids(sheet.cells(|q, code| {
                if code.is_empty() || code == "?" || sheet.is_scale(q) {
                    code.to_owned()
                } else {
                    write(code, sheet.label(q, code))
                }
            }));
            self.csv(name, grid, &[], Ids::Kept);
        }
        let grid = self.with_ids(sheet.cells(|q, code| sheet.label(q, code).to_lowercase()));
        self.csv("small letters", grid, &[], Ids::Kept);
    }

    /// What programs write where nothing was answered.
    fn missing(&mut self) {
        for (name, text) in [("NA", "NA"), ("null", "NULL"), ("dashes", "\u{2014}")] {
            let grid = self.with_ids(self.blank_as(text));
            self.csv(name, grid, &[], Ids::Kept);
        }
        let grid = self.with_ids(self.blank_as("-9"));
        self.csv("missing -9", grid, &["--missing", "-9,999"], Ids::Kept);
    }

    /// Numbers and codes that do not count from 1 up.
    fn codes(&mut self) {
        let sheet = self.sheet;
        let sizes: BTreeSet<u8> = (0..sheet.questions().len())
            .filter(|&q| sheet.is_scale(q))
            .map(|q| sheet.pack.questions()[q].choices())
            .collect();
        let up: Vec<String> = sizes.iter().map(|n| format!("0..{}", n - 1)).collect();
        let down: Vec<String> = sizes.iter().map(|n| format!("{n}..1")).collect();
        let grid = self.with_ids(self.on_scale(&|n| (n - 1).to_string()));
        self.csv("from 0", grid, &["--codes", &up.join(",")], Ids::Kept);
        let grid = self.with_ids(sheet.cells(|q, code| match code.parse::<u8>() {
            Ok(number) if sheet.is_scale(q) => {
                (sheet.pack.questions()[q].choices() + 1 - number).to_string()
            }
            _ => code.to_owned(),
        }));
        self.csv("downwards", grid, &["--codes", &down.join(",")], Ids::Kept);
        for (name, start) in [("A1", "A"), ("AO01", "AO0")] {
            let grid = self.with_ids(self.on_scale(&|n| format!("{start}{n}")));
            self.csv(name, grid, &[], Ids::Kept);
        }
    }

    /// Rows with more cells than the header, or with fewer, and rows of empty cells below.
    fn ends_of_rows(&mut self) {
        let sheet = self.sheet;
        let mut odd = self.with_ids(sheet.plain_cells());
        for row in odd.rows.iter_mut().skip(1) {
            row.extend([String::new(), String::new()]);
        }
        odd.rows.push(vec![String::new(); 3]);
        let blank = vec![String::new(); sheet.questions().len() + 1];
        odd.rows.push(blank);
        self.csv("separators beyond", odd, &[], Ids::Kept);
        let mut short = self.with_ids(sheet.plain_cells());
        for row in &mut short.rows {
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
        }
        self.csv("cells lacking at the end", short, &[], Ids::Kept);
    }
}
