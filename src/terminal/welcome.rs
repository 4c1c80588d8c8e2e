//! What stands before the first question: what the quiz is, how long it takes, and the ways to begin.

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
pub struct Welcome {
    /// Name of the pack.
    pub pack: String,
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

impl Welcome {
    /// What can be chosen, what is likeliest first.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, WelcomeChoice)> {
        let mut all = Vec::new();
        let new = if self.unfinished.is_some() || self.finished.is_some() {
            "New "
        } else {
            ""
        };
        if let Some(quiz) = &self.unfinished {
            let EarlierQuiz { day, answered } = quiz;
            let of = self.full.unwrap_or(self.quick).questions;
            let at_most = if self.full.is_some() { "" } else { "at most " };
            let text =
                format!("Go on with the quiz of {day}: {answered} of {at_most}{of} answered");
            let choice = match self.full {
                Some(_) => WelcomeChoice::Continue,
                None => WelcomeChoice::ContinueQuick,
            };
            all.push((text, choice));
            if self.full.is_some() && *answered < self.quick.questions {
                let text = "Go on with it the quick way, with fewer questions".to_owned();
                all.push((text, WelcomeChoice::ContinueQuick));
            }
        }
        if let Some(EarlierQuiz { day, .. }) = &self.finished {
            let text = format!("See the result of the quiz of {day}");
            all.push((text, WelcomeChoice::Result));
            all.push((
                "Change answers of that quiz".to_owned(),
                WelcomeChoice::Change,
            ));
        }
        let about = |length: QuizLength| format!("about {:.0} minutes", length.minutes.max(1.0));
        if let Some(full) = self.full {
            let (n, time) = (full.questions, about(full));
            let text = capital(&format!("{new}full quiz: {n} questions, {time}"));
            all.push((text, WelcomeChoice::Full));
        }
        let (n, time) = (self.quick.questions, about(self.quick));
        let text = capital(&format!("{new}quick quiz: at most {n} questions, {time}"));
        all.push((text, WelcomeChoice::Quick));
        all.push((
            "How your answers are used".to_owned(),
            WelcomeChoice::HowUsed,
        ));
        all.push(("Leave".to_owned(), WelcomeChoice::Leave));
        all
    }

    /// What the quiz is, in two sentences, and what happens to the answers.
    #[must_use]
    pub fn about(&self) -> [String; 2] {
        [
            format!(
                "This quiz compares what you like, how you want to work and what you find easy with {} roles \
                 ({}). At the end it shows which of them fit you best, and why.",
                self.roles, self.pack
            ),
            "Your answers stay on this computer. You can stop at any time: every answer is saved at once, and \
             you can go on another day."
                .to_owned(),
        ]
    }

    /// How the answers are used, a paragraph each.
    #[must_use]
    pub fn how_used(&self) -> Vec<String> {
        vec![
            format!(
                "Each answer is saved at once, in {}, on this computer. Nothing is sent anywhere.",
                self.saved_in
            ),
            "The program adds your answers up by topic, and compares them with what each role asks for. A puzzle \
             counts only towards roles that ask for that skill more than most do. What you say about conditions \
             of work, such as night shifts, changes no match: it puts a mark on the roles where you would meet \
             them."
                .to_owned(),
            "The result is for you. It shows which of your answers speak for a role and which against it. Nobody \
             else sees it unless you show it to them."
                .to_owned(),
            "You may skip any question. To delete your answers, delete the file.".to_owned(),
        ]
    }

    /// The head of the screen: title and what the quiz is.
    pub(crate) fn head(&self, page: &mut TextPage) {
        page.heading("Which roles fit you?");
        for paragraph in self.about() {
            page.prose(0, &paragraph);
            page.gap();
        }
    }
}

/// A text with its first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{EarlierQuiz, QuizLength, Welcome, WelcomeChoice};

    fn welcome() -> Welcome {
        Welcome {
            pack: "Crafts".to_owned(),
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
        let choices = welcome().choices();
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
        let all = Welcome {
            unfinished: Some(quiz(31)),
            finished: Some(quiz(88)),
            ..welcome()
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
