// What one sees first: how it went, what is missing, why things failed, how the sound changed, how to do it again.

/** The heading: one sentence, the counts, the hours. */
function head() {
  const { counts, judged } = data.head;
  const n = data.rows.length;
  const bad = counts[2] + counts[3];
  const warned = data.rows.filter(r => r[ROW.warnings]).length;
  const lead = bad === 0
    ? say(warned > 0 ? "lead.warned" : "lead.fine", { n: count(n), warned: count(warned) })
    : say("lead.bad", { n: count(n), bad: count(bad) });
  const tiles = judged
    ? VERDICTS.map((name, v) => [say("verdict." + name), data.rows.filter(r => r[ROW.verdict] === v).length, name])
    : STATUSES.map((name, s) => [say("status." + name), counts[s], name])
      .filter(t => t[1] > 0 || ["ok", "rejected", "failed"].includes(t[2]));
  return h("header", { class: "top" },
    h("h1", null, data.title ?? say("title")),
    h("p", { class: "lead" }, lead),
    data.notices.length > 0 && h("ul", { class: "notices", "aria-label": say("notices") },
      data.notices.map(([code, slots]) => h("li", null, say("notice." + code, slots)))),
    h("dl", { class: "tiles" },
      tiles.map(([name, value, kind]) => tile(name, count(value), value > 0 ? kind : "none")),
      counts[3] > 0 && judged && tile(say("status.failed"), count(counts[3]), "failed"),
      tile(say("head.in"), time(data.head.in)),
      data.head.out > 0 && tile(say("head.out"), time(data.head.out)),
      data.head.wall > 0 && tile(say("head.wall"), time(data.head.wall))));
}

const tile = (name, value, kind) =>
  h("div", { class: "tile " + (kind ?? "") }, h("dt", null, name), h("dd", null, value));

/**
 * Reasons of refusals and failures with their first files.
 * @param {(code: string) => void} choose
 * @param {(row: any[]) => void} open
 */
function reasons(choose, open) {
  const lost = data.rows.filter(r => r[ROW.status] === 2 || r[ROW.status] === 3);
  const byReason = Map.groupBy(lost, r => reasonOf(r) ?? "");
  const sorted = [...byReason].sort((a, b) => b[1].length - a[1].length);
  const isShort = sorted.reduce((lines, [, rows]) => lines + Math.min(5, rows.length), 0) <= 4;
  return h("section", { class: "card reasons", "aria-labelledby": "reasons" },
    h("h2", { id: "reasons" }, say("reasons")),
    sorted.length === 0 && empty(say("reasons.none")),
    sorted.map(([code, rows]) => h("details", { open: isShort },
      h("summary", null, h("b", { class: "count" }, count(rows.length)), " ", word(code)),
      h("ul", null, rows.slice(0, 5).map(row => h("li", null,
        h("button", { type: "button", class: "file", click: () => open(row) }, nameOf(row)),
        row[ROW.message] && h("span", { class: "hint", lang: "en" }, shorter(row))))),
      rows.length > 5 && h("button", { type: "button", class: "link", click: () => choose(code) },
        say("reasons.all", { n: count(rows.length) })))));
}

/** The message of a row without the name that stands beside it. */
function shorter(row) {
  const message = String(row[ROW.message]);
  const at = message.indexOf(row[ROW.id]);
  return at >= 0 && message.slice(at + row[ROW.id].length).startsWith(": ")
    ? message.slice(at + row[ROW.id].length + 2)
    : message;
}

/** The warnings, which filter the table. @param {(code: string) => void} choose */
function warningBars(choose) {
  const counts = new Map();
  for (const row of data.rows) for (const code of warningsOf(row)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return codeBars(say("warnings"), counts, choose, say("warnings.none"));
}

/** The histograms. Where there are results, both sides are those recordings, so that they can be compared. */
function charts() {
  const made = data.rows.filter(r => r[ROW.status] < 2);
  const rows = made.some(r => r[ROW.result] !== null) ? made : data.rows;
  const known = place => rows.map(r => r[place] ?? null).filter(v => v !== null);
  const removed = made.map(removedOf).filter(v => v !== null).map(v => 100 * v);
  return h("div", { class: "charts" },
    histogram({ title: say("chart.snr"), unit: "dB", digits: 1,
      before: known(ROW.snrBefore), after: known(ROW.snrAfter), show: ratio }),
    histogram({ title: say("chart.lufs"), unit: "LUFS", digits: 1,
      before: known(ROW.lufsBefore), after: known(ROW.lufsAfter) }),
    histogram({ title: say("chart.length"), unit: "s", digits: 1,
      before: known(ROW.seconds), after: known(ROW.result) }),
    removed.length > 0 && histogram({ title: say("chart.removed"), unit: "%", digits: 0, share: true,
      before: [], after: removed }));
}

/** The recordings to look at first, as cards with their pictures. @param {(row: any[]) => void} open */
function worst(open) {
  const drawn = data.details.filter(d => d.before);
  if (drawn.length === 0) return null;
  return section("worst", say("worst"),
    h("p", { class: "hint" }, say(drawn.some(d => d.after) ? "worst.hint" : "worst.before")),
    h("ul", { class: "cards" }, drawn.map(detail => {
      const row = data.rows[detail.row];
      const codes = row[ROW.reason] >= 0 ? [reasonOf(row)] : warningsOf(row);
      return h("li", null, h("button", { type: "button", class: "card", click: () => open(row) },
        h("span", { class: "pair" },
          picture(detail.before[1], say("before")), detail.after && picture(detail.after[1], say("after"))),
        h("b", null, nameOf(row)),
        h("span", { class: "line" }, statusMark(row[ROW.status]),
          row[ROW.snrBefore] !== null && h("span", { class: "number" },
            ratio(row[ROW.snrBefore], 0),
            row[ROW.snrAfter] !== null && ` → ${ratio(row[ROW.snrAfter], 0)}`, " dB")),
        codes.length > 0 && h("span", { class: "hint" }, codes.filter(Boolean).map(word).join(" · "))));
    })));
}

/** With what it was made, and the command that does it again. */
function settings() {
  const { tools, settings: hashes, changed, known, command } = data.head;
  const copied = h("span", { class: "hint", role: "status" });
  const code = h("code", { tabindex: 0 }, command);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      copied.textContent = say("copied");
    } catch {
      getSelection().selectAllChildren(code);      // not every browser lets a file write there
      copied.textContent = say("selected");
    }
  };
  return section("settings", say("settings"),
    h("div", { class: "card settings" },
      h("dl", null,
        h("dt", null, say("head.version")), h("dd", null, tools.join(", ") || "–"),
        h("dt", null, say("head.settings")),
        h("dd", null, changed.length > 0
          ? changed.map(c => h("code", null, c))
          : say(known ? "defaults" : "unknown")),
        h("dt", null, say("head.hash")),
        h("dd", null, hashes.length > 0 ? hashes.map(s => h("code", null, s)) : "–")),
      command
        ? h("div", { class: "command" }, h("h3", null, say("again")), code,
          h("p", null, h("button", { type: "button", click: copy }, say("copy")), " ", copied))
        : h("p", { class: "hint" }, say("again.unknown"))));
}
