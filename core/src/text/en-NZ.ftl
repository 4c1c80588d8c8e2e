# What the program itself says to the person who answers, in English: the quiz on a terminal and the result for the
# person. A pack may have the same messages in another language in languages/TAG.ftl; those it lacks are in English.
#
# Text in braces is put in by the program and stays as it is here. Keys and typed words that stand for commands stay
# too: s, r, q, ?, Enter, Backspace, and back, skip, review, help, quit, result, open, puzzles, list, leave, done.
# Three spaces part one key from the next.

## What a person sees first

welcome-title = Which roles fit you?
welcome-about = This quiz compares what you like, how you want to work and what you find easy with { $roles } roles ({ $pack }). At the end it shows which of them fit you best, and why.
welcome-kept = Your answers stay on this computer. You can stop at any time: every answer is saved at once, and you can go on another day.
welcome-continue = Go on with the quiz of { $day }: { $answered } of { $at-most ->
        [yes] at most { $count }
       *[no] { $count }
    } answered
welcome-continue-quick = Go on with it the quick way, with fewer questions
welcome-result = See the result of the quiz of { $day }
welcome-change = Change answers of that quiz
welcome-full = { $again ->
        [yes] New full quiz
       *[no] Full quiz
    }: { $count } questions, about { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }
welcome-quick = { $again ->
        [yes] New quick quiz
       *[no] Quick quiz
    }: at most { $count } questions, about { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }
welcome-how-used = How your answers are used
welcome-leave = Leave
welcome-how-saved = Each answer is saved at once, in { $folder }, on this computer. Nothing is sent anywhere.
welcome-how-counted = The program adds your answers up by topic, and compares them with what each role asks for. A puzzle counts only towards roles that ask for that skill more than most do. What you say about conditions of work, such as night shifts, changes no match: it puts a mark on the roles where you would meet them.
welcome-how-seen = The result is for you. It shows which of your answers speak for a role and which against it. Nobody else sees it unless you show it to them.
welcome-how-deleted = You may skip any question. To delete your answers, delete the file.
welcome-keys = Enter or a number begins   q leaves
welcome-type = Type a number and press Enter; Enter alone takes 1.
welcome-type-up-to = Type a number from 1 to { $count }.

## Questions

quiz-part = Next: { $questions ->
        [one] 1 question
       *[other] { $questions } questions
    } of "{ $section }". { $at-most ->
        [yes] at most { $left }
       *[no] { $left }
    } left in all.
quiz-place = question { $number } of { $at-most ->
        [yes] at most { $count }
       *[no] { $count }
    }
quiz-place-minutes = { quiz-place }, { $minutes ->
        [0] under a minute left
       *[other] about { $minutes } min left
    }
quiz-line = Question { $number } of { $at-most ->
        [yes] at most { $count }
       *[no] { $count }
    }. { $question }
quiz-line-minutes = Question { $number } of { $at-most ->
        [yes] at most { $count }
       *[no] { $count }
    }. { $minutes ->
        [one] About 1 minute left.
       *[other] About { $minutes } minutes left.
    } { $question }
quiz-so-far = Your answer so far: { $answer }
quiz-your-answer = { $option } (your answer)
quiz-dont-know = I don't know
quiz-keys = { $keys } answer   Backspace back   s skip   r review   ? help   q save and stop
quiz-keys-short = { $keys }   s skip   r review   ? help   q stop
quiz-choose-number = Choose with the arrows or a number.
quiz-choose-letter = Choose with the arrows or a letter.
quiz-drawing-wide = (The drawing needs { $columns } columns: make the window wider to see it all.)
quiz-menu-keys = Enter or a number chooses
quiz-menu-keys-back = Enter or a number chooses   q goes back
quiz-any-key-back = Press any key to go back.

## Help about a question

