//! The roles of a pack in outline: what a list of them shows, from the few lines that say it. Reading
//! all of the pack for that would take most of the time of the program's run.

use crate::pack::model::Role;
use crate::pack::parse::diagnostics::{Diagnostics, SourceFile};
use crate::pack::parse::fields::{Fields, parse};
use crate::pack::parse::profiles::id_of;
use crate::pack::parse::role_facts::reach;
use crate::pack::role_facts::RoleFacts;

/// Keys of a profile that a list shows.
const SHOWN: [&str; 5] = ["name", "family", "summary", "maori_name", "reach"];

impl Role {
    /// The roles of a pack that has been checked before, by id, with name, family, summary and reach only, and
    /// the pack's attribution. `files` are paths and texts. A test holds that a list of these is the list of the
    /// whole pack, which is also where mistakes show.
    #[must_use]
    pub(crate) fn outline(files: &[(&str, &str)]) -> (Vec<Self>, Option<String>) {
        let log = Diagnostics::default();
        let (mut roles, mut attribution) = (Vec::new(), None);
        let is_profile = |path: &str| path.starts_with("profiles/");
        let heads = files.iter().filter(|(path, _)| is_profile(path));
        let mut heads: Vec<SourceFile> =
            heads.map(|(path, text)| head(path, text, &SHOWN)).collect();
        heads.sort_by_cached_key(id_of);
        let ids: Vec<String> = heads.iter().map(id_of).collect();
        roles.extend(heads.iter().map(|file| role(file, &ids, &log)));
        for (path, text) in files {
            if is_profile(path) {
                continue;
            }
            if path.ends_with("/traits.toml") {
                let file = head(path, text, &["attribution"]);
                let document = parse(&file, &log);
                let fields = Fields::of(&file, &document, &log);
                attribution = fields.text("attribution", 2000).map(|a| a.0);
            }
        }
        (roles, attribution)
    }
}

/// A file cut to the lines that give some keys of its topmost table.
fn head(path: &str, text: &str, keys: &[&str]) -> SourceFile {
    let top = text.lines().take_while(|line| !line.starts_with('['));
    let gives = |line: &&str| {
        let key = line.split_once(" = ").map(|(key, _)| key);
        key.is_some_and(|key| keys.contains(&key))
    };
    SourceFile {
        path: path.to_owned(),
        text: top.filter(gives).collect::<Vec<_>>().join("\n"),
    }
}

fn role(file: &SourceFile, ids: &[String], log: &Diagnostics) -> Role {
    let document = parse(file, log);
    let fields = Fields::of(file, &document, log);
    let text = |key, most| fields.text(key, most).map(|t| t.0);
    Role {
        id: id_of(file),
        name: text("name", 80).unwrap_or_default(),
        family: text("family", 60).unwrap_or_default(),
        facts: RoleFacts {
            summary: text("summary", 120).unwrap_or_default(),
            maori_name: text("maori_name", 200),
            reach: reach(&fields, ids),
            ..RoleFacts::default()
        },
        levels: Vec::new(),
        weights: Vec::new(),
        spreads: Vec::new(),
        deviations: Vec::new(),
        exposures: Vec::new(),
    }
}
