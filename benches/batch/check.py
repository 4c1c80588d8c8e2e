"""python3 check.py ROLESCOPE [PEOPLE]: holds both scripts against the program.

Simulated people, some with blanks, go through `score_pandas.py`, `score_polars.py` and `rolescope score`. Every cell of the
three tables must be the same, matches within a hundredth (the last decimal printed), and every z of every role within
1e-6 of the four decimals that the program prints.
"""
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import score_pandas
import score_polars
from model import Model


def rows(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def sheets(program, people, path):
    """Whole sheets, sheets with blanks down to nothing, and people who answer all questions alike."""
    blanks = ("0", "0.1", "0.5", "0.9", "0.97", "1")
    text = [subprocess.run([program, "sample", "-n", str(people), "--seed", str(n), "--blank", blank],
                           check=True, capture_output=True, text=True).stdout for n, blank in enumerate(blanks)]
    header = text[0].splitlines()[0]
    kinds = {q.id: q for q in Model().questions}
    alike = [",".join([f"alike-{n}"] + ["?" if kinds[q].format == "choice" else str(min(n, kinds[q].choices))
                                        for q in header.split(",")[1:]]) for n in range(1, 6)]
    body = [f"{n}-{line}" for n, sheet in enumerate(text) for line in sheet.splitlines()[1:]]
    path.write_text("\n".join([header, *body, *alike]) + "\n", encoding="utf-8")


def close(a, b):
    try:
        return abs(float(a) - float(b)) < 0.010001
    except ValueError:
        return False


def main(program, people="500"):
    program = str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in.csv")
        sheets(program, int(people), source)
        score = [program, "score", "-q", source]
        subprocess.run(score + ["-f", "csv", "--top", "5", "-o", Path(folder, "own.csv")], check=True)
        own, differ = rows(Path(folder, "own.csv")), 0
        for script in (score_pandas, score_polars):
            script.main(source, Path(folder, "other.csv"))
            other = rows(Path(folder, "other.csv"))
            assert len(own) == len(other), (script.__name__, len(own), len(other))
            for a, b in zip(own, other):
                assert len(a) == len(b)
                for name, x, y in zip(own[0], a, b):
                    assert x == y or name.startswith("match") and close(x, y), (script.__name__, a[0], name, x, y)
                    differ += x != y
        lines = subprocess.run(score + ["-f", "ndjson", "--top", "all"], check=True, capture_output=True, text=True).stdout
        model = Model()
        _, codes = score_polars.codes_of(model, source)
        z, worst, count = model.score(codes, 5)["z"], 0.0, 0
        place = {role: n for n, role in enumerate(model.roles.tolist())}
        for mine, line in zip(z, map(json.loads, lines.splitlines()), strict=True):
            for role in line["roles"]:
                if role["z"] is not None:
                    worst, count = max(worst, abs(mine[place[role["role"]]] - role["z"])), count + 1
        assert worst <= 0.5e-4 + 1e-6, worst
        print(f"{len(own) - 1} people: both tables are the program's ({differ} matches differ in the last decimal); "
              f"{count} z within {worst:.1e} of their four decimals")


if __name__ == "__main__":
    main(*sys.argv[1:])
