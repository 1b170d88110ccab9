// Single keys, each the twin of a button. They are off while a field has the focus, and altogether by a switch.

import { el, h } from "./dom.js";
import { t } from "./i18n.js";

/** Keys in the order of the list: what is shown, and the key of the words. */
const LIST = [
  ["Space", "key.play"], ["1 2 3", "key.hear"], ["← →", "key.second"], ["⇧← ⇧→", "key.five"],
  ["Home End", "key.ends"], ["+ −", "key.zoom"], ["0", "key.all"], ["[ ]", "key.marks"], ["L", "key.loop"],
  ["N", "key.learn"], [", .", "key.strength"], ["G", "key.cut"], ["U ⇧U", "key.undo"], ["C", "key.copy"],
  ["V", "key.view"], ["M", "key.mic"], ["X", "key.abx"], ["?", "key.help"],
];

/** The button of each key; those with Shift begin with "⇧". */
const BUTTONS = {
  " ": "play", 1: "hear-before", 2: "hear-after", 3: "hear-residue", ArrowLeft: "back1", ArrowRight: "on1",
  "⇧ArrowLeft": "back5", "⇧ArrowRight": "on5", Home: "to-start", End: "to-end", "+": "zoom-in", "=": "zoom-in",
  "-": "zoom-out", 0: "zoom-all", "[": "mark-start", "]": "mark-end", l: "loop", n: "learn", ",": "weaker",
  ".": "stronger", g: "next-cut", u: "undo", "⇧u": "redo", c: "copy", v: "view", m: "mic", x: "abx",
  "?": "help",
};

/** Where the choice of the switch is kept. */
const KEPT_AS = "voiceclean.keys";

/** Whether what has the focus uses keys itself. @param {Element|null} element @param {string} key */
function usesKey(element, key) {
  if (!element) return false;
  if (element.closest("dialog[open]")) return true;
  if (element.matches("input[type=range]")) return key.startsWith("Arrow") || key === "Home" || key === "End";
  if (element.matches("input[type=checkbox], input[type=radio]")) return key === " " || key.startsWith("Arrow");
  if (element.matches("input, select, textarea, [contenteditable]")) return true;
  if (element.matches("button, a, summary")) return key === " " || key === "Enter";
  return element.matches("[role=slider], [role=tab]") && (key.startsWith("Arrow") || key === "Home" || key === "End");
}

/** Where the tool stands for a key. @param {KeyboardEvent} event */
export function buttonFor(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (event.key.startsWith("Arrow") || key === "u") ? "⇧" : "";
  return BUTTONS[shift + key];
}

/** Listens. */
export function listen() {
  const isOn = el("keys-on");
  isOn.checked = localStorage.getItem(KEPT_AS) !== "off";
  isOn.addEventListener("change", () => localStorage.setItem(KEPT_AS, isOn.checked ? "on" : "off"));
  el("key-list").replaceChildren(...LIST.map(([keys, words]) =>
    h("div", null, h("dt", null, keys.split(" ").map(k => [h("kbd", null, k), " "])), h("dd", null, t(words)))));
  el("help").addEventListener("click", () => el("keys").showModal());
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !isOn.checked) return;
    if (document.querySelector("dialog[open]") || usesKey(document.activeElement, event.key)) return;
    const id = buttonFor(event);
    if (!id) return;
    event.preventDefault();
    if (!el(id).closest("[inert]")) el(id).click();
  });
}
