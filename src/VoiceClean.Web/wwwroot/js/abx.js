// The blind test: how many trials is said before the first, nobody learns how it goes before the last.

import { BlindSound } from "./abx-sound.js";
import { COUNTS, Trials, asUneven, atLeast, probability } from "./abx-trials.js";
import { clock, h } from "./dom.js";
import { t } from "./i18n.js";

/** The number that is proposed. */
const USUAL = 16;

/**
 * @typedef {Object} Comparison
 * @property {import("./transport.js").Transport} transport plays both sounds, equally loud
 * @property {{before: string, after: string}} labels what the two are called
 * @property {string} settingsText how the second one was made
 * @property {{start: number, end: number}} span what is heard, over and over [s]
 * @property {() => void} onClose told when the dialog is gone
 */

/** Opens the dialog. @param {Comparison} comparison */
export function openAbx(comparison) {
  useStyle();
  return new AbxDialog(comparison);
}

function useStyle() {
  const href = new URL("../abx.css", import.meta.url).href;
  if ([...document.styleSheets].some(sheet => sheet.href === href)) return;
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href });
  document.head.append(link);
}

class AbxDialog {
  /** @param {Comparison} comparison */
  constructor(comparison) {
    this.comparison = comparison;
    this.sound = new BlindSound(comparison.transport, comparison.span);
    this.dialog = h("dialog", { class: "abx", "aria-labelledby": "abx-title" });
    this.dialog.addEventListener("cancel", event => this.cancel(event));
    this.dialog.addEventListener("close", () => this.closed());
    this.dialog.addEventListener("keydown", event => this.key(event));
    document.body.append(this.dialog);
    this.setUp();
    this.dialog.showModal();
  }

  /** @param {string} title @param {...any} content */
  show(title, ...content) {
    const head = h("h2", { id: "abx-title", tabindex: "-1" }, title);
    this.dialog.replaceChildren(head, ...content.flat().filter(Boolean));
    if (this.dialog.open) head.focus();
  }

  /** What is compared; the same words everywhere. */
  compared() {
    const { labels, span } = this.comparison;
    return h("p", { class: "soft" }, t("abx.compared", {
      a: labels.before, b: labels.after, from: clock(span.start), to: clock(span.end),
    }));
  }

  setUp() {
    const choice = (name, value, text, more, isChecked) => h("label", { class: "choice" },
      h("input", { type: "radio", name, value, checked: isChecked }),
      h("span", null, h("b", null, text), more && h("small", null, more)));
    this.show(
      t("abx.title"),
      h("form", { method: "dialog", submit: event => this.begin(event) },
        this.compared(),
        h("fieldset", { class: "modes" }, h("legend", null, t("abx.mode")),
          choice("mode", "abx", t("abx.mode.abx"), t("abx.mode.abx.more"), true),
          choice("mode", "prefer", t("abx.mode.prefer"), t("abx.mode.prefer.more"), false)),
        h("fieldset", { class: "counts" }, h("legend", null, t("abx.count")),
          COUNTS.map(n => choice("count", n, String(n), null, n === USUAL))),
        h("p", { class: "soft" }, t("abx.rule")),
        h("div", { class: "actions" },
          h("button", { class: "button main", id: "abx-begin" }, t("abx.begin")),
          h("button", { class: "button", type: "button", click: () => this.dialog.close() }, t("abx.close")))),
    );
  }

  /** @param {SubmitEvent} event */
  begin(event) {
    event.preventDefault();
    const chosen = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.isAbx = chosen.get("mode") === "abx";
    this.trials = new Trials(Number(chosen.get("count")));
    this.ask();
  }

  /** One trial. */
  ask() {
    this.sound.stop();
    this.heard = new Set();
    const { at, count } = this.trials;
    const names = this.isAbx ? ["A", "B", "X"] : ["1", "2"];
    this.show(
      t("abx.trial", { n: at + 1, all: count }),
      h("progress", { max: count, value: at, "aria-label": t("abx.progress") }),
      h("p", { class: "soft" }, t(this.isAbx ? "abx.ask.abx" : "abx.ask.prefer")),
      h("div", { class: "sounds", role: "group", "aria-label": t("abx.sounds") }, names.map(name =>
        h("button", { class: "button sound", "data-sound": name, "aria-pressed": "false",
          click: () => this.hear(name) }, name))),
      h("div", { class: "answers", role: "group", "aria-label": t("abx.answers") }, [0, 1].map(answer =>
        h("button", { class: "button", "data-answer": answer, disabled: true,
          click: () => this.answer(answer) },
        t(this.isAbx ? "abx.answer.abx" : "abx.answer.prefer", { name: names[answer] })))),
      h("p", { class: "soft hear-first" }, t(this.isAbx ? "abx.first.abx" : "abx.first.prefer")),
      h("div", { class: "actions" },
        h("button", { class: "button", id: "abx-silence", click: () => this.silence() }, t("abx.silence")),
        h("button", { class: "button", id: "abx-stop", click: () => this.finish() }, t("abx.stop"))),
    );
  }

