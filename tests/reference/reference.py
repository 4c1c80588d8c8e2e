"""Every number of a result, computed from a pack and answers, independently of the program. Standard library only.

    python3 reference.py PACK ANSWERS.ndjson [--norms FILE] [--profiles DIR] [--family NAME] [--aptitude-weight X]
                         [--explained]
    python3 reference.py --self-check PACK

The names follow the formulae: x raw score, rho reliability, zhat regressed estimate, a key, c centred key, A key
length, P the interests and preferences that tell the roles in play apart, e elevation, d key of a single question, g its
information, w an answer beside the own score of its trait. Sums are exactly rounded
(math.fsum), so that no order of traits, questions, roles or files can show in a result.
"""
import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, fsum, sqrt

from pack import load_pack

SCORING = 2
FORMAT_RELIABILITY = {"rating": 0.43, "choice": 0.15}
NOTHING = 1e-9  # differences, standard deviations and key lengths up to this count as 0
BAND_FACTOR = 1.2816
HALVES_BELOW = 0.3 / 1.7
TOLERATED = {1: 3, 2: 1, 3: 0}
DECIMALS, DECIMALS_OF_PHI = 12, 8  # erfc differs in its last bits from platform to platform, the rest does not

# expected-explained.ndjson: the first person of each of these kinds (the id after its number)
EXPLAINED = ("complete", "few-blank", "half-blank", "half-the-traits", "one-answer-a-trait", "conditions-only",
             "do-not-know", "tie-first", "highest", "mostly-unsure", "half-unsure", "no-interests", "one-interest",
             "like-everything")


def phi(z):
    return erfc(-z / sqrt(2)) / 2


def mean(values):
    return fsum(values) / len(values)


def deviation(values):
    """Population standard deviation; 0 where it is not more than rounding."""
    m = mean(values)
    sd = sqrt(fsum((v - m) ** 2 for v in values) / len(values))
    return sd if sd > NOTHING else 0.0


# ---- answers and traits


def given(answers, question):
    """The recorded answer, a letter in lower case; None if blank, null or absent."""
    value = answers.get(question.id)
    if value is None or str(value).strip() == "":
        return None
    return str(value).strip().lower() if question.format == "choice" else int(value)


def keyed(question, value):
    """u in 0..1."""
    if question.format == "choice":
        return 1 / question.alternatives if value == "?" else float(value == question.answer)
    u = (value - 1) / (question.alternatives - 1)
    return 1 - u if question.reverse else u


@dataclass
class Score:
    """One trait of one person; raw and sem are None and the rest 0 where nothing counts."""
    raw: float | None
    sem: float | None
    rho: float
    zhat: float
    counted: list  # (question, u) of the answers that count
    passed: bool  # left out because most of its puzzles were answered by "I don't know"


def reliability_of(trait, answered):
    """Spearman-Brown over the answered questions."""
    G = fsum(q.weight * r / (1 - r) for q in answered
             for r in [FORMAT_RELIABILITY[q.format] if trait.reliability is None else trait.reliability])
    return G / (1 + G)


def score_trait(pack, trait, answers):
    answered = [(q, value) for q in pack.of_trait(trait) for value in [given(answers, q)] if value is not None]
    choices = [value for q, value in answered if q.format == "choice"]
    passed = 2 * choices.count("?") > len(choices)
    if passed or not answered:
        return Score(None, None, 0.0, 0.0, [], passed)
    counted = [(q, keyed(q, value)) for q, value in answered]
    x = 100 * fsum(q.weight * u for q, u in counted) / fsum(q.weight for q, _ in counted)
    rho = reliability_of(trait, [q for q, _ in counted])
    return Score(x, trait.s * sqrt((1 - rho) / rho), rho, rho * (x - trait.m) / trait.s, counted, False)


# ---- roles


def relative_levels(pack, roles):
    """{role: {trait: z}} before weight and the one-sided rule: mean of the given roles, deviation of the whole pack."""
    relative = {role.id: {} for role in roles}
    for trait in pack.traits:
        levels = [role.level[trait.id] for role in roles]
        m, sd = mean(levels), deviation([role.level[trait.id] for role in pack.roles])
        differ = deviation(levels) > 0 and sd > 0
        for role in roles:
            relative[role.id][trait.id] = (role.level[trait.id] - m) / sd if differ else 0.0
    return relative


