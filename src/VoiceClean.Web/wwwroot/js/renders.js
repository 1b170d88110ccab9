// From settings to sound. A change is first heard as a preview of ten seconds about the playhead, then the whole is
// made exactly and takes its place. Whatever is newer ends what is older.

import { ApiError } from "./api.js";
import { keyOf } from "./store.js";
import { noteHeard } from "./timing.js";
import { placePreview, settled, WINDOW_S } from "./previews.js";
import { RATE } from "./transport.js";

/** How many exact results are kept, so that going back and forth is heard at once; how often one is asked for again. */
const KEPT = 3, MOST_KEPT_S = 150, MOST_TRIES = 8;

/** @typedef {"closed"|"opening"|"working"|"preview"|"exact"|"stretch"|"refused"|"failed"|"gone"} State */

/** @typedef {import("./transport.js").Sound} Sound */

/** Whether a render is more than a preview. @param {any} render */
export const isWhole = render => render.isWhole === true;

export class Renders {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./api.js").Api} api
   * @param {import("./transport.js").Transport} transport
   */
  constructor(store, api, transport) {
    this.store = store;
    this.api = api;
    this.transport = transport;
    /** @type {State} */
    this.state = "closed";
    /** What is said beside the state. @type {ApiError|null} */
    this.error = null;
    this.opening = this.running = new AbortController();
    /** The last exact sounds, which previews are laid over. @type {{after: Sound, residue: Sound}|null} */
    this.whole = null;
    /** @type {Map<string, any>} */
    this.kept = new Map();
    /** Of what is heard [Hz]. */
    this.rate = RATE;
    /** The recording as it was opened. @type {Sound|null} */
    this.input = null;
    this.doneKey = "";
    /** When the change was made that is being worked on, and the last one. */
    this.changedAt = this.askedAt = 0;
    this.isPreviewing = this.isOutdated = false;
  }

  /** @param {State} state @param {unknown} [error] */
  become(state, error = null) {
    this.state = state;
    this.error = /** @type {ApiError|null} */ (error);
    this.store.tell("state");
  }

  /** @param {unknown} error */
  fail(error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    if (!(error instanceof ApiError && error.reason === "gone")) this.drop();
    if (!(error instanceof ApiError)) {
      this.become("failed", new ApiError(0, "internal_error", String(error)));
      throw error;
    }
    this.become(error.reason === "gone" ? "gone" : error.status === 422 ? "refused" : "failed", error);
  }

  /** What other settings made is no result of these. */
  drop() {
    const { store, transport } = this;
    store.render = this.whole = null;
    this.doneKey = "";
    transport.setSources({ after: null, residue: null });
    for (const topic of ["dropped", "render", "sounds"]) store.tell(topic);
  }

