import { backward, bySentence, type Deck, lastMoment, lineAt, type Move, onward, type Step, stepAt } from "../logic/deck";
import { say } from "../page";
import { DrawingBoard } from "./drawing-board";
import { FilmStore } from "./film-store";

const QUIET_MS = 2500;
const KEYS: Readonly<Record<string, string>> = {
  ArrowRight: "next",
  PageDown: "next",
  ArrowLeft: "back",
  PageUp: "back",
  Home: "first",
  End: "last",
  " ": "toggle",
  k: "toggle",
  r: "again",
  l: "loop",
  s: "lines",
  c: "captions",
  n: "notes",
  b: "black",
  ".": "black",
  x: "clear",
  f: "full",
};
const BAR = ["back", "toggle", "next", "again", "loop", "lines", "captions", "clear", "notes", "full", "leave"];
const PRESSED = ["loop", "lines", "captions"];

/** A deck over the whole page and screen. It stops at the end of each step; nothing is fetched once its films are here. */
export class Presentation {
  private readonly dialog = document.createElement("dialog");
  private readonly screen = make("div", "present-screen on-stage");
  private readonly picture = make("div", "present-picture");
  private readonly spoken = make("p", "present-line");
  private readonly status = make("p", "present-status");
  private readonly place = make("span", "present-place");
  private readonly bar = make("div", "present-bar");
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly glass = new DrawingBoard();
  private readonly videos: HTMLVideoElement[] = [];
  private readonly channel: BroadcastChannel;
  private readonly began = Date.now();
  private store: FilmStore | null = null;
  private deck: Deck | null = null;
  private steps: readonly Step[] = [];
  private at = 0;
  private asked = 0;
  private full = false;
  private quiet = 0;
  private readonly keys = (event: KeyboardEvent): void => this.onKey(event);

  constructor(
    private readonly source: string,
    private readonly page: string,
  ) {
    this.channel = new BroadcastChannel(source);
    this.channel.addEventListener("message", (event: MessageEvent<{ kind: string; name?: string }>) => {
      if (event.data.kind === "hello") this.tellNotes();
      if (event.data.kind === "act" && event.data.name) this.act(event.data.name);
    });
  }

  /** Open at once, within the key press that asked for it: a browser gives the whole screen only then. */
  async open(): Promise<void> {
    this.build();
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.screen.focus();
    this.fill();
    const answer = await fetch(this.source, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) {
      this.leave();
      location.assign(this.page); // its own words say what is wrong
      return;
    }
    this.start((await answer.json()) as Deck);
  }

  private build(): void {
    this.dialog.className = "present";
    this.screen.tabIndex = -1;
    this.status.setAttribute("role", "status");
    this.place.setAttribute("role", "status");
    this.bar.setAttribute("role", "group");
    this.bar.append(this.place);
    this.screen.append(this.picture, this.status, this.bar);
    this.picture.append(this.glass.canvas, this.spoken);
    this.dialog.append(this.screen);
    this.dialog.addEventListener("close", () => this.leave());
    this.screen.addEventListener("pointermove", () => this.wake());
    this.screen.addEventListener("focusin", () => this.wake());
    this.picture.addEventListener("click", (event) => {
      if (event.target instanceof HTMLVideoElement) this.act("toggle");
    });
    document.addEventListener("keydown", this.keys, true);
    document.addEventListener("fullscreenchange", this.onFull);
  }

  private readonly onFull = (): void => {
    // Escape leaves the whole screen; who pressed it wants to be back on the page.
    if (this.full && !document.fullscreenElement) this.leave();
  };

  private fill(): void {
    this.screen
      .requestFullscreen()
      .then(() => {
        this.full = true;
      })
      .catch(() => undefined); // refused on some phones: the window is filled all the same
  }

