// A picture of a stretch: levels by frequency and time, computed by the server for what is in view. A change of view is
// drawn at once from what is there, and sharply as soon as the new columns have come.

import { isSuperseded } from "./api.js";
import { clamp } from "./dom.js";
import { drawPeaks } from "./waveform.js";

/** Rows of a picture, and the most columns. */
const ROWS = 256, MOST_COLUMNS = 1600;

/** What the brightest colour stands for where the picture shows what was taken [dB]. */
export const MOST_TAKEN_DB = 24;

/** What the colours stand for, with the level of the result [dBFS]. */
export const LOWEST_DB = -95, HIGHEST_DB = -15;

// Even steps of lightness from black over purple and orange to yellow, as in the report, so that it reads in grey too.
const ANCHORS = [
  [0, 0, 4], [31, 12, 72], [85, 15, 109], [136, 34, 106], [186, 54, 85], [227, 89, 51], [249, 140, 10],
  [249, 201, 50], [252, 255, 164],
];

/** Colours as 0xAABBGGRR, from black on. */
const COLOURS = Uint32Array.from({ length: 256 }, (_, i) => {
  const at = (i / 255) * (ANCHORS.length - 1);
  const low = Math.min(Math.floor(at), ANCHORS.length - 2);
  const [r, g, b] = ANCHORS[low].map((c, j) => Math.round(c + ((at - low) * (ANCHORS[low + 1][j] - c))));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
});

/** @param {number} share 0 to 1 */
const colour = share => COLOURS[Math.round(255 * clamp(share, 0, 1))];

/** The colours of the 256 levels of a picture. @param {number} gainDb added to every level @param {boolean} isGain */
function coloursOf(gainDb, isGain) {
  return Uint32Array.from({ length: 256 }, (_, byte) => isGain
    ? colour((1 - (byte / 255)) * 110 / MOST_TAKEN_DB)
    : colour((((byte / 255) * 110) - 110 + gainDb - LOWEST_DB) / (HIGHEST_DB - LOWEST_DB)));
}

/**
 * Where a frequency lies, 0 = bottom, 1 = top.
 * @param {number} hz
 * @param {string} scale
 * @param {number} topHz
 */
export function heightOf(hz, scale, topHz) {
  const mel = f => Math.log(1 + (f / 700));
  return scale === "mel" ? mel(hz) / mel(topHz) : hz / topHz;
}

/** Draws the ruler of the colours, lowest level at the bottom. @param {HTMLCanvasElement} canvas */
export function drawColours(canvas) {
  canvas.width = 1;
  canvas.height = 128;
  const image = new ImageData(1, 128);
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = 0; y < 128; y++) pixels[y] = colour(1 - (y / 127));
  canvas.getContext("2d").putImageData(image, 0, 0);
}

export class Picture {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(view: object, signal: AbortSignal) => Promise<Uint8Array>} fetchColumns
   */
  constructor(canvas, fetchColumns) {
    this.canvas = canvas;
    this.fetchColumns = fetchColumns;
    this.view = { from: 0, length: 1 };
    this.scale = "linear";
    this.fft = "1024";
    this.gainDb = 0;
    /** The waveform over the picture, and how much of it is seen, 0 to 1. @type {object|null} */
    this.wave = null;
    this.overlay = 0;
    this.isGain = false;
    /** @type {{image: OffscreenCanvas, from: number, length: number}|null} what there is to draw from */
    this.drawn = null;
    /** @type {{bytes: Uint8Array, width: number, from: number, length: number}|null} */
    this.columns = null;
    this.asked = new AbortController();
    this.timer = this.frame = 0;
  }

  /** Shows another stretch. @param {{from: number, length: number}} view */
  show(view) {
    this.view = view;
    this.paint();
    this.refresh(60);
  }

  /** Another gain for what is there: it is only coloured anew, with the next picture. @param {number} db */
  setGain(db) {
    if (Math.abs(db - this.gainDb) < 0.05) return;
    this.gainDb = db;
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.columns) this.colourIn(this.columns);
    });
  }

  /** Asks for the columns in view after a while. @param {number} [wait] [ms] */
  refresh(wait = 0) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), wait);
  }

  /** Nothing is known any more. */
  clear() {
    this.asked.abort();
    clearTimeout(this.timer);
    this.drawn = this.columns = this.wave = null;
    this.paint();
  }

  async load() {
    this.asked.abort();
    this.asked = new AbortController();
    const { from, length } = this.view;
    const wide = Math.round(this.canvas.clientWidth * devicePixelRatio);
    const width = clamp(wide, 16, MOST_COLUMNS);
    if (wide === 0) return;
    try {
      const bytes = await this.fetchColumns(
        { from, length, width, height: ROWS, scale: this.scale, fft: this.fft }, this.asked.signal);
      if (bytes && bytes.length >= width * ROWS) this.colourIn({ bytes, width, from, length });
    } catch (error) {
      if (!isSuperseded(error)) this.onError?.(error);
    }
  }

  /** @param {{bytes: Uint8Array, width: number, from: number, length: number}} columns */
  colourIn(columns) {
    this.columns = columns;
    const { bytes, width, from, length } = columns;
    const colours = coloursOf(this.gainDb, this.isGain);
    const data = new ImageData(width, ROWS);
    const pixels = new Uint32Array(data.data.buffer);
    for (let x = 0; x < width; x++) {
      for (let y = 0, at = ((ROWS - 1) * width) + x; y < ROWS; y++, at -= width) {
        pixels[at] = colours[bytes[(x * ROWS) + y]];
      }
    }
    const image = new OffscreenCanvas(width, ROWS);
    image.getContext("2d").putImageData(data, 0, 0);
    this.drawn = { image, from, length };
    this.paint();
  }

  /** Draws what there is, where it belongs in the view. */
  paint() {
    const { canvas, view, drawn } = this;
    const width = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
    const height = Math.max(1, Math.round(canvas.clientHeight * devicePixelRatio));
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d");
    context.fillStyle = "#000004";
    context.fillRect(0, 0, width, height);
    if (!drawn) return;
    const scale = width / view.length;
    context.drawImage(drawn.image, (drawn.from - view.from) * scale, 0, drawn.length * scale, height);
    if (!this.wave || this.overlay === 0) return;
    context.globalAlpha = this.overlay;
    drawPeaks(context, this.wave, view, { width, height, colour: "#9fd4ff", gain: 10 ** (this.gainDb / 20) });
    context.globalAlpha = 1;
  }
}
