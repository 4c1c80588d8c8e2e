// The quiz as a whole: what is asked next, what an answer does, and what is kept.

import { button, element, listenToKeys, phrase, say, show, speak, template } from "./dom.js";
import { carried, startCarried } from "./engine.js";
import { showOffer, showPractice, showQuestion, showReview } from "./question.js";
import { saveAnswers, showCollected, showResult } from "./result.js";
import { showStart } from "./start.js";
import { Store, moment, newQuiz } from "./store.js";

/** A quiz on a device: the pack, the answers, and the core, which starts while the first screen is read. Its
 * functions are what screens call; `first` has the first question of the full and of the quick quiz. */
function makeApp({ pack, options, first }, starting) {
  const store = new Store(pack.fingerprint);
  const practised = new Set();
  let ask = null;
  let waiting = false;
  let begin = null; // the request that begins the quiz, until the core has had it
  let shown = null;
  let at = 0;
  let asked = 0; // when the question was shown
  let single = null; // the question that is changed alone

  const app = { pack, options, store, quiz: null, ask: (request) => ask(request) };

  /** A function that waits for the core; of several that do so, the first is called. */
  const withCore = (act) => (...given) => {
    if (ask) return act(...given);
    if (waiting) return;
    waiting = true;
    say(phrase("web-moment"));
    starting.then(() => act(...given));
  };
  starting.then((core) => (ask = core));

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
          `${phrase("web-keeps-nothing")} `,
          app.quiz ? button(phrase("web-save-answers"), withCore(() => saveAnswers(app))) : null,
        ]);

  /** The core is to begin with the quiz that is kept. */
  const beginAnew = (quick) => {
    begin = { op: "begin", answers: { ...app.quiz.answers }, quick };
    shown = null;
  };

  /** Tells the core to begin, where that is due. */
  const begun = () => {
    if (!begin) return;
    const start = JSON.parse(ask(begin)).shown;
    begin = null;
    if (shown) return;
    shown = start;
    at = start.length;
  };

  /** Begins or goes on with the quiz that is kept. */
  const run = (quick) => {
    app.quiz.quick = quick;
    single = null;
    beginAnew(quick);
    if (Object.keys(app.quiz.answers).length) step();
    else showPlace(quick ? first.quick : first.full);
  };

  /** Shows what is due at this place. */
  const step = withCore(() => {
    begun();
    const { answers, times, offered, leave_out } = app.quiz;
    const place = JSON.parse(ask({ op: "ask", shown, at, answers, times, offered, leave_out }));
    if (place.settled) return showOffer(app, place.settled);
    showPlace(place);
  });

  /** Shows a question, after a puzzle to practise on where its section has one, or the end. */
  const showPlace = (place) => {
    shown = [...place.shown];
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

  const onward = withCore(() => {
    if (single !== null) return app.review();
    do at += 1;
    while (closed(at));
    step();
  });

  app.begin = (name, quick) => {
    if (store.load() && !confirm(phrase("web-begin-anew"))) return;
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
  app.back = withCore(() => {
    if (single !== null) return app.review();
    let before = at - 1;
    while (closed(before)) before -= 1;
    at = before < 0 ? at : before;
    step();
  });
  app.decide = (leaveOut) => {
    app.quiz.offered = true;
    app.quiz.leave_out = leaveOut;
    app.keep();
    step();
  };
  app.review = () => {
    app.quiz ??= store.load();
    single = null;
    const seen = new Set(shown ?? []);
    const asks = pack.questions.filter(({ id }) => seen.has(id) || app.quiz.answers[id] !== undefined);
    const open = ({ id, kind }) => !app.quiz.explained || kind !== "choice" || app.quiz.answers[id] === undefined;
    showReview(app, asks.filter(open));
  };
  app.change = withCore((question) => {
    if (!shown) beginAnew(app.quiz.quick);
    begun();
    if (!shown.includes(question.id)) shown.push(question.id);
    at = shown.indexOf(question.id);
    single = at;
    step();
  });
  app.finish = withCore(() => {
    app.quiz ??= store.load();
    app.quiz.finished ??= moment(new Date());
    app.keep();
    if (options.collect) showCollected(app);
    else showResult(app);
  });
  app.forget = () => {
    if (!confirm(phrase("web-forget-sure"))) return;
    app.quiz = null;
    store.save(null);
    shown = null;
    document.getElementById("quiz-page-style").textContent = "";
    showStart(app);
  };
  return app;
}

/** Opens the quiz, or says what the browser lacks. */
async function main() {
  const failed = (error) => show([element("main", {}, [template("quiz-failed"), element("pre", {}, [String(error)])])]);
  listenToKeys();
  try {
    const page = await carried();
    speak(page.pack.words);
    document.body.classList.toggle("collecting", page.options.collect);
    const starting = startCarried(page.setup);
    starting.catch(failed);
    showStart(makeApp(page, starting));
  } catch (error) {
    failed(error);
  }
}

main();
