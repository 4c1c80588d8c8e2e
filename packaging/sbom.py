#!/usr/bin/env python3
"""Writes what the program is made of as CycloneDX 1.5 to standard output: python3 packaging/sbom.py TARGET...

Parts are the packages that the program for any of these targets is built of, with their versions, licences,
checksums of the lock file, and what each of them uses. Those that only write code for others while these are
compiled, and are in no program, are marked as excluded. The same lock file gives the same bytes."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tomllib
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent


def packages_of(edges, targets):
    """The packages by name and version that these edges lead to, without what only tests or other features use."""
    found = set()
    for target in targets:
        command = ["cargo", "tree", "--locked", "--package", "rolescope", "--edges", edges, "--target", target]
        command += ["--prefix", "none", "--format", "{p}"]
        lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
        for line in lines:
            name, version = line.split(" ")[:2]
            found.add((name, version.removeprefix("v")))
    return found


def main(targets):
    if not targets:
        sys.exit(__doc__)
    used, linked = packages_of("normal", targets), packages_of("normal,no-proc-macro", targets)
    platforms = [word for target in targets for word in ("--filter-platform", target)]
    command = ["cargo", "metadata", "--locked", "--format-version", "1", *platforms]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    with open(ROOT / "Cargo.lock", "rb") as file:
        lock = {(p["name"], p["version"]): p.get("checksum") for p in tomllib.load(file)["package"]}
    packages = {package["id"]: package for package in metadata["packages"]}
    uses = {}

    def key(i):
        return packages[i]["name"], packages[i]["version"]

    for node in metadata["resolve"]["nodes"]:
        # what it is compiled with; what only its tests or its build script use is no part
        normal = {d["pkg"] for d in node["deps"] if any(k["kind"] is None for k in d["dep_kinds"])}
        uses[node["id"]] = sorted(i for i in normal if key(i) in used)
    root = next(i for i, p in packages.items() if p["name"] == "rolescope")
    seen, open_ids = {root}, [root]
    while open_ids:
        for part in uses[open_ids.pop()]:
            if part not in seen:
                seen.add(part)
                open_ids.append(part)

    def purl(i):
        return f"pkg:cargo/{packages[i]['name']}@{packages[i]['version']}"

    def component(i):
        package = packages[i]
        part = {
            "type": "application" if i == root else "library",
            "bom-ref": purl(i),
            "name": package["name"],
            "version": package["version"],
            "scope": "required" if key(i) in linked else "excluded",
        }
        if package.get("description"):
            part["description"] = " ".join(package["description"].split())
        checksum = lock.get((package["name"], package["version"]))
        if checksum:
            part["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        if package.get("license"):
            # an old way to write "or"
            part["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        part["purl"] = purl(i)
        if package.get("repository"):
            part["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        return part

    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": component(root),
        },
        "components": [component(i) for i in sorted(seen - {root}, key=key)],
        "dependencies": [
            {"ref": purl(i), "dependsOn": [purl(part) for part in sorted(uses[i], key=key)]}
            for i in sorted(seen, key=key)
        ],
    }
    text = json.dumps(bom, ensure_ascii=False, sort_keys=True)
    bom["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"
    json.dump(bom, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


main(sys.argv[1:])
