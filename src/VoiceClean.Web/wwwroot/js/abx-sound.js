// The ears' side of a blind test: two sounds on one transport, switched so that no switch tells what is behind it.

/** Sound goes down, is exchanged, comes up again: the same for every switch, also to the same sound [ms]. */
const DOWN_MS = 40, UP_MS = 20;

/** What the transport calls the two sounds. @type {import("./transport.js").Name[]} */
const NAMES = ["before", "after"];

export class BlindSound {
  /**
   * @param {import("./transport.js").Transport} transport
   * @param {{start: number, end: number}} span what is heard, over and over [s]
   */
  constructor(transport, span) {
    Object.assign(this, { transport, span });
    this.level = transport.volume;
    this.turn = 0;
    this.late = [];
    // Whoever listens to the transport would show which of the two is heard.
    transport.onTime = transport.onState = () => {};
    // A result that comes in the middle would change what is compared; it waits.
    this.setSources = transport.setSources;
    transport.setSources = (...given) => this.late.push(given);
    transport.loop(span.start, span.end);
  }

  /** Lets one of the two through, at the same place. @param {number} which 0 or 1 */
  async hear(which) {
    const turn = ++this.turn;
    const { transport } = this;
    transport.volume = 0;
    await pause(DOWN_MS);
    if (turn !== this.turn) return;
    transport.select(NAMES[which]);
    if (!transport.playing) await transport.play(this.span.start);
    await pause(UP_MS);
    if (turn === this.turn) transport.volume = this.level;
  }

  /** Nothing is heard. */
  stop() {
    this.turn++;
    this.transport.stop();
  }

  /** Gives the transport back as it was. */
  close() {
    this.stop();
    const { transport } = this;
    transport.setSources = this.setSources;
    transport.volume = this.level;
    for (const given of this.late) transport.setSources(...given);
  }
}

/** @param {number} ms */
const pause = ms => new Promise(done => { setTimeout(done, ms); });
