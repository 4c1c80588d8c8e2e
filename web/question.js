// One question a screen, a puzzle to practise on, and the offer to leave out what can change nothing.

import { button, element, phrase, show, words } from "./dom.js";

/** A drawing made of characters, as wide as the screen lets it be. */
export function drawing(figure) {
  if (!figure) return null;
  const columns = Math.max(...figure.split("\n").map((line) => line.length));
  return element("pre", { tabindex: 0, role: "group", "aria-label": phrase("web-drawing"), style: `--columns: ${columns}` }, [figure]);
}

/** The answers that a question can have. */
export function choices(pack, question) {
  if (question.kind !== "choice") {
    const labels = pack.sections[question.section].labels;
    return question.answers.map((written, at) => [labels[at], Number(written), written]);
  }
  const all = question.options.map((text, at) => [text, question.answers[at], String(at + 1)]);
  return [...all, [phrase("web-dont-know"), question.unsure, "?"]];
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
  const head = element("header", {}, [
    element("progress", { max: place.of, value: place.number - 1, "aria-label": phrase("web-progress") }),
    element("p", { id: "quiz-count" }, place.count),
  ]);
  const steps = element("nav", { "aria-label": phrase("web-steps") }, [
    place.at > 0 ? button(phrase("web-back"), app.back) : null,
    button(phrase(chosen === undefined ? "web-skip" : "web-keep"), app.skip),
    button(phrase("web-review"), app.review),
  ]);
  const asked = {
    ...{ head, section, chosen, text: question.text, figure: question.figure, all: choices(pack, question) },
    intro: place.opens || place.part ? `${section.instructions} ${place.part ?? ""}` : "",
    rest: [app.noteOfStorage(), steps],
    keys: { Backspace: app.back, s: app.skip, r: app.review },
  };
  showAsked(asked, app.answer);
}

/** Shows a puzzle to practise on, then whether the answer was right, and why. */
export function showPractice(section, done) {
  const { text, figure, options, right, because } = section.practice;
  const next = (label, main) => element("nav", { "aria-label": phrase("web-steps") }, [button(label, done, { class: main })]);
  const all = options.map((option, at) => [option, at + 1, String(at + 1)]);
  const intro = `${section.instructions} ${phrase("web-practice")}`;
  showAsked({ section, intro, text, figure, all, rest: [next(phrase("web-skip"))], keys: { s: done } }, (written) => {
    const said = written === right ? phrase("web-right") : phrase("web-practice-right", { option: options[right - 1] });
    const why = [element("p", {}, because), next(phrase("web-go-on"), "main")];
    showAsked({ section, intro: "", text: said, all: [], rest: why, keys: { Enter: done } });
  });
}

/** Offers to leave out questions that can change nothing in what fits best. */
export function showOffer(app, { title, text }) {
  show([
    element("main", {}, [
      element("h1", {}, title),
      element("p", {}, text),
      element("div", { class: "ways" }, [
        button(phrase("leave-yes"), () => app.decide(true), { class: "main" }),
        button(phrase("web-offer-ask"), () => app.decide(false)),
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
      button([element("span", {}, question.text), element("b", {}, found ? found[0] : phrase("web-no-answer"))], () =>
        app.change(question),
      ),
    ]);
  };
  const said = open.length ? phrase("web-review-open", { count: open.length }) : phrase("web-review-complete");
  show(
    [
      element("main", {}, [
        element("h1", {}, phrase("web-answers")),
        element("p", {}, `${said} ${phrase("web-review-choose")}`),
        element("div", { class: "ways" }, [
          button(phrase("web-go-on"), app.goOn, { class: "main" }),
          button(phrase(app.options.collect ? "web-finish" : "web-result-now"), app.finish),
        ]),
        element("ol", { class: "review" }, shown.map(row)),
      ]),
    ],
    { Backspace: app.goOn },
  );
}
