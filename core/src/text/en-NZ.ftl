# What the program itself says to whoever answers or goes through answers with others, in English: the quiz and every
# page. A pack may have the same messages in another language in languages/TAG.ftl; those it lacks are in English.
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
quiz-stopped = Your answers are saved. Go on with: { $command }
quiz-stopped-open = Nothing is answered yet. Go on with: { $command }

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
compare-verdict = Where { $name } stands
compare-in-full = Each in full, with its sources: `rolescope roles { $first }` and `rolescope roles { $second }`
compare-way-in = Is there a way in here?
compare-checked = Checked
compare-open = open.
compare-fact-not-known = not known.
compare-no-score = no score
compare-caption = Levels 0 to 10; the traits that tell the two apart come first. In the picture the open dot is the first, the full dot the second.
compare-caption-you = You: the score from 0 to 100, and how it compares with other people's.
compare-no-match = There is no match for one of them: too little was answered.
compare-match = { $name }: match { $match } ({ $norms })
compare-chance = The chance that { $first } truly fits better than { $second }, given the errors of these answers and of the roles' levels: { $chance } in 100.

## The map of the jobs

map-none = There is no map of these roles: it takes at least three roles that differ, and at most 150 traits.
map-what = Each dot is a { $point ->
        [job] job
       *[role] role
    }. Those that lie close together ask for much the same. Each side is named after what stands out there.
map-you = The filled dots are the { $point ->
        [job] jobs
       *[role] roles
    } that fit you best. You are in the middle of the shaded patch. Answers never say it exactly: about two times in three, you truly stand somewhere in the patch.
map-not-you = You are not on it yet, because nothing was answered that it is about.
map-title = Where the roles lie
map-of-roles = A map of { $count ->
        [one] 1 role
       *[other] { $count } roles
    }
map-family = Only the roles of the family "{ $family }" are on this map.
map-counts = Beside each in the list is how many people have it in their first group; where dots differ in size, a larger one is more people. What is withheld ({ $withheld }) has the smallest dot.
map-best = fits you best
map-most = most people
map-shows = The map shows { $share } % of what tells these { $point ->
        [job] jobs
       *[role] roles
    } apart, so two that lie close together may still differ in other ways{ $you ->
        [yes] { $point ->
            [job] , and a job that fits you may lie apart from you
           *[role] , and a role that fits you may lie apart from you
        }
       *[no] { "" }
    }.
map-of = A map of { $count } { $point ->
        [job] jobs
       *[role] roles
    }
map-alt = { $title }. Left: { $left }. Right: { $right }. Bottom: { $bottom }. Top: { $top }.
map-alt-you = You stand at { $across } of 100 from left to right and at { $up } of 100 from bottom to top.
map-less-of = less of: { $traits }
map-nothing-more = nothing more that tells these { $point ->
        [job] jobs
       *[role] roles
    } apart
map-patch = you; the patch of { $sign } is how far from there you may be
map-patch-reaches = the patch reaches { $across } to either side and { $up } up and down
map-no-room = No room on the map for:
map-left = Left
map-right = Right
map-bottom = Bottom
map-top = Top
map-places = Places
map-places-of = on: { $title }
map-places-caption = Places from 0 to 100: left to right, and bottom to top.
map-column-number = no.
map-column-across = across
map-column-up = up

## Headings of tables

column-rank = rank
column-role = role
column-match = match
column-trait = trait
column-first = first
column-second = second
column-question = question
column-answer = answer
column-level = level
column-no = No.
column-mean = mean
column-condition = condition
column-people = people
column-share = share
column-state-or-flag = state or flag
column-person = person
column-state = state
column-answered = answered

## What several pages have

page-purpose = This is the start of a conversation about careers. It is never a reason to select or turn away anyone.
page-notes = Notes
page-month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
page-further = Further
page-rests = What this rests on
page-credit = Credit
page-traits = Traits

## Counts

count-roles = { $count ->
        [one] 1 role
       *[other] { $count } roles
    }

## Many people as lines

rows-who = who
rows-state = state
rows-first-role = first role
rows-match = match
rows-band = also in the band
rows-first-open = first that is open: { $role }

## The state of a result

