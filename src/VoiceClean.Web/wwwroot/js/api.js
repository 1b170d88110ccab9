// The studio's server, spoken to: one method a route. The token comes in the fragment of the address, which no server
// and no log ever sees, and is taken out of the address bar at once.

/** What went wrong, as the server names it. */
export class ApiError extends Error {
  /**
   * @param {number} status of HTTP; 0 = the server is not there any more
   * @param {string} reason one of the program's codes
   * @param {string} detail a sentence
   */
  constructor(status, reason, detail) {
    super(detail || reason);
    this.name = "ApiError";
    this.status = status;
    this.reason = reason;
  }
}

/** Takes the token out of the address; this tab remembers it, so that it may be loaded again. @returns {string} */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token !== null) history.replaceState({ token }, "", location.pathname + location.search);
  return token ?? history.state?.token ?? "";
}

/** Whether an error says only that something newer has taken the place of a request. @param {unknown} error */
export function isSuperseded(error) {
  return (error instanceof DOMException && error.name === "AbortError")
    || (error instanceof ApiError && error.reason === "superseded");
}

/** @typedef {{start_s: number, length_s: number}} Span a stretch of a recording [s] */

export class Api {
  /** @param {string} [token] of this run; taken from the address if nothing is given */
  constructor(token = takeToken()) {
    this.token = token;
  }

  /**
   * Asks; a refusal becomes an ApiError.
   * @param {string} path below /api/
   * @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  async ask(path, init = {}) {
    let answer;
    try {
      answer = await fetch("/api/" + path, {
        ...init,
        cache: "no-store",
        headers: { ...init.headers, "X-VoiceClean-Token": this.token },
      });
    } catch (error) {
      if (isSuperseded(error)) throw error;
      throw new ApiError(0, "gone", "");
    }

    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({}));
    throw new ApiError(answer.status, problem.reason ?? String(answer.status), problem.detail ?? problem.title ?? "");
  }

  /** @param {string} path @param {AbortSignal} [signal] */
  async json(path, signal) {
    return (await this.ask(path, { signal })).json();
  }

  /** @param {string} path @param {object} body @param {AbortSignal} [signal] */
  async post(path, body, signal) {
    const answer = await this.ask(path, {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, signal,
    });
    return answer.json();
  }

  /** Version, files, starting options, limits. @param {AbortSignal} [signal] */
  session(signal) {
    return this.json("session", signal);
  }

  /** The table of options from which the form is built. @returns {Promise<Array<object>>} */
  async words() {
    const words = await this.json("words");
    return Array.isArray(words) ? words : words.options;
  }

  /**
   * Opens a recording, or a stretch of it.
   * @param {string} file its id
   * @param {number} [start] [s]
   * @param {number} [length] [s]
   * @param {AbortSignal} [signal]
   */
  openClip(file, start, length, signal) {
    return this.post("clips", { file, start_s: start, length_s: length }, signal);
  }

  /**
   * Cleans; a later call takes the place of this one.
   * @param {string} clip
   * @param {Object<string, string>} options names and values, as in a configuration
   * @param {Span|null} window null = all of it, exactly
   * @param {AbortSignal} [signal]
   */
  render(clip, options, window, signal) {
    return this.post(`clips/${clip}/renders`, window ? { options, window } : { options }, signal);
  }

  /**
   * Samples, filled in as they come so that no long recording holds up the page.
   * @param {string} path below /api/, for instance "renders/r9/after.f32"
   * @param {AbortSignal} [signal]
   * @param {(length: number) => Float32Array} [room] where they go
   * @returns {Promise<Float32Array>} mono, full scale ±1
   */
  async floats(path, signal, room = length => new Float32Array(length)) {
    const answer = await this.ask(path, { signal });
    const samples = room(Number(answer.headers.get("Content-Length")) >> 2);
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const reader = answer.body.getReader();
    for (let at = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return samples;
      bytes.set(value, at);
      at += value.length;
    }
  }

  /**
   * A picture of a stretch: columns from left to right, each from the lowest frequency up.
   * @param {string} of "clips/c1" or "renders/r9"
   * @param {{signal: string, from: number, length: number, width: number, height: number, scale: string}} view
   * @param {AbortSignal} [signal]
   * @returns {Promise<Uint8Array>} 0 = -110 dBFS or less, 255 = 0 dBFS
   */
  async spectrogram(of, view, signal) {
    const query = new URLSearchParams(Object.entries(view).map(([key, value]) => [key, String(value)]));
    return new Uint8Array(await (await this.ask(`${of}/spectrogram?${query}`, { signal })).arrayBuffer());
  }

  /**
   * Least and greatest sample of each column of a stretch.
   * @param {string} of "clips/c1" or "renders/r9"
   * @param {{signal: string, from: number, length: number, width: number}} view
   * @param {AbortSignal} [signal]
   * @returns {Promise<Int8Array>} pairs, ±127 = full scale
   */
  async peaks(of, view, signal) {
    const query = new URLSearchParams(Object.entries(view).map(([key, value]) => [key, String(value)]));
    return new Int8Array(await (await this.ask(`${of}/peaks?${query}`, { signal })).arrayBuffer());
  }

  /** The file that the command line would write. @param {string} render @returns {Promise<Blob>} */
  async result(render) {
    return (await this.ask(`renders/${render}/result.wav`)).blob();
  }

  /** Writes the result into the folder of -o. @param {string} render @param {string} name */
  save(render, name) {
    return this.post(`renders/${render}/save`, { name });
  }
}
