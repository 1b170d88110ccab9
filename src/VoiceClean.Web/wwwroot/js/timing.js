// How long a change of settings took to be heard, as a measure of the browser's own, for whoever looks at the page.

const NAME = "change-to-sound", MOST = 500;

/**
 * Notes it: from the input to the moment at which the new sound begins.
 * @param {number} start performance.now() of the change; 0 = there was none
 * @param {import("./transport.js").Transport} transport which has the new sound
 */
export function noteHeard(start, { playing, context, lead }) {
  if (start === 0 || !playing) return;
  performance.measure(NAME, { start, end: performance.now() + (1000 * (lead + (context.baseLatency ?? 0))) });
  if (performance.getEntriesByName(NAME).length > MOST) performance.clearMeasures(NAME);
}