state-clear-one = Your answers show a pattern, and one role stands out from the others by more than the error of the answers.
state-clear = Your answers show a pattern. The roles in the first group cannot be told apart by these answers: treat them as equal.
state-unclear = No clear pattern stands out, so the order below says little. Trying things out (an open day, a talk with someone in the job) and answering any questions you skipped will help more than this list.
state-insufficient = There are too few answers for a ranking. Answer at least some questions about each of the traits below, then look again.
state-if-off = { $more ->
        [0] No other role is likely to come first if the norms or the levels of the roles are a little off.
        [one] 1 more role could come first if the norms or the levels of the roles are a little off.
       *[other] { $more } more roles could come first if the norms or the levels of the roles are a little off.
    }
state-alike-high = You like most of what was asked about equally well, and a list cannot choose for someone who would enjoy many things. If you could do only one of them next week, which would it be?
state-alike-low = Little of what was asked draws you more than the rest. Think of something that you do like and that was not asked about: that is a better start than this list.
state-alike-middle = You rated most of what was asked about equally, near the middle. If you had to keep three of these things and drop the rest, which would they be?
state-alike-drawn = Your interests and preferences were all rated about alike, so little of the order below comes from what draws you.
state-name-clear = clear
state-name-unclear = unclear
state-name-insufficient = insufficient

## Signs in the answers

flag-straight = Nearly all ratings are the same number, so they say little. If you were in a hurry, go through them again.
flag-inconsistent = Questions about the same thing got rather different answers. That happens: talk about them with someone, or answer again on another day.
flag-guessing = Some answers to the right-or-wrong questions may be guesses. "I don't know" is a good answer when you do not know: a kind of puzzle that you mostly answer so is left out.
flag-unattempted = Most puzzles of one kind were answered with "I don't know", so that kind is left out: it speaks neither for nor against any role.
flag-incomplete = Some questions are unanswered. More answers make the first group smaller.
flag-rushed = The ratings took under a second and a half each. Slower answers may give another result.
flag-name-straight = straight-line
flag-name-inconsistent = inconsistent
flag-name-guessing = guessing
flag-name-unattempted = unattempted
flag-name-incomplete = incomplete
flag-name-rushed = rushed

## Norms

norms-assumed = assumed norms
norms-measured = measured norms: { $norms }
norms-named = { $name }, { $few ->
        [yes] only { $people } people
       *[no] { $people } people
    }
norms-few = The norms "{ $name }" were measured on only { $people } people. Norms of fewer than { $enough } people can be far off, and with them every figure here.

## What the figures mean

figures-mean = A match of 80 means that the role fits you better than it would fit 80 of 100 people, if people score as the assumed norms say. Norms are what people usually score; here they are a guess. A match says nothing about the chance of success. Every score has an error, because a few questions stand for all that could be asked: on another day the figures would be somewhat different. Roles in the first group differ from the first by too little to be told apart, given that error.
figures-mean-measured = A match of 80 means that the role fits you better than it would fit 80 of 100 people, if people score as the measured norms say ({ $norms }). Norms are what people usually score. A match says nothing about the chance of success. Every score has an error, because a few questions stand for all that could be asked: on another day the figures would be somewhat different. Roles in the first group differ from the first by too little to be told apart, given that error.
figures-title = What the figures mean

## What a result rests on

receipt-line = rolescope { $program }, scoring { $scoring }; pack "{ $pack }" { $version }, { $fingerprint }; roles: { $roles }; aptitude weight { $weight }; norms: { $norms }.
receipt-all-roles = all
receipt-norms-assumed = assumed
receipt-norms-measured = measured ({ $norms }, { $fingerprint })

## Signs that are read aloud

mark-for = for
mark-against = against
mark-beyond = mind
mark-slightly = note

## The result for the person and a counsellor

counsel-signed = The signed figures add up, over all traits, to the match on its standard normal scale.
counsel-for-you = "For you" compares an interest or preference with your own level over all of them: what counts is what stands out for you, not how much you like everything.
counsel-skipped = A role in the ranking below may have a better rank than a role of this group. It is left out because its profile is more like that of the first, and so the answers tell those two apart more surely.
counsel-own-level-is = { $level } standard deviations of the norms, over all interests and preferences together. It moves no role: a match goes by what stands out beside it.
counsel-contradictions-what = The two questions of each pair are about the same thing. By chance alone, only one pair in twenty would differ as much as these do. A few such pairs are usual; it is worth asking what was different about the two.
counsel-no-test = The right-or-wrong part is a few puzzles. It is no test of ability, and practice changes it.
counsel-role-more = more
counsel-role-less = less
counsel-role-as-most = as most
counsel-apart-trait = { $trait }: more in { $more }; your { $score } speaks for { $speaks ->
        [yes] { $role }
       *[no] neither
    }
