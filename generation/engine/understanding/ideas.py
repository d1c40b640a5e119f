"""The ideas of a prompt that asks for more than one: "first Hooke's law, then the energy of the spring"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generation.engine.understanding import formulas

MOST = 3  # ideas in one animation
_LEAST_WORDS = 2
_FIRST = re.compile(
    r"^\W*(?:first(?:ly)?(?:\s+of\s+all)?|to\s+begin\s+with|start(?:ing)?\s+with)\b[,:]?\s*", re.IGNORECASE
)
# What puts one idea after another, whatever they are.
_SEQUENCE = re.compile(
    r"""\s*[,;.]?\s*(?:\band\s+)?\b(?:then|after(?:\s+that|wards)|followed\s+by)\b[,:]?\s+
    | \s*[,;.]\s*(?:and\s+)?(?:next|finally|second(?:ly)?|third(?:ly)?)\b[,:]?\s+
    | \s*;\s* | (?<=[a-z)\d])\.\s+(?=[A-Z]) | \n+""",
    re.IGNORECASE | re.VERBOSE,
)
_POINTING_WORDS = 4  # a word further on points to what the idea itself names: "how a period depends on its length"
_POINTS_BACK = re.compile(r"\b(?:its?|this|that|these|those|their|them|the\s+same)\b", re.IGNORECASE)
# What may as well join two things of one idea.
_BESIDE = re.compile(r"\s*,?\s+(?:and(?:\s+also)?|as\s+well\s+as|plus|together\s+with)\s+", re.IGNORECASE)


def in_sequence(prompt: str) -> list[str]:
    """The ideas that the prompt itself puts one after the other; one where it does not."""
    return _worthwhile(_SEQUENCE.split(_FIRST.sub("", prompt)))


def side_by_side(prompt: str) -> list[list[str]]:
    """Every way to read the prompt as two things joined by an "and"."""
    cuts = [(found.start(), found.end()) for found in _BESIDE.finditer(prompt)]
    return [halves for start, end in cuts if len(halves := _worthwhile([prompt[:start], prompt[end:]])) == 2]


def complete(pieces: Sequence[str]) -> list[str]:
    """The ideas, each to be understood without the others: "find its vertex" gets the formula it speaks of."""
    whole: list[str] = []
    formula = ""
    for piece in pieces:
        spoken = formulas.written_out(piece)
        found = formulas.find_formula(spoken)
        if found is not None:
            formula = spoken[found.start : found.end]
        elif formula and _POINTS_BACK.search(" ".join(piece.split()[:_POINTING_WORDS])):
            piece = f"{piece} of {formula}"  # noqa: PLW2901 - the same idea, said in full
        whole.append(piece)
    return whole


def _worthwhile(pieces: list[str]) -> list[str]:
    ideas = [piece.strip(" ,.;:!?") for piece in pieces if piece is not None]
    return [idea for idea in ideas if len(idea.split()) >= _LEAST_WORDS]