  private start(deck: Deck): void {
    this.deck = deck;
    this.steps = deck.steps;
    this.dialog.setAttribute("aria-label", deck.title);
    if (deck.films.length === 0) {
      this.status.textContent = say(deck.words, "nothing");
      this.addButtons(["leave"]);
      return;
    }
    this.addButtons(BAR);
    this.store = new FilmStore(deck.films);
    for (const [index, film] of deck.films.entries()) this.videos.push(this.addVideo(index, film.title));
    const of = deck.films.length;
    void this.store
      .fetchAll((at, film) => {
        if (!this.dialog.open) return;
        if (film === false) this.status.textContent = say(deck.words, "loading", { at: at + 1, of });
        if (film === null) this.status.textContent = say(deck.words, "missing", { at: at + 1 });
        if (film && at === 0) this.show(0, !matchMedia("(prefers-reduced-motion: reduce)").matches);
      })
      .then((whole) => {
        if (!whole) return;
        this.status.textContent = say(deck.words, "ready");
        this.screen.dataset.whole = "";
        setTimeout(() => this.status.replaceChildren(), 4000);
      });
  }

  private addButtons(names: readonly string[]): void {
    for (const name of names) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.dataset.act = name;
      button.textContent = say(this.deck?.words ?? {}, name === "toggle" ? "play" : name);
      if (PRESSED.includes(name)) button.setAttribute("aria-pressed", String(name === "captions"));
      button.addEventListener("click", () => this.act(name));
      this.buttons.set(name, button);
      this.bar.append(button);
    }
  }

  private addVideo(index: number, title: string): HTMLVideoElement {
    const video = document.createElement("video");
    video.playsInline = true;
    video.hidden = true;
    video.setAttribute("aria-label", title);
    for (const name of ["play", "pause", "seeked"]) video.addEventListener(name, () => this.refresh());
    video.addEventListener("play", () => this.follow(index));
    video.addEventListener("ended", () => this.reached());
    this.picture.prepend(video);
    return video;
  }

  private get video(): HTMLVideoElement | undefined {
    return this.videos[this.steps[this.at]?.film ?? 0];
  }

  private isOn(name: string): boolean {
    return this.buttons.get(name)?.getAttribute("aria-pressed") === "true";
  }

  private act(name: string): void {
    this.wake();
    if (name === "leave") return this.leave();
    const { video } = this;
    if (!this.deck || !video) return;
    const now = { at: this.at, time: video.currentTime, playing: !video.paused && !video.ended };
    const acts: Record<string, () => void> = {
      next: () => this.move(video.src ? onward(this.steps, now) : { kind: "show", at: this.at }),
      back: () => this.move(backward(this.steps, now)),
      first: () => this.show(0),
      last: () => this.show(this.steps.length - 1),
      again: () => this.show(this.at),
      toggle: () => this.toggle(now.playing),
      loop: () => this.press("loop"),
      captions: () => this.press("captions"),
      lines: () => this.cutAnew(),
      notes: () => this.openNotes(),
      black: () => this.screen.toggleAttribute("data-black"),
      clear: () => this.glass.clear(),
      full: () => {
        if (!document.fullscreenElement) return this.fill();
        this.full = false;
        void document.exitFullscreen();
      },
    };
    acts[name]?.();
    this.refresh();
  }

  private move(move: Move): void {
    const { video } = this;
    if (move.kind === "show") this.show(move.at);
    if (move.kind === "resume") this.play();
    if (move.kind === "finish" && video) this.halt(video);
  }

  private toggle(playing: boolean): void {
    const { video } = this;
    const step = this.steps[this.at];
    if (playing) video?.pause();
    else if (video && step && video.currentTime >= step.end - 0.1) this.show(this.at);
    else this.play();
  }

  private press(name: string): void {
    this.buttons.get(name)?.setAttribute("aria-pressed", String(!this.isOn(name)));
  }

  private cutAnew(): void {
    const { video, deck } = this;
    const film = this.steps[this.at]?.film ?? 0;
    this.press("lines");
    if (!deck || !video) return;
    this.steps = this.isOn("lines") ? bySentence(deck.steps) : deck.steps;
    this.at = stepAt(this.steps, film, video.currentTime);
  }

  /** Show a step from its start; a film that is not here yet is waited for, a missing one tried again. */
  private show(at: number, plays = true): void {
    const step = this.steps[at];
    if (!step || !this.store || !this.deck) return;
    const asked = ++this.asked;
    for (const other of this.videos) other.pause();
    this.at = at;
    this.glass.clear();
    this.refresh();
    const { words } = this.deck;
    void this.store.fetch(step.film).then((film) => {
      const video = this.videos[step.film];
      if (asked !== this.asked || !video) return;
      if (!film) {
        this.status.textContent = say(words, "missing", { at: step.film + 1 });
        return;
      }
      if (!video.src) video.src = film;
      for (const other of this.videos) other.hidden = other !== video;
      video.currentTime = step.start;
      if (plays) this.play();
      this.refresh();
    });
  }

  private play(): void {
    this.glass.clear();
    this.screen.removeAttribute("data-black");
    this.video?.play().catch(() => this.refresh()); // a browser may want a click first; the picture is there
  }

  /** Watch the running film picture by picture: `timeupdate` comes too seldom to stop on a step's last one. */
  private follow(index: number): void {
    const video = this.videos[index];
    const step = this.steps[this.at];
    if (!video || video !== this.video || video.paused || !step || !this.deck) return;
    this.spoken.textContent = this.isOn("captions") ? lineAt(step, video.currentTime) : "";
    if (video.currentTime >= lastMoment(step, this.deck.films[index]?.rate ?? 15)) this.reached();
    else requestAnimationFrame(() => this.follow(index));
  }

  private reached(): void {
    const { video } = this;
    const step = this.steps[this.at];
    if (!video || !step) return;
    if (!this.isOn("loop")) return this.halt(video);
    video.currentTime = step.start;
    this.play();
  }

  private halt(video: HTMLVideoElement): void {
    const step = this.steps[this.at];
    video.pause();
    if (step) video.currentTime = lastMoment(step, this.deck?.films[step.film]?.rate ?? 15);
  }

  private refresh(): void {
    const { deck, video } = this;
    const step = this.steps[this.at];
    if (!deck || !step || !video || !this.dialog.isConnected) return; // a video pauses when it leaves the page
    const still = video.paused || video.ended;
    this.screen.toggleAttribute("data-still", still);
    const toggle = this.buttons.get("toggle");
    if (toggle) toggle.textContent = say(deck.words, still ? "play" : "pause");
    const words = say(deck.words, "place", { at: this.at + 1, of: this.steps.length, title: step.title });
    if (this.place.textContent !== words) this.place.textContent = words;
    this.spoken.textContent = this.isOn("captions") ? lineAt(step, Math.min(video.currentTime, step.end - 0.05)) : "";
    this.tellNotes();
  }

  private tellNotes(): void {
    const step = this.steps[this.at];
    if (!this.deck || !step) return;
    this.channel.postMessage({
      kind: "state",
      place: `${this.at + 1} / ${this.steps.length}  ${step.title}`,
      note: step.note,
      said: step.lines.map((line) => line.text).join(" ") || step.said,
      shown: step.shown,
      coming: this.steps[this.at + 1]?.title ?? "–",
      began: this.began,
    });
  }

  private openNotes(): void {
    const address = new URL(this.page, location.href);
    address.searchParams.set("notes", "");
    const opened = window.open(address, "present-notes", "popup,width=720,height=640");
    if (!opened && this.deck) this.status.textContent = say(this.deck.words, "blocked");
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopImmediatePropagation(); // nothing below hears a key
    const pressing = event.target instanceof HTMLButtonElement && (event.key === " " || event.key === "Enter");
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name || pressing) return;
    event.preventDefault();
    this.act(name);
  }

  /** Show the bar for a while. */
  private wake(): void {
    this.screen.removeAttribute("data-quiet");
    clearTimeout(this.quiet);
    this.quiet = window.setTimeout(() => this.screen.setAttribute("data-quiet", ""), QUIET_MS);
  }

  private leave(): void {
    if (!this.dialog.isConnected) return;
    document.removeEventListener("keydown", this.keys, true);
    document.removeEventListener("fullscreenchange", this.onFull);
    if (document.fullscreenElement) void document.exitFullscreen();
    clearTimeout(this.quiet);
    this.channel.close();
    this.glass.stop();
    this.dialog.remove();
    this.store?.forget();
  }
}

function make(tag: "div" | "p" | "span", className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}
