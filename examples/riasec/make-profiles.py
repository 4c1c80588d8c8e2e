#!/usr/bin/env python3
"""Writes profiles/ from onet-interests.csv (figures of O*NET) and roles.csv (our words about each role).

The level of a role on a trait is its O*NET interest score, on a scale of 1 to 7, moved to a scale of 0 to 10:
level = (score - 1) / 6 * 10, rounded to one decimal, half up. No level is typed by hand.

Run it in any folder: python3 make-profiles.py
"""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
TRAITS = {
    "R": "realistic",
    "I": "investigative",
    "A": "artistic",
    "S": "social",
    "E": "enterprising",
    "C": "conventional",
}


def level(score):
    return ((Decimal(score) - 1) * 10 / 6).quantize(Decimal("0.1"), ROUND_HALF_UP)


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def profile(role, rated):
    scores = {letter: rated[letter] for letter in TRAITS}
    highest = max(scores, key=lambda letter: Decimal(scores[letter]))
    days = "".join(f"  {quoted(role[key])},\n" for key in ("day_1", "day_2", "day_3"))
    levels = "".join(
        f"{TRAITS[letter]} = {{ level = {level(score)} }} # {score}\n" for letter, score in scores.items()
    )
    source = (
        f"{{ title = {quoted('O*NET 29.3 Database, Interests: ' + rated['code'] + ' ' + rated['title'])}, "
        f'url = "https://www.onetonline.org/link/summary/{rated["code"]}", year = 2025, '
        'supports = ["also_known_as"] }'
    )
    return (
        "# Written by make-profiles.py: change onet-interests.csv or roles.csv, not this file.\n"
        f"name = {quoted(role['name'])}\n"
        f"also_known_as = [{quoted(rated['title'])}]\n"
        f"family = {quoted(TRAITS[highest])}\n"
        f"summary = {quoted(role['summary'])}\n"
        f"description = {quoted(role['about'])}\n"
        f"typical_day = [\n{days}]\n"
        f"sources = [\n  {source},\n]\n"
        f"\n[traits] # (O*NET score - 1) / 6 * 10\n{levels}"
    )


def rows(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    rated = {row["code"]: row for row in rows("onet-interests.csv")}
    folder = HERE / "profiles"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.toml"):
        old.unlink()
    for role in rows("roles.csv"):
        text = profile(role, rated[role["code"]])
        (folder / f"{role['id']}.toml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
