// The rulers of the pictures: frequencies, levels, loudness, time.

import { clock, h } from "./dom.js";
import { heightOf, HIGHEST_DB, LOWEST_DB, MOST_TAKEN_DB } from "./spectrogram.js";
import { shareOf } from "./waveform.js";

/** Which frequencies have a figure, by scale. */
const TICKS_HZ = { linear: [0, 4000, 8000, 12000, 16000, 20000], mel: [500, 1000, 2000, 4000, 8000] };

/** Steps of the time axis [s]. */
const STEPS_S = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120];

/** A figure of a ruler. @param {number} value @param {number} share of the height, from the bottom */
function tick(value, share) {
  const made = h("span", null, String(value).replace("-", "\u2212"));
  made.style.setProperty("bottom", `${100 * share}%`);
  if (share < 0.02) made.classList.add("lowest");
  return made;
}

/** Those of the colours. */
export const levels = () => [-30, -50, -70, -90].map(db => tick(db, (db - LOWEST_DB) / (HIGHEST_DB - LOWEST_DB)));

/** Those of the colours where the picture shows what was taken. */
export const taken = () => [0, -6, -12, -18].map(db => tick(db, -db / MOST_TAKEN_DB));

/** Those beside the waveform. */
export const loudnesses = () => [-20, -30, -40].map(lufs => tick(lufs, shareOf(lufs)));

/** Those of the frequencies [kHz]. @param {string} scale @param {number} topHz */
export const frequencies = (scale, topHz) =>
  TICKS_HZ[scale].filter(hz => hz < topHz * 0.95).map(hz => tick(hz / 1000, heightOf(hz, scale, topHz)));

/** Writes the times. @param {HTMLElement} axis @param {{from: number, length: number}} view */
export function drawAxis(axis, { from, length }) {
  const most = Math.max(3, axis.clientWidth / 70);
  const step = STEPS_S.find(s => length / s <= most) ?? 300;
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  const ticks = [];
  for (let n = Math.ceil(from / step); n * step <= from + length; n++) {
    const made = h("span", null, clock(n * step, digits));
    const share = ((n * step) - from) / length;
    made.style.setProperty("left", `${100 * share}%`);
    if (share < 0.02) made.classList.add("first");
    if (share > 0.97) made.classList.add("last");
    ticks.push(made);
  }
  axis.replaceChildren(...ticks);
}
