//! The same people in other layouts: a row an answer, or a row a question.

use super::{Grid, Ids, Shape, Sheet, delimited, with};

/// Adds long and transposed tables.
pub(super) fn add(sheet: &Sheet, all: &mut Vec<Shape>) {
    long(sheet, all);
    transposed(sheet, all);
}

/// Adds tables with a row an answer.
fn long(sheet: &Sheet, all: &mut Vec<Shape>) {
    for (name, cells, names) in [
        ("long", sheet.plain_cells(), sheet.questions()),
        ("long, in words", sheet.label_cells(), sheet.texts()),
    ] {
        let mut rows = vec![["id", "question", "answer"].map(str::to_owned).to_vec()];
        for (id, cells) in sheet.ids.iter().zip(&cells) {
            for (name, cell) in names.iter().zip(cells) {
                rows.push(vec![id.clone(), name.clone(), cell.clone()]);
            }
        }
        let grid = Grid {
            rows,
            place: |grid, p, q| (1 + p * grid.questions + q, 2),
            above: 1,
            before: 0,
            questions: names.len(),
        };
        let mut mixed = grid.clone();
        mixed.rows[1..].sort_by(|a, b| a[1].cmp(&b[1]).then_with(|| a[0].cmp(&b[0])));
        mixed.place = |_, _, _| (0, 0);
        for (name, grid) in [
            (name.to_owned(), grid),
            (format!("{name}, by question"), mixed),
        ] {
            all.push(Shape {
                name,
                file: "people.csv",
                grid,
                write: Box::new(|grid| delimited(grid, ',', "\r\n").into_bytes()),
                options: Vec::new(),
                ids: Ids::Kept,
                sheet: false,
            });
        }
    }
}

/// Adds tables with a row a question.
fn transposed(sheet: &Sheet, all: &mut Vec<Shape>) {
    for corner in ["id", "question", ""] {
        let cells = sheet.label_cells();
        let mut rows = vec![with(corner, sheet.ids.clone())];
        for (q, text) in sheet.texts().into_iter().enumerate() {
            rows.push(with(
                &text,
                cells.iter().map(|row| row[q].clone()).collect(),
            ));
        }
        all.push(Shape {
            name: format!("transposed, {corner:?}"),
            file: "people.tsv",
            grid: Grid {
                rows,
                place: |_, p, q| (1 + q, 1 + p),
                above: 1,
                before: 1,
                questions: sheet.questions().len(),
            },
            write: Box::new(|grid| delimited(grid, '\t', "\n").into_bytes()),
            options: Vec::new(),
            ids: Ids::Kept,
            sheet: false,
        });
    }
}
