"""Draws a run as an SVG: how many times faster each scene is, and how the run stands against the bars."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

WIDTH = 960
LEFT = 190  # where bars begin
RIGHT = 700  # where the longest bar ends
ROW = 15
INK, FAINT, RULE = "#2b2a26", "#77736a", "#b3402a"
COLOURS = {"ultrafast": "#2f6f5e", "superfast": "#7aa897", "cold": "#c9a24b"}
NAMES = {"ultrafast": "ultrafast preset", "superfast": "superfast preset", "cold": "ultrafast, no formula kept"}
TITLES = {"l": "-ql, 854x480, 15 frames/s", "m": "-qm, 1280x720, 30 frames/s", "h": "-qh, 1920x1080, 60 frames/s"}
WANTED = {
    ("l", "ultrafast"): 7.5,
    ("l", "cold"): 5.0,
    ("m", "superfast"): 5.0,
    ("h", "superfast"): 3.5,
    ("h", "ultrafast"): 5.0,
}


class Sheet:
    """SVG elements, from the top down."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.y = 0.0

    def text(
        self, x: float, words: str, *, size: int = 12, colour: str = INK, anchor: str = "start", bold: bool = False
    ) -> None:
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{self.y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>'
            f"{escape(words)}</text>"
        )

    def bar(self, width: float, colour: str) -> None:
        self.parts.append(
            f'<rect x="{LEFT}" y="{self.y - 10:.1f}" width="{max(width, 1):.1f}" height="{ROW - 4}" fill="{colour}"/>'
        )

    def line(self, x: float, top: float, bottom: float, colour: str, dash: str) -> None:
        self.parts.append(
            f'<line x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}" stroke="{colour}"'
            f' stroke-width="1.2" stroke-dasharray="{dash}"/>'
        )


def svg(report: Mapping[str, Any]) -> str:
    """Return the plot of a report as `bench_render` writes it."""
    sheet, about = Sheet(), report["environment"]
    sheet.y = 30
    sheet.text(20, "Plain manim command over our renderer, wall time of a whole render", size=17, bold=True)
    sheet.y += 20
    load = f"load {about['load_average_before'][0]:.1f} before, {about['load_average_after'][0]:.1f} after"
    facts = f"{about['date']} · {about['cores']} cores, {about['cpu']} · {load} · manim {about['versions']['manim']}"
    sheet.text(20, facts, colour=FAINT)
    sheet.y += 24
    _legend(sheet)
    longest = max((ratio["wall"] for r in report["scenes"] for ratio in r["ratios"].values()), default=1.0)
    for quality, title in TITLES.items():
        chosen = [result for result in report["scenes"] if result["quality"] == quality]
        if chosen:
            _panel(sheet, title, quality, chosen, longest)
    _bars(sheet, report["bars"])
    height = math.ceil(sheet.y + 20)
    body = "\n".join(sheet.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' font-family="system-ui, sans-serif">\n<title>How many times faster each scene renders</title>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fbf9f4"/>\n{body}\n</svg>\n'
    )


def _legend(sheet: Sheet) -> None:
    x = float(LEFT)
    for arm, colour in COLOURS.items():
        sheet.parts.append(f'<rect x="{x:.1f}" y="{sheet.y - 10:.1f}" width="12" height="11" fill="{colour}"/>')
        sheet.text(x + 17, NAMES[arm], colour=FAINT)
        x += 40 + 7 * len(NAMES[arm])
    sheet.text(x, "dashes: wanted geometric mean", colour=RULE)


def _panel(sheet: Sheet, title: str, quality: str, results: list[Mapping[str, Any]], longest: float) -> None:
    scale = (RIGHT - LEFT) / longest
    sheet.y += 34
    sheet.text(20, title, size=14, bold=True)
    sheet.text(WIDTH - 20, "plain s → ours s", colour=FAINT, anchor="end")
    top = sheet.y + 8
    arms = list(results[0]["ratios"])
    sheet.y += 6
    for result in results:
        sheet.y += 5
        for number, arm in enumerate(arms):
            sheet.y += ROW
            ratio, seconds = result["ratios"][arm]["wall"], result["seconds"]
            if number == 0:
                sheet.text(LEFT - 10, result["scene"].replace("_", " "), anchor="end")
            sheet.bar(ratio * scale, COLOURS[arm])
            sheet.text(LEFT + ratio * scale + 6, f"{ratio:.1f}", size=11)
            sheet.text(WIDTH - 20, f"{seconds['plain']:.2f} → {seconds[arm]:.2f}", size=11, colour=FAINT, anchor="end")
    for arm in arms:
        wanted = LEFT + WANTED[quality, arm] * scale
        sheet.line(wanted, top, sheet.y + 6, RULE, "4 3")
        _at(sheet, wanted, sheet.y + 18, f"{WANTED[quality, arm]:g}")
    sheet.y += 14


def _at(sheet: Sheet, x: float, y: float, words: str) -> None:
    before, sheet.y = sheet.y, y
    sheet.text(x, words, size=11, colour=RULE, anchor="middle")
    sheet.y = before


def _bars(sheet: Sheet, bars: list[Mapping[str, Any]]) -> None:
    sheet.y += 40
    sheet.text(20, "Bars", size=14, bold=True)
    for bar in bars:
        sheet.y += 19
        sheet.text(30, bar["name"])
        sheet.text(560, f"{'at least' if bar['at_least'] else 'at most'} {bar['wanted']:g} {bar['unit']}", colour=FAINT)
        if bar["value"] is None:
            sheet.text(720, "not measured", colour=FAINT)
            continue
        sheet.text(720, f"{bar['value']:.3g} {bar['unit']}", bold=True)
        sheet.text(
            830, "reached" if bar["reached"] else "missed", colour=COLOURS["ultrafast"] if bar["reached"] else RULE
        )
