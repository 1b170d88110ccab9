// Playing: the three sounds, the place, the loop, the volume, and going from cut to cut.

import { clock, el, figure } from "./dom.js";
import { t } from "./i18n.js";
import { cutsOf } from "./regions.js";
import { NAMES } from "./transport.js";

/** A browser without a sound device never begins, and says nothing (Firefox) [ms]. */
const PATIENCE_MS = 2000;

export class Listen {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./transport.js").Transport} transport
   * @param {(at: number) => void} moved
   */
  constructor(store, transport, moved) {
    Object.assign(this, { store, transport, wanted: transport.selected, isFallen: false });
    transport.onTime = at => {
      this.showTime(at);
      moved(at);
      if (transport.playing) this.follow(at);
    };
    transport.onState = () => this.show();
    for (const name of NAMES) el("hear-" + name).addEventListener("click", () => this.hear(name));
    const buttons = {
      play: () => this.toggle(), "to-start": () => this.go(this.first), "to-end": () => this.go(store.duration),
      back5: () => this.by(-5), back1: () => this.by(-1), on1: () => this.by(1), on5: () => this.by(5),
      loop: () => this.loop(!store.isLooped), "next-cut": () => this.nextCut(),
      "mark-start": () => this.mark("start"), "mark-end": () => this.mark("end"),
    };
    for (const [id, does] of Object.entries(buttons)) el(id).addEventListener("click", does);
    el("volume").addEventListener("input", () => {
      transport.volume = Number(el("volume").value) ** 2;
    });
    store.on("selection", () => {
      if (store.isLooped) this.loop(true);
      this.show();
    });
    store.on("clip render sounds file", () => this.show());
    // Where there is no result the recording is heard, until there is one again.
    store.on("dropped", () => this.fall(true));
    store.on("exact", () => this.fall(false));
    store.on("file", () => this.showTime(0));
  }

  /** Where the start is: that of the loop, if there is one. */
  get first() {
    return this.store.isLooped && this.transport.span ? this.transport.span.start : 0;
  }

  toggle() {
    if (!this.store.clip || !this.transport.sounds.before) return undefined;
    const { transport } = this;
    if (transport.playing) return transport.stop();
    transport.play();
    setTimeout(() => {
      if (transport.isWaiting) el("told").textContent = t("no.output");
    }, PATIENCE_MS);
    return undefined;
  }

  /** @param {import("./transport.js").Name} name */
  hear(name) {
    Object.assign(this, { wanted: name, isFallen: false });
    this.transport.select(name);
  }

  /** @param {boolean} isFallen whether another sound is heard than was asked for */
  fall(isFallen) {
    const wasFallen = this.isFallen;
    this.isFallen = isFallen;
    if (isFallen || wasFallen) this.transport.select(isFallen ? "before" : this.wanted);
  }

  /** @param {number} at [s] */
  go(at) {
    if (!this.store.clip) return;
    this.transport.seek(at);
    this.reveal(this.transport.position);
  }

  /** @param {number} seconds */
  by(seconds) {
    this.go(this.transport.position + seconds);
  }

  /** @param {boolean} on round what is selected, else round everything */
  loop(on) {
    const { store, transport } = this;
    store.isLooped = on;
    const span = store.selection ?? { start: 0, end: store.duration };
    if (on) {
      const at = transport.position;
      transport.loop(span.start, span.end);
      if (at < span.start || at >= span.end) transport.seek(span.start);
    } else transport.loop(null);
    this.show();
  }

  /** Puts one end of the selection at the playhead. @param {"start"|"end"} side */
  mark(side) {
    const { store, transport } = this;
    if (!store.clip) return;
    const at = transport.position;
    const { start, end } = store.selection ?? { start: 0, end: store.duration };
    if (side === "start") store.select(at, end > at ? end : store.duration);
    else store.select(start < at ? start : 0, at);
  }

  /** Goes to just before the next cut, so that one hears into it. */
  nextCut() {
    const cuts = cutsOf(this.store);
    if (cuts.length === 0) return;
    const at = this.transport.position + 0.01;
    const places = cuts.map(([start, end]) => start > 0.01 ? start : end).sort((a, b) => a - b);
    this.go(Math.max(0, (places.find(p => p - 0.5 > at) ?? places[0]) - 0.5));
  }

  /** Turns the page when the playhead leaves the view. @param {number} at */
  follow(at) {
    const { from, length } = this.store.view;
    if (length >= this.store.duration || this.transport.span) return;
    if (at > from + length && at < from + (1.5 * length)) this.store.look(at, length);
  }

  /** Brings a place into view. @param {number} at */
  reveal(at) {
    const { from, length } = this.store.view;
    if (at < from || at > from + length) this.store.look(at - (length / 2), length);
  }

  /** @param {number} at */
  showTime(at) {
    el("time").textContent = clock(at);
  }

  show() {
    const { store, transport } = this;
    for (const name of NAMES) {
      const isHeard = transport.selected === name;
      el("hear-" + name).setAttribute("aria-pressed", String(isHeard));
      el("hear-" + name).disabled = Boolean(store.clip && transport.sounds.before && !transport.sounds[name]);
      document.querySelector(`.lane[data-signal="${name}"]`)?.classList.toggle("heard", isHeard);
    }
    el("play").setAttribute("aria-label", t(transport.playing ? "pause" : "play"));
    el("play").classList.toggle("playing", transport.playing);
    el("play").disabled = !transport.sounds.before;
    el("loop").setAttribute("aria-pressed", String(store.isLooped));
    el("length").textContent = clock(store.duration);
    const { selection, render } = store;
    el("picked").textContent = selection ? t("picked", {
      from: clock(selection.start, 2), to: clock(selection.end, 2), s: figure(selection.end - selection.start, 2),
    }) : store.clip ? t("picked.none") : "";
    const match = render?.match_db?.before;
    const lufs = render?.report?.after?.integrated_lufs;
    el("matched").textContent = match === undefined || match === null ? ""
      : lufs === undefined || lufs === null ? t("matched.gain", { gain: signed(match) })
        : t("matched", { n: figure(lufs, 1), gain: signed(match) });
    el("next-cut").disabled = cutsOf(store).length === 0;
  }
}

/** A number of decibels with its sign. @param {number} n */
const signed = n => (n > 0 ? "+" : "") + figure(n, 1);
