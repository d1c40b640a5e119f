r"""Strings of LaTeX: where a piece of one may be isolated, and how it is cut where it may not.

Manim Community isolates by plain search and puts marks around what it finds. A mark inside a command (`t` in `\times`)
or right behind `^` breaks the formula, so such strings are cut by hand into parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LETTER = re.compile(r"[A-Za-z]")
_COMMAND_BEFORE = re.compile(r"\\[A-Za-z]*$")
_NAMES = re.compile(r"\\(?:begin|end|text(?:bf|it|rm|color)?|color|mathrm|operatorname|hspace|vspace|phantom)\{[^{}]*$")


def places(whole: str, piece: str) -> tuple[list[int], list[int]]:
    """Where a piece stands on its own in a string, and where its letters only happen to stand in a command."""
    sound: list[int] = []
    unsound: list[int] = []
    at = whole.find(piece) if piece else -1
    while at >= 0:
        (sound if _stands_alone(whole, at, piece) else unsound).append(at)
        at = whole.find(piece, at + len(piece))
    return sound, unsound


def _stands_alone(whole: str, at: int, piece: str) -> bool:
    before, after = whole[:at], whole[at + len(piece) :]
    if _LETTER.match(piece) and _COMMAND_BEFORE.search(before):
        return False
    ends_in_command = re.search(r"\\[A-Za-z]+$", piece)
    if ends_in_command and _LETTER.match(after):
        return False
    return not (before.endswith("\\") and piece[0] in "{}\\,;:! ") and not _NAMES.search(before)


def balanced(piece: str) -> bool:
    """Whether its braces close one another."""
    depth = 0
    for at, each in enumerate(piece):
        if at and piece[at - 1] == "\\":
            continue
        depth += {"{": 1, "}": -1}.get(each, 0)
        if depth < 0:
            return False
    return depth == 0


def may_be_isolated(strings: Iterable[str], piece: str) -> bool:
    """Whether Manim Community's own search would leave these strings sound."""
    return bool(piece.strip()) and balanced(piece) and not any(places(each, piece)[1] for each in strings)


def braced(whole: str, pieces: Iterable[str]) -> str:
    """The string with braces around pieces that stand right behind `^` or `_`, where a mark may not."""
    known = sorted(pieces, key=len, reverse=True)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int]] = []
    for piece in known:
        for at in places(whole, piece)[0]:
            span = (at, at + len(piece))
            if any(begin < span[1] and span[0] < end for begin, end in taken):
                continue
            taken.append(span)
            if at and whole[at - 1] in "^_" and balanced(piece) and not piece.startswith("{"):
                found.append(span)
    for begin, end in sorted(found, reverse=True):
        whole = f"{whole[:begin]}{{{whole[begin:end]}}}{whole[end:]}"
    return whole


def cut(whole: str, pieces: Sequence[str]) -> list[str]:
    """The string cut into parts so that every piece that stands on its own is a part."""
    marks: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=len, reverse=True):
        for at in places(whole, piece)[0]:
            if all(at + len(piece) <= begin or at >= end for begin, end in marks):
                marks.append((at, at + len(piece)))
    parts: list[str] = []
    done = 0
    for begin, end in sorted(marks):
        parts += [whole[done:begin], whole[begin:end]]
        done = end
    return [each for each in [*parts, whole[done:]] if each.strip()]


def glyphs(whole: str, piece: str) -> list[tuple[int, int]]:
    """Where a piece is in a text whose spaces draw nothing: pairs of first and behind the last glyph."""
    found = []
    at = whole.find(piece)
    while at >= 0 and piece.strip():
        begin = len("".join(whole[:at].split()))
        found.append((begin, begin + len("".join(piece.split()))))
        at = whole.find(piece, at + len(piece))
    return found
