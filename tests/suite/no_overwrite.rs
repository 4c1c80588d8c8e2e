//! No output overwrites anything that is read, such as ratings and norms.

use crate::help::{root, run, stderr, stdout};
use std::path::Path;

fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let made = |arguments: &[&str]| {
        let output = run(here, arguments, b"");
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let put = |name: &str, text: &str| std::fs::write(here.join(name), text).expect("written");
    put("class.csv", &made(&["sample", "-n", "120", "--seed", "3"]));
    let norms = ["analyse", "class.csv", "--write-norms", "norms.toml"];
    made(&[&norms[..], &["--mixed", "yes"]].concat());
    let sheet = made(&["roles", "--rating-sheet", "class.csv"]);
    put(
        "ratings.csv",
        &sheet.replace(",sonographer,,", ",sonographer,1,"),
    );
    let norms = ["--norms", "norms.toml", "-f", "ndjson", "--with-answers"];
    put(
        "saved.ndjson",
        &made(&[&["score", "class.csv"], &norms[..]].concat()),
    );
    std::fs::create_dir(here.join("sheets")).expect("a folder");
    let example = root().join("examples/simulated-1.toml");
    std::fs::copy(example, here.join("sheets/anna.toml")).expect("copied");
    folder
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("it is there")
}

#[test]
fn no_output_overwrites_an_input() {
    let folder = prepared();
    for (arguments, kept) in [
        (
            "analyse class.csv --ratings ratings.csv -o ratings.csv",
            "ratings.csv",
        ),
        (
            "analyse class.csv --ratings ratings.csv --write-norms ratings.csv",
            "ratings.csv",
        ),
        (
            "analyse class.csv --norms norms.toml --write-norms norms.toml",
            "norms.toml",
        ),
        (
            "analyse class.csv --norms norms.toml -o ./norms.toml",
            "norms.toml",
        ),
        (
            "score class.csv --norms norms.toml -o norms.toml",
            "norms.toml",
        ),
        (
            "score class.csv --norms norms.toml --rejects norms.toml",
            "norms.toml",
        ),
        ("score sheets -o sheets/anna.toml", "sheets/anna.toml"),
        (
            "verify saved.ndjson --norms norms.toml -o norms.toml",
            "norms.toml",
        ),
        (
            "roles --rating-sheet class.csv --norms norms.toml -o norms.toml",
            "norms.toml",
        ),
        ("roles --rating-sheet class.csv -o class.csv", "class.csv"),
    ] {
        let before = bytes(&folder.path().join(kept));
        let typed: Vec<&str> = arguments.split(' ').collect();
        let output = run(folder.path(), &typed, b"");
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments}: {}",
            stderr(&output)
        );
        assert!(
            stderr(&output).contains("is an input, and would be lost"),
            "{arguments}"
        );
        assert_eq!(bytes(&folder.path().join(kept)), before, "{arguments}");
    }
    for arguments in [
        "score sheets -o sheets/results.csv",
        "analyse class.csv --ratings ratings.csv -o page.txt",
        "verify saved.ndjson --norms norms.toml -o verdicts.txt",
    ] {
        let typed: Vec<&str> = arguments.split(' ').collect();
        let output = run(folder.path(), &typed, b"");
        assert!(output.status.success(), "{arguments}: {}", stderr(&output));
    }
}

#[test]
fn counts_of_one_are_in_the_singular() {
    let folder = prepared();
    let class = String::from_utf8(bytes(&folder.path().join("class.csv"))).expect("text");
    let mut rows = class.lines();
    let mut one = format!("{},school\n", rows.next().expect("a header"));
    for row in rows.clone() {
        one.extend([row, ",north\n"]);
    }
    std::fs::write(folder.path().join("one.csv"), &one).expect("written");
    let said = stdout(&run(
        folder.path(),
        &["analyse", "one.csv", "--by", "school"],
        b"",
    ));
    assert!(said.contains("Nothing could be compared"), "{said}");
    assert!(!said.contains("Of 0 intervals"), "{said}");
    let spoiled = format!("{one}broken,9,9\n");
    let output = run(folder.path(), &["analyse", "-"], spoiled.as_bytes());
    assert_eq!(output.status.code(), Some(3));
    assert!(
        stderr(&output).contains("1 of 121 rows were rejected; the others were counted"),
        "{}",
        stderr(&output)
    );
    let person: String = class.split_inclusive('\n').take(2).collect();
    let output = run(folder.path(), &["analyse", "-"], person.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("1 person could be read"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn ratings_are_read_as_answers_are() {
    let folder = prepared();
    let here = folder.path();
    let analysed = |name: &str| run(here, &["analyse", "class.csv", "--ratings", name], b"");
    let plain = stdout(&analysed("ratings.csv"));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &bytes(&here.join("ratings.csv"))).expect("packed");
    std::fs::write(
        here.join("ratings.csv.gz"),
        packed.finish().expect("packed"),
    )
    .expect("written");
    assert_eq!(stdout(&analysed("ratings.csv.gz")), plain);
    std::fs::write(here.join("wide.csv"), b"\xFF\xFEi\0d\0").expect("written");
    std::fs::write(here.join("empty.csv"), b"\n").expect("written");
    for (name, says) in [
        ("wide.csv", "wide.csv is UTF-16; save it as \"CSV UTF-8\""),
        ("empty.csv", "empty.csv is empty; give the table"),
    ] {
        let output = analysed(name);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(says), "{}", stderr(&output));
    }
}
