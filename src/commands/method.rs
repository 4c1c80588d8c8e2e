//! `rolescope method`: the method card.

use crate::commands::context::{Settings, write_text};
use crate::commands::measure::measure;
use crate::commands::page::OutArgs;
use crate::error::Result;
use crate::render::page::method;

/// Arguments of `method`.
#[derive(Debug, clap::Args)]
pub struct Method {
    #[command(flatten)]
    out: OutArgs,
    /// How many batches of 500 mixed people, and 20 like each role
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    batches: u64,
    /// Another seed gives other people
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Method {
    /// Runs the command.
    ///
    /// # Errors
    /// When the pack has mistakes, the format is not for people, or the output fails.
    pub fn run(self, settings: &Settings) -> Result<()> {
        self.out.for_people("the method card")?;
        let pack = settings.load()?;
        let design = settings.design(&pack)?;
        let balance = measure(&design, self.seed, self.batches, settings.quiet);
        let path = self.out.output.as_deref();
        let doc = method::doc(&design, &balance);
        let text = self.out.format.page(&doc, settings, path);
        write_text(&text.unwrap_or_default(), path)
    }
}
