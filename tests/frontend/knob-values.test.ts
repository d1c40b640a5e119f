import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, show } from "../../frontend/src/logic/knob-values";

test("numbers are read with a point or a comma", () => {
  assert.deepEqual(["1.5", "1,5", " -2 ", "1e3"].map((text) => parse("number", text)), [1.5, 1.5, -2, 1000]);
});

test("what is no number is refused", () => {
  assert.deepEqual(["", "abc", "1.2.3", "NaN", "Infinity"].map((text) => parse("number", text)), Array(5).fill(null));
});

test("a whole number has no fraction", () => {
  assert.equal(parse("integer", "3"), 3);
  assert.equal(parse("integer", "3.5"), null);
});

test("a list is read with commas, semicolons or spaces", () => {
  for (const text of ["0.5, 1, 2", "0.5; 1; 2", "0.5 1 2", "0.5,1,2"]) {
    assert.deepEqual(parse("numbers", text), [0.5, 1, 2]);
  }
  assert.equal(parse("numbers", "1, two"), null);
  assert.equal(parse("numbers", "  "), null);
});

test("formulas and texts pass as typed: the server reads them", () => {
  assert.equal(parse("expression", " x^2 - 3 "), "x^2 - 3");
});

test("a number is shown without rounding noise", () => {
  assert.deepEqual([0.1 + 0.2, 2, -0.5].map(show), ["0.3", "2", "-0.5"]);
});
