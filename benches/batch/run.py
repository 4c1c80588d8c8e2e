#!/usr/bin/env python3
"""Times `rolescope score`, `analyse` and `verify` against what they are measured by, all in one run.

    python3 benches/batch/run.py [ROWS] [ROUNDS] [--shaped ROWS] [--record]

1000000 rows, 5 rounds and 100000 rows of each shape unless said otherwise. Each round runs every command once, so that a machine
that slows down slows all of them; a ratio is taken within a round, and what is printed is the median of the rounds
with the least and the most. `--record` adds the ratios to history.csv, with the commit and what the processor can do: ratios
are what two machines or days have in common.

Needs the Rust toolchain; the scripts for pandas and polars are timed where these are installed (requirements.txt).
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# people of the workbook: as many as such files have, or more
BOOKED = 10_000
# what a processor may have that scoring and the search for ends of rows are compiled for
FEATURES = ["sse4_2", "avx2", "bmi2", "avx512f", "avx512bw"]


def build(folder):
    """Builds a package for release; gives the folder of its programs."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", folder / "target"))
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=folder, check=True)
    return target / "release"


def texts():
    """For each question, the text of each code that `sample` writes."""
    found = {}
    for path in sorted((ROOT / "questions").glob("*.toml")):
        section = tomllib.loads(path.read_text(encoding="utf-8"))
        labels = section.get("labels") or section.get("section", {}).get("labels")
        for question in section.get("question", []):
            if options := question.get("options"):
                found[question["id"]] = {"": "", "?": "I don't know", **dict(zip("abcdefghij", options))}
            else:
                found[question["id"]] = {"": "", **{str(n): text for n, text in enumerate(labels, 1)}}
    return found


def shapes_of_tables(plain, folder):
    """The same people as other programs write them; gives the path of each by its name."""
    with open(plain, newline="", encoding="utf-8") as read:
        header, *rows = csv.reader(read)
    of = texts()

    def quoted(row, which):
        def within(cell):
            return '"' + cell.replace('"', '""') + '"'

        return ",".join(within(cell) if which(place, cell) else cell for place, cell in enumerate(row))

    def is_text(_, cell):
        return bool(cell) and not cell.isdigit()

    def must_be(_, cell):
        return any(mark in cell for mark in ',"\n')

    def everything(_, cell):
        return True

    shapes = {
        "line ends of Windows": ("\r\n", [",".join(row) for row in [header, *rows]]),
        "ids in quotes": ("\n", [",".join(header), *(quoted(row, lambda place, _: place == 0) for row in rows)]),
        "texts in quotes, as R writes": (
            "\n",
            [quoted(header, everything), *(quoted(row, is_text) for row in rows)],
        ),
        "every cell in quotes": ("\n", [quoted(row, everything) for row in [header, *rows]]),
        "labels for numbers": (
            "\n",
            [",".join(header)]
            + [
                quoted([of[name][cell] if name in of else cell for name, cell in zip(header, row)], must_be)
                for row in rows
            ],
        ),
    }
    return {name: written(folder, name, "csv", lines, end) for name, (end, lines) in shapes.items()}


def shapes_of_json(plain, folder):
    """The same people as JSON of other shapes, a line each; gives the path of each by its name."""
    with open(plain, encoding="utf-8") as read:
        people = [json.loads(line) for line in read]
    every = sorted({name for person in people for name in person["answers"]})

    def with_null(answers):
        return {name: answers.get(name) for name in every}

    shapes = {
        "a field that is kept": [{**person, "class": "7B"} for person in people],
        "a field that is not": [{**person, "school": {"name": "A", "year": 9}} for person in people],
        "null for no answer": [{**person, "answers": with_null(person["answers"])} for person in people],
        "id behind the answers": [{"answers": person["answers"], "id": person["id"]} for person in people],
        "answers from last to first": [
            {**person, "answers": dict(reversed(person["answers"].items()))} for person in people
        ],
    }
    return {
        name: written(folder, name, "ndjson", [json.dumps(person, separators=(",", ":")) for person in people], "\n")
        for name, people in shapes.items()
    }


def written(folder, name, ending, lines, end):
    """Writes lines to a file; gives its path."""
    path = f"{folder}/{''.join(c if c.isalnum() else '-' for c in name)}.{ending}"
    with open(path, "w", newline="", encoding="utf-8") as out:
        out.write(end.join(lines) + end)
    return path


def apart(work, *given):
    """Does work in a process of its own: a program that is begun counts the memory of the process that begins it."""
    with ProcessPoolExecutor(1) as worker:
        return worker.submit(work, *given).result()


def timed(command, output):
    """Wall seconds and peak MiB of one run."""
    with open(output, "wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command} ended with {status}")
    return seconds, used.ru_maxrss / 1024


