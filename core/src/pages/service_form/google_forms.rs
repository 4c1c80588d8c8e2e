//! A script of Google Apps Script that makes the form: pasted into script.google.com and run once.

use super::{SurveyForm, practice_lines};
use serde_json::{Value, json};

/// What the script does with its data. One item a question, so that a telephone shows it whole and the
/// column of the export is called as the question.
const PROGRAM: &str = r"
function makeForm() {
  var form = FormApp.create(FORM.title);
  form.setDescription(FORM.about);
  form.setProgressBar(true);
  form.setCollectEmail(false);
  form.addTextItem().setTitle(FORM.who).setHelpText(FORM.whoHelp);
  FORM.sections.forEach(function (section) {
    form.addPageBreakItem().setTitle(section.title).setHelpText(section.instructions);
    if (section.practice) {
      form.addSectionHeaderItem().setTitle(section.practice.text).setHelpText(section.practice.help);
    }
    section.questions.forEach(function (question) {
      var item = form.addMultipleChoiceItem();
      item.setTitle(question.text).setChoiceValues(question.answers).setRequired(false);
      if (question.help) {
        item.setHelpText(question.help);
      }
    });
  });
  Logger.log('Send this to those who answer: ' + form.getPublishedUrl());
  Logger.log('Change it here: ' + form.getEditUrl());
}
";

/// The script.
pub(super) fn script(form: &SurveyForm<'_>) -> String {
    let figure = |figure: Option<&str>| {
        // spaces that are kept
        figure.map(|figure| figure.trim_end_matches('\n').replace(' ', "\u{a0}"))
    };
    let sections: Vec<Value> = (form.sections.iter())
        .map(|section| {
            let practice = section.practice.map(|practice| {
                let mut help: Vec<String> =
                    figure(practice.figure.as_deref()).into_iter().collect();
                help.extend(practice_lines(form.pack, practice));
                json!({ "text": practice.text, "help": help.join("\n") })
            });
            let questions: Vec<Value> = (section.items.iter())
                .map(|item| {
                    let answers: Vec<&String> = item.answers.iter().map(|(_, text)| text).collect();
                    json!({ "text": item.text, "answers": answers, "help": figure(item.figure) })
                })
                .collect();
            json!({
                "title": section.title,
                "instructions": section.instructions,
                "practice": practice,
                "questions": questions,
            })
        })
        .collect();
    let mut who = form.who.to_owned();
    who[..1].make_ascii_uppercase();
    let data = json!({
        "title": form.title,
        "about": form.about,
        "who": who,
        "whoHelp": form.who_help,
        "sections": sections,
    });
    let data = serde_json::to_string_pretty(&data).unwrap_or_default();
    // two line ends of Unicode, which older engines do not take within a text
    let data = data
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    format!(
        "// Makes a form of Google Forms. Open script.google.com, begin a new project, put this in place of what\n\
         // is there, and run makeForm. The log says where the form is. Look at the puzzles with drawings before\n\
         // you send it: Google Forms shows them in letters of different widths, so that a picture may be better.\n\
         // Answers: in the form's Responses, download them as CSV; `rolescope read` shows how they are read.\n\
         var FORM = {data};\n{PROGRAM}"
    )
}
