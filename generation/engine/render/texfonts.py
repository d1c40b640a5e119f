"""The fonts a DVI file names: measures from TFM files, outlines from the Type 1 files that dvisvgm would take."""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from generation.engine.render.type1 import Segment, Type1Font, UnknownFont

# What formulas and words in Manim's and the kit's templates are set in. Others are found when they are asked for.
SIZES = {
    "cmr": (5, 6, 7, 8, 9, 10, 12, 17),
    "cmmi": (5, 6, 7, 8, 10, 12),
    "cmsy": (5, 6, 7, 8, 10),
    "cmex": (7, 8, 9, 10),
    "cmbx": (5, 7, 8, 10, 12),
    "cmti": (7, 8, 10, 12),
    "cmtt": (8, 10),
    "cmss": (8, 10),
    "cmsl": (10,),
    "cmcsc": (10,),
    "cmmib": (5, 7, 10),
    "cmbsy": (5, 7, 10),
    "msam": (5, 7, 10),
    "msbm": (5, 7, 10),
    "eufm": (5, 7, 10),
    "line": (10,),
    "lasy": (10,),
}
COMMON = tuple(f"{family}{size}" for family, sizes in SIZES.items() for size in sizes)
MAPS = ("ps2pk.map", "pdftex.map", "dvipdfm.map", "psfonts.map")  # dvisvgm takes the first it finds
# A font under its own name, neither slanted nor extended nor encoded anew.
PLAIN_LINE = re.compile(r"(\S+)\s+\S+\s+<{1,2}(\S+\.pfb)")
KPATHSEA = "kpsewhich"
ONE = 1 << 20  # TFM files count in parts of this


class TexFont:
    """One font at no particular size. Measures are multiples of its size."""

    def __init__(self, measures: Path, outlines: Path) -> None:
        data = measures.read_bytes()
        header, self._first, last, widths, heights, depths, slants = struct.unpack_from(">12H", data)[1:8]
        self.checksum: int = struct.unpack_from(">I", data, 24)[0]
        table = 24 + 4 * header
        self._rows = data[table : table + 4 * (last - self._first + 1)]
        place = table + len(self._rows)
        self._widths = _numbers(data, place, widths)
        self._heights = _numbers(data, place + 4 * widths, heights)
        self._depths = _numbers(data, place + 4 * (widths + heights), depths)
        self._slants = _numbers(data, place + 4 * (widths + heights + depths), slants)
        self._type1 = Type1Font(outlines)
        self._outlines: dict[int, list[Segment]] = {}

    def measures(self, code: int) -> tuple[float, float, float, float]:
        """Width, height, depth and italic correction of a character. Raises UnknownFont where there is none."""
        place = 4 * (code - self._first)
        if not 0 <= place < len(self._rows) or not self._rows[place]:
            raise UnknownFont(f"no character {code}")
        width, vertical, slant = self._rows[place : place + 3]
        return self._widths[width], self._heights[vertical >> 4], self._depths[vertical & 15], self._slants[slant >> 2]

    def outline(self, code: int) -> list[Segment]:
        """The outline of a character, 1000 units being the font's size. Raises UnknownFont where there is none."""
        if code not in self._outlines:
            self._outlines[code] = self._type1.outline(code)
        return self._outlines[code]


def _numbers(data: bytes, place: int, count: int) -> list[float]:
    return [number / ONE for number in struct.unpack_from(f">{count}i", data, place)]


_loaded: dict[str, TexFont | None] = {}


def find(name: str) -> TexFont:
    """The font of that name. Raises UnknownFont when it is not one that is read here."""
    if name not in _loaded:
        load([name])
    font = _loaded[name]
    if font is None:
        raise UnknownFont(name)
    return font


def load(names: Iterable[str]) -> None:
    """Read fonts ahead, so that processes forked later have them."""
    wanted = [name for name in names if name not in _loaded]
    files = {path.name: path for path in _located([f"{name}{end}" for name in wanted for end in (".tfm", ".vf")])}
    plain = _plain_fonts()
    drawn = {path.name: path for path in _located([plain[name] for name in wanted if name in plain])}
    for name in wanted:
        measures, outlines = files.get(f"{name}.tfm"), drawn.get(plain.get(name, ""))
        _loaded[name] = None
        if measures is None or outlines is None or f"{name}.vf" in files:
            continue  # a virtual or bitmap font, or one that is encoded anew
        try:
            _loaded[name] = TexFont(measures, outlines)
        except (UnknownFont, struct.error):
            continue


@cache
def _plain_fonts() -> dict[str, str]:
    """Names of Type 1 files by the TeX fonts that are drawn with them just as they are."""
    path = next((found for found in map(_located, ([name] for name in MAPS)) if found), None)
    if path is None:
        return {}
    lines = path[0].read_text(encoding="utf-8", errors="replace").splitlines()
    return {match.group(1): match.group(2) for match in map(PLAIN_LINE.fullmatch, lines) if match}


def _located(names: Sequence[str]) -> list[Path]:
    if not names:
        return []
    found = subprocess.run([KPATHSEA, *names], stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True)  # noqa: S603 - names from a DVI file are arguments, never options
    return [Path(line) for line in found.stdout.splitlines()]
