// What leaves the page: the command line, presets (which are configurations), the result.

import { download, el } from "./dom.js";
import { isSuperseded } from "./api.js";
import { has, t } from "./i18n.js";
import { presetOf, settingsOf } from "./presets.js";
import { rangeOf } from "./regions.js";

export class Output {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./api.js").Api} api
   * @param {import("./renders.js").Renders} renders
   */
  constructor(store, api, renders) {
    Object.assign(this, { store, api, renders });
    el("copy").addEventListener("click", () => this.copy());
    el("preset-save").addEventListener("click", () => this.savePreset());
    el("preset-load").addEventListener("click", () => el("preset-file").click());
    el("preset-file").addEventListener("change", () => this.loadPreset());
    el("download").addEventListener("click", () => this.result(false));
    el("save").addEventListener("click", () => this.result(true));
    store.on("render state clip settings", () => this.show());
    /** @type {string|undefined} the recording that something may be told of */
    let toldOf;
    store.on("file", () => {
      // One that is opened anew, since it changed, keeps what was just said of it.
      if (store.file?.id !== toldOf) el("told").textContent = "";
      toldOf = store.file?.id;
    });
    this.watchDrops();
  }

  /** Says what came of it. @param {string} key @param {Object<string, string|number>} [slots] */
  tell(key, slots) {
    el("told").textContent = t(key, slots);
  }

  show() {
    const { render } = this.store;
    el("save").hidden = !this.store.session?.can_write;
    el("command").textContent = render?.command ?? "";
    const isDone = this.renders.state === "exact" || this.renders.state === "stretch";
    for (const id of ["download", "save"]) el(id).disabled = this.renders.state !== "exact";
    el("copy").disabled = !isDone;
  }

  async copy() {
    const text = el("command").textContent;
    if (!text || el("copy").disabled) return;
    try {
      await navigator.clipboard.writeText(text);
      this.tell("copied");
    } catch {
      getSelection().selectAllChildren(el("command"));
      this.tell("copy.selected");
    }
  }

  savePreset() {
    const preset = presetOf(this.store.settings);
    const isLess = rangeOf(this.store.value("noise")) !== null;
    download(new Blob([JSON.stringify(preset, null, 2) + "\n"], { type: "application/json" }), "voiceclean.json");
    this.tell(isLess ? "preset.saved.less" : "preset.saved");
  }

  async loadPreset() {
    const input = el("preset-file");
    const [file] = input.files;
    input.value = "";
    if (file) await this.takePreset(file);
  }

  /** A file that is dropped must not take the place of the page, as browsers do; a preset is loaded. */
  watchDrops() {
    document.addEventListener("dragover", event => event.preventDefault());
    document.addEventListener("drop", event => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (!file) return;
      if (!file.name.toLowerCase().endsWith(".json")) this.tell("drop.no");
      else if (!el("preset-load").inert) this.takePreset(file);
    });
  }

  /** @param {File} file */
  async takePreset(file) {
    let config;
    try {
      config = JSON.parse(await file.text());
    } catch {
      config = null;
    }
    if (config === null || typeof config !== "object" || Array.isArray(config)) return this.tell("preset.bad");
    const { settings, unknown } = settingsOf(config, this.store.rows);
    if (unknown.length) return this.tell("preset.unknown", { names: unknown.slice(0, 3).join(", ") });
    this.store.replace(settings);
    return this.tell("preset.loaded", { n: Object.keys(settings).length });
  }

  /** @param {boolean} isSave into the folder of -o, else through the browser */
  async result(isSave) {
    const { render, file } = this.store;
    const name = nameOf(file.name);
    try {
      if (isSave) {
        const saved = await this.api.save(render.render, name);
        this.tell("saved", { name: saved.path ?? name });
      } else {
        download(await this.api.result(render.render), name);
        this.tell("downloaded", { name });
      }
    } catch (error) {
      if (isSuperseded(error)) return undefined;
      if (this.renders.lost(error)) return this.tell("made.again");
      el("told").textContent = has("problem." + error.reason) ? t("problem." + error.reason, { name }) : error.message;
    }
  }
}

/** The name of a result: that of the recording without its folders, as WAV. @param {string} name */
export const nameOf = name => name.split("/").at(-1).replace(/(?<=.)\.[^.]*$/, "") + ".wav";
