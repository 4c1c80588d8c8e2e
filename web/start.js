// The first screen: what this is, how long it takes, what happens to the answers, and the ways to begin.

import { button, element, phrase, show, template } from "./dom.js";

/** Shows it; `app` begins, goes on with or forgets a quiz. */
export function showStart(app) {
  const { pack, options } = app;
  const kept = app.store.load();
  const answered = kept ? Object.keys(kept.answers).length : 0;
  const name = element("input", { id: "quiz-name", maxlength: 60, autocomplete: "off", spellcheck: "false" });
  const main = { class: "main" };
  const begin = (quick, text) =>
    button(kept ? phrase("web-new", { way: text }) : text, () => app.begin(name.value, quick), !kept && quick === options.quick ? main : {});
  show([
    element("main", {}, [
      element("h1", {}, options.title),
      template("quiz-about"),
      app.noteOfStorage(),
      element("label", { for: "quiz-name" }, phrase("web-nickname")),
      name,
      element("div", { class: "ways" }, [
        kept && !kept.finished ? button(phrase("web-continue", { count: answered }), app.goOn, main) : null,
        kept?.finished ? button(phrase(options.collect ? "web-answers" : "web-result"), app.finish, main) : null,
        kept?.finished ? button(phrase("web-change"), app.review) : null,
        options.quick ? null : begin(false, pack.full.label),
        begin(true, pack.quick.label),
        kept ? button(phrase("web-forget"), app.forget, { class: "quiet" }) : null,
      ]),
      template("quiz-used"),
    ]),
  ]);
}
