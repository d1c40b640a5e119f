import { clock, neighbour, type SceneMark, sceneAt } from "../logic/clock";
import { pageData, part } from "../page";

const TYPING = "input:not([type=range]):not([type=checkbox]):not([type=button]), textarea, select, [contenteditable]";
const SHORTCUTS_OFF = "theorama.shortcuts";

/**
 * Our player around a plain `<video>`: scene marks on the time line, single frames, captions, speed, full screen.
 * Without JavaScript the browser's own controls stay. Sends `scene-change` with the index of the scene that plays, and
 * `player-ready` when it is on the page. While there is no video its controls rest.
 */
export class StagePlayer extends HTMLElement {
  private video!: HTMLVideoElement;
  private seekBar!: HTMLInputElement;
  private marks: readonly SceneMark[] = [];
  private scene = -1;
  private grows = false;
  private readonly keys = (event: KeyboardEvent): void => this.onKey(event);

  connectedCallback(): void {
    const video = this.querySelector("video");
    if (!video) return;
    this.video = video;
    video.controls = false;
    part(this, "bar").hidden = false;
    this.seekBar = part<HTMLInputElement>(this, "seek");
    this.seekBar.addEventListener("input", () => this.seek(Number(this.seekBar.value)));
    this.addEventListener("click", (event) => this.onClick(event));
    part<HTMLSelectElement>(this, "speed").addEventListener("change", (event) => {
      video.playbackRate = Number((event.target as HTMLSelectElement).value);
    });
    for (const name of ["play", "pause", "timeupdate", "loadedmetadata", "seeking", "ended", "durationchange", "progress"]) {
      video.addEventListener(name, () => this.show());
    }
    video.addEventListener("loadedmetadata", () => this.drawMarks());
    if (this.dataset.keys !== undefined) document.addEventListener("keydown", this.keys);
    this.rest();
    if (this.dataset.autoplay !== undefined && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.tryPlay();
    this.dispatchEvent(new CustomEvent("player-ready", { bubbles: true }));
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.keys);
  }

  /** Jump to `seconds`, kept within what there is of the video. */
  seek(seconds: number): void {
    this.video.currentTime = Math.min(Math.max(0, seconds), this.grows ? this.reach() : this.video.duration || 0);
  }

  /** Play a video that grows, with the scenes there are so far. Its captions come with the finished one. */
  ready(marks: readonly SceneMark[]): void {
    this.grows = true;
    this.marks = marks;
    for (const track of this.video.textTracks) track.mode = "disabled";
    for (const button of this.querySelectorAll<HTMLElement>("[data-act=captions]")) button.hidden = true;
    part(this, "restart").hidden = false;
    part(this, "bar").inert = false;
    this.drawMarks();
    this.show();
  }

  /** Play the video that the page came with; where it came with none, the controls rest. */
  rest(): void {
    this.grows = false;
    this.style.removeProperty("--reach");
    this.marks = pageData<SceneMark[]>(this.dataset.marks ?? "") ?? [];
    part(this, "restart").hidden = true;
    part(this, "bar").inert = !this.video.hasAttribute("src");
    this.setCaptions(localStorage.getItem("theorama.captions") !== "off");
    this.drawMarks();
    this.show();
  }

  /** End of what can be played, in seconds. */
  private reach(): number {
    const { buffered } = this.video;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
  }

  /** Play. A browser that wants a click first keeps the poster and the play button. */
  tryPlay(): void {
    this.video.play().catch(() => this.show());
  }

  private act(name: string): void {
    const { video } = this;
    const frame = 1 / Number(this.dataset.rate ?? 15);
    switch (name) {
      case "toggle":
        if (video.paused) this.tryPlay();
        else video.pause();
        break;
      case "restart":
        this.seek(0);
        this.tryPlay();
        break;
      case "back":
        this.seek(video.currentTime - 1);
        break;
      case "forward":
        this.seek(video.currentTime + 1);
        break;
      case "frame-back":
      case "frame-forward":
        video.pause();
        this.seek(video.currentTime + (name === "frame-back" ? -frame : frame));
        break;
      case "scene-back":
      case "scene-forward": {
        const start = neighbour(this.marks, video.currentTime, name === "scene-back" ? -1 : 1);
        if (start !== null) this.seek(start);
        break;
      }
      case "captions":
        this.setCaptions(!this.captionsOn());
        break;
      case "full":
        void (document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen());
        break;
    }
  }

  private onClick(event: Event): void {
    const target = event.target as Element;
    const button = target.closest<HTMLElement>("[data-act]");
    if (button) this.act(button.dataset.act ?? "");
    else if (target === this.video) this.act("toggle");
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (localStorage.getItem(SHORTCUTS_OFF) === "off") return;
    const target = event.target as Element;
    if (target.matches(TYPING)) return;
    // Space presses the control that has the focus.
    if (event.key === " " && target.matches("button, summary, a, input, [role=button]")) return;
    const acts: Record<string, string> = {
      " ": "toggle",
      k: "toggle",
      j: "back",
      l: "forward",
      ",": "frame-back",
      ".": "frame-forward",
      "[": "scene-back",
      "]": "scene-forward",
    };
    const name = acts[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    this.act(name);
  }

  private captionsOn(): boolean {
    return this.video.textTracks[0]?.mode === "showing";
  }

  private setCaptions(on: boolean): void {
    const track = this.video.textTracks[0];
    const button = this.querySelector<HTMLElement>("[data-act=captions]");
    if (button) button.hidden = !track;
    if (!track) return;
    track.mode = on ? "showing" : "hidden";
    button?.setAttribute("aria-pressed", String(on));
    localStorage.setItem("theorama.captions", on ? "on" : "off");
  }

  private drawMarks(): void {
    const line = part(this, "marks");
    const { duration } = this.video;
    line.replaceChildren();
    if (!Number.isFinite(duration) || duration <= 0) return;
    for (const mark of this.marks.slice(1)) {
      const tick = document.createElement("span");
      tick.className = "player-mark";
      tick.style.left = `${(100 * mark.start) / duration}%`;
      line.append(tick);
    }
  }

  private show(): void {
    const { currentTime, duration, paused } = this.video;
    const length = Number.isFinite(duration) ? duration : 0;
    this.seekBar.max = String(length || 1);
    this.seekBar.value = String(currentTime);
    if (this.grows) this.style.setProperty("--reach", String(length ? Math.min(1, this.reach() / length) : 0));
    this.seekBar.setAttribute("aria-valuetext", `${clock(currentTime)} / ${clock(length)}`);
    part(this, "time").textContent = `${clock(currentTime)} / ${clock(length)}`;
    const toggle = this.querySelector<HTMLElement>("[data-act=toggle]");
    toggle?.setAttribute("aria-label", (paused ? this.dataset.wordPlay : this.dataset.wordPause) ?? "");
    for (const icon of this.querySelectorAll<HTMLElement>("[data-when]")) {
      icon.hidden = (icon.dataset.when === "paused") !== paused;
    }
    const scene = sceneAt(this.marks, currentTime);
    if (scene !== this.scene) {
      this.scene = scene;
      this.dispatchEvent(new CustomEvent("scene-change", { bubbles: true, detail: { index: scene } }));
    }
  }
}

customElements.define("stage-player", StagePlayer);
