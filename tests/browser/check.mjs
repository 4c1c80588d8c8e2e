// Opens every page of a folder in Chromium and says what is wrong with it. Pages named in EXPECTED
// must print on that many sheets of A4: the counsellor's worksheet is the last, both read each of seven
// roles on a sheet of its own, a student's page is two and the answer sheet one. With SHOTS=FOLDER pictures and PDFs are kept to look at.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const EXPECTED = { "both.html": 9, "student.html": 2, "counsellor.html": 5, "sheet.html": 1 };
// the width of the text on A4 between the margins of the print style, at 96 pixels an inch
const PRINT = 703;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = process.argv[2];
const shots = process.env.SHOTS;
const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const wrong = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

for (const name of pages) {
  const say = (what) => wrong.push(`${name}: ${what}`);
  const url = pathToFileURL(path.resolve(folder, name)).href;
  const stem = name.replace(/\.html$/, "").replaceAll("/", "-");
  // the pages of the roles are alike: two of them, and the list of all, are looked at in the dark too
  const alike = name.startsWith("site/") && !/\/(index|sonographer|orthotist)\.html$/.test(name);
  for (const colorScheme of alike ? ["light"] : ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    page.on("console", (message) => say(`console: ${message.text()}`));
    page.on("pageerror", (error) => say(`error: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== url) say(`asks for ${request.url()}`);
    });
    await page.goto(url);
    for (const [width, media] of [[360, "screen"], [1024, "screen"], [PRINT, "print"]]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ media, colorScheme });
      const widest = await page.evaluate(() => document.documentElement.scrollWidth);
      if (widest > width) say(`${widest} pixels wide at ${width} (${media})`);
      if (shots && media === "screen") {
        const file = path.join(shots, `${stem}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
    }
    await page.emulateMedia({ media: "screen", colorScheme });
    if (name === "student.html") {
      // the first screenful on a phone: the best matches, each with its reason
      await page.setViewportSize({ width: 360, height: 640 });
      const rows = await page.evaluate(() => [...document.querySelector("tbody").rows].map((row) => ({
        end: row.getBoundingClientRect().bottom, text: row.innerText })));
      if (rows.length === 0) say("no best match");
      for (const { end, text } of rows) {
        if (end > 640) say(`below the first screen of a phone: ${text}`);
        if (!/\bYou (would|solved)\b|To "/.test(text)) say(`no reason: ${text}`);
      }
    }
    const scripts = await page.evaluate(() => document.querySelectorAll("script, iframe, link, img, object").length);
    if (scripts > 0) say(`${scripts} elements that act or load`);
    const acts = await page.evaluate(() =>
      [...document.querySelectorAll("*")].some((e) => [...e.attributes].some((a) => a.name.startsWith("on"))));
    if (acts) say("an attribute that acts");
    // every link leads to the web, to a page beside this one, or to a place on this page
    const links = await page.evaluate(() => [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")));
    for (const link of links) {
      if (link.startsWith("#")) {
        const there = await page.evaluate((id) => document.getElementById(id) !== null, link.slice(1));
        if (!there) say(`no place ${link}`);
      } else if (/^https?:/.test(link)) {
        if (!URL.canParse(link) || !new URL(link).hostname.includes(".")) say(`no address: ${link}`);
      } else if (!existsSync(path.resolve(folder, path.dirname(name), link))) {
        say(`no page ${link}`);
      }
    }
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document));
    for (const rule of found.violations) {
      if (["serious", "critical"].includes(rule.impact)) {
        say(`${colorScheme}: axe ${rule.id} (${rule.impact}): ${rule.nodes[0].html.slice(0, 160)}`);
      }
    }
    if (colorScheme === "light") {
      await page.emulateMedia({ media: "print" });
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const sheets = Math.max(0, ...[...pdf.toString("latin1").matchAll(/\/Type \/Pages\s[^>]*?\/Count (\d+)/g)].map((m) => +m[1]));
      console.log(`${name}: ${sheets} sheets`);
      if (EXPECTED[name] && EXPECTED[name] !== sheets) say(`${sheets} sheets, not ${EXPECTED[name]}`);
      if (shots) writeFileSync(path.join(shots, `${stem}.pdf`), pdf);
    }
    await context.close();
  }
}
await browser.close();
for (const line of new Set(wrong)) console.error(line);
console.log(`${pages.length} pages opened, ${new Set(wrong).size} things wrong`);
process.exit(wrong.length > 0 || pages.length === 0 ? 1 : 0);
