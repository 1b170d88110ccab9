// A training set: speakers, lengths and texts, the best references, what differs, and where each clip comes from.

/** Places in the row of a clip. */
const CLIP = {
  file: 0, speaker: 1, recording: 2, start: 3, end: 4, seconds: 5, ratio: 6, lufs: 7, text: 8, language: 9,
  reason: 10, warnings: 11,
};

/** One set. @param {any} set @param {number} number */
function trainingSet(set, number) {
  const kept = set.rows.filter(c => c[CLIP.reason] < 0);
  const texts = kept.filter(c => c[CLIP.text]);
  const id = "set" + number;
  return section(id, say("set.title", { folder: set.folder }),
    h("p", { class: "hint" }, say("set.target", { target: set.target ?? "–" })),
    h("dl", { class: "tiles" },
      tile(say("set.clips"), count(kept.length), "ok"),
      tile(say("set.rejected"), count(set.rows.length - kept.length),
        set.rows.length > kept.length ? "rejected" : "none"),
      tile(say("set.length"), time(set.clips)),
      tile(say("set.source"), time(set.source)),
      tile(say("set.lost"), time(set.lost)),
      tile(say("set.texts"), `${count(texts.length)} / ${count(kept.length)}`)),
    set.nolanguage > 0 && h("p", { class: "hint" }, say("set.nolanguage", { n: count(set.nolanguage) })),
    speakers(set),
    h("div", { class: "charts" },
      histogram({ title: say("chart.cliplength"), unit: "s", digits: 1, before: [],
        after: kept.map(c => c[CLIP.seconds]) }),
      histogram({ title: say("chart.ratio"), unit: "dB", digits: 1, before: [],
        after: kept.map(c => c[CLIP.ratio]).filter(v => v !== null) }),
      textChart(texts)),
    references(set), outliers(set), timeMap(set, id), clips(set, id));
}

/** Signs of a text per second of its clip: a wrong text stands far outside. */
function textChart(texts) {
  const speeds = texts.filter(c => c[CLIP.seconds] > 0).map(c => [...c[CLIP.text]].length / c[CLIP.seconds]);
  return speeds.length > 0
    ? histogram({ title: say("chart.text"), unit: "/s", digits: 1, before: [], after: speeds })
    : h("figure", { class: "card chart" }, caption(say("chart.text"), ""), empty(say("set.notexts")));
}

/**
 * A plain table with its heading; the rows beyond the first dozen are added on demand.
 * @param {string} title
 * @param {string[]} columns titles; those of columns of text end in a blank
 * @param {Element[]} rows
 * @param {string} none what stands there if there are no rows
 */
function plain(title, columns, rows, none) {
  const most = 12;
  columns.forEach((c, i) => c.endsWith(" ") && rows.forEach(r => r.children[i].classList.add("text")));
  const body = h("tbody", null, rows.slice(0, most));
  const more = rows.length > most && h("button", {
    type: "button", class: "link",
    click: event => { body.append(...rows.slice(most)); event.target.remove(); },
  }, say("more", { n: count(rows.length - most) }));
  return h("section", { class: "card" }, h("h3", null, title), rows.length === 0 ? empty(none)
    : h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title }, h("table", null,
      h("thead", null, h("tr", null, columns.map(c =>
        h("th", { scope: "col", class: c.endsWith(" ") ? "text" : null }, c.trim())))), body)), more);
}

const cells = (name, ...values) => h("tr", null, h("th", { scope: "row" }, name), values.map(v => h("td", null, v)));

function speakers(set) {
  return plain(say("set.speakers"),
    [say("set.speaker"), say("set.clips"), say("set.length"), say("set.shortest"), say("set.middle"),
      say("set.longest"), say("set.level"), say("set.outliers")],
    set.speakers.map(s => cells(visible(s.name), count(s.clips), time(s.s), figure(s.min, 1), figure(s.mid, 1),
      figure(s.max, 1), figure(s.level, 1), count(s.outliers.length))),
    say("set.nospeakers"));
}

function references(set) {
  // The best of each speaker before the second best of any.
  const ranked = set.speakers.flatMap(s => s.references.map((r, place) => [place, s.name, r]));
  const rows = ranked.sort((a, b) => a[0] - b[0]).map(([, name, [file, score, seconds, ratio, band, text]]) => {
    const url = set.link && `${set.link}/${escaped(file)}`;
    return cells([visible(file), text && h("span", { class: "hint" }, text)], visible(name),
      [meter(score), figure(score, 2)], figure(seconds, 1), figure(ratio, 0), figure(band / 1000, 1),
      player(url, say("sound.play", { name, id: visible(file) })));
  });
  return plain(say("set.references"),
    [say("col.clip"), say("set.speaker") + " ", say("set.score"), say("col.seconds"), say("set.ratio"),
      say("set.band"), say("set.listen")],
    rows, say("set.noreferences"));
}

