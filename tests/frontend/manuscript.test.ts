import assert from "node:assert/strict";
import { test } from "node:test";
import { grown, whole } from "../../frontend/src/logic/manuscript";

test("pieces grow a text", () => {
  assert.equal(grown("from manim", { scene: "A", from: 10, text: " import *" }), "from manim import *");
});

test("a scene that is begun anew loses what was there", () => {
  assert.equal(grown("old code", { scene: "A", from: 0, text: "new" }), "new");
});

test("whole texts are pieces from the first character on", () => {
  assert.deepEqual(whole({ A: "x", B: "" }), [
    { scene: "A", from: 0, text: "x" },
    { scene: "B", from: 0, text: "" },
  ]);
});
