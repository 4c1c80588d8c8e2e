//! `analyse` as users run it: against an established package, against counts by hand, and its refusals.

use crate::batch::{ended, folder, put, sheets};
use crate::help::{first_of_each_kind, root, run, snapshot, stderr, stdout};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn reference(name: &str) -> PathBuf {
    root().join("tests/reference/analyse").join(name)
}

/// Analyses a file as JSON, with further arguments.
fn json(folder: &Path, arguments: &[&str]) -> Value {
    let all = [&["analyse", "-q", "-f", "json"], arguments].concat();
    let output = run(folder, &all, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

/// The data sets of the reference, analysed.
fn data(name: &str) -> Value {
    let file = reference(&format!("{name}.csv")).display().to_string();
    let pack = if name == "keyed" {
        "small"
    } else {
        "inventory"
    };
    let pack = root().join("tests/packs").join(pack);
    let pack = pack.display().to_string();
    json(root(), &[&file, "--pack", &pack])
}

fn find<'v>(list: &'v Value, id: &str) -> &'v Value {
    let mut all = list.as_array().expect("a list").iter();
    all.find(|entry| entry["id"] == id).expect("an entry")
}

/// The figure that the reference calls so.
fn figure(analysis: &Value, [of, item, statistic]: [&str; 3]) -> f64 {
    let scale = || find(&analysis["scales"], of);
    let number = |value: &Value| value.as_f64().expect("a number");
    match statistic {
        "alpha" => number(&scale()["alpha"]["value"]),
        "alpha-low" => number(&scale()["alpha"]["low"]),
        "alpha-high" => number(&scale()["alpha"]["high"]),
        "omega" => number(&scale()["omega"]["value"]),
        "omega-se" => {
            // the interval is symmetric on the logit
            let omega = |end| number(&scale()["omega"][end]);
            let logit = |p: f64| (p / (1.0 - p)).ln();
            let reach = (logit(omega("high")) - logit(omega("low"))) / 2.0;
            reach / 1.959_963_984_540_054 * omega("value") * (1.0 - omega("value"))
        }
        "split-half" => number(&scale()["split_half"]),
        "mean" | "sd" => number(&scale()[statistic]),
        "item-rest" => number(&find(&analysis["items"], item)["item_rest"]),
        "alpha-without" => number(&find(&analysis["items"], item)["alpha_without"]),
        "correlation" => {
            let mut pairs = analysis["correlations"].as_array().expect("pairs").iter();
            let wanted = |pair: &&Value| {
                let ids = [&pair["traits"][0], &pair["traits"][1]];
                ids == [of, item] || ids == [item, of]
            };
            number(&pairs.find(wanted).expect("the pair")["r"])
        }
        other => panic!("{other} is not known"),
    }
}

#[test]
fn figures_agree_with_psych_and_lavaan() {
    let expected = std::fs::read_to_string(reference("expected.csv")).expect("figures");
    let analyses: HashMap<&str, Value> = ["whole", "missing", "keyed"]
        .map(|name| (name, data(name)))
        .into();
    let mut compared = HashMap::new();
    for line in expected.lines().skip(2) {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, of, item, statistic, value] = cells[..] else {
            panic!("{line}");
        };
        // raw scores are summed in ten-thousandths of a point
        let bound = match statistic {
            "mean" | "sd" => 5e-5,
            _ => 1e-6,
        };
        let value: f64 = value.parse().expect("a number");
        let found = figure(&analyses[name], [of, item, statistic]);
        assert!((found - value).abs() < bound, "{line}: {found}");
        *compared.entry((name, statistic)).or_insert(0) += 1;
    }
    for name in ["whole", "missing", "keyed"] {
        for statistic in ["alpha", "omega", "omega-se", "item-rest", "split-half"] {
            assert!(compared[&(name, statistic)] >= 6, "{name} {statistic}");
        }
    }
}

