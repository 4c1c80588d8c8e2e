//! A pack's files in, a valid pack out, or every mistake with its place.

use crate::pack::model::Pack;
use crate::pack::parse::diagnostics::{Diagnostic, Diagnostics, SourceFile};
use crate::pack::parse::languages::LANGUAGES;
use crate::pack::parse::{profiles, questions};
use crate::scoring::answers::Answers;
use crate::scoring::comparison::{Comparison, NEGLIGIBLE};
use crate::scoring::conditions::MOST_CONDITIONS;
use crate::scoring::role_match::centred_keys;
use crate::scoring::trait_scores::score;

/// A role whose centred key, all questions answered, is shorter than this share of the median has no
/// profile of its own.
const SHORTEST_KEY: f64 = 0.25;
/// Roles must differ on at least this many traits.
const FEWEST_TRAITS: usize = 3;

impl Pack {
    /// Builds the pack that some files describe.
    ///
    /// # Errors
    /// All mistakes, in the order of files and places.
    pub fn parse(files: &[SourceFile]) -> Result<Self, Vec<Diagnostic>> {
        let log = Diagnostics::default();
        let (profiles, questions): (Vec<&SourceFile>, Vec<&SourceFile>) =
            (files.iter().filter(|file| !file.in_folder(LANGUAGES)))
                .partition(|file| file.in_folder("profiles"));
        let (traits_files, section_files): (Vec<&SourceFile>, Vec<&SourceFile>) = questions
            .into_iter()
            .partition(|file| profiles::id_of(file) == "traits");
        let Some(traits_file) = traits_files.first() else {
            return Err(vec![Diagnostic::of_file(
                "questions/traits.toml",
                "there is no questions/traits.toml",
                "list the pack's name, version and traits there",
            )]);
        };
        let mut pack = questions::traits(traits_file, &log);
        questions::sections(&section_files, &mut pack, &log);
        let ids: Vec<String> = profiles.iter().map(|file| profiles::id_of(file)).collect();
        let known = log.is_empty();
        for file in &profiles {
            let role = profiles::profile(file, &pack, &ids, known, &log);
            pack.roles.extend(role);
        }
        if log.is_empty() {
            pack.list_items();
            check_whole(&pack, traits_file, &profiles, &log);
        }
        if log.is_empty() {
            sort_roles(&mut pack);
            Ok(pack.complete())
        } else {
            Err(log.into_sorted(files))
        }
    }
}

/// Puts roles in the order of their ids, whatever order their files came in.
fn sort_roles(pack: &mut Pack) {
    let mut order: Vec<usize> = (0..pack.roles.len()).collect();
    order.sort_by(|&a, &b| pack.roles[a].id.cmp(&pack.roles[b].id));
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    pack.roles.sort_by(|a, b| a.id.cmp(&b.id));
    for role in &mut pack.roles {
        role.facts.reorder(&place);
    }
}

/// What only the whole pack can show: traits nobody asks about, roles without a profile of their
/// own, names that stand twice.
fn check_whole(pack: &Pack, traits_file: &SourceFile, profiles: &[&SourceFile], log: &Diagnostics) {
    if pack.roles.len() < 2 {
        log.add(
            traits_file,
            None,
            format!("the pack has {} roles", pack.roles.len()),
            "",
            "a match compares roles: give profiles/ two or more",
        );
        return;
    }
    if pack.conditions.len() > MOST_CONDITIONS {
        log.add(
            traits_file,
            None,
            format!("the pack asks about {} conditions", pack.conditions.len()),
            "",
            format!("a pack may have at most {MOST_CONDITIONS}: take some out"),
        );
        return;
    }
    for (k, t) in pack.traits.iter().enumerate() {
        if pack.questions.iter().all(|q| q.trait_ix() != Some(k)) {
            let quoted = format!("\"{}\"", t.id);
            let span = traits_file
                .text
                .find(&quoted)
                .map(|at| at..at + quoted.len());
            log.add(
                traits_file,
                span,
                "no question measures this trait",
                "its id",
                "write questions for it, or take it out",
            );
        }
    }
    for (r, role) in pack.roles.iter().enumerate() {
        if pack.roles[..r].iter().any(|other| other.name == role.name) {
            log.add(
                profiles[r],
                None,
                format!("two roles are called \"{}\"", role.name),
                "",
                "people tell roles apart by their names: make them differ",
            );
        }
    }
    let mut scopes = vec![None];
    scopes.extend(pack.families().into_iter().map(Some));
    for family in scopes {
        check_keys(pack, family, traits_file, profiles, log);
    }
}

fn check_keys(
    pack: &Pack,
    family: Option<&str>,
    traits_file: &SourceFile,
    profiles: &[&SourceFile],
    log: &Diagnostics,
) {
    let comparison = Comparison::new(pack, family, 1.0);
    if comparison.candidates.len() < 2 {
        return;
    }
    let within = family.map_or_else(
        || "over all roles".to_owned(),
        |f| format!("within the family {f}"),
    );
    let telling = comparison.discriminating_traits().count();
    if telling < FEWEST_TRAITS {
        log.add(
            traits_file,
            None,
            format!("{within}, roles differ on {telling} traits only"),
            "",
            format!("let levels differ on at least {FEWEST_TRAITS} traits"),
        );
    }
    // dividing by a length that is next to nothing would magnify rounding
    let scores = score(&comparison, &Answers::complete(pack));
    let lengths: Vec<f64> = centred_keys(&comparison, &scores)
        .iter()
        .map(|key| key.iter().map(|c| c * c).sum::<f64>().sqrt())
        .collect();
    let mut sorted = lengths.clone();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let median = if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    };
    for (at, length) in lengths.iter().enumerate() {
        if *length < SHORTEST_KEY * median || *length <= NEGLIGIBLE {
            log.add(
                profiles[comparison.candidates[at]],
                None,
                format!("{within}, this role has no profile of its own"),
                "",
                "its levels are all near the mean of the roles, or all above or below it alike: give \
                 it what sets it apart",
            );
        }
    }
}
