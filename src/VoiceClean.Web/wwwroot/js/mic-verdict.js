// From a record of inspect to words: which verdict is shown and when, the advice, and the four tiles. Pure; limits are
// those of the judge (Inspection/JudgeTable).

/** Before so much sound and speech nothing is said; a first half second calls everything hopeless [s]. */
const LEAST_SOUND_S = 2, LEAST_SPEECH_S = 1;

/** Of the judge: [usable, poor, hopeless]. */
export const LIMITS = { snr_db: [20, 5, 0], lufs: -40, range_lu: 20, clipped: [0.0001, 0.001, 0.01], piled: 0.55 };

/** Advice for noise depends on what kind it is: its slope [dB/octave] as the judge divides it. */
const RUMBLE_BELOW = -6, HISS_ABOVE = -2;

const VERDICTS = ["good", "usable", "poor", "hopeless"];

/** Holds a verdict back until two updates in a row agree, so that the words do not flicker. */
export class VerdictKeeper {
  constructor() {
    this.last = "";
    /** @type {string} */
    this.shown = "listening";
  }

  /** @param {{final: boolean, seconds: number, record: object}} figures @returns {string} what to show */
  next({ final, seconds, record }) {
    const verdict = record.inspection?.verdict ?? "";
    const early = seconds < LEAST_SOUND_S || !((record.before?.speech_s ?? 0) >= LEAST_SPEECH_S);
    if (final || (!early && verdict !== "" && verdict === this.last)) this.shown = verdict || "failed";
    this.last = early ? "" : verdict;
    return this.shown;
  }
}

/**
 * The advice for what weighs most: the key of a sentence and its slots.
 * @param {object} record
 * @returns {{key: string, slots: Object<string, string>}|null} null = nothing to say
 */
export function adviceOf(record) {
  const before = record.before ?? {};
  if (record.status === "failed") return { key: "mic.failed", slots: { reason: record.reason ?? "" } };
  const code = (record.warnings ?? []).map(w => w.code).find(c => Object.hasOwn(ADVICE, c));
  return code ? { key: `mic.advice.${ADVICE[code](before)}`, slots: slotsOf(before) } : null;
}

/** @param {object} before */
function slotsOf(before) {
  return {
    hum: String(before.hum_hz ?? ""),
    down: String(Math.max(6, Math.ceil((before.true_peak_dbtp ?? 0) + 6))),
    up: String(Math.floor(-23 - (before.integrated_lufs ?? -23))),
  };
}

const noise = before => {
  const colour = before.noise_colour_db_per_octave;
  return typeof colour !== "number" ? "room" : colour < RUMBLE_BELOW ? "rumble" : colour > HISS_ABOVE ? "hiss" : "room";
};

/** Code of a finding → name of a sentence. @type {Object<string, (before: object) => string>} */
const ADVICE = {
  too_short: () => "short",
  silent: () => "silent",
  no_speech: before => (before.foreground_s >= 0.5 ? "whisper" : "no_speech"),
  clipped: () => "clipped",
  snr_too_low: noise,
  low_snr: noise,
  music: () => "music",
  narrow_band: before => (before.bandwidth_hz < 4300 ? "telephone" : before.bandwidth_hz < 8000 ? "narrow" : "dull"),
  hum: () => "hum",
  quiet: () => "quiet",
  dc_offset: () => "offset",
  reverberant: () => "room_sound",
  little_speech: () => "little",
  uneven: () => "uneven",
};

/** Whether a word is a verdict of the judge. @param {string} word */
export const isVerdict = word => VERDICTS.includes(word);

/**
 * @typedef {Object} Tile
 * @property {string} name
 * @property {string} figure
 * @property {string} unit
 * @property {""|"good"|"warn"|"bad"} level
 * @property {string} word a key, or empty
 * @property {number|null} at where it is on the scale, 0 to 1
 * @property {Array<[number, number, string]>} bands of the scale: from, to, class
 */

const NONE = "–";
const share = (value, from, to) => Math.min(1, Math.max(0, (value - from) / (to - from)));

/**
 * The four tiles of a record; without one they are empty.
 * @param {object} [before]
 * @param {boolean} [isRoomOnly] whether nobody has spoken yet
 * @returns {Tile[]}
 */
