// Runs the engine that a page carries, with the modules of web/ that it carries, and holds what it says to
// the bytes of the program: node check.mjs PROGRAM PEOPLE
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const [program, people] = process.argv.slice(2);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
// read as modules, whatever their endings mean to this Node.js
const module = (name) => import(`data:text/javascript;base64,${readFileSync(path.join(root, "web", name)).toString("base64")}`);
const { start } = await module("engine.js");
const { moment } = await module("store.js");

const folder = mkdtempSync(path.join(tmpdir(), "rolescope-web-"));
const file = (name) => path.join(folder, name);
const run = (...words) => execFileSync(program, ["-q", ...words], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 30 });

/** Fails where two texts differ, and shows where they begin to. */
function same(found, right, what) {
  let at = 0;
  while (at < right.length && found[at] === right[at]) at += 1;
  const near = (text) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
  if (found !== right) throw new Error(`${what}: at ${at} the engine says ${near(found)}, the program ${near(right)}`);
}

/** The engine and the data of a page that the program writes with these options. */
async function open(...options) {
  const page = run("web", "-o", "-", ...options);
  const held = (id) => gunzipSync(Buffer.from(new RegExp(`id="${id}"[^>]*>([^<]*)`).exec(page)[1], "base64"));
  const ask = await start(held("quiz-engine"));
  const { setup, pack, first } = JSON.parse(held("quiz-pack"));
  // what the page shows before the engine has started is what the engine says
  assert.deepEqual(JSON.parse(ask({ op: "open", ...setup })), pack);
  for (const quick of [false, true]) {
    ask({ op: "begin", answers: {}, quick });
    const begin = { shown: [], at: 0, answers: {}, times: [], offered: false, leave_out: false };
    assert.deepEqual(JSON.parse(ask({ op: "ask", ...begin })), quick ? first.quick : first.full);
  }
  return { ask, setup, pack };
}

try {
  const compiled = new WebAssembly.Module(gunzipSync(readFileSync(path.join(root, "web/engine.wasm.gz"))));
  assert.deepEqual(WebAssembly.Module.imports(compiled), [], "the module needs nothing from outside");

  run("sample", "-n", "300", "--seed", "5", "-o", "many.csv");
  run("analyse", "many.csv", "--write-norms", "norms.toml", "--mixed", "yes", "-o", "analysis.txt");
  run("sample", "-n", people, "--seed", "11", "--blank", "0.15", "-f", "ndjson", "-o", "people.ndjson");
  const rows = readFileSync(file("people.ndjson"), "utf8").trimEnd().split("\n").map(JSON.parse);
  assert.equal(rows.length, Number(people));

  // records: of the built-in pack, of a family, with norms and another weight, of another pack
  const small = path.join(root, "tests/packs/small");
  const wholes = [[], ["--family", "imaging"], ["--norms", "norms.toml", "--aptitude-weight", "0.5"]];
  let compared = 0;
  for (const options of wholes) {
    const { ask } = await open(...options);
    const right = run("score", "people.ndjson", "-f", "ndjson", "--with-answers", ...options).trimEnd().split("\n");
    const mine = options.length ? rows.slice(0, 100) : rows;
    mine.forEach(({ id, answers }, at) => {
      const record = ask({ op: "record", id, answers, started: null, finished: null });
      same(record, `${right[at]}\n`, `the record of ${id} ${options.join(" ")}`);
      compared += 1;
    });
  }

  // pages and answer files: the quiz of the program saves the same bytes for the same answers
  const { ask, pack, setup } = await open();
  for (const { id, answers } of rows.slice(0, 5)) {
    const typed = pack.questions.map((question) => answers[question.id] ?? "skip");
    execFileSync(program, ["-q", "quiz", "--save", `${id}.toml`, "-o", "page.txt"], {
      cwd: folder,
      input: `${typed.join("\n")}\n`,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const saved = readFileSync(file(`${id}.toml`), "utf8");
    const stated = (key) => new RegExp(`^${key} = (.*)$`, "m").exec(saved)?.[1] ?? null;
    const person = { id, answers, started: stated("started"), finished: stated("finished") };
    assert.equal(execFileSync(program, ["-q", "score", "-", "-f", "csv"], { input: ask({ op: "code", ...person }), encoding: "utf8" }).split("\n").length, 3);
    same(ask({ op: "file", ...person }), saved, `${id}.toml`);
    const html = run("report", `${id}.toml`, "-f", "html", "--for", "student");
    same(ask({ op: "page", ...person }), html, `the page of ${id}`);
  }

  // a quiz that is called by its time
  const stamped = { id: "quiz-2026-03-02-091400", answers: rows[0].answers, started: "2026-03-02T09:14:00+13:00", finished: null };
  const times = pack.questions.filter((q) => q.kind === "rating").map(({ id }, at) => [id, 1 + (at % 7)]);
  writeFileSync(file("quiz.toml"), ask({ op: "file", ...stamped, times }));
  assert.match(readFileSync(file("quiz.toml"), "utf8"), /^pace = 4\.0$/m);
  same(ask({ op: "page", ...stamped, times }), run("report", "quiz.toml", "-f", "html", "--for", "student"), "a page with a pace");
  assert.match(moment(new Date(0)), /^19(69|70)-\d\d-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d$/);

  // every question of both quizzes is asked once, and the total that was said is kept to
  for (const quick of [false, true]) {
    const answers = {};
    let { shown } = JSON.parse(ask({ op: "begin", answers, quick }));
    for (;;) {
      const at = shown.length;
      const place = JSON.parse(ask({ op: "ask", shown, at, answers, times: [], offered: true, leave_out: false }));
      shown = place.shown;
      if (place.end) break;
      assert.equal(place.number, at + 1);
      assert.equal(place.of, quick ? pack.quick.questions : pack.full.questions);
      assert.ok(place.number <= place.of && place.at_most === quick);
      const id = shown[at];
      if (rows[1].answers[id] !== undefined) answers[id] = rows[1].answers[id];
    }
    assert.equal(new Set(shown).size, shown.length);
    if (!quick) assert.equal(shown.length, pack.full.questions);
  }

  // another pack, and what is wrong is said
  const other = await open("--pack", small);
  assert.equal(other.pack.roles, 5);
  assert.throws(() => ask({ op: "record", id: "x", answers: { nothing: 1 }, started: null, finished: null }), /no question/);
  const broken = await start(gunzipSync(readFileSync(path.join(root, "web/engine.wasm.gz"))));
  const torn = { ...setup, files: setup.files.map(([name, text]) => [name, name.endsWith("traits.toml") ? `${text}\n=` : text]) };
  assert.throws(() => broken({ op: "open", ...torn }), /questions\/traits\.toml/);
  assert.throws(() => broken({ op: "record", id: "x", answers: {}, started: null, finished: null }), /no pack is open/);
  console.log(`${compared} records, 6 pages and 5 answer files of the engine are those of the program`);
} finally {
  rmSync(folder, { recursive: true });
}
