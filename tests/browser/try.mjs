import { chromium } from "playwright-core";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true });
const page = await context.newPage();
page.on("console", m => console.log("console", m.text()));
page.on("pageerror", m => console.log("error", m.message, m.stack));
page.on("request", m => console.log("request", m.url().slice(0,80)));
const t=Date.now();
await page.goto("file:///tmp/quiz.html");
await page.waitForSelector("h1");
console.log("open", Date.now()-t);
await page.screenshot({path:"/tmp/s1.png"});
await page.getByRole("button",{name:/full quiz/i}).tap();
await page.screenshot({path:"/tmp/s2.png"});
let n=0;
while(n++<120){
  const h=await page.locator("h1").textContent();
  const b=page.locator(".answers button");
  if(await b.count()===0){console.log(n,h);
    const m=page.locator("button.main"); if(await m.count()&&!/result/i.test(h)){ await page.screenshot({path:`/tmp/s-${n}.png`}); await m.first().tap(); continue;} break;}
  if(await page.locator("pre").count()) await page.screenshot({path:"/tmp/s3.png"});
  await b.nth(n*7%(await b.count())).tap();
}
await page.screenshot({path:"/tmp/s4.png"});
console.log(await page.evaluate(()=>[document.documentElement.scrollWidth, document.title, [...document.querySelectorAll("nav button")].map(b=>b.textContent).join("|")]));
await browser.close();
