//! Environment of the program: colour, width and locale of the terminal, and the data folder.

use crate::error::{Error, Result};
use crate::storage::sync_behind::settle_all;
use clap::ValueEnum;
use etcetera::BaseStrategy as _;
use rolescope_core::write::TextStyle;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Whether a stream gets colour.
    fn shown(self, terminal: bool) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto => {
                std::env::var("CLICOLOR_FORCE").is_ok_and(|v| v != "0" && !v.is_empty())
                    || terminal && knows_colour(std::env::var("TERM").ok().as_deref())
            }
        }
    }
}

/// Whether a terminal of this kind shows colour. A console of Windows has no kind, and every one that this program
/// runs in shows it.
fn knows_colour(kind: Option<&str>) -> bool {
    kind.map_or(cfg!(windows), |kind| kind != "dumb")
}

/// Lets a console of Windows read escape sequences, which it otherwise prints.
pub(crate) fn let_console_read_escapes() {
    #[cfg(windows)]
    {
        // fails at once where standard output is no console, and messages may still go to one
        let _ = anstyle_query::windows::enable_ansi_colors();
        for stream in [console::Term::stdout(), console::Term::stderr()] {
            let _ = stream.features().colors_supported();
        }
    }
}

/// Text style of standard output.
pub(crate) fn style_of_output(colour: Colour) -> TextStyle {
    style(
        colour,
        &console::Term::stdout(),
        std::io::stdout().is_terminal(),
    )
}

/// Text style of standard error.
pub(crate) fn style_of_messages(colour: Colour) -> TextStyle {
    style(
        colour,
        &console::Term::stderr(),
        std::io::stderr().is_terminal(),
    )
}

fn style(colour: Colour, term: &console::Term, terminal: bool) -> TextStyle {
    let stated = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let width = if terminal {
        usize::from(term.size().1)
    } else {
        stated.unwrap_or(80)
    };
    TextStyle::new(width)
        .with_colour(colour.shown(terminal))
        .with_ascii(ascii_locale())
}

/// Whether the locale allows ASCII only; an unset locale counts as UTF-8.
pub(crate) fn ascii_locale() -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            !(value.contains("utf-8") || value.contains("utf8"))
        })
}

/// The language that the environment asks for, as a tag; none where it asks for none.
pub(crate) fn language() -> Option<String> {
    let value = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let names = ["ROLESCOPE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    names.iter().find_map(value).and_then(|value| tag(&value))
}

/// The tag of a locale: `cy-GB` of `cy_GB.UTF-8`; none of those that name no language.
fn tag(locale: &str) -> Option<String> {
    let tag = locale.split(['.', '@']).next().unwrap_or_default();
    (!tag.is_empty() && tag != "C" && !tag.eq_ignore_ascii_case("posix"))
        .then(|| tag.replace('_', "-"))
}

/// The folder where a person's data are kept.
///
/// # Errors
/// When the system has no home folder.
pub fn data_folder() -> Result<PathBuf> {
    if let Some(dir) = std::env::var_os("ROLESCOPE_DATA").filter(|dir| !dir.is_empty()) {
        return Ok(PathBuf::from(dir));
    }
    let base = etcetera::choose_base_strategy().map_err(|_| {
        Error::failed("there is no home folder to save in; set ROLESCOPE_DATA to a folder")
    })?;
    Ok(base.data_dir().join("rolescope"))
}

/// Lets Ctrl-C end the program in line mode, where all answers are saved already, as soon as they are on the disk; a
/// second one ends it at once.
///
/// # Errors
/// When the signal cannot be watched for.
pub(crate) fn end_on_ctrl_c() -> Result<()> {
    use signal_hook::consts::SIGINT;
    use signal_hook::flag;
    static WATCHED: AtomicBool = AtomicBool::new(false);
    if WATCHED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    let cannot = |source| Error::io("cannot watch for Ctrl-C", source);
    let pressed = Arc::new(AtomicBool::new(false));
    // in this order, so that the first finds nothing that was pressed before
    flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&pressed)).map_err(cannot)?;
    flag::register(SIGINT, Arc::clone(&pressed)).map_err(cannot)?;
    let wait = ctrl_c(&pressed).map_err(cannot)?;
    let end = move || {
        wait();
        settle_all();
        signal_hook::low_level::exit(130);
    };
    if std::thread::Builder::new().spawn(end).is_err() {
        // without a thread, the first ends it
        pressed.store(true, Ordering::Relaxed);
    }
    Ok(())
}

/// What waits for Ctrl-C.
#[cfg(unix)]
fn ctrl_c(_: &Arc<AtomicBool>) -> std::io::Result<impl FnOnce() + Send + use<>> {
    let mut signals = signal_hook::iterator::Signals::new([signal_hook::consts::SIGINT])?;
    Ok(move || {
        let _ = signals.forever().next();
    })
}

/// What waits for Ctrl-C, which is no signal here but a flag that a thread of the system sets.
#[cfg(not(unix))]
fn ctrl_c(pressed: &Arc<AtomicBool>) -> std::io::Result<impl FnOnce() + Send + use<>> {
    let pressed = Arc::clone(pressed);
    Ok(move || {
        while !pressed.load(Ordering::Relaxed) {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn a_locale_names_its_language() {
        assert_eq!(tag("cy_GB.UTF-8").as_deref(), Some("cy-GB"));
        assert_eq!(tag("sr_RS@latin").as_deref(), Some("sr-RS"));
        assert_eq!(tag("mi").as_deref(), Some("mi"));
        for none in ["C", "C.UTF-8", "POSIX.UTF-8", ""] {
            assert_eq!(tag(none), None, "{none}");
        }
    }
}
