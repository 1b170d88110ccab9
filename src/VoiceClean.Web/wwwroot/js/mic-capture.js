// The microphone as it is: without what browsers do to voices, in all its channels, at its own rate.

/** What a browser may do to a voice; every one of them makes figures that no later recording will have. */
export const PROCESSING = ["echoCancellation", "noiseSuppression", "autoGainControl"];

/**
 * @typedef {Object} Block
 * @property {Float32Array} block interleaved
 * @property {number} channels
 * @property {number} peak of all channels, full scale 1
 * @property {number} clipped samples in flat tops at full scale
 * @property {number} clippedAt frame of the context where the first of them begins; -1 = none
 * @property {number} dropped frames that the browser lost so far
 * @property {number} end frame of the context behind the block
 */

/** What of it is on although it was asked to be off, and what the browser does not tell. @param {object} settings */
export function processingOf(settings) {
  return {
    on: [...PROCESSING, "voiceIsolation"].filter(name => settings[name] !== undefined && settings[name] !== false),
    unknown: PROCESSING.filter(name => settings[name] === undefined),
  };
}

/** The microphones that there are; their names only once one was allowed. @returns {Promise<MediaDeviceInfo[]>} */
export async function devices() {
  const all = await navigator.mediaDevices?.enumerateDevices() ?? [];
  return all.filter(device => device.kind === "audioinput" && device.deviceId !== "");
}

export class Microphone {
  /** @param {MediaStream} stream @param {MediaStreamTrack} track */
  constructor(stream, track) {
    this.stream = stream;
    this.track = track;
    this.settings = track.getSettings();
    this.processing = processingOf(this.settings);
    /** Told each block. @type {(block: Block) => void} */
    this.onBlock = () => {};
    /** Told that the device is gone. */
    this.onGone = () => {};
    track.onended = () => this.onGone();
  }

  /** Asks for a microphone. @param {string} [deviceId] */
  static async open(deviceId) {
    const wanted = Object.fromEntries(PROCESSING.map(name => [name, false]));
    if (deviceId) wanted.deviceId = { exact: deviceId };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted });
    return new Microphone(stream, stream.getAudioTracks()[0]);
  }

  /** [Hz] */
  get rate() {
    return this.context.sampleRate;
  }

  /** Begins to listen. At the rate of the track: a stream of another rate is refused by some browsers. */
  async start() {
    this.context = new AudioContext(this.settings.sampleRate ? { sampleRate: this.settings.sampleRate } : {});
    await this.context.audioWorklet.addModule(new URL("mic-worklet.js", import.meta.url));
    if (this.context.state === "suspended") await this.context.resume();
    this.node = new AudioWorkletNode(this.context, "capture", { numberOfOutputs: 0, channelCountMode: "max" });
    this.node.port.onmessage = ({ data }) => this.onBlock(data);
    this.source = this.context.createMediaStreamSource(this.stream);
    this.source.connect(this.node);
  }

  /** Lets it go. */
  close() {
    this.onBlock = this.onGone = () => {};
    this.node?.port.postMessage("end");
    this.source?.disconnect();
    this.track.stop();
    if (this.context && this.context.state !== "closed") this.context.close();
  }
}