def plan(program, readers, folder, rows, shaped):
    """Every command by its name, and for most the name of what it is compared with."""

    def sample(name, n, form="csv"):
        path = f"{folder}/{name}.{form}"
        subprocess.run([program, "sample", "-n", str(n), "--blank", "0.03", "-f", form, "-o", path], check=True)
        return path

    def installed(library):
        command = [sys.executable, "-c", f"import {library}, numpy"]
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0

    table, ndjson, ten = sample("one", rows), sample("one", rows, "ndjson"), sample("ten", 10 * rows)
    tenth, book = sample("tenth", BOOKED), f"{folder}/book.xlsx"
    subprocess.run([readers / "xlsx-write", tenth, book], check=True)
    score = [program, "score", "-q", "-f", "csv", "--top", "5"]
    analyse = [program, "analyse", "-q", "-f", "json"]
    commands = {
        "score, CSV": ([*score, table], "the csv crate reads it"),
        "the csv crate reads it": ([readers / "csv-read", table], None),
        "score, NDJSON": ([*score, ndjson], "serde_json reads it"),
        "serde_json reads it": ([readers / "json-read", ndjson], None),
        "analyse, CSV": ([*analyse, table], "score, CSV"),
        # thrown away, so that rows are compared and not how fast the disk takes four gigabytes
        "score, CSV, thrown away": ([*score, table], None),
        "score, ten times the rows, thrown away": ([*score, ten], "score, CSV, thrown away"),
        "analyse, ten times the rows": ([*analyse, ten], "analyse, CSV"),
    }
    for library in ["polars", "pandas"]:
        if installed(library):
            script = HERE / f"score_{library}.py"
            commands[library] = ([sys.executable, script, table, f"{folder}/{library}.csv"], "score, CSV")

    # one thread each, against the same people in the plain form
    alone = [*score, "--jobs", "1"]
    few, lines = sample("few", shaped), sample("few", shaped, "ndjson")
    plain, plain_json = f"CSV of {shaped}, one thread", f"NDJSON of {shaped}, one thread"
    commands[plain] = ([*alone, few], None)
    for name, path in apart(shapes_of_tables, few, folder).items():
        commands[f"CSV: {name}"] = ([*alone, path], plain)
    commands[plain_json] = ([*alone, lines], None)
    for name, path in apart(shapes_of_json, lines, folder).items():
        kept = ["--keep", "class"] if "is kept" in name else []
        commands[f"NDJSON: {name}"] = ([*alone, *kept, path], plain_json)
    results = f"{folder}/results.ndjson"
    detailed = [program, "score", "-q", "-f", "ndjson", "--jobs", "1"]
    subprocess.run([*detailed, "--with-answers", "-o", results, few], check=True)
    commands["results as NDJSON with answers"] = ([*detailed, "--with-answers", few], plain)
    commands["results as NDJSON with all reasons"] = ([*detailed, "--explain", "--top", "all", few], plain)
    commands["verify these results"] = ([program, "verify", "-q", results], plain)
    commands[f"score, XLSX of {BOOKED}, one thread"] = ([*alone, book], "calamine reads it")
    commands["calamine reads it"] = ([readers / "xlsx-read", book], None)
    return commands


def ratios(runs, name, other):
    """The ratio of two commands in each round: the median, the least and the most."""
    each = [mine / theirs for (mine, _), (theirs, _) in zip(runs[name], runs[other])]
    return statistics.median(each), min(each), max(each)


def features():
    """What the processor can do of what the program makes use of."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    except OSError:
        return "unknown"
    return " ".join(feature for feature in FEATURES if feature in flags)


def record(rows, shaped, rounds, compared):
    """Adds the ratios of this run to the history."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    path = HERE / "history.csv"
    fresh = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        if fresh:
            table.writerow(
                ["day", "commit", "cores", "features", "rows", "shaped", "rounds", "what", "of", "ratio", "least", "most"]
            )
        about = [time.strftime("%Y-%m-%d"), commit, os.cpu_count(), features(), rows, shaped, rounds]
        for name, other, found in compared:
            table.writerow([*about, name, other, *(f"{ratio:.3f}" for ratio in found)])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("--shaped", type=int, default=100_000, metavar="ROWS")
    parser.add_argument("--record", action="store_true")
    given = parser.parse_args()
    program, readers = build(ROOT) / "rolescope", build(HERE)
    with tempfile.TemporaryDirectory() as folder:
        commands = plan(program, readers, folder, given.rows, given.shaped)
        runs = {name: [] for name in commands}
        for turn in range(given.rounds + 1):
            for name, (command, _) in commands.items():
                run = timed(command, os.devnull if name.endswith("thrown away") else f"{folder}/out")
                if turn > 0:  # the first fills the caches
                    runs[name].append(run)
    print(f"{given.rows} rows ({given.shaped} of a shape), {given.rounds} rounds, {os.cpu_count()} cores, {features()}\n")
    print("| what | seconds | peak MiB | ratio, with the least and the most |\n|---|---|---|---|")
    compared = []
    for name, (_, other) in commands.items():
        seconds, peak = statistics.median(run[0] for run in runs[name]), max(run[1] for run in runs[name])
        ratio = ""
        if other:
            compared.append((name, other, ratios(runs, name, other)))
            ratio = "{:.2f} ({:.2f} to {:.2f}) of {}".format(*compared[-1][2], other)
        print(f"| {name} | {seconds:.2f} | {peak:.0f} | {ratio} |")
    if given.record:
        record(given.rows, given.shaped, given.rounds, compared)


if __name__ == "__main__":
    main()
