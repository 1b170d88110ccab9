// Previews: ten seconds about the playhead as new settings make them, laid over what was exact before.

import { RATE, sound } from "./transport.js";

/** Length of a preview; recordings not longer than twice that are made exactly at once [s]. */
export const WINDOW_S = 10;

/** Before and behind a preview, so much of a long recording is put together anew: what is exact comes sooner [s]. */
const BEFORE_S = 5, BEHIND_S = 10;

/** Who moves a slider on within that time does not wait for what is exact in between [ms]. */
const SETTLE_MS = 75;

/**
 * Waits until nobody has changed anything for a moment; the preview that was made meanwhile may have taken all of it.
 * @param {AbortSignal} signal
 * @param {number} changedAt performance.now() of the last change
 */
export async function settled(signal, changedAt) {
  const left = changedAt + SETTLE_MS - performance.now();
  if (left > 0) await new Promise(resolve => setTimeout(resolve, left));
  signal.throwIfAborted();
}

/**
 * Asks for a preview and lets it be heard.
 * @param {import("./renders.js").Renders} renders
 * @param {Object<string, string>} told the settings
 * @param {AbortSignal} signal
 */
export async function placePreview(renders, told, signal) {
  const { store, transport, rate, api } = renders;
  const start = Math.max(0, Math.min(store.duration - WINDOW_S, transport.position - 1));
  const window = { start_s: Math.round(start * rate) / rate, length_s: WINDOW_S };
  const render = await api.render(store.clip.clip, told, window, signal);
  if ((render.sample_rate_hz ?? RATE) !== rate) return;
  const from = Math.round((render.window?.start_s ?? window.start_s) * rate);
  // What is listened to first; the other follows while that plays.
  for (const name of transport.selected === "residue" ? ["residue", "after"] : ["after", "residue"]) {
    const part = await api.floats(`renders/${render.render}/${name}.f32`, signal);
    signal.throwIfAborted();
    transport.setSources({ [name]: laidOver(renders, name, part, from) }, render.match_db);
    renders.heard();
  }
  store.render = render;
  store.tell("render");
}

/**
 * A preview with what is exact around it, and all of a loop whose end is near.
 * @param {import("./renders.js").Renders} renders
 * @param {"after"|"residue"} name
 * @param {Float32Array} part
 * @param {number} from [sample]
 */
function laidOver({ rate, whole, transport: { span } }, name, part, from) {
  const all = whole?.[name].buffer.getChannelData(0);
  if (!all) return sound(part, from / rate, rate);
  let [first, last] = [from - (BEFORE_S * rate), from + part.length + (BEHIND_S * rate)];
  if (span && span.end * rate <= last) {
    [first, last] = [Math.min(first, Math.round(span.start * rate)), Math.max(last, Math.round(span.end * rate))];
  }
  first = Math.max(0, first);
  const made = sound(all.subarray(first, last), first / rate, rate);
  made.buffer.copyToChannel(part.subarray(0, all.length - from), 0, from - first);
  return made;
}
