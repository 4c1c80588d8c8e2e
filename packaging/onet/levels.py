#!/usr/bin/env python3
"""Recomputes the levels of the built-in pack that come from O*NET, and says where a profile differs.

onet-30.2.csv holds figures of the O*NET 30.2 Database (February 2026) as published: occupational interests on a scale
of 1 to 7, importance of knowledge on a scale of 1 to 5. anchors.csv names the occupations of each role; where there are
two, their mean is taken. The bounds spread the roles over 0 to 10; they are not those of O*NET.

    helping       10 x (Social - 1.5) / 4
    procedure     10 x (Conventional - 2) / 5
    artistic      10 x (Artistic - 1) / 4.5
    life-science  10 x (mean of Biology and Chemistry - 1.5) / 3
    physics       10 x (Physics - 1.5) / 3
    numerical     10 x (Mathematics - 1.5) / 3

Each is rounded, a half to the even number, and held to 0..10. A cell of a profile counts where its line says `# O*NET CODE, rescaled`; the
others are judgements.

Run it in any folder: python3 levels.py [PROFILES]
"""

import csv
import re
import sys
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
CELL = re.compile(r"^([a-z-]+) = \{ level = ([0-9.]+) \} # O\*NET [^#]*rescaled")
BOUNDS = {
    "helping": (["social"], "1.5", "4"),
    "procedure": (["conventional"], "2", "5"),
    "artistic": (["artistic"], "1", "4.5"),
    "life-science": (["biology", "chemistry"], "1.5", "3"),
    "physics": (["physics"], "1.5", "3"),
    "numerical": (["mathematics"], "1.5", "3"),
}


def rows(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def level(occupations, trait):
    columns, low, spread = BOUNDS[trait]
    figures = [Decimal(occupation[column]) for occupation in occupations for column in columns]
    mean = sum(figures) / len(figures)
    rounded = ((mean - Decimal(low)) * 10 / Decimal(spread)).quantize(Decimal(1), ROUND_HALF_EVEN)
    return max(Decimal(0), min(Decimal(10), rounded))


def main():
    profiles = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "profiles"
    rated = {row["code"]: row for row in rows("onet-30.2.csv")}
    anchors = {row["role"]: [rated[code] for code in row["codes"].split()] for row in rows("anchors.csv")}
    cells, wrong = 0, []
    for path in sorted(profiles.glob("*.toml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found = CELL.match(line)
            if not found:
                continue
            cells += 1
            trait, stated = found[1], Decimal(found[2])
            if path.stem not in anchors or trait not in BOUNDS:
                wrong.append(f"{path.stem}: {trait} names O*NET, but no anchor is known")
            elif (right := level(anchors[path.stem], trait)) != stated:
                wrong.append(f"{path.stem}: {trait} is {stated}, O*NET 30.2 gives {right}")
    print(f"{cells} cells come from O*NET 30.2; {cells - len(wrong)} are as recomputed")
    for text in wrong:
        print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
