#!/usr/bin/env python3
"""Which release of each dependency somebody has reviewed in public, by files of audits as `cargo vet` keeps.

  packaging/reviews.py NAME=FILE...     mozilla=audits.toml google=audits.toml ...

Prints a row for each crate that the table in docs/dependencies.md names: the version in Cargo.lock, and by
whom which release at or below it is said to be safe to deploy: reviewed whole, or from one release to the next
from one that was. A publisher whose releases are trusted without a look is named apart.
"""

import re
import sys
import tomllib
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = re.compile(r"^\| `([a-z0-9_-]+)` \|", re.MULTILINE)


def number(version):
    """A version as numbers, without what follows a sign."""
    return tuple(int(n) for n in re.split(r"[+-]", version.strip())[0].split("."))


def to_deploy(audit):
    """Whether an audit says that its release is safe to deploy."""
    criteria = audit.get("criteria", [])
    return "safe-to-deploy" in ([criteria] if isinstance(criteria, str) else criteria)


def reviewed(audits):
    """The releases that are reviewed, whole or by way of others."""
    known = {audit["version"].strip() for audit in audits if "version" in audit}
    steps = [tuple(p.strip() for p in audit["delta"].split("->")) for audit in audits if "delta" in audit]
    while True:
        further = {after for before, after in steps if before in known} - known
        if not further:
            return known
        known |= further


def locked():
    """The versions in Cargo.lock, the newest of each crate."""
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    newest = {}
    for package in lock["package"]:
        name, version = package["name"], package["version"]
        if name not in newest or number(newest[name]) < number(version):
            newest[name] = version
    return newest


def main(sources):
    if not sources:
        sys.exit(__doc__)
    today = date.today().isoformat()
    files = {}
    for source in sources:
        name, path = source.split("=", 1)
        files[name] = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    versions = locked()
    for crate in TABLE.findall((ROOT / "docs/dependencies.md").read_text(encoding="utf-8")):
        ours = versions[crate]
        said = []
        for name, file in files.items():
            audits = [audit for audit in file.get("audits", {}).get(crate, []) if to_deploy(audit)]
            known = [v for v in reviewed(audits) if number(v) <= number(ours)]
            if known:
                said.append(f"{max(known, key=number)} {name}")
            trusted = [t for t in file.get("trusted", {}).get(crate, []) if to_deploy(t)]
            if any(str(t.get("start", "")) <= today <= str(t.get("end", "")) for t in trusted):
                said.append(f"publisher trusted by {name}")
        print(f"| `{crate}` | {ours.split('+')[0]} | {', '.join(said) or 'none'} |")


if __name__ == "__main__":
    main(sys.argv[1:])
