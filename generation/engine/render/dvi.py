"""Reads a page of a DVI file as dvisvgm does, in big points and double precision.

Whatever is not certain to come out as dvisvgm would draw it raises `UnknownDvi`, so that dvisvgm can be asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from generation.engine.render import texfonts
from generation.engine.render.texfonts import TexFont
from generation.engine.render.type1 import UnknownFont

LARGEST = 512 << 10  # bytes; a larger file is left to dvisvgm
BEGIN_PAGE = 139
DEEPEST = 1000  # pushed states
BIG_POINTS = 72.0
# Notes for printers' drivers and for preview, which draw nothing.
DRAWS_NOTHING = re.compile(
    r"header=l3backend-dvips\.pro|papersize=[\d.]+pt,[\d.]+pt|ps::[ \d-]*"
    r"|!/preview@(?:version\([\d.]+\)def|tightpage true def) ?.*|!userdict (?:begin/(?:preview-)?bop-|\(some extra).*",
    re.DOTALL,
)
RAW = re.compile(r"dvisvgm:raw (<g id='[\w-]+'>|</g>)")
COLOUR = re.compile(r"color push (gray|rgb|cmyk)((?: +[\d.]+)+)")


class UnknownDvi(Exception):
    """The file holds something that is not read here."""


@dataclass(frozen=True, slots=True)
class FontAtSize:
    """A font as the file uses it; `size` in big points."""

    number: int
    font: TexFont
    size: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its origin at (x, y)."""

    x: float
    y: float
    font: FontAtSize
    code: int
    colour: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A filled box; (x, y) is its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Raw:
    """Text for the picture, as it is."""

    text: str


Mark = Glyph | Rule | Raw


@dataclass(slots=True)
class _State:
    h: float = 0.0
    v: float = 0.0
    w: float = 0.0
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0


@dataclass(slots=True)
class Page:
    """What a page shows, and the corners of the box around it: left, top, right, bottom."""

    marks: list[Mark] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None

    def cover(self, left: float, top: float, right: float, bottom: float) -> None:
        """Widen the box."""
        if self.box is not None:
            left, top = min(left, self.box[0]), min(top, self.box[1])
            right, bottom = max(right, self.box[2]), max(bottom, self.box[3])
        self.box = (left, top, right, bottom)


