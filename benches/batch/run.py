#!/usr/bin/env python3
"""Times `rolescope score` and `rolescope analyse` against what it is measured by, all in one run, and prints ratios of medians.

    python3 benches/batch/run.py [ROWS] [ROUNDS]    # 1000000 rows and 5 rounds unless said otherwise

Needs the Rust toolchain; the scripts for pandas and polars are timed where these are installed (requirements.txt).
Each round runs every command once, so that a machine that slows down slows all of them.
"""

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# people of the tables with labels and of the workbook: as many as such files have, or more
LABELLED, BOOKED = 100_000, 10_000


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


def label(numbers, labels):
    """Writes a table with the text of each answer in the place of its number or letter."""
    of = texts()
    with open(numbers, newline="", encoding="utf-8") as read, open(labels, "w", newline="", encoding="utf-8") as write:
        rows, out = csv.reader(read), csv.writer(write)
        header = next(rows)
        out.writerow(header)
        for row in rows:
            out.writerow(of[name][cell] if name in of else cell for name, cell in zip(header, row))


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


def main():
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    program, readers = build(ROOT) / "rolescope", build(HERE)
    with tempfile.TemporaryDirectory() as folder:
        made = {}
        for name, n, form in [("one", rows, "csv"), ("one", rows, "ndjson"), ("ten", 10 * rows, "csv")]:
            made[name, form] = f"{folder}/{name}.{form}"
            sample = [program, "sample", "-n", str(n), "--blank", "0.03", "-f", form, "-o", made[name, form]]
            subprocess.run(sample, check=True)
        csv, ndjson, ten = made["one", "csv"], made["one", "ndjson"], made["ten", "csv"]
        few, labels, tenth, book = (f"{folder}/{name}" for name in ["few.csv", "labels.csv", "tenth.csv", "book.xlsx"])
        for path, n in [(few, LABELLED), (tenth, BOOKED)]:
            subprocess.run([program, "sample", "-n", str(n), "--blank", "0.03", "-f", "csv", "-o", path], check=True)
        label(few, labels)
        subprocess.run([readers / "xlsx-write", tenth, book], check=True)
        score = [program, "score", "-q", "-f", "csv", "--top", "5"]
        commands = {
            "score, CSV": [*score, csv],
            "csv crate reads it": [readers / "csv-read", csv],
            "score, NDJSON": [*score, ndjson],
            "serde_json reads it": [readers / "json-read", ndjson],
            "analyse, CSV": [program, "analyse", "-q", "-f", "json", csv],
            # thrown away, so that rows are compared and not how fast the disk takes four gigabytes
            "score, CSV, thrown away": [*score, csv],
            "score, ten times the rows, thrown away": [*score, ten],
            "analyse, ten times the rows": [program, "analyse", "-q", "-f", "json", ten],
            f"score, CSV of {LABELLED}, one thread": [*score, "--jobs", "1", few],
            "score, the same with labels": [*score, "--jobs", "1", labels],
            f"score, XLSX of {BOOKED}, one thread": [*score, "--jobs", "1", book],
            "calamine reads it": [readers / "xlsx-read", book],
        }
        for library in ["polars", "pandas"]:
            if subprocess.run([sys.executable, "-c", f"import {library}, numpy"], stderr=subprocess.DEVNULL).returncode == 0:
                script = HERE / f"score_{library}.py"
                commands[library] = [sys.executable, script, csv, f"{folder}/{library}.csv"]
        runs = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, command in commands.items():
                run = timed(command, os.devnull if name.endswith("thrown away") else f"{folder}/out")
                if turn > 0:  # the first fills the caches
                    runs[name].append(run)
    median = {name: statistics.median(seconds for seconds, _ in all) for name, all in runs.items()}
    peak = {name: max(peak for _, peak in all) for name, all in runs.items()}
    print(f"{rows} rows, {rounds} rounds, {os.cpu_count()} cores\n")
    print("| what | seconds | peak MiB | ratio |\n|---|---|---|---|")
    against = {
        "score, CSV": "csv crate reads it",
        "score, NDJSON": "serde_json reads it",
        "analyse, CSV": "score, CSV",
        "score, ten times the rows, thrown away": "score, CSV, thrown away",
        "analyse, ten times the rows": "analyse, CSV",
        "score, the same with labels": f"score, CSV of {LABELLED}, one thread",
        f"score, XLSX of {BOOKED}, one thread": "calamine reads it",
    }
    for name in commands:
        other = against.get(name)
        ratio = f"{median[name] / median[other]:.2f} of {other}" if other else ""
        if name in ("polars", "pandas"):
            ratio = f"{median[name] / median['score, CSV']:.1f} times score, CSV"
        print(f"| {name} | {median[name]:.2f} | {peak[name]:.0f} | {ratio} |")


if __name__ == "__main__":
    main()