  /**
   * Opens a recording.
   * @param {any} file as the session lists it
   * @param {number} [start] of the stretch [s]
   */
  async open(file, start) {
    this.running.abort();
    this.opening.abort();
    this.isPreviewing = false;
    const { signal } = this.opening = new AbortController();
    const { store, transport } = this;
    transport.stop();
    Object.assign(store, { file, clip: null, render: null, selection: null });
    this.whole = this.input = null;
    this.kept.clear();
    this.doneKey = "";
    transport.setSources({ before: null, after: null, residue: null });
    transport.loop(null);
    store.isLooped = false;
    transport.seek(0);
    this.become("opening");
    store.tell("file");
    try {
      const most = store.session.limits?.max_open_s ?? 600;
      const isLong = file.duration_s > most;
      store.clip = await this.api.openClip(file.id, isLong ? start ?? 0 : start, isLong ? most : undefined, signal);
      store.clip.start_s ??= start ?? 0;
      store.look(0, store.duration);
      store.tell("clip");
      this.running = new AbortController();
      const made = this.run(this.running.signal, false);
      this.input = await this.sound(`clips/${store.clip.clip}/input.f32`, store.clip.sample_rate_hz, signal);
      transport.setSources({ before: this.input });
      store.tell("sounds");
      await made;
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * Works on the settings as they are now; what runs is given up. A preview is heard first: who gave that up with every
   * step of a slider would hear nothing until the slider stands still.
   * @param {number} [changedAt] performance.now()
   */
  request(changedAt = performance.now()) {
    if (!this.store.clip || this.state === "gone") return;
    this.askedAt = changedAt;
    this.isOutdated = true;
    if (this.isPreviewing) return;
    this.running.abort();
    this.running = new AbortController();
    this.run(this.running.signal, true);
  }

  /**
   * Works until it is done. Two requests may reach the server in the other order, and then the newer one is told that
   * it was overtaken: it is asked again. A server that has given a recording up, for two others, opens it again.
   * @param {AbortSignal} signal
   * @param {boolean} mayOpen
   */
  async run(signal, mayOpen) {
    for (let tries = 0; ; tries++) {
      try {
        return await this.work(signal);
      } catch (error) {
        if (signal.aborted) return undefined;
        if (this.isOutdated) continue;
        const isOvertaken = error instanceof ApiError && error.reason === "superseded" && tries < MOST_TRIES;
        if (error instanceof ApiError && error.status === 404 && mayOpen) {
          return this.open(this.store.file, this.store.clip.start_s || undefined);
        }
        if (!isOvertaken) return this.fail(error);
        await new Promise(resolve => setTimeout(resolve, 20 * tries));
      }
    }
  }

  /** @param {AbortSignal} signal */
  async work(signal) {
    const { store } = this;
    const isShort = store.duration <= 2 * WINDOW_S || this.doneKey === "";
    let key, told;
    do {
      this.isOutdated = false;
      this.changedAt = this.askedAt;
      told = store.told;
      key = keyOf(store.settings);
      const known = this.kept.get(key);
      if (this.state !== "opening") this.become(isShort || known ? "working" : "preview");
      if (known) {
        this.place(known.render, known);
        store.tell("render");
      } else if (!isShort) await this.preview(told, signal);
    } while (this.isOutdated);
    if (!isShort) await settled(signal, this.askedAt);
    const render = await this.api.render(store.clip.clip, told, null, signal);
    render.isWhole = true;
    const made = await this.samplesOf(render, signal);
    this.finish(render, made, key);
  }

  /** @param {any} render @param {AbortSignal} signal */
  async samplesOf(render, signal) {
    const names = ["after", "residue", ...(render.isWhole && render.same_input === false ? ["before"] : [])];
    const [after, residue, before] = await Promise.all(
      names.map(name => this.sound(`renders/${render.render}/${name}.f32`, render.sample_rate_hz, signal)));
    return { after, residue, before };
  }

  /** Samples straight into what plays them. @returns {Promise<Sound>} */
  async sound(path, rate, signal) {
    let buffer;
    await this.api.floats(path, signal, length => {
      buffer = new AudioBuffer({ length: Math.max(1, length), numberOfChannels: 1, sampleRate: rate ?? RATE });
      return buffer.getChannelData(0).subarray(0, length);
    });
    return { buffer, start: 0 };
  }

  /** A window about the playhead, laid over what is exact. */
  async preview(told, signal) {
    this.isPreviewing = true;
    try {
      await placePreview(this, told, signal);
    } finally {
      this.isPreviewing = false;
    }
  }

  /** Puts a result over everything in place. */
  place(render, { after, residue, before }) {
    const { store, transport } = this;
    this.rate = render.sample_rate_hz ?? RATE;
    this.whole = { after, residue };
    store.render = render;
    const sounds = { after, residue, before: before ?? this.input ?? transport.sounds.before };
    transport.setSources(sounds, render.match_db);
    this.heard();
  }

  /** Takes what is exact. What it sounds like is kept, the server's pictures of it are not for ever. */
  finish(render, made, key) {
    const { store } = this;
    this.doneKey = key;
    this.kept.delete(key);
    this.kept.set(key, { render, ...made });
    const most = store.duration > MOST_KEPT_S ? 1 : KEPT;
    while (this.kept.size > most) this.kept.delete(this.kept.keys().next().value);
    this.place(render, made);
    this.become(render.exact ? "exact" : "stretch");
    for (const topic of ["render", "exact", "sounds"]) store.tell(topic);
  }

  /** Notes how long the change took, once. */
  heard() {
    noteHeard(this.changedAt, this.transport);
    this.changedAt = 0;
  }

  /** A server may have given up an old result; it is made again. @param {unknown} error */
  lost(error) {
    if (!(error instanceof ApiError) || error.status !== 404) return false;
    if (!this.store.clip) return true;      // it is being opened anew already
    this.kept.clear();
    this.doneKey = "";
    this.request();
    return true;
  }
}
