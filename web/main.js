// The quiz as a whole: what is asked next, what an answer does, and what is kept.

import { button, element, listenToKeys, show, template } from "./dom.js";
import { carried, startCarried } from "./engine.js";
import { showOffer, showPractice, showQuestion, showReview } from "./question.js";
import { saveAnswers, showCollected, showResult } from "./result.js";
import { showStart } from "./start.js";
import { Store, moment, newQuiz } from "./store.js";

/** A quiz on a device: the core, the pack and the answers. Its functions are what screens call. */
function makeApp(ask, pack, options) {
  const store = new Store(pack.fingerprint);
  const practised = new Set();
  let shown = [];
  let at = 0;
  let asked = 0; // when the question was shown
  let single = null; // the question that is changed alone

  const app = { ask, pack, options, store, quiz: null };

  app.keep = () => {
    store.works = store.save(app.quiz);
  };
  app.person = () => {
    const { id, answers, started, finished, times } = app.quiz;
    return { id, answers, started, finished, times };
  };
  app.noteOfStorage = () =>
    store.works
      ? null
      : element("p", { class: "note" }, [
          "This browser keeps nothing here: your answers are gone when the page is closed. ",
          app.quiz ? button("Save my answers", () => saveAnswers(app)) : null,
        ]);

  /** Begins or goes on with the quiz that is kept. */
  const run = (quick) => {
    app.quiz.quick = quick;
    ({ shown } = JSON.parse(ask({ op: "begin", answers: app.quiz.answers, quick })));
    at = shown.length;
    single = null;
    step();
  };

  /** Shows what is due at this place. */
  const step = () => {
    const { answers, times, offered, leave_out } = app.quiz;
    const place = JSON.parse(ask({ op: "ask", shown, at, answers, times, offered, leave_out }));
    if (place.settled) return showOffer(app, place.settled);
    shown = place.shown;
    if (place.end) return place.open.length ? app.review() : app.finish();
    at = place.at;
    const { section } = pack.questions[place.question];
    const go = () => {
      showQuestion(app, place);
      asked = performance.now();
    };
    if (!place.practise || practised.has(section)) return go();
    practised.add(section);
    showPractice(pack.sections[section], go);
  };

  /** Whether a puzzle was explained: then its answer stays as it is. */
  const closed = (place) =>
    app.quiz.explained &&
    pack.questions.some(({ id, kind }) => id === shown[place] && kind === "choice" && app.quiz.answers[id] !== undefined);

  const onward = () => {
    if (single !== null) return app.review();
    do at += 1;
    while (closed(at));
    step();
  };

  app.begin = (name, quick) => {
    if (store.load() && !confirm("Begin anew? The answers that are kept here are forgotten.")) return;
    // what a file of answers may not hold
    app.quiz = newQuiz(name.replace(/[\p{C}]/gu, "").trim(), quick);
    app.keep();
    run(quick);
  };
  app.goOn = () => {
    app.quiz ??= store.load();
    run(app.quiz.quick);
  };
  app.goOnFull = () => {
    app.quiz.finished = null;
    run(false);
  };
  app.answer = (written) => {
    const id = shown[at];
    app.quiz.times.push([id, Math.round((performance.now() - asked) / 10) / 100]);
    app.quiz.answers[id] = written;
    app.keep();
    onward();
  };
  app.skip = onward;
  app.back = () => {
    if (single !== null) return app.review();
    let before = at - 1;
    while (closed(before)) before -= 1;
    at = before < 0 ? at : before;
    step();
  };
  app.decide = (leaveOut) => {
    app.quiz.offered = true;
    app.quiz.leave_out = leaveOut;
    app.keep();
    step();
  };
  app.review = () => {
    app.quiz ??= store.load();
    single = null;
    const seen = new Set(shown);
    const asks = pack.questions.filter(({ id }) => seen.has(id) || app.quiz.answers[id] !== undefined);
    const open = ({ id, kind }) => !app.quiz.explained || kind !== "choice" || app.quiz.answers[id] === undefined;
    showReview(app, asks.filter(open));
  };
  app.change = (question) => {
    if (!shown.length) ({ shown } = JSON.parse(ask({ op: "begin", answers: app.quiz.answers, quick: app.quiz.quick })));
    if (!shown.includes(question.id)) shown.push(question.id);
    at = shown.indexOf(question.id);
    single = at;
    step();
  };
  app.finish = () => {
    app.quiz ??= store.load();
    app.quiz.finished ??= moment(new Date());
    app.keep();
    if (options.collect) showCollected(app);
    else showResult(app);
  };
  app.forget = () => {
    if (!confirm("Forget your answers? They cannot be had back.")) return;
    app.quiz = null;
    store.save(null);
    shown = [];
    document.getElementById("quiz-page-style").textContent = "";
    showStart(app);
  };
  return app;
}

/** Opens the quiz, or says what the browser lacks. */
async function main() {
  listenToKeys();
  try {
    const [ask, { setup, options }] = await Promise.all([startCarried(), carried()]);
    const pack = JSON.parse(ask({ op: "open", ...setup }));
    document.body.classList.toggle("collecting", options.collect);
    showStart(makeApp(ask, pack, options));
  } catch (error) {
    show([element("main", {}, [template("quiz-failed"), element("pre", {}, [String(error)])])]);
  }
}

main();
