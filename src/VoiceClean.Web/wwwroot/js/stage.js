// The middle of the page: the pictures before, after and of what was taken, the waveform, the rulers, the overview.

import { el, figure, h } from "./dom.js";
import { describe } from "./figures.js";
import { t } from "./i18n.js";
import { isWhole } from "./renders.js";
import { drawAxis, frequencies, levels, loudnesses, taken } from "./rulers.js";
import { drawColours, Picture } from "./spectrogram.js";
import { keepView } from "./view.js";
import { drawPeaks, paint, prepare, Wave } from "./waveform.js";

export class Stage {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./api.js").Api} api
   * @param {import("./renders.js").Renders} renders
   */
  constructor(store, api, renders) {
    Object.assign(this, { store, api, renders });
    this.third = "residue";
    this.topHz = 16000;
    this.isSame = true;
    /** @type {Object<string, Picture>} */
    this.pictures = {};
    for (const lane of document.querySelectorAll(".lane.picture")) {
      const signal = lane.dataset.signal;
      const picture = new Picture(lane.querySelector("canvas"), (view, abort) => this.columns(signal, view, abort));
      picture.onError = error => renders.lost(error);
      this.pictures[signal] = picture;
      const colours = h("canvas", { class: "colours", "aria-hidden": "true" });
      lane.append(h("div", { class: "ruler hz", "aria-hidden": "true" }),
        h("div", { class: "ruler db", "aria-hidden": "true" }, colours, levels()));
      drawColours(colours);
    }
    this.wave = new Wave(document.querySelector(".lane.wave canvas"), api);
    this.wave.canvas.after(h("div", { class: "ruler db", "aria-hidden": "true" },
      loudnesses()));
    this.wave.onError = error => renders.lost(error);
    this.overview = el("overview").querySelector("canvas");
    this.overviewPeaks = null;
    this.watch();
  }

