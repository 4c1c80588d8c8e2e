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

## The result for the person

result-title = What fits you
result-title-of = { result-title }: { $name }
result-foot = A start for a conversation about careers, never a reason to select anyone.
result-why = What speaks for (+) and against (-) each, from your own answers.
result-strengths = What stands out in your answers
result-strengths-you = What stands out in you
result-next = What to do next
result-questions = Questions that would tell more
result-open = These answers would tell most:
result-resume = To answer them: `rolescope quiz --resume FILE` goes on where you stopped.
result-missing = What is missing
result-missing-none = { $trait }: none of { $count ->
        [one] 1 question
       *[other] { $count } questions
    } answered
result-missing-unknown = { $trait }: most of { $count ->
        [one] 1 question
       *[other] { $count } questions
    } answered with "I don't know"
result-best = A few to look at
result-stories = Why, and what the work is
result-others = Also worth a look
result-map = A map of all the jobs, and you
result-figure = A figure of 80 means: the job would suit you better than it would suit 80 of 100 people. The longer the pale end of its bar, the less sure that is.
result-as-well = These fit you about as well:
result-set-apart = Set apart, as you asked:
result-all-apart = Each of your best matches is one that you asked to set apart, so they are listed below.
result-unclear = Your answers fit many of these jobs about equally well, so no list can choose for you. What helps now is to try things: an open day, a talk with someone in the job.
result-too-little = There are too few answers to name jobs yet. Answer some more of the questions, and look again.
result-look = If you want somewhere to start, look at these. Others may suit you just as well.
result-nobody = No role here stands out for you. That is a result too: this list holds a small part of the world of work.
result-apart = { $count ->
        [one] One that fits as well is set apart, as you asked.
       *[other] { $count } that fit as well are set apart, as you asked.
    }
result-stands-out = It stands out from all the others.
result-one-more = { $more ->
        [one] One more fits
       *[other] { $more } more fit
    } you about as well.
result-one-more-named = { $more ->
        [one] One more fits
       *[other] { $more } more fit
    } you about as well: { $names }.
result-both = Both fit you about equally well.
result-equal = { $apart ->
        [yes] Of the others these
       *[no] These
    } { $count ->
        [2] two
        [3] three
       *[other] { $count }
    } fit you about equally well.
result-first = { $apart ->
        [yes] Of the others these
       *[no] These
    } { $count ->
        [2] two
        [3] three
       *[other] { $count }
    } come first, but { $more ->
        [one] one more fits
       *[other] { $more } more fit
    } you about as well.
result-first-named = { $apart ->
        [yes] Of the others these
       *[no] These
    } { $count ->
        [2] two
        [3] three
       *[other] { $count }
    } come first, but { $more ->
        [one] one more fits
       *[other] { $more } more fit
    } you about as well: { $names }.
result-could-part = More answers could part them.
result-if-off = { $more ->
        [one] One more job could
       *[other] { $more } more jobs could
    } come first if what we take for granted about people or jobs is a little off.
result-and-more = and { $count }: { $names }
result-not-asked = Some conditions of work were not asked about: no warning of them is possible.
result-slight = Your best matches have a little more than you wished of: { $what }.
result-beyond = More than you want: { $what }
result-flag-straight = You gave nearly the same answer all through, so it says little. If you were in a hurry, go through them again.
result-flag-inconsistent = Some of your answers do not agree. That happens: try again on another day.
result-flag-guessing = Some puzzle answers may be guesses. "I don't know" is a good answer when you do not know.
result-flag-unattempted = You left most puzzles of one kind with "I don't know". That kind was not counted, for or against any job.
result-flag-rushed = You answered very fast. Slower answers may give another result.
result-about = How these figures come about
result-counts = What counts is what you like more than other things.
result-no-test = The puzzles you solved count too, but a few are no test.
result-guess = How others answer is a guess so far.
result-compared = You are compared with { $people } people: { $norms }.
result-few = These figures compare you with only { $people } people ({ $norms }), so they can be far off.
result-purpose = This is a start for a talk about careers, never a reason to choose or turn away anyone.
result-made = Made by rolescope { $program } with "{ $pack }" { $version } ({ $fingerprint }).
result-terms = The exact terms, and credit
result-column-job = job
result-column-fits = fits
result-column-you = you
result-over-99 = over 99
result-under-1 = under 1
result-fits = { $job } ({ $match })
result-no-training = { $job }; no training here
result-no-job = { $job }; no job of its own here
result-mark-no-training = no training here
result-mark-nearest = no training here; nearest that is open: { $job }
result-mark-no-job = no job of its own here
result-mark-area = an area of { $job }, no job of its own
result-left-out = left out
result-unasked = not asked
result-high = high
result-middle = middle
result-low = low
result-effort = more effort
result-strong-interest = a strong interest
result-interest = an interest
result-liked-a-lot = you like it a lot
result-liked = you like it
result-done-very-well = you did very well
result-done-well = you did well
result-wish = { $before ->
        [yes] Before this result you wrote down what you want to be: "{ $wish }".
       *[no] After the quiz was finished you wrote down what you want to be: "{ $wish }".
    }
