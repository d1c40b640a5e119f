/** What the page knows about a job, computed from its numbered events. */

export type Stage = "queued" | "storyboard" | "writing" | "checking" | "rendering" | "assembling";
export type Outcome = "succeeded" | "failed" | "cancelled";
export type SceneState = "waiting" | "drawing" | "rendered" | "cached" | "failed";

export interface JobEvent {
  seq: number;
  kind: string;
  data: Record<string, unknown>;
}

export interface SceneProgress {
  name: string;
  title: string;
  state: SceneState;
  seconds: number;
}

export interface Progress {
  last: number;
  stage: Stage;
  outcome: Outcome | null;
  /** Scenes that are over. They are drawn side by side, so this counts up while the newest event jumps about. */
  scenesDone: number;
  sceneCount: number;
  percent: number | null;
  eta: number | null;
  scenes: readonly SceneProgress[];
}

export const STAGES: readonly Stage[] = ["queued", "storyboard", "writing", "checking", "rendering", "assembling"];
export const OUTCOMES: readonly Outcome[] = ["succeeded", "failed", "cancelled"];

export const NOTHING_YET: Progress = {
  last: 0,
  stage: "queued",
  outcome: null,
  scenesDone: 0,
  sceneCount: 0,
  percent: null,
  eta: null,
  scenes: [],
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);
const maybe = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
const isStage = (value: string): value is Stage => (STAGES as readonly string[]).includes(value);
const isOutcome = (value: string): value is Outcome => (OUTCOMES as readonly string[]).includes(value);

/** The scenes as announced. Checks and drawings overlap, so what is known of a scene already is kept. */
function planned(data: Record<string, unknown>, known: readonly SceneProgress[]): SceneProgress[] {
  const scenes = Array.isArray(data.scenes) ? (data.scenes as Record<string, unknown>[]) : [];
  return scenes.map((scene) => ({
    name: text(scene.name),
    title: text(scene.title),
    seconds: number(scene.seconds),
    state: known.find((one) => one.name === scene.name)?.state ?? "waiting",
  }));
}

function withState(scenes: readonly SceneProgress[], name: string, state: SceneState): SceneProgress[] {
  return scenes.map((scene) => (scene.name === name ? { ...scene, state } : scene));
}

const isOver = (scene: SceneProgress): boolean => scene.state !== "waiting" && scene.state !== "drawing";

/** A scene's first frames have come; one that is over stays over. */
function begun(scenes: readonly SceneProgress[], name: string): SceneProgress[] {
  return scenes.map((scene) => (scene.name === name && !isOver(scene) ? { ...scene, state: "drawing" } : scene));
}

/** The progress after one more event. Events seen before change nothing, so a replay is harmless. */
export function after(progress: Progress, event: JobEvent): Progress {
  if (event.seq <= progress.last) return progress;
  const next = { ...progress, last: event.seq };
  const { kind, data } = event;
  if (isOutcome(kind)) return { ...next, outcome: kind, eta: null, percent: kind === "succeeded" ? 100 : next.percent };
  switch (kind) {
    case "queued":
      return { ...next, stage: "queued", percent: null, eta: null };
    case "started":
      return { ...next, stage: "storyboard", percent: null, eta: null };
    case "stage":
      return isStage(text(data.stage)) ? { ...next, stage: text(data.stage) as Stage, eta: null } : next;
    case "storyboard":
    case "plan":
      return { ...next, scenes: planned(data, next.scenes), sceneCount: planned(data, next.scenes).length };
    case "progress":
      return {
        ...next,
        stage: "rendering",
        sceneCount: number(data.scenes) || next.sceneCount,
        percent: maybe(data.percent),
        eta: maybe(data.eta_seconds),
        scenes: begun(next.scenes, text(data.scene)),
      };
    case "scene": {
      const scenes = withState(next.scenes, text(data.name), text(data.state) as SceneState);
      return { ...next, scenes, scenesDone: scenes.filter(isOver).length };
    }
    default:
      return next;
  }
}
