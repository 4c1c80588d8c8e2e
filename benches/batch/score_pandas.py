"""python3 score_pandas.py INPUT.csv OUTPUT.csv: what `rolescope score -f csv` does, in pandas and numpy."""
import sys

import numpy as np
import pandas as pd

from model import DONT_KNOW, STATES, Model

TOP, ROWS = 5, 50_000
LETTERS = {letter: code for code, pair in enumerate(zip("abcdefgh", "ABCDEFGH"), 1) for letter in pair} | {"?": DONT_KNOW}


def codes_of(model, table):
    """A column of codes for each question; the few texts that a column of letters holds are looked up once each."""
    codes = np.zeros((len(table), len(model.questions)), dtype=np.uint8)
    for n, q in enumerate(model.questions):
        if q.id not in table:
            continue
        column = table[q.id]
        if q.format == "choice":
            numbers = np.array([LETTERS[text] for text in column.cat.categories] + [0], dtype=np.uint8)
            codes[:, n] = numbers[column.cat.codes]
        else:
            codes[:, n] = column.fillna(0).to_numpy(np.uint8)
        if ((codes[:, n] > q.choices) & (codes[:, n] != DONT_KNOW)).any():
            raise SystemExit(f"a cell of {q.id} is no answer")
    return codes


def table_of(model, ids, result):
    """The rows as columns of text and numbers."""
    enough = result["state"] < 2
    names = model.roles[result["order"]]
    bands = [";".join(row[held]) if good else "" for row, held, good in zip(names, result["in_band"], enough)]
    columns = {"id": ids, "state": STATES[result["state"]], "flags": model.flag_words[result["flags"]], "band": bands}
    for n in range(TOP):
        best = result["best"][:, n]
        has = enough & result["has"][np.arange(len(best)), best]
        columns[f"role_{n + 1}"] = np.where(enough, model.roles[best], "")
        columns[f"rank_{n + 1}"] = pd.Series(result["ranks"][:, n], dtype="Int64").where(has)
        columns[f"match_{n + 1}"] = np.where(has, result["match"][:, n], np.nan)
        columns[f"conflicts_{n + 1}"] = np.where(enough, model.conflict_words[result["conflicts"][:, n]], "")
    return pd.DataFrame(columns)


def tables(model, path):
    """The rows of the input in pieces, so that memory does not grow with it."""
    formats = {"id": "str"} | {q.id: "category" if q.format == "choice" else "float32" for q in model.questions}
    header = pd.read_csv(path, nrows=0).columns
    used = [name for name in header if name in formats]
    return pd.read_csv(path, usecols=used, dtype={n: formats[n] for n in used}, chunksize=ROWS)


def main(source, target):
    model = Model()
    with open(target, "w", encoding="utf-8", newline="") as out:
        for piece, table in enumerate(tables(model, source)):
            result = model.score(codes_of(model, table), TOP)
            rows = table_of(model, table["id"].to_numpy(), result)
            rows.to_csv(out, index=False, header=piece == 0, float_format="%.2f", lineterminator="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
