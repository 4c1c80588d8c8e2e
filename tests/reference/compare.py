"""python3 compare.py EXPECTED.ndjson ACTUAL.ndjson [--small X] [--large X]

Compares, person by person, what the reference and the program both print. The tolerances allow for the program's
rounding: four decimals for z, se and reliability (--small), two for match, raw and sem (--large).
"""
import argparse
import json
import sys
from itertools import zip_longest

SMALL, LARGE = ("z", "se", "reliability"), ("match", "raw", "sem")
SHOWN = 20


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def compare_values(where, expected, actual, tolerance):
    """Numbers within the tolerance (None: none allowed), everything else equal; NaN equals nothing."""
    if tolerance is not None and is_number(expected) and is_number(actual):
        if abs(expected - actual) <= tolerance:
            return
    elif expected == actual and type(expected) is type(actual):
        return
    lists = isinstance(expected, list) and isinstance(actual, list)
    same_set = lists and sorted(map(str, expected)) == sorted(map(str, actual))
    yield f"{where}: expected {expected!r}, got {actual!r}{' (in another order)' if same_set else ''}"


def compare_records(where, fields, expected, actual, tolerances):
    """The named fields of every entry of two tables: {id: {field: value}}."""
    for key in actual:
        if key not in expected:
            yield f"{where} {key}: not expected"
    for key in expected:
        if key not in actual:
            yield f"{where} {key}: missing"
            continue
        for field in fields:
            yield from compare_values(f"{where} {key} {field}", expected[key].get(field, "absent"),
                                      actual[key].get(field, "absent"), tolerances.get(field))


def compare_people(expected, actual, tolerances):
    if expected is None or actual is None:
        yield "missing" if actual is None else "not expected"
        return
    for field in ("format", "id", "state", "flags", "band", "band_wide"):
        if field == "band_wide" and field not in actual:
            continue  # a program without it is compared in all else
        yield from compare_values(field, expected[field], actual.get(field, "absent"), None)
    roles = [{entry["role"]: entry for entry in person.get("roles", [])} for person in (expected, actual)]
    if len(roles[1]) < len(actual.get("roles", [])):
        yield "roles: a role stands twice"
    yield from compare_records("role", ("rank", "z", "se", "match", "conflicts", "beyond"), *roles, tolerances)
    yield from compare_records("trait", ("raw", "sem", "z", "reliability"), expected["traits"],
                               actual.get("traits", {}), tolerances)
    yield from compare_receipts("receipt", expected["receipt"], actual.get("receipt"))


def compare_receipts(where, expected, actual):
    """Only what the reference states: program and fingerprints are the program's own."""
    if not isinstance(expected, dict) or not isinstance(actual, dict):
        yield from compare_values(where, expected, actual, None)
        return
    for field in expected:
        yield from compare_receipts(f"{where} {field}", expected[field], actual.get(field, "absent"))


def main():
    parser = argparse.ArgumentParser(description="Compares the program's NDJSON with the reference's.")
    parser.add_argument("expected")
    parser.add_argument("actual")
    parser.add_argument("--small", type=float, default=0.00005 + 1e-9, help="tolerance of z, se, reliability")
    parser.add_argument("--large", type=float, default=0.005 + 1e-9, help="tolerance of match, raw, sem")
    args = parser.parse_args()
    tolerances = dict.fromkeys(SMALL, args.small) | dict.fromkeys(LARGE, args.large)
    passed, differences, failed = 0, [], 0
    for line, (expected, actual) in enumerate(zip_longest(read(args.expected), read(args.actual)), 1):
        found = list(compare_people(expected, actual, tolerances))
        name = (expected or actual).get("id")
        differences += [f"person {line} ({name}): {difference}" for difference in found]
        passed, failed = passed + (not found), failed + bool(found)
    for difference in differences[:SHOWN]:
        print(difference)
    if len(differences) > SHOWN:
        print(f"... and {len(differences) - SHOWN} more differences")
    if not passed and not failed:
        print("nothing to compare")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
