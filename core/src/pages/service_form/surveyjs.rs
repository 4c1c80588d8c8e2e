//! The JSON of a survey of `SurveyJS`. Its results are records of ids and answers as this program reads them.

use super::{SurveyForm, drawing, practice_html};
use serde_json::{Value, json};

/// The survey.
pub(super) fn json(form: &SurveyForm<'_>) -> String {
    let mut pages = vec![json!({
        "name": "who",
        "elements": [{ "type": "text", "name": form.who, "title": "Code", "description": form.who_help }],
    })];
    for (number, section) in (1..).zip(&form.sections) {
        let mut elements: Vec<Value> = Vec::new();
        let note =
            |name: String, html: String| json!({ "type": "html", "name": name, "html": html });
        elements.extend(section.practice.map(|practice| {
            note(
                format!("practice-of-part-{number}"),
                practice_html(form.pack, practice),
            )
        }));
        for item in &section.items {
            // a drawing stands before its question
            elements.extend(
                item.figure
                    .map(|figure| note(format!("drawing-of-{}", item.id), drawing(figure))),
            );
            let choices: Vec<Value> = (item.answers.iter())
                .map(|(code, text)| {
                    let value = code
                        .parse::<u8>()
                        .map_or_else(|_| json!(code), |n| json!(n));
                    json!({ "value": value, "text": text })
                })
                .collect();
            elements.push(json!({
                "type": "radiogroup",
                "name": item.id,
                "title": item.text,
                "choices": choices,
                "showClearButton": true,
            }));
        }
        pages.push(json!({
            "name": format!("part-{number}"),
            "title": section.title,
            "description": section.instructions,
            "elements": elements,
        }));
    }
    let survey = json!({
        "title": form.title,
        "description": form.about,
        "showProgressBar": true,
        "showQuestionNumbers": "off",
        "pages": pages,
    });
    serde_json::to_string_pretty(&survey).unwrap_or_default() + "\n"
}
