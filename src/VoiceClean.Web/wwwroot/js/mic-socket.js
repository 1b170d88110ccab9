// The line to the server: sound there, figures back. Why it was refused a browser does not tell, so it is asked for.

/** The token of the address, which no server sees; taken out of the address bar and remembered by this tab, so that it
 * may be loaded again. @returns {string} */
export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token !== null) history.replaceState({ token }, "", location.pathname + location.search);
  return token ?? history.state?.token ?? "";
}

/** @typedef {{final: boolean, seconds: number, ms: number, limit_s: number, file?: string, record: object}} Figures */
/** @typedef {{reason: string, detail?: string}} Problem */

export class MicSocket {
  /**
   * @param {string} path of the socket, relative to the page
   * @param {string} token empty = none is asked for
   * @param {number} rate [Hz]
   * @param {number} channels
   */
  constructor(path, token, rate, channels) {
    this.url = new URL(`${path}?rate=${rate}&channels=${channels}`, location.href);
    this.token = token;
    this.waiting = [];
    this.isOver = false;
    this.wasOpen = false;
    /** Told figures. @type {(figures: Figures) => void} */
    this.onFigures = () => {};
    /** Told why there will be no last figures. @type {(problem: Problem) => void} */
    this.onProblem = () => {};
    const address = new URL(this.url);
    address.protocol = address.protocol.replace("http", "ws");
    const words = ["voiceclean.mic.1", ...(token ? ["token." + token] : [])];
    this.socket = new WebSocket(address, words);
    this.socket.onopen = () => this.opened();
    this.socket.onmessage = ({ data }) => this.told(JSON.parse(data));
    this.socket.onclose = () => this.closed();
  }

  /** Sends sound or words, as soon as there is a line. @param {Float32Array|string} message */
  send(message) {
    if (this.socket.readyState === WebSocket.CONNECTING) this.waiting.push(message);
    else if (this.socket.readyState === WebSocket.OPEN) this.socket.send(message);
  }

  /** That was all: the last figures, please. */
  stop() {
    this.send('{"do":"stop"}');
  }

  /** Nothing is wanted any more. */
  discard() {
    this.isOver = true;
    this.send('{"do":"discard"}');
  }

  opened() {
    this.wasOpen = true;
    for (const message of this.waiting) this.socket.send(message);
    this.waiting = [];
  }

  /** @param {object} message */
  told(message) {
    if (this.isOver) return;
    if (message.problem) this.fail(message.problem);
    else {
      this.isOver = message.final;
      this.onFigures(message);
    }
  }

  async closed() {
    if (!this.isOver) this.fail(this.wasOpen ? { reason: "gone" } : await this.reason());
  }

  /** @param {Problem} problem */
  fail(problem) {
    if (this.isOver) return;
    this.isOver = true;
    this.onProblem(problem);
  }

  /** The same path without a socket is refused for the same reason, in words. @returns {Promise<Problem>} */
  async reason() {
    try {
      const headers = this.token ? { "X-VoiceClean-Token": this.token } : {};
      const problem = await (await fetch(this.url, { headers, cache: "no-store" })).json();
      return problem.reason === "bad_options" ? { reason: "gone" } : problem;
    } catch {
      return { reason: "gone" };
    }
  }
}
