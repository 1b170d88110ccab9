// Runs beside the sound: gathers all channels into blocks, and sees at once what figures twice a second see late.
// The program calls three equal samples at full scale clipped. Here they need not be equal: browsers resample what the
// device gives (48 to 44.1 kHz, say), after which a flat top rings by a thousandth.

const BLOCK = 2048, FULL_SCALE = 0.998, LEAST_RUN = 3;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.channels = 0;
    this.next = 0;
    this.hasBegun = false;
    this.dropped = 0;
    this.isEnded = false;
    this.port.onmessage = () => { this.isEnded = true; };
  }

  /** @param {number} channels */
  begin(channels) {
    this.channels = channels;
    this.run = new Int32Array(channels);
    this.clear();
  }

  clear() {
    this.block = new Float32Array(BLOCK * this.channels);
    this.filled = 0;
    this.peak = 0;
    this.clipped = 0;
    this.clippedAt = -1;
  }

  /** @param {Float32Array[][]} inputs @returns {boolean} whether more is wanted */
  process(inputs) {
    const input = inputs[0];
    if (this.isEnded) return false;
    if (input.length === 0) return true;
    if (input.length !== this.channels) this.begin(input.length);
    // Before the first block is full the context may still be starting; nothing is lost by that.
    if (this.hasBegun && currentFrame !== this.next) this.dropped += currentFrame - this.next;
    this.next = currentFrame + input[0].length;
    for (let channel = 0; channel < input.length; channel++) this.take(input[channel], channel);
    this.filled += input[0].length;
    if (this.filled >= BLOCK) this.post();
    return true;
  }

  /** @param {Float32Array} samples @param {number} channel */
  take(samples, channel) {
    const { block, channels } = this;
    let at = (this.filled * channels) + channel;
    for (let i = 0; i < samples.length; i++, at += channels) {
      const x = samples[i], size = Math.abs(x);
      block[at] = x;
      if (size > this.peak) this.peak = size;
      if (size < FULL_SCALE) this.run[channel] = 0;
      else {
        this.run[channel]++;
        if (this.run[channel] >= LEAST_RUN) this.clips(currentFrame + i - LEAST_RUN + 1, channel);
      }
    }
  }

  /** @param {number} frame where the flat top began @param {number} channel */
  clips(frame, channel) {
    this.clipped += this.run[channel] === LEAST_RUN ? LEAST_RUN : 1;
    if (this.clippedAt < 0 || frame < this.clippedAt) this.clippedAt = frame;
  }

  post() {
    this.hasBegun = true;
    const { block, channels, peak, clipped, clippedAt, dropped, next: end } = this;
    this.port.postMessage({ block, channels, peak, clipped, clippedAt, dropped, end }, [block.buffer]);
    this.clear();
  }
}

registerProcessor("capture", Capture);