#[test]
fn counts_equal_those_by_hand() {
    let (analysis, small) = (data("keyed"), root().join("tests/packs/small"));
    let text = std::fs::read_to_string(reference("keyed.csv")).expect("sheets");
    let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
    let (header, rows) = rows.split_first().expect("a header");
    assert_eq!(analysis["people"], rows.len());
    for (at, id) in header.iter().enumerate().skip(1) {
        let item = find(&analysis["items"], id);
        let count = |cell: &str| rows.iter().filter(|row| row[at] == cell).count();
        let answered = rows.len() - count("");
        assert_eq!(item["answered"], answered, "{id}");
        for option in item["options"].as_array().expect("options") {
            let people = count(option["answer"].as_str().expect("an answer"));
            assert_eq!(option["people"], people, "{id}");
        }
        if let Some(right) = item["puzzle"]["right"].as_str() {
            #[expect(clippy::cast_precision_loss, reason = "few people")]
            let share = count(right) as f64 / answered as f64;
            assert_eq!(item["puzzle"]["facility"], share, "{id}");
        }
    }
    // first places, bands, states and flags are those that score gives
    let small = small.display().to_string();
    let file = reference("keyed.csv").display().to_string();
    let scored = [
        "score", "-q", "-f", "csv", "--top", "2", "--pack", &small, &file,
    ];
    let scored = stdout(&run(root(), &scored, b""));
    let scored: Vec<Vec<&str>> = scored
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    let roles = &analysis["roles"];
    for role in roles["roles"].as_array().expect("roles") {
        let id = role["id"].as_str().expect("an id");
        let first = scored.iter().filter(|r| r[5] == id && r[10] != "1").count();
        assert_eq!(role["first"], first, "{id}");
        let band = scored.iter().filter(|r| r[3].split(';').any(|b| b == id));
        assert_eq!(role["in_band"], band.count(), "{id}");
    }
    for share in roles["states"].as_array().expect("states") {
        let people = scored.iter().filter(|r| r[1] == share["word"]).count();
        assert_eq!(share["people"], people);
    }
    for share in roles["flags"].as_array().expect("flags") {
        let word = share["word"].as_str().expect("a word");
        let people = scored.iter().filter(|r| r[2].split(';').any(|f| f == word));
        assert_eq!(share["people"], people.count(), "{word}");
    }
}

#[test]
fn output_is_independent_of_threads_and_input_format() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(700, "csv"));
    put(folder.path(), "a.ndjson", sheets(700, "ndjson"));
    for format in ["text", "csv", "json"] {
        let of = |file: &str, jobs: &str| {
            let arguments = ["analyse", "-q", "-f", format, "--jobs", jobs, file];
            stdout(&run(folder.path(), &arguments, b""))
        };
        let one = of("a.csv", "1");
        assert!(one.len() > 1000);
        assert_eq!(one, of("a.csv", "3"));
        assert_eq!(one, of("a.ndjson", "2"));
    }
}

/// Simulated people of two kinds with a column that tells them apart, and some of a third group.
fn two_kinds(folder: &Path) -> String {
    let made = |role: &str, seed: &str| {
        let arguments = ["sample", "-n", "150", "--like", role, "--seed", seed];
        stdout(&run(folder, &arguments, b""))
    };
    let (a, b) = (made("sonographer", "3"), made("pharmacy-technician", "4"));
    let mut text = String::new();
    for (n, line) in a.lines().enumerate() {
        let group = match n {
            0 => "group",
            1..=5 => "\u{1b}[31m",
            _ => "=1+1",
        };
        writeln!(text, "{line},{group}").expect("written");
    }
    for line in b.lines().skip(1) {
        writeln!(text, "{line},north").expect("written");
    }
    text
}

