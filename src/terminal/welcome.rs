//! What stands before the first question: what the quiz is, how long it takes, and the ways to begin.

use crate::terminal::screens::whole_minutes;
use rolescope_core::Pack;
use rolescope_core::text::Phrase;
use rolescope_core::write::TextPage;

/// What a person chose to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WelcomeChoice {
    /// Begins the full quiz.
    Full,
    /// Begins the quick quiz.
    Quick,
    /// Goes on with an unfinished quiz.
    Continue,
    /// Goes on with an unfinished quiz, by the quick quiz.
    ContinueQuick,
    /// Sees the result of a finished quiz.
    Result,
    /// Changes answers of a finished quiz.
    Change,
    /// Reads how the answers are used.
    HowUsed,
    /// Leaves.
    Leave,
}

/// A quiz of an earlier day.
#[derive(Clone, Debug)]
pub struct EarlierQuiz {
    /// The day on which it began, in words.
    pub day: String,
    /// How many of its questions have an answer.
    pub answered: usize,
}

/// How many questions a quiz has, at most, and about how many minutes they take.
#[derive(Clone, Copy, Debug)]
pub struct QuizLength {
    /// Questions, conditions of work included.
    pub questions: usize,
    /// Minutes.
    pub minutes: f64,
}

/// What there is to say and to choose before the first question.
#[derive(Clone, Debug)]
pub struct Welcome<'p> {
    /// The pack.
    pub pack: &'p Pack,
    /// How many roles are compared.
    pub roles: usize,
    /// The full quiz; none where the quick one was asked for.
    pub full: Option<QuizLength>,
    /// The quick quiz.
    pub quick: QuizLength,
    /// The last quiz that was not finished.
    pub unfinished: Option<EarlierQuiz>,
    /// The last quiz that was.
    pub finished: Option<EarlierQuiz>,
    /// Where the answers are saved.
    pub saved_in: String,
}

impl Welcome<'_> {
    /// What can be chosen, what is likeliest first.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, WelcomeChoice)> {
        let mut all = Vec::new();
        let pack = self.pack;
        if let Some(EarlierQuiz { day, answered }) = &self.unfinished {
            let text = pack
                .phrase("welcome-continue")
                .text("day", day)
                .number("answered", *answered)
                .when("at-most", self.full.is_none())
                .number("count", self.full.unwrap_or(self.quick).questions);
            let choice = match self.full {
                Some(_) => WelcomeChoice::Continue,
                None => WelcomeChoice::ContinueQuick,
            };
            all.push((text.to_string(), choice));
            if self.full.is_some() && *answered < self.quick.questions {
                let text = pack.say("welcome-continue-quick");
                all.push((text, WelcomeChoice::ContinueQuick));
            }
        }
        if let Some(EarlierQuiz { day, .. }) = &self.finished {
            let text = pack.phrase("welcome-result").text("day", day);
            all.push((text.to_string(), WelcomeChoice::Result));
            all.push((pack.say("welcome-change"), WelcomeChoice::Change));
        }
        if let Some(full) = self.full {
            let text = self.of_length(pack.phrase("welcome-full"), full);
            all.push((text, WelcomeChoice::Full));
        }
        let text = self.of_length(pack.phrase("welcome-quick"), self.quick);
        all.push((text, WelcomeChoice::Quick));
        all.push((pack.say("welcome-how-used"), WelcomeChoice::HowUsed));
        all.push((pack.say("welcome-leave"), WelcomeChoice::Leave));
        all
    }

    /// The offer of a quiz that is so long.
    fn of_length(&self, offer: Phrase<'_>, length: QuizLength) -> String {
        let again = self.unfinished.is_some() || self.finished.is_some();
        let offer = offer.when("again", again).number("count", length.questions);
        let offer = offer.number("minutes", whole_minutes(length.minutes).max(1));
        offer.to_string()
    }

    /// What the quiz is, in two sentences, and what happens to the answers.
    #[must_use]
    pub fn about(&self) -> [String; 2] {
        let about = self.pack.phrase("welcome-about");
        let about = about.number("roles", self.roles);
        [
            about.text("pack", self.pack.title()).to_string(),
            self.pack.say("welcome-kept"),
        ]
    }

    /// How the answers are used, a paragraph each.
    #[must_use]
    pub fn how_used(&self) -> Vec<String> {
        let saved = self.pack.phrase("welcome-how-saved");
        let rest = [
            "welcome-how-counted",
            "welcome-how-seen",
            "welcome-how-deleted",
        ];
        let rest = rest.map(|id| self.pack.say(id));
        let saved = saved.text("folder", &self.saved_in).to_string();
        std::iter::once(saved).chain(rest).collect()
    }

    /// The head of the screen: title and what the quiz is.
    pub(crate) fn head(&self, page: &mut TextPage) {
        page.heading(&self.pack.say("welcome-title"));
        for paragraph in self.about() {
            page.prose(0, &paragraph);
            page.gap();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EarlierQuiz, QuizLength, Welcome, WelcomeChoice};
    use rolescope_core::{Pack, SourceFile};

    fn pack() -> Pack {
        Pack::parse(&SourceFile::example()).expect("it is valid")
    }

    fn welcome(pack: &Pack) -> Welcome<'_> {
        Welcome {
            pack,
            roles: 5,
            full: Some(QuizLength {
                questions: 88,
                minutes: 17.7,
            }),
            quick: QuizLength {
                questions: 50,
                minutes: 9.2,
            },
            unfinished: None,
            finished: None,
            saved_in: "a folder".to_owned(),
        }
    }

    #[test]
    fn someone_new_begins_the_full_quiz_with_the_first_choice() {
        let pack = pack();
        let choices = welcome(&pack).choices();
        assert_eq!(choices[0].0, "Full quiz: 88 questions, about 18 minutes");
        assert_eq!(choices[0].1, WelcomeChoice::Full);
        assert_eq!(
            choices[1].0,
            "Quick quiz: at most 50 questions, about 9 minutes"
        );
        assert_eq!(choices.last().expect("some").1, WelcomeChoice::Leave);
    }

    #[test]
    fn someone_who_comes_back_is_offered_what_there_is() {
        let quiz = |answered| EarlierQuiz {
            day: "27 November 2026".to_owned(),
            answered,
        };
        let pack = pack();
        let all = Welcome {
            unfinished: Some(quiz(31)),
            finished: Some(quiz(88)),
            ..welcome(&pack)
        };
        let choices = all.choices();
        assert_eq!(
            choices[0].0,
            "Go on with the quiz of 27 November 2026: 31 of 88 answered"
        );
        assert_eq!(
            choices[2].0,
            "See the result of the quiz of 27 November 2026"
        );
        assert_eq!(
            choices[4].0,
            "New full quiz: 88 questions, about 18 minutes"
        );
    }
}
