"""Writes a DVI page as the SVG file that `dvisvgm --no-fonts` would write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generation.engine.render import dvi
from generation.engine.render.dvi import FontAtSize, Glyph, Mark, Rule
from generation.engine.render.type1 import Segment, UnknownFont

BLACK = "#000"
HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<svg version='1.1' xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
    "width='{width}pt' height='{height}pt' viewBox='{left} {top} {width} {height}'>\n"
)


def convert(data: bytes, page_number: int = 0) -> str:
    """One page of a DVI file as SVG. Raises UnknownDvi for anything that only dvisvgm should draw."""
    page = dvi.read(data, page_number)
    if page.box is None:
        raise dvi.UnknownDvi("empty")
    used = {mark.font.number: mark.font.font for mark in page.marks if isinstance(mark, Glyph)}
    if len(set(used.values())) < len(used):
        raise dvi.UnknownDvi("a font at two sizes")  # dvisvgm draws one and scales it
    names = {font: f"g{place}" for place, font in enumerate(sorted(used))}
    left, top, right, bottom = page.box
    head = HEAD.format(left=number(left), top=number(top), width=number(right - left), height=number(bottom - top))
    try:
        outlines = _definitions(page.marks, names)
    except UnknownFont as error:
        raise dvi.UnknownDvi(f"font: {error}") from error
    return f"{head}<defs>\n{outlines}</defs>\n<g id='page1'>\n{''.join(_drawn(page.marks, names))}</g>\n</svg>"


def number(value: float) -> str:
    """A number as dvisvgm writes it: six decimals, no needless zero."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    if text.startswith("0."):
        return text[1:]
    if text.startswith("-0"):
        return f"-{text[2:]}" if len(text) > 2 else "0"
    return text


def _definitions(marks: list[Mark], names: Mapping[int, str]) -> str:
    used = {(mark.font.number, mark.code): mark.font for mark in marks if isinstance(mark, Glyph)}
    return "".join(
        f"<path id='{names[number]}-{code}' d='{path_data(font.font.outline(code), font)}'/>\n"
        for (number, code), font in sorted(used.items(), key=lambda item: item[0])
    )


def path_data(outline: list[Segment], font: FontAtSize) -> str:
    """An outline at the font's size, with the shorthands that dvisvgm uses."""
    scale = font.size / 1000
    written: list[str] = []
    here: tuple[int, ...] = (0, 0)
    control: tuple[int, ...] | None = None  # the last curve's second control point
    for command, points in outline:
        letter, shown = command, points
        if command == "L" and points[0] == here[0]:
            letter = "V"
        elif command == "L" and points[1] == here[1]:
            letter = "H"
        elif command == "C" and control and points[:2] == (2 * here[0] - control[0], 2 * here[1] - control[1]):
            letter, shown = "S", points[2:]
        control = points[2:4] if command == "C" else None
        here = points[-2:] or here
        written.append(letter + _numbers(letter, shown, scale))
    return "".join(written)


def _numbers(letter: str, points: tuple[int, ...], scale: float) -> str:
    if letter == "V":
        return number(-points[1] * scale)
    if letter == "H":
        return number(points[0] * scale)
    texts = (number((-value if place % 2 else value) * scale) for place, value in enumerate(points))
    return " ".join(texts).replace(" -", "-")  # a minus sign separates well enough


def _drawn(marks: list[Mark], names: Mapping[int, str]) -> Iterator[str]:
    group = BLACK  # the colour of the group of glyphs that is open
    for mark in marks:
        colour = mark.colour if isinstance(mark, Glyph) else BLACK
        if colour != group:
            if group != BLACK:
                yield "</g>\n"
            if colour != BLACK:
                yield f"<g fill='{colour}'>\n"
            group = colour
        if isinstance(mark, Glyph):
            where = f"x='{number(mark.x)}' y='{number(mark.y)}'"
            yield f"<use {where} xlink:href='#{names[mark.font.number]}-{mark.code}'/>\n"
        elif isinstance(mark, Rule):
            yield _rule(mark)
        else:
            yield f"{mark.text}\n"
    if group != BLACK:
        yield "</g>\n"


def _rule(rule: Rule) -> str:
    x, y = number(rule.x), number(rule.y - rule.height)
    fill = f" fill='{rule.colour}'" if rule.colour != BLACK else ""
    return f"<rect x='{x}' y='{y}' height='{number(rule.height)}' width='{number(rule.width)}'{fill}/>\n"
