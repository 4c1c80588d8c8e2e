"""python3 reference.py --self-check PACK: what the formulae promise, checked with simulated people. Works on any pack.

Exact promises are held to EXACT. Random ones are held to SIGMAS standard errors of the simulation, which the seed makes
repeatable."""
import random
from copy import deepcopy
from dataclasses import replace
from itertools import product
from math import fsum, prod, sqrt

from pack import load_pack
from reference import (FORMAT_RELIABILITY, NOTHING, Design, Match, Result, beyond, by_answer, by_trait, elevation,
                       guessing, matches, own_part, phi, ranking, reliability_of, score_trait)

EXACT = 1e-9
SIGMAS = 4.5
PEOPLE, NUMBERS = 20_000, 600_000  # simulated people, fewer where people x roles x traits would pass the second
TAIL = 1.2816  # a tenth of the standard normal lies beyond
SHARES = (1.0, 0.75, 0.5)


class Report:
    def __init__(self):
        self.failed = 0

    def line(self, name, worst, bound):
        ok = worst <= bound
        self.failed += not ok
        print(f"{'ok    ' if ok else 'FAILED'} {name}: {worst:.3g}, allowed {bound:.3g}")

    def truth(self, name, wrong, checked):
        ok = not wrong and checked > 0
        self.failed += not ok
        print(f"{'ok    ' if ok else 'FAILED'} {name}: {len(wrong)} of {checked} differ {' '.join(wrong[:5])}".rstrip())


def designs(pack):
    """All roles and every family, with the usual and with half the weight of aptitudes."""
    for family in [None] + sorted({role.family for role in pack.roles}):
        for aptitude_weight in (1.0, 0.5):
            design = Design(pack, family, aptitude_weight)
            if any(design.differ):
                yield design


def some_reliability(pack, rng, share):
    """rho of every trait when that share of all questions, drawn at random, is answered."""
    asked = {q.id for q in rng.sample(pack.questions, round(share * len(pack.questions)))}
    rho = []
    for trait in pack.traits:
        answered = [q for q in pack.of_trait(trait) if q.id in asked]
        rho.append(reliability_of(trait, answered) if answered else 0.0)
    return rho


def some_people(pack, number, rng):
    """Answer sheets with blanks, puzzles passed over, everything liked, and conditions."""
    from make_answers import simulated_answers
    for i in range(number):
        shift = rng.choice([0, 0, 1.5, -1.5])
        z = {t.id: rng.gauss(0, 1) + (0 if t.kind == "aptitude" else shift) for t in pack.traits}
        answers = simulated_answers(pack, z, rng)
        answers |= {q.id: "?" for q in pack.questions if q.format == "choice" and rng.random() < i % 4 / 4}
        answers |= {q.id: rng.choice([1, 2, 3]) for q in pack.conditions}
        blank = rng.choice([0, 0, 0.25, 0.5])
        yield {"id": f"{i}", "answers": {k: v for k, v in answers.items() if rng.random() >= blank}}


def check_sums(report, results):
    by_traits = by_answers = within = centre = 0.0
    for result in results:
        for r, match in enumerate(result.found):
            if match:
                traits = by_trait(result.design, match, result.own)
                by_traits = max(by_traits, abs(fsum(traits) - match.z))
                answers = by_answer(result.design, match, result.scores, result.elevation)
                by_answers = max(by_answers, abs(fsum(answers.values()) - match.z))
                for part, score in zip(traits, result.scores):
                    within = max(within, abs(fsum(answers[q.id] for q, _ in score.counted) - part))
                centre = max(centre, abs(fsum(match.c[k] * result.rho[k] for k in result.design.P)))
    report.line("contributions of traits less z", by_traits, EXACT)
    report.line("contributions of answers less z", by_answers, EXACT)
    report.line("contributions of a trait's answers less the trait's", within, EXACT)
    report.line("keys of P, weighted by reliability, less 0", centre if any(result.design.P and fsum(
        result.rho[k] for k in result.design.P) > 0 for result in results) else float("inf"), EXACT)


