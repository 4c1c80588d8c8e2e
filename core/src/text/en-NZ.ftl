quiz-puzzle-of = Puzzle { $number } of { $count }