class Design:
    """What does not depend on the person. Traits are numbered in pack order, roles in play too."""

    def __init__(self, pack, family=None, aptitude_weight=1.0):
        self.pack, self.family, self.aptitude_weight = pack, family, aptitude_weight
        self.roles = [role for role in pack.roles if family in (None, role.family)]
        self.traits = range(len(pack.traits))
        relative = relative_levels(pack, self.roles)
        self.relative = [[relative[role.id][t.id] for t in pack.traits] for role in self.roles]
        self.keys = [[self.key(role, t, relative[role.id][t.id]) for t in pack.traits] for role in self.roles]
        self.differ = [deviation([role.level[t.id] for role in self.roles]) > 0 for t in pack.traits]
        self.P = [k for k in self.traits if pack.traits[k].kind != "aptitude" and any(a[k] != 0 for a in self.keys)]
        self.level_sd = [deviation([role.level[t.id] for role in pack.roles]) for t in pack.traits]

    def key(self, role, trait, relative):
        product = role.weight[trait.id] * relative
        return self.aptitude_weight * max(0.0, product) if trait.kind == "aptitude" else product

    def deviation_key(self, r, k, question):
        """Of a question of P, about the mean over the roles in play, before the centring over what was answered."""
        points = [role.deviation.get(question.id, 0.0) for role in self.roles]
        role, trait = self.roles[r], self.pack.traits[k]
        return role.weight[trait.id] * (points[r] - mean(points)) / self.level_sd[k]

    def level_slope(self, r, k):
        """Points of key by which one spread of the level counts, before the centring."""
        role, trait = self.roles[r], self.pack.traits[k]
        if self.level_sd[k] == 0:
            return 0.0
        step = role.spread[trait.id] / self.level_sd[k]
        if trait.kind == "aptitude" and self.relative[r][k] + step <= NOTHING:
            return 0.0  # not asked for, and not one spread higher either
        # at an aptitude weight of 0 no aptitude moves z, nor does an error of its level
        return role.weight[trait.id] * step * (self.aptitude_weight if trait.kind == "aptitude" else 1.0)


# ---- single questions


@dataclass
class Single:
    """An answered question of a trait of P on which some role deviates."""
    id: str
    k: int
    g: float
    w: float
    d: list  # by role in play


def singles(design, scores):
    found = []
    for k in design.P:
        trait, score = design.pack.traits[k], scores[k]
        stated = {role.deviation.get(q.id, 0.0) for role in design.roles for q in design.pack.of_trait(trait)}
        if stated == {0.0} or score.raw is None:
            continue
        weights = [q.weight for q, _ in score.counted]
        keys = []
        for r in range(len(design.roles)):
            d = [design.deviation_key(r, k, q) for q, _ in score.counted]
            centre = fsum(a * v for a, v in zip(weights, d)) / fsum(weights)
            keys.append([v - centre for v in d])
        for i, (q, u) in enumerate(score.counted):
            r = FORMAT_RELIABILITY[q.format] if trait.reliability is None else trait.reliability
            found.append(Single(q.id, k, q.weight * r / (1 - r), (100 * u - score.raw) / trait.s, [d[i] for d in keys]))
    return found


# ---- matches


@dataclass
class Match:
    """One role for one person; None in place of it: nothing answered that the role asks about."""
    c: list
    A: float
    z: float
    se: float
    added: list = ()  # (question, k, what its answer adds to z beside the score of its trait)
    d: list = ()  # keys of the answered questions of traits with deviations


def elevation(design, rho, zhat):
    total = fsum(rho[k] for k in design.P)
    return fsum(zhat[k] for k in design.P) / total if total > 0 else 0.0


def own_part(design, rho, zhat):
    """zhat beside the person's own level: what contributions and the levels' error multiply."""
    e = elevation(design, rho, zhat)
    return [zhat[k] - rho[k] * e if k in design.P else zhat[k] for k in design.traits]


def centred(design, a, rho):
    total = fsum(rho[k] for k in design.P)
    if total == 0:
        return list(a)
    shift = fsum(a[k] * rho[k] for k in design.P) / total
    return [a[k] - shift if k in design.P else a[k] for k in design.traits]


def matches(design, rho, zhat, single=()):
    found = []
    for r, a in enumerate(design.keys):
        c = centred(design, a, rho)
        chance = [s.g * s.d[r] ** 2 for s in single]
        A = sqrt(fsum([c[k] ** 2 * rho[k] for k in design.traits] + chance))
        if A <= NOTHING:
            found.append(None)
            continue
        added = [(s.id, s.k, s.d[r] * s.g * s.w / A) for s in single]
        z = fsum([c[k] * zhat[k] for k in design.traits] + [s.d[r] * s.g * s.w for s in single]) / A
        se = sqrt(fsum([c[k] ** 2 * (1 - rho[k]) for k in design.traits] + chance)) / A
        found.append(Match(c, A, z, se, added, [s.d[r] for s in single]))
    return found


