// One recording, opened: pictures before and after, players, figures, findings. Arrows walk through the table.

const detailOf = new Map(data.details.map(d => [d.row, d]));

/**
 * The sheet in which rows are opened.
 * @param {() => any[]} list the rows as the table shows them, for the way to the next
 */
function detailSheet(list) {
  const title = h("h2", { id: "sheet-title" });
  const content = h("div", { class: "sheet-content" });
  const place = h("span", { class: "place" });
  let at = 0;
  const step = by => {
    const rows = list();
    at = Math.min(rows.length - 1, Math.max(0, at + by));
    fill(rows[at]);
  };
  const back = h("button", { type: "button", click: () => step(-1), "aria-label": say("sheet.previous") }, "←");
  const next = h("button", { type: "button", click: () => step(1), "aria-label": say("sheet.next") }, "→");
  const dialog = h("dialog", {
    "aria-labelledby": "sheet-title",
    click: event => event.target === dialog && dialog.close(),
    keydown: event => {
      if (event.target.closest("audio, input")) return;
      if (event.key === "ArrowLeft") step(-1);
      if (event.key === "ArrowRight") step(1);
    },
    close: () => dialog.querySelectorAll("audio").forEach(a => a.pause()),
  },
    h("header", null, title, h("div", { class: "walk" }, place, back, next,
      h("button", { type: "button", autofocus: true, click: () => dialog.close() }, say("sheet.close")))),
    content);

  function fill(row) {
    const rows = list();
    title.textContent = nameOf(row);
    place.textContent = say("sheet.place", { n: count(at + 1), all: count(rows.length) });
    back.disabled = at === 0;
    next.disabled = at === rows.length - 1;
    content.replaceChildren(...recording(row).filter(Boolean));
    content.scrollTop = 0;
  }

  return {
    element: dialog,
    open(row) {
      at = Math.max(0, list().indexOf(row));
      fill(row);
      if (!dialog.open) dialog.showModal();
    },
  };
}

/** Everything about one row. @returns {(Node|null)[]} */
function recording(row) {
  const detail = detailOf.get(data.rows.indexOf(row));
  const warnings = detail ? detail.warnings : warningsOf(row).map(code => [code, ""]);
  return [
    h("p", { class: "state" }, statusMark(row[ROW.status]), row[ROW.verdict] >= 0 && verdictMark(row[ROW.verdict]),
      reasonOf(row) && h("b", null, word(reasonOf(row)))),
    row[ROW.message] && h("p", { class: "said", lang: "en" }, row[ROW.message]),
    detail?.advice && h("p", { class: "said", lang: "en" }, detail.advice),
    sounds(row, detail),
    warnings.length > 0 && block(say("warnings"), h("ul", { class: "warnings" }, warnings.map(([code, message]) =>
      h("li", null, h("b", null, word(code)), message && h("span", { lang: "en" }, message))))),
    block(say("figures"), figures(row, detail)),
    detail && detail.findings.length > 0 && h("details", null, h("summary", null, say("findings")),
      h("dl", { class: "findings" }, detail.findings.map(([key, value]) =>
        [h("dt", null, key), h("dd", null, value)]))),
    detail?.path && h("p", { class: "hint path" }, visible(detail.path)),
  ];
}

const block = (title, content) => h("section", null, h("h3", null, title), content);

/** Pictures and players, before over after. */
function sounds(row, detail) {
  const [before, after] = [detail?.before, detail?.after];
  const urls = [before?.[4] ? embedded(before[4]) : inputUrl(row), after?.[4] ? embedded(after[4]) : resultUrl(row)];
  if (!before && !after && !urls[0] && !urls[1]) {
    return h("p", { class: "hint" }, say(detail ? "sound.gone" : "sound.none"));
  }
  return h("div", { class: "sounds" },
    sound(say("before"), before, urls[0], nameOf(row),
      detail && before && Math.abs(detail.gain) >= 0.1 && say("sound.gain", { n: figure(detail.gain, 1) })),
    (after || urls[1]) && sound(say("after"), after, urls[1], nameOf(row), null));
}

function sound(name, drawn, url, id, note) {
  const isCut = drawn?.[4] && drawn[2] > data.head.longest;
  return h("figure", { class: "sound" },
    h("figcaption", null, h("b", null, name), drawn && h("span", null, time(drawn[2])), note && h("span", null, note)),
    drawn && h("div", { class: "wave" }, picture(drawn[0], say("sound.wave", { name, id }))),
    drawn && h("div", { class: "spectrogram" }, picture(drawn[1], say("sound.spectrogram", { name, id })),
      h("div", { class: "scale", "aria-hidden": "true" },
        [1, 0.5, 0].map(share => h("span", null, say("unit.khz", { n: figure(share * drawn[3] / 2000, 0) }))))),
    player(url, say("sound.play", { name, id })),
    isCut && h("p", { class: "hint" }, say("sound.cut", { n: data.head.longest })));
}

/** The figures before and after as a table. */
function figures(row, detail) {
  const rows = detail && detail.figures.length > 0 ? detail.figures : [
    ["snr_db", 1, row[ROW.snrBefore], row[ROW.snrAfter]],
    ["integrated_lufs", 1, row[ROW.lufsBefore], row[ROW.lufsAfter]],
    ["duration_s", 2, row[ROW.seconds], row[ROW.status] < 2 ? row[ROW.result] : null],
  ];
  return h("table", null,
    h("thead", null, h("tr", null, h("th", { scope: "col" }, say("figure")),
      h("th", { scope: "col" }, say("before")), h("th", { scope: "col" }, say("after")))),
    h("tbody", null, rows.map(([key, digits, before, after]) => {
      const show = key === "snr_db" ? ratio : figure;
      return h("tr", null,
        h("th", { scope: "row" }, say("figure." + key)),
        h("td", null, show(before, digits)), h("td", null, show(after, digits)));
    })));
}
