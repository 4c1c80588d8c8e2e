// The first screen: what this is, how long it takes, what happens to the answers, and the ways to begin.

import { button, element, show } from "./dom.js";

const about = (length) => `about ${Math.max(1, Math.round(length.minutes))} minutes`;

/** Shows it; `app` begins, goes on with or forgets a quiz. */
export function showStart(app) {
  const { pack, options, store } = app;
  const kept = store.load();
  const answered = kept ? Object.keys(kept.answers).length : 0;
  const name = element("input", { id: "quiz-name", maxlength: 60, autocomplete: "off", spellcheck: "false" });
  const begin = (quick) => () => app.begin(name.value, quick);
  const again = kept ? "New " : "";
  const label = (text) => again + (again ? text : text[0].toUpperCase() + text.slice(1));
  const full = `full quiz: ${pack.full.questions} questions, ${about(pack.full)}`;
  const quick = `quick quiz: at most ${pack.quick.questions} questions, ${about(pack.quick)}`;
  const ways = [
    kept && !kept.finished
      ? button(`Go on: ${answered} ${answered === 1 ? "question" : "questions"} answered`, app.goOn, { class: "main" })
      : null,
    kept?.finished ? button(options.collect ? "See your answers" : "See your result", app.finish, { class: "main" }) : null,
    kept?.finished ? button("Change answers", app.review) : null,
    options.quick ? null : button(label(full), begin(false), kept ? {} : { class: "main" }),
    button(label(quick), begin(true), kept || !options.quick ? {} : { class: "main" }),
    kept ? button("Forget my answers", app.forget, { class: "quiet" }) : null,
  ];
  show([
    element("main", {}, [
      element("h1", {}, options.title),
      element(
        "p",
        {},
        `This quiz compares what you like, how you want to work and what you find easy with ${pack.roles} roles ` +
          `(${pack.name}). ` +
          (options.collect
            ? "At the end you save your answers for whoever goes through them with you."
            : "At the end it shows which of them fit you best, and why."),
      ),
      element("p", {}, "Your answers stay on this device: nothing is sent anywhere. You may skip any question, and stop at any time."),
      app.noteOfStorage(),
      element("p", {}, [
        element("label", { for: "quiz-name" }, "A nickname for your result, if you want one"),
        name,
      ]),
      element("div", { class: "ways" }, ways),
      element("details", {}, [
        element("summary", {}, "How your answers are used"),
        element("p", {}, "This page adds your answers up by topic, and compares them with what each role asks for. It needs no network and asks for nothing from anywhere."),
        element("p", {}, "A puzzle counts only towards roles that ask for that skill more than most do. What you say about conditions of work, such as night shifts, changes no match: it puts a mark on the roles where you would meet them."),
        element("p", {}, "Each answer is kept in this browser until you choose “Forget my answers”. Whoever uses this browser after you can see them until then."),
      ]),
    ]),
  ]);
}