  watch() {
    const { store } = this;
    store.on("file", () => this.clear());
    store.on("dropped", () => this.drop());
    store.on("clip", () => this.opened());
    store.on("view", () => this.look());
    store.on("exact", () => this.rendered());
    store.on("render", () => this.match());
    for (const which of ["residue", "gain"]) {
      el("tab-" + which).addEventListener("click", () => this.showThird(which));
      el("tab-" + which).addEventListener("keydown", event => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        event.preventDefault();
        const other = which === "residue" ? "gain" : "residue";
        this.showThird(other);
        el("tab-" + other).focus();
      });
    }
    keepView(() => {
      this.rescale();
      this.overlay();
    });
    this.wave.onData = () => this.overlay();
    const about = () => {
      const { from, length } = store.view;
      const at = this.renders.transport.position;
      return at >= from && at <= from + length ? at : from + (length / 2);
    };
    el("zoom-in").addEventListener("click", () => store.clip && store.zoom(1.6, about()));
    el("zoom-out").addEventListener("click", () => store.clip && store.zoom(1 / 1.6, about()));
    el("zoom-all").addEventListener("click", () => store.clip && store.look(0, store.duration));
    new ResizeObserver(() => this.resized()).observe(el("lanes"));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resized());
    this.rescale();
    this.name();
  }

  /** @param {string} signal */
  columns(signal, view, abort) {
    const { clip } = this.store;
    const which = signal === "residue" ? this.third : signal;
    const of = this.exact && (which !== "before" || !this.isSame) ? "renders/" + this.exact
      : which === "before" ? "clips/" + clip?.clip : null;
    return clip && of && this.api.spectrogram(of, { signal: which, ...view }, abort);
  }

  clear() {
    this.exact = null;
    for (const picture of Object.values(this.pictures)) picture.clear();
    this.wave.clear();
    this.overviewPeaks = null;
    this.drawOverview();
    this.name();
    el("axis").replaceChildren();
  }

  /** Nothing of a result is left to be seen. */
  drop() {
    this.exact = null;
    for (const which of ["after", "residue"]) this.pictures[which].clear();
    this.pictures.before.setGain(0);
    this.wave.forget();
    this.name();
  }

  async opened() {
    const { clip, duration } = this.store;
    this.wave.sources.before = "clips/" + clip.clip;
    this.pictures.before.refresh();
    this.wave.refresh();
    const width = Math.min(2000, Math.round(this.overview.clientWidth * devicePixelRatio)) || 600;
    try {
      const peaks = await this.api.peaks("clips/" + clip.clip, { signal: "before", from: 0, length: duration, width });
      if (this.store.clip !== clip) return;
      this.overviewPeaks = { peaks, from: 0, length: duration };
      this.drawOverview();
    } catch (error) {
      this.renders.lost(error);
    }
  }

  look() {
    for (const picture of Object.values(this.pictures)) picture.show(this.store.view);
    this.wave.show(this.store.view);
    this.drawAxis();
    this.name();
  }

  rendered() {
    const { render } = this.store;
    const wasSame = this.isSame;
    this.exact = render.render;
    this.isSame = render.same_input !== false;
    this.wave.sources.before = this.isSame ? "clips/" + this.store.clip.clip : "renders/" + render.render;
    if (!this.isSame || !wasSame) this.pictures.before.refresh();
    if (render.sample_rate_hz && render.sample_rate_hz / 2 !== this.topHz) {
      this.topHz = render.sample_rate_hz / 2;
      this.pictures.before.refresh();
      this.rescale();
    }
    this.wave.sources.after = "renders/" + render.render;
    if (this.wave.sources.residue) this.wave.sources.residue = "renders/" + render.render;
    this.pictures.after.refresh();
    this.pictures.residue.refresh();
    this.wave.refresh();
  }

  /** Draws before and residue as loud as the result. */
  match() {
    const { render } = this.store;
    if (!render) return;
    this.pictures.before.setGain(render.match_db?.before ?? 0);
    this.pictures.residue.setGain(this.third === "gain" ? 0 : render.match_db?.residue ?? 0);
    this.wave.gain = 10 ** ((render.match_db?.before ?? 0) / 20);
    this.wave.curves = isWhole(render) ? render.curves : this.wave.curves;
    const target = parseFloat(this.store.value("loudness"));
    this.wave.target = Number.isFinite(target) ? target : null;
    el("wave-tag").textContent = this.wave.target === null ? t("wave") : t("wave.target", { n: figure(target, 0) });
    this.wave.draw();
    this.name();
  }

  /** Says in words what each picture shows. */
  name() {
    for (const [signal, picture] of Object.entries(this.pictures)) {
      const which = signal === "residue" ? this.third : signal;
      picture.canvas.setAttribute("aria-label", describe(this.store, which));
    }
    this.wave.canvas.setAttribute("aria-label", describe(this.store, "wave"));
  }

  /** @param {"residue"|"gain"} which */
  showThird(which) {
    this.third = which;
    for (const name of ["residue", "gain"]) {
      el("tab-" + name).setAttribute("aria-selected", String(name === which));
      el("tab-" + name).tabIndex = name === which ? 0 : -1;
    }
    el("third").setAttribute("aria-labelledby", "tab-" + which);
    const picture = this.pictures.residue;
    const lane = picture.canvas.closest(".lane");
    picture.clear();
    picture.isGain = which === "gain";
    this.overlay();
    picture.gainDb = which === "gain" ? 0 : this.store.render?.match_db?.residue ?? 0;
    const figures = which === "gain" ? taken() : levels();
    lane.querySelector(".db").replaceChildren(lane.querySelector(".colours"), ...figures);
    lane.classList.toggle("taken", which === "gain");
    picture.show(this.store.view);
    picture.refresh();
    this.name();
  }

  /** Draws the pictures as the panel says: scale, length of the spectra, waveform over them. */
  rescale() {
    const scale = el("scale").value, fft = el("fft").value;
    for (const picture of Object.values(this.pictures)) {
      if (this.store.clip && (picture.scale !== scale || picture.fft !== fft)) picture.refresh();
      Object.assign(picture, { scale, fft });
      const ticks = picture.canvas.closest(".lane").querySelector(".hz");
      ticks.replaceChildren(...frequencies(scale, this.topHz));
    }
  }

  /** Lays the waveform of each signal over its picture. */
  overlay() {
    const overlay = Number(el("overlay").value);
    this.wave.sources.residue = overlay > 0 && this.exact ? "renders/" + this.exact : "";
    if (this.wave.sources.residue && !this.wave.data.residue) this.wave.refresh();
    for (const [signal, picture] of Object.entries(this.pictures)) {
      const wave = picture.isGain ? null : this.wave.data[signal] ?? null;
      if (overlay > 0 || picture.overlay > 0) {
        Object.assign(picture, { overlay, wave });
        picture.paint();
      }
    }
  }

  drawAxis() {
    if (this.store.clip) drawAxis(el("axis"), this.store.view);
  }

  drawOverview() {
    const [context, width, height] = prepare(this.overview);
    if (!this.overviewPeaks) return;
    const most = this.overviewPeaks.peaks.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
    drawPeaks(context, this.overviewPeaks, { from: 0, length: this.store.duration || 1 },
      { width, height, colour: paint(this.overview, "--wave-before"), gain: 118 / most });
  }

  resized() {
    if (!this.store.clip) return;       // there is nothing to draw; what is opened is drawn at its size
    for (const picture of Object.values(this.pictures)) {
      picture.paint();
      picture.refresh(120);
    }
    this.wave.draw();
    this.wave.refresh(120);
    this.drawAxis();
    this.drawOverview();
  }
}