class _Bytes:
    """Big-endian numbers, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def unsigned(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def signed(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big", signed=True)

    def take(self, size: int) -> bytes:
        taken = self.data[self.place : self.place + size]
        if len(taken) != size:
            raise UnknownDvi("cut off")
        self.place += size
        return taken


def read(data: bytes, number: int = 0) -> Page:
    """Read one page, counted from 0. Raises UnknownDvi for anything that only dvisvgm should draw."""
    places = pages(data)
    if not 0 <= number < len(places):
        raise UnknownDvi("no such page")
    try:
        return _Reader(data, places[number]).page
    except UnknownFont as error:
        raise UnknownDvi(f"font: {error}") from error


def pages(data: bytes) -> list[int]:
    """Where each page begins. Raises UnknownDvi."""
    if len(data) > LARGEST:
        raise UnknownDvi("large")
    file = _postamble(data)
    place = file.signed(4)
    places: list[int] = []
    while place != -1:
        if places and not 0 <= place < places[-1]:
            raise UnknownDvi("order of pages")
        places.append(place)
        file.place = place
        if file.unsigned(1) != BEGIN_PAGE:
            raise UnknownDvi("page")
        file.take(40)
        place = file.signed(4)
    return places[::-1]


def _postamble(data: bytes) -> _Bytes:
    """The file, read up to the pointer to the last page."""
    file = _Bytes(data)
    file.place = len(data.rstrip(b"\xdf")) - 5
    if file.place < 0:
        raise UnknownDvi("cut off")
    file.place = file.unsigned(4)
    if file.unsigned(1) != 248:
        raise UnknownDvi("postamble")
    return file


class _Reader:
    def __init__(self, data: bytes, place: int) -> None:
        self.page = Page()
        self._state, self._pushed = _State(), list[_State]()
        self._defined: dict[int, tuple[int, str, float]] = {}
        self._fonts: dict[int, FontAtSize] = {}
        self._font: FontAtSize | None = None
        self._colours: list[str] = []
        self._preamble(_Bytes(data))
        self._define_fonts(_postamble(data))
        self._run(_Bytes(data), place)

    def _preamble(self, file: _Bytes) -> None:
        if file.unsigned(1) != 247 or file.unsigned(1) != 2:
            raise UnknownDvi("not DVI")
        numerator, denominator, magnification = (file.unsigned(4) for _ in range(3))
        if not denominator:
            raise UnknownDvi("unit")
        self._unit = numerator / 254000.0 * BIG_POINTS / denominator * magnification / 1000.0

    def _define_fonts(self, file: _Bytes) -> None:
        """Number the fonts in the order of the postamble, as dvisvgm does."""
        file.take(28)
        while (command := file.unsigned(1)) != 249:
            if command == 138:
                continue
            if not 243 <= command <= 246:
                raise UnknownDvi(f"command {command} in the postamble")
            number, name, scaled = _font_definition(file, command)
            self._defined.setdefault(number, (len(self._defined), name, scaled * self._unit))

    def _run(self, file: _Bytes, place: int) -> None:
        file.place = place
        while True:
            command = file.unsigned(1)
            if command == 140:
                break
            self._do(command, file)
        if self._pushed or self._colours or self.page.box is None:
            raise UnknownDvi("page")

    def _do(self, command: int, file: _Bytes) -> None:
        if command <= 131 or 133 <= command <= 136:
            size = command - 127 if command <= 131 else command - 132
            self._set(command if command < 128 else file.unsigned(size), moves=command <= 131)
        elif command in (132, 137):
            self._rule(file.signed(4) * self._unit, file.signed(4) * self._unit, moves=command == 132)
        elif command == BEGIN_PAGE:
            file.take(44)
        elif command == 141:
            if len(self._pushed) >= DEEPEST:
                raise UnknownDvi("deep")
            self._pushed.append(replace(self._state))
        elif command == 142:
            if not self._pushed:
                raise UnknownDvi("pop")
            self._state = self._pushed.pop()
        elif 143 <= command <= 170:
            self._move(command, file)
        elif 171 <= command <= 238:
            self._select(command - 171 if command <= 234 else file.unsigned(command - 234))
        elif 239 <= command <= 242:
            self._special(file.take(file.unsigned(command - 238)).decode("latin-1"))
        elif 243 <= command <= 246:
            _font_definition(file, command)
        elif command != 138:
            raise UnknownDvi(f"command {command}")

    def _move(self, command: int, file: _Bytes) -> None:
        state = self._state
        if command <= 146:
            state.h += file.signed(command - 142) * self._unit
        elif command <= 151:
            if command > 147:
                state.w = file.signed(command - 147) * self._unit
            state.h += state.w
        elif command <= 156:
            if command > 152:
                state.x = file.signed(command - 152) * self._unit
            state.h += state.x
        elif command <= 160:
            state.v += file.signed(command - 156) * self._unit
        elif command <= 165:
            if command > 161:
                state.y = file.signed(command - 161) * self._unit
            state.v += state.y
        else:
            if command > 166:
                state.z = file.signed(command - 166) * self._unit
            state.v += state.z

    def _select(self, number: int) -> None:
        if number not in self._fonts:
            if number not in self._defined:
                raise UnknownDvi("no font")
            place, name, size = self._defined[number]
            self._fonts[number] = FontAtSize(place, texfonts.find(name), size)
        self._font = self._fonts[number]

    def _set(self, code: int, *, moves: bool) -> None:
        if self._font is None:
            raise UnknownDvi("no font")
        x, y, size = self._state.h, self._state.v, self._font.size
        width, height, depth, slant = (measure * size for measure in self._font.font.measures(code))
        self.page.marks.append(Glyph(x, y, self._font, code, self._colour))
        self.page.cover(x, y - height, x + width + slant, y + depth)
        if moves:
            self._state.h += width

    def _rule(self, height: float, width: float, *, moves: bool) -> None:
        x, y = self._state.h, self._state.v
        if height > 0 and width > 0:
            self.page.marks.append(Rule(x, y, width, height, self._colour))
            self.page.cover(x, y - height, x + width, y)
        if moves:
            self._state.h += width

    @property
    def _colour(self) -> str:
        return self._colours[-1] if self._colours else "#000"

    def _special(self, text: str) -> None:
        if raw := RAW.fullmatch(text):
            self.page.marks.append(Raw(raw.group(1)))
        elif colour := COLOUR.fullmatch(text):
            self._colours.append(_hex(colour.group(1), [float(part) for part in colour.group(2).split()]))
        elif text == "color pop" and self._colours:
            self._colours.pop()
        elif not DRAWS_NOTHING.fullmatch(text):
            raise UnknownDvi(f"special {text[:40]}")


def _font_definition(file: _Bytes, command: int) -> tuple[int, str, int]:
    """Number, name and size in DVI units."""
    number = file.unsigned(command - 242)
    file.take(4)
    scaled, _design, area, length = file.unsigned(4), file.unsigned(4), file.unsigned(1), file.unsigned(1)
    name = file.take(area + length).decode("latin-1")
    if area or not re.fullmatch(r"[A-Za-z][\w-]*", name):
        raise UnknownDvi(f"font {name[:40]}")
    return number, name, scaled


def _hex(model: str, parts: list[float]) -> str:
    """A colour as dvisvgm writes it."""
    if len(parts) != {"gray": 1, "rgb": 3, "cmyk": 4}[model] or not all(0 <= part <= 1 for part in parts):
        raise UnknownDvi("colour")
    if model == "gray":
        parts = parts * 3
    elif model == "cmyk":
        *inks, black = parts
        parts = [1.0 - min(1.0, ink * (1.0 - black) + black) for ink in inks]
    digits = "".join(f"{int(part * 255 + 0.5):02x}" for part in parts)
    return f"#{digits[::2]}" if digits[::2] == digits[1::2] else f"#{digits}"
