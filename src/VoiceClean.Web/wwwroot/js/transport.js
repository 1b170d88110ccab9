// What is heard: three sounds that run together from one start, of which one is let through. Switching is a ramp of
// gain, so it cannot lose its place; a new result fades into the running one at the same sample.

import { Ramp, dbToGain } from "./ramp.js";

/** Sampling rate of what is heard [Hz]: that of the server's samples, unless the result is to have another one. */
export const RATE = 32000;

/** Of a switch and of a start or stop; of a new result that takes the place of a running one [s]. */
const SWITCH_S = 0.010, SWAP_S = 0.020;

/** @typedef {"before"|"after"|"residue"} Name */
/** @typedef {{buffer: AudioBuffer, start: number}} Sound samples, and where in the recording they begin [s] */
/** @typedef {{source: AudioBufferSourceNode, fade: Ramp, node: GainNode}} Voice */

/** @type {Name[]} */
export const NAMES = ["before", "after", "residue"];

/**
 * Samples as a sound.
 * @param {Float32Array} samples
 * @param {number} [start] [s]
 * @param {number} [rate] [Hz]
 * @returns {Sound}
 */
export function sound(samples, start = 0, rate = RATE) {
  const buffer = new AudioBuffer({ length: Math.max(1, samples.length), numberOfChannels: 1, sampleRate: rate });
  buffer.copyToChannel(samples, 0);
  return { buffer, start };
}

export class Transport {
  /**
   * @param {() => BaseAudioContext} [makeContext] asked for at the first sound, when there has been a gesture
   * @param {number} [lead] how far ahead things are scheduled, so that none of them comes late [s]
   */
  constructor(
    makeContext = () => new AudioContext({ sampleRate: RATE, latencyHint: "interactive" }),
    lead = 0.02,
  ) {
    this.makeContext = makeContext;
    this.lead = lead;
    /** @type {BaseAudioContext|null} */
    this.context = null;
    /** @type {Object<Name, Sound|null>} */
    this.sounds = { before: null, after: null, residue: null };
    this.gainsDb = { before: 0, after: 0, residue: 0 };
    /** @type {Name} */
    this.selected = "after";
    this.level = 1;
    this.playing = false;
    /** @type {{time: number, offset: number}} where the recording is at a time of the context */
    this.anchor = { time: 0, offset: 0 };
    /** @type {{start: number, end: number}|null} */
    this.span = null;
    /** @type {Object<Name, Voice|null>} */
    this.voices = { before: null, after: null, residue: null };
    /** Told the place [s] and whether it plays, at every picture while it plays. @type {(at: number) => void} */
    this.onTime = () => {};
    /** Told that it began, ended, or lets another sound through. */
    this.onState = () => {};
  }

  /** Length of what is played [s]. */
  get duration() {
    return Math.max(0, ...NAMES.map(n => this.sounds[n]).map(s => s ? s.start + s.buffer.duration : 0));
  }

  /** The place that is heard now [s]. */
  get position() {
    return this.playing ? this.placeAt(this.context.currentTime) : this.anchor.offset;
  }

  /** Whether it is to play and the browser has not begun to. */
  get isWaiting() {
    return this.anchor.time === Infinity;
  }

  /** Volume of everything, 0 to 1. */
  get volume() {
    return this.level;
  }

  set volume(value) {
    this.level = value;
    if (this.master) this.master.to(value, this.soon(), SWITCH_S);
  }

  /**
   * Puts sounds in place. Those that play fade into the new ones without a gap; what is the same object stays.
   * @param {Partial<Object<Name, Sound|AudioBuffer|null>>} sounds what is left out stays as it is
   * @param {Partial<Object<Name, number>>} [gains] makes them equally loud [dB]
   */
  setSources(sounds, gains = {}) {
    const changed = [];
    for (const [name, value] of Object.entries(sounds)) {
      const next = value instanceof AudioBuffer ? { buffer: value, start: 0 } : value;
      if (next?.buffer !== this.sounds[name]?.buffer) changed.push(name);
      this.sounds[name] = next;
    }
    Object.assign(this.gainsDb, gains);
    if (!this.context) return;
    const time = this.soon();
    if (this.playing) for (const name of changed) this.exchange(name, time, this.placeAt(time), SWAP_S);
    this.applyLevels(time, SWAP_S);
  }

  /** Begins, or jumps while it plays. @param {number} [at] [s]; where it stands if nothing is given */
  async play(at = this.position) {
    this.prepare();
    this.anchor = { time: Infinity, offset: at };
    if (this.context.state === "suspended" && this.context instanceof AudioContext) await this.context.resume();
    const time = this.soon();
    this.anchor = { time, offset: this.snapped(this.wrapped(at >= this.duration ? this.span?.start ?? 0 : at)) };
    for (const name of NAMES) this.exchange(name, time, this.anchor.offset, SWITCH_S);
    const wasPlaying = this.playing;
    this.playing = true;
    if (!wasPlaying) {
      this.onState();
      this.tick();
    }
  }

