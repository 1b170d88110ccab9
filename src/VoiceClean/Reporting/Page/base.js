// Elements, words and figures: what everything else stands on. The files of this folder become one module, in the
// order that PageFiles names; whatever comes from a record reaches the page as text and in no other way.

/** The data of the page; PageData writes it. */
const data = JSON.parse(document.getElementById("data").textContent);

/** Places in a row. */
const ROW = {
  id: 0, status: 1, reason: 2, warnings: 3, snrBefore: 4, snrAfter: 5, lufsBefore: 6, lufsAfter: 7,
  seconds: 8, result: 9, message: 10, verdict: 11, linkIn: 12, linkOut: 13,
};

const STATUSES = ["ok", "unchanged", "rejected", "failed", "stopped", "not_begun"];
const VERDICTS = ["good", "usable", "poor", "hopeless"];
const SVG = new Set(["svg", "g", "path", "rect", "line", "text", "title"]);

/**
 * An element. Functions become listeners, everything else an attribute; strings among the children become text.
 * @param {string} name
 * @param {Object<string, (string|number|boolean|null|undefined|Function)>} [props]
 * @param {...(Node|string|null|Array)} children
 * @returns {HTMLElement|SVGElement}
 */
function h(name, props, ...children) {
  const made = SVG.has(name)
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat(2).filter(c => c !== null && c !== undefined && c !== false));
  return made;
}

/**
 * A sentence in the language of the page; its slots {name} are filled.
 * @param {string} key
 * @param {Object<string, string|number>} [slots]
 */
function say(key, slots = {}) {
  const text = Object.hasOwn(data.words, key) ? data.words[key] : key;
  return text.replace(/\{(\w+)\}/g, (all, name) => Object.hasOwn(slots, name) ? String(slots[name]) : all);
}

/** The word for a code of a reason or a warning, or the code itself. @param {string} code */
function word(code) {
  const key = "code." + code;
  return Object.hasOwn(data.words, key) ? data.words[key] : code;
}

/**
 * A name as it can be shown: what cannot be seen, or turns the direction of what follows, stands there by its number.
 * @param {string} name
 */
function visible(name) {
  const hidden = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
  return name === "" ? say("noname")
    : name.replace(hidden, c => `⟨${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** The name of a row. */
const nameOf = row => visible(row[ROW.id]);

/** A whole number with its thousands apart. @param {number} n */
const count = n => n.toLocaleString(data.lang);

/**
 * A figure with so many digits behind the point; a dash where there is none.
 * @param {number|null|undefined} value
 * @param {number} digits
 */
function figure(value, digits) {
  if (value === null || value === undefined) return "–";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

/** What a signal-to-noise ratio reads that cannot be measured and is only known to be beyond [dB]. */
const MOST_SNR = 40, LEAST_SNR = -20;

/**
 * A signal-to-noise ratio with so many digits behind the point, and ">40" or "<-20" where only that is known.
 * @param {number|null|undefined} value
 * @param {number} digits
 */
const ratio = (value, digits) => value === MOST_SNR ? ">" + figure(value, 0)
  : value === LEAST_SNR ? "<" + figure(value, 0) : figure(value, digits);

/** A length of time for people: "2.4 h", "12:05" or "9.3 s". @param {number} s */
function time(s) {
  if (s < 60) return say("unit.s", { n: figure(s, s < 10 ? 1 : 0) });
  if (s < 36_000) {
    const all = Math.round(s);
    const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    const tail = String(seconds).padStart(2, "0");
    return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
  }
  return say("unit.h", { n: figure(s / 3600, s < 360_000 ? 1 : 0) });
}

/** The codes of the warnings of a row. @returns {string[]} */
const warningsOf = row => row[ROW.warnings] ? row[ROW.warnings].map(c => data.codes[c]) : [];

/** The code of the reason of a row, or null. */
const reasonOf = row => row[ROW.reason] >= 0 ? data.codes[row[ROW.reason]] : null;

/** Share of a row's recording that its result does not have; null where that is not known. */
function removedOf(row) {
  const [before, after] = [row[ROW.seconds], row[ROW.result]];
  return before > 0 && after !== null && row[ROW.status] < 2 ? Math.min(1, Math.max(0, 1 - after / before)) : null;
}

/** A status as a dot and a word. @param {number} status */
const statusMark = status =>
  h("span", { class: "mark " + STATUSES[status] }, say("status." + STATUSES[status]));

/** The verdict of an inspection as a dot and a word. @param {number} verdict */
const verdictMark = verdict =>
  h("span", { class: "mark " + VERDICTS[verdict] }, say("verdict." + VERDICTS[verdict]));

/** A part of the page with a heading. @returns {HTMLElement} */
function section(id, title, ...children) {
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), children);
}

/** Median of some numbers; null of none. @param {number[]} values */
function median(values) {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