counsel-apart-no-score = { $trait }: more in { $more }; no score
counsel-title = Roles that fit: { $name }
counsel-map = Where the roles lie, and you
counsel-traits = Your traits
counsel-flags = Worth knowing about these answers
counsel-not-asked = Not asked, so no warning is possible: { $ids }.
counsel-band-one = The role that stands out
counsel-band = Your first group: { $count } roles
counsel-band-all-apart = Every role of it is one that you asked to set apart, so all are listed below.
counsel-caption = The figure is the match: the role fits you better than it fits that many of 100 people ({ $norms }). The shaded end of a bar is its error.
counsel-apart-avoided = These bring what you asked to avoid.
counsel-apart-unreachable = No way leads into these here.
counsel-apart-both = These bring what you asked to avoid, or no way leads into them here.
counsel-apart-caption = { $why } Their matches and ranks are as they would be without that; roles of the first group are set in bold.
counsel-apart-title = Set apart: { $count ->
        [one] 1 role
       *[other] { $count } roles
    }
counsel-beyond = goes clearly beyond the limits you set
counsel-slightly = a little more than you wished
counsel-no-match = none
counsel-no-match-why = no match, because nothing was answered that it asks about
counsel-role-beyond = goes clearly beyond your limits: { $conditions }
counsel-role-brings = brings { $conditions }
counsel-all-beyond = Every role compared here goes clearly beyond the limits you set
counsel-all-slightly = Every role compared here has a little more than you wished
counsel-some-slightly = Some of these have a little more than you wished of: { $conditions }.
counsel-sums = What each trait adds
counsel-or = { $first } or { $other }
counsel-chance = { $chance } in 100 that the first truly fits better.
counsel-what-parts = What tells them apart
counsel-change = What would change the result
counsel-change-none = No change of a single trait puts another role first.
counsel-change-is = { $job } would fit you as well as the first if your score for "{ $trait }" were { $to } instead of { $from }. That is the smallest change of a single trait that does it.
counsel-together = together
counsel-error = standard error
counsel-sums-caption = The parts add up to the match on its standard normal scale, where 0 is the middle of the population.
counsel-ranking = The ranking after it
counsel-traits-caption = Your score from 0 to 100 with its likely error (±, one standard error); the word compares you with the { $norms }.
counsel-traits-caption-role = Beside it is how much of it { $role } has, compared with the other roles. In the picture the dot with its error is you and the diamond is the role; the line is the middle of people and of roles.
counsel-role-has = role has
counsel-own-level = Own level
counsel-work = What the work is
counsel-jobs = What each job is
counsel-next-commands = With the program: `rolescope roles { $id }` shows all of a role, with its sources; { $other ->
        [none] { "" }
       *[other] `rolescope compare { $id } { $other }` puts two side by side;{ " " }
    }`rolescope report FILE --why { $id }` shows which answers made this.
counsel-next = What to do next: { $name }
counsel-wish = { $before ->
        [yes] Before this result
       *[no] After the quiz was finished
    } this was written down as what the person wants to be: "{ $wish }".
counsel-contradictions = Answers that point opposite ways
counsel-asks = To talk about
counsel-take = What we take from it
counsel-by-when = Next step, and by when
counsel-worksheet = Worksheet: to ask, with room to write
counsel-said = "{ $text }": { $answer }
counsel-ask-apart = { $more } has more of "{ $trait }" than { $less }. When did you last have a lot of that, and would you want it on most days?
counsel-ask-conflict = { $role } goes beyond what you said about "{ $condition }". Which part of that would be hard, and what would make it easier?
counsel-ask-contradiction = You answered { $first }, but { $second }. What did you think of each time?
counsel-ask-open = { $open } of { $all } questions about "{ $trait }" are open. What would you say about it in your own words?
counsel-ask-not-asked = "{ $condition }" has no answer. How would that be for you?
counsel-ask-against = "{ $trait }" speaks against { $role }: it has { $more ->
        [yes] { $most ->
            [yes] more than most
           *[no] more of it than of other things
        }
       *[no] { $most ->
            [yes] less than most
           *[no] less of it than of other things
        }
    }. How much would that matter to you?
