import { clock } from "../logic/clock";
import type { Reel } from "../logic/film";
import { type CodeNews, type CodePiece, whole } from "../logic/manuscript";
import { after, type JobEvent, NOTHING_YET, type Progress, STAGES } from "../logic/progress";
import { delayAfter, shouldPoll } from "../logic/reconnect";
import { pageData, part, say, type Words } from "../page";

const POLL_MILLISECONDS = 2000;
// Close codes of our socket that mean "do not come back": not signed in, not yours (any more).
const REFUSED = new Set([4401, 4404]);

interface Waiting {
  state?: string;
  message?: string;
  hint?: string;
}

interface EventPage {
  events: JobEvent[];
  preview: string | null;
  film: Reel | null;
  code: Record<string, string> | null;
  waiting: Waiting | null;
}

/**
 * Follows one job: by socket, or by asking every two seconds where sockets do not get through.
 * Shows stage, count, percent and time left; puts preview frames on the stage; sends `job-progress`, `job-film` (how
 * much of the video can be played), `job-code` and `job-attempt` (what a model writes) and, once, `job-finished` from the body.
 */
class JobStream extends HTMLElement {
  private progress: Progress = NOTHING_YET;
  private socket: WebSocket | null = null;
  private failures = 0;
  private waitingSince = 0;
  private timer = 0;
  private done = false;
  private polling = false;
  private previewUrl = "";
  private words: Words = {};
  private readonly pageTitle = document.title;

  connectedCallback(): void {
    this.words = pageData<Words>("studio-words") ?? {};
    this.waitingSince = performance.now();
    part(this, "reload").hidden = true;
    this.show();
    this.connect();
  }

  disconnectedCallback(): void {
    this.stop();
    document.title = this.pageTitle;
    this.clearPreview();
  }

  private stop(): void {
    this.done = true;
    clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
  }

