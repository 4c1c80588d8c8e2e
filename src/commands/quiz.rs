//! `rolescope quiz`: asks, saves after every answer, shows the result.

use crate::commands::context::{ResultFormat, Settings, say, write_result};
use crate::engine::pack::{Pack, QuestionIx};
use crate::error::{Error, Result};
use crate::files::sheet::{Given, Sheet};
use crate::ui::interview::{End, conduct};
use crate::ui::keys::Keys;
use crate::ui::lines::Lines;
use etcetera::BaseStrategy as _;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Arguments of `quiz`.
#[derive(Debug, Default, clap::Args)]
pub struct Quiz {
    /// Save the answers here; an unfinished file goes on
    #[arg(long, value_name = "FILE", conflicts_with = "resume")]
    save: Option<PathBuf>,
    /// Go on with this answer file
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
    /// Numbered lines and typed words, for screen readers and pipes
    #[arg(long)]
    plain: bool,
    /// How to write the result
    #[arg(short, long, default_value = "text")]
    format: ResultFormat,
    /// Write the result to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Quiz {
    /// Runs the command.
    ///
    /// # Errors
    /// When the answers cannot be saved or the terminal fails; interrupted when stopped by Ctrl-C.
    pub fn run(self, settings: &Settings) -> Result<()> {
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        let (path, mut sheet) = self.open(&pack, settings)?;
        let questions = design.asked_questions();
        let (end, interrupted) = self.ask(&pack, &questions, &mut sheet, &path, settings)?;
        if end == End::Stopped {
            let hint = format!(
                "Your answers are saved. Go on with: rolescope quiz --resume {}",
                path.display()
            );
            if interrupted {
                return Err(Error::Interrupted(hint));
            }
            say(&hint);
            return Ok(());
        }
        if sheet.finished.is_none() {
            sheet.finished = Some(now());
            sheet.save(&path, &pack)?;
        }
        settings.remark(&format!("Answers saved in {}", path.display()));
        write_result(
            settings,
            &design,
            &sheet,
            self.format,
            self.output.as_deref(),
        )
    }

    /// The file to save in and what it holds so far.
    fn open(&self, pack: &Pack, settings: &Settings) -> Result<(PathBuf, Sheet)> {
        let colour = settings.look_of_messages().colour;
        if let Some(path) = &self.resume {
            return Ok((path.clone(), load(path, pack, colour, settings)?));
        }
        let path = match &self.save {
            Some(path) if path.exists() => {
                return Ok((path.clone(), load(path, pack, colour, settings)?));
            }
            Some(path) => path.clone(),
            None => new_path()?,
        };
        let id = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        let mut sheet = Sheet::new(id, pack);
        sheet.started = Some(now());
        sheet.given = Some(given(pack));
        sheet.save(&path, pack)?;
        Ok((path, sheet))
    }

    fn ask(
        &self,
        pack: &Pack,
        questions: &[QuestionIx],
        sheet: &mut Sheet,
        path: &Path,
        settings: &Settings,
    ) -> Result<(End, bool)> {
        let mut answers = sheet.answers.clone();
        let mut save = |answers: &crate::engine::answers::Answers| {
            sheet.answers = answers.clone();
            sheet.save(path, pack)
        };
        let start = Instant::now();
        let clock = || start.elapsed().as_secs_f64();
        if self.in_lines() {
            // a signal between two questions ends the program: all answers are saved by then
            let always = Arc::new(AtomicBool::new(true));
            signal_hook::flag::register_conditional_shutdown(
                signal_hook::consts::SIGINT,
                130,
                always,
            )
            .map_err(|source| Error::io("cannot watch for Ctrl-C", source))?;
            settings.remark(&format!(
                "Every answer is saved at once in {}. Type help for the words that work here.",
                path.display()
            ));
            let stdin = std::io::stdin();
            // in a pipe nobody can answer again, and there is no pace
            let watched = stdin.is_terminal();
            let mut lines = Lines::new(stdin.lock(), std::io::stderr(), watched);
            let clock: Option<&dyn Fn() -> f64> = watched.then_some(&clock);
            let end = conduct(pack, questions, &mut answers, &mut lines, clock, &mut save)?;
            return Ok((end, lines.ended));
        }
        let mut keys = Keys::open(settings.look_of_messages())?;
        let end = conduct(
            pack,
            questions,
            &mut answers,
            &mut keys,
            Some(&clock),
            &mut save,
        )?;
        Ok((end, keys.interrupted))
    }

    fn in_lines(&self) -> bool {
        let set = |name: &str, value: &str| std::env::var(name).is_ok_and(|v| v == value);
        self.plain
            || set("ROLESCOPE_PLAIN", "1")
            || set("TERM", "dumb")
            || !std::io::stdin().is_terminal()
            || !std::io::stderr().is_terminal()
    }
}

/// Loads an answer file and says what this pack no longer asks.
fn load(path: &Path, pack: &Pack, colour: bool, settings: &Settings) -> Result<Sheet> {
    let mut sheet = Sheet::load(path, pack, colour)?;
    if !sheet.dropped.is_empty() {
        let ids: Vec<&str> = sheet.dropped.iter().map(|(id, _)| id.as_str()).collect();
        settings.remark(&format!(
            "Kept in the file, but no longer asked and not scored: {}",
            ids.join(", ")
        ));
    }
    sheet.given = Some(given(pack));
    Ok(sheet)
}

fn given(pack: &Pack) -> Given {
    Given {
        name: pack.name.clone(),
        version: pack.version.clone(),
        fingerprint: pack.fingerprint.clone(),
    }
}

fn now() -> String {
    jiff::ZonedDateTime::now()
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// A new file in the data folder, named by the moment.
fn new_path() -> Result<PathBuf> {
    let folder = match std::env::var_os("ROLESCOPE_DATA").filter(|dir| !dir.is_empty()) {
        Some(dir) => PathBuf::from(dir),
        None => etcetera::choose_base_strategy()
            .map_err(|_| {
                Error::failed("there is no home folder to save in; name a file with --save FILE")
            })?
            .data_dir()
            .join("rolescope"),
    };
    make_folder(&folder)?;
    let stamp = jiff::ZonedDateTime::now()
        .strftime("%Y-%m-%d-%H%M%S")
        .to_string();
    let name = |n: u32| match n {
        1 => format!("quiz-{stamp}.toml"),
        n => format!("quiz-{stamp}-{n}.toml"),
    };
    (1..100)
        .map(|n| folder.join(name(n)))
        .find(|path| !path.exists())
        .ok_or_else(|| Error::failed(format!("{} has too many new files", folder.display())))
}

/// Makes a folder that on Unix only its owner may open.
fn make_folder(folder: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder
        .create(folder)
        .map_err(|source| Error::io(format!("cannot make {}", folder.display()), source))
}
