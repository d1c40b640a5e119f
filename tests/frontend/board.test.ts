import assert from "node:assert/strict";
import { test } from "node:test";
import { byName, neighbour, parseUnsaved, patience, typedSeconds } from "../../frontend/src/logic/board";

test("a card moves past those that are left out", () => {
  const drawn = [true, false, true];
  assert.equal(neighbour(drawn, 2, -1), 0);
  assert.equal(neighbour(drawn, 0, 1), 2);
});

test("a card at the end stays there", () => {
  assert.equal(neighbour([true, false], 0, 1), null);
  assert.equal(neighbour([false, true], 1, -1), null);
});

test("kept words are read again, and anything else is none", () => {
  const kept = { version: 3, fields: [["title", "Mine"]] as const };
  assert.deepEqual(parseUnsaved(JSON.stringify(kept)), kept);
  for (const other of [null, "", "{", "null", '"text"', '{"version":"3"}']) assert.equal(parseUnsaved(other), null);
});

test("values of one name keep their order", () => {
  const found = byName([
    ["A.line", "one"],
    ["title", "T"],
    ["A.line", "two"],
  ]);
  assert.deepEqual(found.get("A.line"), ["one", "two"]);
});

test("a save that fails again waits longer, but not for ever", () => {
  assert.ok(patience(1) < patience(2));
  assert.equal(patience(50), 30_000);
});

test("seconds are read with either comma", () => {
  assert.equal(typedSeconds("6,5"), 6.5);
  assert.equal(typedSeconds("soon"), 0);
});
