// Takes the quiz in a browser, opened from disk at 360 pixels: by touch, by keyboard alone, left and gone on
// with after a reload, with storage switched off, and where answers are collected: node quiz.mjs FOLDER PROGRAM.
// FOLDER holds quiz.html and collect.html. What is saved is held to what the program saves for the same answers.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, program] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wrong = [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

/** A page on a device of its own, and what is wrong with it. */
async function open(what, name = "quiz.html", { colorScheme = "light", before = null } = {}) {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme, acceptDownloads: true, reducedMotion: "reduce",
  });
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  const url = pathToFileURL(path.resolve(folder, name)).href;
  const say = (text) => wrong.push(`${what}: ${text}`);
  page.on("console", (message) => say(`console: ${message.text()}`));
  page.on("pageerror", (error) => say(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("blob:")) say(`asks for ${request.url()}`);
  });
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(url);
  await page.waitForSelector("h1");
  const is = (found, right, text) => {
    if (found !== right) say(`${text}: ${JSON.stringify(found)?.slice(0, 300)}, not ${JSON.stringify(right)?.slice(0, 300)}`);
  };
  return { context, page, say, is, what };
}

/** What axe finds, and whether the screen is wider than the window. */
async function look({ page, say }) {
  const widest = await page.evaluate(() => document.documentElement.scrollWidth);
  const heading = await page.locator("h1").first().textContent();
  if (widest > 360) say(`${heading}: ${widest} pixels wide`);
  if (!(await page.evaluate(() => window.axe))) await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  for (const rule of found.violations) {
    if (["serious", "critical"].includes(rule.impact)) {
      say(`${heading}: axe ${rule.id} (${rule.impact}): ${rule.nodes[0].html.slice(0, 160)}`);
    }
  }
}

const heading = (page) => page.locator("h1").first().textContent();
const press = (page, name) => page.getByRole("button", { name, exact: false }).first().click();
const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith("rolescope:")))));

/** What is shown now: a question with the number of its answers, or something else with a way on. */
async function shown(page) {
  return page.evaluate(() => ({
    heading: document.querySelector("h1").textContent,
    focus: document.activeElement === document.querySelector("h1"),
    count: document.getElementById("quiz-count")?.textContent ?? null,
    answers: document.querySelectorAll(".answers button").length,
    value: document.querySelector("progress")?.value,
    result: document.querySelector("nav.views") !== null || document.querySelector("footer.quiz") !== null,
  }));
}

/** Answers every question by `give(number of answers, how many so far)` until the end or `stop` of them. */
async function answerAll(device, give, goOn, stop = Infinity) {
  const { page, say } = device;
  let asked = 0;
  let bar = -1;
  const totals = new Set();
  for (let screens = 0; screens < 200 && asked < stop; screens += 1) {
    const now = await shown(page);
    if (!now.focus) say(`${now.heading}: the heading is not in focus`);
    if (now.result) break;
    if (now.count) {
      totals.add(/of (at most )?\d+/.exec(now.count)[0]);
      if (now.value <= bar) say(`${now.count}: the bar stands still at ${bar}`);
      bar = now.value;
      if (asked % 20 === 0) await look(device);
      await give(now.answers, asked);
      asked += 1;
    } else if (now.answers > 0) {
      await look(device);
      await give(now.answers, asked);
    } else {
      await look(device);
      await goOn();
    }
  }
  if (totals.size !== 1) say(`the total changes: ${[...totals].join(", ")}`);
  return asked;
}

/** A file that a click saves. */
async function saved({ page }, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, name)]);
  return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")];
}

const run = (words, input) => execFileSync(program, ["-q", ...words], { cwd: folder, encoding: "utf8", input, stdio: ["pipe", "pipe", "ignore"] });
const dates = (text) => text.replace(/^(started|finished) = \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/gm, "$1 = then");