def by_trait(design, match, own):
    return [fsum([match.c[k] * own[k] / match.A] + [part for _, of, part in match.added if of == k])
            for k in design.traits]


def by_answer(design, match, scores, e):
    parts = {}
    for k, (trait, score) in enumerate(zip(design.pack.traits, scores)):
        weights = fsum(q.weight for q, _ in score.counted)
        for q, u in score.counted:
            beside = (100 * u - trait.m) / trait.s - (e if k in design.P else 0.0)
            parts[q.id] = match.c[k] * score.rho * q.weight / (weights * match.A) * beside
    for question, _, part in match.added:
        parts[question] += part
    return parts


def level_error(design, r, match, own):
    return sqrt(fsum((design.level_slope(r, k) * own[k] / match.A) ** 2 for k in design.traits))


# ---- ranking


@dataclass
class Ranking:
    order: list  # numbers of the roles in play, best first, those without a match last
    rank: dict
    first: list  # the roles that share rank 1


def ranking(design, found):
    best_first = sorted((r for r, match in enumerate(found) if match), key=lambda r: -found[r].z)
    rank, leader = {}, None
    for place, r in enumerate(best_first, 1):
        if leader is None or found[leader].z - found[r].z > NOTHING:
            leader, rank[r] = r, place
        else:
            rank[r] = rank[leader]
    rank |= {r: None for r, match in enumerate(found) if not match}
    name = [(role.name, role.id) for role in design.roles]
    order = sorted(rank, key=lambda r: (rank[r] is None, rank[r] or 0, name[r]))
    return Ranking(order, rank, [r for r in order if rank[r] == 1])


def steps(design, one, other):
    """D of every trait: how much more the first of two matches moves with zhat."""
    return [one.c[k] / one.A - other.c[k] / other.A for k in design.traits]


def difference_se(design, one, other, rho, single=()):
    traits = [D ** 2 * (1 - rho[k]) for k, D in enumerate(steps(design, one, other))]
    questions = [s.g * (d / one.A - e / other.A) ** 2 for s, d, e in zip(single, one.d, other.d)]
    return sqrt(fsum(traits + questions))


def band(ranked, found, bound):
    """Roles that one of the first does not lead by more than the bound, in order of the ranking."""
    return [b for b in ranked.order if found[b] and
            any(b == f or found[f].z - found[b].z <= BAND_FACTOR * bound(f, b) for f in ranked.first)]


def wide_bound(design, found, rho, L, single=()):
    def bound(f, b):
        D = steps(design, found[f], found[b])
        norms = fsum((D[k] * rho[k] * t.tau / t.s) ** 2 for k, t in enumerate(design.pack.traits))
        return sqrt(fsum([difference_se(design, found[f], found[b], rho, single) ** 2, norms, L[f] ** 2, L[b] ** 2]))
    return bound


def probability(design, found, rho, L, a, b, single=()):
    """That role a fits better than role b."""
    root = sqrt(fsum([difference_se(design, found[a], found[b], rho, single) ** 2, L[a] ** 2, L[b] ** 2]))
    return phi((found[a].z - found[b].z) / root) if root > NOTHING else 0.5


def smallest_change(design, scores, found, ranked):
    """The smallest change of one raw score within 0..100 that puts a role first which is not first now:
    (trait, role, from, to) or None. Of equal changes the first in order of traits, then of the ranking."""
    best = None
    for k, (trait, score) in enumerate(zip(design.pack.traits, scores)):
        if score.rho == 0:
            continue
        slope = {r: found[r].c[k] / found[r].A for r in ranked.order if found[r]}
        for b in slope:
            for f in ranked.first:
                if b in ranked.first or abs(slope[b] - slope[f]) <= NOTHING:
                    continue
                step = (found[f].z - found[b].z) / (slope[b] - slope[f])
                x = score.raw + step * trait.s / score.rho
                moved = {r: found[r].z + slope[r] * step for r in slope}
                if not -NOTHING <= x <= 100 + NOTHING or moved[b] < max(moved.values()) - NOTHING:
                    continue
                size = abs(x - score.raw)
                if best is None or size < best[0] - NOTHING:
                    best = size, (k, b, score.raw, min(100.0, max(0.0, x)))
    return best and best[1]