#[test]
fn groups_are_compared_and_their_names_are_escaped() {
    let folder = folder();
    put(folder.path(), "a.csv", two_kinds(folder.path()));
    let analysis = json(folder.path(), &["--by", "group", "a.csv"]);
    let groups = analysis["groups"]["groups"].as_array().expect("groups");
    assert_eq!(groups.len(), 3);
    let of = |name: &str| groups.iter().find(|g| g["name"] == name).expect("a group");
    let (few, like, north) = (of("\u{1b}[31m"), of("=1+1"), of("north"));
    assert_eq!(few["people"], 5);
    assert_eq!(few["compared"], false);
    assert!(few["traits"].as_array().expect("a list").is_empty());
    assert_eq!(like["compared"], true);
    let physics = |group| find(&group, "physics")["difference"].clone();
    // sonographers' profile has more physics and imaging
    assert!(physics(like["traits"].clone())["low"].as_f64() > Some(0.0));
    assert!(physics(north["traits"].clone())["high"].as_f64() < Some(0.0));
    let first = find(&like["firsts"], "sonographer");
    assert!(first["first"].as_u64() > Some(75), "{first}");
    let run = |format: &str| {
        let arguments = ["analyse", "-q", "-f", format, "--by", "group", "a.csv"];
        stdout(&run(folder.path(), &arguments, b""))
    };
    let (text, csv) = (run("text"), run("csv"));
    assert!(!text.contains('\u{1b}') && text.contains("\u{fffd}[31m: 5 people"));
    assert!(text.contains("Not compared"));
    assert!(csv.contains("\ngroup,'=1+1,,people,145,,\n"), "{csv}");
    // a column that names people is no group
    let all = ["analyse", "--by", "id", "a.csv"];
    let output = crate::help::run(folder.path(), &all, b"");
    ended(&output, 1, &["id has over 50 values"]);
}

#[test]
fn weak_questions_are_found_and_described() {
    let folder = folder();
    let text = sheets(600, "csv");
    let header: Vec<&str> = text.lines().next().expect("a header").split(',').collect();
    let at = |id: &str| header.iter().position(|h| *h == id).expect("a question");
    let mut spoilt = format!("{}\n", header.join(","));
    for (n, line) in text.lines().skip(1).enumerate() {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        let mut change = |id: &str, to: &dyn Fn(&str) -> String| {
            let cell = &mut cells[at(id)];
            *cell = to(cell);
        };
        // turned round; nearly always the lowest; left out; the key moved to a wrong option; two
        // options that nobody takes
        change("helping-1", &|c| {
            (6 - c.parse::<u8>().unwrap_or(3)).to_string()
        });
        change("making-1", &|_| {
            if n % 3 == 0 { "2" } else { "1" }.to_owned()
        });
        change("urgency-1", &|c| {
            if n % 4 == 0 {
                String::new()
            } else {
                c.to_owned()
            }
        });
        change("spatial-1", &|c| match c {
            "b" => "a".to_owned(),
            "a" => "b".to_owned(),
            c => c.to_owned(),
        });
        change("numerical-1", &|c| {
            if c == "c" { "c" } else { "a" }.to_owned()
        });
        writeln!(spoilt, "{}", cells.join(",")).expect("written");
    }
    put(folder.path(), "a.csv", spoilt);
    let analysis = json(folder.path(), &["a.csv"]);
    for (id, advice) in [
        ("helping-1", "reversed"),
        ("making-1", "floor"),
        ("making-1", "apart"),
        ("urgency-1", "skipped"),
        ("spatial-1", "miskeyed"),
        ("spatial-1", "pulls"),
        ("numerical-1", "idle"),
    ] {
        let found = &find(&analysis["items"], id)["advice"];
        let found = found.as_array().expect("advice");
        assert!(
            found.iter().any(|a| a == advice),
            "{id} {advice}: {found:?}"
        );
    }
    assert!(find(&analysis["items"], "helping-2")["advice"] == serde_json::json!([]));
    let page = stdout(&run(folder.path(), &["analyse", "-q", "a.csv"], b""));
    for words in [
        "helping-1: its answers go against",
        "do better elsewhere than those who take b: is",
        "urgency-1: 150 of 600 left it out",
        "numerical-1: hardly anyone takes b, d",
    ] {
        assert!(page.contains(words), "{words:?} in\n{page}");
    }
}

