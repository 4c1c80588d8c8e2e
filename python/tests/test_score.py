"""Holds the module against the program: the same bytes and the same values, from every kind of data frame."""

import csv
import io
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time
import unittest
import warnings
from importlib.util import find_spec

import rolescope

PROGRAM = os.environ["ROLESCOPE"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PEOPLE = 10000


def program(*arguments, given=b"", code=0):
    """What the program writes."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)], input=given, capture_output=True, check=False
    )
    if done.returncode != code:
        raise AssertionError(done.stderr.decode())
    return done.stdout


def needs(*libraries):
    missing = [name for name in libraries if find_spec(name) is None]
    return unittest.skipIf(missing, f"{', '.join(missing)} is not installed")


def table(text):
    """The rows of a CSV file as dicts."""
    return list(csv.DictReader(io.StringIO(text.decode())))


def columns(rows):
    """Rows as lists by their names, with None for what is empty."""
    return {name: [row[name] or None for row in rows] for name in rows[0]}


def values(rows):
    """Results of the program as the module gives them."""

    def value(name, text):
        if text == "":
            return None
        if name.startswith("rank_"):
            return int(text)
        return float(text) if name.startswith("match_") else text

    return {name: [value(name, row[name]) for row in rows] for name in rows[0]}


class Sheets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sheets = program("sample", "-n", PEOPLE, "--blank", ".05")
        cls.scored = program("score", "-q", "-f", "csv", "-", given=cls.sheets)
        cls.few = table(b"".join(cls.sheets.splitlines(keepends=True)[:201]))
        cls.few_scored = b"".join(cls.scored.splitlines(keepends=True)[:201])

    def few_columns(self, **changed):
        return columns(self.few) | changed


class Libraries(Sheets):
    @needs("polars")
    def test_polars_with_whole_numbers_letters_and_nulls(self):
        import polars as pl

        frame = pl.read_csv(self.sheets)
        self.assertEqual(frame["helping-1"].dtype, pl.Int64)
        self.assertEqual(rolescope.score_csv(frame), self.scored)
        self.assertEqual(rolescope.score_csv(frame, jobs=1), self.scored)
        table = rolescope.score(frame)
        again = pl.DataFrame(table)
        program = pl.read_csv(self.scored, schema=again.schema)
        self.assertTrue(again.equals(program, null_equal=True))
        self.assertEqual(len(table), PEOPLE)

    @needs("polars")
    def test_polars_with_texts_categories_and_small_numbers(self):
        import polars as pl
        import polars.selectors as cs

        frame = pl.read_csv(self.sheets, infer_schema=False)
        self.assertEqual(frame["helping-1"].dtype, pl.String)
        self.assertEqual(rolescope.score_csv(frame), self.scored)
        # 10,000 ids and a category for each
        of_categories = frame.with_columns(cs.string().cast(pl.Categorical))
        self.assertEqual(rolescope.score_csv(of_categories), self.scored)
        numbers = pl.read_csv(self.sheets)
        for kind in [pl.Int8, pl.UInt8, pl.Int16, pl.UInt32, pl.UInt64, pl.Float32, pl.Float64]:
            with self.subTest(kind=kind):
                self.assertEqual(rolescope.score_csv(numbers.with_columns(cs.integer().cast(kind))), self.scored)

    @needs("polars")
    def test_polars_in_pieces_and_slices(self):
        import polars as pl

        whole = pl.read_csv(self.sheets)
        pieces = pl.concat([whole[:4321], whole[4321:]], rechunk=False)
        self.assertGreater(pieces.n_chunks(), 1)
        self.assertEqual(rolescope.score_csv(pieces), self.scored)
        scored = self.scored.splitlines(keepends=True)
        self.assertEqual(rolescope.score_csv(whole[77:9000]), b"".join(scored[:1] + scored[78:9001]))
        nobody = rolescope.score(whole[:0])
        self.assertEqual(len(nobody), 0)
        self.assertEqual(pl.DataFrame(nobody).columns, pl.DataFrame(rolescope.score(whole)).columns)
        self.assertEqual(rolescope.score_csv(whole[:0]), scored[0])

    @needs("pandas", "pyarrow")
    def test_pandas_with_numbers_that_have_gaps(self):
        import pandas as pd

        frame = pd.read_csv(io.BytesIO(self.sheets))
        # a gap makes decimals of whole numbers
        self.assertEqual(frame["helping-1"].dtype, float)
        self.assertEqual(rolescope.score_csv(frame), self.scored)
        for backend in ["pyarrow", "numpy_nullable"]:
            with self.subTest(backend=backend):
                other = pd.read_csv(io.BytesIO(self.sheets), dtype_backend=backend)
                self.assertEqual(rolescope.score_csv(other), self.scored)
        categories = frame.astype({c: "category" for c in frame.columns if frame[c].dtype != float})
        self.assertEqual(rolescope.score_csv(categories), self.scored)

    @needs("pandas", "pyarrow")
    def test_pandas_takes_results_over(self):
        import pandas as pd
        import pyarrow as pa

        frame = pd.read_csv(io.BytesIO(self.sheets))
        again = pa.table(rolescope.score(frame)).to_pandas()
        expected = values(table(self.scored))
        self.assertEqual(list(again.columns), list(expected))
        for name, cells in expected.items():
            with self.subTest(column=name):
                self.assertEqual([None if pd.isna(cell) else cell for cell in again[name]], cells)

    @needs("pyarrow")
    def test_pyarrow_tables_and_batches(self):
        import pyarrow as pa
        from pyarrow import csv as pa_csv

        whole = pa_csv.read_csv(io.BytesIO(self.sheets))
        self.assertEqual(rolescope.score_csv(whole), self.scored)
        batch = whole.combine_chunks().to_batches()[0]
        self.assertEqual(rolescope.score_csv(batch), self.scored)
        result = rolescope.score(whole)
        self.assertEqual(pa.schema(result), pa.table(result).schema)
        self.assertEqual(pa.table(result).to_pydict(), result.to_pydict())
        # a column of texts in several pieces, and one with nothing
        with_null = whole.set_column(1, "helping-1", pa.nulls(len(whole)))
        blank = [dict(row, **{"helping-1": ""}) for row in table(self.sheets)]
        text = io.StringIO()
        writer = csv.DictWriter(text, blank[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(blank)
        expected = program("score", "-q", "-f", "csv", "-", given=text.getvalue().encode())
        self.assertEqual(rolescope.score_csv(with_null), expected)

    @needs("numpy")
    def test_numpy_arrays_in_a_dict(self):
        import numpy as np

        given = {}
        for name, cells in self.few_columns().items():
            if any(cell is not None and not cell.isdigit() for cell in cells):
                given[name] = np.array([cell or "" for cell in cells])
            else:
                given[name] = np.array([float(cell or "nan") for cell in cells])
        self.assertEqual(rolescope.score_csv(given), self.few_scored)
        # whole numbers have no gaps: 0 says so; every second of an array of two columns is no copy
        for kind in ["int8", "uint16", "int32", "int64", "float32"]:
            with self.subTest(kind=kind):
                for name, cells in self.few_columns().items():
                    if all(cell is None or cell.isdigit() for cell in cells):
                        both = np.zeros((len(cells), 2), kind)
                        both[:, 1] = [int(cell or 0) for cell in cells]
                        given[name] = both[:, 1]
                self.assertEqual(rolescope.score_csv(given, missing="0"), self.few_scored)


class Plain(Sheets):
    def test_lists_in_a_dict_need_no_library(self):
        self.assertEqual(rolescope.score_csv(self.few_columns()), self.few_scored)
        self.assertEqual(rolescope.score(self.few_columns()).to_pydict(), values(table(self.few_scored)))

    def test_options_are_those_of_the_program(self):
        sheets = b"".join(self.sheets.splitlines(keepends=True)[:201])
        pack = ROOT / "examples" / "riasec"
        given = self.few_columns()
        for options, typed in [
            ({"top": 1}, ["--top", 1]),
            ({"top": "all"}, ["--top", "all"]),
            ({"reachable": True, "top": 3}, ["--reachable", "--top", 3]),
            ({"aptitude_weight": 0.0}, ["--aptitude-weight", 0]),
            ({"aptitude_weight": 2.5}, ["--aptitude-weight", 2.5]),
            ({"family": rolescope.roles().to_pydict()["family"][0]}, None),
        ]:
            if typed is None:
                typed = ["--family", options["family"]]
            with self.subTest(options=options):
                expected = program("score", "-q", "-f", "csv", "-", *typed, given=sheets)
                self.assertEqual(rolescope.score_csv(given, **options), expected)
                self.assertEqual(rolescope.score(given, **options).to_pydict(), values(table(expected)))
        sheets = program("sample", "-n", 50, "--pack", pack)
        expected = program("score", "-q", "-f", "csv", "-", "--pack", pack, given=sheets)
        for argument in [pack, str(pack), rolescope.Pack(pack)]:
            self.assertEqual(rolescope.score_csv(columns(table(sheets)), pack=argument), expected)

    def test_labels_and_other_texts_mean_what_they_mean_to_the_program(self):
        questions = rolescope.questions().to_pydict()
        text = dict(zip(questions["id"], questions["text"]))["helping-1"]
        given = self.few_columns()
        known = ["strongly like", "4 - like", "NA", "n/a", "3.0", "3,0", " 2 ", "", None, "Like", "like (4)"]
        cells = (known * 20)[: len(self.few)]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([text if name == "helping-1" else name for name in given])
        for at, row in enumerate(self.few):
            writer.writerow([cells[at] or "" if name == "helping-1" else cell for name, cell in row.items()])
        expected = program("score", "-q", "-f", "csv", "-", given=out.getvalue().encode())
        other = {text if name == "helping-1" else name: cells for name, cells in (given | {"helping-1": cells}).items()}
        self.assertEqual(rolescope.score_csv(other), expected)
        # codes of a survey system, where the whole column has them
        codes = [f"A{cell}" if cell else None for cell in given["helping-1"]]
        self.assertEqual(rolescope.score_csv(given | {"helping-1": codes}), self.few_scored)

    def test_codes_and_missing_values(self):
        given, sizes = self.few_columns(), set()
        questions = rolescope.questions().to_pydict()
        for name, answers in zip(questions["id"], questions["answers"]):
            if answers.startswith("a whole number 1 to "):
                sizes.add(int(answers.split()[-1]))
                given[name] = [-9 if cell is None else int(cell) - 1 for cell in given[name]]
        codes = [f"0..{size - 1}" for size in sizes]
        self.assertIn("0..4", codes)
        self.assertEqual(rolescope.score_csv(given, codes=codes, missing="-9"), self.few_scored)
        with self.assertRaisesRegex(rolescope.RolescopeError, "codes=\"0..4\"|missing="):
            rolescope.score(given)
        with self.assertRaisesRegex(rolescope.RolescopeError, "codes \"0..9\": .*first and the last"):
            rolescope.score(given, codes="0..9")
        with self.assertRaisesRegex(rolescope.RolescopeError, "codes \"0..7\": these are 8 numbers"):
            rolescope.score(given, codes=["0..7"])

    def test_ids(self):
        given = self.few_columns()
        ids = given.pop("id")
        plain = self.few_scored
        # without ids, people are lines of the file that the frame would be
        lines = plain.decode().splitlines(keepends=True)
        numbered = "".join(
            line if n == 0 else f"row {n + 1}," + line.split(",", 1)[1] for n, line in enumerate(lines)
        )
        self.assertEqual(rolescope.score_csv(given).decode(), numbered)
        self.assertEqual(rolescope.score_csv({"who": ids} | given, id="who"), plain)
        formulas = ["=1+1", "  @x,y ", "a\"b"] + ids[3:]
        table = rolescope.score({"id": formulas} | given)
        self.assertEqual(table.to_pydict()["id"][:3], ["=1+1", "@x,y", "a\"b"])
        written = rolescope.score_csv({"id": formulas} | given).decode().splitlines()
        self.assertTrue(written[1].startswith("'=1+1,"), written[1])
        self.assertTrue(written[2].startswith("\"'@x,y\","), written[2])
        with self.assertRaisesRegex(rolescope.RolescopeError, "no column \"nobody\" of ids"):
            rolescope.score(given, id="nobody")

    def test_names(self):
        self.assertEqual(rolescope.__version__, program("--version").decode().split()[1])
        roles = rolescope.roles().to_pydict()
        self.assertIn("sonographer", roles["id"])
        self.assertEqual(len(rolescope.questions()), len(self.few[0]) - 1)
        pack = rolescope.Pack()
        self.assertIn(pack.name, repr(pack))
        self.assertIn("200 rows", repr(rolescope.score(self.few_columns())))


class Refusals(Sheets):
    def refused(self, pattern, kind=rolescope.RolescopeError, data=None, **options):
        with self.assertRaisesRegex(kind, pattern) as caught:
            rolescope.score(self.few_columns() if data is None else data, **options)
        return caught.exception

    def test_a_cell_that_is_no_answer_is_named(self):
        given = self.few_columns()
        for cells, value, reason in [
            ([7], "7", "a whole number 1 to 5"),
            (["lik"], "lik", "did you mean \"Like\""),
            ([3.5], "3.5", "fraction"),
            ([True], "True", "a whole number 1 to 5"),
            ([10**30], "1" + 30 * "0", "a whole number"),
            (["x" * 1000], "x" * 60 + "…", "a whole number"),
        ]:
            with self.subTest(value=value):
                error = self.refused(
                    "row 2 .from 0., column \"helping-1\"",
                    data=given | {"helping-1": [3, 3] + cells + [4] * (len(self.few) - 3)},
                )
                self.assertEqual((error.row, error.column, error.value), (2, "helping-1", value))
                self.assertIn(reason, error.reason)
                self.assertIn("on_reject=\"skip\"", str(error))
        self.assertTrue(issubclass(rolescope.RolescopeError, ValueError))

    def test_rows_that_are_left_out_are_those_that_the_program_rejects(self):
        rows = [dict(row) for row in self.few]
        rows[3]["helping-1"] = "9"
        rows[150]["spatial-1"] = "z"
        rows[150]["helping-1"] = "likee"
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        expected = program("score", "-q", "-f", "csv", "-", given=out.getvalue().encode(), code=3)
        with self.assertWarnsRegex(UserWarning, "2 of 200 rows are left out; the first: row 3 "):
            self.assertEqual(rolescope.score_csv(columns(rows), on_reject="skip"), expected)
        scored = rolescope.score(columns(rows), on_reject="skip")
        self.assertEqual(scored.to_pydict(), values(table(expected)))
        left = scored.rejected.to_pydict()
        self.assertEqual(left["row"], [3, 150, 150])
        self.assertEqual(left["column"], ["helping-1", "helping-1", "spatial-1"])
        self.assertEqual(left["value"], ["9", "likee", "z"])
        self.assertEqual(len(rolescope.score(self.few_columns()).rejected), 0)

    def test_columns(self):
        given = self.few_columns()
        cells = given.pop("helping-1")
        self.refused("1 of [0-9]+ questions has no column: helping-1; partial=True", data=given)
        misspelt = given | {"helpin-1": cells, "school": ["a"] * len(cells)}
        self.refused("column \"helpin-1\": did you mean helping-1\\?", data=misspelt)
        with self.assertWarnsRegex(UserWarning, "did you mean helping-1"):
            without = rolescope.score_csv(misspelt, partial=True)
        blank = self.few_columns(**{"helping-1": [None] * len(cells)})
        self.assertEqual(without, rolescope.score_csv(blank))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            unknown = self.few_columns(school=["a"] * len(cells))
            self.assertEqual(rolescope.score_csv(unknown), self.few_scored)
        twice = self.few_columns(**{"Helping 1": cells})
        self.refused("columns \"helping-1\" and \"Helping 1\" both mean helping-1", data=twice)
        self.refused("rolescope.questions\\(\\) lists", data={"a": [1]}, partial=True)
        self.refused("column \"helping-1\" has 3 rows and column \"id\" has 200", data=self.few_columns() | {"helping-1": [1, 2, 3]})

    def test_types(self):
        self.refused("data is a list: give a data frame", TypeError, data=[1, 2])
        self.refused("column \"helping-1\" is a str", TypeError, data=self.few_columns() | {"helping-1": "abc"})
        self.refused("column \"helping-1\" is a int", TypeError, data=self.few_columns() | {"helping-1": 5})
        self.refused("names of columns are texts", TypeError, data={1: [2]})

    @needs("pyarrow")
    def test_types_of_arrow(self):
        import pyarrow as pa

        whole = pa.table(self.few_columns())
        for odd in [pa.array([True] * 200), pa.array([[1]] * 200), pa.array([0] * 200, pa.timestamp("s"))]:
            with self.subTest(kind=odd.type):
                self.refused("column \"helping-1\" is of the type", data=whole.set_column(1, "helping-1", odd))
        ids = whole.set_column(0, "id", pa.array([0.5] * 200))
        self.refused("column \"id\" is of the type Float64: ids are", data=ids)

    @needs("numpy")
    def test_types_of_numpy(self):
        import numpy as np

        self.refused("is an array of 2 dimensions", data=self.few_columns() | {"helping-1": np.zeros((200, 2), "int8")})

    def test_arguments(self):
        self.refused("top 0: a number from 1", top=0)
        self.refused("top \"some\": a number", top="some")
        self.refused("jobs 0: a number from 1 to 256", jobs=0)
        self.refused("on_reject \"drop\"", on_reject="drop")
        self.refused("aptitude_weight 101", aptitude_weight=101)
        self.refused("aptitude_weight NaN", aptitude_weight=float("nan"))
        self.refused("no family \"nurses\" in this pack", family="nurses")
        self.refused("nowhere", OSError, pack="nowhere")

    def test_mistakes_in_a_pack_have_their_place(self):
        with tempfile.TemporaryDirectory() as folder:
            for part in ["small", "broken/id-not-kebab"]:
                shutil.copytree(ROOT / "tests" / "packs" / part, folder, dirs_exist_ok=True)
            self.refused("interests.toml:[0-9]+", pack=folder)
            pathlib.Path(folder, "questions", "traits.toml").write_bytes(b"x" * (1 << 20) + b"x")
            self.refused("traits.toml has over 1048576 bytes", pack=folder)


class Threads(Sheets):
    def test_other_threads_run_meanwhile(self):
        given = {name: cells * 50 for name, cells in self.few_columns().items()}
        # arrays, so that nearly all of the time is that of scoring
        try:
            import pyarrow as pa
        except ImportError:
            self.skipTest("pyarrow is not installed")
        given = pa.table(given)
        ticks, over = [], threading.Event()

        def tick():
            while not over.is_set():
                ticks.append(time.perf_counter())
                time.sleep(0.001)

        thread = threading.Thread(target=tick)
        thread.start()
        begun = time.perf_counter()
        rolescope.score_csv(given, top="all")
        ended = time.perf_counter()
        over.set()
        thread.join()
        self.assertTrue([at for at in ticks if begun < at < ended], "nobody else ran")

    def test_one_pack_serves_many_threads(self):
        pack, given, results = rolescope.Pack(), self.few_columns(), []
        threads = [
            threading.Thread(target=lambda: results.append(rolescope.score_csv(given, pack=pack))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [self.few_scored] * 8)


if __name__ == "__main__":
    unittest.main()
