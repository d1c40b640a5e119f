/** A deck to present: steps in one row, each a stretch of a film, and what pressing a key means at a moment. */

export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Step {
  readonly film: number;
  readonly title: string;
  readonly shown: string;
  readonly said: string;
  readonly note: string;
  /** Seconds of its film. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly Line[];
}

export interface Film {
  readonly video: string;
  readonly title: string;
  readonly language: string;
  /** Frames a second. */
  readonly rate: number;
}

export interface Deck {
  readonly title: string;
  readonly films: readonly Film[];
  readonly steps: readonly Step[];
  readonly words: Readonly<Record<string, string>>;
}

export interface Now {
  readonly at: number;
  /** Seconds of the film. */
  readonly time: number;
  readonly playing: boolean;
}

/** What a key does: play another step from its start, go to the end of this one, or play on from here. */
export type Move = { readonly kind: "show"; readonly at: number } | { readonly kind: "finish" | "resume" | "stay" };

/** A step counts as over this many seconds before its end: a film is stopped on its last frame. */
const EDGE = 0.1;

export function onward(steps: readonly Step[], now: Now): Move {
  const step = steps[now.at];
  if (!step) return { kind: "stay" };
  if (now.playing) return { kind: "finish" };
  if (now.time < step.end - EDGE) return { kind: "resume" };
  return now.at < steps.length - 1 ? { kind: "show", at: now.at + 1 } : { kind: "stay" };
}

export function backward(steps: readonly Step[], now: Now): Move {
  return steps.length > 0 ? { kind: "show", at: Math.max(0, now.at - 1) } : { kind: "stay" };
}

/** Where a film stops for a step: in the middle of its last frame, so that nothing of the next one is seen. */
export function lastMoment(step: Step, rate: number): number {
  return Math.max(step.start, step.end - 0.5 / rate);
}

/** Cut every step again where a sentence begins, so that the presenter stops after each one. */
export function bySentence(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => {
    const cuts = step.lines.slice(1).map((line) => line.start);
    const starts = [step.start, ...cuts.filter((cut) => cut > step.start + EDGE && cut < step.end - EDGE)];
    return starts.map((start, place) => {
      const end = starts[place + 1] ?? step.end;
      const lines = step.lines.filter((line) => line.start < end - EDGE && line.end > start + EDGE);
      const said = lines.map((line) => line.text).join(" ") || (place === 0 ? step.said : "");
      return { ...step, start, end, lines, said, note: place === 0 ? step.note : "" };
    });
  });
}

/** Index of the step that holds a moment of a film; 0 where none does. */
export function stepAt(steps: readonly Step[], film: number, time: number): number {
  let found = 0;
  for (const [index, step] of steps.entries()) {
    if (step.film < film || (step.film === film && step.start <= time + 0.001)) found = index;
  }
  return found;
}

/** The sentence that is spoken at a moment. */
export function lineAt(step: Step | undefined, time: number): string {
  return step?.lines.find((line) => line.start <= time && time < line.end)?.text ?? "";
}