def check_elevation(report, pack, rng):
    """A constant added to the true z of all of P: zhat rises by rho times it."""
    worst = worst_reasons = worst_e = 0.0
    for design in designs(pack):
        for share in SHARES + (0.25, 0.1):
            for _ in range(20):
                rho = some_reliability(pack, rng, share)
                zhat = [reliability * rng.gauss(0, 1) for reliability in rho]
                constant = rng.uniform(-3, 3)
                raised = [zhat[k] + rho[k] * constant if k in design.P else zhat[k] for k in design.traits]
                own, own_raised = own_part(design, rho, zhat), own_part(design, rho, raised)
                for before, after in zip(matches(design, rho, zhat), matches(design, rho, raised)):
                    if before:
                        worst = max(worst, abs(before.z - after.z))
                        worst_reasons = max([worst_reasons] + [abs(x - y) for x, y in zip(
                            by_trait(design, before, own), by_trait(design, after, own_raised))])
                if any(rho[k] > 0 for k in design.P):
                    rise = elevation(design, rho, raised) - elevation(design, rho, zhat)
                    worst_e = max(worst_e, abs(rise - constant))
    report.line("z moved by a constant on all of P", worst, EXACT)
    report.line("contributions moved by it", worst_reasons, EXACT)
    report.line("elevation less that constant", worst_e, EXACT)


def without_flags(result, flags):
    record = result.record()
    record["flags"] = [flag for flag in record["flags"] if flag not in flags]
    return record, result.explained()