#[test]
fn too_few_answers_are_told_once_for_all_questions() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(40, "csv"));
    for format in ["text", "markdown", "html"] {
        let page = run(
            folder.path(),
            &["analyse", "-q", "-f", format, "a.csv"],
            b"",
        );
        let page = stdout(&page);
        let told = |words: &str| page.matches(words).count();
        let whole = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            whole.contains("93 questions: 40 answers are too few"),
            "{page}"
        );
        assert!(whole.contains("traits: 40 people are too few"), "{page}");
        assert!(
            told("too few for a") <= 2 && told("helping-1: 40") == 0,
            "{page}"
        );
    }
    // for programs it stays with each question
    let analysis = json(folder.path(), &["a.csv"]);
    let items = analysis["items"].as_array().expect("items");
    assert!(
        items
            .iter()
            .all(|item| item["advice"] == serde_json::json!(["few"]))
    );
}

#[test]
fn norms_are_written_used_and_refused() {
    let folder = folder();
    put(folder.path(), "many.csv", sheets(300, "csv"));
    put(folder.path(), "few.csv", sheets(60, "csv"));
    let go = |arguments: &[&str]| run(folder.path(), arguments, b"");
    put(folder.path(), "four.csv", sheets(4, "csv"));
    let of = |people: &str, norms: &str, mixed: &[&str]| {
        go(&[&["analyse", people, "--write-norms", norms][..], mixed].concat())
    };
    let yes = ["--mixed", "yes"];
    // nobody is here to be asked whether the people are mixed
    let unsaid = of("few.csv", "n.toml", &[]);
    ended(&unsaid, 2, &["--write-norms n.toml --mixed yes"]);
    let of_a_kind = of("few.csv", "n.toml", &["--mixed", "no"]);
    ended(&of_a_kind, 1, &["people of one kind give no norms"]);
    let four = of("four.csv", "n.toml", &yes);
    ended(&four, 1, &["4 people could be read; norms need at least 5"]);
    assert!(!folder.path().join("n.toml").exists());
    ended(
        &of("few.csv", "n.toml", &yes),
        0,
        &["norms of 60 people written", "only 60 people"],
    );
    let few = std::fs::read_to_string(folder.path().join("n.toml")).expect("norms");
    assert!(few.starts_with(
        "format = 1\nname = \"n\"\nn = 60\nmixed = true\nlanguage = \"en-NZ\"\n\n[[trait]]\n"
    ));
    assert!(few.contains("\nsd = 22.0\nreliability = 0.43\n"), "{few}");
    let many = of("many.csv", "year-12.toml", &yes);
    ended(&many, 0, &["norms of 300 people written to year-12.toml"]);
    let text = std::fs::read_to_string(folder.path().join("year-12.toml")).expect("norms");
    assert!(text.contains("\ncorrelations = [\n  "), "{text}");
    assert!(!text.contains("\nsd = 22.0\n"));
    let score = ["score", "many.csv", "-f", "ndjson", "--top", "1", "--norms"];
    let scored = stdout(&go(&[&score[..], &["year-12.toml"]].concat()));
    let first: Value = serde_json::from_str(scored.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["receipt"]["norms"]["name"], "year-12");
    assert_eq!(first["receipt"]["norms"]["people"], 300);
    // a trait whose questions go against each other has no norm, and nothing is written
    let text = sheets(300, "csv");
    let header: Vec<&str> = text.lines().next().expect("a header").split(',').collect();
    let helping: Vec<usize> = (0..header.len())
        .filter(|&n| header[n].starts_with("helping-"))
        .collect();
    let against: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(n, line)| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            for (place, &at) in helping.iter().enumerate().filter(|_| n > 0) {
                let one: u8 = if n % 2 == 0 { 5 } else { 1 };
                cells[at] = if place % 2 == 0 { one } else { 6 - one }.to_string();
            }
            cells.join(",")
        })
        .collect();
    put(folder.path(), "against.csv", against.join("\n"));
    let refused = of("against.csv", "x.toml", &yes);
    ended(&refused, 1, &["these people give no norms", "helping"]);
    assert!(!folder.path().join("x.toml").exists());
}

