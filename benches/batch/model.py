"""The scoring of the built-in pack over whole columns in numpy, as both scripts use it.

Everything is a matrix: people by questions, people by traits, people by roles. Rows in which roles tie are few and go
through plain Python.
"""
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy.special import ndtr

ROOT = Path(__file__).resolve().parents[2]
TIE, BAND, SPLIT_HALF = 1e-9, 1.2816, 0.3 / 1.7
DONT_KNOW = 255
FLAGS = ("straight-line", "inconsistent", "guessing", "unattempted", "incomplete")


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass
class Question:
    id: str
    format: str
    trait: str | None
    choices: int
    reverse: bool
    weight: float
    answer: int | None


class Model:
    """The pack as arrays. Roles stand by name, so that a stable sort leaves equal ones in that order."""

    def __init__(self, folder=ROOT):
        traits = read(folder / "questions" / "traits.toml")["trait"]
        files = sorted(p for p in (folder / "questions").glob("*.toml") if p.name != "traits.toml")
        sections = sorted(map(read, files), key=lambda section: section["order"])
        self.questions = [
            Question(q["id"], s["format"], q.get("trait"), len(q["options"] if s["format"] == "choice" else s["labels"]),
                     q.get("reverse", False), q.get("weight", 1.0),
                     ord(q["answer"].lower()) - 96 if s["format"] == "choice" else None)
            for s in sections for q in s["question"]]
        self.ids = [q.id for q in self.questions]
        files = sorted((folder / "profiles").glob("*.toml"))
        profiles = sorted(((read(p)["name"], p.stem, read(p)) for p in files), key=lambda role: role[:2])
        self.roles = np.array([stem for _, stem, _ in profiles])
        columns = {t["id"]: k for k, t in enumerate(traits)}
        scored = [q for q in self.questions if q.trait]
        self.scored = np.array([n for n, q in enumerate(self.questions) if q.trait])
        self.conditions = np.array([n for n, q in enumerate(self.questions) if q.format == "condition"])
        self.condition_ids = [self.ids[n] for n in self.conditions]
        self.ratings = np.array([n for n, q in enumerate(scored) if q.format == "rating"])
        self.choices = np.array([n for n, q in enumerate(scored) if q.format == "choice"])
        self.alternatives = np.array([scored[n].choices for n in self.choices])
        self.right = np.array([scored[n].answer for n in self.choices], dtype=np.uint8)
        # the keyed value of every code of every scored question
        self.keyed = np.zeros((len(scored), 256))
        for n, q in enumerate(scored):
            for code in range(1, q.choices + 1):
                u = float(code == q.answer) if q.format == "choice" else (code - 1) / (q.choices - 1)
                self.keyed[n, code] = 1 - u if q.reverse else u
            if q.format == "choice":
                self.keyed[n, DONT_KNOW] = 1 / q.choices
        # weights of questions on traits
        self.weights = np.zeros((len(scored), len(traits)))
        for n, q in enumerate(scored):
            self.weights[n, columns[q.trait]] = q.weight
        usual = ["rating" if any(q.format == "rating" and q.trait == t["id"] for q in scored) else "choice" for t in traits]
        self.mean = np.array([t["mean"] for t in traits], dtype=float)
        self.sd = np.array([t["sd"] for t in traits], dtype=float)
        r = np.array([t.get("reliability", 0.43 if f == "rating" else 0.15) for t, f in zip(traits, usual)])
        self.information = r / (1 - r)
        self.rated = [[n for n in self.ratings if scored[n].trait == t["id"]] for t in traits]
        levels = np.array([[role["traits"][t["id"]]["level"] for t in traits] for _, _, role in profiles], dtype=float)
        own = np.array([[role["traits"][t["id"]].get("weight", 1.0) for t in traits] for _, _, role in profiles])
        spread = levels.std(axis=0)
        self.differs = spread > TIE
        standing = np.where(self.differs, (levels - levels.mean(axis=0)) / np.where(self.differs, spread, 1), 0)
        aptitude = np.array([t["kind"] == "aptitude" for t in traits])
        self.keys = np.where(aptitude, np.maximum(own * standing, 0), own * standing)
        # keys on these are centred for a person
        self.centred = ~aptitude & (self.keys != 0).any(axis=0)
        self.shared = self.keys * self.centred
        self.telling = self.weights[:, self.differs].any(axis=1)
        # the most exposure that each answer to a condition tolerates, and the words of each set of conflicts
        exposure = [[role.get("conditions", {}).get(c, 0) for c in self.condition_ids] for _, _, role in profiles]
        self.exposure = np.array(exposure)
        self.tolerated = np.array([3, 3, 1, 0])
        sets = range(1 << len(self.condition_ids))
        self.conflict_words = np.array([";".join(c for n, c in enumerate(self.condition_ids) if s >> n & 1) for s in sets])
        self.flag_words = np.array([";".join(f for n, f in enumerate(FLAGS) if s >> n & 1) for s in range(1 << len(FLAGS))])
        self.tails = {}

    def guessing(self, codes):
        """P(X >= right) of blind guessing above 1/4, exactly, once for each way to answer that occurs."""
        given = codes[:, self.choices]
        letters = (given > 0) & (given != DONT_KNOW)
        right = (given == self.right).sum(axis=1)
        kinds = np.unique(self.alternatives)
        ways = np.column_stack([letters[:, self.alternatives == k].sum(axis=1) for k in kinds] + [right])
        unique, inverse = np.unique(ways, axis=0, return_inverse=True)
        flagged = np.array([self.tail(kinds, way) for way in unique.tolist()])
        return flagged[inverse.ravel()]

    def tail(self, kinds, way):
        if tuple(way) not in self.tails:
            *counts, right = way
            chances = [Fraction(1)]
            for k, count in zip(kinds.tolist(), counts):
                for _ in range(count):
                    p = Fraction(1, k)
                    chances = [stay * (1 - p) + step * p for stay, step in zip(chances + [0], [0] + chances)]
            self.tails[tuple(way)] = sum(counts) >= 6 and sum(chances[right:]) > Fraction(1, 4)
        return self.tails[tuple(way)]

    def inconsistent(self, codes, u):
        """Correlation of the odd with the even answered questions over traits, below the bound."""
        people, traits = len(codes), [rated for rated in self.rated if len(rated) >= 4]
        if len(traits) < 10:
            return np.zeros(people, dtype=bool)
        halves, counts = np.zeros((2, people, len(traits))), np.zeros((people, len(traits)), dtype=bool)
        for t, rated in enumerate(traits):
            answered = codes[:, rated] > 0
            place = answered.cumsum(axis=1)
            counts[:, t] = place[:, -1] >= 4
            for half in (0, 1):
                mine = answered & (place % 2 == 1 - half)
                number = mine.sum(axis=1)
                halves[half, :, t] = (u[:, rated] * mine).sum(axis=1) / np.maximum(number, 1)
        n = counts.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            away = np.where(counts, halves - (halves * counts).sum(axis=2, keepdims=True) / n[:, None], 0)
            spread = np.sqrt((away ** 2).sum(axis=2) / n)
            r = (away[0] * away[1]).sum(axis=1) / n / (spread[0] * spread[1])
        return (n >= 10) & (spread > TIE).all(axis=0) & (r < SPLIT_HALF)

    def score(self, all_codes, top):
        """The results of people whose codes (0 unanswered, 1.. answers, 255 don't know) stand in rows."""
        codes = all_codes[:, self.scored]
        answered = codes > 0
        u = self.keyed[np.arange(len(self.scored)), codes]
        # a trait most of whose puzzles were passed over is left out
        of = self.weights > 0
        passed = 2 * ((codes == DONT_KNOW) @ of) > answered @ of
        weight = np.where(passed, 0, answered @ self.weights)
        known = weight > 0
        raw = 100 * (u @ self.weights) / np.where(known, weight, 1)
        gain = weight * self.information
        rho = gain / (1 + gain)
        zhat = np.where(known, rho * (raw - self.mean) / self.sd, 0)
        # the mean of each role's keys over what is centred, weighted by reliability
        relied = (rho * self.centred).sum(axis=1, keepdims=True)
        together = rho @ self.shared.T
        centre = together / np.where(relied > 0, relied, 1)
        whole = rho @ (self.keys ** 2).T
        square = whole - centre * together
        has = square > np.maximum(whole * 1e-12, TIE ** 2)  # less is what rounding leaves of nothing
        safe = np.sqrt(np.where(has, square, 1))
        signal = zhat @ self.keys.T - centre * (zhat * self.centred).sum(axis=1, keepdims=True)
        z = np.where(has, signal / safe, -np.inf)
        order = np.argsort(-z, axis=1, kind="stable")
        sorted_z = np.take_along_axis(z, order, axis=1)
        ranks = np.broadcast_to(np.arange(1, len(self.roles) + 1), order.shape).copy()
        # the band: SE of each difference to the first, expanded so that it is one product of matrices
        unknown = 1 - rho
        first = order[:, :1]
        sums, number = self.shared.sum(axis=1), self.centred.sum()
        own = (unknown @ (self.keys ** 2).T + centre * (together - 2 * sums + number * centre)) / safe ** 2
        leading = np.take_along_axis(centre, first, axis=1)
        centring = leading * sums + centre * (sums[first[:, 0]][:, None] - leading * (number + relied))
        cross = (((self.keys[first[:, 0]] * unknown) @ self.keys.T - centring)
                 / (safe * np.take_along_axis(safe, first, axis=1)))
        square = np.maximum(own + np.take_along_axis(own, first, axis=1) - 2 * cross, 0)
        with np.errstate(invalid="ignore"):  # of people without any match
            band = has & (sorted_z[:, :1] - z <= BAND * np.sqrt(square))
        rows = np.arange(len(z))
        band[rows, first[:, 0]] = has[rows, first[:, 0]]
        with np.errstate(invalid="ignore"):
            tied = (sorted_z[:, :-1] - sorted_z[:, 1:] <= TIE).any(axis=1)
        for row in np.flatnonzero(tied):
            self.settle(row, z, order, ranks, band, rho, safe, self.keys - centre[row][:, None] * self.centred)
        in_band = np.take_along_axis(band, order, axis=1)
        held = in_band.sum(axis=1)
        given = codes[:, self.ratings]
        rated = (given > 0).sum(axis=1)
        most = np.max([(given == value).sum(axis=1) for value in range(1, 10)], axis=0)
        straight = (rated >= 10) & (10 * most >= 9 * rated)
        flags = np.column_stack([straight, self.inconsistent(codes, u), self.guessing(codes),
                                 passed.any(axis=1),
                                 (~answered[:, self.telling]).any(axis=1)]) @ (1 << np.arange(len(FLAGS)))
        insufficient = ~has.any(axis=1) | (2 * known[:, self.differs].sum(axis=1) < self.differs.sum())
        unclear = straight | (held == len(self.roles)) | ((held >= 3) & (2 * held > len(self.roles)))
        state = np.where(insufficient, 2, np.where(unclear, 1, 0))
        best = order[:, :top]
        tolerated = np.where(all_codes[:, self.conditions] > 0, self.tolerated[all_codes[:, self.conditions]], 9)
        beyond = self.exposure[best] > tolerated[:, None, :]
        conflicts = beyond @ (1 << np.arange(len(self.conditions)))
        return {"state": state, "flags": flags, "z": z, "has": has, "order": order, "ranks": ranks, "in_band": in_band,
                "best": best, "match": 100 * ndtr(np.take_along_axis(z, best, axis=1)), "conflicts": conflicts}

    def settle(self, row, z, order, ranks, band, rho, length, keys):
        """A row in which roles tie: shared ranks, equal roles by name, and the band of every first."""
        z_row, groups = z[row], []
        for role in order[row].tolist():
            if z_row[role] == -np.inf:
                continue
            if groups and z_row[groups[-1][0]] - z_row[role] <= TIE:
                groups[-1].append(role)
            else:
                groups.append([role])
        place = 0
        for group in groups:
            order[row, place:place + len(group)] = sorted(group)
            ranks[row, place:place + len(group)] = place + 1
            place += len(group)
        if groups:
            unit = keys / length[row][:, None]
            for first in groups[0]:
                se = np.sqrt(((unit[first] - unit) ** 2 * (1 - rho[row])).sum(axis=1))
                band[row] |= np.isfinite(z_row) & (z_row[first] - z_row <= BAND * se)


STATES = np.array(["clear", "unclear", "insufficient"])
