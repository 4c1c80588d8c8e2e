"""Scores NDJSON sheets on a Spark cluster: every partition goes through one `rolescope score`.

    spark-submit score.py --rolescope /path/to/rolescope --input FOLDER --output FOLDER [--rejects FOLDER]

The program must be on every worker under that path, and the folders where all of them see them. The files of the input are
taken in the order of their names, and so stand the results: `cat OUTPUT/part-*` is what a single run prints.
"""
import argparse
import subprocess
import sys
import threading
from pathlib import Path

from pyspark.sql import SparkSession

DONE, SOME_REJECTED = 0, 3


def score(program, rejects, counts):
    """What becomes of a partition: its lines in, the lines of the program out, while both are on their way."""
    def partition(index, lines):
        first = next(lines, None)
        if first is None:
            return  # the program takes nothing at all for a mistake
        command = [program, "score", "-q", "-f", "ndjson", "--input-format", "ndjson", "--jobs", "1", "-"]
        if rejects:
            command += ["--rejects", str(Path(rejects, f"part-{index:05}.csv"))]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        failed = []

        def feed():
            try:
                with process.stdin as pipe:
                    pipe.write(first.encode() + b"\n")
                    for line in lines:
                        pipe.write(line.encode() + b"\n")
            except BrokenPipeError:
                pass  # the program ended early, and its exit code says why
            except Exception as error:  # of whatever makes the lines: part of them is not all
                failed.append(error)
                process.kill()

        feeder = threading.Thread(target=feed)
        feeder.start()
        number = 0
        for line in process.stdout:
            number += 1
            yield line.decode().rstrip("\n")
        feeder.join()
        if failed:
            raise failed[0]
        code = process.wait()
        if code not in (DONE, SOME_REJECTED):
            raise RuntimeError(f"partition {index}: {' '.join(command)} ended with {code}")
        counts["scored"].add(number)
        counts["partitions with rejected rows"].add(code == SOME_REJECTED)

    return partition


def main():
    parser = argparse.ArgumentParser()
    for name in ("rolescope", "input", "output"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--rejects")
    parser.add_argument("--partitions", type=int, default=1, help="at least so many")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("rolescope").getOrCreate().sparkContext
    files = sorted(str(path) for path in Path(arguments.input).iterdir() if not path.name.startswith("."))
    if arguments.rejects:
        Path(arguments.rejects).mkdir(parents=True)
    counts = {name: spark.accumulator(0) for name in ("scored", "partitions with rejected rows")}
    lines = spark.textFile(",".join(files), arguments.partitions)
    work = score(arguments.rolescope, arguments.rejects, counts)
    lines.mapPartitionsWithIndex(work).saveAsTextFile(arguments.output)
    print(", ".join(f"{count.value} {name}" for name, count in counts.items()), file=sys.stderr)
    spark.stop()


if __name__ == "__main__":
    main()
