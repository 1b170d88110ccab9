// Small histograms and bars as SVG, each with its figures in words.

const CHART = { width: 320, height: 96, bins: 28 };

/** A step of 1, 2 or 5 times a power of ten. @param {number} raw */
function niceStep(raw) {
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * [1, 2, 5, 10].find(f => f * power >= raw);
}

/**
 * The range that holds all but the most distant values, on even steps.
 * @param {number[]} values
 */
function niceRange(values) {
  const sorted = Float64Array.from(values).sort();
  let low = sorted[Math.floor(sorted.length * 0.002)];
  let high = sorted[Math.ceil(sorted.length * 0.998) - 1];
  if (high - low < 1e-9) [low, high] = [low - 1, high + 1];
  const step = niceStep((high - low) / 4);
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step, step };
}

/** How many values lie in each bin; what lies outside counts at the ends. */
function binsOf(values, range) {
  const bins = new Array(CHART.bins).fill(0);
  for (const v of values) {
    const at = Math.floor((v - range.low) / (range.high - range.low) * CHART.bins);
    bins[Math.min(CHART.bins - 1, Math.max(0, at))]++;
  }
  return bins;
}

/** The outline of bins, closed along the ground. */
function outline(bins, most) {
  const step = CHART.width / CHART.bins;
  let path = `M0 ${CHART.height}`;
  bins.forEach((n, i) => {
    // One of ten thousand can still be seen.
    const y = n === 0 ? CHART.height : Math.min(CHART.height - 1.5, CHART.height * (1 - n / most));
    path += `V${y.toFixed(1)}H${((i + 1) * step).toFixed(1)}`;
  });
  return path + `V${CHART.height}Z`;
}

/**
 * A histogram of what was and what became of it.
 * @param {{title: string, unit: string, digits: number, before: number[], after: number[], share?: boolean}} chart
 *   before may be empty: then there is one curve and no legend.
 */
function histogram({ title, unit, digits, before, after, share, show = figure }) {
  const all = before.concat(after);
  if (all.length === 0) return h("figure", { class: "card chart" }, caption(title, ""), empty(say("chart.none")));
  const range = share ? { low: 0, high: 100, step: 25 } : niceRange(all);
  const [a, b] = [binsOf(before, range), binsOf(after, range)];
  const most = Math.max(...a, ...b, 1);
  const medians = [
    before.length > 0 && [say(after.length > 0 ? "before" : "median"), median(before), "before"],
    after.length > 0 && [say(before.length > 0 ? "after" : "median"), median(after), "after"],
  ].filter(Boolean);
  const told = medians.map(([name, value]) => `${name} ${show(value, digits)} ${unit}`).join(", ");
  const ticks = [];
  for (let v = range.low; v <= range.high + range.step / 2; v += range.step) ticks.push(v);
  const tickDigits = range.step < 1 ? 1 : 0;
  return h("figure", { class: "card chart" },
    caption(title, unit),
    h("svg", {
      viewBox: `0 -4 ${CHART.width} ${CHART.height + 5}`, preserveAspectRatio: "none", role: "img",
      "aria-label": say("chart.label", { title, medians: told, n: count(all.length) }),
    },
      before.length > 0 && h("path", { class: "bars before", d: outline(a, most) }),
      after.length > 0 && h("path", { class: "bars after", d: outline(b, most) }),
      h("line", { class: "ground", x1: 0, x2: CHART.width, y1: CHART.height, y2: CHART.height })),
    h("div", { class: "ticks", "aria-hidden": "true" }, ticks.map(v => h("span", null, figure(v, tickDigits)))),
    h("p", { class: "medians" }, medians.map(([name, value, kind]) =>
      h("span", null, h("i", { class: kind }), `${name} `, h("b", null, show(value, digits))))));
}

/**
 * Codes and how often each stands there, as bars that filter the table.
 * @param {string} title
 * @param {Map<string, number>} counts
 * @param {(code: string) => void} choose
 * @param {string} none what stands there if there are none
 */
function codeBars(title, counts, choose, none) {
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  if (sorted.length === 0) return h("figure", { class: "card chart" }, caption(title, ""), empty(none));
  const most = sorted[0][1];
  return h("figure", { class: "card chart" }, caption(title, ""),
    h("ul", { class: "codes" }, sorted.slice(0, 7).map(([code, n]) => {
      const bar = h("i", { class: "bar" });
      bar.style.inlineSize = `${Math.max(1, 100 * n / most)}%`;
      return h("li", null, h("button", { type: "button", click: () => choose(code) },
        h("span", null, word(code)), h("b", null, count(n)), bar));
    })),
    sorted.length > 7 && h("p", { class: "more" }, say("more", { n: count(sorted.length - 7) })));
}

const caption = (title, unit) => h("figcaption", null, title, unit && h("span", null, ` ${unit}`));

/** What stands where there is nothing to show. @param {string} text */
const empty = text => h("p", { class: "empty" }, text);