counsel-ask-change = With { $to } instead of { $from } for "{ $trait }", { $role } would fit you as well as the first. Which of the two is nearer to how you see yourself, and why?

## Which answers made a match

why-title = Why: { $job }
why-no-match = There is no match: nothing was answered that this role asks about.
why-match = Match { $match } ({ $norms }), which is { $z } on its standard normal scale, with a standard error of { $error }. These are the parts that add up to it, by trait and then by answer; interests and preferences count by what they stand out beside the person's own level ({ $level }).
why-by-trait = By trait
why-by-answer = By answer
why-adds = adds

## Facts about a role

fact-school = From school
fact-work = From other work
fact-subjects-now = At school now
fact-hard = The hard part
fact-subject-required = required
fact-places = At { $places }{ $more ->
        [0] { "" }
       *[other] { " " }and { $more } more
    }
fact-no-training = Nobody trains for this role here.
fact-area = Not a job of its own here: an area of { $job }.
fact-no-job = Not a job of its own here.
fact-nearest-open = The nearest role that is open: { $job }.
fact-subjects = School subjects:
fact-providers = Where to train:
fact-must = You need:
fact-helpful = It helps to have:
fact-entry-full = How to get in, in full
fact-required = Required
fact-wanted = Wanted
fact-useful = Useful
fact-school-level = NCEA Level { $level }
fact-pay = Pay:
fact-ladder-from = From { $roles }.
fact-ladder-to = On to { $roles }.
fact-support = Help with study:
fact-links = Worth reading:
fact-checked-in = These facts were checked in { $last }.
fact-checked-from = These facts were checked from { $first } to { $last }.
fact-unchecked = For { $unread } of { $count ->
        [one] 1 source
       *[other] { $count } sources
    } it is not known when they were read last.
fact-pay-from-to = { $from } to { $to } { $per ->
        [hour] an hour
       *[year] a year
    }
fact-pay-sum = { $sum } { $per ->
        [hour] an hour
       *[year] a year
    }
fact-pay-from = from { $sum } { $per ->
        [hour] an hour
       *[year] a year
    }
fact-pay-up-to = up to { $sum } { $per ->
        [hour] an hour
       *[year] a year
    }
fact-pay-usually = usually { $sum }
fact-pay-usual = usually { $sum } { $per ->
        [hour] an hour
       *[year] a year
    }
fact-pay-trainee = in training
fact-pay-qualified = qualified
fact-pay-senior = senior
fact-stage-trainee = In training
fact-stage-qualified = Qualified
fact-stage-senior = Senior
fact-level = Level { $level }
fact-years-to = { $years } to { $most } years
fact-years = { $years ->
        [one] 1 year
       *[other] { $years } years
    }
fact-fee = Fee in { $year }: { $sum } a year
fact-registered = Required by law
fact-registered-with = Required by law, with the { $body }
fact-not-registered = Not required by law
fact-not-registered-with = Not required by law; the { $body } has a register
fact-trend-short = too few people
fact-trend-growing = growing
fact-trend-steady = steady
fact-trend-falling = falling
fact-trend-unknown = not known
fact-scholarship = scholarship
fact-kaupapa-maori = kaupapa Māori
fact-pacific = Pacific
fact-entry = How to get in
fact-subjects-title = School subjects
fact-study = Study
fact-registration = Registration
fact-pay-title = Pay
fact-demand = Demand
fact-ladder = Steps between roles
fact-limits = What stands in the way

## A role in full

role-exposure-1 = a little
role-exposure-2 = some
role-exposure-3 = a lot
role-other-language = In another language
role-maori-name = In te reo Māori
role-also-known = Also known as
role-day = A typical day
role-where = Where
role-prospects = Pay and demand
role-onward = Where it leads, and who helps
role-reading = Worth reading
role-profile-caption = 0 to 10, relative to the other roles of this list; a judgement, not a measurement.
role-deviations = On { $count ->
        [one] 1 question
       *[other] { $count } questions
    } the role asks for more or less than on others of the same trait.
