// What was recorded, as it came: a WAV file of 32-bit floats.

const HEADER = 44, TAG_FLOAT = 3;

/** @param {number} rate [Hz] @param {number} channels @param {number} bytes of samples @returns {ArrayBuffer} */
export function wavHeader(rate, channels, bytes) {
  const view = new DataView(new ArrayBuffer(HEADER));
  const word = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  word(0, "RIFF");
  view.setUint32(4, HEADER - 8 + bytes, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, TAG_FLOAT, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 4, true);
  view.setUint16(32, channels * 4, true);
  view.setUint16(34, 32, true);
  word(36, "data");
  view.setUint32(40, bytes, true);
  return view.buffer;
}

export class Take {
  /** @param {number} rate [Hz] @param {number} channels */
  constructor(rate, channels) {
    this.rate = rate;
    this.channels = channels;
    /** @type {Float32Array[]} */
    this.blocks = [];
    this.frames = 0;
  }

  /** [s] */
  get seconds() {
    return this.frames / this.rate;
  }

  /** @param {Float32Array} block interleaved */
  add(block) {
    this.blocks.push(block);
    this.frames += block.length / this.channels;
  }

  /** @returns {Blob} */
  wav() {
    const bytes = this.frames * this.channels * 4;
    return new Blob([wavHeader(this.rate, this.channels, bytes), ...this.blocks], { type: "audio/wav" });
  }
}
