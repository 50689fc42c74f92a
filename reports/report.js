// Search, filter, order, deep links and keys for the page. Without it the page shows everything.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(language);

  const form = $("filter");
  const fields = {
    text: $("filter-text"),
    criterion: $("filter-criterion"),
    class: $("filter-class"),
    code: $("filter-code"),
    group: $("filter-group"),
    sort: $("filter-sort"),
  };
  const criteria = all(".criterion");
  const findings = all(".finding").map((node, place) => {
    const block = node.closest(".block");
    const kind = node.closest(".kind");
    return {
      node,
      place,
      block,
      criterion: node.closest(".criterion").id,
      class: node.closest(".class").dataset.class,
      code: kind.dataset.code,
      group: block.dataset.group || "",
      user: node.dataset.user || "",
    };
  });

  // What is searched, worked out at the first search.
  const textOf = (finding) => {
    finding.text ??= plain(
      [
        finding.node.textContent,
        finding.block.querySelector(".about").textContent,
        finding.node.closest(".kind").querySelector("h5").textContent,
        finding.user,
      ].join(" "),
    );
    return finding.text;
  };

  function filter() {
    const words = plain(fields.text.value).split(/\s+/).filter(Boolean);
    const wanted = ["criterion", "class", "code", "group"].filter((name) => fields[name].value);
    let shown = 0;
    for (const finding of findings) {
      const fits =
        wanted.every((name) => finding[name] === fields[name].value) &&
        words.every((word) => textOf(finding).includes(word));
      finding.node.hidden = !fits;
      shown += fits;
    }
    const filtered = words.length + wanted.length > 0;
    for (const part of all(".block, .kind, .class")) {
      part.hidden = filtered && !part.querySelector(".finding:not([hidden])");
    }
    for (const criterion of criteria) {
      const none = criterion.querySelector("[data-none]");
      const any = criterion.querySelector(".finding");
      none.hidden = !any || !filtered || criterion.querySelector(".finding:not([hidden])") !== null;
    }
    document.documentElement.classList.toggle("filtered", filtered);
    const count = $("filter-count");
    const number = (value) => value.toLocaleString(language);
    count.textContent = count.dataset.text.replace("#shown", number(shown)).replace("#all", number(findings.length));
  }

  // Moves the children of a node into another order; those that compare the same stay as they came.
  function reorder(parent, children, key) {
    children
      .map((child) => [key ? key(child) : "", Number(child.dataset.place), child])
      .sort(([a, i], [b, j]) => collator.compare(a, b) || i - j)
      .forEach(([, , child]) => parent.append(child));
  }

  const movable = all(".kind, .block, .finding");
  movable.forEach((node, place) => (node.dataset.place = place));
  const lefts = all(".kind > .left");

  function sort() {
    const by = fields.sort.value;
    const group = (block) => block.querySelector(".about .group")?.textContent ?? "";
    const first = (kind) => all(".block", kind).map(group).sort(collator.compare)[0] ?? "";
    const person = (node) => all(".finding", node).map((finding) => finding.dataset.user ?? "").sort(collator.compare)[0] ?? "";
    const keys = {
      "": {},
      code: { kind: (kind) => kind.dataset.code },
      group: { kind: first, block: group },
      name: { kind: person, block: person, finding: (finding) => finding.dataset.user ?? "" },
    }[by];
    for (const part of all(".class")) reorder(part, all(":scope > .kind", part), keys.kind);
    for (const part of all(".kind")) reorder(part, all(":scope > .block", part), keys.block);
    for (const part of all(".findings")) reorder(part, all(":scope > .finding", part), keys.finding);
    for (const left of lefts) left.parentElement.append(left);
  }

  // A link to a finding opens it, also where a filter hides it.
  function reveal() {
    const target = $(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.classList.contains("finding") && target.hidden) {
      form.reset();
      filter();
    }
    const details = target.querySelector(":scope > details");
    if (details) {
      details.open = true;
      details.firstElementChild.focus({ preventScroll: true });
    }
    target.scrollIntoView({ block: "center" });
  }

  function step(event) {
    const summary = event.target.closest?.(".finding > details > summary");
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (!summary || !(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const summaries = all(".finding:not([hidden]) > details > summary").filter((node) => node.offsetParent !== null);
    const next = summaries[summaries.indexOf(summary) + moves[event.key]];
    if (next) {
      next.focus();
      event.preventDefault();
    }
  }

  // Headings of tables become buttons that sort.
  function sortable(table) {
    const body = table.tBodies[0];
    all(":scope > tr", body).forEach((row, place) => (row.dataset.place = place));
    all("thead th", table).forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const descending = heading.getAttribute("aria-sort") === "ascending";
        for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const value = (row) => {
          const cell = row.cells[column];
          const number = cell.textContent.replace(/[.,*\s]/g, "").replace("−", "-");
          return /^-?\d+$/.test(number) ? Number(number) : cell.textContent.trim();
        };
        const compare = (a, b) =>
          typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
        Array.from(body.rows)
          .map((row) => [value(row), Number(row.dataset.place), row])
          .sort(([a, i], [b, j]) => (descending ? compare(b, a) : compare(a, b)) || i - j)
          .forEach(([, , row]) => body.append(row));
      });
    });
  }

  document.documentElement.classList.add("scripted");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(() => (sort(), filter())));
  fields.sort.addEventListener("change", sort);
  fields.text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      fields.text.value = "";
      filter();
    }
  });
  const setOpen = (open) => () => {
    for (const details of all(".finding:not([hidden]) > details")) details.open = open;
  };
  $("open-all").addEventListener("click", setOpen(true));
  $("close-all").addEventListener("click", setOpen(false));
  document.addEventListener("keydown", step);
  all("table.sortable").forEach(sortable);
  filter();
  window.addEventListener("hashchange", reveal);
  // Once the browser has done its own part of following a link.
  if (location.hash) window.addEventListener("load", () => setTimeout(reveal));
})();