/** A share as a bar. @param {number} share 0 to 1 */
function meter(share) {
  const bar = h("i", { class: "bar" });
  bar.style.inlineSize = `${100 * share}%`;
  return h("span", { class: "meter", "aria-hidden": "true" }, bar);
}

function outliers(set) {
  const rows = set.speakers.flatMap(s => s.outliers.map(([file, key, value, middle, excess]) =>
    cells(visible(file), visible(s.name), say("figure." + key), figure(value, 1), figure(middle, 1),
      `${figure(excess, 1)}×`)));
  return plain(say("set.differ"),
    [say("col.clip"), say("set.speaker") + " ", say("figure") + " ", say("set.value"), say("median"),
      say("set.excess")],
    rows, say("set.nooutliers"));
}

/** Of each recording a line with its clips on it; those that lost most speech first. */
function timeMap(set, id) {
  const most = 40;
  const order = set.recordings.map((r, i) => [r, i]).sort((a, b) => (b[0][2] - b[0][3]) - (a[0][2] - a[0][3]));
  const longest = Math.max(...set.recordings.map(r => r[1] ?? 0), 1);
  const byRecording = Map.groupBy(set.rows, c => c[CLIP.recording]);
  return h("section", { class: "card", "aria-labelledby": id + "map" },
    h("h3", { id: id + "map" }, say("set.map")),
    h("p", { class: "hint" }, h("i", { class: "key kept" }), say("set.kept"), h("i", { class: "key lost" }),
      say("set.dropped"), order.length > most && ` · ${say("set.mapmost", { n: most, all: count(order.length) })}`),
    h("ul", { class: "map" }, order.slice(0, most).map(([recording, i]) => {
      const [name, seconds, speech, keptSpeech] = recording;
      const some = byRecording.get(i) ?? [];
      const width = 1000 * seconds / longest;
      const part = c => h("rect", {
        class: c[CLIP.reason] < 0 ? "kept" : "lost", y: 0, height: 12, x: (width * c[CLIP.start] / seconds).toFixed(1),
        width: Math.max(1, width * (c[CLIP.end] - c[CLIP.start]) / seconds - 1).toFixed(1),
      }, h("title", null, `${c[CLIP.file]} ${figure(c[CLIP.start], 2)}–${figure(c[CLIP.end], 2)} s`));
      return h("li", null, h("span", { class: "name" }, visible(name)),
        h("svg", { viewBox: "0 0 1000 12", preserveAspectRatio: "none", role: "img",
          "aria-label": say("set.maplabel", { name, n: some.filter(c => c[CLIP.reason] < 0).length,
            kept: figure(keptSpeech, 1), speech: figure(speech, 1) }) },
          h("rect", { class: "whole", x: 0, y: 0, width, height: 12 }), some.map(part)),
        h("span", { class: "number" }, time(seconds)));
    })));
}

/** All clips, to be searched and sorted. */
function clips(set, id) {
  const reason = c => c[CLIP.reason] >= 0 ? word(data.codes[c[CLIP.reason]]) : "";
  const warned = c => c[CLIP.warnings].map(w => word(data.codes[w])).join(say("comma"));
  const listed = table({
    label: say("set.all"), none: say("table.none"), rows: set.rows, open: () => {},
    columns: [
      { title: say("col.clip"), width: "minmax(12rem, 2.4fr)", value: c => visible(c[CLIP.file]) },
      { title: say("col.seconds"), width: "5.5rem", isNumber: true, value: c => c[CLIP.seconds],
        show: c => figure(c[CLIP.seconds], 1) },
      { title: say("set.ratio"), width: "9rem", isNumber: true, value: c => c[CLIP.ratio],
        show: c => figure(c[CLIP.ratio], 0) },
      { title: say("set.language"), width: "5.5rem", isWide: true, value: c => c[CLIP.language] || null },
      { title: say("set.text"), width: "minmax(8rem, 3fr)", isWide: true, value: c => c[CLIP.text] || null },
      { title: say("set.why"), width: "minmax(7rem, 1fr)", isWide: true, value: c => reason(c) || null },
      { title: say("warnings"), width: "minmax(7rem, 1.5fr)", isWide: true, value: c => warned(c) || null },
    ],
  });
  return h("section", { "aria-labelledby": id + "all" }, h("h3", { id: id + "all" }, say("set.all")),
    filterBar(say("set.all"), set.rows, listed,
      c => `${c[CLIP.file]}\n${c[CLIP.text]}\n${reason(c)}\n${warned(c)}`, []).element,
    listed.element);
}
