// A gain that moves in straight lines and always knows where it is, so that a line may begin in the middle of another
// (cancelAndHoldAtTime does not exist everywhere).

/** @param {number} db */
export const dbToGain = db => 10 ** (db / 20);

export class Ramp {
  /** @param {AudioParam} param @param {number} value at the beginning */
  constructor(param, value) {
    this.param = param;
    param.value = value;
    param.setValueAtTime(value, 0);
    this.line = { from: value, to: value, start: 0, end: 0 };
  }

  /** Its value at a time of the context. @param {number} time */
  at(time) {
    const { from, to, start, end } = this.line;
    return time >= end ? to : time <= start ? from : from + ((to - from) * (time - start)) / (end - start);
  }

  /** Goes to a value in a straight line. @param {number} value @param {number} time [s] @param {number} seconds */
  to(value, time, seconds) {
    const from = this.at(time);
    if (from === value && this.line.to === value) return;
    this.param.cancelScheduledValues(time);
    if (this.line.end > time && this.line.start < time) this.param.linearRampToValueAtTime(from, time);
    else this.param.setValueAtTime(from, time);
    this.param.linearRampToValueAtTime(value, time + seconds);
    this.line = { from, to: value, start: time, end: time + seconds };
  }
}
