// What the blind test compares: before and after, or the results of both slots of settings where there are two.

import { el } from "./dom.js";
import { loadWords, t } from "./i18n.js";
import { keyOf } from "./store.js";

/**
 * The results of both slots, if both are made and differ.
 * @param {import("./store.js").Store} store
 * @param {import("./renders.js").Renders} renders
 */
function bothSlots({ slots }, { kept }) {
  const [a, b] = [slots.A, slots.B].map(settings => settings && kept.get(keyOf(settings)));
  if (!a || !b || a === b || a.render.sample_rate_hz !== b.render.sample_rate_hz) return null;
  const [loudA, loudB] = [a, b].map(made => made.render.report?.after?.integrated_lufs);
  return {
    sounds: { before: a.after, after: b.after },
    gains: { before: 0, after: Number.isFinite(loudA - loudB) ? loudA - loudB : 0 },
    labels: { before: t("slot.a"), after: t("slot.b") },
    text: `A: ${a.render.command}\nB: ${b.render.command}`,
  };
}

/**
 * Opens the blind test.
 * @param {import("./store.js").Store} store
 * @param {import("./transport.js").Transport} transport
 * @param {import("./renders.js").Renders} renders
 */
export async function openBlindTest(store, transport, renders) {
  if (!store.render || !transport.sounds.before || document.querySelector("dialog[open]")) return;
  transport.stop();
  const [{ openAbx }] = await Promise.all([import("./abx.js"), loadWords("abx")]);
  const { onTime, onState, selected, sounds, gainsDb } = transport;
  const [restored, gains] = [{ ...sounds }, { ...gainsDb }];
  const slots = bothSlots(store, renders);
  if (slots) transport.setSources(slots.sounds, slots.gains);
  // Whatever shows which sound is let through would give away what X is.
  Object.assign(transport, { onTime: () => {}, onState: () => {} });
  openAbx({
    transport,
    labels: slots?.labels ?? { before: t("before"), after: t("after") },
    settingsText: slots?.text ?? store.render.command,
    span: store.selection ?? { start: 0, end: store.duration },
    onClose: () => {
      transport.stop();
      Object.assign(transport, { onTime, onState });
      transport.loop(null);
      store.isLooped = false;
      if (slots) transport.setSources(restored, gains);
      transport.select(selected);
      el("abx").focus();
    },
  });
}
