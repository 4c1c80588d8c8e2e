//! Pages of one person, for each reader and in each format.

use crate::help::{parts, root, run, small, snapshot, stderr, stdout};
use rolescope_core::AnswerFormat;
use std::fmt::Write as _;
use std::path::Path;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn example() -> String {
    root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string()
}

fn page(folder: &Path, arguments: &[&str]) -> String {
    let all = [&["report"], arguments].concat();
    let output = run(folder, &all, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

/// Someone with two roles in the first group: all parts, and not the same part many times.
fn one(folder: &Path) {
    let arguments = ["sample", "-n", "1", "--like", "sonographer", "--seed", "41"];
    let person = run(folder, &arguments, b"");
    std::fs::write(folder.join("one.csv"), stdout(&person)).expect("written");
}

#[test]
fn every_view_matches_its_snapshots() {
    let folder = folder();
    one(folder.path());
    for view in ["student", "counsellor"] {
        let page = page(folder.path(), &["one.csv", "--for", view]);
        snapshot("snapshots", &format!("page-{view}"), &page);
    }
}

/// What a text says without how its lines are broken, and without the numbers of sources.
fn said(text: &str) -> String {
    let text: String = text.split_whitespace().collect();
    let mut pieces = text.split('[');
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once(']') {
            Some((of, rest)) if of.chars().all(|c| c.is_ascii_digit() || c == ',') => {
                said.push_str(rest);
            }
            _ => said.extend(["[", piece]),
        }
    }
    said
}

/// What stands under a heading, which may be followed by the numbers of sources.
fn under<'a>(parts: &[(&'a str, &'a str)], heading: &str) -> &'a str {
    let numbered = format!("{heading} [");
    let found = parts
        .iter()
        .find(|(name, _)| *name == heading || name.starts_with(&numbered));
    found
        .unwrap_or_else(|| panic!("no {heading} in {parts:?}"))
        .1
}

/// What the page of a person tells of a role: the role's own page without what it cites, then the
/// neighbour with which it is confused most easily.
fn story(role: &[(&str, &str)], neighbour: &str) -> String {
    let (name, opening) = role[0];
    let opening: Vec<&str> = opening.split("\n\n").collect();
    let marks = opening.iter().filter(|text| text.starts_with("! "));
    let description = opening.last().expect("a description");
    let others = under(role, "Easily confused with");
    let difference = others
        .split("• ")
        .find_map(|other| other.strip_prefix(&format!("{neighbour}: ")));
    let difference = difference.expect("it is a neighbour");
    let (_, age) = under(role, "Sources").rsplit_once("\n\n").expect("its age");
    let nearest = format!("Nearest neighbour: {neighbour}. {difference}");
    let mut told = name.to_owned();
    marks.for_each(|mark| told.push_str(mark));
    for text in [
        description,
        "A typical day:",
        under(role, "A typical day"),
        under(role, "How to get in"),
        "What stands in the way:",
        under(role, "What stands in the way"),
        under(role, "Pay and demand"),
        under(role, "Where it leads, and who helps"),
        nearest.as_str(),
        age,
    ] {
        told.push_str(text);
    }
    said(&told)
}

/// The page for both is the counsellor's with three differences: it has no figures of each trait for
/// each role, what to ask is a list without room to write, and the roles of the first group are told
/// in full, with what to do next. Each is composed here from the pages that hold the same words.
#[test]
fn the_page_for_both_is_the_counsellor_s_and_what_roles_say() {
    let folder = folder();
    one(folder.path());
    let [both, counsellor] =
        ["both", "counsellor"].map(|view| page(folder.path(), &["one.csv", "--for", view]));
    let (both, counsellor) = (parts(&both), parts(&counsellor));
    let role = |id: &str| stdout(&run(folder.path(), &["roles", id], b""));
    let (sonographer, mri) = (role("sonographer"), role("mri-technologist"));
    let (sonographer, mri) = (parts(&sonographer), parts(&mri));

    let sheet = under(&counsellor, "Worksheet: to ask, with room to write");
    let asked = sheet.split("\n\n").filter(|text| !text.starts_with('_'));
    let asked = asked.take_while(|text| *text != "What we take from it");
    let asked: String = asked.flat_map(|text| ["•", text]).collect();
    let stories = story(&sonographer, "MRI technologist") + &story(&mri, "Sonographer");
    let onward = under(&sonographer, "Where it leads, and who helps");
    let next = [
        under(&sonographer, "What to do next"),
        "• For wider guidance see a careers adviser at your school, or Tahatū, the national career \
         service: https://tahatu.govt.nz",
        &onward[onward.find("Help with study:").expect("help")..],
        "Worth reading:",
        under(&sonographer, "Worth reading"),
        "With the program: rolescope roles sonographer shows all of a role, with its sources; \
         rolescope compare sonographer mri-technologist puts two side by side; rolescope report \
         FILE --why sonographer shows which answers made this.",
    ];

    let mut expected = Vec::new();
    for (name, text) in counsellor {
        if name.starts_with("Worksheet") {
            expected.push(("To talk about", said(&asked)));
            expected.push(("What each job is", stories.clone()));
            expected.push(("What to do next: Sonographer", said(&next.concat())));
        } else if name != "What each trait adds" {
            expected.push((name, text.to_owned()));
        }
    }
    let names = |all: &[(&str, String)]| -> Vec<String> {
        all.iter().map(|(name, _)| (*name).to_owned()).collect()
    };
    let of_its_own = [
        "To talk about",
        "What each job is",
        "What to do next: Sonographer",
    ];
    let told = both.into_iter().map(|(name, text)| {
        let composed = of_its_own.contains(&name);
        (
            name,
            if composed {
                said(text)
            } else {
                text.to_owned()
            },
        )
    });
    let told: Vec<(&str, String)> = told.collect();
    assert_eq!(names(&told), names(&expected));
    for ((name, told), (_, expected)) in told.iter().zip(&expected) {
        let alike = told.chars().zip(expected.chars());
        let alike = alike.take_while(|(one, other)| one == other).count();
        let from = |text: &str| -> String { text.chars().skip(alike).take(200).collect() };
        assert!(
            told == expected,
            "{name}: after {alike} letters there is {:?}, not {:?}",
            from(told),
            from(expected)
        );
    }
}

#[test]
fn the_student_page_shows_no_technical_figures() {
    let folder = folder();
    let student = page(folder.path(), &[&example(), "--for", "student"]);
    let counsellor = page(folder.path(), &[&example(), "--for", "counsellor"]);
    assert!(!student.contains("(+0.") && !student.contains("Worksheet"));
    for part in [
        "What each trait adds",
        "(+0.60)",
        "Answers that point opposite ways",
        "Worksheet",
        "____",
    ] {
        assert!(counsellor.contains(part), "{part}");
    }
}

#[test]
fn html_is_self_contained_and_accessible() {
    let folder = folder();
    let html = page(folder.path(), &[&example(), "-f", "html"]);
    for part in ["<script", "src=", "url(", "@import", "<link", " on"] {
        let at = html.find(part).filter(|_| part != " on");
        assert!(at.is_none(), "{part}");
    }
    let web = ["href=\"https://", "href=\"http://"].map(|link| html.matches(link).count());
    let links = html.matches("href=").count();
    assert_eq!(links, web[0] + web[1], "links lead to the web only");
    assert!(html.contains("<html lang=\"en-NZ\">") && html.contains("<title>Roles that fit"));
    assert!(html.contains("prefers-color-scheme: dark") && html.contains("@media print"));
    let drawings = html
        .matches("<td class=\"picture\" aria-hidden=\"true\"><svg")
        .count();
    assert_eq!(
        drawings,
        html.matches("<svg width=").count(),
        "each stands in a row of figures"
    );
    assert!(html.contains("<caption>") && html.contains("<th scope=\"row\">"));
}

#[test]
fn a_what_if_says_so_and_hides_no_role() {
    let folder = folder();
    let page = |format| {
        let arguments = [
            "--what-if",
            "physics=-1sd",
            "--what-if",
            "Helping people=90",
        ];
        let more = ["--avoid", "radiation,shifts", "-f", format];
        page(
            folder.path(),
            &[&[example().as_str()], &arguments[..], &more].concat(),
        )
    };
    let text = page("text");
    let start: Vec<&str> = text.split_whitespace().take(80).collect();
    let start = start.join(" ");
    for part in [
        "This is a what-if, not the result of the answers",
        "\"Physics and imaging\" were 59 instead of 81",
        "\"Helping people\" were 90 instead of 38",
        "were ruled out",
    ] {
        assert!(start.contains(part), "{part} in {start}");
    }
    assert!(text.contains("Set apart:"));
    let all = crate::help::built_in();
    for format in ["text", "markdown", "html"] {
        let page = page(format);
        assert!(page.contains("what-if"), "{format}");
        for role in all.roles() {
            assert!(page.contains(role.name()), "{} in {format}", role.name());
        }
    }
}

#[test]
fn a_page_says_with_what_it_compares() {
    let folder = folder();
    let page = page(
        folder.path(),
        &[&example(), "--family", "imaging", "--aptitude-weight", "2"],
    );
    assert!(page.contains("Only the roles of the family \"imaging\" are compared here."));
    assert!(page.contains("Aptitudes count 2 times as much here as they usually do."));
}

/// Answers to the small pack in an older version: agreement where a question's id begins like this,
/// disagreement elsewhere, and nothing about these.
fn sitting(folder: &Path, name: &str, day: &str, agreed: &[&str], open: &[&str]) {
    let pack = small();
    let begins = |id: &str, with: &[&str]| with.iter().any(|start| id.starts_with(start));
    let mut sheet = format!(
        "format = 1\nid = \"simulated-1\"\nstarted = {day}T08:00:00+00:00\n\
         pack = {{ name = \"{}\", version = \"0.9\", fingerprint = \"sha256:{}\" }}\n\n[answers]\n",
        pack.name(),
        "0".repeat(64)
    );
    for question in pack.questions() {
        let id = question.id();
        let answer = match question.format() {
            AnswerFormat::Choice => "\"b\"",
            AnswerFormat::Rating if begins(id, agreed) => "5",
            AnswerFormat::Rating | AnswerFormat::Condition => "2",
        };
        if !begins(id, open) {
            writeln!(sheet, "{id} = {answer}").expect("written");
        }
    }
    std::fs::write(folder.join(name), sheet).expect("written");
}

#[test]
fn the_retest_page_matches_its_snapshots() {
    let folder = folder();
    let small = root().join("tests/packs/small").display().to_string();
    let at = folder.path();
    let then = ["helping", "making"];
    sitting(at, "old.toml", "2026-03-02", &then, &["pace"]);
    let now = ["helping-1", "steady-hands-1"];
    sitting(at, "new.toml", "2026-11-24", &now, &[]);
    let page = |now: &str, then: &str, format: &str| {
        let arguments = [now, "--since", then, "-f", format, "--pack", &small];
        page(at, &arguments)
    };
    for format in ["text", "markdown", "html"] {
        let page = page("new.toml", "old.toml", format);
        if format == "text" {
            snapshot("snapshots", "retest", &page);
        }
        for part in ["2026-03-02", "2026-11-24", "scored anew here"] {
            assert!(page.contains(part), "{part} in {format}");
        }
    }
    // the other way round it is the same page
    let swapped = page("old.toml", "new.toml", "text");
    assert_eq!(swapped, page("new.toml", "old.toml", "text"));
}

#[test]
fn a_retest_of_unrelated_answers_gets_a_remark() {
    let folder = folder();
    let text = std::fs::read_to_string(example()).expect("the example is there");
    let other = text.replace("id = \"simulated-1\"", "id = \"someone\"");
    std::fs::write(folder.path().join("other.toml"), other).expect("written");
    let page = page(folder.path(), &[&example(), "--since", "other.toml"]);
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "Nothing says that \"someone\" and \"simulated-1\" are sittings of one person"
        )
    );
    assert!(words.contains("the same answers to every question"));
    assert!(page.contains("0 traits of 18 moved"));
    assert!(page.contains("The same roles stand in the first group."));
}

