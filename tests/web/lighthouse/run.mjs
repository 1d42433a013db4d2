// Lighthouse over some addresses of one origin, in one browser that keeps who is signed in.
// Reads from standard input {chromium, origin, localStorage: {name: value}, urls, preset: "mobile" | "desktop"};
// writes a line of JSON for each address: {url, scores: {category: 0…100}, failed: ["audit: what it found"]}.
import { text } from "node:stream/consumers";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const given = JSON.parse(await text(process.stdin));

const browser = await puppeteer.launch({
  executablePath: given.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-component-update", "--disable-background-networking"],
});
try {
  const page = await browser.newPage();
  // A picture: nothing of the app runs yet.
  await page.goto(`${given.origin}/app/prow.svg`);
  await page.evaluate((items) => {
    for (const [name, value] of Object.entries(items)) localStorage.setItem(name, value);
  }, given.localStorage);
  for (const url of given.urls) console.log(JSON.stringify(await judge(url, page)));
} finally {
  await browser.close();
}

async function judge(url, page) {
  const config = given.preset === "desktop" ? desktopConfig : undefined;
  const flags = { onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: "error" };
  await (await page.createCDPSession()).send("Network.clearBrowserCache"); // as at the first visit
  const { lhr } = await lighthouse(url, flags, config, page);
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round((lhr.categories[name].score ?? 0) * 100)]),
  );
  const failed = CATEGORIES.flatMap((name) =>
    lhr.categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9)
      .map(({ id }) => `${name}/${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`),
  );
  return { url: lhr.finalDisplayedUrl, scores, failed };
}