def check_passed(report, design, people):
    """A trait answered by `?` alone, or mostly, is as if it had been skipped; half of it is not."""
    wrong, half, checked = [], [], 0
    for trait in design.pack.traits:
        questions = [q for q in design.pack.of_trait(trait) if q.format == "choice"]
        if len(questions) < 2:
            continue
        for person in people[:20]:
            rest = {k: v for k, v in person["answers"].items() if k not in {q.id for q in questions}}

            def with_unsure(count, asked):
                letters = {q.id: "?" if i < count else q.answer for i, q in enumerate(questions[:asked])}
                return person | {"answers": rest | letters}
            number = len(questions)
            skipped = Result(design, person | {"answers": rest})
            # letters among the answers passed over still count for the flag `guessing`
            for count, told_by in ((number, ("incomplete", "unattempted")),
                                   (number // 2 + 1, ("incomplete", "unattempted", "guessing"))):
                passed = Result(design, with_unsure(count, number))
                checked += 1
                same = without_flags(passed, told_by) == without_flags(skipped, told_by)
                if not same or "unattempted" not in passed.flags:
                    wrong.append(person["id"])
            if score_trait(design.pack, trait, with_unsure(number // 2, number // 2 * 2)["answers"]).passed:
                half.append(person["id"])
    report.truth("a trait mostly answered by ? and the same trait skipped", wrong, checked)
    report.truth("a trait half answered by ? counts", half, checked)


def check_normal(report, pack, rng):
    """On trait scores: z standard normal, and the true match as far from it as se says, for every role."""
    design = Design(pack)
    number = min(PEOPLE, NUMBERS // (len(design.roles) * len(pack.traits)))
    for share in SHARES:
        values, errors = [[] for _ in design.roles], [[] for _ in design.roles]
        for _ in range(number):
            rho = some_reliability(pack, rng, share)
            true = [rng.gauss(0, 1) for _ in rho]
            zhat = [p * z + rng.gauss(0, sqrt(p * (1 - p))) for p, z in zip(rho, true)]
            for r, match in enumerate(matches(design, rho, zhat)):
                if match:
                    values[r].append(match.z)
                    if match.se > NOTHING:
                        target = fsum(match.c[k] * true[k] for k in design.traits) / match.A
                        errors[r].append((target - match.z) / match.se)
        for name, groups in (("z", values), ("(true match - z) / se", errors)):
            least = min(map(len, groups))
            means = [fsum(group) / len(group) for group in groups]
            sds = [sqrt(fsum(v * v for v in group) / len(group) - m * m) for group, m in zip(groups, means)]
            tails = [fsum(v > TAIL for v in g) / len(g) for g in groups] + [fsum(v < -TAIL for v in g) / len(g)
                                                                           for g in groups]
            what = f"{name} of every role, {100 * share:.0f} % answered, {least} people"
            report.line(f"mean of {what}, less 0", max(map(abs, means)), SIGMAS / sqrt(least))
            report.line(f"sd of {what}, less 1", max(abs(sd - 1) for sd in sds), SIGMAS / sqrt(2 * least))
            report.line(f"tails of {what}, less .1", max(abs(tail - phi(-TAIL)) for tail in tails),
                        SIGMAS * sqrt(0.09 / least))


def check_order(report, pack, people, rng):
    """Questions, roles and answers in another order. A trait's own questions keep theirs: `inconsistent` goes by it."""
    wrong = []
    for person in people:
        other = deepcopy(pack)
        slots = [q.trait for q in rng.sample(other.questions, len(other.questions))]
        left = {t.id: iter(other.of_trait(t)) for t in other.traits}
        other.questions = [next(left[trait]) for trait in slots]
        rng.shuffle(other.conditions)
        rng.shuffle(other.roles)
        answers = list(person["answers"].items())
        rng.shuffle(answers)
        records = [Result(Design(pack), person), Result(Design(other), person | {"answers": dict(answers)})]
        one, two = [result.record() | {"explained": result.explained()} for result in records]
        for record in (one, two):
            for role in record["roles"]:
                role["conflicts"].sort()  # in order of the conditions
        if one != two:
            wrong.append(person["id"])
    report.truth("results with questions, roles and answers in another order", wrong, len(people))


def firsts(result, zs):
    best = max(zs.values())
    return {r for r, z in zs.items() if best - z <= NOTHING}


def check_change(report, results):
    """The change puts its role first, just short of it the first stays, and no smaller one on a grid does as much."""
    wrong, checked = [], 0
    for result in (result for result in results if result.ranked):
        design, now = result.design, set(result.ranked.first)
        size = float("inf")

        def zs(k, x):
            trait = design.pack.traits[k]
            zhat = list(result.zhat)
            zhat[k] = result.rho[k] * (x - trait.m) / trait.s
            return {r: match.z for r, match in enumerate(matches(design, result.rho, zhat)) if match}
        if result.change:
            checked += 1
            k, b, x, to = result.change
            size = abs(to - x)
            short = x + (to - x) * (1 - 1e-4 / size) if size > 1e-3 else x  # nearer, it would count as a tie
            if b in now or b not in firsts(result, zs(k, to)) or firsts(result, zs(k, short)) - now:
                wrong.append(result.id)
        for k, score in enumerate(result.scores):
            if score.rho > 0 and any(firsts(result, zs(k, x)) - now for x in range(0, 101, 4)
                                     if abs(x - score.raw) < size - 1e-6):
                wrong.append(result.id)
    report.truth("what would change the result", wrong, checked)


def check_levels(report, pack, results):
    """L against a level moved a little, mean, sd and key length held: all but aptitudes near their one-sided bound."""
    worst, checked = 0.0, 0
    for result in (result for result in results if result.ranked):
        design = result.design
        for r, match in enumerate(result.found):
            if not match:
                continue
            for k, trait in enumerate(pack.traits):
                if design.level_sd[k] == 0 or (trait.kind == "aptitude" and design.relative[r][k] <= NOTHING):
                    continue
                h, role = 1e-4, design.roles[r]
                moved = deepcopy(design)
                moved.keys[r][k] += role.weight[trait.id] * h / design.level_sd[k]
                after = matches(moved, result.rho, result.zhat)[r]
                if after is None:
                    continue
                slope = (after.z * after.A - match.z * match.A) / match.A / h * role.spread[trait.id]
                worst = max(worst, abs(slope - design.level_slope(r, k) * result.own[k] / match.A))
                checked += 1
    report.line(f"level error less the slope of z, {checked} levels", worst if checked else float("inf"), 1e-6)


def check_odds(report, results):
    worst = 0.0
    for result in results:
        ranked = [r for r in result.order if result.found[r]]
        for a, b in zip(ranked, ranked[1:]):
            p = result.probability(a, b)
            worst = max(worst, abs(p + result.probability(b, a) - 1), 0.5 - p)
        for a in ranked:
            worst = max(worst, abs(result.probability(a, a) - 0.5))
    report.line("odds: both ways give 1, the better is never under a half", worst, EXACT)


def check_bands(report, results):
    wrong = []
    for result in (result for result in results if result.ranked):
        if not set(result.ranked.first) <= set(result.band) <= set(result.band_wide):
            wrong.append(result.id)
        if any(result.found[r] is None for r in result.band_wide):
            wrong.append(result.id)
    report.truth("the first in the band, the band in the wide band", wrong, len(results))


def check_ties(report, pack):
    """Ranks from z alone: a group reaches 1e-9 from its first, not from its last."""
    design = Design(pack)
    design.roles = [replace(pack.roles[0], id=name, name=name) for name in "badce"]
    zs = [1.0, 1.0 - 0.9e-9, 1.0 - 1.8e-9, 0.5, None]
    ranked = ranking(design, [z if z is None else Match([], 1.0, z, 1.0) for z in zs])
    names = [design.roles[r].id for r in ranked.order]
    ranks = [ranked.rank[r] for r in ranked.order]
    wrong = [] if (names, ranks) == (["a", "b", "d", "c", "e"], [1, 1, 3, 4, None]) else [f"{names} {ranks}"]
    report.truth("ties", wrong, 1)


def check_reliability(report, pack):
    """Spearman-Brown as it is known for n alike questions, and half a question for a weight of a half."""
    worst = 0.0
    for trait in pack.traits:
        question = replace(pack.of_trait(trait)[0], weight=1.0)
        r = trait.reliability or FORMAT_RELIABILITY[question.format]
        for n in (1, 2, 4, 7):
            worst = max(worst, abs(reliability_of(trait, [question] * n) - n * r / (1 + (n - 1) * r)))
        halves = [replace(question, weight=0.5)] * 2
        worst = max(worst, abs(reliability_of(trait, halves) - r))
    report.line("reliability of alike questions", worst, EXACT)


def check_guessing(report, pack, rng):
    """Against every way in which a blind guesser may answer, counted one by one."""
    choices = [q for q in pack.questions if q.format == "choice"]
    wrong, checked = [], 0
    for _ in range(20):
        asked = rng.sample(choices, min(7, len(choices)))
        right = rng.randint(0, min(5, len(asked)))
        answers = {q.id: q.answer if i < right else "a" if q.answer != "a" else "b" for i, q in enumerate(asked)}
        by_chance = fsum(prod(1 / q.alternatives if hit else 1 - 1 / q.alternatives for q, hit in zip(asked, hits))
                         for hits in product([False, True], repeat=len(asked)) if sum(hits) >= right)
        checked += 1
        if guessing(pack, answers) != (len(asked) >= 6 and by_chance > 0.25):
            wrong.append(str(right))
    if choices:
        report.truth("guessing", wrong, checked)


def check_conditions(report, pack):
    wrong, checked = [], 0
    for role in pack.roles:
        for q in pack.conditions:
            for answer, tolerated in ((None, 3), (1, 3), (2, 1), (3, 0)):
                degree = beyond(pack, role, {q.id: answer}).get(q.id, 0)
                checked += 1
                if degree != max(0, role.exposure.get(q.id, 0) - tolerated):
                    wrong.append(f"{role.id}-{q.id}")
    if pack.conditions:
        report.truth("degrees of conflicts", wrong, checked)


def self_check(folder):
    pack, rng, report = load_pack(folder), random.Random(2026), Report()
    people = list(some_people(pack, 60, rng))
    results = [Result(design, person) for design in designs(pack) for person in people]
    check_sums(report, results)
    check_elevation(report, pack, rng)
    check_passed(report, Design(pack), people)
    check_order(report, pack, people, rng)
    check_change(report, results[:60])
    check_levels(report, pack, results[:20])
    check_odds(report, results)
    check_bands(report, results)
    check_ties(report, pack)
    check_reliability(report, pack)
    check_guessing(report, pack, rng)
    check_conditions(report, pack)
    check_normal(report, pack, rng)
    print("self-check passed" if not report.failed else f"self-check FAILED: {report.failed}")
    return 1 if report.failed else 0
