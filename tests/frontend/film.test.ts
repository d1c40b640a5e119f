import assert from "node:assert/strict";
import { test } from "node:test";
import { codecOf, marksOf, nextStep, type Reel, sameMoment } from "../../frontend/src/logic/film";
import type { SceneProgress, SceneState } from "../../frontend/src/logic/progress";

const scene = (name: string, state: SceneState = "waiting"): SceneProgress => ({ name, title: name, state, seconds: 3 });
const reel = (...scenes: Reel["scenes"]): Reel => ({ run: 1, scenes });
const none = new Map<string, number>();

test("segments are fetched in the order of the scenes, though they are drawn side by side", () => {
  const there = reel({ name: "B", segments: 4, state: "whole" }, { name: "A", segments: 2, state: "drawing" });
  const scenes = [scene("A", "drawing"), scene("B", "rendered")];
  assert.deepEqual(nextStep(scenes, there, none), { kind: "fetch", scene: "A", after: 0, to: 2 });
  assert.deepEqual(nextStep(scenes, there, new Map([["A", 2]])), { kind: "wait" });
  const whole = reel({ name: "B", segments: 4, state: "whole" }, { name: "A", segments: 3, state: "whole" });
  assert.deepEqual(nextStep(scenes, whole, new Map([["A", 2]])), { kind: "fetch", scene: "A", after: 2, to: 3 });
  assert.deepEqual(nextStep(scenes, whole, new Map([["A", 3]])), { kind: "fetch", scene: "B", after: 0, to: 4 });
  assert.deepEqual(nextStep(scenes, whole, new Map([["A", 3], ["B", 4]])), { kind: "end" });
});

test("many segments are fetched in parts", () => {
  const there = reel({ name: "A", segments: 50, state: "whole" });
  assert.deepEqual(nextStep([scene("A")], there, none), { kind: "fetch", scene: "A", after: 0, to: 20 });
});

test("a scene kept from earlier is left out, a failed one is taken back", () => {
  const scenes = [scene("A", "cached"), scene("B", "failed"), scene("C", "drawing")];
  const there = reel({ name: "B", segments: 2, state: "failed" }, { name: "C", segments: 1, state: "drawing" });
  assert.deepEqual(nextStep(scenes, there, new Map([["B", 2]])), { kind: "drop", scene: "B" });
  assert.deepEqual(nextStep(scenes, there, none), { kind: "fetch", scene: "C", after: 0, to: 1 });
});

test("a scene whose rest is not kept ends the film where it is", () => {
  const there = reel({ name: "A", segments: 2, state: "cut" }, { name: "B", segments: 3, state: "whole" });
  assert.deepEqual(nextStep([scene("A", "rendered"), scene("B")], there, new Map([["A", 2]])), { kind: "wait" });
});

test("before anything is known there is nothing to do", () => {
  assert.deepEqual(nextStep([], reel(), none), { kind: "wait" });
  assert.deepEqual(nextStep([scene("A")], reel(), none), { kind: "wait" });
});

test("marks keep their number where scenes are left out", () => {
  const scenes = [scene("A", "cached"), scene("B"), scene("C", "failed"), scene("D"), scene("E")];
  const marks = marksOf(scenes, new Map([["B", 0], ["D", 3]]));
  assert.deepEqual(marks.map((mark) => [mark.name, mark.start]), [["A", 0], ["B", 0], ["C", 3], ["D", 3]]);
  assert.deepEqual(marksOf(scenes, new Map()), []);
});

test("the finished video goes on where the film was, though scenes were left out of it", () => {
  const film = [{ name: "A", title: "", start: 0 }, { name: "B", title: "", start: 0 }, { name: "C", title: "", start: 4 }];
  const finished = [{ name: "A", title: "", start: 0 }, { name: "B", title: "", start: 7 }, { name: "C", title: "", start: 11 }];
  assert.equal(sameMoment(film, finished, 1.5), 8.5);
  assert.equal(sameMoment(film, finished, 4), 11);
  assert.equal(sameMoment(film, [], 1), null);
  assert.equal(sameMoment([], finished, 1), null);
});

test("the codec is read from the init segment", () => {
  const box = [0, 0, 0, 20, ...new TextEncoder().encode("avcC"), 1, 0x64, 0x00, 0x1e, 0xff];
  assert.equal(codecOf(Uint8Array.from([9, 9, ...box])), "avc1.64001e");
  assert.equal(codecOf(Uint8Array.from([1, 2, 3])), null);
});
