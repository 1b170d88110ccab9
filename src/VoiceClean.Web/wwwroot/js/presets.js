// Settings as configurations, which `voiceclean --config FILE` reads, and back.

import { rangeOf } from "./regions.js";

/** @typedef {import("./store.js").Settings} Settings */

const SECONDS = { ms: 0.001, s: 1, min: 60, h: 3600 };

/** A value in the form in which two that mean the same are the same text. @param {any} row @param {string} text */
export function plain(row, text) {
  if (row.kind === "switch") return String(text === "on" || text === "true");
  if (row.kind === "share" && text.endsWith("%")) return String(Number(text.slice(0, -1)) / 100);
  const found = /^(-?\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text);
  if (!found) return text;
  const [, number, unit] = found;
  if (row.kind === "duration") return String(Number(number) * (SECONDS[unit || "s"] ?? 1));
  if (unit === "" || unit === row.unit) return String(Number(number));
  return unit === "k" + row.unit ? String(1000 * Number(number)) : text;
}

/** Words of records that have a shorter one. */
const ALIASES = { pcm16: "16", pcm24: "24", ieee_float: "32f" };

/** What no value stands for: "off" where a number is the default, else the default. @param {any} row */
const unset = row => row?.words.includes("off") && /\d/.test(row.default) ? "off" : null;

/** Whether a value is what holds anyway. @param {any} row @param {string} text */
export const isDefault = (row, text) => plain(row, text) === plain(row, row.default);

/**
 * Settings as a configuration. A stretch of noise belongs to one recording and stays out.
 * @param {Settings} settings
 */
export function presetOf(settings) {
  const entries = Object.entries(settings).filter(([name, value]) => name !== "noise" || !rangeOf(value));
  const bare = value => /^-?\d+(\.\d+)?$/.test(value) ? Number(value)
    : value === "true" || value === "false" ? value === "true" : value;
  return Object.fromEntries(entries.map(([name, value]) => [name.replaceAll("-", "_"), bare(value)]));
}

/**
 * The settings of a configuration: names of options, or the nested keys that records echo. What is the default anyway
 * is left out.
 * @param {any} config
 * @param {Array<any>} rows
 * @returns {{settings: Settings, unknown: string[]}}
 */
export function settingsOf(config, rows) {
  /** @type {Settings} */
  const settings = {};
  const unknown = [];
  const walk = (node, path) => {
    for (const [key, value] of Object.entries(node)) {
      const full = path + key;
      const isList = Array.isArray(value);
      if (value !== null && typeof value === "object" && !isList && rows.some(r => r.key.startsWith(full + "."))) {
        walk(value, full + ".");
        continue;
      }
      const named = path ? null : rows.find(r => r.name === key.replaceAll("_", "-"));
      const row = named ?? rows.find(r => r.key === full);
      const text = isList ? value.join(",") : value === null ? unset(row) : ALIASES[value] ?? value;
      if (!row) unknown.push(...(value === null ? [] : [full]));
      else if (text !== null && text !== "" && !isDefault(row, String(text))) settings[row.name] = String(text);
    }
  };
  walk(config, "");
  return { settings: gathered(settings), unknown };
}

/** Parts that one word sets together are that word again. @param {Settings} settings */
function gathered(settings) {
  const strength = settings.strength ?? "0.6";
  for (const name of ["spectral-gate-strength", "noisereduce-strength", "clicks-strength"]) {
    if (settings[name] === strength) delete settings[name];
  }
  const { "noise-source": source, "noise-range-start": start = "0s", "noise-range-end": end } = settings;
  if (source === "range" && end) settings.noise = `range:${start}-${end}`;
  else if (source && source !== "file") settings.noise = source;
  if (settings.noise) for (const part of ["source", "range-start", "range-end"]) delete settings["noise-" + part];
  return settings;
}
