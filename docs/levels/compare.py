#!/usr/bin/env python3
"""Compares the levels of the built-in roles with measurements of the nearest occupation in O*NET, cell by cell.

    python3 compare.py              correlations by trait, root mean square of the gaps, every gap of two points or more
    python3 compare.py --cells      every compared cell
    python3 compare.py --stability  how often the first role stays when levels are a little off, by simulation
    python3 compare.py --check      exit code 1 unless every level agrees with what the profile says it rests on

Inputs: onet.csv (element values as published), counterparts.csv (which occupation stands for which role) and the
profiles and traits of the pack, two folders up. Needs Python 3.11 and its standard library. docs/levels.md explains
the method and has the credit that the figures ask for.
"""

import csv
import math
import random
import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACK = HERE.parent.parent

# Six traits are measured: the level is (mean of the elements - least) / width * 10, held to 0..10 and rounded.
MEASURED = {
    "helping": (["Social"], 1.5, 4.0),
    "life-science": (["Biology", "Chemistry", "Medicine and Dentistry"], 1.5, 2.5),
    "physics": (["Physics"], 1.5, 3.0),
    "procedure": (["Conventional"], 3.0, 4.0),
    "artistic": (["Artistic"], 1.0, 4.5),
    "numerical": (["Mathematics"], 2.0, 2.5),
}
# Nine traits are judged and compared; a minus sign marks an element that runs the other way.
COMPARED = {
    "making": ["Mechanical", "Repairing", "Equipment Maintenance"],
    "spatial": ["Visualization", "Spatial Orientation"],
    "steady-hands": ["Arm-Hand Steadiness", "Finger Dexterity", "Multilimb Coordination"],
    "perceptual": ["Perceptual Speed", "Flexibility of Closure", "Near Vision"],
    "patient-time": ["Contact With Others", "Deal With External Customers"],
    "variety": ["-Importance of Repeating Same Tasks", "-Spend Time Making Repetitive Motions"],
    "autonomy": ["Freedom to Make Decisions", "Structured versus Unstructured Work", "Independence"],
    "teamwork": ["Work With Work Group or Team"],
    "emotional-weight": ["Empathy", "Self-Control", "Stress Tolerance"],
}
# lasting-contact, urgency and invasive are judged; O*NET has no element that measures them.

# How far a level may be off, in points, by what it rests on.
SPREAD_MEASURED = 0.5
SPREAD_STAND_IN = 1.0
GAP = 2.0


def mean(values):
    return sum(values) / len(values)


def deviation(values):
    middle = mean(values)
    return math.sqrt(mean([(value - middle) ** 2 for value in values]))


def correlation(a, b):
    ma, mb = mean(a), mean(b)
    return mean([(x - ma) * (y - mb) for x, y in zip(a, b)]) / (deviation(a) * deviation(b))


def root_mean_square(values):
    return math.sqrt(mean([value * value for value in values]))


