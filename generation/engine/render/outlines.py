"""Reads the outlines of a text or formula from the SVG that Pango or dvisvgm wrote, in place of Manim's general reader.

Manim parses such a file, writes it anew, parses that with svgelements, and builds each glyph number by number. Here
each different outline is read once, and a glyph is that outline, moved. The operations on the numbers are the same and
in the same order, so every point is equal to the last bit. A file with anything this module does not know (other
elements, attributes, transformations, relative commands) is left to Manim.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import svgelements  # type: ignore[import-untyped]
from manim import config
from manim.constants import RIGHT, RendererType
from manim.mobject.svg.svg_mobject import SVGMobject, VMobjectFromSVGPath

from generation.engine.render.groups import LazyGroups
from generation.engine.render.patches import Patch
from generation.engine.render.quick_copy import UNCHANGING, copied

Values = dict[str, str]  # attributes of an element, those it inherits included
Style = tuple[tuple[str, str], ...]

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
STYLES = frozenset({"fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width"})
STYLE_WORDS = STYLES | {"fill-rule", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"}
KNOWN = {
    "svg": STYLES | {"version", "width", "height", "viewBox", "style"},
    "defs": frozenset[str](),
    "g": STYLES | {"id", "style"},
    "symbol": frozenset({"id", "overflow"}),
    "use": frozenset({HREF, "x", "y"}),
    "path": STYLES | {"id", "d", "style"},
    "rect": STYLES | {"x", "y", "width", "height"},
}
NEEDED = {"use": HREF, "path": "d"}
FLOAT = r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?"
NUMBER = re.compile(FLOAT)
OUTLINE = re.compile(rf"(?:\s*M(?:[MLHVCSQTZ\s,]|{FLOAT})*)?")
COMMAND = re.compile(r"([MLHVCSQTZ])([^MLHVCSQTZ]*)")
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}  # numbers that each command takes
CLOSED = 0.0001  # Manim closes a path with a line where its ends lie further apart
FAR = 10 * CLOSED


class Unknown(Exception):
    """The file has something this reader does not know."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A path as Manim draws it: cubic curves, those of lines and quadratic curves still without control points."""

    points: npt.NDArray[np.float64]  # (points, 2)
    curves: npt.NDArray[np.intp]  # (curves, 4): indices of points
    lines: npt.NDArray[np.intp]  # indices of those curves that are lines
    quadratics: npt.NDArray[np.intp]

    def at(self, x: float, y: float) -> npt.NDArray[np.float64]:
        """Return the points of the curves, moved by x and y: shape (4 * curves, 3)."""
        if not len(self.curves):
            return np.zeros((0, 3))
        moved = np.zeros((len(self.points), 3))
        moved[:, :2] = self.points
        moved[:, 0] += x
        moved[:, 1] += y
        moved += 0.0  # Manim's later identity transformation leaves no negative zero
        result = moved[self.curves]
        for index, weight in ((self.lines, 0), (self.quadratics, 1)):
            if len(index):
                start, control, end = result[index, 0], result[index, weight], result[index, 3]
                if weight:
                    result[index, 1], result[index, 2] = (start + control + control) / 3, (control + control + end) / 3
                else:
                    result[index, 1], result[index, 2] = (start + start + end) / 3, (start + end + end) / 3
        return result.reshape(-1, 3)