#[test]
fn errors_say_what_is_right() {
    let folder = folder();
    let file = example();
    let fails = |arguments: &[&str], part: &str| {
        let all = [&["report", &file], arguments].concat();
        let output = run(folder.path(), &all, b"");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(part) && stdout(&output).is_empty(), "{said}");
    };
    fails(&["--what-if", "physic=+1sd"], "did you mean physics?");
    fails(&["--what-if", "physics"], "has no =");
    for bad in ["+1", "1sd", "101", "-5", "much", "+infsd", "nan"] {
        fails(
            &["--what-if", &format!("physics={bad}")],
            "write +1sd or -0.5sd",
        );
    }
    fails(&["--avoid", "radiaton"], "did you mean radiation?");
    fails(&["--avoid", "zzz"], "there are radiation, blood");
    fails(&["--for", "parents"], "student, counsellor or both");
    fails(
        &["--for", "student", "-f", "csv"],
        "makes a page for people",
    );
    fails(
        &["--since", &file, "-f", "ndjson"],
        "makes a page for people",
    );
    fails(
        &["--since", &file, "--for", "student"],
        "cannot be used with",
    );
    fails(
        &["--why", "orthotist", "--what-if", "physics=1"],
        "cannot be used with",
    );
    std::fs::write(
        folder.path().join("few.toml"),
        "format = 1\nid = \"x\"\n[answers]\nhelping-1 = 3\n",
    )
    .expect("written");
    let output = run(
        folder.path(),
        &["report", "few.toml", "--what-if", "physics=50"],
        b"",
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("none of its questions is answered"));
}

#[test]
fn untrusted_labels_are_escaped_in_every_format() {
    let folder = folder();
    let text = std::fs::read_to_string(example()).expect("the example is there");
    let hostile = "'<script>x</script>&|`*[l](u)'";
    let text = text.replace("id = \"simulated-1\"", &format!("id = \"{hostile}\""));
    std::fs::write(folder.path().join("me.toml"), text).expect("written");
    let html = page(folder.path(), &["me.toml", "-f", "html"]);
    assert!(!html.contains("<script"));
    assert!(html.contains("&lt;script&gt;x&lt;/script&gt;&amp;|`*[l](u)"));
    let markdown = page(folder.path(), &["me.toml", "-f", "markdown"]);
    assert!(
        markdown.contains("\\<script\\>x\\</script\\>\\&\\|\\`\\*\\[l\\](u)"),
        "{markdown}"
    );
}
