// What a tab remembers when it is loaded again, or comes back after a crash: the settings with their past, both slots,
// and which recording was open. A stretch of noise belongs to its recording and waits for that. Kept by the browser for
// this tab alone, so two tabs do not disturb each other, and forgotten with it.

import { rangeOf } from "./regions.js";
import { same } from "./store.js";

const KEPT_AS = "voiceclean.studio", MOST_STEPS = 100;

/** The stretch of noise of each recording, by its id. @type {Object<string, string>} */
let noises = {};

/** What was kept of this run of the studio. @param {string} run @returns {any} */
function kept(run) {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "null");
    return found?.run === run ? found : null;
  } catch {
    return null;
  }
}

/**
 * Brings back what holds, and keeps it from now on.
 * @param {import("./store.js").Store} store with what the studio was started with
 * @param {string} token of this run: another run may have been started otherwise
 * @returns {{file: string, start: number}|null} what was open
 */
export function recall(store, token) {
  const run = token.slice(0, 8);
  const found = kept(run);
  if (found) {
    noises = found.noises;
    for (const name of ["settings", "past", "future", "slots", "slot"]) store[name] = found[name];
  }
  const keep = () => {
    const { settings, past, future, slots, slot, file, clip } = store;
    const steps = { past: past.slice(-MOST_STEPS), future: future.slice(-MOST_STEPS) };
    const open = { file: file?.id ?? "", start: clip?.start_s ?? 0 };
    try {
      sessionStorage.setItem(KEPT_AS, JSON.stringify({ run, settings, ...steps, slots, slot, open, noises }));
    } catch {
      // A browser that keeps nothing: then a page that is loaded again begins anew.
    }
  };
  store.on("settings clip", keep);
  return found?.open ?? null;
}

/**
 * Goes to another recording, or another stretch: its own noise holds there, no step of undo brings back that of
 * another.
 * @param {import("./store.js").Store} store
 * @param {string} next id of the recording
 * @param {boolean} canPoint whether noise can be pointed at there
 */
export function changeRecording(store, next, canPoint) {
  const without = settings => {
    const { noise, ...others } = settings;
    return noise !== undefined && rangeOf(noise) ? others : settings;
  };
  const value = store.value("noise");
  if (store.file && rangeOf(value)) noises[store.file.id] = value;
  else if (store.file) delete noises[store.file.id];
  const own = canPoint && noises[next] ? { noise: noises[next] } : {};
  const settings = { ...without(store.settings), ...own };
  for (const slot of ["A", "B"]) store.slots[slot] &&= without(store.slots[slot]);
  for (const steps of ["past", "future"]) {
    const all = store[steps].map(without);
    store[steps] = all.filter((step, i) => !same(step, all[i + 1] ?? without(settings)));
  }
  if (same(settings, store.settings)) store.slots[store.slot] = store.settings;
  else store.put(settings);
}
