"""Reads statements off the stage: "E = ½ · 25 N/m · (0.1 m)² = 0.125 J" is three sides and two relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.engine.checking.grammar import parsed
from generation.engine.checking.tokens import Token, Unreadable, tokens
from generation.engine.checking.tree import Name, Node, Number, free_names

BASES = frozenset({"hexadecimal", "binary", "octal"})


@dataclass(frozen=True, slots=True)
class Statement:
    """Sides with a relation between each two; None where a side is not read."""

    sides: tuple[Node | None, ...]
    relations: tuple[str, ...]


def statements(text: str, *, is_formula: bool) -> list[Statement]:
    """The statements of a line; none where it has no relation or is not read at all."""
    try:
        cut = tokens(text, tex=is_formula)
    except Unreadable:
        return []
    return [statement for piece in _pieces(cut) if (statement := _statement(piece)) is not None]


def _pieces(cut: Sequence[Token]) -> Iterator[list[Token]]:
    """Cut at what separates statements, outside brackets."""
    piece: list[Token] = []
    depth = 0
    for token in cut:
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if depth <= 0 and (token.kind == "break" or (token.kind == "sign" and token.text == ",")):
            yield piece
            piece = []
        else:
            piece.append(token)
    yield piece


def _statement(piece: Sequence[Token]) -> Statement | None:
    sides: list[list[Token]] = [[]]
    relations: list[str] = []
    depth = 0
    for token in piece:
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if token.kind == "rel" and depth <= 0:
            relations.append(token.text)
            sides.append([])
        else:
            sides[-1].append(token)
    if not relations:
        return None
    last = len(sides) - 1
    return Statement(
        tuple(_side(side, place == 0, place == last) for place, side in enumerate(sides)), tuple(relations)
    )


def _side(side: list[Token], is_first: bool, is_last: bool) -> Node | None:
    """A side as a tree. At the ends of a line words may stand before the first side and after the last."""
    words = [place for place, token in enumerate(side) if token.kind == "word"]
    if words and len(words) == len(side):
        return Name(" ".join(token.text for token in side))
    if any(side[place].text in BASES for place in words):
        return None  # 23 in hexadecimal
    if words and is_first:
        side = side[words[-1] + 1 :]
    elif words and is_last and words[0] > 0:
        side = side[: words[0]]
    elif words:
        return None
    try:
        node = parsed(side)
    except (Unreadable, RecursionError):
        return None
    if words and is_first and isinstance(node, Number):
        return Name("label")  # "wave 1 = 0.5 cm" names a wave
    return node


def is_closed(node: Node | None) -> bool:
    """Whether a side is a number in itself."""
    return node is not None and not free_names(node)
