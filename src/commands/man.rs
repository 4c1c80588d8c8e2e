//! `rolescope man`: manual pages, generated from the definition of the arguments.

use crate::commands::shared::global_args::{GlobalArgs, write_text};
use crate::error::Result;
use crate::storage::atomic_write;
use clap::Command;
use clap_mangen::Man as Page;
use clap_mangen::roff::{Roff, bold, roman};
use std::path::{Path, PathBuf};

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Write the pages of all commands to this folder, in place of the first to standard output
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl ManArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the folder or the output cannot be written.
    pub fn run(self, settings: &GlobalArgs, program: Command) -> Result<()> {
        // help has no help of its own
        let mut program = program.disable_help_subcommand(true);
        program.build();
        let Some(dir) = self.dir else {
            return write_text(&page(&program, None), None);
        };
        atomic_write::make_folder(&dir)?;
        let pages = write(&program, None, &dir)?;
        settings.remark(&format!("{pages} pages written to {}", dir.display()));
        Ok(())
    }
}

/// Writes the pages of a command and its subcommands; returns their number.
fn write(command: &Command, parent: Option<&str>, dir: &Path) -> Result<usize> {
    let name = name(command);
    let path = dir.join(format!("{name}.1"));
    atomic_write::public(&path, page(command, parent).as_bytes())?;
    let mut pages = 1;
    for below in command.get_subcommands() {
        pages += write(below, Some(&name), dir)?;
    }
    Ok(pages)
}

/// `rolescope-session-list`.
fn name(command: &Command) -> String {
    let name = command.get_display_name();
    name.unwrap_or_else(|| command.get_name()).to_owned()
}

fn page(command: &Command, parent: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let page = Page::new(command.clone())
        .title(name(command).to_uppercase())
        // a date would differ from build to build; without a word in its place, the others move up
        .date(" ")
        .source(format!("rolescope {version}"))
        .manual("User Commands");
    let mut bytes = Vec::new();
    // writing to memory cannot fail
    let _ = page.render_title(&mut bytes);
    let _ = page.render_name_section(&mut bytes);
    let _ = page.render_synopsis_section(&mut bytes);
    let _ = page.render_description_section(&mut bytes);
    let _ = page.render_options_section(&mut bytes);
    if command.has_subcommands() {
        let _ = page.render_subcommands_section(&mut bytes);
    }
    let after = command.get_after_long_help();
    let after = after.or_else(|| command.get_after_help());
    let after = after.map(ToString::to_string).unwrap_or_default();
    let mut sections = sections(&after);
    if let Some(parent) = parent {
        sections.control("SH", ["SEE ALSO"]);
        sections.text([bold(parent), roman("(1)")]);
    }
    let _ = sections.to_writer(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What stands after the options in help: headings that end in a colon, and indented below them
/// examples, or words with two spaces before their meaning.
fn sections(help: &str) -> Roff {
    let mut roff = Roff::new();
    let mut literal = false;
    for line in help.lines() {
        let Some(text) = line.strip_prefix("  ") else {
            if literal {
                roff.control("fi", []);
                literal = false;
            }
            if let Some(heading) = line.strip_suffix(':') {
                roff.control("SH", [heading.to_uppercase().as_str()]);
            } else if !line.is_empty() {
                roff.control("PP", []);
                roff.text([roman(line)]);
            }
            continue;
        };
        if text.starts_with("rolescope") {
            if !literal {
                roff.control("nf", []);
                literal = true;
            }
            roff.text([roman(text)]);
        } else if let Some((word, meaning)) = text.split_once("  ").filter(|(w, _)| !w.is_empty()) {
            roff.control("TP", []);
            roff.text([bold(word)]);
            roff.text([roman(meaning.trim())]);
        } else {
            roff.text([roman(text.trim())]);
        }
    }
    if literal {
        roff.control("fi", []);
    }
    roff
}
