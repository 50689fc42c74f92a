// report.html in real Chromium: the demo in both languages, and a tenant with hostile names. tests/integration/browser.rs
// writes the pages into the folder PAGES and starts this. The page's own policy is in force throughout.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const pages = process.env.PAGES;
assert.ok(pages, "PAGES names the folder with en.html, nl.html and hostile.html");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags.split(" ") });
});
after(() => browser.close());

// Opens a page, hands it over, and looks at what it did meanwhile: no request but its own, no error, no dialog.
async function open(name, options, look) {
  const { hash = "", expected, ...context } = { viewport: { width: 1400, height: 900 }, ...options };
  const opened = await browser.newContext(context);
  const page = await opened.newPage();
  const address = pathToFileURL(join(pages, `${name}.html`)).href;
  const wrong = [];
  page.on("request", (request) => request.url().split("#")[0] === address || wrong.push(`asked for ${request.url()}`));
  page.on("console", (message) => expected?.test(message.text()) || wrong.push(`said ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`failed with ${error.message}`));
  page.on("dialog", (dialog) => wrong.push(`showed ${dialog.message()}`) && dialog.dismiss());
  await page.goto(address + hash);
  await look(page);
  assert.deepEqual(wrong, []);
  await opened.close();
}

const findings = (page) => page.locator(".finding:visible");
const count = (page) => page.locator("#filter-count").textContent();
const focused = (page) => page.evaluate(() => document.activeElement.closest(".finding")?.id ?? document.activeElement.id);
const users = (page) => page.locator(".finding:visible").evaluateAll((all) => all.map((one) => one.dataset.user ?? ""));

for (const language of ["en", "nl"]) {
  describe(language, () => {
    const words = { en: { shown: "Shown:", verdict: "not met" }, nl: { shown: "Getoond:", verdict: "niet voldaan" } }[language];

    test("the verdict, its reason and every criterion are on the first screen", () =>
      open(language, {}, async (page) => {
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        const stamp = page.locator(".stamp");
        assert.match(await stamp.innerText(), new RegExp(words.verdict, "i"));
        for (const part of [stamp, page.locator(".lead"), page.locator(".overview")]) {
          const box = await part.boundingBox();
          assert.ok(box.y + box.height <= 900, `${box.y} + ${box.height}`);
        }
        assert.equal(await page.locator(".overview li").count(), 4);
      }));

    test("the search finds words in any order, without regard to case and accents", () =>
      open(language, {}, async (page) => {
        const all = await findings(page).count();
        assert.ok(all > 20);
        assert.equal(await count(page), `${words.shown} ${all} ${language === "en" ? "of" : "van"} ${all}`);
        await page.fill("#filter-text", "COUNTVIOLATION máud");
        assert.equal(await findings(page).count(), 1);
        assert.deepEqual(await users(page), ["maud.terpstra@contoso.example"]);
        assert.match(await count(page), new RegExp(`1 .* ${all}$`));
        await page.fill("#filter-text", "no such thing");
        assert.equal(await findings(page).count(), 0);
        assert.equal(await page.locator("[data-none]:visible").count(), 4);
        assert.equal(await page.locator(".class:visible, .kind:visible, .block:visible").count(), 0);
        await page.press("#filter-text", "Escape");
        assert.equal(await findings(page).count(), all);
      }));

    test("filters narrow by criterion, severity, code and group, and together", () =>
      open(language, {}, async (page) => {
        const all = await findings(page).count();
        await page.selectOption("#filter-criterion", "enough-seats");
        assert.equal(await findings(page).count(), await page.locator("#enough-seats .finding").count());
        await page.selectOption("#filter-class", "violation");
        assert.equal(await findings(page).count(), 2);
        await page.selectOption("#filter-criterion", "");
        await page.selectOption("#filter-code", "assignment-error");
        assert.equal(await findings(page).count(), 4);
        await page.selectOption("#filter-group", { label: "LIC Microsoft 365 E5" });
        assert.deepEqual(await users(page), ["jerome.lacroix@contoso.example"]);
        await page.click("button[type=reset]");
        await page.waitForFunction((all) => document.querySelectorAll(".finding:not([hidden])").length === all, all);
      }));

    test("the order can be changed and comes back", () =>
      open(language, {}, async (page) => {
        const order = () => page.locator(".finding").evaluateAll((all) => all.map((one) => one.id));
        const worst = await order();
        for (const [by, sorted] of [
          ["name", "#members-fully-licensed .class.violation .kind[data-code=assignment-error] .finding"],
          ["code", "#members-fully-licensed .class.violation .kind"],
        ]) {
          await page.selectOption("#filter-sort", by);
          const key = (all, by) => all.map((one) => (by === "name" ? one.dataset.user : one.dataset.code));
          const keys = await page.locator(sorted).evaluateAll(key, by);
          assert.ok(keys.length > 3);
          assert.notDeepEqual(await order(), worst);
          if (by === "code") assert.deepEqual(keys, [...keys].sort());
        }
        await page.selectOption("#filter-sort", "");
        assert.deepEqual(await order(), worst);
      }));

    test("a link to a finding opens it, also where a filter hides it", async () => {
      let id;
      await open(language, {}, async (page) => {
        id = await page.locator(".finding[data-user='maud.terpstra@contoso.example']").first().getAttribute("id");
        await page.fill("#filter-text", "zeynep");
        await page.evaluate((id) => (location.hash = id), id);
        await page.waitForFunction((id) => document.getElementById(id).querySelector("details").open, id);
        assert.ok(await page.locator(`#${id}`).isVisible());
        assert.equal(await page.inputValue("#filter-text"), "");
      });
      await open(language, { hash: `#${id}` }, async (page) => {
        assert.ok(await page.locator(`#${id} details`).evaluate((details) => details.open));
        await page.waitForFunction((id) => document.activeElement.closest(".finding")?.id === id, id);
        const box = await page.locator(`#${id} summary`).boundingBox();
        assert.ok(box.y >= 0 && box.y < 900, `it is in view: ${box.y}`);
      });
    });

    test("everything is done with the keyboard", () =>
      open(language, {}, async (page) => {
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        assert.equal(await focused(page), "criteria");
        await page.keyboard.press("Tab");
        assert.equal(await focused(page), "filter-text");
        await page.keyboard.type("members-fully");
        await page.keyboard.press("Escape");
        await page.locator(".finding summary").first().focus();
        const ids = await page.locator(".finding:has(summary)").evaluateAll((all) => all.map((one) => one.id));
        await page.keyboard.press("ArrowDown");
        assert.equal(await focused(page), ids[1]);
        await page.keyboard.press("Enter");
        assert.ok(await page.locator(`#${ids[1]} details`).evaluate((details) => details.open));
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowUp");
        assert.equal(await focused(page), ids[1]);
        const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
        assert.equal(outline, "3px", "the focus is seen");
      }));

    test("tables are sorted by their headings, numbers as numbers", () =>
      open(language, {}, async (page) => {
        const heading = page.locator("#groups th.number button");
        const members = () => page.locator("#groups td.number").allInnerTexts();
        await heading.click();
        assert.equal(await page.locator("#groups th.number").getAttribute("aria-sort"), "ascending");
        const sorted = (await members()).map(Number);
        assert.deepEqual(sorted, [...sorted].sort((one, other) => one - other));
        await heading.click();
        assert.deepEqual((await members()).map(Number), sorted.reverse());
      }));

    test("without script everything is there, and nothing that would not work", () =>
      open(language, { javaScriptEnabled: false }, async (page) => {
        assert.ok(!(await page.locator("#filter").isVisible()));
        assert.equal(await page.locator("th button").count(), 0);
        assert.ok((await findings(page).count()) > 20);
        const details = page.locator(".finding details").first();
        await details.locator("summary").click();
        assert.ok(await details.locator(".evidence").isVisible());
      }));

    test("axe finds nothing, light and dark, wide and narrow, open and closed", async () => {
      for (const colorScheme of ["light", "dark"]) {
        for (const width of [360, 1400]) {
          await open(language, { colorScheme, viewport: { width, height: 900 } }, async (page) => {
            for (const state of ["#close-all", "#open-all"]) {
              await page.click(state);
              await page.evaluate(axe);
              const { violations, incomplete } = await page.evaluate(() => window.axe.run());
              const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
              assert.deepEqual(told, [], `${colorScheme} ${width} ${state}`);
              // Of a single sign, such as ✓, axe tells no contrast; the word beside it has the same colours.
              const untold = incomplete
                .filter(({ id }) => id === "color-contrast")
                .flatMap(({ nodes }) => nodes)
                .filter((node) => node.any.some(({ data }) => !["nonBmp", "shortTextContent"].includes(data?.messageKey)));
              assert.deepEqual(untold.map((node) => node.html), [], "contrast that axe could not tell");
            }
          });
        }
      }
    });

    test("light and dark follow the reader, and print is light", () =>
      open(language, { colorScheme: "dark" }, async (page) => {
        const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
        assert.ok((await ground()).every((part) => part < 60));
        await page.emulateMedia({ media: "print" });
        assert.deepEqual(await ground(), [255, 255, 255]);
        assert.ok(!(await page.locator(".contents").isVisible()));
        assert.ok(!(await page.locator("#filter").isVisible()));
        assert.ok(await page.locator("#sign-off").isVisible());
        const pdf = await page.pdf({ preferCSSPageSize: true });
        const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
        assert.ok(sheets >= 4 && sheets <= 20, `${sheets} pages`);
      }));

    test("tables stay tables on paper, however narrow it is", () =>
      open(language, {}, async (page) => {
        await page.setViewportSize({ width: 700, height: 900 });
        const heading = page.locator(".stacked thead").first();
        const display = () => heading.evaluate((element) => getComputedStyle(element).display);
        assert.equal(await display(), "none", "a narrow window has cards");
        await page.emulateMedia({ media: "print" });
        assert.equal(await display(), "table-header-group");
      }));

    test("a filtered page says so on paper", () =>
      open(language, {}, async (page) => {
        await page.fill("#filter-text", "maud");
        await page.emulateMedia({ media: "print" });
        assert.ok(await page.locator("#filter-count").isVisible());
      }));
  });
}

