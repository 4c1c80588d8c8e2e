#!/usr/bin/env bash
# GNU parallel over blocks of one file, and its results held against those of a single run.
#
#   examples/parallel/run.sh path/to/rolescope [people]
set -euo pipefail
program=$(realpath "${1:?the program}")
people=${2:-20000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
score=("$program" score -q --jobs 1 -f ndjson -)

"$program" sample -n "$people" -f ndjson >all.ndjson
"$program" sample -n "$people" >all.csv
"$program" score -q -f ndjson all.ndjson >single.ndjson

parallel --will-cite --keep-order --pipepart --block -2 -a all.ndjson "${score[@]@Q}" | cmp - single.ndjson
# every block of a table gets the header; no cell may hold a line end
parallel --will-cite --keep-order --pipepart --block -2 --header : -a all.csv "${score[@]@Q}" | cmp - single.ndjson
parallel --will-cite --keep-order --pipe --block 1M "${score[@]@Q}" <all.ndjson | cmp - single.ndjson
echo "$people people in blocks, of a table and of lines: the same bytes in the same order"
