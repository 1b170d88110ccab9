// What is seen of the microphone check. Knows nothing of sound.

import { language, t } from "./i18n.js";

const $ = id => document.getElementById(id);

/** The bar shows from here to full scale [dBFS]; the peak stays for so long and then falls [dB/s]. */
const LOWEST_DB = -60, HOLD_S = 1.5, FALL_DB_PER_S = 20, HOT_DB = -6;

/** For how long the bar stays red after a flat top [s]. */
const CLIPPED_S = 2;

/** How often who listens to the page may be told a level [s]. */
const SPOKEN_S = 1;

const SENTENCES = { en: "en", zh: "zh-CN", ja: "ja" };

export class MicView {
  constructor() {
    this.meter = $("meter");
    this.hold = { db: LOWEST_DB, at: 0 };
    this.clippedAt = -Infinity;
    this.spokenAt = -Infinity;
    const first = language.startsWith("zh") ? "zh" : navigator.language.startsWith("ja") ? "ja" : "en";
    for (const radio of document.querySelectorAll("[name=tongue]")) {
      radio.checked = radio.value === first;
      radio.addEventListener("change", () => this.sentence(radio.value));
    }
    this.sentence(first);
  }

  /** @param {string} tongue */
  sentence(tongue) {
    $("sentence").lang = SENTENCES[tongue];
    $("sentence").textContent = t(`mic.sentence.${tongue}`);
  }

