"""A pack folder and a norms file, read without checks. Standard library only."""
import tomllib
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

ASSUMED_DOUBT = 13.6  # points: standard deviation of an assumed mean of interests and preferences
SPREAD = 1.0  # points: spread of a level that rests on judgement


@dataclass
class Trait:
    id: str
    kind: str
    m: float  # mean of the norms, 0..100
    s: float  # true-score standard deviation of the norms
    reliability: float | None  # of one question; None: the format's
    tau: float  # doubt of the mean, points


@dataclass
class Question:
    id: str
    format: str
    trait: str | None
    alternatives: int  # labels of a rating or condition, options of a choice
    reverse: bool
    weight: float
    answer: str | None


@dataclass
class Role:
    id: str
    name: str
    family: str
    level: dict
    weight: dict
    spread: dict
    exposure: dict
    deviation: dict  # of single questions, points of a level


@dataclass
class Pack:
    name: str
    version: str
    norms: dict | None  # name and people of the norms file
    traits: list
    questions: list  # ratings and choices
    conditions: list
    roles: list

    def of_trait(self, trait):
        return [q for q in self.questions if q.trait == trait.id]


def read(path):
    return tomllib.loads(Path(path).read_text(encoding="utf-8"))


def load_traits(stated, norms):
    """A trait that the norms file leaves out keeps the pack's norms, and the doubt of norms that nobody measured."""
    measured = {t["id"]: t for t in norms["trait"]} if norms else {}
    for own in stated:
        t = own | measured.get(own["id"], {})
        people = norms["n"] if own["id"] in measured else 0
        doubt = own.get("norm_doubt", 0.0 if own["kind"] == "aptitude" else ASSUMED_DOUBT)
        yield Trait(t["id"], t["kind"], t["mean"], t["sd"], t.get("reliability"), doubt / sqrt(1 + people / 3))


def load_pack(folder, norms_file=None, profiles=None):
    """Pack order: traits as in traits.toml, sections by `order` (then file name), questions as in their file, roles
    by file name. A folder `profiles` has those that stand in place of the pack's."""
    norms = read(norms_file) if norms_file else None
    about = read(Path(folder, "questions", "traits.toml"))
    traits = list(load_traits(about["trait"], norms))
    files = sorted(p for p in Path(folder, "questions").glob("*.toml") if p.name != "traits.toml")
    questions = []
    for section in sorted(map(read, files), key=lambda section: section["order"]):
        for q in section["question"]:
            alternatives = len(q["options"] if section["format"] == "choice" else section["labels"])
            questions.append(Question(q["id"], section["format"], q.get("trait"), alternatives,
                                      q.get("reverse", False), q.get("weight", 1.0), q.get("answer")))
    roles = []
    for path in sorted(Path(folder, "profiles").glob("*.toml")):
        other = Path(profiles, path.name) if profiles else path
        r = read(other if other.exists() else path)
        cells = {t.id: r["traits"][t.id] for t in traits}
        roles.append(Role(path.stem, r["name"], r["family"],
                          {k: cell["level"] for k, cell in cells.items()},
                          {k: cell.get("weight", 1.0) for k, cell in cells.items()},
                          {k: cell.get("spread", SPREAD) for k, cell in cells.items()}, r.get("conditions", {}),
                          r.get("deviations", {})))
    return Pack(about["name"], about["version"],
                {"name": norms["name"], "people": norms["n"]} if norms else None, traits,
                [q for q in questions if q.format != "condition"],
                [q for q in questions if q.format == "condition"], roles)