  /** Stops, and stays where it is. */
  stop() {
    if (!this.playing) return;
    const time = this.soon();
    this.anchor = { time, offset: Math.min(this.duration, this.position) };
    this.playing = false;
    for (const name of NAMES) this.silence(name, time, SWITCH_S);
    this.onState();
    this.onTime(this.anchor.offset);
  }

  /** Goes to a place, playing or not. @param {number} at [s] */
  seek(at) {
    const place = Math.max(0, Math.min(this.duration, at));
    if (this.playing) this.play(place);
    else {
      this.anchor = { time: 0, offset: place };
      this.onTime(place);
    }
  }

  /** Lets another sound through. @param {Name} name */
  select(name) {
    this.selected = name;
    if (this.context) this.applyLevels(this.soon(), SWITCH_S);
    this.onState();
  }

  /** Goes round in a stretch; without one it plays to the end. @param {number|null} start [s] @param {number} [end] */
  loop(start, end = 0) {
    this.span = start === null || end - start < 0.05 ? null : { start: this.snapped(start), end: this.snapped(end) };
    if (this.playing) this.play(this.position);
  }

  /** The context and what stands in it for good. */
  prepare() {
    if (this.context) return;
    this.context = this.makeContext();
    const master = this.context.createGain();
    master.connect(this.context.destination);
    this.master = new Ramp(master.gain, this.level);
    this.levels = {};
    for (const name of NAMES) {
      const node = this.context.createGain();
      node.connect(master);
      this.levels[name] = new Ramp(node.gain, this.target(name));
      this.levels[name].node = node;
    }
  }

  /** @param {Name} name what is let through of it */
  target(name) {
    return name === this.selected ? dbToGain(this.gainsDb[name]) : 0;
  }

  /** @param {number} time @param {number} seconds */
  applyLevels(time, seconds) {
    for (const name of NAMES) this.levels[name].to(this.target(name), time, seconds);
  }

  /** Starts the sound of a name at a place, and lets the one that runs fade. */
  exchange(name, time, place, seconds) {
    this.silence(name, time, seconds);
    const made = this.sounds[name];
    const end = made ? made.start + made.buffer.duration : 0;
    if (!made || place >= end) return;
    const source = new AudioBufferSourceNode(this.context, { buffer: made.buffer });
    if (this.span && this.span.start >= made.start && this.span.end <= end + 1 / RATE && place < this.span.end) {
      Object.assign(source, {
        loop: true, loopStart: this.span.start - made.start, loopEnd: this.span.end - made.start,
      });
    }
    const node = this.context.createGain();
    source.connect(node).connect(this.levels[name].node);
    const fade = new Ramp(node.gain, 0);
    fade.to(1, time, seconds);
    const wait = Math.max(0, made.start - place);
    source.start(time + wait, this.snapped(Math.max(0, place - made.start)));
    source.onended = () => node.disconnect();
    this.voices[name] = { source, fade, node };
  }

  /** Lets the sound of a name fade out. */
  silence(name, time, seconds) {
    const voice = this.voices[name];
    if (!voice) return;
    voice.fade.to(0, time, seconds);
    voice.source.stop(time + seconds + 0.005);
    this.voices[name] = null;
  }

  /** The nearest time that is safely ahead, on a sample. */
  soon() {
    return Math.ceil((this.context.currentTime + this.lead) * RATE) / RATE;
  }

  /** @param {number} seconds on the nearest sample */
  snapped(seconds) {
    return Math.round(seconds * RATE) / RATE;
  }

  /** A place that has gone round. @param {number} place */
  wrapped(place) {
    const { start, end } = this.span ?? {};
    return this.span && place >= end ? start + ((place - start) % (end - start)) : place;
  }

  /** The place at a time of the context [s]. @param {number} time */
  placeAt(time) {
    const passed = Math.max(0, time - this.anchor.time);
    const place = this.anchor.offset + passed;
    return this.snapped(this.span && this.anchor.offset < this.span.end ? this.wrapped(place) : place);
  }

  /** Tells the place at every picture. */
  tick() {
    if (!this.playing) return;
    if (!this.voices.before && !this.voices.after && !this.voices.residue) this.playing = false;
    if (this.position >= this.duration) {
      this.stop();
      this.anchor.offset = this.duration;
    }
    this.onTime(this.position);
    if (this.playing) requestAnimationFrame(() => this.tick());
  }
}