  private connect(): void {
    if (this.done) return;
    const url = new URL(this.dataset.socket ?? "", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("after", String(this.progress.last));
    const socket = new WebSocket(url);
    socket.binaryType = "blob";
    this.socket = socket;
    let opened = false;
    const patience = setTimeout(() => socket.close(), 10_000);
    socket.addEventListener("open", () => {
      opened = true;
      clearTimeout(patience);
      this.failures = 0;
    });
    socket.addEventListener("message", (message: MessageEvent<string | Blob>) => {
      if (typeof message.data === "string") this.take(JSON.parse(message.data) as JobEvent);
      else if (!this.filmPlays()) this.showPreview(URL.createObjectURL(message.data));
    });
    socket.addEventListener("close", (event) => {
      clearTimeout(patience);
      if (this.done || this.socket !== socket) return;
      if (REFUSED.has(event.code)) {
        location.reload();
        return;
      }
      if (opened) this.waitingSince = performance.now();
      else this.failures += 1;
      const waited = performance.now() - this.waitingSince;
      if (shouldPoll(this.failures, waited)) this.startPolling();
      else this.timer = window.setTimeout(() => this.connect(), delayAfter(Math.max(1, this.failures)));
    });
  }

  private startPolling(): void {
    this.polling = true;
    part(this, "slow").hidden = false;
    void this.poll();
  }

  private async poll(): Promise<void> {
    try {
      const response = await fetch(`${this.dataset.events}?after=${this.progress.last}`, {
        headers: { Accept: "application/json" },
      });
      if (response.status === 401 || response.status === 403 || response.status === 404) {
        location.reload();
        return;
      }
      if (response.ok) {
        const page = (await response.json()) as EventPage;
        if (page.preview && page.preview !== this.previewUrl && !this.filmPlays()) this.showPreview(page.preview);
        this.showWaiting(page.waiting);
        for (const event of page.events) this.take(event);
        if (page.film) this.tellFilm(page.film);
        if (page.code) this.tellCode(whole(page.code));
      }
    } catch {
      // The network is away; the next round asks again, and the page says that updates are slow.
    }
    if (!this.done) this.timer = window.setTimeout(() => void this.poll(), POLL_MILLISECONDS);
  }

  private take(event: JobEvent): void {
    // Notes about the queue and the film are no facts about the job: they have no number of their own.
    if (event.kind === "waiting") {
      this.showWaiting(event.data);
      return;
    }
    if (event.kind === "film") {
      this.tellFilm(event.data as unknown as Reel);
      return;
    }
    if (event.kind === "code") {
      this.tellCode((event.data as unknown as CodeNews).scenes);
      return;
    }
    const next = after(this.progress, event);
    if (next === this.progress || this.done) return;
    this.progress = next;
    this.show();
    if (event.kind === "attempt" || event.kind === "fallback")
      document.dispatchEvent(new CustomEvent("job-attempt", { detail: event.data }));
    document.dispatchEvent(new CustomEvent("job-progress", { detail: next }));
    if (next.outcome === null) return;
    this.stop();
    document.title = this.pageTitle;
    document.body.dispatchEvent(new CustomEvent("job-finished", { bubbles: true, detail: next }));
  }

  private tellFilm(reel: Reel): void {
    if (!this.done) document.dispatchEvent(new CustomEvent("job-film", { detail: reel }));
  }

  private tellCode(pieces: readonly CodePiece[]): void {
    if (!this.done) document.dispatchEvent(new CustomEvent("job-code", { detail: pieces }));
  }

  /** Whether the part that is drawn plays, in place of the pictures. */
  private filmPlays(): boolean {
    return this.parentElement?.querySelector("live-film[data-live]") !== null;
  }

  private previewImage(): HTMLImageElement | null {
    return document.querySelector<HTMLImageElement>("[data-preview]");
  }

  private showPreview(url: string): void {
    const image = this.previewImage();
    if (!image || this.done) return;
    const old = this.previewUrl;
    this.previewUrl = url;
    image.src = url;
    image.hidden = false;
    image.dataset.frames = String(Number(image.dataset.frames ?? 0) + 1);
    if (old.startsWith("blob:")) URL.revokeObjectURL(old);
  }

  private clearPreview(): void {
    const image = this.previewImage();
    if (image) image.hidden = true;
    if (this.previewUrl.startsWith("blob:")) URL.revokeObjectURL(this.previewUrl);
  }

  private showWaiting(note: Waiting | null): void {
    const line = part(this, "waiting");
    line.textContent = [note?.message, note?.hint].filter(Boolean).join(" ");
    line.hidden = !note || note.state === "ready" || line.textContent === "";
  }

  private show(): void {
    const { stage, percent, eta, scenesDone, sceneCount, outcome } = this.progress;
    const values = { n: Math.min(scenesDone + 1, sceneCount), of: sceneCount };
    if (stage !== "queued") this.showWaiting(null);
    const key = stage === "rendering" && sceneCount > 0 ? "drawing" : `stage_${stage}`;
    const sentence = say(this.words, outcome ? `outcome_${outcome}` : key, values);
    const line = part(this, "line");
    // Screen readers hear a new stage or scene, not every percent.
    if (line.textContent !== sentence) line.textContent = sentence;
    const bar = part<HTMLProgressElement>(this, "bar");
    if (percent === null) bar.removeAttribute("value");
    else bar.value = percent;
    part(this, "percent").textContent = percent === null ? "" : `${Math.round(percent)}%`;
    part(this, "eta").textContent = eta === null ? "" : say(this.words, "left", { time: clock(eta + 0.5) });
    const now = STAGES.indexOf(stage);
    for (const item of this.querySelectorAll<HTMLElement>("[data-stage]")) {
      const index = STAGES.indexOf(item.dataset.stage as (typeof STAGES)[number]);
      item.dataset.state = index < now ? "done" : index === now ? "now" : "next";
    }
    if (!outcome && percent !== null) document.title = `${Math.round(percent)}% · ${this.pageTitle}`;
    this.dataset.transport = this.polling ? "polling" : "socket";
  }
}

customElements.define("job-stream", JobStream);
