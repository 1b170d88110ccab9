// What the page knows, and who wants to hear of it: the settings with their past, two slots of settings, the recording
// that is open, what of it is in view and what is selected.

/** @typedef {Object<string, string>} Settings names of options and their values, where they are not the default */

export class Store extends EventTarget {
  constructor() {
    super();
    /** @type {any} */
    this.session = null;
    /** The rows of the table of options. @type {Array<any>} */
    this.rows = [];
    /** @type {Settings} */
    this.settings = {};
    /** What the studio was started with. @type {Settings} */
    this.started = {};
    /** @type {Settings[]} */
    this.past = [];
    /** @type {Settings[]} */
    this.future = [];
    this.lastChange = { tag: "", time: 0 };
    /** @type {{A: Settings, B: Settings|null}} */
    this.slots = { A: {}, B: null };
    /** @type {"A"|"B"} */
    this.slot = "A";
    /** The file that is open, as the session lists it. @type {any} */
    this.file = null;
    /** The answer of /api/clips. @type {any} */
    this.clip = null;
    /** The newest answer of a render. @type {any} */
    this.render = null;
    /** What is in view [s]. */
    this.view = { from: 0, length: 1 };
    /** @type {{start: number, end: number}|null} [s] */
    this.selection = null;
    this.isLooped = false;
  }

  /** Tells everybody who listens to a topic. @param {string} topic */
  tell(topic) {
    this.dispatchEvent(new Event(topic));
  }

  /** @param {string} topics separated by blanks @param {() => void} heard */
  on(topics, heard) {
    for (const topic of topics.split(" ")) this.addEventListener(topic, heard);
  }

  /** @param {string} name @returns {any} */
  row(name) {
    return this.rows.find(r => r.name === name);
  }

  /** What the server is told: it lays that over what it was started with, which may be taken back here. */
  get told() {
    const names = new Set([...Object.keys(this.started), ...Object.keys(this.settings)]);
    return Object.fromEntries([...names].map(name => [name, this.value(name)]));
  }

  /** What holds for an option, as text. @param {string} name @returns {string} */
  value(name) {
    return this.settings[name] ?? this.row(name)?.default ?? "";
  }

  /**
   * Changes settings. Changes with one tag that follow each other closely are one step of undo.
   * @param {Object<string, string|null>} changes null = the default
   * @param {string} [tag]
   */
  change(changes, tag = "") {
    const next = { ...this.settings };
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === this.row(name)?.default) delete next[name];
      else next[name] = value;
    }
    if (same(next, this.settings)) return;
    const now = performance.now();
    if (!tag || tag !== this.lastChange.tag || now - this.lastChange.time > 1000) this.past.push(this.settings);
    this.lastChange = { tag, time: now };
    this.future = [];
    this.put(next);
  }

  /** Puts all settings in place as one step. @param {Settings} settings */
  replace(settings) {
    if (same(settings, this.settings)) return;
    this.past.push(this.settings);
    this.lastChange.tag = "";
    this.future = [];
    this.put(settings);
  }

  undo() {
    const last = this.past.pop();
    if (!last) return;
    this.future.push(this.settings);
    this.lastChange.tag = "";
    this.put(last);
  }

  redo() {
    const next = this.future.pop();
    if (!next) return;
    this.past.push(this.settings);
    this.lastChange.tag = "";
    this.put(next);
  }

  /** Goes to a slot; the first time it takes what holds. @param {"A"|"B"} slot */
  takeSlot(slot) {
    if (slot === this.slot) return;
    this.slots[slot] ??= { ...this.settings };
    this.slot = slot;
    this.replace({ ...this.slots[slot] });
    this.tell("settings");
  }

  /** @param {Settings} settings */
  put(settings) {
    this.settings = settings;
    this.slots[this.slot] = settings;
    this.tell("settings");
  }

  /** Whether noise can be pointed at: the command counts from the start of the recording, a later stretch does not. */
  get canPoint() {
    return !(this.clip?.start_s > 0);
  }

  /** Length of what is open [s]. */
  get duration() {
    return this.clip?.duration_s ?? 0;
  }

  /** Shows a stretch. @param {number} from [s] @param {number} length [s] */
  look(from, length) {
    const all = this.duration || 1;
    const wide = Math.min(all, Math.max(Math.min(all, 0.25), length));
    this.view = { from: Math.max(0, Math.min(all - wide, from)), length: wide };
    this.tell("view");
  }

  /** Zooms about a place. @param {number} factor 2 = twice as near @param {number} about [s] */
  zoom(factor, about) {
    const { from, length } = this.view;
    const wide = Math.min(this.duration, length / factor);
    const inside = about >= from && about <= from + length ? (about - from) / length : 0.5;
    this.look(from + (inside * (length - wide)), wide);
  }

  /** @param {number} a [s] @param {number} b [s] */
  select(a, b) {
    const [start, end] = [Math.max(0, Math.min(a, b)), Math.min(this.duration, Math.max(a, b))];
    this.selection = end - start < 0.02 ? null : { start, end };
    this.tell("selection");
  }
}

/** Whether two sets of settings say the same. @param {Settings} a @param {Settings} b */
export const same = (a, b) => keyOf(a) === keyOf(b);

/** Settings as one text. @param {Settings} settings */
export const keyOf = settings => JSON.stringify(Object.entries(settings).sort(([a], [b]) => a < b ? -1 : 1));
