import assert from "node:assert/strict";
import { test } from "node:test";
import { delayAfter, shouldPoll } from "../../frontend/src/logic/reconnect";

test("delays double up to a ceiling and always differ by chance", () => {
  assert.deepEqual([1, 2, 3, 10].map((n) => delayAfter(n, () => 1)), [500, 1000, 2000, 8000]);
  assert.deepEqual([1, 2, 3, 10].map((n) => delayAfter(n, () => 0)), [250, 500, 1000, 4000]);
});

test("three failures or ten seconds without a socket turn to polling", () => {
  assert.equal(shouldPoll(2, 9_999), false);
  assert.equal(shouldPoll(3, 0), true);
  assert.equal(shouldPoll(0, 10_000), true);
});
