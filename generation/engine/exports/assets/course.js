"use strict";
// Plays the animation inside a learning platform and tells it how much was watched (SCORM 1.2 and 2004).
const film = document.getElementById("film");
const ENOUGH = 0.9; // of all seconds, each counted once
const about = JSON.parse(document.getElementById("course").textContent);

function found(name) {
  for (let from = window, depth = 0; depth < 10; depth += 1) {
    try {
      if (from[name]) return from[name];
    } catch {
      return null; // a frame of another origin: no platform of ours
    }
    if (from === from.parent) {
      if (!from.opener) return null;
      from = from.opener;
    } else {
      from = from.parent;
    }
  }
  return null;
}
const DIALECTS = {
  "1.2": {
    api: "API", begin: "LMSInitialize", end: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", keep: "LMSCommit",
    state: "cmi.core.lesson_status", place: "cmi.core.lesson_location", time: "cmi.core.session_time", exit: "cmi.core.exit",
    fresh: ["not attempted", ""],
    spell: (seconds) => {
      const two = (number) => String(number).padStart(2, "0");
      const whole = Math.floor(seconds);
      return `${String(Math.floor(whole / 3600)).padStart(4, "0")}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
    },
  },
  2004: {
    api: "API_1484_11", begin: "Initialize", end: "Terminate", get: "GetValue", set: "SetValue", keep: "Commit",
    state: "cmi.completion_status", place: "cmi.location", time: "cmi.session_time", exit: "cmi.exit", share: "cmi.progress_measure",
    fresh: ["unknown", "not attempted", ""],
    spell: (seconds) => `PT${Math.floor(seconds)}S`,
  },
};
const dialect = DIALECTS[about.scorm];
const platform = dialect ? found(dialect.api) : null;
const opened = Date.now();
const seen = new Set(); // whole seconds
let running = false;

function put(key, value) {
  if (running && key) platform[dialect.set](key, String(value));
}
function read(text) {
  for (const run of text.split(",")) {
    const [from, to] = run.split("-").map(Number);
    for (let second = from; second <= (to ?? from); second += 1) seen.add(second);
  }
}
function written() {
  const runs = [];
  for (const second of [...seen].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && last[1] === second - 1) last[1] = second;
    else runs.push([second, second]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}
function share() {
  const whole = Math.ceil(about.seconds);
  return Math.min(1, [...seen].filter((second) => second < whole).length / whole);
}
function tell() {
  if (!running) return;
  put("cmi.suspend_data", written());
  put(dialect.place, film.currentTime.toFixed(1));
  put(dialect.share, share().toFixed(2));
  if (share() >= ENOUGH) put(dialect.state, "completed");
  put(dialect.time, dialect.spell((Date.now() - opened) / 1000));
  platform[dialect.keep]("");
}
function begin() {
  if (!platform) return;
  running = String(platform[dialect.begin]("")) === "true";
  if (!running) return;
  if (dialect.fresh.includes(platform[dialect.get](dialect.state))) put(dialect.state, "incomplete");
  const kept = platform[dialect.get]("cmi.suspend_data");
  if (kept) read(kept);
  const place = Number(platform[dialect.get](dialect.place));
  if (place > 0 && place < about.seconds - 1) film.currentTime = place;
  put(dialect.exit, "suspend");
}
function end() {
  if (!running) return;
  tell();
  platform[dialect.end]("");
  running = false;
}
let told = 0;
film.addEventListener("timeupdate", () => {
  if (!film.paused || film.ended) seen.add(Math.min(Math.floor(film.currentTime), Math.ceil(about.seconds) - 1));
  if (Date.now() - told > 5000) {
    told = Date.now();
    tell();
  }
});
for (const moment of ["pause", "ended"]) film.addEventListener(moment, tell);
for (const scene of document.querySelectorAll("[data-start]")) {
  scene.addEventListener("click", () => {
    film.currentTime = Number(scene.dataset.start);
    film.play().catch(() => undefined); // a browser may want a click on the player first
  });
}
window.addEventListener("pagehide", end);
begin();
