// The ends of what is kept, to take hold of: the end of the cut before the first speech and the start of the one after
// the last. What they move is how much is kept around speech.

import { clamp, el, figure, seconds } from "./dom.js";
import { hold } from "./handles.js";
import { t } from "./i18n.js";
import { plain } from "./presets.js";
import { cutsOf } from "./regions.js";

/** Most that is kept around speech [s]. */
const MOST_S = 5;

/** @typedef {"before"|"after"} Side */

/** What is kept on a side of speech [s]. @param {import("./store.js").Store} store @param {Side} side */
export function padOf(store, side) {
  const pair = store.settings["silence-pad"]?.split(",");
  const shared = pair && (side === "before" ? pair[0] : pair.at(-1));
  const name = "silence-pad-" + side;
  const text = store.settings[name] ?? shared ?? store.value(name);
  return Number(plain({ kind: "duration", unit: "s" }, text.trim()));
}

export class CutHandles {
  /** @param {import("./store.js").Store} store @param {import("./regions.js").Regions} regions */
  constructor(store, regions) {
    Object.assign(this, { store, regions });
    for (const side of /** @type {Side[]} */ (["before", "after"])) this.watch(el("cut-" + side), side);
    store.on("view render settings clip file", () => this.place());
  }

  /** Where a handle stands [s]; null where nothing is cut on that side. @param {Side} side */
  edge(side) {
    const cuts = cutsOf(this.store);
    if (side === "before") return cuts.length > 0 && cuts[0][0] < 0.002 ? cuts[0][1] : null;
    return cuts.length > 0 && cuts.at(-1)[1] > this.store.duration - 0.002 ? cuts.at(-1)[0] : null;
  }

  place() {
    for (const side of /** @type {Side[]} */ (["before", "after"])) {
      const handle = el("cut-" + side);
      const edge = this.edge(side);
      const share = edge === null ? -1 : this.regions.share(edge);
      handle.hidden = share < 0 || share > 1;
      if (handle.hidden) continue;
      const pad = padOf(this.store, side);
      handle.style.setProperty("left", `${100 * share}%`);
      handle.setAttribute("aria-valuemin", "0");
      handle.setAttribute("aria-valuemax", String(MOST_S));
      handle.setAttribute("aria-valuenow", pad.toFixed(2));
      handle.setAttribute("aria-valuetext", t(`cut.${side}.value`, { s: figure(pad, 2) }));
      handle.title = t(`cut.${side}.value`, { s: figure(pad, 2) });
    }
  }

  /** @param {Side} side @param {number} pad [s] */
  keep(side, pad) {
    this.store.change({ ["silence-pad-" + side]: seconds(clamp(pad, 0, MOST_S)) }, "cut-" + side);
  }

  /** @param {HTMLElement} handle @param {Side} side */
  watch(handle, side) {
    const { store, regions } = this;
    const outward = side === "before" ? -1 : 1;
    hold(handle, event => regions.at(event), () => this.edge(side) ?? 0, from => {
      const pad = padOf(store, side);
      return to => this.keep(side, pad + (outward * (to - from)));
    });
  }
}
