"""Answer sheets for tests, from a fixed seed: python3 make_answers.py PACK_DIR > answers.ndjson. Works on any pack."""
import json
import random
import sys
from itertools import count
from math import sqrt

from pack import load_pack
from reference import FORMAT_RELIABILITY, relative_levels


def simulated_answers(pack, z, rng):
    """scoring.md section 9: the answers of a person with true trait values z to every scored question."""
    answers, traits = {}, {t.id: t for t in pack.traits}
    for q in pack.questions:
        t, k = traits[q.trait], q.alternatives
        level = t.m + t.s * z[t.id]
        if q.format == "choice":
            right = rng.random() < min(98.0, max(100 / k, level)) / 100
            answers[q.id] = q.answer if right else rng.choice(wrong_letters(q))
        else:
            r = FORMAT_RELIABILITY["rating"] if t.reliability is None else t.reliability
            label = 1 + round((level + rng.gauss(0, t.s * sqrt((1 - r) / r))) / 100 * (k - 1))
            label = min(k, max(1, label))
            answers[q.id] = k + 1 - label if q.reverse else label
    return answers


def wrong_letters(question):
    return [letter for letter in "abcdefgh"[:question.alternatives] if letter != question.answer]


def people(pack, rng):
    """(kind, answers, pace or None) of every person."""
    ratings = [q for q in pack.questions if q.format == "rating"]
    choices = [q for q in pack.questions if q.format == "choice"]
    conditions = [q.id for q in pack.conditions]
    levels = relative_levels(pack, pack.roles)

    def mixed():
        return simulated_answers(pack, {t.id: rng.gauss(0, 1) for t in pack.traits}, rng)

    def like(role):
        z = {k: min(2.2, max(-2.2, level)) + rng.gauss(0, 0.5) for k, level in levels[role.id].items()}
        return simulated_answers(pack, z, rng)

    def any_conditions():
        return {c: rng.choice([1, 2, 3]) for c in conditions}

    def only(traits, answers):
        wanted = {q.id for t in traits for q in pack.of_trait(t)}
        return {q: v for q, v in answers.items() if q in wanted}

    def thinned(answers, share):
        """About that share left out, at least one: absent, null or blank."""
        thin = dict(answers)
        for question in rng.sample(sorted(answers), max(1, round(share * len(answers)))):
            thin[question] = rng.choice([None, "", "absent"])
        return {question: value for question, value in thin.items() if value != "absent"}

    def every(question, keyed):
        """The lowest (0), middle (0.5) or highest (1) keyed rating."""
        label = 1 + round(keyed * (question.alternatives - 1))
        return question.alternatives + 1 - label if question.reverse else label

    for role in pack.roles:
        yield "like-" + role.id, like(role) | any_conditions(), None
    for i in range(7):
        yield "complete", mixed() | any_conditions(), 3.0 if i % 2 else None
    for _ in range(5):
        yield "few-blank", thinned(mixed() | any_conditions(), 0.03), None
    for _ in range(5):
        yield "half-blank", thinned(mixed() | any_conditions(), 0.5), None
    for trait in pack.traits:
        yield "one-trait", only([trait], mixed()) | any_conditions(), None
    half = len(pack.traits) // 2
    yield "below-half-the-traits", only(pack.traits[:half - 1], mixed()), None
    for _ in range(2):
        yield "half-the-traits", only(pack.traits[:half], mixed()), None
        yield "other-half-of-the-traits", only(pack.traits[half:], mixed()), None
    yield "one-answer-a-trait", {pack.of_trait(t)[0].id: mixed()[pack.of_trait(t)[0].id] for t in pack.traits}, None

    yield "empty", {}, None
    yield "all-null", {q.id: None for q in pack.questions}, 1.0
    yield "conditions-only", {c: 3 for c in conditions}, None

    for label in (1, 3, 5):
        yield "straight-line", mixed() | {q.id: label for q in ratings} | any_conditions(), 1.0
    ninth = len(ratings) - len(ratings) // 10
    yield "straight-line-ninety", mixed() | {q.id: 4 if i < ninth else 2 for i, q in enumerate(ratings)}, None
    yield "straight-line-not-quite", mixed() | {q.id: 4 if i < ninth - 1 else 2 for i, q in enumerate(ratings)}, None
    spread = ratings[::len(ratings) // 10][:10]
    yield "straight-line-ten", {q.id: 2 for q in spread} | {q.id: "?" for q in choices}, None
    yield "straight-line-nine", {q.id: 2 for q in spread[:9]} | {q.id: "?" for q in choices}, None

    yield "do-not-know", mixed() | {q.id: "?" for q in choices}, None
    yield "do-not-know-only", {q.id: "?" for q in choices}, None
    yield "capitals", {q: v.upper() if isinstance(v, str) else v for q, v in mixed().items()}, None
    yield "guessing", mixed() | {q.id: rng.choice(wrong_letters(q)) for q in choices}, None
    for right in (1, 2, 3):
        yield "some-right", mixed() | {q.id: q.answer if i < right else wrong_letters(q)[0]
                                       for i, q in enumerate(choices)}, None
    yield "six-letters", mixed() | {q.id: wrong_letters(q)[0] if i < 6 else "?" for i, q in enumerate(choices)}, None
    yield "five-letters", mixed() | {q.id: wrong_letters(q)[0] if i < 5 else "?" for i, q in enumerate(choices)}, None
    for _ in range(2):
        yield "random", {q.id: rng.choice("abcdefgh"[:q.alternatives]) if q.format == "choice"
                         else rng.randint(1, q.alternatives) for q in pack.questions} | any_conditions(), 1.0

    middle = {q.id: every(q, 0.5) for q in ratings}
    yield "tie-of-all", only(pack.traits[:4], middle), None
    for _ in range(2):
        yield "tie-of-two", only(pack.traits[:4], mixed()) | any_conditions(), None
    raised = [t.id for t in pack.traits[2:4]]
    yield "tie-first", only(pack.traits[:4], {q.id: every(q, 1.0 if q.trait in raised else 0.5) for q in ratings}), None
    yield "middle", middle, 1.5
    yield "highest", {q.id: every(q, 1.0) for q in ratings} | {q.id: q.answer for q in choices}, None
    yield "lowest", {q.id: every(q, 0.0) for q in ratings} | {q.id: wrong_letters(q)[0] for q in choices}, None

    for role in pack.roles[-2:]:  # every answer speaks for this role
        wanted = {q.id: levels[role.id][q.trait] > 0 for q in pack.questions}
        yield "extreme-" + role.id, {q.id: every(q, float(wanted[q.id])) if q.format == "rating"
                                     else q.answer if wanted[q.id] else "?" for q in pack.questions}, None

    for answer in (1, 2, 3):
        yield f"conditions-{answer}", mixed() | {c: answer for c in conditions}, None
    yield "conditions-some", mixed() | {c: 3 for c in conditions[:1]} | {c: None for c in conditions[1:]}, 1.49

    # From here on: what centred keys and passed puzzles need. New people go to the end, so that ids keep.
    def unsure(trait, count, asked=None):
        """The first questions of a trait of puzzles: `?` for the first few, letters for the others, the rest blank."""
        questions = pack.of_trait(trait)[:asked]
        return ({q.id: None for q in pack.of_trait(trait)} |
                {q.id: "?" if i < count else rng.choice([q.answer, wrong_letters(q)[0]])
                 for i, q in enumerate(questions)})

    for trait in (t for t in pack.traits if all(q.format == "choice" for q in pack.of_trait(t))):
        number = len(pack.of_trait(trait))
        even = number - number % 2
        for seen in (number, even):
            yield "mostly-unsure", mixed() | unsure(trait, seen // 2 + 1, seen) | any_conditions(), None
            yield "barely-sure", mixed() | unsure(trait, (seen - 1) // 2, seen), None
        yield "half-unsure", mixed() | unsure(trait, even // 2, even), None
        yield "half-unsure", mixed() | unsure(trait, 1, 2), None
        yield "mostly-unsure", mixed() | unsure(trait, 2, 3), None
        yield "mostly-unsure", mixed() | unsure(trait, 1, 1), None
        yield "mostly-unsure-only", unsure(trait, number - 1), None
        yield "mostly-unsure-half-blank", thinned(mixed(), 0.5) | unsure(trait, 3, 4), None

    interests = [t for t in pack.traits if t.kind != "aptitude"]
    aptitudes = [t for t in pack.traits if t.kind == "aptitude"]
    for _ in range(2):
        yield "no-interests", only(aptitudes, mixed()) | any_conditions(), None
    for trait in interests[:2] + interests[-1:]:
        yield "one-interest", only([trait] + aptitudes, mixed()) | any_conditions(), None
    yield "two-interests", only(interests[:2] + aptitudes[:1], mixed()), None
    first = pack.of_trait(interests[0])[0].id
    yield "one-answer-of-interests", only(aptitudes, mixed()) | {first: mixed()[first]}, None

    def raised(shift):
        """A constant more of every interest and preference."""
        z = {t.id: rng.gauss(0, 1) + (0 if t.kind == "aptitude" else shift) for t in pack.traits}
        return simulated_answers(pack, z, rng)

    for shift in (2.0, 1.0, -1.0, -2.0):
        yield "like-everything" if shift > 0 else "like-nothing", raised(shift) | any_conditions(), None
        yield "raised-half-blank", thinned(raised(shift), 0.5), None
    for level in (0.0, 0.25, 0.75, 1.0):  # every interest answered alike, aptitudes as they come
        yield "all-alike", mixed() | {q.id: every(q, level) for t in interests for q in pack.of_trait(t)}, None

    for first in range(4):  # every answer, and none, to every condition
        kinds = [1, 2, 3, None]
        yield "conditions-each", mixed() | {c: kinds[(first + i) % 4] for i, c in enumerate(conditions)}, None
    yield "conditions-blank", mixed() | {c: "" for c in conditions}, None


def main():
    number = count(1)
    for kind, answers, pace in people(load_pack(sys.argv[1]), random.Random(2026)):
        person = {"id": f"{next(number):02}-{kind}", "answers": answers}
        print(json.dumps(person if pace is None else person | {"pace": pace}))


if __name__ == "__main__":
    main()