class _Pen:
    """Follows the commands of a path as svgelements and Manim do."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []
        self.curves: list[tuple[int, int, int, int]] = []
        self.lines: list[int] = []
        self.quadratics: list[int] = []
        self._at = self._start = 0  # indices of points: where the pen is, where the subpath began
        self._control: int | None = None  # the last control point, where the last command drew a curve

    def outline(self) -> Outline:
        """Return what was drawn."""
        points = np.array(self.points, dtype=float).reshape(-1, 2)
        curves = np.array(self.curves, dtype=np.intp).reshape(-1, 4)
        return Outline(points, curves, np.array(self.lines, dtype=np.intp), np.array(self.quadratics, dtype=np.intp))

    def follow(self, command: str, numbers: list[float]) -> None:
        """Take one command with one set of numbers."""
        if command == "H":
            numbers = [numbers[0], self.points[self._at][1]]
        elif command == "V":
            numbers = [self.points[self._at][0], numbers[0]]
        new = [self._new(numbers[i], numbers[i + 1]) for i in range(0, len(numbers), 2)]
        if command == "M":
            self._at = self._start = new[0]
            self._control = None
        elif command in "LHV":
            self._line(new[0])
        elif command in "CS":
            first, second, end = new if command == "C" else [self._reflected(), *new]
            self.curves.append((self._at, first, second, end))
            self._at, self._control = end, second
        else:
            control, end = new if command == "Q" else [self._reflected(), *new]
            self.quadratics.append(len(self.curves))
            self.curves.append((self._at, control, control, end))
            self._at, self._control = end, control

    def close(self) -> None:
        """Go back to where the subpath began, with a line unless the pen is there already."""
        here, there = self.points[self._at], self.points[self._start]
        gap = max(abs(here[0] - there[0]), abs(here[1] - there[1]))
        if gap > FAR:
            self._line(self._start)
        elif gap > 0:
            raise Unknown("nearly closed")
        self._control = None

    def _new(self, x: float, y: float) -> int:
        self.points.append((x, y))
        return len(self.points) - 1

    def _line(self, end: int) -> None:
        self.lines.append(len(self.curves))
        self.curves.append((self._at, self._at, end, end))
        self._at, self._control = end, None

    def _reflected(self) -> int:
        """Return the mirror image of the last control point, which a smooth curve starts with."""
        if self._control is None:
            return self._at
        (x, y), (other_x, other_y) = self.points[self._at], self.points[self._control]
        return self._new(x + (x - other_x), y + (y - other_y))


@functools.lru_cache(maxsize=4096)
def outline(data: str) -> Outline:
    """Read the `d` of a path. Raises Unknown."""
    if OUTLINE.fullmatch(data) is None:
        raise Unknown("path")
    pen = _Pen()
    for command, arguments in COMMAND.findall(data):
        numbers = [float(number) for number in NUMBER.findall(arguments)]
        if command == "Z":
            if numbers:
                raise Unknown("numbers after Z")
            pen.close()
            continue
        count = COUNTS[command]
        if not numbers or len(numbers) % count:
            raise Unknown("number of numbers")
        for first in range(0, len(numbers), count):
            pen.follow("L" if command == "M" and first else command, numbers[first : first + count])
    return pen.outline()


@dataclass(slots=True)
class Shape:
    """One element as svgelements would list it."""

    depth: int
    name: str | None  # its id
    data: str | None = None  # the outline of a path
    rect: Any = None
    place: tuple[float, float] = (0.0, 0.0)
    style: Style = ()


def read(root: ElementTree.Element, defaults: Mapping[str, str]) -> list[Shape]:
    """List the elements of an SVG file, in order, groups included. Raises Unknown.

    `defaults` is the style that Manim puts around the file.
    """
    attributes = _attributes(root, "svg")
    whole = {"fill": "black", "stroke": "none", **defaults}
    own = _styled({name: value for name, value in attributes.items() if name in STYLES or name == "style"})
    named = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
    shapes = [Shape(depth, None) for depth in (1, 2, 3)]  # the file, the group of defaults, the group of its own style
    for child in root:
        shapes.extend(_walk(child, _Around({**whole, **own}, 4), named))
    return shapes


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element inherits from those around it."""

    style: Values
    depth: int
    place: tuple[float, float] = (0.0, 0.0)
    used: bool = False  # inside a <use>


def _walk(element: ElementTree.Element, around: _Around, named: Mapping[str, ElementTree.Element]) -> Iterator[Shape]:
    tag = str(element.tag).removeprefix(SVG)
    attributes = _attributes(element, tag)
    if tag == "svg":
        raise Unknown("a file in a file")
    if tag == "defs":
        return
    shape = Shape(around.depth, attributes.get("id"), place=around.place)
    style = {**around.style, **_styled(attributes)}
    if tag == "path":
        shape.data, shape.style = attributes["d"], tuple(sorted(style.items()))
    elif tag == "rect":
        shape.rect = _rect({**attributes, **style})
        if shape.rect.is_degenerate():
            return
    yield shape
    for child, inside in _inside(element, tag, replace(around, style=style), named):
        yield from _walk(child, inside, named)


def _inside(
    element: ElementTree.Element, tag: str, around: _Around, named: Mapping[str, ElementTree.Element]
) -> Iterator[tuple[ElementTree.Element, _Around]]:
    """List what an element holds, with what that inherits."""
    if around.used and tag not in {"symbol", "path"}:
        raise Unknown(f"{tag} in use")
    if tag == "use":
        target = named.get(element.attrib[HREF][1:])
        if target is None or len(element):
            raise Unknown("use of nothing, or of more")
        place = (_number(element.attrib.get("x", "0")), _number(element.attrib.get("y", "0")))
        yield target, replace(around, depth=around.depth + 1, place=place, used=True)
    elif tag == "symbol":  # svgelements makes nothing of it: what it holds belongs to its parent
        yield from ((child, around) for child in element)
    elif tag == "g":
        yield from ((child, replace(around, depth=around.depth + 1)) for child in element)
    elif len(element):
        raise Unknown(f"children of {tag}")


def _attributes(element: ElementTree.Element, tag: str) -> Values:
    if tag not in KNOWN or not KNOWN[tag].issuperset(element.attrib):
        raise Unknown(tag)
    if NEEDED.get(tag, "") not in {"", *element.attrib}:
        raise Unknown(f"{tag} without {NEEDED[tag]}")
    return element.attrib


def _number(text: str) -> float:
    if NUMBER.fullmatch(text) is None:
        raise Unknown("a length with a unit")
    return float(text)