  /**
   * Goes to a step.
   * @param {"ready"|"opening"|"silent"|"reading"|"working"|"result"|"stopped"} state
   * @param {boolean} [focus] whether who listens or uses keys is taken along
   */
  state(state, focus = false) {
    document.body.dataset.state = state;
    const order = ["silent", "reading", "result"];
    const at = order.indexOf(state === "working" ? "result" : state);
    for (const item of document.querySelectorAll("[data-step]")) {
      const place = order.indexOf(item.dataset.step);
      item.classList.toggle("past", at >= 0 && (place < at || state === "result"));
      if (place === at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
    $("stage-title").textContent = t(`mic.${state}.title`);
    $("stage-text").textContent = t(`mic.${state}.text`);
    $("count").hidden = state !== "silent";
    $("tongues").hidden = $("sentence").hidden = state !== "reading";
    $("begin").hidden = state !== "ready" && state !== "opening";
    $("begin").disabled = state === "opening";
    $("done").hidden = state !== "reading";
    $("cancel").hidden = !["silent", "reading", "working"].includes(state);
    $("again").hidden = state !== "result" && state !== "stopped";
    $("device").disabled = ["opening", "silent", "reading", "working"].includes(state);
    if (focus) $("stage-title").focus();
  }

  /** @param {{save: boolean, studio: string|null}} what can be done with the take */
  actions({ save, studio }) {
    $("save").hidden = !save;
    $("studio").hidden = studio === null;
    if (studio !== null) $("studio").href = studio;
  }

  /** Where one came from. @param {string} address */
  back(address) {
    $("back").href = address;
    $("back").hidden = false;
  }

  /** @param {number} seconds that are left */
  count(seconds) {
    const text = String(seconds);
    if ($("count").textContent !== text) $("count").textContent = text;
  }

  /**
   * The level, at the time of the sound.
   * @param {number} peak full scale 1
   * @param {number} time [s]
   * @param {boolean} clipped whether it holds flat tops
   */
  level(peak, time, clipped) {
    const db = Math.max(LOWEST_DB, 20 * Math.log10(peak + 1e-9));
    const fallen = this.hold.db - (Math.max(0, time - this.hold.at - HOLD_S) * FALL_DB_PER_S);
    if (db >= fallen) this.hold = { db, at: time };
    if (clipped) this.clippedAt = time;
    const style = this.meter.style;
    style.setProperty("--level", String(1 - (db / LOWEST_DB)));
    style.setProperty("--hold", String(1 - (Math.max(db, fallen, LOWEST_DB) / LOWEST_DB)));
    this.meter.classList.toggle("hot", db > HOT_DB);
    const isClipped = time - this.clippedAt < CLIPPED_S;
    this.meter.classList.toggle("clipped", isClipped);
    $("peak").textContent = isClipped ? t("mic.clipped") : db <= LOWEST_DB ? "" : `${this.hold.db.toFixed(1)} dBFS`;
    if (time - this.spokenAt >= SPOKEN_S || time < this.spokenAt) {
      this.spokenAt = time;
      this.meter.setAttribute("aria-valuenow", db.toFixed(0));
      this.meter.setAttribute("aria-valuetext", `${db.toFixed(0)} dBFS`);
    }
  }

  /** Nothing is listened to. */
  rest() {
    this.hold = { db: LOWEST_DB, at: 0 };
    this.clippedAt = this.spokenAt = -Infinity;
    this.level(0, 0, false);
  }

  /** Back to nothing. */
  reset() {
    this.rest();
    $("bars").replaceChildren();
    this.verdict("", null);
  }

  /**
   * Shows or takes away a notice.
   * @param {string} name one notice a name
   * @param {string|null} text null = none
   * @param {boolean} [stop] whether nothing goes on because of it
   */
  notice(name, text, stop = false) {
    let bar = $("bars").querySelector(`[data-name="${name}"]`);
    if (text === null) bar?.remove();
    else {
      if (!bar) {
        bar = document.createElement("p");
        bar.dataset.name = name;
        $("bars").append(bar);
      }
      bar.className = stop ? "notice stop" : "notice";
      if (bar.textContent !== text) bar.textContent = text;
    }
  }

  /** @param {string} word a verdict, "listening", or empty @param {string|null} advice */
  verdict(word, advice) {
    const [line, more] = $("verdict").children;
    const text = word === "" ? "" : t(`mic.verdict.${word}`);
    if (line.textContent !== text) {
      const mark = document.createElement("span");
      mark.className = `mark ${word === "listening" ? "waiting" : word}`;
      mark.textContent = text;
      line.replaceChildren(...(text ? [mark] : []));
    }
    if (more.textContent !== (advice ?? "")) more.textContent = advice ?? "";
  }

  /** @param {import("./mic-verdict.js").Tile[]} tiles */
  tiles(tiles) {
    $("tiles").replaceChildren(...tiles.map(tile => {
      const box = document.createElement("div");
      box.className = `tile ${tile.level}`;
      box.dataset.name = tile.name;
      const name = document.createElement("dt");
      name.textContent = t(`mic.tile.${tile.name}`);
      const figure = document.createElement("dd");
      figure.className = "figure";
      const unit = document.createElement("span");
      unit.className = "unit";
      unit.textContent = ` ${tile.unit}`;
      figure.append(tile.figure, unit);
      const word = document.createElement("dd");
      word.className = "word";
      word.textContent = tile.word ? t(tile.word, tile.slots) : "";
      box.append(name, figure, word, scale(tile));
      return box;
    }));
  }

  /** @param {MediaDeviceInfo[]} found @param {string} chosen */
  devices(found, chosen) {
    const options = found.map((device, i) =>
      new Option(device.label || t("mic.device.nameless", { n: i + 1 }), device.deviceId));
    $("device").replaceChildren(...(options.length ? options : [new Option(t("mic.device.default"), "")]));
    if (options.some(o => o.value === chosen)) $("device").value = chosen;
  }

  /** @param {{on: string[], unknown: string[]}|null} processing null = not known yet */
  processing(processing) {
    const line = $("processing");
    const state = !processing ? "" : processing.on.length ? "on" : processing.unknown.length ? "unknown" : "off";
    line.className = `processing ${state}`;
    line.textContent = state ? t(`mic.processing.${state}`) : "";
  }
}

/** A thin scale with the limits. @param {import("./mic-verdict.js").Tile} tile */
function scale(tile) {
  const box = document.createElement("dd");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 100 8");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "scale");
  svg.setAttribute("aria-hidden", "true");
  const rect = (x, y, width, height, name) => {
    const one = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, value] of Object.entries({ x, y, width, height, class: name })) {
      one.setAttribute(key, String(value));
    }
    svg.append(one);
  };
  for (const [from, to, name] of tile.bands) rect(100 * from + 0.4, 3, Math.max(0, 100 * (to - from) - 0.8), 2, name);
  if (tile.at !== null) rect(Math.min(98, Math.max(0, 100 * tile.at - 1)), 0, 2, 8, "here");
  box.append(svg);
  return box;
}
