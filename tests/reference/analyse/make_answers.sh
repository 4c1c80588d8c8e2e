#!/bin/sh
# The answer sheets of this folder, all of them simulated: `sh make_answers.sh ROLESCOPE` makes them again.
set -eu
cd "$(dirname "$0")"
program=$1
small=../../packs/small
inventory=../../packs/inventory

# whole answers
"$program" sample --pack $inventory -n 300 --seed 11 > whole.csv
# three answers in twenty missing
"$program" sample --pack $inventory -n 250 --seed 12 --blank 0.15 > missing.csv
# weights, reversed questions, puzzles with two to eight options, "I don't know" for every ninth
# answer to the first puzzle, some blanks; two kinds of people in one file
{
    "$program" sample --pack $small -n 120 --seed 13 --blank 0.04
    "$program" sample --pack $small -n 80 --seed 14 --like carer | tail -n +2
} | awk -F, -v OFS=, '
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == "spatial-1") puzzle = i }
    NR > 1 && NR % 9 == 0 { $puzzle = "?" }
    { print }' > keyed.csv
