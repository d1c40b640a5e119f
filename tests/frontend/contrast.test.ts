import assert from "node:assert/strict";
import { test } from "node:test";
import tokens from "../../frontend/tokens.json";

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["bg", "card", "sunk"] as const;
const texts = ["ink", "ink-2", "ink-3", "primary", "amber", "red", "link"] as const;
const fills = [
  ["on-primary", "primary"],
  ["on-primary", "primary-hover"],
  ["primary", "primary-soft"],
  ["amber", "amber-soft"],
  ["red", "red-soft"],
  ["link", "link-soft"],
  ["ink", "primary-soft"],
  ["ink", "amber-soft"],
  ["ink", "red-soft"],
  ["ink", "link-soft"],
] as const;

for (const [name, set] of Object.entries(tokens)) {
  test(`text on ${name} can be read: 4.5 to 1`, () => {
    for (const surface of surfaces) {
      for (const text of texts) {
        const ratio = contrast(set[text], set[surface]);
        assert.ok(ratio >= 4.5, `${text} on ${surface} is ${ratio.toFixed(2)}`);
      }
    }
    for (const [text, fill] of fills) {
      const ratio = contrast(set[text], set[fill]);
      assert.ok(ratio >= 4.5, `${text} on ${fill} is ${ratio.toFixed(2)}`);
    }
  });

  test(`edges and the focus ring of ${name} can be seen: 3 to 1`, () => {
    for (const surface of ["bg", "card"] as const) {
      assert.ok(contrast(set.edge, set[surface]) >= 3, `edge on ${surface}`);
      assert.ok(contrast(set.focus, set[surface]) >= 3, `focus on ${surface}`);
    }
  });
}
