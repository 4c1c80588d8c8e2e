// The end: the result as pages that the core writes, or the answers alone where they are collected.

import { button, element, phrase, say, show, template } from "./dom.js";
import { drawing } from "./question.js";

/** Offers a text as a file to save. */
function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  say(phrase("web-saved", { file: name }));
}

/** A name for a file: letters, digits and hyphens of what the person is called. */
const fileName = (id) => id.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "") || "answers";

export const saveAnswers = (app) =>
  download(`${fileName(app.quiz.id)}.toml`, "application/toml", app.ask({ op: "file", ...app.person() }));

/** Copies the answer code, and shows it so that it can be copied where the browser lets no page do so. */
async function copyCode(app, place) {
  const code = app.ask({ op: "code", ...app.person() });
  place.replaceChildren(
    element("label", { for: "quiz-code" }, phrase("web-code")),
    element("textarea", { id: "quiz-code", readonly: true, rows: 4 }, [code]),
  );
  place.querySelector("textarea").select();
  try {
    await navigator.clipboard.writeText(code);
    say(phrase("web-code-copied"));
  } catch {
    say(phrase("web-code-shown"));
  }
}

/** What can be done with the answers of a quiz that ended. */
function actions(app, more) {
  const place = element("div");
  return element("footer", { class: "quiz" }, [
    element("nav", { "aria-label": phrase("web-answers") }, [
      ...more,
      button(phrase("web-save-answers"), () => saveAnswers(app)),
      button(phrase("web-copy-code"), () => copyCode(app, place)),
      button(phrase("web-change"), app.review),
      app.quiz.quick && !app.options.quick ? button(phrase("web-full-on"), app.goOnFull) : null,
      button(phrase("web-forget"), app.forget, { class: "quiet" }),
    ]),
    place,
  ]);
}

/** The end where answers are collected: no result is shown. */
export function showCollected(app) {
  show([element("main", {}, [template("quiz-collected")]), actions(app, [])]);
}

/** The content of a page that the core wrote, and its style. Nothing in it acts: the policy of this page lets no
 * other script run, and the core writes none. Links open beside the quiz. */
function content(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.getElementById("quiz-page-style").textContent = page.querySelector("style").textContent;
  const main = document.adoptNode(page.querySelector("main"));
  for (const link of main.querySelectorAll("a[href^=http]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return main;
}

/** Shows a view of the result: the page, one of the core's views, or a list that is made here. */
export function showResult(app, view = "page") {
  const person = app.person();
  const { leading, all } = JSON.parse(app.ask({ op: "roles", ...person }));
  const page = () => app.ask({ op: "page", ...person });
  const ours = { roles: (main) => listRoles(app, main, all), puzzles: (main) => explainPuzzles(app, main) }[view];
  const main = content(view === "page" || ours ? page() : app.ask({ op: "view", person, view }));
  ours?.(main);
  const now = JSON.stringify(view);
  const to = (label, wanted) =>
    button(label, () => showResult(app, wanted), { "aria-current": JSON.stringify(wanted) === now ? "page" : null });
  const views = element("nav", { class: "quiz views", "aria-label": phrase("web-views") }, [
    to(phrase("web-view-result"), "page"),
    to(phrase("web-view-why"), "why"),
    to(phrase("explore-about"), "profile"),
    to(phrase("web-view-map"), "map"),
    to(phrase("web-view-all"), "roles"),
    leading.length > 1 ? to(phrase("web-compare"), { compare: [leading[0], leading[1]] }) : null,
    puzzlesOf(app).length ? to(phrase("web-view-puzzles"), "puzzles") : null,
    button(phrase("web-save-or-print"), () => document.querySelector("footer.quiz button").focus()),
  ]);
  const save = () => download("my-result.html", "text/html", page());
  const bar = [button(phrase("web-print"), () => print()), button(phrase("web-save-result"), save)];
  show([app.noteOfStorage(), views, main, actions(app, bar)]);
}

/** The puzzles that have an answer. */
const puzzlesOf = ({ pack, quiz }) => pack.questions.filter((q) => q.kind === "choice" && quiz.answers[q.id] !== undefined);

/** All roles, those that fit best first: one opens, two are compared. */
function listRoles(app, main, all) {
  const other = element("select", { id: "quiz-other" }, all.map(({ at, name }) => element("option", { value: at }, [name])));
  const row = ({ at, name, line }) =>
    element("li", {}, [
      button(line.trim().replace(/\s+/g, " "), () => showResult(app, { role: at })),
      button(phrase("web-compare"), () => showResult(app, { compare: [at, Number(other.value)] }), {
        "aria-label": phrase("web-compare-job", { job: name }),
      }),
    ]);
  main.replaceChildren(
    element("h1", {}, phrase("explore-all")),
    element("p", {}, [element("label", { for: "quiz-other" }, `${phrase("web-compare-with")} `), other]),
    element("ol", { class: "quiz roles" }, all.map(row)),
  );
}

/** What was right in the puzzles, and why; from then on they are asked no more. */
function explainPuzzles(app, main) {
  app.quiz.explained = true;
  app.keep();
  const option = (q, written) => q.options[q.answers.indexOf(written)] ?? phrase("web-dont-know");
  const one = (q) => {
    const given = app.quiz.answers[q.id];
    const right = given === q.right ? phrase("web-right") : phrase("web-right-is", { option: option(q, q.right) });
    return element("section", {}, [
      element("h2", {}, q.text),
      drawing(q.figure),
      element("p", {}, `${phrase("web-said", { option: option(q, given) })} ${right}`),
      element("p", {}, q.because),
    ]);
  };
  main.replaceChildren(element("h1", {}, phrase("web-puzzles")), ...puzzlesOf(app).map(one));
}
