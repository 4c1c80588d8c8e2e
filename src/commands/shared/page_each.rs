//! A page a person for many people: a folder of them, a page that leads to each, and one file of all for
//! the printer.

use crate::commands::shared::formats::OutputFormat;
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::page_look::PageLook;
use crate::commands::shared::people_run::PeopleRun;
use crate::commands::shared::result_page::ResultOutput;
use crate::error::{Error, Result};
use crate::input::mapping::InputOptions;
use crate::input::parallel::{RowWorker, Sinks};
use crate::input::row::{KeptField, SheetPart};
use crate::storage::atomic_write::output_file;
use crate::storage::page_folder::PageFolder;
use crate::threads::lock;
use rolescope_core::pages::{IndexedPerson, ResultOptions};
use rolescope_core::text::inert;
use rolescope_core::write::{Document, PageFormat, TextStyle, count};
use rolescope_core::{Answers, Comparison};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::sync::Mutex;

/// The page that leads to all others.
const INDEX: &str = "index";
/// The file of all pages.
const PRINT: &str = "print";
/// Title of the file of all pages.
const TITLE: &str = "All results";
/// What begins a new sheet in a text.
const FORM_FEED: &str = "\u{c}";

/// Writes the pages of all people in these inputs into the folder that `out` names.
///
/// # Errors
/// When an input cannot be read, the folder holds something already, the output fails, or rows were
/// rejected.
pub(crate) fn write(
    settings: &GlobalArgs,
    out: &ResultOutput,
    comparison: &Comparison<'_>,
    (inputs, input): (&[String], &InputOptions),
    (shown, force): (&ResultOptions<'_>, bool),
) -> Result<()> {
    let OutputFormat::Page(format) = out.format else {
        let text = "a page a person is written as text, markdown or html; `rolescope score` writes records";
        return Err(Error::Usage(text.to_owned()));
    };
    let Some(folder) = output_file(out.output.as_deref()) else {
        let text = "these are many pages: name a folder for them by -o DIR";
        return Err(Error::Usage(text.to_owned()));
    };
    let ending = match format {
        PageFormat::Text => "txt",
        PageFormat::Markdown => "md",
        PageFormat::Html => "html",
    };
    let above = out.page_look.read()?;
    let pages = Mutex::new(ClassPages {
        folder: PageFolder::begin(folder, ending, &[INDEX, PRINT], force)?,
        format,
        look: settings.look_for(Some(folder)),
        above,
        print: None,
        people: Vec::new(),
        alike: Vec::new(),
    });
    let run = PeopleRun {
        // pages are named and numbered in the order of the people
        jobs: Some(1),
        output: Some(folder),
        of_sheets: SheetPart::Wishes,
        ..PeopleRun::new(settings, comparison.pack(), (inputs, input))
    };
    let worker = || PageWorker {
        comparison,
        shown,
        pages: &pages,
        failed: None,
    };
    let (workers, read) = run.run(worker, Sinks::default())?;
    for worker in workers {
        worker.failed.map_or(Ok(()), Err)?;
    }
    let mut pages = pages
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(passed) = read.passed_over() {
        settings.remark(&passed);
    }
    read.somebody("written")?;
    if pages.people.is_empty() {
        return Err(Error::Nothing(
            "there is nobody in it; nothing was written".to_owned(),
        ));
    }
    let print = pages.end_print()?;
    let index = IndexedPerson::page(comparison.pack(), &pages.people, print, read.rejected);
    let index = pages.above.on(index);
    let index = index.to_format(format, pages.look);
    pages.folder.file(INDEX, &index)?;
    for (label, page) in &pages.alike {
        let label = inert(label);
        settings.remark(&format!(
            "{label}: a page of that name was there already; this one is {page}.{ending}"
        ));
    }
    let others = pages.folder.finish()?;
    if others > 0 {
        let files = count(others, "other file", "other files");
        let are = if others == 1 { "is" } else { "are" };
        settings.remark(&format!(
            "{files} in {} {are} left as before: pages of an earlier run may be among them",
            folder.display()
        ));
    }
    let place = folder.display();
    let print = print.map_or_else(String::new, |print| {
        format!("; to print all: {print}.{ending}")
    });
    let pages = count(pages.people.len(), "page", "pages");
    settings.remark(&format!(
        "{pages} in {place}; begin with {INDEX}.{ending}{print}"
    ));
    read.end("written")
}

/// The pages so far.
struct ClassPages {
    folder: PageFolder,
    format: PageFormat,
    look: TextStyle,
    above: PageLook,
    print: Option<BufWriter<File>>,
    people: Vec<IndexedPerson>,
    /// Labels whose pages could not have the name that they give, and the names that they have.
    alike: Vec<(String, String)>,
}

/// Labels of this kind that are told.
const ALIKE: usize = 20;

impl ClassPages {
    fn add(
        &mut self,
        comparison: &Comparison<'_>,
        (id, answers): (&str, &Answers),
        shown: &ResultOptions<'_>,
    ) -> Result<()> {
        let outcome = comparison.assess(answers);
        let report = comparison.explain(answers, &outcome);
        let doc = self.above.on(report.page(answers, id, shown));
        let text = doc.to_format(self.format, self.look);
        let for_printer = match self.format {
            PageFormat::Html => Some(doc.to_html_sheet(self.people.len() + 1, TITLE)),
            PageFormat::Text if self.people.is_empty() => Some(text.clone()),
            PageFormat::Text => Some(format!("{FORM_FEED}{text}")),
            PageFormat::Markdown => None,
        };
        if let Some(part) = for_printer {
            let file = match self.print.take() {
                Some(file) => file,
                None => self.folder.open(PRINT)?,
            };
            let written = self.print.insert(file).write_all(part.as_bytes());
            written.map_err(|source| self.folder.cannot_save(PRINT, source))?;
        }
        let (page, again) = self.folder.person(id, &text)?;
        if again && self.alike.len() < ALIKE {
            self.alike.push((id.to_owned(), page.clone()));
        }
        let person = IndexedPerson::new(id, &page, comparison, answers, &outcome);
        self.people.push(person);
        Ok(())
    }

    /// Ends the file for the printer; its name if there is one.
    fn end_print(&mut self) -> Result<Option<&'static str>> {
        let Some(mut file) = self.print.take() else {
            return Ok(None);
        };
        if self.format == PageFormat::Html {
            let written = file.write_all(Document::SHEETS_END.as_bytes());
            written.map_err(|source| self.folder.cannot_save(PRINT, source))?;
        }
        self.folder.close(PRINT, file)?;
        Ok(Some(PRINT))
    }
}

/// Writes the page of each person as they come.
struct PageWorker<'a, 'c> {
    comparison: &'a Comparison<'c>,
    shown: &'a ResultOptions<'a>,
    pages: &'a Mutex<ClassPages>,
    failed: Option<Error>,
}

impl RowWorker for PageWorker<'_, '_> {
    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField], _: &mut Vec<u8>) {
        if self.failed.is_none() {
            let wish = match kept {
                [wish, before] if !wish.text.is_empty() => {
                    Some((wish.text.clone(), !before.text.is_empty()))
                }
                _ => None,
            };
            let shown = self.shown.clone().wish(wish);
            let added = lock(self.pages).add(self.comparison, (id, answers), &shown);
            self.failed = added.err();
        }
    }

    fn settle(&mut self, _: u64, _: &mut Vec<u8>) {}

    fn enough(&self) -> bool {
        self.failed.is_some()
    }
}