help-question = About this question
help-rating = It is one of the questions about "{ $trait }". Think of yourself doing it often; there is no right answer.
help-puzzle = It is one of the puzzles for "{ $trait }". One option is right. Take your time; "I don't know" costs nothing.
help-condition = It is about a condition of work. Your answer changes no match: it marks the roles where you would meet the condition more than you want.
help-keys = Keys
help-answer = answer and move on; 0 in a puzzle is "I don't know"
help-arrows = arrows, Enter
help-mark = move the mark, take the marked answer
help-pages = Page up, down
help-ends = Home, End
help-scroll = scroll, where a question does not fit
help-left = Backspace, Left
help-back = go back to see or change an answer
help-skip = skip: an open question is not counted as anything
help-review = look over all answers, change any, or finish early
help-stop = stop; every answer is saved already
help-no-limit = There is no time limit. Press any key to go on.
help-lines =
    Type the number or letter of your answer and press Enter. Other words:
      back     to the question before, to see or change its answer
      skip     leave this one open (an empty line does the same)
      review   all your answers, to change any or to finish early
      help     this text
      quit     stop; every answer is saved already
    There is no time limit.
help-no-answer = That is no answer here. Write { $right }; or back, skip, review, help, quit.
help-write-number = a whole number 1 to { $last }
help-write-letter = a letter a to { $last } or ? for "I don't know"

## Puzzles

puzzle-of = Puzzle { $number } of { $count }
puzzle-right = { $option } (right)
puzzle-right-yours = { $option } (right, your answer)
puzzle-yes = Yes. { $because }
puzzle-no = The right one is { $right }. { $because }
puzzle-practice-keys = { $keys } answer   s skip   q save and stop
puzzle-practice-keys-short = { $keys }   s skip   q stop
puzzle-first = Press any key for the first puzzle.
puzzle-keys = Enter next   Backspace back   q leave the puzzles
puzzle-solved = Right is { $right }; your answer was { $given }. { $because }
puzzle-type = Press Enter to go on, or type done to leave the puzzles.

## Questions that can change nothing

leave-title = You could stop here
leave-offer = Whatever you answer to the next { $scored } questions, the roles that fit you best stay the same, in the same order. You may leave these questions out.
leave-offer-rest = { leave-offer } { $others ->
        [one] One question about a condition of work comes after that.
       *[other] { $others } questions about conditions of work come after that.
    }
leave-yes = Leave them out
leave-no = Answer them all the same
leave-type = Type leave to leave them out, or press Enter to answer them all the same.

## All answers

review-last = That was the last question
review-again = Your answers
review-so-far = Your answers so far
review-complete = Every question of this quiz has an answer.
review-too-little = { $open ->
        [one] { $open } question is
       *[other] { $open } questions are
    } open; so far there is too little for a result.
review-open = { $open ->
        [one] { $open } question is
       *[other] { $open } questions are
    } open. You can finish now: { $now } jobs fit you best as it stands, and about { $complete } with every question answered.
review-unanswered = open
review-result = See the result
review-answer-open = Answer what is open ({ $open })
review-back = Back to the questions
review-puzzles = The puzzles: what was right (your answers to them then stay)
review-stop = Stop, and go on another day
review-one = See or change one answer
review-which = Which one?
review-choose = Enter chooses   q goes back
review-type = Type { $words }, or quit.
review-word-result = result for the result
review-word-open = open to answer what is open
review-word-puzzles = puzzles for what was right in them (your answers to them then stay)
review-word-list = list for all your answers
review-word-number = a number to change that answer
review-word-back = back for the questions
review-type-number = Type a number to change that answer, result or quit.

## Around the quiz

quiz-saved-at-once = Every answer is saved at once.
quiz-type-help = Type help for the words that work here.
quiz-quick-small = The quick quiz ends here: at most { $count } jobs are left that fit you best.
quiz-quick-decided = The quick quiz ends here: no answer to the other questions could change which jobs fit you best.
quiz-quick-enough = The quick quiz ends here: { $count } questions about you are asked.
quiz-quick-all = The quick quiz ends here: every question is asked.
quiz-quick-more = Go on with the other { $count } questions? They make the result surer
quiz-saved-in = Answers saved in { $file }
