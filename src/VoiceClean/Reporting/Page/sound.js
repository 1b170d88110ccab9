// What can be heard: from the page itself, or from where the recordings lie.

/** Parts of a path as an address. @param {string} path */
const escaped = path => path.split("/").map(encodeURIComponent).join("/");

/** The address of a row's recording; null if there is none. */
function inputUrl(row) {
  const link = row[ROW.linkIn];
  return link === 1 ? data.links[0] + escaped(row[ROW.id]) : link || null;
}

/** The address of a row's result; null if there is none. */
function resultUrl(row) {
  const link = row[ROW.linkOut];
  return link === 1 ? data.links[1] + escaped(row[ROW.id].replace(/\.[^./]*$/, "") + ".wav") : link || null;
}

/** A sound that is in the page. @param {string} base64 of a WAV file */
const embedded = base64 => "data:audio/wav;base64," + base64;

/** A picture that is in the page. @param {string} base64 of a PNG file */
const picture = (base64, alt) => h("img", { src: "data:image/png;base64," + base64, alt });

/**
 * A player that loads nothing until it is asked to, and says so where that fails.
 * @param {string|null} url
 * @param {string} label
 */
function player(url, label) {
  if (!url) return null;
  const failed = h("p", { class: "hint", hidden: true }, say("sound.failed"));
  return h("div", { class: "player" },
    h("audio", {
      controls: true, preload: "none", src: url, "aria-label": label,
      error: () => { failed.hidden = false; },
      // One at a time: two recordings at once cannot be compared.
      play: event => document.querySelectorAll("audio").forEach(a => a !== event.target && a.pause()),
    }), failed);
}
