/** When to try the socket again, and when to stop trying. */

export const FAILURES_BEFORE_POLLING = 3;
export const MILLISECONDS_BEFORE_POLLING = 10_000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8_000;

/** Delay in milliseconds before attempt `failures + 1`: doubling, with jitter so that a class does not return as one. */
export function delayAfter(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.max(0, failures - 1));
  return ceiling / 2 + (random() * ceiling) / 2;
}

/** Whether to give up on sockets: `waited` is the time in milliseconds without an open one. */
export function shouldPoll(failures: number, waited: number): boolean {
  return failures >= FAILURES_BEFORE_POLLING || waited >= MILLISECONDS_BEFORE_POLLING;
}
