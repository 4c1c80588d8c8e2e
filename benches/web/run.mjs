// Times the quiz in a browser: from opening the page to the first screen and the first question, and from the
// last answer to the result. Run it with the packages of tests/browser: node benches/web/run.mjs PROGRAM [RUNS]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(path.join(here, "../../tests/browser/run"))("playwright-core");
const [program, runs = 20] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), "rolescope-web-"));
const file = path.join(folder, "quiz.html");
execFileSync(program, ["-q", "web", "-o", file]);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});

/** Milliseconds until an element is there, from a click on another; all within the page. */
const untilThere = ([click, there]) =>
  new Promise((resolve) => {
    const begin = performance.now();
    document.querySelector(click).click();
    const look = () => (document.querySelector(there) ? requestAnimationFrame(() => resolve(performance.now() - begin)) : requestAnimationFrame(look));
    look();
  });

const times = { "opening to first screen": [], "choice to first question": [], "last answer to result": [] };
for (let run = 0; run < runs; run += 1) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => (document.querySelector("#quiz h1") ? (window.ready = performance.now()) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => window.ready);
  times["opening to first screen"].push(await page.evaluate(() => window.ready));
  times["choice to first question"].push(await page.evaluate(untilThere, [".ways button.main", ".answers"]));
  // the first answer waits for the engine
  await page.evaluate(() => document.querySelector(".answers button").click());
  await page.waitForFunction(() => / 2 of /.test(document.getElementById("quiz-count")?.textContent));
  for (let screens = 0; screens < 150; screens += 1) {
    const count = await page.evaluate(() => document.getElementById("quiz-count")?.textContent ?? "");
    if (/ 88 of 88/.test(count)) break;
    await page.evaluate((at) => {
      const answers = document.querySelectorAll(".answers button");
      (answers.length ? answers[at % answers.length] : document.querySelector("main button")).click();
    }, screens * 3 + run);
  }
  times["last answer to result"].push(await page.evaluate(untilThere, [".answers button", "nav.views"]));
  await context.close();
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
for (const [what, all] of Object.entries(times)) {
  all.sort((a, b) => a - b);
  console.log(`${what}: median ${all[all.length >> 1].toFixed(0)} ms, slowest of ${all.length} ${all.at(-1).toFixed(0)} ms`);
}
