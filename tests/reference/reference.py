"""Reference computation of scoring.md: plain, slow, standard library only.

    python3 reference.py PACK_DIR ANSWERS.ndjson [--family F] [--aptitude-weight W] [--norms FILE]
    python3 reference.py --self-check PACK_DIR

One function or more per section of scoring.md; symbols are those of that page. Sums run in pack order.
"""
import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, sqrt
from statistics import correlation, fmean, pstdev

from pack import load_pack

ZERO = 1e-9  # section 3: standard deviations and key lengths; section 5: ties
BAND_FACTOR = 1.2816  # section 5
FORMAT_RELIABILITY = {"rating": 0.43, "choice": 0.15}  # section 2
TOLERATED_EXPOSURE = {1: 3, 2: 1, 3: 0}  # section 7


@dataclass
class TraitScore:
    x: float | None
    rho: float
    zhat: float
    sem: float | None


@dataclass
class Match:
    length: float  # A_r
    z: float
    se: float
    match: float
    contributions: dict


def recorded_answers(pack, given):
    """Section 1: what was answered, checked; blank, null or absent is not answered."""
    recorded = {}
    for q in pack.questions + pack.conditions:
        value = given.get(q.id)
        if value is None or value == "":
            continue
        if q.format == "choice":
            value = value.lower()
            valid = value == "?" or len(value) == 1 and 0 <= ord(value) - ord("a") < q.alternatives
        else:
            valid = type(value) is int and 1 <= value <= q.alternatives
        if not valid:
            raise ValueError(f"{q.id}: {value!r} is no answer")
        recorded[q.id] = value
    unknown = given.keys() - {q.id for q in pack.questions + pack.conditions}
    if unknown:
        raise ValueError(f"no such question: {sorted(unknown)}")
    return recorded


def keyed_value(question, value):
    """Section 1: u in [0, 1]."""
    if question.format == "choice":
        return 1 / question.alternatives if value == "?" else float(value == question.answer.lower())
    u = (value - 1) / (question.alternatives - 1)
    return 1 - u if question.reverse else u


def trait_scores(pack, answers):
    """Section 2: POMP score, Spearman-Brown reliability, Kelley's regressed true score, standard error of measurement."""
    scores = {}
    for trait in pack.traits:
        answered = [q for q in pack.of_trait(trait) if q.id in answers]
        if not answered:
            scores[trait.id] = TraitScore(None, 0.0, 0.0, None)
            continue
        information = 0.0
        for q in answered:
            r = FORMAT_RELIABILITY[q.format] if trait.reliability is None else trait.reliability
            information += q.weight * r / (1 - r)
        x = 100 * sum(q.weight * keyed_value(q, answers[q.id]) for q in answered) / sum(q.weight for q in answered)
        rho = information / (1 + information)
        scores[trait.id] = TraitScore(x, rho, rho * (x - trait.m) / trait.s, trait.s * sqrt((1 - rho) / rho))
    return scores


def differing_traits(pack, in_play):
    """Section 3: the traits on which at least two roles in play differ in level."""
    return [t for t in pack.traits if pstdev([r.level[t.id] for r in in_play]) > ZERO]


def relative_levels(pack, in_play):
    """Section 3: z_rk, with the mean of the roles in play and the standard deviation of all roles of the pack."""
    z = {role.id: {t.id: 0.0 for t in pack.traits} for role in in_play}
    for trait in differing_traits(pack, in_play):
        centre = fmean([role.level[trait.id] for role in in_play])
        spread = pstdev([role.level[trait.id] for role in pack.roles])
        for role in in_play:
            z[role.id][trait.id] = (role.level[trait.id] - centre) / spread
    return z


def role_keys(pack, in_play, aptitude_weight=1.0):
    """Section 3: the keys a_rk."""
    z, keys = relative_levels(pack, in_play), {}
    for role in in_play:
        keys[role.id] = {}
        for trait in pack.traits:
            key = role.weight[trait.id] * z[role.id][trait.id]
            keys[role.id][trait.id] = aptitude_weight * max(0.0, key) if trait.kind == "aptitude" else key
    return keys


def phi(z):
    """The standard normal distribution function."""
    return 0.5 * erfc(-z / sqrt(2))


def match(key, scores):
    """Section 4: a role's match with its error and its contributions by trait; None where A_r is 0."""
    length = sqrt(sum(a * a * scores[k].rho for k, a in key.items()))
    if length <= ZERO:
        return None
    z = sum(a * scores[k].zhat for k, a in key.items()) / length
    se = sqrt(sum(a * a * (1 - scores[k].rho) for k, a in key.items())) / length
    contributions = {k: a * scores[k].zhat / length + 0.0 for k, a in key.items()}  # + 0.0: no -0.0
    return Match(length, z, se, 100 * phi(z), contributions)


def answer_contributions(pack, answers, key, scores, length):
    """Section 4: the contribution of every scored answer to one role."""
    contributions = {}
    for trait in pack.traits:
        answered = [q for q in pack.of_trait(trait) if q.id in answers]
        for q in answered:
            distance = 100 * keyed_value(q, answers[q.id]) - trait.m
            contributions[q.id] = key[trait.id] * scores[trait.id].rho * q.weight * distance / (
                trait.s * sum(p.weight for p in answered) * length) + 0.0
    return {q.id: contributions[q.id] for q in pack.questions if q.id in contributions}


