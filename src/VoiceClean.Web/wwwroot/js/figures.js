// Figures: the three beside the slider, the table of before and after, the warnings. They are the text twin of every
// picture of the page.

import { clock, el, figure, h, ratio } from "./dom.js";
import { has, t } from "./i18n.js";
import { cutsOf } from "./regions.js";

/** Name, digits, and what says that the figure is only a bound. */
const TABLE = [
  ["integrated_lufs", 1], ["loudness_range_lu", 1], ["true_peak_dbtp", 1], ["snr_db", 1],
  ["noise_floor_dbfs", 1, "noise_floor_is_upper_bound", "≤ "], ["speech_dbfs", 1], ["speech_s", 2], ["duration_s", 2],
  ["bandwidth_hz", 0],
];

/** @param {any} measured @param {Array<any>} row */
function cell(measured, [name, digits, bound, sign]) {
  const value = measured?.[name];
  const text = name === "snr_db" ? ratio(value, digits) : figure(value, digits);
  return h("td", null, (bound && measured?.[bound] ? sign : "") + text);
}

/** A warning in the language of the page, with the figures of the record in its slots. */
export function warningText(warning, record) {
  const key = "code." + warning.code;
  if (!has(key)) return warning.message ?? warning.code;
  const figures = { ...record?.before, ...record?.process };
  const slots = Object.entries(figures).filter(([, value]) => typeof value === "number");
  return t(key, Object.fromEntries(slots.map(([name, value]) => [name, figure(value, 1)])));
}

export class Figures {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    store.on("render clip", () => this.show());
  }

  show() {
    const { clip, render } = this.store;
    const before = clip?.inspection?.before, record = render?.report;
    const process = record?.process ?? {};
    const live = [
      ["taken", process.gate_attenuation_db, 1, "dB"],
      ["consonants", process.gate_consonant_change_db, 1, "dB"],
      ["kept", process.gate_speech_to_distortion_db, 0, "dB"],
    ];
    el("live").replaceChildren(...live.map(([name, value, digits, unit]) =>
      h("div", { title: t(`live.${name}.title`) }, h("dt", null, t("live." + name)),
        h("dd", null, figure(value, digits), " ", h("span", { class: "soft" }, unit)))));
    const head = h("tr", null, h("th", { scope: "col" }, t("figure")), h("th", { scope: "col" }, t("before")),
      h("th", { scope: "col" }, t("after")));
    el("figures").querySelector("tbody").replaceChildren(head, ...TABLE.map(row =>
      h("tr", null, h("th", { scope: "row" }, t("figure." + row[0])), cell(before, row), cell(record?.after, row))));
    const warnings = record?.warnings ?? clip?.inspection?.warnings ?? [];
    el("warnings").replaceChildren(...warnings.map(w => h("li", { title: w.message }, warningText(w, record))));
  }
}

/**
 * What a canvas shows, in words.
 * @param {import("./store.js").Store} store
 * @param {string} signal
 */
export function describe(store, signal) {
  if (!store.clip) return `${t(signal)}: ${t("state.closed")}`;
  const { from, length } = store.view;
  const measured = signal === "before" ? store.clip?.inspection?.before : store.render?.report?.after;
  const slots = {
    from: clock(from), to: clock(from + length), snr: ratio(measured?.snr_db, 1),
    noise: figure(measured?.noise_floor_dbfs, 1), lufs: figure(measured?.integrated_lufs, 1),
    taken: figure(store.render?.report?.process?.gate_attenuation_db, 1),
    cuts: cutsOf(store).length, target: store.value("loudness"),
  };
  return t("picture." + signal, slots);
}
