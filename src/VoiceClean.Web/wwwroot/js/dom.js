// Elements and figures: what every other module stands on. Whatever comes from a recording or the server reaches the
// page as text and in no other way.

/** An element that the page is known to have. @param {string} id @returns {any} */
export function el(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}

/**
 * An element. Functions become listeners, everything else an attribute; strings among the children become text.
 * @param {string} name
 * @param {Object<string, (string|number|boolean|null|undefined|Function)>} [props]
 * @param {...(Node|string|null|Array)} children
 */
export function h(name, props, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat(2).filter(c => c !== null && c !== undefined && c !== false));
  return made;
}

/**
 * A name as it can be shown: what cannot be seen, or turns the direction of what follows, stands there by its number.
 * @param {string} name
 */
export function visible(name) {
  const hidden = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
  return name.replace(hidden, c => `⟨${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/**
 * A figure with so many digits behind the point; a dash where there is none.
 * @param {number|null|undefined} value
 * @param {number} digits
 */
export function figure(value, digits) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

/** A signal-to-noise ratio; beyond 40 and -20 dB it cannot be measured. @param {number} value @param {number} digits */
export function ratio(value, digits) {
  return (value === 40 ? "\u2265 " : value === -20 ? "\u2264 " : "") + figure(value, digits);
}

/** A place in a recording, "1:02.35". @param {number} s @param {number} [digits] */
export function clock(s, digits = 1) {
  const unit = 10 ** digits;
  const all = Math.round(Math.max(0, s) * unit);
  const minutes = Math.floor(all / unit / 60);
  const rest = ((all - (minutes * 60 * unit)) / unit).toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

/** A place as a word of an option, "1.2s". @param {number} s */
export const seconds = s => `${Number(s.toFixed(3))}s`;

/** Lets the browser draw and answer before work goes on, so that no single task holds up the page for long. */
export const breath = () => new Promise(resolve => setTimeout(resolve));

/** @param {number} value @param {number} low @param {number} high */
export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** A file that the browser saves. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
