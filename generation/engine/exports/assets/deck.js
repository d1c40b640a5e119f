"use strict";
const by = (id) => document.getElementById(id);
const parts = JSON.parse(by("parts").textContent);
const film = by("film");
let at = 0;
let captions = true;

function play() {
  film.play().catch(() => undefined); // a browser may want a click first; the first frame is there
}
function show(number) {
  at = Math.max(0, Math.min(parts.length - 1, number));
  const part = parts[at];
  film.src = part.clip;
  film.setAttribute("aria-label", `${part.title}. ${part.shown}`);
  by("place").textContent = `${at + 1} / ${parts.length}  ${part.title}`;
  by("notes").textContent = part.lines.map((line) => line.text).join(" ") || part.said;
  by("said").textContent = "";
  play();
}
function onward() {
  if (film.ended) {
    if (at < parts.length - 1) show(at + 1);
  } else if (film.paused && film.currentTime < film.duration - 0.1) {
    play();
  } else {
    film.currentTime = film.duration; // to the end of the scene: there it stops
  }
}
function press(id) {
  const on = by(id).getAttribute("aria-pressed") !== "true";
  by(id).setAttribute("aria-pressed", String(on));
  return on;
}
const acts = {
  next: onward,
  back: () => show(at - 1),
  again: () => show(at),
  loop: () => { film.loop = press("loop"); },
  captions: () => { captions = press("captions"); by("said").textContent = ""; },
  "notes-on": () => { by("notes").hidden = !press("notes-on"); },
  full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
};
const keys = {
  ArrowRight: acts.next, PageDown: acts.next, " ": acts.next, ArrowLeft: acts.back, PageUp: acts.back,
  Home: () => show(0), End: () => show(parts.length - 1),
  r: acts.again, l: acts.loop, c: acts.captions, n: acts["notes-on"], f: acts.full,
};
film.addEventListener("timeupdate", () => {
  const line = captions && parts[at].lines.find((one) => one.start <= film.currentTime && film.currentTime < one.end);
  by("said").textContent = line ? line.text : "";
});
for (const [id, act] of Object.entries(acts)) by(id).addEventListener("click", act);
document.addEventListener("keydown", (event) => {
  const pressing = event.target.tagName === "BUTTON" && (event.key === " " || event.key === "Enter");
  const act = keys[event.key];
  if (!act || pressing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});
show(0);
