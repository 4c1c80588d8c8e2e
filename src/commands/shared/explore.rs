//! Shows one person's result on a terminal, to walk through.

use crate::commands::shared::answer_session::name_on_page;
use crate::commands::shared::formats::OutputFormat;
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::{Error, Result};
use crate::storage::answer_file::AnswerSheet;
use crate::storage::atomic_write;
use crate::terminal::full_screen::FullScreen;
use crate::terminal::result_explorer::{ExplorerActions, Leaving, explore, explore_in_lines};
use rolescope_core::Comparison;
use rolescope_core::pages::{Audience, ResultOptions, ResultViews};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// How a result is walked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WalkMode {
    /// On a full screen, by keys.
    Keys,
    /// Line by line, by typed words.
    Lines,
}

/// How a result is walked through; none where it is written as a page: into a file, in a format of its own,
/// or where nobody can answer.
pub(crate) fn walk_mode(
    format: OutputFormat,
    output: Option<&Path>,
    plain: bool,
) -> Option<WalkMode> {
    let page = output.is_some() || format != OutputFormat::default();
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if page || !terminal {
        None
    } else if plain_asked(plain) {
        Some(WalkMode::Lines)
    } else {
        Some(WalkMode::Keys)
    }
}

/// Whether numbered lines were asked for, here or in the environment, or nothing else is possible.
pub(crate) fn plain_asked(plain: bool) -> bool {
    let set = |name: &str, value: &str| std::env::var(name).is_ok_and(|v| v == value);
    plain
        || set("ROLESCOPE_PLAIN", "1")
        || set("TERM", "dumb")
        || !std::io::stderr().is_terminal()
        || !FullScreen::has_keys()
}

/// Walks through the result of a sheet; `open` is how many questions can be answered now.
///
/// # Errors
/// When the terminal fails; interrupted by Ctrl-C.
pub(crate) fn result(
    settings: &GlobalArgs,
    comparison: &Comparison<'_>,
    sheet: &AnswerSheet,
    reachable: bool,
    (mode, open): (WalkMode, usize),
) -> Result<Leaving> {
    let outcome = comparison.assess(&sheet.answers);
    let report = comparison.explain(&sheet.answers, &outcome);
    let shown = ResultOptions::new(Audience::Student)
        .reachable(reachable)
        .wish(sheet.wish());
    let name = name_on_page(sheet);
    let views = ResultViews::new(&report, &sheet.answers, &name, &shown);
    let mut save = || {
        let path = free_name(Path::new(""))?;
        atomic_write::whole(&path, views.page().to_html().as_bytes())?;
        // the whole path, so that it is found again
        Ok(std::path::absolute(&path).unwrap_or(path))
    };
    let mut actions = ExplorerActions {
        save: &mut save,
        open,
    };
    match mode {
        WalkMode::Keys => {
            let mut screen = FullScreen::open(settings.look_of_messages())?;
            explore(&mut screen, &views, &mut actions)
        }
        WalkMode::Lines => {
            let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout());
            let look = settings.look().with_colour(false);
            explore_in_lines(&mut input, &mut output, &views, &mut actions, look)
        }
    }
}

/// A name for the page in a folder that no file has yet.
fn free_name(folder: &Path) -> Result<PathBuf> {
    let name = |n: u32| match n {
        1 => "my-result.html".to_owned(),
        n => format!("my-result-{n}.html"),
    };
    let mut names = (1..1000).map(|n| folder.join(name(n)));
    let free = names.find(|path| path.symlink_metadata().is_err());
    free.ok_or_else(|| Error::failed("this folder holds a thousand results; go to another"))
}
