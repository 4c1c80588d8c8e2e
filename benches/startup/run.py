#!/usr/bin/env python3
"""Start-up: how long whole runs of the program take, as multiples of a hello world's.

    benches/startup/run.py target/release/rolescope [RUNS]

The hello world is compiled here with rustc -O. Runs are interleaved, so that whatever else the machine
does meets all alike; a figure is the median of the run's time over the median of hello world's. The
bytes of the program stand beside them. Exit code 1 if `--help` or `roles` takes over three times as long
as hello world even by the fastest tenth of the runs, which other work on the machine disturbs least.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

AIM = 3.0
AIMED_AT = ("--help", "roles")
LINES = (
    "--version",
    "--help",
    "roles",
    "roles sonographer",
    "compare sonographer orthotist",
    "questions -f csv",
)


def timed(program, arguments):
    """Seconds from the spawn of a process to its end."""
    sink = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begin = time.perf_counter()
    child = os.posix_spawn(program, [program, *arguments], {}, file_actions=sink)
    _, status = os.waitpid(child, 0)
    seconds = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"{program} {' '.join(arguments)} ended with {status}")
    return seconds


def tenth(taken):
    """The time that a tenth of the runs stay within."""
    return statistics.quantiles(taken, n=10)[0]


def main():
    program = os.path.abspath(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    # a program that is not linked as one piece may be given more
    aim = float(sys.argv[3]) if len(sys.argv) > 3 else AIM
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "hello.rs")
        hello = os.path.join(folder, "hello")
        with open(source, "w", encoding="utf-8") as file:
            file.write('fn main() { println!("Hello, world!"); }\n')
        subprocess.run(["rustc", "-O", "-o", hello, source], check=True)
        lines = [(hello, ())] + [(program, line.split()) for line in LINES]
        times = [[] for _ in lines]
        for _ in range(10):
            for line in lines:
                timed(*line)
        for _ in range(runs):
            for line, taken in zip(lines, times):
                taken.append(timed(*line))
    base = statistics.median(times[0])
    print(f"hello world: median of {runs} runs {base * 1000:.2f} ms")
    late = False
    for line, taken in zip(LINES, times[1:]):
        ratio = statistics.median(taken) / base
        quiet = tenth(taken) / tenth(times[0])
        missed = line in AIMED_AT and min(ratio, quiet) > aim
        late |= missed
        said = f"   over {aim:.0f}" if missed else ""
        print(f"{line:30} {ratio:5.2f} times (fastest tenth {quiet:.2f}){said}")
    print(f"{os.path.getsize(program):,} bytes")
    sys.exit(1 if late else 0)


main()