class Pack:
    """The levels of the pack and the measurements beside them."""

    def __init__(self):
        traits = tomllib.loads((PACK / "questions/traits.toml").read_text("utf-8"))["trait"]
        self.traits = [trait["id"] for trait in traits]
        self.kinds = {trait["id"]: trait["kind"] for trait in traits}
        files = sorted((PACK / "profiles").glob("*.toml"))
        self.cells = {file.stem: tomllib.loads(file.read_text("utf-8"))["traits"] for file in files}
        self.roles = list(self.cells)
        with open(HERE / "onet.csv", encoding="utf-8", newline="") as file:
            self.values = {(row["code"], row["element"]): float(row["value"]) for row in csv.DictReader(file)}
        with open(HERE / "counterparts.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.codes = {row["role"]: row["codes"].split() for row in rows}
        self.stand_ins = {row["role"] for row in rows if row["stand_in"]}
        self.shared = [role for role in self.roles if role in self.codes]
        self.measured = {trait: self._on_the_scale(trait) for trait in COMPARED}

    def level(self, role, trait):
        return self.cells[role][trait]["level"]

    def first(self, role, trait):
        """The level as it was judged before it was compared."""
        cell = self.cells[role][trait]
        return cell.get("was", cell["level"])

    def value(self, role, element):
        """The mean over the occupations that stand for the role; none where O*NET has no value."""
        found = [self.values[code, element] for code in self.codes[role] if (code, element) in self.values]
        return mean(found) if found else None

    def exact(self, role, trait):
        """The level that the elements of a measured trait give, before rounding."""
        elements, least, width = MEASURED[trait]
        level = (mean([self.value(role, element) for element in elements]) - least) / width * 10
        return min(10.0, max(0.0, level))

    def _on_the_scale(self, trait):
        """Measurements of a judged trait on the pack's scale.

        Each element is standardised over the roles that have a counterpart, the elements are averaged, and the average is
        given the mean and the standard deviation of the first judgements of the same roles.
        """
        parts = []
        for element in COMPARED[trait]:
            sign = -1 if element.startswith("-") else 1
            values = {role: self.value(role, element.lstrip("-")) for role in self.shared}
            known = [value for value in values.values() if value is not None]
            middle, spread = mean(known), deviation(known)
            parts.append({r: sign * (v - middle) / spread for r, v in values.items() if v is not None})
        average = {role: mean([part[role] for part in parts if role in part]) for role in self.shared}
        middle, spread = mean(list(average.values())), deviation(list(average.values()))
        firsts = [self.first(role, trait) for role in self.shared]
        return {r: mean(firsts) + deviation(firsts) * (average[r] - middle) / spread for r in self.shared}

    def departs(self, role, trait):
        """Whether a cell of a measured trait departs from its measurement, and says why."""
        return "departs:" in self.cells[role][trait]["basis"]

    def is_measured(self, role, trait):
        return role in self.codes and trait in MEASURED and not self.departs(role, trait)

    def gaps(self, level, stand_ins=None):
        """Level less measurement, of all compared cells; of stand-ins alone, or without them, where that is asked."""
        roles = [r for r in self.shared if stand_ins is None or (r in self.stand_ins) == stand_ins]
        return [level(role, trait) - self.measured[trait][role] for trait in COMPARED for role in roles]

    def spreads(self):
        """What each kind of cell may be off by, measured by the gaps."""
        return {
            "compared": round(root_mean_square(self.gaps(self.level, stand_ins=False)), 1),
            "compared with a stand-in": round(root_mean_square(self.gaps(self.level, stand_ins=True)), 1),
            "judged alone": round(root_mean_square(self.gaps(self.first)), 1),
        }


def by_trait(pack):
    print("trait               r first  r now   gap first  gap now")
    for trait, measured in pack.measured.items():
        levels = [[level(role, trait) for role in pack.shared] for level in (pack.first, pack.level)]
        r = [correlation(own, list(measured.values())) for own in levels]
        off = [root_mean_square([a - b for a, b in zip(own, measured.values())]) for own in levels]
        print(f"{trait:18}  {r[0]:7.2f}  {r[1]:5.2f}  {off[0]:10.2f}  {off[1]:7.2f}")
    for trait in MEASURED:
        own = [pack.level(role, trait) for role in pack.shared]
        r = correlation(own, [pack.exact(role, trait) for role in pack.shared])
        print(f"{trait:18}           {r:5.2f}     measured")
    print()
    print(f"Root mean square of the gaps of {len(pack.gaps(pack.level))} judged cells, in points:")
    print(f"  first judgement {root_mean_square(pack.gaps(pack.first)):.2f}, now {root_mean_square(pack.gaps(pack.level)):.2f}")
    print("Spreads that follow:")
    for kind, spread in pack.spreads().items():
        print(f"  {kind}: {spread}")
    measured = sum(pack.is_measured(role, trait) for role in pack.roles for trait in pack.traits)
    print(f"{measured} of {len(pack.roles) * len(pack.traits)} cells are measured.")


def listed(pack, all_cells):
    print()
    print("Every compared cell:" if all_cells else "Gaps of two points or more, and what the profile says of them:")
    for trait, measured in pack.measured.items():
        for role in pack.shared:
            first, now, other = pack.first(role, trait), pack.level(role, trait), measured[role]
            if all_cells or abs(first - other) >= GAP or abs(now - other) >= GAP:
                print(f"{trait:18} {role:31} {first:>2} -> {now:>2}  measured {other:5.1f}  {reason(pack, role, trait)}")


def reason(pack, role, trait):
    """Why a judged level is not where the measurement is, as the profile says it."""
    return pack.cells[role][trait]["basis"].partition("): ")[2]


def mistakes(pack):
    """What the profiles say of their levels that does not hold."""
    spreads = pack.spreads()
    for role in pack.roles:
        stand_in = role in pack.stand_ins
        for trait in pack.traits:
            cell, at = pack.cells[role][trait], f"{role}, {trait}"
            if "basis" not in cell or "spread" not in cell:
                yield f"{at}: no `basis` or no `spread`"
                continue
            due = spreads["judged alone"]
            if pack.is_measured(role, trait):
                due = SPREAD_STAND_IN if stand_in else SPREAD_MEASURED
                right = math.floor(pack.exact(role, trait) + 0.5)
                if cell["level"] != right:
                    yield f"{at}: the level is {cell['level']}, measured {right}"
            elif role in pack.codes and trait in COMPARED:
                due = spreads["compared with a stand-in" if stand_in else "compared"]
                measured = pack.measured[trait][role]
                said = re.search(r"measured (-?[0-9.]+)", cell["basis"])
                if not said or abs(float(said[1]) - measured) > 0.051:
                    yield f"{at}: `basis` does not say that it is measured as {measured:.1f}"
                if abs(cell["level"] - measured) >= GAP and reason(pack, role, trait) in ("", "between the two"):
                    yield f"{at}: {cell['level']} against {measured:.1f} without a reason"
            if cell["spread"] != due:
                yield f"{at}: the spread is {cell['spread']}, by the figures {due}"


def keys(pack, levels):
    """Each role's key for endless answers: standardised, one-sided for aptitudes, centred, of length 1."""
    spread = {t: deviation([pack.level(role, t) for role in pack.roles]) for t in pack.traits}
    middle = {t: mean([levels[role][t] for role in pack.roles]) for t in pack.traits}
    found = []
    for role in pack.roles:
        z = [(levels[role][t] - middle[t]) / spread[t] for t in pack.traits]
        apt = [pack.kinds[t] == "aptitude" for t in pack.traits]
        z = [max(0.0, x) if a else x for x, a in zip(z, apt)]
        own = mean([x for x, a in zip(z, apt) if not a])
        z = [x if a else x - own for x, a in zip(z, apt)]
        length = math.sqrt(sum(x * x for x in z))
        found.append([x / length for x in z])
    return found


def stays(pack, move, people=4000, sharing=20):
    """Shares of mixed people whose first role and whose first three stay when `move` has been added to the levels.

    Each `sharing` people share one draw of the moves.
    """
    chance = random.Random(1)
    stated = {role: {t: pack.level(role, t) for t in pack.traits} for role in pack.roles}
    before, first, three = keys(pack, stated), 0, 0
    for person in range(people):
        if person % sharing == 0:
            moved = {r: {t: level + move(chance, r, t) for t, level in own.items()} for r, own in stated.items()}
            after = keys(pack, moved)
        z = [chance.gauss(0, 1) for _ in pack.traits]
        best = []
        for side in (before, after):
            fits = [sum(a * b for a, b in zip(key, z)) for key in side]
            best.append(sorted(range(len(fits)), key=lambda i: -fits[i])[:3])
        first += best[0][0] == best[1][0]
        three += set(best[0]) == set(best[1])
    return first / people, three / people


def stability(pack):
    one_step = lambda chance, r, t: 0 if pack.is_measured(r, t) else chance.choice((-1, 0, 1))
    print("Of 100 mixed people with endless answers: who keep their first role, and the same first three")
    cases = [
        ("judged levels move by -1, 0 or +1", one_step),
        ("every level moves by N(0, 1)", lambda chance, r, t: chance.gauss(0, 1)),
        ("judged levels move by N(0, 1), measured by N(0, 0.5)", lambda chance, r, t: chance.gauss(0, 0.5 if pack.is_measured(r, t) else 1)),
        ("every level moves by N(0, 0.5)", lambda chance, r, t: chance.gauss(0, 0.5)),
        ("every level moves by N(0, 0.33)", lambda chance, r, t: chance.gauss(0, 0.33)),
        ("every level moves by its spread", lambda chance, r, t: chance.gauss(0, pack.cells[r][t]["spread"])),
    ]
    for name, move in cases:
        first, three = stays(pack, move)
        print(f"  {100 * first:3.0f} {100 * three:3.0f}  {name}")


def main():
    arguments = set(sys.argv[1:])
    if not arguments <= {"--cells", "--stability", "--check"}:
        sys.exit(__doc__)
    pack = Pack()
    if "--stability" in arguments:
        stability(pack)
        return
    if "--check" in arguments:
        found = list(mistakes(pack))
        print("\n".join(found) if found else "every level agrees with its basis")
        sys.exit(1 if found else 0)
    by_trait(pack)
    listed(pack, "--cells" in arguments)


if __name__ == "__main__":
    main()
