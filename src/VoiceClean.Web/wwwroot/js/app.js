// The studio: what stands where, and who hears what.

import { Api, ApiError } from "./api.js";
import { openBlindTest } from "./blind.js";
import { CutHandles } from "./cuts.js";
import { breath, clock, el, h, visible } from "./dom.js";
import { Figures } from "./figures.js";
import { Files, mark } from "./files.js";
import { has, language, loadWords, t, translate, useLanguage } from "./i18n.js";
import { listen } from "./keys.js";
import { Line } from "./line.js";
import { Listen } from "./listen.js";
import { Options } from "./options.js";
import { Output } from "./output.js";
import { settingsOf } from "./presets.js";
import { changeRecording, recall } from "./recall.js";
import { Regions } from "./regions.js";
import { Renders } from "./renders.js";
import { Stage } from "./stage.js";
import { Store } from "./store.js";
import { Transport } from "./transport.js";

/** A recording that is to be opened first: a take of the microphone check. */
const wanted = new URLSearchParams(location.hash.slice(1)).get("file");
const api = new Api();
const store = new Store();
const transport = new Transport();
const renders = new Renders(store, api, transport);

/** The word of the state, and over the pictures why there is nothing to show. */
function showState() {
  const { state, error } = renders;
  el("state").className = "state " + state;
  el("state-word").textContent = t("state." + state);
  const code = error && (has("code." + error.reason) ? t("code." + error.reason) : error.reason);
  el("state-more").textContent = ["gone", "stretch"].includes(state) ? t(state + ".more") : code ?? "";
  el("refused").hidden = state !== "refused" && state !== "failed";
  el("why").textContent = error ? t("none", { why: error.message }) : "";
  el("anyway").hidden = state !== "refused" || store.value("gate") !== "reject";
}

/** What is open, over the pictures. */
function showFile() {
  const { file, clip } = store;
  el("name").textContent = file ? visible(file.name) : "";
  document.title = file ? `${visible(file.name)} – ${t("title")}` : t("title");
  const facts = el("facts");
  facts.replaceChildren();
  facts.title = "";
  if (store.session.files.length === 0) {
    el("name").textContent = t("files.empty");
    facts.append(t("files.empty.more"));
  }
  if (file) facts.append(mark(file));
  if (clip) facts.append(` ${clock(clip.duration_s)}`);
  const whole = clip?.whole_s ?? file?.duration_s;
  const isLong = whole > (store.session.limits?.max_open_s ?? 600);
  el("stretch").hidden = !isLong;
  if (isLong) {
    el("stretch-from").value = clock(clip?.start_s ?? 0, 0);
    facts.append(" ", t("stretch.of", { all: clock(whole, 0) }));
    facts.title = t("stretch.most");
  }
}

/** Opens a recording; a stretch of noise belongs to the one before. @param {any} file @param {number} [start] */
function openFile(file, start) {
  if (store.file?.id !== file.id || start > 0) changeRecording(store, file.id, !(start > 0));
  renders.open(file, start);
}

/** The first sound would hold up the page until the browser has begun with sound: it begins now. */
const wakeSound = () => navigator.mediaDevices?.enumerateDevices().catch(() => {});

async function connect() {
  const files = new Files(store, api, file => openFile(file));
  const options = new Options(store);
  const regions = new Regions(store, transport);
  new CutHandles(store, regions).place();
  await breath();
  new Stage(store, api, renders);
  await breath();
  new Listen(store, transport, at => regions.head(at)).show();
  new Figures(store).show();
  new Output(store, api, renders).show();
  await options.build();
  store.on("state", showState);
  store.on("state", () => {
    const { state, error } = renders;
    if (state === "failed" && !store.clip && error.status > 0) {
      files.learn({ verdict: "unreadable", reason: error.reason, duration_s: null, snr_db: null });
    }
  });
  store.on("file clip listed", showFile);
  store.on("settings", () => {
    el("undo").disabled = store.past.length === 0;
    el("redo").disabled = store.future.length === 0;
    for (const slot of ["A", "B"]) {
      el("slot-" + slot.toLowerCase()).setAttribute("aria-pressed", String(store.slot === slot));
    }
    el("slots-note").textContent = t(store.slots.B === null ? "slots.hint" : "slots.on", { slot: store.slot });
    renders.request(options.changedAt ?? performance.now());
    options.changedAt = undefined;
  });
  for (const slot of ["A", "B"]) el("slot-" + slot.toLowerCase()).addEventListener("click", () => store.takeSlot(slot));
  el("undo").addEventListener("click", () => store.undo());
  el("redo").addEventListener("click", () => store.redo());
  el("anyway").addEventListener("click", () => store.change({ gate: "warn" }));
  el("abx").addEventListener("click", () => openBlindTest(store, transport, renders));
  el("mic").addEventListener("click", event => {
    event.preventDefault();
    open(`/mic?lang=${language}#token=${api.token}`, "_blank", "noopener");
  });
  el("stretch").addEventListener("submit", event => {
    event.preventDefault();
    const start = el("stretch-from").value.split(":").reduce((all, part) => (60 * all) + Number(part), 0);
    const last = (store.clip?.whole_s ?? store.file.duration_s) - 1;
    if (Number.isFinite(start)) openFile(store.file, Math.max(0, Math.min(last, start)));
    else el("stretch-from").value = clock(store.clip?.start_s ?? 0, 0);
  });
  listen();
  return files;
}

async function start() {
  try {
    if (!api.token) throw new ApiError(401, "unauthorized", "");
    store.session = await api.session();
    useLanguage(store.session.lang);
    [store.rows] = await Promise.all([api.words(), loadWords()]);
  } catch (error) {
    await loadWords();
    translate();
    if (error.status === 401) renders.become("closed");
    else renders.become("gone", error);
    showState();
    el("tools").hidden = true;
    const main = document.querySelector("main");
    const why = t(error.status === 401 ? "token.lost" : "server.gone");
    main.replaceChildren(h("p", { class: "notice", id: "notice" }, why));
    main.hidden = false;
    return;
  }
  await breath();
  translate();
  document.querySelector("main").hidden = false;
  await breath();
  store.settings = settingsOf(store.session.options ?? {}, store.rows).settings;
  store.slots.A = store.started = store.settings;
  const before = recall(store, api.token);
  const files = await connect();
  await breath();
  store.tell("settings");
  showState();
  showFile();
  files.show();
  files.watch();
  new Line(store, api, renders, () => {
    store.file = store.session.files.find(file => file.id === store.file?.id) ?? store.file;
    files.show();
    files.watch();
  });
  await breath();
  const named = id => files.sorted.find(file => file.id === id);
  const again = wanted ? undefined : named(before?.file);
  // What cannot be read at all stands first in the list, and is not what somebody came for.
  const first = again ?? named(wanted) ?? files.sorted.find(file => !file.reason) ?? files.sorted[0];
  // Somebody may have chosen from the list already.
  if (!store.file) {
    if (again) renders.open(again, before.start || undefined);
    else if (first) openFile(first);
    else renders.become("closed");
  }
  wakeSound();
}

start();