#[test]
fn impossible_requests_are_refused_with_a_reason() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(20, "csv"));
    let go = |arguments: &[&str]| run(folder.path(), &[&["analyse"], arguments].concat(), b"");
    put(folder.path(), "nine.csv", sheets(9, "csv"));
    ended(
        &go(&["nine.csv"]),
        1,
        &["9 people could be read", "at least 10"],
    );
    ended(&go(&["nowhere.csv"]), 1, &["cannot open nowhere.csv"]);
    ended(&go(&["a.csv", "-o", "a.csv"]), 2, &["would be lost"]);
    ended(
        &go(&["a.csv", "--write-norms", "a.csv"]),
        2,
        &["would be lost"],
    );
    let both = ["a.csv", "-o", "x", "--write-norms", "x"];
    ended(&go(&both), 2, &["cannot both go to x"]);
    let unused = ["a.csv", "--mixed", "yes"];
    ended(&go(&unused), 2, &["--write-norms"]);
    ended(&go(&["a.csv", "--by", "year"]), 1, &["no column year"]);
    let mut rows = sheets(20, "csv");
    rows.push_str("bad,9\n");
    put(folder.path(), "bad.csv", rows);
    let rejected = go(&["bad.csv"]);
    ended(&rejected, 3, &["bad.csv:22", "1 of 21 rows were rejected"]);
    assert!(stdout(&rejected).contains("The answers of 20 people"));
}

#[test]
fn a_trait_of_too_many_questions_is_refused_before_memory_is_taken() {
    let folder = folder();
    let small = root().join("tests/packs/small");
    for part in ["questions", "profiles"] {
        std::fs::create_dir_all(folder.path().join("pack").join(part)).expect("made");
        for entry in std::fs::read_dir(small.join(part)).expect("the pack is there") {
            let from = entry.expect("a file").path();
            let name = from.file_name().expect("a name");
            let to = folder.path().join("pack").join(part).join(name);
            std::fs::copy(&from, to).expect("copied");
        }
    }
    let mut more = String::from(
        "title = \"More\"\nformat = \"rating\"\norder = 9\ninstructions = \"Say how true.\"\n\
         labels = [\"No\", \"A little\", \"Half\", \"Mostly\", \"Yes\"]\n",
    );
    for n in 5..405 {
        writeln!(
            more,
            "[[question]]\nid = \"helping-{n}\"\ntext = \"Help {n} people.\"\ntrait = \"helping\""
        )
        .expect("written");
    }
    put(folder.path(), "pack/questions/more.toml", more);
    put(
        folder.path(),
        "a.csv",
        "id,helping-1\n".to_owned() + &"a,1\n".repeat(20),
    );
    let output = run(
        folder.path(),
        &["analyse", "--partial", "--pack", "pack", "a.csv"],
        b"",
    );
    ended(&output, 1, &["too many questions"]);
}

#[test]
fn pages_match_their_snapshots() {
    let small = root().join("tests/packs/small").display().to_string();
    let file = reference("keyed.csv").display().to_string();
    let of = |format: &str| {
        let arguments = ["analyse", "-q", "-f", format, "--pack", &small, &file];
        stdout(&run(root(), &arguments, b""))
    };
    snapshot("snapshots/analyse", "text", &of("text"));
    snapshot(
        "snapshots/analyse",
        "csv",
        &first_of_each_kind(&of("csv"), &[0, 3]),
    );
}