# ---- flags, state, conditions


def straight_line(pack, answers):
    recorded = [value for q in pack.questions if q.format == "rating"
                for value in [given(answers, q)] if value is not None]
    return len(recorded) >= 10 and 10 * max(Counter(recorded).values()) >= 9 * len(recorded)


def inconsistent(pack, answers):
    halves = []
    for trait in pack.traits:
        u = [keyed(q, value) for q in pack.of_trait(trait) if q.format == "rating"
             for value in [given(answers, q)] if value is not None]
        if len(u) >= 4:
            halves.append((mean(u[::2]), mean(u[1::2])))
    if len(halves) < 10:
        return False
    odd, even = zip(*halves)
    spread = deviation(odd) * deviation(even)
    if spread == 0:
        return False
    m, n = mean(odd), mean(even)
    return mean([(x - m) * (y - n) for x, y in halves]) / spread < HALVES_BELOW


def guessing(pack, answers):
    """Exact: the number of right answers of a blind guesser, by adding one question after the other."""
    letters = [(q, value) for q in pack.questions if q.format == "choice"
               for value in [given(answers, q)] if value not in (None, "?")]
    if len(letters) < 6:
        return False
    chance = [Fraction(1)]
    for q, _ in letters:
        p = Fraction(1, q.alternatives)
        chance = [(1 - p) * stay + p * rise for stay, rise in zip(chance + [Fraction(0)], [Fraction(0)] + chance)]
    right = sum(value == q.answer for q, value in letters)
    return sum(chance[right:]) > Fraction(1, 4)


def incomplete(design, answers):
    differ = {t.id for t, differ in zip(design.pack.traits, design.differ) if differ}
    return any(q.trait in differ and given(answers, q) is None for q in design.pack.questions)


def flags_of(design, scores, answers, pace):
    pack = design.pack
    raised = {"straight-line": straight_line(pack, answers), "inconsistent": inconsistent(pack, answers),
              "guessing": guessing(pack, answers), "unattempted": any(score.passed for score in scores),
              "incomplete": incomplete(design, answers), "rushed": pace is not None and pace < 1.5}
    return [flag for flag, on in raised.items() if on]


def is_insufficient(design, scores, found):
    wanted = [k for k in design.traits if design.differ[k]]
    return not any(found) or 2 * sum(bool(scores[k].counted) for k in wanted) < len(wanted)


def is_unclear(design, in_band, flags):
    held, all_roles = len(in_band), len(design.roles)
    return held == all_roles or (held >= 3 and 2 * held > all_roles) or "straight-line" in flags


def beyond(pack, role, answers):
    """{condition: exposure less what is tolerated}, where there is more of it, in pack order."""
    degrees = {}
    for q in pack.conditions:
        value = given(answers, q)
        if value is not None and role.exposure.get(q.id, 0) > TOLERATED[value]:
            degrees[q.id] = role.exposure[q.id] - TOLERATED[value]
    return degrees


# ---- results