/** Holds what the page saves to what the program saves and writes for the same answers. */
async function compare(device, id) {
  const { page, is, say } = device;
  const [name, text] = await saved(device, "Save my answers");
  is(name, `${id}.toml`, "the name of the answer file");
  writeFileSync(path.join(folder, name), text);
  const { answers } = await kept(page);
  const order = run(["questions", "-f", "csv"]).trim().split(",").slice(1);
  const typed = order.map((question) => answers[question] ?? "skip").join("\n");
  const other = path.join(folder, `program/${id}.toml`);
  run(["quiz", "--save", other, "-o", path.join(folder, "result.txt")], `${typed}\n`);
  const pace = /^pace = \d+\.\d\n/m;
  if (!pace.test(text)) say("no pace in the answer file");
  is(dates(text).replace(pace, ""), dates(readFileSync(other, "utf8")), "the answer file");
  const [, html] = await saved(device, "Save this result");
  is(html, run(["report", name, "-f", "html", "--for", "student"]), "the saved page");
  const content = await page.evaluate(() => {
    const main = document.querySelector("main").cloneNode(true);
    for (const link of main.querySelectorAll("a[target]")) link.removeAttribute("target"), link.removeAttribute("rel");
    main.querySelector("h1").removeAttribute("tabindex");
    return main.outerHTML;
  });
  const right = await page.evaluate((html) => new DOMParser().parseFromString(html, "text/html").querySelector("main").outerHTML, html);
  is(content, right, "what is shown of the page");
  // the style of the quiz changes nothing in it
  const sizes = () =>
    [...document.querySelectorAll("main, main *")].map((e) => Math.round(e.getBoundingClientRect().height)).join(" ");
  const alone = await page.context().newPage();
  await alone.setContent(html);
  is(await page.evaluate(sizes), await alone.evaluate(sizes), "the sizes of what is shown");
  await alone.close();
}

// 1. By touch, with a nickname that would be markup; then every view of the result.
{
  const device = await open("by touch");
  const { page, is, say } = device;
  await look(device);
  await page.locator("#quiz-name").fill("Mere");
  await press(page, "Full quiz");
  // two taps in one place within 0.3 seconds count as one
  const tap = async (many, n) => {
    await page.locator(".answers button").nth((n * 7 + (n >> 3)) % Math.min(many, 5)).tap();
    await page.waitForTimeout(310);
  };
  await answerAll(device, tap, () => page.locator("button.main").tap());
  is(Object.keys((await kept(page)).answers).length, 93, "answers to a full quiz");
  await look(device);
  await compare(device, "Mere");
  for (const view of ["Why", "About you", "Map", "Compare", "Puzzles", "All jobs"]) {
    await press(page, view);
    await look(device);
    is(await page.locator("nav.views [aria-current]").textContent(), view, "the view that is marked");
  }
  await page.locator("ol.roles button").first().tap();
  await look(device);
  await press(page, "Copy answer code");
  const code = await page.locator("#quiz-code").inputValue();
  const line = run(["score", "-", "-f", "csv"], `${code}\n`).trim().split("\n")[1];
  const file = run(["score", "Mere.toml", "-f", "csv"]).trim().split("\n")[1];
  is(line?.split(",").slice(4, 8).join(), file.split(",").slice(4, 8).join(), "the result of the code");
  await press(page, "Change answers");
  await look(device);
  await press(page, "Forget my answers").catch(() => {});
  await page.reload();
  await press(page, "Forget my answers");
  if (await page.evaluate(() => localStorage.length)) say("something is kept after it was forgotten");
  await device.context.close();
}

// 2. By keyboard alone, in the dark: with back, skip and review.
{
  const device = await open("by keyboard", "quiz.html", { colorScheme: "dark" });
  const { page, is } = device;
  await look(device);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Ari");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const first = await heading(page);
  await page.keyboard.press("4");
  await page.keyboard.press("Backspace");
  is(await heading(page), first, "the question after going back");
  is(await page.locator("[aria-pressed=true]").count(), 1, "the answer that it has");
  await page.keyboard.press("s");
  await page.keyboard.press("s");
  await page.keyboard.press("r");
  is(await heading(page), "Your answers", "the review");
  await look(device);
  await page.keyboard.press("Backspace");
  const type = async (many, n) => {
    const keys = await page.locator(".answers kbd").allTextContents();
    await page.keyboard.press(keys[(n * 5 + (n >> 2)) % many]);
  };
  await answerAll(device, type, async () => {
    // the review offers what is open; the way on stands first
    await page.keyboard.press("Tab");
    if ((await heading(page)) === "Your answers") await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  });
  await look(device);
  await compare(device, "Ari");
  await device.context.close();
}

