"""The ideas of a prompt that asks for more than one: "first Hooke's law, then the energy of the spring"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generation.engine.understanding import equations, formulas

MOST = 3  # ideas in one animation
_LEAST_WORDS = 2
_FIRST = re.compile(
    r"^\W*(?:first(?:ly)?(?:\s+of\s+all)?|to\s+begin\s+with|start(?:ing)?\s+with)\b[,:]?\s*", re.IGNORECASE
)
# What puts one idea after another, whatever they are.
_SEQUENCE = re.compile(
    r"""\s*[,;.]?\s*(?:\band\s+)?\b(?:then|after(?:\s+that|wards)|later(?:\s+on)?|followed\s+by)\b[,:]?\s+
    | \s*[,;.]\s*(?:and\s+)?(?:next|finally|second(?:ly)?|third(?:ly)?)\b[,:]?\s+
    | \s*;\s* | (?<=[a-z)\d])\.\s+(?=[A-Z]) | \n+""",
    re.IGNORECASE | re.VERBOSE,
)
# What joins two subjects, where each half is one by itself.
_JOINED = re.compile(
    r"\s*,?\s+(?:(?:and\s+)?(?:together|along)\s+with|as\s+well\s+as|in\s+addition\s+to|plus(?!\s+(?:[\d(]|[a-z]\b))|and\s+also|and\s+besides"
    r"|after\s+which)\s+",
    re.IGNORECASE,
)
_PAIRED = [
    re.compile(rf"^\W*(?:(?:please|can\s+you|show|explain|i\s+want(?:\s+to)?)\s+)*{pattern}", re.IGNORECASE)
    for pattern in (
        r"(?:compare|contrast)\s+(?P<first>.+?)\s+(?:with|and|to|against)\s+(?P<second>.+)",
        r"both\s+(?P<first>.+?)\s+and\s+(?P<second>.+)",
        (
            r"(?:begin|start)\s+(?:with|by)\s+(?P<first>.+?)(?:\s*,|\s+and)\s*(?:then\s+)?"
            r"(?:continue|go\s+on|finish|end|follow|move\s+on)\s+(?:with|by|to)\s+(?P<second>.+)"
        ),
        (
            r"one\s+(?:animation|scene|part|clip)\s+(?:for|on|about)\s+(?P<first>.+?)\s*,?\s+(?:and\s+)?(?:another|one|the\s+other)"
            r"\s+(?:one\s+)?(?:for|on|about)\s+(?P<second>.+)"
        ),
        r"before\s+(?P<second>.+?)\s*,?\s+(?:show|explain|do|draw|animate|i\s+(?:want|need))\s+(?P<first>.+)",
        r"after\s+(?P<first>.+?)\s*,?\s+(?:show|explain|do|draw|animate|i\s+(?:want|need))\s+(?P<second>.+)",
    )
]
_POINTING_WORDS = 4  # a word further on points to what the idea itself names: "how a period depends on its length"
_POINTS_BACK = re.compile(r"\b(?:its?|this|that|these|those|their|them|the\s+same)\b", re.IGNORECASE)
# What may as well join two things of one idea.
_BESIDE = re.compile(r"\s*,?\s+(?:and(?:\s+also)?|as\s+well\s+as|plus|together\s+with)\s+", re.IGNORECASE)


def in_sequence(prompt: str) -> list[str]:
    """The ideas that the prompt itself puts one after the other; one where it does not."""
    system = equations.find_system(prompt)
    if system is not None:  # "2x + y = 8; x - y = 1" is one
        prompt = prompt[: system.start] + prompt[system.start : system.end].replace(";", ",") + prompt[system.end :]
    return _worthwhile(_SEQUENCE.split(_FIRST.sub("", prompt)))


def says_first(prompt: str) -> bool:
    """Whether the prompt names what comes first, and so that there is more than one thing."""
    return _FIRST.match(prompt) is not None


def side_by_side(prompt: str) -> list[list[str]]:
    """Every way to read the prompt as two things joined by an "and"."""
    cuts = [(found.start(), found.end()) for found in _BESIDE.finditer(prompt)]
    return [halves for start, end in cuts if len(halves := _worthwhile([prompt[:start], prompt[end:]])) == 2]


def firmly_joined(prompt: str) -> list[list[str]]:
    """Every way in which the prompt's own words join two subjects: "compare ... with ...", "... as well as ..."."""
    halves = [[prompt[: found.start()], prompt[found.end() :]] for found in _JOINED.finditer(prompt)]
    halves += [[found["first"], found["second"]] for pattern in _PAIRED if (found := pattern.search(prompt))]
    return [[piece.strip(" ,.;:!?") for piece in pieces] for pieces in halves]


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