test("the policy holds: no other script, style, request or form", () =>
  open("en", { expected: /Content Security Policy/ }, async (page) => {
    const outcome = await page.evaluate(async () => {
      const blocked = [];
      document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
      const add = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
      add("script", { textContent: "window.ran = true" });
      add("style", { textContent: "body { display: none }" });
      add("p", { innerHTML: "<b style='color: red' onclick='window.ran = true'>x</b>" });
      document.querySelector("b[onclick]").click();
      add("img", { src: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" });
      await fetch("data:text/plain,x").catch(() => blocked.push("fetch failed"));
      await new Promise((done) => setTimeout(done, 50));
      return { blocked: [...new Set(blocked)].sort(), ran: window.ran ?? false };
    });
    assert.equal(outcome.ran, false);
    for (const directive of ["script-src-elem", "style-src-elem", "script-src-attr", "img-src", "connect-src"]) {
      assert.ok(outcome.blocked.includes(directive), `${directive} is missing in ${outcome.blocked}`);
    }
  }));

test("hostile names are text: nothing runs, nothing turns, nothing overflows", async () => {
  for (const width of [360, 800, 1400]) {
    await open("hostile", { viewport: { width, height: 900 } }, async (page) => {
      await page.click("#open-all");
      assert.equal(await page.evaluate(() => window.pwned), undefined);
      assert.equal(await page.locator("img, iframe, object, embed, base, link, meta[http-equiv=refresh]").count(), 0);
      const text = await page.locator("body").innerText();
      assert.ok(text.includes("<img src=x onerror=window.pwned=1>"), "the name is shown as it is");
      assert.ok(text.includes("=cmd|' /C calc'!A0"));
      assert.ok(text.includes("🦊"));
      assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text));
      // A right-to-left name keeps its direction to itself.
      const names = page.locator("bdi").filter({ hasText: /[\u0590-\u06ff]/ });
      assert.ok((await names.count()) > 0, "there is a right-to-left name");
      const kept = await names.evaluateAll((all) => all.map((one) => getComputedStyle(one).unicodeBidi));
      assert.deepEqual([...new Set(kept)], ["isolate"]);
      const [seen, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(seen <= room, `${seen} of ${room} pixels`);
      await page.fill("#filter-text", "<img");
      assert.ok((await findings(page).count()) > 0);
    });
  }
});

test("no page is wider than its window", async () => {
  for (const name of ["en", "nl"]) {
    for (const width of [360, 480, 800, 1024, 1400, 2000]) {
      await open(name, { viewport: { width, height: 900 } }, async (page) => {
        await page.click("#open-all");
        const [seen, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(seen <= room, `${name}: ${seen} of ${room} pixels`);
      });
    }
  }
});