def ranking(in_play, matches):
    """Section 5: [(rank, role)], best first, ties by name; a role shares the rank of the first of its group."""
    ordered = sorted((r for r in in_play if matches[r.id]), key=lambda r: -matches[r.id].z)
    ranks, first = {}, None
    for position, role in enumerate(ordered, 1):
        if first is None or matches[first.id].z - matches[role.id].z > ZERO:
            first, rank = role, position
        ranks[role.id] = rank
    return sorted(((ranks[r.id], r) for r in ordered), key=lambda pair: (pair[0], pair[1].name, pair[1].id))


def se_of_difference(a, b, keys, matches, scores):
    """Section 5: SE_ab."""
    return sqrt(sum((keys[a][k] / matches[a].length - keys[b][k] / matches[b].length) ** 2 * (1 - score.rho)
                    for k, score in scores.items()))


def band(ranked, keys, matches, scores):
    """Section 5: ids of the roles within the bound of any role of rank 1, best first."""
    firsts = [role.id for rank, role in ranked if rank == 1]
    return [b.id for _, b in ranked if any(
        matches[f].z - matches[b.id].z <= BAND_FACTOR * se_of_difference(f, b.id, keys, matches, scores)
        for f in firsts)]


def what_would_change(pack, ranked, keys, matches, scores):
    """Section 5: the smallest change of one raw trait score that makes a role first which is not; None if no trait does.
    At that score the role shares the first place. Equal changes: first in pack order, then as ranked."""
    best, best_size = None, float("inf")
    for trait in pack.traits:
        score = scores[trait.id]
        if score.rho == 0:
            continue
        slope = {role.id: keys[role.id][trait.id] / matches[role.id].length for _, role in ranked}
        for b in (role.id for rank, role in ranked if rank > 1):
            for first in (role.id for rank, role in ranked if rank == 1):
                if slope[b] == slope[first]:
                    continue
                dz = (matches[first].z - matches[b].z) / (slope[b] - slope[first])
                dx = dz * trait.s / score.rho
                changed = {r.id: matches[r.id].z + slope[r.id] * dz for _, r in ranked}
                if (-ZERO <= score.x + dx <= 100 + ZERO and changed[b] >= max(changed.values()) - ZERO
                        and abs(dx) < best_size - ZERO):
                    to = min(100.0, max(0.0, score.x + dx))
                    best, best_size = {"trait": trait.id, "role": b, "from": score.x, "to": to}, abs(dx)
    return best


def is_straight_line(pack, answers):
    """Section 6: at least 10 answered ratings, at least 90 % the same recorded number."""
    given = [answers[q.id] for q in pack.questions if q.format == "rating" and q.id in answers]
    return len(given) >= 10 and 10 * max(Counter(given).values()) >= 9 * len(given)


def is_inconsistent(pack, answers):
    """Section 6: split-half consistency over traits. The halves alternate along the question ids in byte order;
    section 6 words it as pack order, which is the same wherever ids ascend within a trait."""
    odd, even = [], []
    for trait in pack.traits:
        answered = sorted((q for q in pack.of_trait(trait) if q.format == "rating" and q.id in answers),
                          key=lambda q: q.id.encode())
        if len(answered) >= 4:
            u = [keyed_value(q, answers[q.id]) for q in answered]
            odd.append(fmean(u[0::2]))
            even.append(fmean(u[1::2]))
    if len(odd) < 10 or pstdev(odd) <= ZERO or pstdev(even) <= ZERO:
        return False
    return correlation(odd, even) < 0.3 / 1.7


def is_guessing(pack, answers):
    """Section 6: exact Poisson-binomial P(X >= right) of blind guessing, in fractions."""
    asked = [q for q in pack.questions if q.format == "choice" and answers.get(q.id, "?") != "?"]
    if len(asked) < 6:
        return False
    distribution = [Fraction(1)]  # P(X = 0), P(X = 1), ...
    for q in asked:
        p = Fraction(1, q.alternatives)
        distribution = [stay * (1 - p) + step * p for stay, step in zip(distribution + [0], [0] + distribution)]
    right = sum(answers[q.id] == q.answer.lower() for q in asked)
    return sum(distribution[right:]) > Fraction(1, 4)


def flags(pack, in_play, answers, pace):
    """Section 6: the flags, in the order of its list."""
    asked = [q for trait in differing_traits(pack, in_play) for q in pack.of_trait(trait)]
    raised = {"straight-line": is_straight_line(pack, answers),
              "inconsistent": is_inconsistent(pack, answers),
              "guessing": is_guessing(pack, answers),
              "incomplete": any(q.id not in answers for q in asked),
              "rushed": pace is not None and pace < 1.5}
    return [flag for flag, is_raised in raised.items() if is_raised]


