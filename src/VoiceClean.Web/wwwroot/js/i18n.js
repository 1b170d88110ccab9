// Words: one JSON a language, keys with {slots}. What a record says reaches the page as a code with its figures; no
// sentence of the server is ever translated.

/** @type {Object<string, string>} */
let words = {};

/** The languages that there are. */
export const LANGUAGES = ["en", "zh-CN"];

/** The language of the page: that of the address, else the first of the browser's that we have. */
export let language = chosen([new URLSearchParams(location.search).get("lang"), ...navigator.languages]);

/** Takes the language that the server has chosen. @param {string} [wanted] */
export function useLanguage(wanted) {
  language = chosen([wanted ?? null, language]);
}

/** @param {Array<string|null>} wanted @returns {string} */
export function chosen(wanted) {
  for (const one of wanted) {
    const low = (one ?? "").toLowerCase();
    const found = LANGUAGES.find(l => l.toLowerCase() === low) ?? (low.startsWith("zh") ? "zh-CN"
      : low.startsWith("en") ? "en" : null);
    if (found) return found;
  }
  return "en";
}

/**
 * Loads the words of the studio and of the parts that it is made of ("abx").
 * @param {...string} sets
 */
export const loadWords = (...sets) => loadSets("", ...sets);

/**
 * Loads sets of words; "" is the studio's.
 * @param {...string} sets
 */
export async function loadSets(...sets) {
  const files = sets.map(s => new URL(`../i18n/${s && s + "."}${language}.json`, import.meta.url));
  const loaded = await Promise.all(files.map(async file => {
    const answer = await fetch(file);
    return answer.ok ? answer.json() : {};
  }));
  words = Object.assign({}, words, ...loaded);
  document.documentElement.lang = language;
}

/** Whether there are words for a key. @param {string} key */
export const has = key => Object.hasOwn(words, key);

/**
 * The words for a key; the key itself where there are none.
 * @param {string} key
 * @param {Object<string, string|number>} [slots]
 * @returns {string}
 */
export function t(key, slots = {}) {
  const text = has(key) ? words[key] : key;
  return text.replace(/\{(\w+)\}/g, (all, name) => Object.hasOwn(slots, name) ? String(slots[name]) : all);
}

/**
 * Puts words into what stands in the page already: data-t names its text, data-t-label its label for who hears the
 * page, data-t-title what a pointer shows.
 * @param {ParentNode} [root]
 */
export function translate(root = document) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset.tLabel));
  }
  for (const element of root.querySelectorAll("[data-t-title]")) element.title = t(element.dataset.tTitle);
}
