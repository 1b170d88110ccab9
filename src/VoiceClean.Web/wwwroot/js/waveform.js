// The lane below the pictures: peaks before and after, the loudness over time, the target. And the strip above them,
// which always shows the whole recording.

import { isSuperseded } from "./api.js";

/** What the height of the loudness line stands for [LUFS]. */
const LOWEST_LUFS = -48, HIGHEST_LUFS = 0;

/** Where a loudness lies, 0 = bottom, 1 = top. @param {number} lufs */
export const shareOf = lufs => (lufs - LOWEST_LUFS) / (HIGHEST_LUFS - LOWEST_LUFS);

/** Colours of the palette in this theme, each asked for once: the browser lays the page out to answer. */
const colours = new Map();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => colours.clear());

/** A colour of the palette as it is in this theme. @param {HTMLElement} element @param {string} name */
export function paint(element, name) {
  if (!colours.has(name)) {
    element.style.setProperty("color", `var(${name})`);
    colours.set(name, getComputedStyle(element).color);
  }
  return colours.get(name);
}

/**
 * An empty canvas and its size in pixels.
 * @param {HTMLCanvasElement} canvas
 * @returns {[CanvasRenderingContext2D, number, number]}
 */
export function prepare(canvas) {
  const width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
  const height = Math.max(1, Math.round(canvas.clientHeight * devicePixelRatio));
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, width, height);
  return [context, width, height];
}

/**
 * Draws peaks about the middle.
 * @param {CanvasRenderingContext2D} context
 * @param {{peaks: Int8Array, from: number, length: number}} data
 * @param {{from: number, length: number}} view
 * @param {{width: number, height: number, colour: string, gain: number}} how
 */
export function drawPeaks(context, data, view, { width, height, colour, gain }) {
  const columns = data.peaks.length / 2;
  const middle = height / 2, scale = (height / 2 / 127) * gain;
  context.fillStyle = colour;
  const left = ((data.from - view.from) / view.length) * width;
  const step = ((data.length / view.length) * width) / columns;
  for (let i = 0; i < columns; i++) {
    const low = Math.max(-middle, data.peaks[2 * i] * scale), high = Math.min(middle, data.peaks[(2 * i) + 1] * scale);
    context.fillRect(left + (i * step), middle - high, Math.max(1, step), Math.max(1, high - low));
  }
}

export class Wave {
  /** @param {HTMLCanvasElement} canvas @param {import("./api.js").Api} api */
  constructor(canvas, api) {
    this.canvas = canvas;
    this.api = api;
    this.view = { from: 0, length: 1 };
    /** @type {Object<string, {peaks: Int8Array, from: number, length: number}>} */
    this.data = {};
    this.sources = { before: "", after: "" };
    this.curves = null;
    this.target = null;
    this.gain = 1;
    this.asked = new AbortController();
    this.timer = 0;
  }

  /** @param {{from: number, length: number}} view */
  show(view) {
    this.view = view;
    this.draw();
    this.refresh(60);
  }

  /** @param {number} [wait] [ms] */
  refresh(wait = 0) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), wait);
  }

  clear() {
    this.asked.abort();
    clearTimeout(this.timer);
    this.data = {};
    this.curves = null;
    this.sources = { before: "", after: "" };
    this.draw();
  }

  /** Nothing of a result is known any more. */
  forget() {
    this.asked.abort();
    clearTimeout(this.timer);
    delete this.data.after;
    delete this.data.residue;
    Object.assign(this, { curves: null, gain: 1 });
    this.sources.after = this.sources.residue = "";
    this.refresh();
  }

  async load() {
    this.asked.abort();
    const { signal } = this.asked = new AbortController();
    const { from, length } = this.view;
    const width = Math.min(2000, Math.round(this.canvas.clientWidth * devicePixelRatio));
    if (width === 0) return;
    let isWhole = true;
    await Promise.all(Object.entries(this.sources).map(async ([name, of]) => {
      if (!of) return;
      try {
        const peaks = await this.api.peaks(of, { signal: name, from, length, width }, signal);
        this.data[name] = { peaks, from, length };
      } catch (error) {
        isWhole = false;
        if (!isSuperseded(error)) this.onError?.(error);
      }
    }));
    this.draw();
    if (isWhole) this.onData?.();
  }

  draw() {
    const [context, width, height] = prepare(this.canvas);
    const { before, after } = this.data;
    const view = this.view;
    const size = { width, height };
    if (before) {
      drawPeaks(context, before, view, { ...size, colour: paint(this.canvas, "--wave-before"), gain: this.gain });
    }
    if (after) drawPeaks(context, after, view, { ...size, colour: paint(this.canvas, "--wave-after"), gain: 1 });
    this.drawTarget(context, width, height);
    if (this.curves?.lufs_after) {
      this.drawCurve(context, width, height, this.curves.lufs_after, paint(this.canvas, "--curve"));
    }
  }

  /** @param {number} lufs @param {number} height */
  yOf(lufs, height) {
    return height * (1 - shareOf(lufs));
  }

  drawTarget(context, width, height) {
    if (this.target === null) return;
    const y = Math.round(this.yOf(this.target, height)) + 0.5;
    context.strokeStyle = paint(this.canvas, "--target");
    context.lineWidth = devicePixelRatio;
    context.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.setLineDash([]);
  }

  /** @param {Array<number|null>} values */
  drawCurve(context, width, height, values, colour) {
    const step = this.curves.hop_s;
    const first = Math.max(0, Math.floor(this.view.from / step));
    const last = Math.min(values.length, Math.ceil((this.view.from + this.view.length) / step) + 1);
    const stride = Math.max(1, Math.floor((last - first) / width));
    context.strokeStyle = colour;
    context.lineWidth = 1.5 * devicePixelRatio;
    context.beginPath();
    let isDown = false;
    for (let i = first; i < last; i += stride) {
      const value = values[i];
      if (value === null || value < LOWEST_LUFS) {
        isDown = false;
        continue;
      }
      const x = ((((i + 0.5) * step) - this.view.from) / this.view.length) * width;
      if (isDown) context.lineTo(x, this.yOf(value, height));
      else context.moveTo(x, this.yOf(value, height));
      isDown = true;
    }
    context.stroke();
  }
}
