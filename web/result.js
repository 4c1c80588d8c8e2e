// The end: the result as pages that the core writes, or the answers alone where they are collected.

import { button, element, say, show } from "./dom.js";

/** Offers a text as a file to save. */
function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  say(`Saved as ${name}.`);
}

/** A name for a file: letters, digits and hyphens of what the person is called. */
const fileName = (id) => id.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "") || "answers";

export const saveAnswers = (app) =>
  download(`${fileName(app.quiz.id)}.toml`, "application/toml", app.ask({ op: "file", ...app.person() }));

/** Copies the answer code, and shows it so that it can be copied where the browser lets no page do so. */
async function copyCode(app, place) {
  const code = app.ask({ op: "code", ...app.person() });
  place.replaceChildren(
    element("label", { for: "quiz-code" }, "Your answers as a code, to send in a message"),
    element("textarea", { id: "quiz-code", readonly: true, rows: 4 }, [code]),
  );
  place.querySelector("textarea").select();
  try {
    await navigator.clipboard.writeText(code);
    say("The code is copied.");
  } catch {
    say("The code is shown, to be copied.");
  }
}

/** What can be done with the answers of a quiz that ended. */
function actions(app, more) {
  const place = element("div");
  return element("footer", { class: "quiz" }, [
    element("nav", { "aria-label": "Your answers" }, [
      ...more,
      button("Save my answers", () => saveAnswers(app)),
      app.pack.codes ? button("Copy answer code", () => copyCode(app, place)) : null,
      button("Change answers", app.review),
      app.quiz.quick && !app.options.quick ? button("Go on with the full quiz", app.goOnFull) : null,
      button("Forget my answers", app.forget, { class: "quiet" }),
    ]),
    place,
  ]);
}

/** The end where answers are collected: no result is shown. */
export function showCollected(app) {
  const main = element("main", {}, [
    element("h1", {}, "Your answers are ready"),
    element("p", {}, "Save them, or copy them as a code, and give them to whoever asked you for them: you go through the result together."),
  ]);
  show([main, actions(app, [])]);
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

/** Shows a view of the result: the page, or one of the core's views. */
export function showResult(app, view = "page") {
  const { leading, all } = JSON.parse(app.ask({ op: "roles", ...app.person() }));
  const html = view === "page" || view === "roles" || view === "puzzles"
    ? app.ask({ op: "page", ...app.person() })
    : app.ask({ op: "view", person: app.person(), view });
  const main = content(html);
  if (view === "roles") listRoles(app, main, all);
  if (view === "puzzles") explainPuzzles(app, main);
  const name = (at) => all.find((role) => role.at === at).name;
  const to = (label, wanted) =>
    button(label, () => showResult(app, wanted), { "aria-current": JSON.stringify(wanted) === JSON.stringify(view) ? "page" : null });
  const puzzles = app.pack.questions.some((q) => q.kind === "choice" && app.quiz.answers[q.id] !== undefined);
  const views = element("nav", { class: "quiz", "aria-label": "Views of the result" }, [
    to("Result", "page"),
    ...leading.map((at) => to(name(at), { role: at })),
    to("Why these", "why"),
    leading.length > 1 ? to("Compare", { compare: [leading[0], leading[1]] }) : null,
    to("About you", "profile"),
    to("Map", "map"),
    to("All jobs", "roles"),
    puzzles ? to("Puzzles", "puzzles") : null,
  ]);
  const bar = [
    button("Print", () => print()),
    button("Save this result", () => download("my-result.html", "text/html", app.ask({ op: "page", ...app.person() }))),
  ];
  show([app.noteOfStorage(), views, main, actions(app, bar)]);
}

/** All roles, those that fit best first: one opens, two are compared. */
function listRoles(app, main, all) {
  const other = element("select", { id: "quiz-other" }, all.map(({ at, name }) => element("option", { value: at }, [name])));
  const row = ({ at, name, line }) =>
    element("li", {}, [
      button(line.trim().replace(/\s+/g, " "), () => showResult(app, { role: at })),
      button("Compare", () => showResult(app, { compare: [at, Number(other.value)] }), { "aria-label": `Compare ${name}` }),
    ]);
  main.replaceChildren(
    element("h1", {}, "All jobs, those that fit you best first"),
    element("p", {}, [element("label", { for: "quiz-other" }, "Compare with "), other]),
    element("ol", { class: "quiz roles" }, all.map(row)),
  );
}

/** What was right in the puzzles, and why; from then on they are asked no more. */
function explainPuzzles(app, main) {
  app.quiz.explained = true;
  app.keep();
  const answered = app.pack.questions.filter((q) => q.kind === "choice" && app.quiz.answers[q.id] !== undefined);
  const option = (q, written) => q.options[q.answers.indexOf(written)] ?? "I don’t know";
  const one = (q) => {
    const given = app.quiz.answers[q.id];
    return element("section", {}, [
      element("h2", {}, q.text),
      q.figure ? element("pre", { tabindex: 0, "aria-label": "Drawing" }, [q.figure]) : null,
      element("p", {}, given === q.right ? `Your answer is right: ${option(q, q.right)}` : `You said: ${option(q, given)}. Right is: ${option(q, q.right)}`),
      element("p", {}, q.because),
    ]);
  };
  main.replaceChildren(element("h1", {}, "The puzzles: what was right, and why"), ...answered.map(one));
}
