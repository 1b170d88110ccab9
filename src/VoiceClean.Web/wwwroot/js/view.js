// The panel that says how the pictures are drawn; the browser keeps it.

import { clamp, el } from "./dom.js";

const KEPT_AS = "voiceclean.view", CHOICES = ["scale", "fft", "overlay"];

/** What was kept, where it still means something. */
function bringBack() {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT_AS) ?? "{}") ?? {};
  } catch {
    kept = {};
  }
  for (const id of CHOICES) {
    const box = el(id), value = String(kept[id] ?? "");
    if (value !== "" && (!box.options || [...box.options].some(o => o.value === value))) box.value = value;
  }
}

/** Listens to the panel, and opens it below its button. @param {() => void} changed */
export function keepView(changed) {
  bringBack();
  const panel = el("view-panel"), button = el("view");
  for (const id of CHOICES) {
    el(id).addEventListener("input", () => {
      localStorage.setItem(KEPT_AS, JSON.stringify(Object.fromEntries(CHOICES.map(c => [c, el(c).value]))));
      changed();
    });
  }
  panel.addEventListener("toggle", event => {
    if (event.newState !== "open") return;
    const box = button.getBoundingClientRect();
    const left = clamp(box.right - panel.offsetWidth, 8, Math.max(8, innerWidth - panel.offsetWidth - 8));
    panel.style.setProperty("left", `${left + scrollX}px`);
    panel.style.setProperty("top", `${box.bottom + 4 + scrollY}px`);
    panel.classList.add("placed");
    el("scale").focus();
  });
  addEventListener("resize", () => panel.hidePopover());
  panel.addEventListener("beforetoggle", () => panel.classList.remove("placed"));
}