role-profile = Profile
role-conditions-lead = How much of each there is, is a judgement too.
role-conditions = Conditions of the work
role-neighbours = Easily confused with
role-copy = copy; the fact is that of { $owner }
role-sources = Sources

## Roles

roles-commands = One in full: `rolescope roles ID`. Two compared: `rolescope compare ID ID`.
roles-all = All roles

## Forms on paper

form-about = { $pack }, version { $version }. { $extent }
form-tick = Tick one box for each question: here, or on the answer sheet if you were given one, and then leave these pages clean. Leave open whatever you do not want to answer.
form-title = Career questions
form-name = Name or code (a pseudonym will do):
form-date = Date:
form-purpose = { $purpose } Whoever gave you this reads your answers and talks about the result with you. Nobody else needs to see them: ask who keeps these pages, and for how long.
form-extent = { $asked ->
        [one] 1 question
       *[other] { $asked } questions
    } in { $parts ->
        [one] 1 part
       *[other] { $parts } parts
    }{ $family ->
        [none] { "" }
       *[other] , for roles of the family { $family }
    }.
form-practice = The answer to the practice puzzle is { $letter }. { $because }
form-sheet = Answer sheet
form-sheet-about = For the questions of { $pack }, version { $version }. Tick one box for each number. Leave open whatever you do not want to answer.
form-letter = The letter of the option; { $sign } for "{ $unsure }".
form-key-note = For whoever goes through the answers. Take it off before the form is handed out.
form-key-score = To score it: `rolescope questions -f csv`, called like this form, writes the blank sheet. Type the number over the ticked column, the letter of a puzzle, or ? for "I don't know"; what was left open stays empty.
form-right = Right answers
form-question = Question
form-column-right = right
form-column-why = why
form-reversed = reversed
form-key-what = What each question measures. Reversed: agreeing speaks against the trait. Type what was ticked; scoring turns it round. Questions about conditions of work are not here: they are never scored.
form-key = Key

## Forms of survey services

service-who-part = Who
service-who = The code or pseudonym that you were given. It may stay empty.
service-about = { $purpose } You may leave out any question. { $pack }, version { $version }.
service-practice = The answer is { $right }. { $because }

## Levels rated by people in the work

levels-foot = About levels of roles, never about a person.
levels-title = Levels rated by people in the work
levels-about = { $pack } { $version }: { $count ->
        [one] 1 role
       *[other] { $count } roles
    } rated.
levels-how = How it is computed
levels-how-text = A proposed level is the mean of the level before and of the ratings, each weighed by one over the square of how far it may be off: the spread of the level, and the spread of single ratings around their mean (over all levels here) divided by the root of their number. It is given in steps of half a point, and proposed from two raters on. An exposure is proposed where more than half of two or more raters say it. Agreement: intraclass correlation of single ratings and of their mean, ICC(2,1) and ICC(2,k) (Shrout & Fleiss 1979); below 0.5 is poor, 0.75 good (Koo & Li 2016).
levels-caption = Levels, 0 to 10: how many rated, mean and spread of their ratings; the level before, and the one that both speak for.
levels-column-of = level of
levels-column-raters = raters
levels-column-spread = spread
levels-column-before = before
levels-column-both = both
levels-conditions-caption = Conditions, 0 none to 3 constant: the ratings; what the pack states, and what most say.
levels-column-ratings = ratings
levels-column-most = most
levels-nothing = Nothing is to be changed in profiles/{ $role }.toml by these ratings.
levels-changes = To change in the profile:
levels-agreement-none = cannot be told: it takes two raters and three levels that both have rated
levels-agreement-is = ICC { $one } of one rater, { $mean } of the mean of { $raters } ({ $count ->
        [one] 1 level
       *[other] { $count } levels
    })
levels-agreement = Agreement

## The sheet to rate levels on

sheet-trait = { $trait }: how much of it does this work ask for, beside the other roles?
sheet-lowest = 0: the least of all ({ $low })
sheet-highest = 10: the most of all ({ $high })
sheet-condition = { $condition }: how often does this work have it?
sheet-never = 0: never
sheet-always = 3: all the time (1 seldom, 2 regularly)

## A group of people