result-wish-best = { $job } is among the roles that fit best here. A wish and a result need not agree: talk about both.
result-wish-rank = { $job } stands in place { $rank } of { $count } here. A wish and a result need not agree: talk about both.
result-what-if = This is a what-if, not the result of the answers. It shows what would follow if { $supposed }.
result-what-if-and = { $first }, and if { $then }
result-what-if-trait = "{ $trait }" were { $to } instead of { $from }
result-what-if-avoided = "{ $condition }" were ruled out
result-family = Only the roles of the family "{ $family }" are compared here.
result-weight = Aptitudes count { $weight } times as much here as they usually do.

## Why a job speaks to a person

reason-said = { $said }.
reason-solved = You solved { $right } of { $count ->
        [one] 1 puzzle
       *[other] { $count } puzzles
    } for "{ $trait }"
reason-answered = To "{ $question }" you answered "{ $answer }"
reason-answered-more = To "{ $question }" you answered "{ $answer }", more than to most
reason-answered-less = To "{ $question }" you answered "{ $answer }", less than to most
reason-job-has = { $said }, { $for ->
        [yes] and
       *[no] but
    } this job has { $more ->
        [yes] more
       *[no] less
    } "{ $trait }" { $most ->
        [yes] than most
       *[no] than of other things
    }.
reason-job-has-that = { $said }, { $for ->
        [yes] and
       *[no] but
    } this job has { $more ->
        [yes] more
       *[no] less
    } of that { $most ->
        [yes] than most
       *[no] than of other things
    }. Practice helps.
reason-plain = { $trait }: { $level ->
        [high] high for you
        [effort] more effort for you this time
        [low] low for you
        [above] a little above the middle for you
       *[below] a little below the middle for you
    }; this role has { $more ->
        [yes] { $most ->
            [yes] more than most
           *[no] more of it than of other things
        }
       *[no] { $most ->
            [yes] less than most
           *[no] less of it than of other things
        }
    }

## A job

job-day = In a day: { $tasks }
job-typical-day = A typical day:
job-more = More about this job
job-hard = What stands in the way:
job-nearest = Nearest neighbour
job-check-entry = Check how to get in, because it changes:
job-watch = Watch: look for a video of a working day ({ $job }), and note one thing you would like and one you would not.
job-ask = Ask someone who does the work: what fills most of your day? What surprised you? What would make you leave?
job-visit = Visit: ask a workplace near you for an hour beside someone, or go to an open day of a place that trains for it.

## The result to walk through

explore-why = Why these
explore-about = About you
explore-all = All jobs, those that fit you best first
explore-compare = Compare which job?
explore-compare-with = Compare { $job } with which?
explore-keys-choose = arrows, Enter choose
explore-keys-job = { $count ->
        [one] 1 the job
       *[other] 1-{ $count } a job
    }
explore-keys-answer = g go on answering ({ $open } open)
explore-keys-why = w why
explore-keys-compare = c compare
explore-keys-about = t about you
explore-keys-map = m map
explore-keys-all = a all jobs
explore-keys-save = s save as a page
explore-keys-back = Backspace back
explore-keys-leave = q leave
explore-more = -- more below: Space or Down ({ $line } of { $count } lines) --
explore-end = -- the end; Up goes back --
explore-saved = Saved: { $file } (open it in a browser to read, print or send it)
explore-not-saved = Not saved: { $why }
explore-type = Type { $words }, or quit.
explore-type-list = Type the number of a job, back, or quit.
explore-word-job = { $number } for { $job }
explore-word-answer = go on (answer what is open: { $open })
explore-none = That is none of these.

## Two jobs side by side

compare-title = { $first } and { $second }
compare-fit = How well they fit you: { $first }: { $fits-first }, { $second }: { $fits-second }.
compare-not-known = not known
compare-levels = Where they differ most
compare-parts = What the two differ in most comes first; further right is more of it. The open dot: { $first }. The full dot: { $second }.
compare-less-more = less ... more

## The map of the jobs

map-none = There is no map of these roles: it takes at least three roles that differ, and at most 150 traits.
map-what = Each dot is a job. Those that lie close together ask for much the same. Each side is named after what stands out there.
map-you = The filled dots are the jobs that fit you best. You are in the middle of the shaded patch. Answers never say it exactly: about two times in three, you truly stand somewhere in the patch.
map-not-you = You are not on it yet, because nothing was answered that it is about.
