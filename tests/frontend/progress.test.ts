import assert from "node:assert/strict";
import { test } from "node:test";
import { after, type JobEvent, NOTHING_YET } from "../../frontend/src/logic/progress";

const scenes = [
  { name: "A", title: "a", seconds: 3 },
  { name: "B", title: "b", seconds: 4 },
];
const told: [string, Record<string, unknown>][] = [
  ["queued", {}],
  ["started", { attempt: 1 }],
  ["storyboard", { title: "t", scenes }],
  ["stage", { stage: "checking" }],
  ["stage", { stage: "rendering" }],
  ["progress", { scene: "B", scene_number: 2, scenes: 2, percent: 20, eta_seconds: null }],
  ["scene", { name: "B", state: "cached" }],
  ["plan", { scenes }],
  ["progress", { scene: "A", scene_number: 1, scenes: 2, percent: 60, eta_seconds: 7.2 }],
];
const events: JobEvent[] = told.map(([kind, data], index) => ({ seq: index + 1, kind, data }));
const run = (list: JobEvent[]) => list.reduce(after, NOTHING_YET);

test("the page knows stage, scenes, percent and time left", () => {
  const now = run(events);
  assert.equal(now.stage, "rendering");
  assert.equal(now.percent, 60);
  assert.equal(now.eta, 7.2);
  assert.equal(now.scenesDone, 1);
  assert.deepEqual(now.scenes.map((scene) => scene.state), ["drawing", "cached"]);
});

test("a plan that comes late forgets nothing that is known of a scene", () => {
  assert.equal(run(events.slice(0, 8)).scenes[1]?.state, "cached");
});

test("a replay changes nothing", () => {
  const once = run(events);
  assert.equal(events.reduce(after, once), once);
});

test("an end clears the time left and keeps its kind", () => {
  const end = (kind: string) => after(run(events), { seq: 99, kind, data: {} });
  assert.equal(end("succeeded").outcome, "succeeded");
  assert.equal(end("succeeded").percent, 100);
  assert.equal(end("failed").eta, null);
  assert.equal(end("failed").percent, 60);
});

test("a job that is tried again starts over without a percent", () => {
  const again = after(run(events), { seq: 50, kind: "queued", data: {} });
  assert.equal(again.stage, "queued");
  assert.equal(again.percent, null);
});

test("facts this page does not know are passed over", () => {
  const now = run(events);
  assert.deepEqual({ ...after(now, { seq: 51, kind: "layout", data: {} }), last: 0 }, { ...now, last: 0 });
});
