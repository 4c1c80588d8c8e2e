//! A data dictionary of `REDCap`: its raw values are answers as files have them, its labels as people read
//! them.

use super::{SurveyForm, SurveyItem, SurveyNameError, drawing, html, practice_html};
use crate::write::records::csv_cell;

/// The columns of a dictionary, in their order.
const HEADER: &str = "\"Variable / Field Name\",\"Form Name\",\"Section Header\",\"Field Type\",\"Field Label\",\
\"Choices, Calculations, OR Slider Labels\",\"Field Note\",\"Text Validation Type OR Show Slider Number\",\
\"Text Validation Min\",\"Text Validation Max\",\"Identifier?\",\"Branching Logic (Show field only if...)\",\
\"Required Field?\",\"Custom Alignment\",\"Question Number (surveys only)\",\"Matrix Group Name\",\
\"Matrix Ranking?\",\"Field Annotation\"\n";
/// Columns behind the field's note and before the name of a matrix.
const BETWEEN: usize = 8;
/// Name of the instrument.
const INSTRUMENT: &str = "career_questions";
/// Longest name of a variable.
const LONGEST: usize = 100;

/// One row of the dictionary.
#[derive(Default)]
struct Field<'a> {
    name: &'a str,
    header: &'a str,
    kind: &'a str,
    label: &'a str,
    choices: &'a str,
    note: &'a str,
    matrix: &'a str,
}

impl Field<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        let cells = [
            self.name,
            INSTRUMENT,
            self.header,
            self.kind,
            self.label,
            self.choices,
            self.note,
        ];
        for text in cells {
            csv_cell(out, text);
            out.push(b',');
        }
        out.extend_from_slice(",".repeat(BETWEEN).as_bytes());
        csv_cell(out, self.matrix);
        out.extend_from_slice(b",,\n");
    }
}

/// The dictionary.
pub(super) fn dictionary(form: &SurveyForm<'_>) -> Result<String, SurveyNameError> {
    let mut out = HEADER.as_bytes().to_vec();
    let text = |name, label, note| Field {
        name,
        kind: "text",
        label,
        note,
        ..Field::default()
    };
    text("record_id", "Record ID", "").write(&mut out);
    let who = form.who.replace('-', "_");
    let about = html(&form.about);
    Field {
        header: &about,
        ..text(&who, "Code", &form.who_help)
    }
    .write(&mut out);
    for (number, section) in (1..).zip(&form.sections) {
        let mut header = format!("{}: {}", html(section.title), html(section.instructions));
        let described = |name: &str, label: &str, header: &mut String, out: &mut Vec<u8>| {
            let header = std::mem::take(header);
            let (kind, header) = ("descriptive", header.as_str());
            Field {
                name,
                header,
                kind,
                label,
                ..Field::default()
            }
            .write(out);
        };
        if let Some(practice) = section.practice {
            let name = format!("practice_of_part_{number}");
            described(
                &name,
                &practice_html(form.pack, practice),
                &mut header,
                &mut out,
            );
        }
        let matrix = if section.scale {
            format!("part_{number}")
        } else {
            String::new()
        };
        for item in &section.items {
            let name = name(item)?;
            if let Some(figure) = item.figure {
                described(
                    &format!("drawing_of_{name}"),
                    &drawing(figure),
                    &mut header,
                    &mut out,
                );
            }
            let header = std::mem::take(&mut header);
            Field {
                name: &name,
                header: &header,
                kind: "radio",
                label: &html(&item.text),
                choices: &choices(item),
                matrix: &matrix,
                ..Field::default()
            }
            .write(&mut out);
        }
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The name of a question's variable, which is its id with `_` for `-`.
fn name(item: &SurveyItem<'_>) -> Result<String, SurveyNameError> {
    let letter = item.id.starts_with(|c: char| c.is_ascii_lowercase());
    if !letter || item.id.len() > LONGEST {
        return Err(SurveyNameError {
            id: item.id.to_owned(),
            service: "REDCap",
            reason: "one begins with a letter and has up to 100 characters",
        });
    }
    Ok(item.id.replace('-', "_"))
}

/// Values and labels; a bar divides them there, and a value is of letters and digits.
fn choices(item: &SurveyItem<'_>) -> String {
    let all = item.answers.iter().map(|(code, text)| {
        let code = if code == "?" { "idk" } else { code };
        format!("{code}, {}", html(text).replace('|', "/"))
    });
    all.collect::<Vec<_>>().join(" | ")
}
