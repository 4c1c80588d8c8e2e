// One question a screen, a puzzle to practise on, and the offer to leave out what can change nothing.

import { button, element, show, words } from "./dom.js";

/** A drawing made of characters, as wide as the screen lets it be. */
export function drawing(figure) {
  if (!figure) return null;
  const columns = Math.max(...figure.split("\n").map((line) => line.length));
  return element("pre", { tabindex: 0, role: "group", "aria-label": "Drawing", style: `--columns: ${columns}` }, [figure]);
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

/** A screen that asks something: `all` are its answers with what they are written as and their keys. */
function showAsked({ head, section, intro, text, figure, all, chosen, rest, keys }, give) {
  const answer = ([label, written, key]) =>
    button([element("kbd", { "aria-hidden": "true" }, [key]), element("span", {}, label)], () => give(written), {
      "aria-pressed": chosen === undefined ? null : String(chosen === written),
    });
  const byKeys = all.map(([, written, key]) => [key, () => give(written)]);
  const answers = element("div", { class: "answers", role: "group", "aria-labelledby": "quiz-question" }, all.map(answer));
  show(
    [
      head,
      element("main", {}, [
        element("p", { class: "section" }, [element("strong", {}, section.title), ...words(` ${intro}`)]),
        element("h1", { id: "quiz-question", "aria-describedby": head ? "quiz-count" : null }, text),
        drawing(figure),
        all.length ? answers : null,
        ...rest,
      ]),
    ],
    { ...Object.fromEntries(byKeys), ...keys },
  );
}

/** Shows the question at a place; `app` takes the answer or goes elsewhere. */
export function showQuestion(app, place) {
  const { pack, quiz } = app;
  const question = pack.questions[place.question];
  const section = pack.sections[question.section];
  const chosen = quiz.answers[question.id];
  const minutes = Math.round(place.minutes);
  const left = minutes > 1 ? `about ${minutes} minutes left` : "about a minute left";
  const count = `Question ${place.number} of ${place.at_most ? "at most " : ""}${place.of}, ${left}`;
  const part = place.part && `${place.part.questions} of these now, then ${place.part.left - place.part.questions} more.`;
  const head = element("header", {}, [
    element("progress", { max: place.of, value: place.number - 1, "aria-label": "Progress" }),
    element("p", { id: "quiz-count" }, count),
  ]);
  const steps = element("nav", { "aria-label": "Steps" }, [
    place.at > 0 ? button("Back", app.back) : null,
    button(chosen === undefined ? "Skip" : "Keep", app.skip),
    button("Review answers", app.review),
  ]);
  const asked = {
    ...{ head, section, chosen, text: question.text, figure: question.figure, all: choices(pack, question) },
    intro: place.opens || part ? `${section.instructions} ${part ?? ""}` : "",
    rest: [app.noteOfStorage(), steps],
    keys: { Backspace: app.back, s: app.skip, r: app.review },
  };
  showAsked(asked, app.answer);
}

/** Shows a puzzle to practise on, then whether the answer was right, and why. */
export function showPractice(section, done) {
  const { text, figure, options, right, because } = section.practice;
  const next = (label, main) => element("nav", { "aria-label": "Steps" }, [button(label, done, { class: main })]);
  const all = options.map((option, at) => [option, at + 1, String(at + 1)]);
  const intro = `${section.instructions} The first is to practise on; it does not count.`;
  showAsked({ section, intro, text, figure, all, rest: [next("Skip")], keys: { s: done } }, (written) => {
    const said = written === right ? "That is right." : `The right answer is: ${options[right - 1]}`;
    const why = [element("p", {}, because), next("Go on", "main")];
    showAsked({ section, intro: "", text: said, all: [], rest: why, keys: { Enter: done } });
  });
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