group-not-stated = not stated
group-small = small groups
group-title = A group of { $people } people
group-short = In short
group-roles = Roles in first groups
group-map = Where these roles lie
group-states = States and flags
group-by = By { $by }
group-rests = What this is for, and what it rests on
group-compared = Compared with the { $norms }. A figure of fewer than { $fewest } people is withheld ({ $withheld }), and so is any figure that would give one away. Each person counts once, with the latest sitting: rows or files of one id are one person's. Two pages of nearly the same people could still be set against each other: hand out one.
group-not-split = Not split by { $by }: that would leave fewer than two groups of at least { $fewest } people.
group-pooled = { $count ->
        [one] 1 group is
       *[other] { $count } groups are
    } too small to be shown, and are put together.
group-roles-caption = In how many people's first group a role is, and for how many it alone comes first. Someone's first group may hold several roles.
group-traits-caption = Mean and standard deviation of scores from 0 to 100, and how many people have a score in each fifth of the scale.
group-states-caption = A state is how far a result can be trusted to say something; a flag is a sign worth a conversation.
group-split-roles = People in whose first group a role is
group-split-traits = Mean score and standard deviation
group-split-states = People with each state and flag
group-often = Of { $people } people, most often among the best matches: { $roles }.
group-invite = To invite or visit, for { $people } people: { $job } - { $first }.
group-results = { $count ->
        [one] 1 result
       *[other] { $count } results
    } { $what }
group-withheld = a number of results, withheld here, { $what }
group-unclear = unclear: no pattern stands out
group-insufficient = insufficient: too little was answered
group-nobody = Nobody's result is unclear or insufficient.
group-talk = For a talk one by one: { $results }. This page never says whose.

## Two sittings of one person

retest-no-day = on a day not noted
retest-title = Then and now: { $name }
retest-moved = What moved
retest-within = Differences within the error: these may be the same as before.
retest-stayed = What did not
retest-once = Answered only once
retest-group = The first group, then and now
retest-about = Then: { $then }. Now: { $now }. Both are scored with "{ $pack }", version { $version }, and compared with the { $norms }.
retest-two-people = Nothing says that "{ $first }" and "{ $second }" are sittings of one person: make sure that they are.
retest-copy = Both sittings have the same answers to every question: one may be a copy of the other.
retest-one-day = Both sittings were on one day: what stayed the same may have been remembered.
retest-no-date = One of the two has no date, so they stand in the order in which they were named.
retest-other-pack = The answers of { $name } were given to version { $version } of a pack whose scoring was another. They are scored anew here, so the figures differ from those shown at that time.
retest-moved-count = { $count ->
        [one] 1 trait
       *[other] { $count } traits
    } of { $all } moved by more than { $sure } standard errors of the difference (the reliable change of Jacobson and Truax, 1991). Chance alone moves one in twenty.
retest-moved-caption = The change with its standard error.
retest-then = then
retest-now = now
retest-change = change
retest-no-ranking = Neither sitting has a ranking.
retest-same-roles = The same roles stand in the first group.
retest-came-or-went = { $count ->
        [one] 1 role
       *[other] { $count } roles
    } came or went.
retest-signed = The signed figures are what a trait added to the change of a match on its standard normal scale; over all traits they add up to it. A role can also come or go because the first one moved.
retest-role-stayed = stayed
retest-role-came = came
retest-role-went = went
retest-roles-caption = Roles that were or are in the first group; those of now are set in bold.
retest-trait-once = answered only once
retest-trait-score = your score was { $from } and is { $to }
retest-trait = { $name } ({ $change }): { $score }
retest-role = { $role }: { $change } on that scale

## What is kept of one person

session-result = Result
session-next = Next:
session-not-finished = not finished
session-ended = ended { $moment }
session-begun = Begun { $moment }, { $ended }
session-pack = Pack: { $name } { $version }
session-other-pack = The pack in use scores otherwise than the one these answers were given to
session-dropped = { $count ->
        [one] 1 answer
       *[other] { $count } answers
    } to questions that the pack in use does not have: not scored
session-answered = Answered: { $answered } of { $asked }
session-changed = Last change: { $moment }
session-file = File: { $file }
session-match = : match { $match } ({ $norms })

## The page that leads to the pages of many people

index-title = Results: { $count ->
        [one] 1 person
       *[other] { $count } people
    }