def state(pack, in_play, answers, scores, ranked, band_ids):
    """Section 6: insufficient before unclear before clear."""
    differing = differing_traits(pack, in_play)
    answered = sum(scores[t.id].x is not None for t in differing)
    if not ranked or 2 * answered < len(differing):
        return "insufficient"
    held, n = len(band_ids), len(in_play)
    if held == n or (held >= 3 and 2 * held > n) or is_straight_line(pack, answers):
        return "unclear"
    return "clear"


def conflicts(pack, role, answers):
    """Section 7: the conditions whose exposure is above what is tolerated, in pack order."""
    return [q.id for q in pack.conditions
            if q.id in answers and role.exposure.get(q.id, 0) > TOLERATED_EXPOSURE[answers[q.id]]]


def result(pack, in_play, keys, person):
    """One person's line. product.md: a state `insufficient` has empty `band` and `roles`."""
    answers = recorded_answers(pack, person["answers"])
    scores = trait_scores(pack, answers)
    matches = {role.id: match(keys[role.id], scores) for role in in_play}
    ranked = ranking(in_play, matches)
    band_ids = band(ranked, keys, matches, scores)
    out = {"id": person["id"], "state": state(pack, in_play, answers, scores, ranked, band_ids),
           "flags": flags(pack, in_play, answers, person.get("pace")), "band": band_ids, "roles": []}
    traits = {k: {"raw": t.x, "sem": t.sem, "z": t.zhat, "reliability": t.rho} for k, t in scores.items()}
    if out["state"] == "insufficient":
        return out | {"band": [], "traits": traits, "answer_contributions": {}, "change": None}
    unmatched = sorted((r for r in in_play if not matches[r.id]), key=lambda r: (r.name, r.id))
    for rank, role in ranked + [(None, role) for role in unmatched]:
        m = matches[role.id]
        out["roles"].append({
            "role": role.id, "rank": rank, "z": m and m.z, "se": m and m.se, "match": m and m.match,
            "conflicts": conflicts(pack, role, answers), "contributions": m and m.contributions})
    first = ranked[0][1].id
    by_answer = answer_contributions(pack, answers, keys[first], scores, matches[first].length)
    return out | {"traits": traits, "answer_contributions": {first: by_answer},
                  "change": what_would_change(pack, ranked, keys, matches, scores)}


def self_check(pack, people=20000, sheets=200):
    """Section 4's two claims: contributions sum to z, on random sheets with skips; and z is standard normal for every
    role and family, on the mixed people of section 9, in trait scores."""
    rng = random.Random(9)
    possible = {q.id: [*"abcdefgh"[:q.alternatives], "?"] if q.format == "choice" else [*range(1, q.alternatives + 1)]
                for q in pack.questions}
    everything = {question: values[0] for question, values in possible.items()}
    for family in [None] + sorted({r.family for r in pack.roles}):
        in_play = [r for r in pack.roles if family in (None, r.family)]
        keys = role_keys(pack, in_play)
        for _ in range(sheets):
            answers = {question: rng.choice(values) for question, values in possible.items() if rng.random() < 0.7}
            scores = trait_scores(pack, answers)
            for role in in_play:
                m = match(keys[role.id], scores)
                if m:
                    by_answer = answer_contributions(pack, answers, keys[role.id], scores, m.length)
                    assert abs(sum(m.contributions.values()) - m.z) < 1e-9, role.id
                    assert abs(sum(by_answer.values()) - m.z) < 1e-9, role.id
        rho = {k: score.rho for k, score in trait_scores(pack, everything).items()}
        z_of = {role.id: [] for role in in_play}
        for _ in range(people):
            scores = {k: TraitScore(None, p, p * rng.gauss(0, 1) + rng.gauss(0, sqrt(p * (1 - p))), None)
                      for k, p in rho.items()}
            for role in in_play:
                z_of[role.id].append(match(keys[role.id], scores).z)
        for role, z in z_of.items():
            print(f"{family or 'all':12} {role:30} mean {fmean(z):+.4f} sd {pstdev(z):.4f}")
            assert abs(fmean(z)) < 4.5 / sqrt(people), role
            assert abs(pstdev(z) - 1) < 4.5 / sqrt(2 * people), role
    print("self-check passed")


def main():
    parser = argparse.ArgumentParser(description="Reference computation of scoring.md.")
    parser.add_argument("pack")
    parser.add_argument("answers", nargs="?")
    parser.add_argument("--family")
    parser.add_argument("--aptitude-weight", type=float, default=1.0)
    parser.add_argument("--norms")
    parser.add_argument("--self-check", action="store_true")
    args = parser.parse_args()
    pack = load_pack(args.pack, args.norms)
    if args.self_check:
        return self_check(pack)
    in_play = [r for r in pack.roles if args.family in (None, r.family)]
    if not args.answers or not in_play:
        parser.error("ANSWERS.ndjson is needed, and a family that the pack has")
    keys = role_keys(pack, in_play, args.aptitude_weight)
    with open(args.answers, encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            json.dump(result(pack, in_play, keys, json.loads(line)), sys.stdout, ensure_ascii=False)
            print()


if __name__ == "__main__":
    main()
