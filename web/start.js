// The first screen: what this is, how long it takes, what happens to the answers, and the ways to begin.

import { button, element, show, template } from "./dom.js";

/** Shows it; `app` begins, goes on with or forgets a quiz. */
export function showStart(app) {
  const { pack, options } = app;
  const kept = app.store.load();
  const answered = kept ? Object.keys(kept.answers).length : 0;
  const name = element("input", { id: "quiz-name", maxlength: 60, autocomplete: "off", spellcheck: "false" });
  const about = ({ questions, minutes }) => `${questions} questions, about ${Math.max(1, Math.round(minutes))} minutes`;
  const main = { class: "main" };
  const begin = (quick, text) =>
    button(`${kept ? "New: " : ""}${text}`, () => app.begin(name.value, quick), !kept && quick === options.quick ? main : {});
  show([
    element("main", {}, [
      element("h1", {}, options.title),
      template("quiz-about", pack),
      app.noteOfStorage(),
      element("label", { for: "quiz-name" }, "A nickname for your result, if you want one"),
      name,
      element("div", { class: "ways" }, [
        kept && !kept.finished ? button(`Go on: ${answered} answered`, app.goOn, main) : null,
        kept?.finished ? button(options.collect ? "Your answers" : "See your result", app.finish, main) : null,
        kept?.finished ? button("Change answers", app.review) : null,
        options.quick ? null : begin(false, `Full quiz: ${about(pack.full)}`),
        begin(true, `Quick quiz: at most ${about(pack.quick)}`),
        kept ? button("Forget my answers", app.forget, { class: "quiet" }) : null,
      ]),
      template("quiz-used"),
    ]),
  ]);
}
