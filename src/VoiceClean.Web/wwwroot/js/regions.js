// What lies over the pictures: the noise with its two handles, the selection, the cut stretches, the playhead, and the
// window of the overview. Places are shares of the width, so nothing is measured when the view moves.

import { clamp, clock, el, h, seconds } from "./dom.js";
import { hold } from "./handles.js";
import { t } from "./i18n.js";

/** Least length of a stretch of noise [s]. */
const LEAST_NOISE_S = 0.05;

/**
 * The stretch of noise of an option, "range:1.2s-1.9s".
 * @param {string} text
 * @returns {{start: number, end: number}|null}
 */
export function rangeOf(text) {
  const found = /^range:([\d.]+)(ms|s|min)?-([\d.]+)(ms|s|min)?$/.exec(text);
  if (!found) return null;
  const unit = { ms: 0.001, s: 1, min: 60 };
  const [start, end] = [[found[1], found[2]], [found[3], found[4]]].map(([n, u]) => Number(n) * unit[u ?? "s"]);
  return end > start ? { start, end } : null;
}

/**
 * Where the noise was learnt: what is asked for, else what was found.
 * @param {import("./store.js").Store} store
 */
export function noiseOf(store) {
  const asked = store.value("noise");
  if (asked === "off" || store.value("denoiser") === "off" || !store.clip) return null;
  const range = rangeOf(asked);
  if (range) return range;
  const found = store.render?.report?.process ?? {};
  const [start, end] = found.noise_end_s > 0
    ? [found.noise_start_s, found.noise_end_s]
    : [store.clip.noise?.start_s, store.clip.noise?.end_s];
  return end > start ? { start, end } : null;
}

/**
 * The stretches that the result does not have.
 * @param {import("./store.js").Store} store
 * @returns {Array<[number, number]>} [s]
 */
export function cutsOf(store) {
  if (!store.render) return [];
  const edges = [0, ...(store.render.kept_s ?? []).flat(), store.duration];
  const pairs = edges.flatMap((edge, i) => i % 2 ? [] : [[edge, edges[i + 1]]]);
  return pairs.filter(([start, end]) => end - start > 0.002);
}

export class Regions {
  /** @param {import("./store.js").Store} store @param {import("./transport.js").Transport} transport */
  constructor(store, transport) {
    this.store = store;
    this.transport = transport;
    this.over = el("over");
    this.overview = el("overview");
    this.heads = [this.over.querySelector(".head"), this.overview.querySelector(".head")];
    store.on("view selection render settings clip file", () => this.place());
    this.watchOver();
    this.watchWindow();
    for (const side of ["start", "end"]) this.watchHandle(el("noise-" + side), side);
  }

  /** Where a place stands in the view, as a share of its width. @param {number} s */
  share(s) {
    return (s - this.store.view.from) / this.store.view.length;
  }

  /** Puts an element over a stretch. @param {HTMLElement} element @param {number} left @param {number} right shares */
  static spread(element, left, right) {
    const [a, b] = [clamp(left, -0.01, 1.01), clamp(right, -0.01, 1.01)];
    element.style.setProperty("left", `${100 * a}%`);
    element.style.setProperty("width", `${100 * Math.max(0, b - a)}%`);
  }

  place() {
    const { store } = this;
    const noise = noiseOf(store);
    el("noise").hidden = !noise;
    for (const side of ["start", "end"]) el("noise-" + side).hidden = !store.canPoint;
    if (noise) {
      Regions.spread(el("noise"), this.share(noise.start), this.share(noise.end));
      for (const side of ["start", "end"]) {
        const handle = el("noise-" + side);
        handle.setAttribute("aria-valuemin", "0");
        handle.setAttribute("aria-valuemax", store.duration.toFixed(2));
        handle.setAttribute("aria-valuenow", noise[side].toFixed(2));
        handle.setAttribute("aria-valuetext", t(`noise.${side}.value`, { s: noise[side].toFixed(2) }));
        const at = this.share(noise[side]);
        handle.classList.toggle("outside", at < -0.001 || at > 1.001);
      }
    }
    const { selection } = store;
    el("selection").hidden = !selection;
    if (selection) Regions.spread(el("selection"), this.share(selection.start), this.share(selection.end));
    this.placeCuts();
    this.placeWindow();
    this.head(this.transport.position);
  }

