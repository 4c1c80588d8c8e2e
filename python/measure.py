"""Times scoring from data frames in process, and by way of the program: the frame written as CSV, scored, read again.

python/measure.py PROGRAM [ROWS] [ROUNDS]
"""

import io
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import pandas as pd
import polars as pl
import pyarrow as pa

import rolescope


def main():
    program = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    sheets = subprocess.run(
        [program, "sample", "-n", str(rows), "--blank", ".05"], capture_output=True, check=True
    ).stdout
    polars, pandas = pl.read_csv(sheets), pd.read_csv(io.BytesIO(sheets))

    with tempfile.TemporaryDirectory() as folder:
        given, made = pathlib.Path(folder, "in.csv"), pathlib.Path(folder, "out.csv")

        def run():
            subprocess.run([program, "score", "-q", "-f", "csv", given, "-o", made], check=True)

        def polars_round():
            polars.write_csv(given)
            run()
            return pl.read_csv(made)

        def pandas_round():
            pandas.to_csv(given, index=False)
            run()
            return pd.read_csv(made)

        ways = {
            "polars, in process": lambda: pl.DataFrame(rolescope.score(polars)),
            "polars, by the program and two files": polars_round,
            "pandas, in process": lambda: pa.table(rolescope.score(pandas)).to_pandas(),
            "pandas, by the program and two files": pandas_round,
            "polars to bytes of CSV, in process": lambda: rolescope.score_csv(polars),
            "the program alone, file to file": run,
        }
        taken, used = ({name: [] for name in ways} for _ in range(2))
        # in turn, so that what else the machine does meets all of them
        for _ in range(rounds + 1):
            for name, way in ways.items():
                begun, before = time.perf_counter(), os.times()
                way()
                taken[name].append(time.perf_counter() - begun)
                # of this process and those that it started, system included: what other work of the machine changes least
                used[name].append(sum(os.times()[:4]) - sum(before[:4]))
        print(f"{rows} people, {os.cpu_count()} cores, the median of {rounds} rounds after one to warm up")
        print("seconds  of cores")
        for name, times in taken.items():
            print(f"{statistics.median(times[1:]):7.3f}  {statistics.median(used[name][1:]):8.2f}  {name}")


if __name__ == "__main__":
    main()