// 3. Left after 20 questions, gone on with after a reload; the quick quiz.
{
  const device = await open("after a reload");
  const { page, is } = device;
  await press(page, "Quick quiz");
  const tap = (many, n) => page.locator(".answers button").nth(n % many).click();
  await answerAll(device, tap, () => page.locator("button.main").click(), 20);
  const before = (await kept(page)).answers;
  const next = await heading(page);
  await page.reload();
  await page.waitForSelector("h1");
  await look(device);
  await press(page, "Go on: 20 answered");
  await page.waitForSelector("#quiz-question");
  is(await heading(page), next, "the question after the reload");
  await answerAll(device, tap, () => page.locator("button.main").tap());
  const { id, answers, quick } = await kept(page);
  is(quick, true, "quick");
  is(Object.keys(before).every((question) => answers[question] === before[question]), true, "answers of before the reload");
  is(/^quiz-\d{4}-\d\d-\d\d-\d{6}$/.test(id), true, "a name by the time");
  await compare(device, id);
  await page.reload();
  await press(page, "See your result");
  await page.waitForSelector("nav.views");
  await look(device);
  await device.context.close();
}

// 4. With storage switched off: a note says so, and the answer file is offered.
{
  const before = () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } });
  const device = await open("without storage", "quiz.html", { before });
  const { page, is } = device;
  is(await page.locator(".note").count(), 1, "the note on the first screen");
  await page.locator("#quiz-name").fill("Tui");
  await press(page, "Full quiz");
  await page.locator(".answers button").first().click();
  is(await page.locator(".note").count(), 1, "the note with a question");
  const [name, text] = await saved(device, "Save my answers");
  is(name, "Tui.toml", "the file");
  is(/\n\[answers\]\nhelping-1 = 1\n$/.test(text), true, "its answer");
  await page.locator("h1").focus();
  const tap = (many, n) => page.locator(".answers button").nth((n * 3) % many).click();
  await answerAll(device, tap, () => page.locator("button.main").tap());
  await look(device);
  await device.context.close();
}

// 5. Where answers are collected: no result, in a page whose title would be markup.
{
  const device = await open("collected", "collect.html");
  const { page, is, say } = device;
  await look(device);
  is(await heading(page), "<img src=x onerror=alert(1)>", "the title as it is");
  await page.locator("#quiz-name").fill("<b>Ana</b>\u202e");
  await press(page, "Quick quiz");
  await answerAll(device, (many, n) => page.locator(".answers button").nth(n % many).click(), () => page.locator("button.main").tap());
  is(await heading(page), "Your answers are ready", "the end");
  await look(device);
  if (/fits|match/i.test(await page.locator("#quiz").textContent())) say("something of a result is shown");
  const [name, text] = await saved(device, "Save my answers");
  is(name, "b-Ana-b-.toml", "a name that every system takes");
  is(/^id = "<b>Ana<\/b>"$/m.test(text), true, "the nickname in the file");
  await device.context.close();
}

// 6. In haste: answers before the engine has started; what was chosen last counts, and no question is passed over.
{
  const before = () => {
    const hasty = new MutationObserver(() => {
      const begin = document.querySelector(".ways button.main");
      if (!begin) return;
      hasty.disconnect();
      begin.click();
      const question = document.querySelector("h1").textContent;
      for (const at of [0, 4, 2]) document.querySelectorAll(".answers button")[at].click();
      window.early = question === document.querySelector("h1").textContent;
    });
    hasty.observe(document, { childList: true, subtree: true });
  };
  const device = await open("in haste", "quiz.html", { before });
  const { page, is } = device;
  is(await page.evaluate(() => window.early), true, "answers were given before the engine started");
  await page.waitForFunction(() => / 2 of /.test(document.getElementById("quiz-count").textContent));
  const { answers, times } = await kept(page);
  is(JSON.stringify(answers), JSON.stringify({ "helping-1": 3 }), "the answers");
  is(times.length, 3, "times of answering");
  await device.context.close();
}

await browser.close();
for (const line of new Set(wrong)) console.error(line);
console.log(`six people took the quiz in a browser, ${new Set(wrong).size} things wrong`);
process.exit(wrong.length > 0 ? 1 : 0);