  placeCuts() {
    const cuts = cutsOf(this.store);
    const [over, overview] = [this.over, this.overview].map(e => e.querySelector(".cuts"));
    const all = this.store.duration || 1;
    over.replaceChildren(...cuts.map(([start, end]) => this.cut(this.share(start), this.share(end))));
    overview.replaceChildren(...cuts.map(([start, end]) => this.cut(start / all, end / all)));
  }

  /** @param {number} left @param {number} right */
  cut(left, right) {
    const made = h("div", { class: "cut" });
    Regions.spread(made, left, right);
    return made;
  }

  placeWindow() {
    const { view, duration } = this.store;
    const window = el("window");
    window.hidden = !this.store.clip;
    Regions.spread(window, view.from / (duration || 1), (view.from + view.length) / (duration || 1));
    window.setAttribute("aria-valuemin", "0");
    window.setAttribute("aria-valuemax", Math.max(0, duration - view.length).toFixed(2));
    window.setAttribute("aria-valuenow", view.from.toFixed(2));
    window.setAttribute(
      "aria-valuetext", t("overview.value", { from: clock(view.from), to: clock(view.from + view.length) }));
  }

  /** @param {number} at [s] */
  head(at) {
    const shares = [this.share(at), at / (this.store.duration || 1)];
    this.heads.forEach((head, i) => {
      head.hidden = shares[i] < 0 || shares[i] > 1 || !this.store.clip;
      head.style.setProperty("left", `${100 * shares[i]}%`);
    });
  }

  /** The place under a pointer [s]. @param {PointerEvent|WheelEvent} event */
  at(event) {
    const box = this.over.getBoundingClientRect();
    const { from, length } = this.store.view;
    return clamp(from + ((event.clientX - box.left) / box.width * length), 0, this.store.duration);
  }

  watchOver() {
    const { store, transport, over } = this;
    over.addEventListener("pointerdown", event => {
      if (event.button !== 0 || !store.clip || event.target.closest(".handle")) return;
      over.setPointerCapture(event.pointerId);
      const start = this.at(event), x = event.clientX;
      let isDrag = false;
      const move = e => {
        isDrag ||= Math.abs(e.clientX - x) > 4;
        if (isDrag) store.select(start, this.at(e));
      };
      over.addEventListener("pointermove", move);
      over.addEventListener("lostpointercapture", () => {
        over.removeEventListener("pointermove", move);
        if (!isDrag) transport.seek(start);
      }, { once: true });
    });
    over.addEventListener("wheel", event => {
      if (!store.clip) return;
      const isZoom = event.ctrlKey || event.metaKey;
      if (!isZoom && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
      event.preventDefault();
      if (isZoom) store.zoom(event.deltaY < 0 ? 1.25 : 0.8, this.at(event));
      else store.look(store.view.from + (event.deltaX / over.clientWidth * store.view.length), store.view.length);
    }, { passive: false });
  }

  watchWindow() {
    const { store, overview } = this;
    const box = el("window");
    overview.addEventListener("pointerdown", event => {
      if (event.button !== 0 || !store.clip) return;
      overview.setPointerCapture(event.pointerId);
      const area = overview.getBoundingClientRect();
      const at = e => (e.clientX - area.left) / area.width * store.duration;
      const { from, length } = store.view;
      const grip = at(event) >= from && at(event) <= from + length ? at(event) - from : length / 2;
      const move = e => store.look(at(e) - grip, length);
      move(event);
      overview.addEventListener("pointermove", move);
      overview.addEventListener("lostpointercapture", () => overview.removeEventListener("pointermove", move),
        { once: true });
    });
    box.addEventListener("keydown", event => {
      const step = { ArrowLeft: -0.1, ArrowRight: 0.1, PageUp: 1, PageDown: -1, Home: -1e9, End: 1e9 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      store.look(store.view.from + (step * store.view.length), store.view.length);
    });
  }

  /** @param {HTMLElement} handle @param {"start"|"end"} side */
  watchHandle(handle, side) {
    const { store } = this;
    const put = s => {
      const noise = { ...noiseOf(store) };
      noise[side] = side === "start" ? clamp(s, 0, noise.end - LEAST_NOISE_S)
        : clamp(s, noise.start + LEAST_NOISE_S, store.duration);
      store.change({ noise: `range:${seconds(noise.start)}-${seconds(noise.end)}` }, "noise");
    };
    hold(handle, event => this.at(event), () => noiseOf(store)[side], () => put);
  }
}
