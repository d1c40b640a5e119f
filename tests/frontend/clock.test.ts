import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, neighbour, sceneAt } from "../../frontend/src/logic/clock";

const marks = [
  { name: "A", title: "a", start: 0 },
  { name: "B", title: "b", start: 10 },
  { name: "C", title: "c", start: 20 },
];

test("times are read as minutes and seconds", () => {
  assert.deepEqual([0, 9.9, 75.4, 3600].map(clock), ["0:00", "0:09", "1:15", "60:00"]);
});

test("what is no time is shown as zero", () => {
  assert.deepEqual([Number.NaN, Number.POSITIVE_INFINITY, -3].map(clock), ["0:00", "0:00", "0:00"]);
});

test("a moment belongs to the scene that has begun", () => {
  assert.deepEqual([0, 9.9, 10, 19.99, 500].map((at) => sceneAt(marks, at)), [0, 0, 1, 2, 2]);
  assert.equal(sceneAt([], 3), -1);
});

test("going back first restarts a scene that has played", () => {
  assert.equal(neighbour(marks, 15, -1), 10);
  assert.equal(neighbour(marks, 10.5, -1), 0);
});

test("there is nothing before the first scene and after the last", () => {
  assert.equal(neighbour(marks, 0.2, -1), null);
  assert.equal(neighbour(marks, 25, 1), null);
  assert.equal(neighbour(marks, 5, 1), 10);
});
