import assert from "node:assert/strict";
import { test } from "node:test";
import { backward, bySentence, lastMoment, lineAt, onward, type Step, stepAt } from "../../frontend/src/logic/deck";

function step(film: number, start: number, end: number, ...lines: Array<[number, number, string]>): Step {
  const spoken = lines.map(([from, to, text]) => ({ start: from, end: to, text }));
  return { film, title: `${film}:${start}`, shown: "", said: "all", note: "ask first", start, end, lines: spoken };
}

const steps = [step(0, 0, 10, [0.5, 3, "One."], [4, 9, "Two."]), step(0, 10, 20), step(1, 0, 5)];

test("one press goes to the end of the step, the next one to the next step", () => {
  assert.deepEqual(onward(steps, { at: 0, time: 2, playing: true }), { kind: "finish" });
  assert.deepEqual(onward(steps, { at: 0, time: 9.97, playing: false }), { kind: "show", at: 1 });
});

test("a step that was paused in its middle plays on", () => {
  assert.deepEqual(onward(steps, { at: 1, time: 12, playing: false }), { kind: "resume" });
});

test("nothing comes after the last step and nothing before the first", () => {
  assert.deepEqual(onward(steps, { at: 2, time: 5, playing: false }), { kind: "stay" });
  assert.deepEqual(backward(steps, { at: 0, time: 3, playing: true }), { kind: "show", at: 0 });
  assert.deepEqual(backward(steps, { at: 2, time: 3, playing: true }), { kind: "show", at: 1 });
});

test("a deck without steps does nothing", () => {
  assert.deepEqual(onward([], { at: 0, time: 0, playing: false }), { kind: "stay" });
  assert.deepEqual(backward([], { at: 0, time: 0, playing: false }), { kind: "stay" });
});

test("a film stops within the last frame of its step", () => {
  const last = lastMoment(steps[0]!, 15);
  assert.ok(last < 10 && last > 10 - 1 / 15);
  assert.equal(lastMoment(step(0, 3, 3.01), 15), 3);
});

test("steps are cut where a sentence begins and still fill the film", () => {
  const fine = bySentence(steps);
  assert.deepEqual(fine.map(({ start, end, said, note }) => [start, end, said, note]), [
    [0, 4, "One.", "ask first"],
    [4, 10, "Two.", ""],
    [10, 20, "all", "ask first"],
    [0, 5, "all", "ask first"],
  ]);
});

test("a moment is found again when the steps are cut anew", () => {
  const fine = bySentence(steps);
  assert.deepEqual([stepAt(fine, 0, 5), stepAt(fine, 0, 10), stepAt(fine, 1, 0), stepAt(fine, 1, 4.9)], [1, 2, 3, 3]);
  assert.equal(stepAt(steps, 0, 9.97), 0);
});

test("captions are there while they are spoken", () => {
  assert.deepEqual([0.4, 0.5, 3.5, 8.9].map((time) => lineAt(steps[0], time)), ["", "One.", "", "Two."]);
  assert.equal(lineAt(undefined, 1), "");
});
