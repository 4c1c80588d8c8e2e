"""python3 score_polars.py INPUT.csv OUTPUT.csv: what `rolescope score -f csv` does, in polars and numpy."""
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the pieces below take the cores

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from model import DONT_KNOW, STATES, Model

TOP, ROWS = 5, 20_000
LETTERS = {letter: code for code, pair in enumerate(zip("abcdefgh", "ABCDEFGH"), 1) for letter in pair} | {"?": DONT_KNOW}


def codes_of(model, path):
    """Ids, and a matrix of codes: polars reads on all cores, and numbers letters as it reads."""
    formats = {q.id: pl.String if q.format == "choice" else pl.UInt8 for q in model.questions}
    frame = pl.scan_csv(path, schema_overrides=formats | {"id": pl.String})
    there = frame.collect_schema().names()
    letter = lambda q: pl.col(q.id).replace_strict(LETTERS, return_dtype=pl.UInt8)
    code = lambda q: letter(q) if q.format == "choice" else pl.col(q.id)
    columns = [code(q).fill_null(0) if q.id in there else pl.lit(0, pl.UInt8).alias(q.id) for q in model.questions]
    frame = frame.select(pl.col("id"), *columns).collect()
    codes = frame.drop("id").to_numpy(order="c")
    most = np.array([q.choices for q in model.questions])
    wrong = ((codes > most) & (codes != DONT_KNOW)).any(axis=0)
    if wrong.any():
        raise SystemExit(f"a cell of {model.ids[wrong.argmax()]} is no answer")
    return frame["id"], codes


def table_of(model, ids, result):
    """The rows as columns of text and numbers; the bands are joined by polars from their flat list."""
    roles, enough = pl.Series(model.roles.tolist()), result["state"] < 2
    held = result["in_band"] & enough[:, None]
    flat = pl.DataFrame({"row": np.nonzero(held)[0], "role": roles.gather(result["order"][held])})
    bands = flat.group_by("row", maintain_order=True).agg(pl.col("role").str.join(";"))
    band = pl.DataFrame({"row": np.arange(len(enough))}).join(bands, on="row", how="left", maintain_order="left")["role"]
    words = lambda texts, which: pl.Series(texts.tolist()).gather(which)
    none = pl.Series(~enough)
    columns = {"id": ids, "state": words(STATES, result["state"]), "flags": words(model.flag_words, result["flags"]),
               "band": band}
    for n in range(TOP):
        best = result["best"][:, n]
        has = pl.Series(enough & result["has"][np.arange(len(best)), best])
        columns[f"role_{n + 1}"] = roles.gather(best).set(none, None)
        columns[f"rank_{n + 1}"] = pl.Series(result["ranks"][:, n]).set(~has, None)
        columns[f"match_{n + 1}"] = pl.Series(result["match"][:, n]).set(~has, None)
        columns[f"conflicts_{n + 1}"] = words(model.conflict_words, result["conflicts"][:, n]).set(none, None)
    return pl.DataFrame(columns).with_columns(pl.col(pl.String).replace("", None))


def main(source, target):
    model = Model()
    ids, codes = codes_of(model, source)
    piece = lambda at: table_of(model, ids[at:at + ROWS], model.score(codes[at:at + ROWS], TOP))
    # numpy lets go of the interpreter while it computes, so threads help
    with ThreadPoolExecutor(os.cpu_count()) as threads, open(target, "wb") as out:
        for n, rows in enumerate(threads.map(piece, range(0, len(codes), ROWS))):
            rows.write_csv(out, include_header=n == 0, float_precision=2, quote_style="necessary")


if __name__ == "__main__":
    main(*sys.argv[1:])
