// The page, put together.

/**
 * A search field and choices over a table.
 * @param {string} label of what is searched
 * @param {any[]} rows
 * @param {{show: (rows: any[]) => void}} listed
 * @param {(row: any) => string} textOf what is searched
 * @param {{label: string, choices: [string, string][], has: (row: any, choice: string) => boolean}[]} choosers
 */
function filterBar(label, rows, listed, textOf, choosers) {
  const texts = new Map();
  const text = row => {
    if (!texts.has(row)) texts.set(row, textOf(row).toLocaleLowerCase(data.lang));
    return texts.get(row);
  };
  const search = h("input", { type: "search", placeholder: say("search"), "aria-label": say("search"), input: apply });
  const selects = choosers.map(({ label, choices }) => h("select", { "aria-label": label, change: apply },
    h("option", { value: "" }, label), choices.map(([value, name]) => h("option", { value }, name))));
  const state = h("span", { class: "hint", role: "status" });
  const clear = h("button", { type: "button", hidden: true, click: () => set("") }, say("filter.clear"));

  function apply() {
    const words = search.value.toLocaleLowerCase(data.lang).split(/\s+/).filter(Boolean);
    const chosen = selects.map(s => s.value);
    const found = rows.filter(row =>
      chosen.every((value, i) => value === "" || choosers[i].has(row, value))
      && words.every(w => text(row).includes(w)));
    state.textContent = say("filter.state", { n: count(found.length), all: count(rows.length) });
    clear.hidden = found.length === rows.length && words.length === 0;
    listed.show(found);
  }

  /** Chooses one of the last chooser's choices and nothing else. */
  function set(value) {
    search.value = "";
    selects.forEach((s, i) => { s.value = i === selects.length - 1 ? value : ""; });
    apply();
  }

  apply();
  const element = h("div", { class: "filter", role: "search", "aria-label": label }, search, selects, clear, state);
  return { element, set };
}

/** The columns of the table of recordings. */
function columns() {
  const number = (title, place, digits, isWide, show = figure) => ({
    title: say(title), width: "5.5rem", isNumber: true, isWide, value: r => r[place] ?? null,
    show: r => show(r[place], digits),
  });
  const told = r => [reasonOf(r), ...warningsOf(r)].filter(Boolean).map(word).join(say("comma"));
  return [
    { title: say("col.file"), width: "minmax(9rem, 3fr)", value: nameOf },
    { title: say("col.status"), width: "6.4rem", value: r => r[ROW.status],
      show: r => statusMark(r[ROW.status]) },
    data.head.judged && { title: say("col.verdict"), width: "7rem", value: r => r[ROW.verdict] ?? null,
      show: r => r[ROW.verdict] >= 0 ? verdictMark(r[ROW.verdict]) : "–" },
    number("col.snrbefore", ROW.snrBefore, 1, true, ratio), number("col.snrafter", ROW.snrAfter, 1, false, ratio),
    number("col.lufsbefore", ROW.lufsBefore, 1, true), number("col.lufsafter", ROW.lufsAfter, 1, true),
    number("col.seconds", ROW.seconds, 1, true),
    { title: say("col.removed"), width: "4rem", isNumber: true, isWide: true, value: removedOf,
      show: r => removedOf(r) === null ? "–" : `${figure(100 * removedOf(r), 0)} %` },
    { title: say("col.told"), width: "minmax(7rem, 2fr)", isWide: true, value: r => told(r) || null },
  ].filter(Boolean);
}

/** Every code that a row has. */
const codesOf = row => [reasonOf(row), ...warningsOf(row)].filter(Boolean);

function main() {
  const listed = table({
    label: say("recordings"), none: say("table.none"), rows: data.rows, columns: columns(),
    open: row => sheet.open(row),
  });
  const sheet = detailSheet(() => listed.shown());
  const codes = [...new Set(data.rows.flatMap(codesOf))].map(c => [c, word(c)]).sort((a, b) => a[1] < b[1] ? -1 : 1);
  const textOf = r => `${r[ROW.id]}\n${r[ROW.message] || ""}\n${codesOf(r).map(word)}`;
  const filter = filterBar(say("recordings"), data.rows, listed, textOf, [
    { label: say("filter.status"), choices: STATUSES.map((s, i) => [String(i), say("status." + s)]),
      has: (row, value) => row[ROW.status] === Number(value) },
    { label: say("filter.code"), choices: codes, has: (row, value) => codesOf(row).includes(value) },
  ]);
  const choose = code => {
    filter.set(code);
    document.getElementById("recordings").scrollIntoView({ block: "start" });
  };
  // From outside the table: all rows are shown first, so that the way to the next one is there.
  const open = row => {
    if (!listed.shown().includes(row)) filter.set("");
    sheet.open(row);
  };
  document.body.prepend(h("main", null,
    head(),
    h("div", { class: "overview" }, h("div", { class: "side" }, reasons(choose, open), warningBars(choose)), charts()),
    data.sets.map(trainingSet),
    worst(open),
    section("recordings", say("recordings"),
      filter.element, listed.element, h("p", { class: "hint keys" }, say("keys"))),
    settings()), sheet.element);
  document.documentElement.dataset.ready = "";
}

main();