export function tilesOf(before = {}, isRoomOnly = false) {
  const voice = isRoomOnly ? {} : before;
  return [snrTile(voice), loudnessTile(voice), noiseTile(before), clippingTile(before)];
}

/** @param {object} b */
function snrTile(b) {
  const [usable, poor] = LIMITS.snr_db, value = b.snr_db, place = v => share(v, -5, 50);
  const known = typeof value === "number";
  const level = !known ? "" : value < poor ? "bad" : value < usable ? "warn" : "good";
  const bound = b.snr_is_lower_bound ? "≥ " : b.snr_is_upper_bound ? "≤ " : "";
  return {
    name: "snr", figure: known ? bound + value.toFixed(1) : NONE, unit: "dB", level,
    word: level && `mic.word.snr.${b.speech_s === 0 ? "none" : level}`, at: known ? place(value) : null,
    bands: [[0, place(poor), "out"], [place(poor), place(usable), "low"], [place(usable), 1, "ok"]],
  };
}

/** @param {object} b */
function loudnessTile(b) {
  const value = b.integrated_lufs, place = v => share(v, -60, 0), known = typeof value === "number";
  const range = b.loudness_range_lu, uneven = range > LIMITS.range_lu;
  const level = !known ? "" : value < LIMITS.lufs || uneven ? "warn" : "good";
  const fine = typeof range === "number" ? "good" : "plain";
  const word = !known ? "" : value < LIMITS.lufs ? "low" : uneven ? "uneven" : fine;
  return {
    name: "loudness", figure: known ? value.toFixed(1) : NONE, unit: "LUFS", level,
    word: word && `mic.word.loudness.${word}`, at: known ? place(value) : null,
    slots: { range: typeof range === "number" ? range.toFixed(1) : NONE },
    bands: [[0, place(LIMITS.lufs), "low"], [place(LIMITS.lufs), 1, "ok"]],
  };
}

/** The floor has no limit of its own: it must be so far below the voice. @param {object} b */
function noiseTile(b) {
  const value = b.noise_floor_dbfs, place = v => share(v, -90, -20), known = typeof value === "number";
  const most = typeof b.speech_dbfs === "number" && b.speech_s >= LEAST_SPEECH_S ? b.speech_dbfs : null;
  const [usable, poor] = LIMITS.snr_db;
  const level = !known || most === null ? ""
    : value > most - poor ? "bad" : value > most - usable ? "warn" : "good";
  const bound = b.noise_floor_is_upper_bound ? "≤ " : "";
  return {
    name: "noise", figure: known ? bound + value.toFixed(1) : NONE, unit: "dBFS", level,
    word: level && `mic.word.noise.${level}`, at: known ? place(value) : null,
    slots: { most: most === null ? "" : (most - usable).toFixed(0) },
    bands: most === null ? [[0, 1, "plain"]] : [
      [0, place(most - usable), "ok"],
      [place(most - usable), place(most - poor), "low"],
      [place(most - poor), 1, "out"],
    ],
  };
}

/** @param {object} b */
function clippingTile(b) {
  const value = b.clipped_share, [usable, poor] = LIMITS.clipped, known = typeof value === "number";
  const place = v => share(Math.log10(Math.max(v, 1e-6)), -5, -1);
  const isPiled = b.piled_peaks_ratio > LIMITS.piled;
  const level = !known ? "" : value > poor || isPiled ? "bad" : value > usable ? "warn" : "good";
  const word = level === "good" && value > 0 ? "few" : isPiled && value <= usable ? "piled" : level;
  return {
    name: "clipping", figure: known ? percent(value) : NONE, unit: "%", level,
    word: known ? `mic.word.clipping.${word}` : "",
    at: known ? place(value) : null,
    bands: [[0, place(usable), "ok"], [place(usable), place(poor), "low"], [place(poor), 1, "out"]],
  };
}

/** @param {number} value */
function percent(value) {
  return value === 0 ? "0" : value < 0.0001 ? "< 0.01" : (100 * value).toFixed(value < 0.01 ? 2 : 1);
}
