// What is behind a blind test: chance, and what chance alone would do. Pure: no page, no sound.

/** How many trials can be chosen, before the first of them. A p-value holds only for a number fixed in advance. */
export const COUNTS = [8, 10, 16, 20];

/**
 * So many fair coins, from the browser's source of secrets: nobody can guess the next from those before.
 * @param {number} count
 * @param {(bytes: Uint8Array) => Uint8Array} [fill] fills with random bytes
 * @returns {number[]} 0 or 1
 */
export function coins(count, fill = bytes => crypto.getRandomValues(bytes)) {
  return Array.from(fill(new Uint8Array(count)), byte => byte & 1);
}

/**
 * How probable it is that so many of so many coins, or more, fall the one way: exact.
 * @param {number} hits
 * @param {number} trials
 */
export function atLeast(hits, trials) {
  let ways = 1, sum = 0;
  for (let k = 0; k <= trials; k++) {
    if (k >= hits) sum += ways;
    ways = (ways * (trials - k)) / (k + 1);
  }
  return sum / 2 ** trials;
}

/**
 * How probable it is that coins fall as unevenly as this, or more, whichever way: exact.
 * @param {number} hits
 * @param {number} trials
 */
export const asUneven = (hits, trials) => Math.min(1, 2 * atLeast(Math.max(hits, trials - hits), trials));

/** A probability with as many digits as it is worth. @param {number} p */
export const probability = p => (p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`);

/**
 * A run of trials whose answers nobody sees before its end. In each, one of two sounds is behind what is asked about:
 * of ABX behind X, of a preference behind the first one.
 */
export class Trials {
  #hidden;

  /** @param {number} count fixed now @param {(bytes: Uint8Array) => Uint8Array} [fill] */
  constructor(count, fill) {
    this.count = count;
    this.#hidden = coins(count, fill);
    /** @type {number[]} */
    this.answers = [];
  }

  /** The trial that is asked about, from 0. */
  get at() {
    return this.answers.length;
  }

  get isOver() {
    return this.at === this.count;
  }

  /** What is hidden in this trial; for the ears only. @returns {number} 0 or 1 */
  get hidden() {
    return this.#hidden[this.at];
  }

  /** @param {number} answer 0 or 1 */
  answer(answer) {
    if (!this.isOver) this.answers.push(answer);
  }

  /** What was behind those trials that were answered: to be shown at the end. */
  get truth() {
    return this.#hidden.slice(0, this.at);
  }

  /** How many answers are what was hidden. */
  get hits() {
    return this.answers.filter((answer, i) => answer === this.#hidden[i]).length;
  }
}

/**
 * The share of guessers who reach so many hits, each in a run of trials as above.
 * @param {number} guessers
 * @param {number} trials
 * @param {number} hits
 * @param {(bytes: Uint8Array) => Uint8Array} [fill]
 */
export function shareOfGuessers(guessers, trials, hits, fill) {
  let reached = 0;
  for (let i = 0; i < guessers; i++) {
    const run = new Trials(trials, fill);
    for (const guess of coins(trials, fill)) run.answer(guess);
    if (run.hits >= hits) reached++;
  }
  return reached / guessers;
}