class Result:
    """One person under one design."""

    def __init__(self, design, person):
        self.design, self.id, self.answers = design, person["id"], person["answers"]
        pack = design.pack
        self.scores = [score_trait(pack, trait, self.answers) for trait in pack.traits]
        self.rho, self.zhat = [s.rho for s in self.scores], [s.zhat for s in self.scores]
        self.elevation = elevation(design, self.rho, self.zhat)
        self.own = own_part(design, self.rho, self.zhat)
        self.single = singles(design, self.scores)
        self.found = matches(design, self.rho, self.zhat, self.single)
        self.flags = flags_of(design, self.scores, self.answers, person.get("pace"))
        self.ranked = self.change = None
        self.band, self.band_wide, self.state = [], [], "insufficient"
        if is_insufficient(design, self.scores, self.found):
            return
        self.ranked = ranking(design, self.found)
        self.L = {r: level_error(design, r, match, self.own) for r, match in enumerate(self.found) if match}
        self.band = band(self.ranked, self.found, lambda f, b: difference_se(
            design, self.found[f], self.found[b], self.rho, self.single))
        self.band_wide = band(self.ranked, self.found, wide_bound(design, self.found, self.rho, self.L, self.single))
        self.state = "unclear" if is_unclear(design, self.band, self.flags) else "clear"
        self.change = smallest_change(design, self.scores, self.found, self.ranked)

    @property
    def order(self):
        return self.ranked.order if self.ranked else []

    def role_id(self, r):
        return self.design.roles[r].id

    def by_trait(self, r):
        parts = by_trait(self.design, self.found[r], self.own)
        return {t.id: part for t, part in zip(self.design.pack.traits, parts)}

    def by_answer(self, r):
        return by_answer(self.design, self.found[r], self.scores, self.elevation)

    def probability(self, a, b):
        return probability(self.design, self.found, self.rho, self.L, a, b, self.single)

    def change_record(self):
        if self.change is None:
            return None
        k, b, x, to = self.change
        return {"trait": self.design.pack.traits[k].id, "role": self.role_id(b), "from": tidy(x), "to": tidy(to)}

    def role_record(self, r):
        match, degrees = self.found[r], beyond(self.design.pack, self.design.roles[r], self.answers)
        return {"role": self.role_id(r), "rank": self.ranked.rank[r], "z": match and tidy(match.z),
                "se": match and tidy(match.se), "match": match and tidy(100 * phi(match.z), DECIMALS_OF_PHI),
                "conflicts": list(degrees), "beyond": degrees,
                "contributions": match and tidy(self.by_trait(r))}

    def record(self):
        pack, design = self.design.pack, self.design
        return {"format": 1, "id": self.id, "state": self.state, "flags": self.flags,
                "band": [self.role_id(r) for r in self.band], "band_wide": [self.role_id(r) for r in self.band_wide],
                "roles": [self.role_record(r) for r in self.order],
                "traits": {t.id: tidy({"raw": s.raw, "sem": s.sem, "z": s.zhat, "reliability": s.rho})
                           for t, s in zip(pack.traits, self.scores)},
                "receipt": {"pack": pack.name, "version": pack.version, "norms": pack.norms, "family": design.family,
                            "aptitude_weight": design.aptitude_weight, "scoring": SCORING},
                "answer_contributions": {self.role_id(r): tidy(self.by_answer(r)) for r in self.order[:1]},
                "change": self.change_record()}

    def explained(self):
        ranked = [r for r in self.order if self.found[r]]
        return {"id": self.id, "elevation": tidy(self.elevation),
                "roles": [{"role": self.role_id(r), "level_error": self.found[r] and tidy(self.L[r]),
                           "traits": self.found[r] and tidy(self.by_trait(r)),
                           "answers": self.found[r] and tidy(self.by_answer(r))} for r in self.order],
                "odds": [{"role": self.role_id(a), "over": self.role_id(b),
                          "probability": tidy(self.probability(a, b), DECIMALS_OF_PHI)}
                         for a, b in zip(ranked, ranked[1:])],
                "change": self.change_record()}


def tidy(value, decimals=DECIMALS):
    """Rounded, never -0.0."""
    if isinstance(value, dict):
        return {key: tidy(entry, decimals) for key, entry in value.items()}
    return None if value is None else round(value, decimals) + 0.0


def explained_people(people):
    """The first person of every kind of EXPLAINED, in the file's order."""
    chosen = {}
    for person in people:
        kind = person["id"].partition("-")[2]
        if kind in EXPLAINED:
            chosen.setdefault(kind, person)
    return list(chosen.values())


def main():
    parser = argparse.ArgumentParser(description="Computes results independently of the program.")
    parser.add_argument("pack")
    parser.add_argument("answers", nargs="?", help="NDJSON; not with --self-check")
    parser.add_argument("--norms")
    parser.add_argument("--profiles", help="folder of profiles in place of the pack's")
    parser.add_argument("--family")
    parser.add_argument("--aptitude-weight", type=float, default=1.0)
    parser.add_argument("--explained", action="store_true", help="what records do not hold, for some of the people")
    parser.add_argument("--self-check", action="store_true", help="check the computation by its own rules")
    args = parser.parse_args()
    if args.self_check:
        from self_check import self_check
        return self_check(args.pack)
    if args.answers is None:
        parser.error("ANSWERS.ndjson is missing")
    pack = load_pack(args.pack, args.norms, args.profiles)
    if args.family is not None and args.family not in {role.family for role in pack.roles}:
        parser.error(f"no role of the family {args.family!r}")
    design = Design(pack, args.family, args.aptitude_weight)
    with open(args.answers, encoding="utf-8") as lines:
        people = [json.loads(line) for line in lines if line.strip()]
    for person in explained_people(people) if args.explained else people:
        result = Result(design, person)
        print(json.dumps(result.explained() if args.explained else result.record()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
