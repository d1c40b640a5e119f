import { codecOf } from "./logic/film";

type SourceMaker = typeof MediaSource;

/** How this browser feeds a video piece by piece, or null where it cannot. Phones of Apple have only the managed kind. */
function sourceMaker(): SourceMaker | null {
  const found = (window as { ManagedMediaSource?: SourceMaker }).ManagedMediaSource ?? window.MediaSource;
  return typeof found === "function" ? found : null;
}

/** Whether a video can grow here. */
export const canGrow = (): boolean => sourceMaker() !== null;

/** Feeds a `<video>` with fragmented MP4 as it comes. Every method rejects once the browser refuses something. */
export class GrowingVideo {
  private readonly Source: SourceMaker;
  private readonly source: MediaSource;
  private readonly url: string;
  private readonly opened: Promise<void>;
  private buffer: SourceBuffer | null = null;

  constructor(private readonly video: HTMLVideoElement) {
    const Source = sourceMaker();
    if (!Source) throw new Error("This browser cannot play a video that grows.");
    this.Source = Source;
    this.source = new Source();
    this.url = URL.createObjectURL(this.source);
    this.opened = new Promise((resolve) => this.source.addEventListener("sourceopen", () => resolve(), { once: true }));
    video.disableRemotePlayback = true; // the managed kind asks for it
    video.src = this.url;
  }

  /** End of what can be played, in seconds. */
  get end(): number {
    const ranges = this.buffer?.buffered;
    return ranges && ranges.length > 0 ? ranges.end(ranges.length - 1) : 0;
  }

  /** Add bytes. With `begins` they start a scene with its init segment, and follow on what is there. */
  async append(bytes: Uint8Array<ArrayBuffer>, begins: boolean): Promise<void> {
    await this.opened;
    this.buffer ??= this.makeBuffer(bytes);
    if (begins) this.buffer.timestampOffset = this.end;
    await this.act((buffer) => buffer.appendBuffer(bytes));
  }

  /** Take away what comes after `seconds`. */
  async cut(seconds: number): Promise<void> {
    await this.act((buffer) => {
      buffer.abort();
      buffer.remove(seconds, Infinity);
    });
  }

  /** How long the video will be at least; players show it. */
  expect(seconds: number): void {
    if (this.source.readyState !== "open" || this.buffer?.updating) return;
    // A video that has reached its length counts as over, so while it grows it is a moment longer than what is there.
    const length = Math.max(seconds, this.end + 0.5);
    if (!(Math.abs(this.source.duration - length) < 0.01)) this.source.duration = length;
  }

  /** Nothing more comes. */
  finish(): void {
    if (this.source.readyState === "open" && !this.buffer?.updating) this.source.endOfStream();
  }

  /** Let go of the memory; the video keeps its last picture until it gets another source. */
  close(): void {
    URL.revokeObjectURL(this.url);
  }

  private makeBuffer(init: Uint8Array): SourceBuffer {
    const type = `video/mp4; codecs="${codecOf(init)}"`;
    if (!this.Source.isTypeSupported(type)) throw new Error(`This browser does not play ${type}.`);
    return this.source.addSourceBuffer(type);
  }

  private async act(change: (buffer: SourceBuffer) => void): Promise<void> {
    const buffer = this.buffer;
    if (!buffer) return;
    await new Promise<void>((resolve, reject) => {
      const over = new AbortController();
      const end = (settle: () => void) => () => {
        over.abort();
        settle();
      };
      const failed = end(() => reject(new Error("The browser refused a piece of the video.")));
      buffer.addEventListener("updateend", end(resolve), { signal: over.signal });
      buffer.addEventListener("error", failed, { signal: over.signal });
      this.video.addEventListener("error", failed, { signal: over.signal });
      try {
        change(buffer);
      } catch (error) {
        over.abort();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
}
