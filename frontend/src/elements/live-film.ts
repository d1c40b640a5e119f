import { canGrow, GrowingVideo } from "../growing-video";
import { type Mark, marksOf, nextStep, type Reel, sameMoment } from "../logic/film";
import type { Progress, SceneProgress } from "../logic/progress";
import { pageData } from "../page";
import type { StagePlayer } from "./stage-player";

const START_AHEAD = 3; // seconds of video that must be there before it starts by itself
const FETCH_GAP = 700; // milliseconds, so that a fast render does not mean a request for every segment
const COVER_PATIENCE = 3000;

/** Where somebody watched when the film gave way to the finished video. */
interface Place {
  marks: readonly Mark[];
  seconds: number;
  paused: boolean;
  picture: HTMLCanvasElement;
}

let shown: LiveFilm | null = null;
let left: Place | null = null;

/**
 * Plays the part of a video that is drawn while the rest is being drawn, in the stage player that it holds; until
 * there is enough, and where a browser cannot, the preview pictures stay. Whoever wants less motion starts it by hand.
 */
class LiveFilm extends HTMLElement {
  private video!: HTMLVideoElement;
  private player!: StagePlayer;
  private film: GrowingVideo | null = null;
  private reel: Reel | null = null;
  private scenes: readonly SceneProgress[] = [];
  private readonly taken = new Map<string, number>();
  private readonly starts = new Map<string, number>();
  private succeeded = false;
  private busy = false;
  private broken = false;
  private paused = true;
  private original: string | null = null;
  private readonly onReel = (event: Event): void => this.takeReel((event as CustomEvent<Reel>).detail);
  private readonly onProgress = (event: Event): void => this.takeProgress((event as CustomEvent<Progress>).detail);

  connectedCallback(): void {
    const [player, video] = [this.querySelector<StagePlayer>("stage-player"), this.querySelector("video")];
    if (!player || !video || !canGrow()) return;
    this.player = player;
    this.video = video;
    this.original = video.getAttribute("src");
    shown = this;
    document.addEventListener("job-film", this.onReel);
    document.addEventListener("job-progress", this.onProgress);
    for (const name of ["play", "pause"]) video.addEventListener(name, () => this.onPlayback());
    video.addEventListener("playing", () => this.show());
  }

  disconnectedCallback(): void {
    document.removeEventListener("job-film", this.onReel);
    document.removeEventListener("job-progress", this.onProgress);
    left = this.place();
    this.film?.close();
    this.film = null;
    if (shown === this) shown = null;
  }

  /** Where somebody watches now; null where nobody does, or where no finished video follows. */
  place(): Place | null {
    if (this.dataset.live === undefined || !this.succeeded) return null;
    const picture = document.createElement("canvas");
    [picture.width, picture.height] = [this.video.videoWidth, this.video.videoHeight];
    picture.getContext("2d")?.drawImage(this.video, 0, 0);
    return { marks: this.marks(), seconds: this.video.currentTime, paused: this.paused, picture };
  }

  private takeReel(reel: Reel): void {
    if (this.reel && reel.run < this.reel.run) return;
    if (this.reel && reel.run > this.reel.run) this.rewind();
    this.reel = reel;
    void this.pump();
  }

  private takeProgress(progress: Progress): void {
    this.scenes = progress.scenes;
    this.succeeded = progress.outcome === "succeeded";
    void this.pump();
  }

  /** Back to the previews, over the video that was there before. */
  private rewind(): void {
    this.film?.close();
    this.film = null;
    this.taken.clear();
    this.starts.clear();
    delete this.dataset.live;
    if (this.original === null) this.video.removeAttribute("src");
    else this.video.src = this.original;
    this.video.load();
    this.player.rest();
  }

  private async pump(): Promise<void> {
    if (this.busy || this.broken || !this.isConnected) return;
    this.busy = true;
    try {
      while (this.isConnected && (await this.step()));
    } catch (error) {
      // The film is an extra: the previews and the finished video do without it.
      console.warn("The part that is drawn cannot be played here.", error);
      this.broken = true;
      this.rewind();
    } finally {
      this.busy = false;
    }
  }

  /** Take one step. Say whether another may follow at once. */
  private async step(): Promise<boolean> {
    if (!this.reel) return false;
    const { run } = this.reel;
    const step = nextStep(this.scenes, this.reel, this.taken);
    if (step.kind === "wait") return false;
    if (step.kind === "end") {
      this.film?.finish();
      return false;
    }
    if (step.kind === "drop") {
      await this.film?.cut(this.starts.get(step.scene) ?? 0);
      this.taken.delete(step.scene);
      this.starts.delete(step.scene);
      this.show();
      return true;
    }
    const bytes = await this.fetch(run, step.scene, step.after, step.to);
    // A new attempt may have begun meanwhile; without an answer the next news of the job asks again.
    if (!bytes || !this.isConnected || this.reel.run !== run) return false;
    this.film ??= new GrowingVideo(this.video);
    if (step.after === 0) this.starts.set(step.scene, this.film.end);
    await this.film.append(bytes, step.after === 0);
    this.taken.set(step.scene, step.to);
    this.film.expect(this.expected());
    this.offer();
    await new Promise((resolve) => setTimeout(resolve, FETCH_GAP));
    return true;
  }

  private async fetch(run: number, scene: string, after: number, to: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const query = new URLSearchParams({ run: String(run), scene, after: String(after), to: String(to) });
    try {
      const response = await fetch(`${this.dataset.film}?${query}`);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    } catch {
      return null; // the network is away for a moment
    }
  }

  /** Seconds of the whole film, as far as the scenes' lengths are known. */
  private expected(): number {
    const drawn = this.scenes.filter((scene) => scene.state !== "cached" && scene.state !== "failed");
    return drawn.reduce((sum, scene) => sum + scene.seconds, 0);
  }

  /** Let the film be played, and start it once there is enough. */
  private offer(): void {
    this.player.ready(this.marks());
    const isWanted = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.dataset.live === undefined && isWanted && (this.film?.end ?? 0) >= START_AHEAD) {
      this.video.muted = true; // it has no sound; browsers start by themselves only what is muted
      this.player.tryPlay();
    }
  }

  private marks(): Mark[] {
    return marksOf(this.scenes, this.starts);
  }

  private onPlayback(): void {
    if (this.isConnected) this.paused = this.video.paused;
  }

  /** The film takes the place of the previews with its first picture. */
  private show(): void {
    if (this.film) this.dataset.live = "";
  }
}

/** Put the finished video at the place where the film was watched, behind the film's last picture until it is there. */
function takeOver(player: StagePlayer): void {
  const place = left ?? shown?.place() ?? null;
  left = null;
  const video = player.querySelector("video");
  const finished = pageData<Mark[]>(player.dataset.marks ?? "") ?? [];
  const seconds = place && sameMoment(place.marks, finished, place.seconds);
  if (!place || !video || seconds === null) return;
  const { picture } = place;
  picture.className = "stage-preview";
  video.before(picture);
  const uncover = (): void => picture.remove();
  const look = (): void => {
    if (video.readyState < 2 || video.seeking || Math.abs(video.currentTime - seconds) > 1) return;
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(uncover);
    else uncover();
  };
  for (const name of ["seeked", "playing", "canplay"]) video.addEventListener(name, look);
  setTimeout(uncover, COVER_PATIENCE);
  video.currentTime = seconds;
  if (place.paused) video.pause();
  else player.tryPlay();
}

document.addEventListener("player-ready", (event) => takeOver(event.target as StagePlayer));
customElements.define("live-film", LiveFilm);
