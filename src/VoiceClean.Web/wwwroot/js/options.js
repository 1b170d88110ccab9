// The right column: strength, where the noise is learnt, and all other options as a form that is built from the
// program's own table, folded into four groups.

import { breath, el, figure, h, seconds } from "./dom.js";
import { has, t } from "./i18n.js";
import { noiseOf, rangeOf } from "./regions.js";

/** Which groups of the table stand in which fold; what has a control of its own stands in none. */
const FOLDS = [
  ["silence", ["Silence"]], ["loudness", ["Loudness"]], ["cleanup", ["Noise", "Refusal", "Chain"]],
  ["output", ["Result", "Limits"]],
];
const APART = new Set(["strength", "noise", "noise-source", "noise-range-start", "noise-range-end"]);

/** Where the shaded part of the slider begins, and a step of the keys. */
const RISK = 0.75, STEP = 0.05;

/** A value without its unit, where only a number is left. @param {any} row @param {string} text */
export function bare(row, text) {
  const number = row.unit && text.endsWith(row.unit) ? text.slice(0, -row.unit.length) : text;
  return /^-?\d+(\.\d+)?$/.test(number) ? number : text;
}

export class Options {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Map<string, () => void>} what shows the value of each option */
    this.shown = new Map();
  }

  /** Builds what depends on the table, a fold at a time: they are not seen yet, and the page answers in between. */
  async build() {
    this.buildStrength();
    this.buildNoise();
    for (const [name, groups] of FOLDS) {
      await breath();
      el("folds").append(this.fold(name, groups));
    }
    await breath();
    this.store.on("settings", () => this.show());
    this.store.on("render clip selection", () => this.showNoise());
    this.show();
  }

  buildStrength() {
    const { store } = this;
    const slider = el("strength");
    slider.addEventListener("input", event => {
      this.changedAt = event.timeStamp;
      store.change({ strength: String(Number(slider.value)) }, "strength");
    });
    el("weaker").addEventListener("click", () => this.step(-STEP));
    el("stronger").addEventListener("click", () => this.step(STEP));
    this.shown.set("strength", () => {
      const value = Number(store.value("strength"));
      slider.value = String(value);
      el("strength-value").textContent = figure(value, 2);
      slider.setAttribute("aria-valuetext", value > RISK ? t("strength.at.risk", { n: value.toFixed(2) })
        : value.toFixed(2));
      const note = value === 0 ? "strength.off" : value > RISK ? "strength.risky" : "strength.safe";
      el("strength-note").textContent = t(note);
      el("strength-note").classList.toggle("warned", value > RISK);
    });
  }

  /** @param {number} by */
  step(by) {
    const next = Math.max(0, Math.min(1, Number(this.store.value("strength")) + by));
    this.changedAt = performance.now();
    this.store.change({ strength: String(Number(next.toFixed(2))) });
  }

  buildNoise() {
    const { store } = this;
    el("noise-choices").replaceChildren(...["auto", "head", "range", "off"].map(name =>
      h("label", null,
        h("input", { type: "radio", name: "noise", value: name, change: () => this.takeNoise(name) }),
        h("span", null, t("noise." + name)))));
    el("learn").addEventListener("click", () => this.learn());
    this.shown.set("noise", () => this.showNoise());
    if (!store.row("noise")) el("noise-source").hidden = true;
  }

  /** @param {string} name */
  takeNoise(name) {
    const { store } = this;
    if (name !== "range") return store.change({ noise: name });
    const here = store.selection ?? noiseOf(store) ?? { start: 0, end: Math.min(0.5, store.duration) };
    return store.change({ noise: `range:${seconds(here.start)}-${seconds(here.end)}` });
  }

  /** Learns the noise from what is selected. @returns {boolean} whether anything is */
  learn() {
    const { selection, canPoint } = this.store;
    if (!canPoint) return false;
    if (!selection || selection.end - selection.start < 0.05) {
      el("noise-note").textContent = t("learn.first");
      return false;
    }
    this.store.change({ noise: `range:${seconds(selection.start)}-${seconds(selection.end)}` });
    return true;
  }

  showNoise() {
    const { store } = this;
    const value = store.value("noise");
    const kind = rangeOf(value) ? "range" : value.split(":")[0];
    for (const input of el("noise-choices").querySelectorAll("input")) input.checked = input.value === kind;
    el("learn").disabled = !store.clip || !store.canPoint;
    el("noise-choices").querySelector("[value=range]").disabled = !store.canPoint;
    const noise = noiseOf(store);
    const found = store.render?.report?.process?.noise_source;
    el("noise-note").textContent = !store.canPoint ? t("noise.stretch") : kind === "off" ? t("noise.none")
      : noise ? t("noise.from", { start: noise.start.toFixed(2), end: noise.end.toFixed(2) })
        : found ? t("noise.elsewhere") : "";
  }

  /** @param {string} name @param {string[]} groups */
  fold(name, groups) {
    const rows = this.store.rows.filter(r => groups.includes(r.group) && !APART.has(r.name) && r.kind !== "path");
    const [usual, fine] = [rows.filter(r => !r.advanced), rows.filter(r => r.advanced)];
    const count = h("span", { class: "count" });
    const fold = h("details", { class: "fold" },
      h("summary", null, t("fold." + name), " ", count), usual.map(r => this.field(r)),
      fine.length > 0 && h("details", { class: "fine" }, h("summary", null, t("fold.fine")),
        fine.map(r => this.field(r))));
    this.shown.set("fold " + name, () => {
      const n = rows.filter(r => r.name in this.store.settings).length;
      count.textContent = n ? t("fold.changed", { n }) : "";
    });
    return fold;
  }

  /** @param {any} row */
  field(row) {
    const { store } = this;
    const id = "opt-" + row.name;
    const help = has("help." + row.name) ? t("help." + row.name) : row.text;
    const control = row.kind === "switch" ? this.switchOf(row, id) : row.kind === "choice" ? this.choiceOf(row, id)
      : this.textOf(row, id);
    const hasUnit = !["choice", "switch"].includes(row.kind) && row.unit && !row.default.includes(",");
    const back = h("button", {
      class: "back", title: t("back.title"), "aria-label": t("back.label", { name: labelOf(row) }),
      click: () => store.change({ [row.name]: null }),
    }, "↺");
    const made = h("div", { class: "field" },
      h("label", { for: id }, labelOf(row)), h("span", { class: "control" }, back, control,
        hasUnit && h("span", { class: "unit soft" }, row.unit)),
      h("p", { class: "soft", id: id + "-help" }, help));
    const show = this.shown.get(row.name);
    this.shown.set(row.name, () => {
      show();
      made.classList.toggle("changed", row.name in store.settings);
    });
    return made;
  }

  switchOf(row, id) {
    const box = h("input", {
      type: "checkbox", id, "aria-describedby": id + "-help",
      change: () => this.store.change(
        { [row.name]: box.checked === (row.default === "on") ? null : String(box.checked) }),
    });
    this.shown.set(row.name, () => {
      box.checked = ["on", "true"].includes(this.store.value(row.name));
    });
    return box;
  }

  choiceOf(row, id) {
    const box = h("select", {
      id, "aria-describedby": id + "-help", change: () => this.store.change({ [row.name]: box.value }),
    }, row.words.map(w => h("option", { value: w }, has("word." + w) ? t("word." + w) : w)));
    this.shown.set(row.name, () => {
      box.value = this.store.value(row.name);
    });
    return box;
  }

  textOf(row, id) {
    const isNumber = row.kind === "number" && row.words.length === 0;
    const range = row.minimum !== null && row.maximum !== null && row.kind !== "share";
    const box = h("input", {
      id, type: isNumber ? "number" : "text", step: isNumber ? "any" : null, min: isNumber ? row.minimum : null,
      max: isNumber ? row.maximum : null, autocomplete: "off", spellcheck: "false", "aria-describedby": id + "-help",
      placeholder: has("word." + row.default) ? t("word." + row.default) : row.default,
      title: range ? t("range", { low: row.minimum, high: row.maximum, unit: row.unit }) : null,
      change: () => {
        const text = box.value.trim();
        this.store.change({ [row.name]: text === "" || text === bare(row, row.default) ? null : text });
        this.shown.get(row.name)();
      },
    });
    this.shown.set(row.name, () => {
      const text = bare(row, this.store.value(row.name));
      const isWord = text === row.default && (row.unit !== "" || !/\d/.test(text));
      box.value = row.name in this.store.settings || !isWord ? text : "";
    });
    return box;
  }

  show() {
    for (const show of this.shown.values()) show();
  }
}

/** What an option is called. @param {any} row */
export const labelOf = row => has("opt." + row.name) ? t("opt." + row.name) : row.name.replaceAll("-", " ");
