// One question a screen, a puzzle to practise on, and the offer to leave out what can change nothing.

import { button, element, show } from "./dom.js";

/** A drawing made of characters, as wide as the screen lets it be. */
function drawing(figure) {
  if (!figure) return null;
  const columns = Math.max(...figure.split("\n").map((line) => line.length));
  const made = element("pre", { tabindex: 0, "aria-label": "Drawing" }, [figure]);
  made.style.setProperty("--columns", columns);
  return made;
}

/** A button an answer: what it says, what it is written as, and the key that gives it. */
function answerButton([label, written, key], chosen, give) {
  const pressed = chosen === undefined ? null : String(chosen === written);
  const inside = [element("kbd", { "aria-hidden": "true" }, [key]), element("span", {}, label)];
  return button(inside, () => give(written), { "aria-pressed": pressed });
}

/** The answers that a question can have. */
export function choices(pack, question) {
  if (question.kind !== "choice") {
    const labels = pack.sections[question.section].labels;
    return question.answers.map((written, at) => [labels[at], Number(written), written]);
  }
  const all = question.options.map((text, at) => [text, question.answers[at], String(at + 1)]);
  return [...all, ["I don’t know", question.unsure, "?"]];
}

const byKeys = (all, give) => Object.fromEntries(all.map(([, written, key]) => [key, () => give(written)]));

/** Shows the question at a place; `app` takes the answer or goes elsewhere. */
export function showQuestion(app, place) {
  const { pack, quiz } = app;
  const question = pack.questions[place.question];
  const section = pack.sections[question.section];
  const all = choices(pack, question);
  const chosen = quiz.answers[question.id];
  const minutes = Math.max(1, Math.round(place.minutes));
  const many = `Question ${place.number} of ${place.at_most ? "at most " : ""}${place.of}`;
  const left = `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
  const part = place.part && `${place.part.questions} of these now, then ${place.part.left - place.part.questions} more.`;
  const first = place.opens || place.part;
  show(
    [
      element("header", {}, [
        element("progress", { max: place.of, value: place.number - 1, "aria-label": "Progress" }),
        element("p", { id: "quiz-count" }, `${many}, ${left}`),
      ]),
      element("main", {}, [
        element("p", { class: "section" }, [
          element("strong", {}, section.title),
          first ? element("span", {}, ` ${section.instructions} ${part ?? ""}`) : null,
        ]),
        element("h1", { id: "quiz-question", "aria-describedby": "quiz-count" }, question.text),
        drawing(question.figure),
        element(
          "div",
          { class: "answers", role: "group", "aria-labelledby": "quiz-question" },
          all.map((one) => answerButton(one, chosen, app.answer)),
        ),
        app.noteOfStorage(),
        element("nav", { "aria-label": "Steps" }, [
          place.at > 0 ? button("Back", app.back) : null,
          button(chosen === undefined ? "Skip" : "Keep", app.skip),
          button("Review answers", app.review),
        ]),
      ]),
    ],
    { ...byKeys(all, app.answer), Backspace: app.back, s: app.skip, r: app.review },
  );
}

/** Shows a puzzle to practise on, then whether the answer was right, and why. */
export function showPractice(pack, number, done) {
  const section = pack.sections[number];
  const { text, figure, options, right, because } = section.practice;
  const all = options.map((option, at) => [option, at + 1, String(at + 1)]);
  const picture = (heading, rest, keys) =>
    show(
      [
        element("main", {}, [
          element("p", { class: "section" }, [
            element("strong", {}, section.title),
            element("span", {}, ` ${section.instructions} First one to practise on; it does not count.`),
          ]),
          element("h1", { id: "quiz-question" }, heading),
          ...rest,
        ]),
      ],
      keys,
    );
  const solved = (written) => {
    const said = written === right ? "That is right." : `The right answer is: ${options[right - 1]}`;
    const go = button("Go on", done, { class: "main" });
    picture(said, [element("p", {}, because), element("nav", {}, [go])], { Enter: done });
  };
  const answers = element(
    "div",
    { class: "answers", role: "group", "aria-labelledby": "quiz-question" },
    all.map((one) => answerButton(one, undefined, solved)),
  );
  const skip = element("nav", { "aria-label": "Steps" }, [button("Skip", done)]);
  picture(text, [drawing(figure), answers, skip], { ...byKeys(all, solved), s: done });
}

/** Offers to leave out questions that can change nothing in what fits best. */
export function showOffer(app, { scored, others }) {
  const more = others ? ` The ${others} about conditions of work are asked in any case.` : "";
  show([
    element("main", {}, [
      element("h1", {}, `The other ${scored} questions about you can change nothing`),
      element("p", {}, `Whatever you answer to them, the same roles fit you best, in the same order.${more}`),
      element("div", { class: "ways" }, [
        button("Leave them out", () => app.decide(true), { class: "main" }),
        button("Ask them all the same", () => app.decide(false)),
      ]),
    ]),
  ]);
}

/** Shows all answers, to change any or to end. */
export function showReview(app, shown) {
  const { pack, quiz } = app;
  const open = shown.filter((question) => quiz.answers[question.id] === undefined);
  const row = (question) => {
    const found = choices(pack, question).find(([, written]) => written === quiz.answers[question.id]);
    return element("li", {}, [
      button([element("span", {}, question.text), element("b", {}, found ? found[0] : "no answer yet")], () =>
        app.change(question),
      ),
    ]);
  };
  const many = open.length === 1 ? "1 question has no answer." : `${open.length} questions have no answer.`;
  show(
    [
      element("main", {}, [
        element("h1", {}, "Your answers"),
        element("p", {}, `${open.length ? many : "Every question that was shown has an answer."} Choose one to change its answer.`),
        element("div", { class: "ways" }, [
          button("Go on", app.goOn, { class: "main" }),
          button(app.options.collect ? "Finish" : "See the result with these answers", app.finish),
        ]),
        element("ol", { class: "review" }, shown.map(row)),
      ]),
    ],
    { Backspace: app.goOn },
  );
}