def _styled(attributes: Values) -> Values:
    """Return the style of an element: its `style` counts before its attributes."""
    style = {name: value for name, value in attributes.items() if name in STYLES}
    for item in attributes.get("style", "").split(";"):
        name, colon, value = (part.strip() for part in item.partition(":"))
        if (colon and name not in STYLE_WORDS) or ":" in value:
            raise Unknown(f"style {name}")
        if colon and name in STYLES:
            style[name] = value
    if any("currentColor" in value or "url" in value or "%" in value.partition("(")[0] for value in style.values()):
        raise Unknown("a colour from elsewhere")
    return style


def _rect(values: Values) -> Any:
    rect = svgelements.Rect(dict(values))
    rect.render(width=1000, height=1000)  # svgelements' own assumption for a file without a size
    rect.reify()
    return rect


@functools.lru_cache(maxsize=1024)
def _path(data: str, place: tuple[float, float], style: Style) -> Any:
    moved = {"transform": f"translate({place[0]}, {place[1]})"}
    path = svgelements.Path({**dict(style), **moved}, pathd_loaded=True)
    path.parse(data)
    path.reify()
    path.approximate_arcs_with_quads()
    return path


class Origin(NamedTuple):
    """What a glyph was made from."""

    data: str
    place: tuple[float, float]
    style: Style


class _PathObject:
    """The `path_obj` of a glyph, from which Manim made it: read only when somebody asks."""

    def __get__(self, glyph: Any, owner: type) -> Any:
        if glyph is None:
            return self
        if "_outline" not in vars(glyph):
            raise AttributeError("path_obj")
        return vars(glyph).setdefault("path_obj", _path(*glyph._outline))


def _glyphs(svg: SVGMobject, shapes: list[Shape]) -> tuple[list[Any], LazyGroups]:
    """Make the mobjects that Manim's `get_mobjects_from` would make, and the groups it would find them in."""
    glyphs: list[Any] = []
    ranges: dict[str, list[int]] = {"root": [0, 0]}
    above = ["root"]
    unnamed = 0
    models: dict[Any, Any] = {}
    for shape in shapes:
        name = shape.name
        if name is None:
            name, unnamed = f"numbered_group_{unnamed}", unnamed + 1
        del above[shape.depth :]
        if name in above:
            raise Unknown("a group within itself")
        ranges[name] = [len(glyphs), len(glyphs)]
        glyph = None
        if shape.data is not None:
            glyph = _glyph(svg, shape, models)
        elif shape.rect is not None:
            glyph = svg.get_mob_from_shape_element(shape.rect)
        if glyph is not None:
            glyphs.append(glyph)
            for group in above:
                ranges[group][1] = len(glyphs)
        above.append(name)
    return glyphs, LazyGroups(glyphs, {name: (first, last) for name, (first, last) in ranges.items()})


def _glyph(svg: SVGMobject, shape: Shape, models: dict[Any, Any]) -> Any:
    points = outline(shape.data or "").at(*shape.place)
    if not len(points):
        return None
    model = models.get(shape.style)
    if model is None:
        model = models[shape.style] = _model(svg, shape.style)
    glyph = object.__new__(VMobjectFromSVGPath)
    memo: dict[int, Any] = {}
    vars(glyph).update({name: copied(value, memo) for name, value in vars(model).items()})
    vars(glyph).update(points=points, _outline=Origin(shape.data or "", shape.place, shape.style))
    return glyph


def _model(svg: SVGMobject, style: Style) -> Any:
    """Return a glyph in this style, made by Manim itself."""
    path = svgelements.Path(dict(style), pathd_loaded=True)
    path.parse("M 0 0 L 1 0")
    path.render(width=1000, height=1000)
    path.reify()
    glyph: Any = svg.get_mob_from_shape_element(path)
    del glyph.path_obj
    glyph.points = None
    return glyph


def _generate_mobject(manims: Any) -> Any:
    def generate_mobject(self: SVGMobject) -> Any:
        if config.renderer != RendererType.CAIRO or not _reads_as_manim(type(self)):
            return manims(self)
        root = ElementTree.parse(self.get_file_path()).getroot()  # noqa: S314 - Manim's own reader comes after
        try:
            shapes = read(root, self.generate_config_style_dict())
            glyphs, self.id_to_vgroup_dict = _glyphs(self, shapes)
        except Unknown:
            return manims(self)
        self.add(*glyphs)
        self.flip(RIGHT)
        return self

    return generate_mobject


@functools.cache
def _reads_as_manim(cls: type) -> bool:
    """Whether a class leaves all of Manim's steps between file and glyphs as they are."""
    steps = ("modify_xml_tree", "get_mobjects_from", "get_mob_from_shape_element")
    parts = ("path_to_mobject", "rect_to_mobject", "apply_style_to_mobject", "handle_transform")
    return all(getattr(cls, name) is getattr(SVGMobject, name) for name in (*steps, *parts))


def _lazy_path(manims: Any) -> Any:
    """Leave Manim's own glyphs as they are; ours have no path yet."""
    VMobjectFromSVGPath.path_obj = _PathObject()
    UNCHANGING.add(Origin)
    return manims


PATCHES = [
    Patch(SVGMobject, "generate_mobject", "9b758944c36b", _generate_mobject),
    Patch(VMobjectFromSVGPath, "handle_commands", "75c586b92ff3", _lazy_path),
]
