"""Outlines of Type 1 fonts, in the font's own units: what TeX's classic fonts are drawn with.

Only what those fonts use is read. Anything else raises `UnknownFont`, so that a caller can ask another program.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

Number = int | Fraction
Segment = tuple[str, tuple[int, ...]]  # an SVG command letter (M, L, C or Z) and absolute coordinates
_SEGMENT_HEADER = struct.Struct("<BBI")
_FILE_KEY, _CHARSTRING_KEY = 55665, 4330
_ENTRY = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put")
_SUBROUTINE = re.compile(rb"\s*dup\s+(\d+)\s+(\d+)\s+(?:RD|-\|)\s")
_CHARSTRING = re.compile(rb"\s*/(\S+)\s+(\d+)\s+(?:RD|-\|)\s")
_BETWEEN = re.compile(rb"\s*(?:NP|\||noaccess\s+put|ND|\|-|noaccess\s+def)")
_PLAIN_MATRIX = re.compile(rb"/FontMatrix\s*\[\s*0?\.001\s+0\s+0\s+0?\.001\s+0\s+0\s*\]")
_DEEPEST = 10  # calls of subroutines, as the format allows


class UnknownFont(Exception):
    """The font uses something that is not read here."""


def _decrypt(data: bytes, key: int, skip: int) -> bytes:
    plain = bytearray(len(data))
    for place, cipher in enumerate(data):
        plain[place] = cipher ^ (key >> 8)
        key = ((cipher + key) * 52845 + 22719) & 0xFFFF
    return bytes(plain[skip:])


class Type1Font:
    """One font file. Raises UnknownFont when it is not a plain Type 1 font in the PFB container."""

    def __init__(self, path: Path) -> None:
        clear, private = _parts(path.read_bytes())
        if not _PLAIN_MATRIX.search(clear):
            raise UnknownFont(f"{path.name}: matrix")
        self.encoding: Mapping[int, str] = {int(code): name.decode() for code, name in _ENTRY.findall(clear)}
        if not self.encoding:
            raise UnknownFont(f"{path.name}: encoding")
        self._subroutines = _programs(private, b"/Subrs", _SUBROUTINE)
        self._glyphs = {name.decode(): code for name, code in _programs(private, b"/CharStrings", _CHARSTRING).items()}

    def outline(self, code: int) -> list[Segment]:
        """The outline of the glyph for a character code; raises UnknownFont where there is none."""
        program = self._glyphs.get(self.encoding.get(code, ""))
        if program is None:
            raise UnknownFont(f"no glyph {code}")
        path = _Path()
        _Machine(self._subroutines, path).run(program)
        return path.closed()


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """The clear and the decrypted part of a PFB file."""
    found: dict[int, bytes] = {1: b"", 2: b""}
    place = 0
    while place + _SEGMENT_HEADER.size <= len(data):
        marker, kind, length = _SEGMENT_HEADER.unpack_from(data, place)
        if marker != 0x80 or kind not in found:
            break
        if kind == 1 and found[2]:
            break  # the zeros after the encrypted part
        place += _SEGMENT_HEADER.size
        found[kind] += data[place : place + length]
        place += length
    if not found[1] or not found[2]:
        raise UnknownFont("not a PFB file")
    private = _decrypt(found[2], _FILE_KEY, 4)
    length_of_noise = re.search(rb"/lenIV\s+(\d+)", private)
    if length_of_noise and length_of_noise.group(1) != b"4":
        raise UnknownFont("lenIV")
    return found[1], private


def _programs(private: bytes, table: bytes, entry: re.Pattern[bytes]) -> dict[bytes, bytes]:
    """The encrypted programs of a table by number or name; they are decrypted when they are run."""
    start = private.find(table)
    first = entry.search(private, start) if start >= 0 else None
    programs: dict[bytes, bytes] = {}
    while first:
        end = first.end() + int(first.group(2))
        programs[first.group(1)] = private[first.end() : end]
        between = _BETWEEN.match(private, end)
        first = entry.match(private, between.end()) if between else None
    return programs


class _Path:
    """Collects an outline the way FreeType does: contours are closed by a line, empty ones are dropped."""

    def __init__(self) -> None:
        self.x: Number = 0
        self.y: Number = 0
        self._start: tuple[int, ...] | None = None
        self._segments: list[Segment] = []

    def move(self, dx: Number, dy: Number) -> None:
        self._close()
        self.x += dx
        self.y += dy

    def line(self, dx: Number, dy: Number) -> None:
        if not dx and not dy:
            return
        self._open()
        self.x += dx
        self.y += dy
        self._segments.append(("L", _whole(self.x, self.y)))

    def curve(self, *deltas: Number) -> None:
        self._open()
        points: list[Number] = []
        for dx, dy in zip(deltas[::2], deltas[1::2], strict=True):
            self.x += dx
            self.y += dy
            points += (self.x, self.y)
        self._segments.append(("C", _whole(*points)))

    def closed(self) -> list[Segment]:
        self._close()
        return self._segments

    def _open(self) -> None:
        if self._start is None:
            self._start = _whole(self.x, self.y)
            self._segments.append(("M", self._start))

    def _close(self) -> None:
        if self._start is None:
            return
        if self._segments[-1][1][-2:] != self._start:
            self._segments.append(("L", self._start))
        self._segments.append(("Z", ()))
        self._start = None


def _whole(*numbers: Number) -> tuple[int, ...]:
    if any(number.denominator != 1 for number in numbers):
        raise UnknownFont("a fraction")  # FreeType would round it
    return tuple(map(int, numbers))


class _Machine:
    """Runs Type 1 charstrings."""

    def __init__(self, subroutines: Mapping[bytes, bytes], path: _Path) -> None:
        self._subroutines, self._path = subroutines, path
        self._stack: list[Number] = []
        self._handed: list[Number] = []  # what an OtherSubr leaves for `pop`
        self._flex: list[tuple[Number, Number]] | None = None
        self._commands: dict[int, Callable[..., None]] = {
            1: _nothing,  # hstem
            3: _nothing,  # vstem
            4: lambda dy: self._move(0, dy),
            5: path.line,
            6: lambda dx: path.line(dx, 0),
            7: lambda dy: path.line(0, dy),
            8: path.curve,
            9: _nothing,  # closepath: FreeType closes at the next move and at the end
            13: lambda left, _width: path.move(left, 0),
            21: self._move,
            22: lambda dx: self._move(dx, 0),
            30: lambda dy1, dx2, dy2, dx3: path.curve(0, dy1, dx2, dy2, dx3, 0),
            31: lambda dx1, dx2, dy2, dy3: path.curve(dx1, 0, dx2, dy2, 0, dy3),
            0x100: _nothing,  # dotsection
            0x101: _nothing,  # vstem3
            0x102: _nothing,  # hstem3
            0x121: _nothing,  # setcurrentpoint, after a flex that has moved it there already
        }

    def run(self, encrypted: bytes, depth: int = 0) -> bool:
        """Run one program; False once the glyph has ended."""
        if depth > _DEEPEST:
            raise UnknownFont("calls")
        program = iter(_decrypt(encrypted, _CHARSTRING_KEY, 4))
        try:
            for byte in program:
                if byte >= 32:
                    self._stack.append(_number(byte, program))
                    continue
                command = 0x100 + next(program) if byte == 12 else byte
                if command == 14:
                    return False
                if command == 11:
                    return True
                if command == 10:
                    called = self._subroutines[b"%d" % int(self._stack.pop())]
                    if not self.run(called, depth + 1):
                        return False
                    continue
                self._do(command)
        except (IndexError, KeyError, TypeError, StopIteration) as error:
            raise UnknownFont("charstring") from error
        return True

    def _do(self, command: int) -> None:
        if command == 0x110:
            self._call_other()
        elif command == 0x111:
            self._stack.append(self._handed.pop())
        elif command == 0x10C:
            self._divide()
        elif command in self._commands:
            self._commands[command](*self._stack)
            self._stack.clear()
        else:
            raise UnknownFont(f"command {command}")

    def _move(self, dx: Number, dy: Number) -> None:
        if self._flex is None:
            self._path.move(dx, dy)
        else:
            self._flex.append((dx, dy))

    def _divide(self) -> None:
        divisor, dividend = self._stack.pop(), self._stack.pop()
        if not divisor:
            raise UnknownFont("division")
        self._stack.append(Fraction(dividend, divisor))

    def _call_other(self) -> None:
        number, count = int(self._stack.pop()), int(self._stack.pop())
        arguments = [self._stack.pop() for _ in range(count)]
        if number == 1:
            self._flex = []
        elif number == 2 and self._flex is not None:
            return  # the move before it has noted the point
        elif number == 0 and self._flex is not None and len(self._flex) == 7:
            (x0, y0), (x1, y1), *rest = self._flex
            self._flex = None
            deltas = [(x0 + x1, y0 + y1), *rest]
            for three in (deltas[:3], deltas[3:]):
                self._path.curve(*(number for pair in three for number in pair))
            self._handed = [self._path.y, self._path.x]
        elif number == 3:
            self._handed = [3]
        else:
            raise UnknownFont(f"othersubr {number} {arguments}")


def _nothing(*_: Number) -> None:
    """Hints do not change an outline in the font's own units."""


def _number(byte: int, following: Iterator[int]) -> int:
    if byte <= 246:
        return byte - 139
    if byte <= 250:
        return (byte - 247) * 256 + next(following) + 108
    if byte <= 254:
        return -(byte - 251) * 256 - next(following) - 108
    return int.from_bytes(bytes(next(following) for _ in range(4)), "big", signed=True)
