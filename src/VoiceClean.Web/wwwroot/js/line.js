// The line to the studio. When it is cut, whatever would need the studio is out of reach and the page says what it
// still shows; when the studio answers again, the page goes on with the settings as they are.

import { ApiError } from "./api.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";

/** Between two tries, between two looks at who works, and how long an answer may take [ms]. */
const RETRY_MS = 1000, LOOK_MS = 5000, PATIENCE_MS = 10_000;

/** States in which something is expected of the studio. */
const AT_WORK = ["opening", "working", "preview"];

export class Line {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("./api.js").Api} api
   * @param {import("./renders.js").Renders} renders
   * @param {() => void} again told when the studio answers again, with a new list of recordings
   */
  constructor(store, api, renders, again) {
    Object.assign(this, { store, api, renders, again, isCut: false });
    /** @type {WebSocket|null} */
    this.socket = null;
    store.on("state", () => this.renders.state === "gone" && !this.isCut && this.wait());
    this.hold();
    setInterval(() => this.look(), LOOK_MS);
  }

  /** The studio ends itself when no page is left; this is how it knows of one, and the page of its end. */
  hold() {
    if (!this.store.session.alive || this.socket?.readyState <= WebSocket.OPEN) return;
    const words = ["voiceclean.alive.1", "token." + this.api.token];
    const socket = this.socket = new WebSocket(`ws://${location.host}/api/alive`, words);
    let wasOpen = false;
    socket.addEventListener("open", () => { wasOpen = true; });
    socket.addEventListener("close", () => wasOpen && this.renders.become("gone"));
  }

  /** A studio that was stopped (Ctrl-Z) breaks no line and answers nothing. */
  async look() {
    if (!AT_WORK.includes(this.renders.state) || this.isLooking) return;
    this.isLooking = true;
    try {
      await this.ask();
    } catch (error) {
      if (error instanceof ApiError && error.reason === "gone") this.renders.become("gone");
    } finally {
      this.isLooking = false;
    }
  }

  ask() {
    return this.api.session(AbortSignal.timeout(PATIENCE_MS));
  }

  /** Until it answers. Another run on the same port has another token, and this page cannot go on. */
  async wait() {
    this.show(true, "cut");
    for (const work of [this.renders.running, this.renders.opening]) work.abort();
    for (;;) {
      await new Promise(resolve => setTimeout(resolve, RETRY_MS));
      try {
        Object.assign(this.store.session, await this.ask());
        break;
      } catch (error) {
        if (error.status === 401) return this.show(true, "cut.other");
      }
    }
    this.show(false, "cut");
    this.hold();
    this.again();
    return this.resume();
  }

  /** Goes on with what was being opened, or with the settings as they are now. */
  resume() {
    const { store, renders } = this;
    if (!store.file) return renders.become("closed");
    if (!store.clip || !renders.input) return renders.open(store.file, store.clip?.start_s || undefined);
    renders.become("working");
    store.tell("view");
    return renders.request();
  }

  /** @param {boolean} isCut @param {string} key of what is said */
  show(isCut, key) {
    this.isCut = isCut;
    el("cut").hidden = !isCut;
    el("cut").textContent = t(key);
    for (const part of document.querySelectorAll("[data-needs-line]")) part.toggleAttribute("inert", isCut);
  }
}
