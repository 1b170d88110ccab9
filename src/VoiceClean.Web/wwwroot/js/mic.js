// The microphone check: stay silent, read a sentence, result. Figures are the server's; what must be seen at once
// (clipping, silence, lost sound) comes from the worklet.

import { has, loadSets, t, translate } from "./i18n.js";
import { Microphone, devices } from "./mic-capture.js";
import { MicSocket, takeToken } from "./mic-socket.js";
import { Take } from "./mic-take.js";
import { LIMITS, VerdictKeeper, adviceOf, isVerdict, tilesOf } from "./mic-verdict.js";
import { MicView } from "./mic-view.js";

/** Nobody is to speak for so long; then a level below this for so long is a fault [s, full scale 1]. */
const SILENT_S = 3, QUIET_PEAK = 0.001, QUIET_S = 2;

/** In the silent step a quiet room may be that quiet; only a dead microphone is quieter. */
const DEAD_PEAK = 1e-5;

/** From here on lost sound spoils the figures [s]. */
const MUCH_LOST_S = 0.1;

/** How long before the server's limit the page asks for the result itself [s]. */
const SPARE_S = 2;

const $ = id => document.getElementById(id);

/** Whether the page is the studio's, and not that of a server. */
const IS_STUDIO = document.documentElement.dataset.socket === "api/mic";

/** Where the studio is. @param {string} token @param {string} [file] to be opened */
const studioAt = (token, file) => `./#${new URLSearchParams(file ? { token, file } : { token })}`;

class MicPage {
  constructor() {
    this.token = takeToken();
    this.view = new MicView();
    /** What a test or a site that shows the page in a frame may look at. */
    this.clock = { startedAt: 0, clippedAt: -1, warnedAt: -1, rate: 0 };
    $("begin").addEventListener("click", () => this.begin());
    $("again").addEventListener("click", () => this.begin());
    $("done").addEventListener("click", () => this.finish());
    $("cancel").addEventListener("click", () => this.cancel());
    $("save").addEventListener("click", () => this.save());
    navigator.mediaDevices?.addEventListener("devicechange", () => this.listDevices());
    if (IS_STUDIO) this.view.back(studioAt(this.token));
    this.view.state("ready");
    this.view.tiles(tilesOf());
    this.listDevices();
    if (!navigator.mediaDevices) this.view.notice("stop", t("mic.stop.insecure"), true);
  }

  async listDevices() {
    this.view.devices(await devices(), this.microphone?.settings.deviceId ?? $("device").value);
  }

  async begin() {
    this.close();
    this.view.reset();
    this.view.tiles(tilesOf());
    this.view.actions({ save: false, studio: null });
    this.view.state("opening");
    try {
      this.microphone = await Microphone.open($("device").value);
      this.view.processing(this.microphone.processing);
      if (this.microphone.processing.on.length > 0) return this.refuse(this.microphone.processing.on);
      this.microphone.onBlock = block => this.hear(block);
      this.microphone.onGone = () => this.stop("device");
      await this.microphone.start();
    } catch (error) {
      // What listens to the sound comes from the server, and that may have ended.
      const reason = error.name === "AbortError" ? "gone" : error.name;
      return has(`mic.stop.${reason}`) ? this.stop(reason) : this.stop("other", String(error));
    }
    this.listDevices();
    this.keeper = new VerdictKeeper();
    this.quietS = 0;
    this.limitS = Infinity;
    this.clock = { startedAt: 0, clippedAt: -1, warnedAt: -1, rate: this.microphone.rate };
    this.view.state("silent", true);
  }

  /** Figures of a processed voice would be of no use. @param {string[]} names */
  refuse(names) {
    this.view.notice("stop", t("mic.stop.processing", { names: names.map(n => t(`mic.name.${n}`)).join(", ") }), true);
    this.close();
    this.view.state("stopped", true);
  }