index-foot = Whoever holds this holds what each person answered: it is for whoever talks with them.
index-more = { $count } more
index-none = none stands out
index-too-little = too little was answered
index-answered = { $answered } of { $asked }
index-print = All pages for the printer
index-print-how = one print job, each person on new sheets.
index-rejected = { $count ->
        [one] 1 row
       *[other] { $count } rows
    } could not be read: no page here.
index-caption = The first roles are those that the answers cannot tell apart from the best: a start for a conversation, and no order of merit.
index-column-first = first roles

## Drawings

plot-figures = Figures
plot-figures-of = of: { $title }

## The quiz in a browser

web-noscript = This quiz needs JavaScript, which is switched off here. It sends nothing anywhere.
web-about = This quiz compares what you like, how you want to work and what you find easy with { $roles } roles ({ $pack }).
web-about-result = At the end it shows which of them fit you best, and why.
web-about-collect = At the end you save your answers for whoever goes through them with you.
web-kept = Your answers stay on this device: nothing is sent anywhere. You may skip any question, and stop at any time.
web-used-counted = This page adds your answers up by topic, and compares them with what each role asks for. It needs no network, and asks for nothing from anywhere.
web-used-puzzles = A puzzle counts only towards roles that ask for that skill more than most do. What you say about conditions of work, such as night shifts, changes no match: it puts a mark on the roles where you would meet them.
web-used-stored = Each answer is kept in this browser until you choose “{ web-forget }”. Whoever uses this browser after you can see them until then.
web-collected = Your answers are ready
web-collected-what = Save them, or copy them as a code, and give them to whoever asked you for them: you go through the result together.
web-failed = The quiz cannot begin
web-failed-what = This page needs a browser of 2023 or later, such as Firefox, Chrome, Edge or Safari.
web-nickname = A nickname for your result, if you want one
web-full = Full quiz: { $count } questions, about { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
web-quick = Quick quiz: at most { $count } questions, about { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
web-new = New: { $way }
web-continue = Go on: { $count } answered
web-result = See your result
web-moment = One moment.
web-keeps-nothing = This browser keeps nothing here: your answers are gone when the page is closed.
web-begin-anew = Begin anew? The answers that are kept here are forgotten.
web-forget-sure = Forget your answers? They cannot be had back.
web-forget = Forget my answers
web-count = Question { $number } of { $at-most ->
        [yes] at most { $count }
       *[no] { $count }
    }, { $minutes ->
        [one] about a minute left
       *[other] about { $minutes } minutes left
    }
web-part = { $questions } of these now, then { $more } more.
web-progress = Progress
web-steps = Steps
web-back = Back
web-skip = Skip
web-keep = Keep
web-review = Review answers
web-drawing = Drawing
web-dont-know = I don’t know
web-practice = The first is to practise on; it does not count.
web-practice-right = The right answer is: { $option }
web-right = That is right.
web-right-is = Right is: { $option }.
web-said = You said: { $option }.
web-go-on = Go on
web-offer-title = The other { $scored } questions about you can change nothing
web-offer = Whatever you answer to them, the same roles fit you best, in the same order.{ $others ->
        [0] { "" }
       *[other] { " " }The { $others } about conditions of work are asked in any case.
    }
web-offer-ask = Ask them all the same
web-answers = Your answers
web-no-answer = no answer yet
web-review-open = { $count ->
        [one] 1 question has no answer.
       *[other] { $count } questions have no answer.
    }
web-review-complete = Every question that was shown has an answer.
web-review-choose = Choose one to change its answer.
web-finish = Finish
web-result-now = See the result with these answers
web-save-answers = Save my answers
web-saved = Saved as { $file }.
web-code = Your answers as a code, to send in a message
web-code-copied = The code is copied.
web-code-shown = The code is shown, to be copied.
web-copy-code = Copy answer code
web-change = Change answers
web-full-on = Go on with the full quiz
web-views = Views of the result
web-view-result = Result
web-view-why = Why
web-view-map = Map
web-view-all = All jobs
web-view-puzzles = Puzzles
web-compare = Compare
web-compare-job = Compare { $job }
web-compare-with = Compare with
web-save-or-print = Save or print
web-print = Print
web-save-result = Save this result
web-puzzles = The puzzles: what was right, and why