  /** @param {string} name of a button: A, B, X; 1, 2 */
  hear(name) {
    this.heard.add(name);
    for (const button of this.dialog.querySelectorAll("[data-sound]")) {
      button.setAttribute("aria-pressed", String(button.dataset.sound === name));
    }
    const enough = this.isAbx ? this.heard.has("X") : this.heard.size === 2;
    for (const button of this.dialog.querySelectorAll("[data-answer]")) button.disabled = !enough;
    this.dialog.querySelector(".hear-first").hidden = enough;
    const { hidden } = this.trials;
    const which = { A: 0, B: 1, X: hidden, 1: hidden, 2: 1 - hidden }[name];
    this.sound.hear(which);
  }

  silence() {
    this.sound.stop();
    for (const button of this.dialog.querySelectorAll("[data-sound]")) button.setAttribute("aria-pressed", "false");
  }

  /** @param {number} answer 0 = A, or the first; 1 = B, or the second */
  answer(answer) {
    this.trials.answer(answer);
    if (this.trials.isOver) this.finish();
    else this.ask();
  }

  /** The end, or before it: then there are answers but no probability. */
  finish() {
    this.sound.stop();
    const lines = this.lines();
    const text = h("textarea", { readonly: true, rows: lines.length + 1, "aria-label": t("abx.text") });
    text.value = lines.join("\n");
    const copied = h("span", { role: "status" });
    this.show(
      t(this.trials.isOver ? "abx.done" : "abx.stopped"),
      h("p", { class: "score" }, this.score()),
      this.trials.isOver && h("p", { class: "soft" }, this.method()),
      this.trials.isOver ? this.meaning() : h("p", null, t("abx.stopped.more")),
      this.trials.at > 0 && this.table(),
      text,
      h("div", { class: "actions" },
        h("button", { class: "button main", click: () => copy(text, copied) }, t("abx.copy")),
        h("button", { class: "button", id: "abx-close", click: () => this.dialog.close() }, t("abx.close")), copied),
    );
    this.trialsDone = true;
  }

  /** How often the second sound was preferred: the answer was 0 for what is hidden first. */
  get preferred() {
    const { answers, truth } = this.trials;
    return answers.filter((answer, i) => (answer === 0 ? truth[i] : 1 - truth[i]) === 1).length;
  }

  /** [hits, probability by chance] */
  get result() {
    const { count, hits } = this.trials;
    return this.isAbx ? [hits, atLeast(hits, count)] : [this.preferred, asUneven(this.preferred, count)];
  }

  meaning() {
    const [, p] = this.result;
    return h("p", null, t(`abx.meaning.${this.isAbx ? "abx" : "prefer"}.${p <= 0.05 ? "yes" : "no"}`));
  }

  /** How it went; with the probability only where that holds. */
  score() {
    const { at, isOver } = this.trials, [hits, p] = this.result;
    const key = `abx.score.${this.isAbx ? "abx" : "prefer"}`;
    return t(isOver ? key : key + ".stopped", {
      hits, all: at, b: this.comparison.labels.after, p: probability(p), planned: this.trials.count,
    });
  }

  method() {
    return t(this.isAbx ? "abx.method.abx" : "abx.method.prefer");
  }

  /** The result as text. */
  lines() {
    const { labels, settingsText, span } = this.comparison;
    return [
      this.score(), ...(this.trials.isOver ? [this.method()] : []),
      `A: ${labels.before}`, `B: ${labels.after}`, settingsText,
      t("abx.span", { from: clock(span.start), to: clock(span.end) }),
    ];
  }

  table() {
    const { answers, truth } = this.trials;
    const names = this.isAbx ? ["A", "B"] : ["1", "2"];
    const behind = i => (this.isAbx ? names[truth[i]] : (truth[i] === answers[i] ? "A" : "B"));
    return h("ol", { class: "outcome" }, answers.map((answer, i) => {
      const isRight = this.isAbx ? answer === truth[i] : behind(i) === "B";
      const key = this.isAbx ? (isRight ? "abx.right" : "abx.wrong") : "abx.chose";
      return h("li", { class: isRight ? "hit" : "miss" }, t(key, { said: names[answer], was: behind(i) }));
    }));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const button = this.dialog.querySelector(`[data-sound="${CSS.escape(event.key.toUpperCase())}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  }

  /** Escape in the middle shows what was answered instead of losing it. @param {Event} event */
  cancel(event) {
    if (!this.trials || this.trialsDone) return;
    event.preventDefault();
    this.finish();
  }

  closed() {
    this.sound.close();
    this.dialog.remove();
    this.comparison.onClose();
  }
}

/** @param {HTMLTextAreaElement} text @param {HTMLElement} status */
async function copy(text, status) {
  try {
    await navigator.clipboard.writeText(text.value);
    status.textContent = t("abx.copied");
  } catch {
    text.select();
    status.textContent = t("abx.selected");
  }
}
