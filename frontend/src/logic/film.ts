/** What to fetch next of a video that grows while it is drawn. Scenes are drawn side by side and played in order. */

import type { SceneProgress } from "./progress";

export interface SceneReel {
  name: string;
  /** Segments 1 (which describes the video) to this number can be fetched. */
  segments: number;
  state: "drawing" | "whole" | "cut" | "failed";
}

export interface Reel {
  /** Another attempt at the job begins anew. */
  run: number;
  scenes: readonly SceneReel[];
}

export type Step =
  | { kind: "fetch"; scene: string; after: number; to: number }
  | { kind: "drop"; scene: string }
  | { kind: "wait" }
  | { kind: "end" };

export interface Mark {
  name: string;
  title: string;
  start: number;
}

export const SEGMENTS_AT_ONCE = 20;

/**
 * The next step, with `taken` segments of each scene. Scenes kept from earlier are not drawn and have no segments: the
 * film leaves them out. A scene whose rest is not kept ends the film where it is.
 */
export function nextStep(scenes: readonly SceneProgress[], reel: Reel, taken: ReadonlyMap<string, number>): Step {
  for (const scene of scenes) {
    const there = reel.scenes.find((one) => one.name === scene.name);
    const got = taken.get(scene.name) ?? 0;
    if (scene.state === "failed" || there?.state === "failed") {
      if (got > 0) return { kind: "drop", scene: scene.name };
      continue;
    }
    if (scene.state === "cached") continue;
    if (!there) return { kind: "wait" };
    if (got < there.segments) {
      return { kind: "fetch", scene: scene.name, after: got, to: Math.min(there.segments, got + SEGMENTS_AT_ONCE) };
    }
    if (there.state !== "whole") return { kind: "wait" };
  }
  return { kind: scenes.length > 0 ? "end" : "wait" };
}

/** Marks of all scenes that have begun. A scene that is left out starts where the one after it starts. */
export function marksOf(scenes: readonly SceneProgress[], starts: ReadonlyMap<string, number>): Mark[] {
  const begun = scenes.map((scene) => starts.has(scene.name)).lastIndexOf(true);
  const marks: Mark[] = [];
  let start = 0;
  for (const scene of scenes.slice(0, begun + 1).reverse()) {
    start = starts.get(scene.name) ?? start;
    marks.unshift({ name: scene.name, title: scene.title, start });
  }
  return marks;
}

/** The moment of the finished video that shows what the film shows at `seconds`; null where that is not known. */
export function sameMoment(film: readonly Mark[], finished: readonly Mark[], seconds: number): number | null {
  const here = film.filter((mark) => mark.start <= seconds + 0.001).at(-1);
  const there = finished.find((mark) => mark.name === here?.name);
  return here && there ? there.start + Math.max(0, seconds - here.start) : null;
}

/** The codec that an init segment describes, as browsers name it: `avc1.64001f`; null where it holds no H.264. */
export function codecOf(init: Uint8Array): string | null {
  const avcC = [0x61, 0x76, 0x63, 0x43];
  const at = init.findIndex((_, index) => avcC.every((byte, offset) => init[index + offset] === byte));
  if (at < 0 || at + 8 > init.length) return null;
  return `avc1.${[...init.slice(at + 5, at + 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
