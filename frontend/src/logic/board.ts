/** What a storyboard's page computes without a page: order, sums and what is kept of a form until it is saved. */

/** Fields of a form, in order: names may repeat. */
export type Fields = readonly (readonly [string, string])[];

/** A form's words as kept in this window until the server has them. */
export interface Unsaved {
  version: number;
  fields: Fields;
}

/** The kept words, or null for anything that is none of ours. */
export function parseUnsaved(text: string | null): Unsaved | null {
  if (!text) return null;
  try {
    const found = JSON.parse(text) as Unsaved;
    return typeof found.version === "number" && Array.isArray(found.fields) ? found : null;
  } catch {
    return null;
  }
}

/** The values of each name, in order. */
export function byName(fields: Fields): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of fields) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

/** Where a card goes that moves by one among those that are drawn; null where it is at the end already. */
export function neighbour(drawn: readonly boolean[], from: number, step: -1 | 1): number | null {
  for (let at = from + step; at >= 0 && at < drawn.length; at += step) if (drawn[at]) return at;
  return null;
}

/** Milliseconds until a save that failed is tried again. */
export function patience(failures: number): number {
  return Math.min(30_000, 2_000 * 2 ** Math.max(0, failures - 1));
}

/** Seconds as typed, also with a decimal comma; 0 for what is no number. */
export function typedSeconds(text: string): number {
  const value = Number(text.trim().replace(",", "."));
  return Number.isFinite(value) ? value : 0;
}
