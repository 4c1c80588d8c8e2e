"""A pack folder as product.md lays it out, read without checks. Standard library only."""
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Trait:
    id: str
    kind: str
    m: float
    s: float
    reliability: float | None


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
    exposure: dict


@dataclass
class Pack:
    traits: list
    questions: list  # ratings and choices
    conditions: list
    roles: list

    def of_trait(self, trait):
        return [q for q in self.questions if q.trait == trait.id]


def load_pack(folder, norms_file=None):
    """product.md, "Pack layout" and "Norms file". Pack order: traits as in traits.toml, sections by `order`
    (then file name), questions as in their file, roles by file name."""
    def read(path):
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))

    norms = {t["id"]: t for t in read(norms_file)["trait"]} if norms_file else {}
    traits = []
    for own in read(Path(folder, "questions", "traits.toml"))["trait"]:
        t = own | norms.get(own["id"], {})
        traits.append(Trait(t["id"], t["kind"], t["mean"], t["sd"], t.get("reliability")))
    files = sorted(p for p in Path(folder, "questions").glob("*.toml") if p.name != "traits.toml")
    questions = []
    for section in sorted(map(read, files), key=lambda section: section["order"]):
        for q in section["question"]:
            alternatives = len(q["options"] if section["format"] == "choice" else section["labels"])
            questions.append(Question(q["id"], section["format"], q.get("trait"), alternatives,
                                      q.get("reverse", False), q.get("weight", 1.0), q.get("answer")))
    roles = []
    for path in sorted(Path(folder, "profiles").glob("*.toml")):
        r = read(path)
        roles.append(Role(path.stem, r["name"], r["family"],
                          {t.id: r["traits"][t.id]["level"] for t in traits},
                          {t.id: r["traits"][t.id].get("weight", 1.0) for t in traits}, r.get("conditions", {})))
    return Pack(traits, [q for q in questions if q.format != "condition"],
                [q for q in questions if q.format == "condition"], roles)
