// The list of recordings, worst first, filled in while the studio inspects them in the background.

import { clock, el, figure, h, ratio, visible } from "./dom.js";
import { has, t } from "./i18n.js";

const WORST_FIRST = ["hopeless", "poor", "usable", "good"];

/** @param {any} file how bad it is; what is not known yet comes last */
const rank = file => {
  const place = WORST_FIRST.indexOf(file.verdict);
  return file.reason ? -1 : place < 0 ? WORST_FIRST.length : place;
};

/** Whether nothing more will be known of a file. @param {any} file */
const isDone = file => Boolean(file.verdict ?? file.reason);

/** A verdict as a dot and a word. @param {any} file */
export function mark(file) {
  const verdict = file.reason ? "hopeless" : file.verdict ?? "waiting";
  const word = file.reason ? (has("code." + file.reason) ? t("code." + file.reason) : file.reason)
    : t("verdict." + verdict);
  return h("span", { class: "mark " + verdict }, word);
}

export class Files {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./api.js").Api} api
   * @param {(file: any) => void} open
   */
  constructor(store, api, open) {
    this.store = store;
    this.api = api;
    this.open = open;
    /** @type {Map<string, HTMLElement>} */
    this.items = new Map();
    el("search").placeholder = t("files.search");
    el("search").addEventListener("input", () => this.show());
    store.on("file", () => this.show());
    store.on("clip", () => this.learn(store.clip?.file));
  }

  /** What was found when a recording was opened: it may have changed since it was inspected. @param {any} found */
  learn(found) {
    const { file } = this.store;
    if (!file || !found) return;
    Object.assign(file, found);
    this.show();
    this.store.tell("listed");
  }

  /** All recordings, worst first. */
  get sorted() {
    return this.store.session.files.toSorted((a, b) =>
      rank(a) - rank(b) || (a.snr_db ?? 999) - (b.snr_db ?? 999) || a.name.localeCompare(b.name));
  }

  show() {
    const { store } = this;
    const wanted = el("search").value.toLowerCase();
    const shown = this.sorted.filter(f => f.name.toLowerCase().includes(wanted));
    const list = el("file-list");
    const focused = document.activeElement;
    list.replaceChildren(...shown.map(file => this.item(file)));
    if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
    const all = store.session.files.length;
    const done = store.session.files.filter(isDone).length;
    el("files-state").textContent = all === 0 ? "" : shown.length === 0 ? t("files.none")
      : done < all ? t("files.inspecting", { done, all })
        : t(wanted ? "files.found" : all === 1 ? "files.one" : "files.all", { n: shown.length, all });
  }

  /** @param {any} file */
  item(file) {
    const isOpen = this.store.file?.id === file.id;
    const key = JSON.stringify([file, isOpen]);
    const known = this.items.get(file.id);
    if (known && known.key === key) return known;
    const figures = [
      !file.duration_s ? null : clock(file.duration_s, 0),
      file.snr_db === undefined || file.snr_db === null ? null : t("files.snr", { n: ratio(file.snr_db, 0) }),
    ].filter(Boolean).join(" · ");
    const made = Object.assign(
      h("li", null, h("button", {
        class: "file", "aria-current": isOpen ? "true" : null, title: visible(file.name), click: () => this.open(file),
      }, h("span", { class: "name" }, visible(file.name)), h("span", { class: "line" }, mark(file),
        h("span", { class: "soft" }, figures)))), { key });
    if (known?.contains(document.activeElement)) queueMicrotask(() => made.firstElementChild.focus());
    this.items.set(file.id, made);
    return made;
  }

  /** Asks until everything is inspected. */
  async watch() {
    while (!this.store.session.files.every(isDone)) {
      await new Promise(resolve => setTimeout(resolve, 700));
      try {
        const session = await this.api.session();
        const open = this.store.file?.id;
        this.store.session.files = session.files;
        this.store.file = session.files.find(f => f.id === open) ?? this.store.file;
        this.show();
        this.store.tell("listed");
        if (session.triaged) return;
      } catch {
        return;
      }
    }
  }
}