  /** @param {import("./mic-capture.js").Block} block */
  hear(block) {
    if (!this.take) this.connect(block.channels);
    if (block.channels !== this.take.channels) return this.stop("device");
    if (this.take.frames === 0) this.clock.startedAt = block.end - (block.block.length / block.channels);
    this.take.add(block.block);
    this.socket.send(block.block);
    const time = block.end / this.microphone.rate;
    this.view.level(block.peak, time, block.clipped > 0);
    if (block.clipped > 0 && this.clock.clippedAt < 0) {
      this.clock.clippedAt = block.clippedAt;
      this.clock.warnedAt = block.end;
    }
    if (block.clipped > 0) this.view.notice("clipped", t("mic.notice.clipped"));
    this.watchSilence(block);
    this.lost(block.dropped / this.microphone.rate);
    this.step();
  }

  /** @param {number} channels */
  connect(channels) {
    this.take = new Take(this.microphone.rate, channels);
    const path = document.documentElement.dataset.socket;
    this.socket = new MicSocket(path, this.token, this.microphone.rate, channels);
    this.socket.onFigures = figures => this.show(figures);
    this.socket.onProblem = problem => this.stop(problem.reason, problem.detail);
  }

  /** @param {import("./mic-capture.js").Block} block */
  watchSilence(block) {
    const least = document.body.dataset.state === "silent" ? DEAD_PEAK : QUIET_PEAK;
    this.quietS = block.peak < least ? this.quietS + (block.block.length / block.channels / this.microphone.rate) : 0;
    this.view.notice("quiet", this.quietS >= QUIET_S ? t("mic.notice.quiet") : null);
  }

  /** @param {number} seconds of sound that never came */
  lost(seconds) {
    const key = seconds >= MUCH_LOST_S ? "mic.notice.dropped" : "mic.notice.gap";
    this.view.notice("dropped", seconds > 0 ? t(key, { s: seconds.toFixed(2) }) : null);
  }

  /** The steps go by the time of the sound. */
  step() {
    const { state } = document.body.dataset, { seconds } = this.take;
    if (state === "silent" && seconds < SILENT_S) this.view.count(Math.ceil(SILENT_S - seconds));
    else if (state === "silent") {
      this.quietS = 0;
      this.view.state("reading", true);
    } else if (state === "reading" && seconds > this.limitS - SPARE_S) this.finish();
  }

  /** @param {import("./mic-socket.js").Figures} figures */
  show(figures) {
    const { record, final } = figures;
    this.limitS = figures.limit_s;
    this.figures = figures;
    const { state } = document.body.dataset;
    const verdict = this.keeper.next(figures);
    // Before somebody has spoken nothing is known of a voice, only of the room.
    this.view.tiles(tilesOf(record.before, state === "silent" || verdict === "listening"));
    if (record.before?.clipped_share > LIMITS.clipped[0]) this.view.notice("clipped", t("mic.notice.clipped"));
    const advice = isVerdict(verdict) || verdict === "failed" ? adviceOf(record) : null;
    if (state !== "silent") this.view.verdict(verdict, advice ? t(advice.key, advice.slots) : null);
    if (!final) return;
    this.result(figures);
    if (window.parent !== window) {
      // Only sites that the server named can have the page in a frame, so whoever it is may know.
      window.parent.postMessage({ source: "voiceclean", final, record }, "*");
    }
  }

  finish() {
    this.microphone.close();
    this.socket.stop();
    this.view.rest();
    this.view.state("working");
  }

  /** @param {import("./mic-socket.js").Figures} figures */
  result(figures) {
    this.view.state("result", true);
    this.view.notice("quiet", null);
    this.view.actions({ save: true, studio: figures.file ? studioAt(this.token, figures.file) : null });
  }

  cancel() {
    this.close();
    this.view.reset();
    this.view.tiles(tilesOf());
    this.view.state("ready", true);
  }

  /** Ends it without a result. @param {string} reason @param {string} [detail] */
  stop(reason, detail = "") {
    const key = `mic.stop.${reason}`;
    const slots = { reason: detail || reason };
    this.view.notice("stop", t(has(key) ? key : "mic.stop.other", slots), true);
    const kept = this.take;
    this.close();
    this.take = kept;
    this.view.rest();
    this.view.state("stopped", true);
    this.view.actions({ save: kept?.frames > 0, studio: null });
  }

  close() {
    this.microphone?.close();
    this.socket?.discard();
    this.microphone = this.socket = this.take = null;
  }

  save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(this.take.wav());
    link.download = "take.wav";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}

await loadSets("mic");
document.title = t("mic.title");
translate();
window.microphoneCheck = new MicPage();
