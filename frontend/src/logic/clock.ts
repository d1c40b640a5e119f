/** Times as a teacher reads them, and where in an animation a moment lies. */

export interface SceneMark {
  name: string;
  title: string;
  start: number;
}

/** 75.4 -> "1:15". Anything that is not a time is shown as 0:00. */
export function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Index of the scene that plays at `seconds`; -1 when there are no scenes. Marks are in order of `start`. */
export function sceneAt(marks: readonly SceneMark[], seconds: number): number {
  let found = marks.length > 0 ? 0 : -1;
  for (const [index, mark] of marks.entries()) {
    // A seek lands a hair before the frame it asked for.
    if (mark.start <= seconds + 0.02) found = index;
  }
  return found;
}

/** Start of the scene before or after the one at `seconds`. Going back restarts a scene that has played for a second. */
export function neighbour(marks: readonly SceneMark[], seconds: number, direction: -1 | 1): number | null {
  const index = sceneAt(marks, seconds);
  const here = marks[index];
  if (!here) return null;
  if (direction === -1 && seconds - here.start > 1) return here.start;
  return marks[index + direction]?.start ?? null;
}
