"""Expected figures of differential item functioning and of areas under the curve, computed apart from the program.

Made with Python 3, numpy, scipy and statsmodels 0.15.0:

    python reference.py > expected.csv

Reads ../analyse/keyed.csv and ../../packs/small. People with an even number in their id are one group, all others the
other. areas.csv is written from a seed: people, their own role (a, b or c), and a match with each.
"""
import csv
import math
import pathlib
import tomllib

import numpy
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable

HERE = pathlib.Path(__file__).parent
PACK = HERE / "../../packs/small/questions"


def questions():
    found = {}
    for path in sorted(PACK.glob("*.toml")):
        section = tomllib.loads(path.read_text())
        for question in section.get("question", []):
            kind = section["format"]
            if kind == "condition":
                continue
            labels = len(section.get("labels", []))
            found[question["id"]] = (question["trait"], kind, labels, question)
    return found


def points(cell, question):
    _, kind, labels, entry = question
    if cell == "":
        return None
    if kind == "choice":
        return int(cell == entry["answer"])
    value = int(cell) - 1
    return labels - 1 - value if entry.get("reverse") else value


def dif():
    asked = questions()
    rows = list(csv.DictReader((HERE / "../analyse/keyed.csv").open()))
    even = numpy.array([int(row["id"].split("-")[1]) % 2 == 0 for row in rows])
    for trait in sorted({q[0] for q in asked.values()}):
        ids = [i for i, q in asked.items() if q[0] == trait]
        table = [[points(row[i], asked[i]) for i in ids] for row in rows]
        whole = numpy.array([None not in line for line in table])
        data = numpy.array([[-1 if v is None else v for v in line] for line in table])[whole]
        group, total = even[whole], data.sum(axis=1)
        if group.sum() < 50 or (~group).sum() < 50 or len(ids) < 2:
            continue
        for column, name in enumerate(ids):
            y = data[:, column].astype(float)
            apart = variance = difference = spread = 0.0
            strata = []
            shared = [t for t in set(total) if group[total == t].any() and (~group)[total == t].any()]
            weight = sum((group & (total == t)).sum() for t in shared)
            for t in shared:
                here = total == t
                mine, others = y[here & group], y[here & ~group]
                both = y[here]
                n, m, both_n = len(mine), len(others), len(both)
                v = n * m / both_n * both.var(ddof=1)
                apart += mine.sum() - n * both.mean()
                variance += v
                difference += n / weight * (mine.mean() - others.mean())
                spread += (n / weight * (1 / n + 1 / m)) ** 2 * v
                strata.append([[mine.sum(), n - mine.sum()], [others.sum(), m - others.sum()]])
            chi = apart**2 / variance
            kind, labels = asked[name][1], asked[name][2]
            percent = 100 / (1 if kind == "choice" else labels - 1)
            effect = difference / y.std(ddof=1)
            p = stats.chi2.sf(chi, 1)
            print(f"{name},difference,{percent * difference:.12g}")
            print(f"{name},low,{percent * (difference - stats.norm.ppf(.975) * spread**.5):.12g}")
            print(f"{name},effect,{effect:.12g}")
            print(f"{name},chi_square,{chi:.12g}")
            print(f"{name},p,{p:.12g}")
            if kind == "choice":
                mh = StratifiedTable([numpy.array(s) for s in strata])
                test = mh.test_null_odds(correction=False)
                assert abs(test.statistic - chi) < 1e-8
                delta = 2.35 * math.log(mh.oddsratio_pooled)
                se = 2.35 * mh.logodds_pooled_se
                print(f"{name},delta,{delta:.12g}")
                print(f"{name},delta_low,{delta - stats.norm.ppf(.975) * se:.12g}")
                large = abs(delta) >= 1.5 and abs(delta) - 1.645 * se > 1
                letter = "A" if abs(delta) < 1 else "C" if large else "B"
            else:
                letter = "C" if abs(effect) > .25 else "B" if abs(effect) > .17 else "A"
            print(f"{name},class,{letter if p < .05 else 'A'}")


def placement(a, b):
    return (a[:, None] > b[None, :]).mean(axis=1) + .5 * (a[:, None] == b[None, :]).mean(axis=1)


def areas():
    rng = numpy.random.default_rng(7)
    own = rng.integers(0, 3, 150)
    z = rng.normal(size=(150, 3)).round(4)
    z[numpy.arange(150), own] += .8
    z = z.round(4)
    with (HERE / "areas.csv").open("w") as out:
        out.write("own,a,b,c\n")
        for role, line in zip(own, z):
            out.write("abc"[role] + "," + ",".join(f"{v:.4f}" for v in line) + "\n")
    binned = numpy.floor(z * 32)
    for role in range(3):
        ups, downs = binned[own == role, role], binned[own != role, role]
        above, below = placement(ups, downs), 1 - placement(downs, ups)
        area = above.mean()
        se = (above.var(ddof=1) / len(ups) + below.var(ddof=1) / len(downs)) ** .5
        logit, reach = math.log(area / (1 - area)), stats.norm.ppf(.975) * se / (area * (1 - area))
        print(f"{'abc'[role]},area,{area:.12g}")
        print(f"{'abc'[role]},area_low,{1 / (1 + math.exp(reach - logit)):.12g}")
        print(f"{'abc'[role]},area_high,{1 / (1 + math.exp(-reach - logit)):.12g}")
        exact = placement(z[own == role, role], z[own != role, role]).mean()
        print(f"{'abc'[role]},exact,{exact:.12g}")


print("of,figure,value")
dif()
areas()
