/** Reading what was typed into a knob. The server checks again and has the last word. */

export type KnobKind = "number" | "integer" | "numbers" | "choice" | "colour" | "text" | "expression" | "toggle";
export type KnobValue = number | string | boolean | number[];

/** The value behind the typed text, or null when it cannot be one of this kind. A decimal comma is a point. */
export function parse(kind: KnobKind, typed: string): KnobValue | null {
  const text = typed.trim();
  switch (kind) {
    case "number":
    case "integer": {
      const value = Number(text.replace(",", "."));
      if (text === "" || !Number.isFinite(value)) return null;
      return kind === "integer" && !Number.isInteger(value) ? null : value;
    }
    case "numbers": {
      const parts = text.split(/[;\s]+|,\s*/).filter(Boolean);
      const values = parts.map(Number);
      return parts.length > 0 && values.every(Number.isFinite) ? values : null;
    }
    default:
      return text;
  }
}

/** A number as the field shows it: no trailing zeros, no rounding noise. */
export function show(value: number): string {
  return String(Number(value.toFixed(6)));
}
