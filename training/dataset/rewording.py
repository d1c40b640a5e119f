"""Spoken lines in other words by rule: plainer, warmer or shorter, with every number and formula left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

PLAINER: Mapping[str, str] = {
    "therefore": "so", "thus": "so", "however": "but", "increases": "goes up", "increase": "go up", "decreases": "goes down",
    "decrease": "go down", "identical": "the same", "equal to": "the same as", "proportional to": "in step with",
    "approaches": "gets close to", "approximately": "about", "obtain": "get", "obtains": "gets", "determine": "find",
    "determines": "sets", "observe": "see", "remains": "stays", "remain": "stay", "reaches": "gets to", "whole": "full",
    "entire": "full", "constant": "always the same", "rapidly": "fast", "quickly": "fast", "towards": "to", "within": "inside",
    "contains": "holds", "begins": "starts", "begin": "start", "largest": "biggest", "larger": "bigger", "large": "big",
    "smallest": "tiniest", "steeper": "more steep", "depends on": "follows from", "exactly": "just", "called": "named",
    "we call it": "its name is", "compare": "look at both", "measure": "read off", "travels": "goes", "moves": "goes",
    "beneath": "under", "above": "over", "below": "under", "each": "every", "adds up to": "makes", "is given by": "is",
    "consists of": "is made of", "results in": "gives", "produces": "makes", "reduces": "makes smaller", "divide": "share",
    "construct": "draw", "shrinks": "gets smaller", "grows": "gets bigger", "rises": "goes up", "falls": "comes down",
}  # fmt: skip
FORMAL: Mapping[str, str] = {
    "so": "therefore", "but": "however", "goes up": "increases", "goes down": "decreases", "get": "obtain", "gets": "obtains",
    "find": "determine", "sets": "determines", "see": "observe", "stays": "remains", "stay": "remain", "about": "approximately",
    "bigger": "larger", "big": "large", "start": "begin", "starts": "begins", "makes": "produces", "holds": "contains",
    "under": "beneath", "look at": "consider", "watch": "observe", "fast": "rapid", "now": "at this point", "let us": "we shall",
    "every": "each", "needs": "requires", "need": "require", "shows": "demonstrates", "show": "demonstrate", "gives": "yields",
}  # fmt: skip
_LIVELY = ("Look: ", "Watch this: ", "See here: ", "Now, ")


def _replacing(words: Mapping[str, str]) -> Callable[[str], str]:
    shape = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b", re.IGNORECASE)

    def put(found: re.Match[str]) -> str:
        new = words[found[0].lower()]
        return new[0].upper() + new[1:] if found[0][0].isupper() else new

    return lambda line: shape.sub(put, line)


def lively(line: str) -> str:
    """As if spoken to the class."""
    begin = _LIVELY[len(line) % len(_LIVELY)]
    first = line.split(" ", 1)[0]
    small = (
        first if len(first) < 2 or not first[1:].islower() or first in {"Newton", "Kepler", "Hooke"} else first.lower()
    )
    return begin + small + line[len(first) :]


def shorter(line: str) -> str:
    """Without what comes after a colon, a semicolon or a dash, where enough is left."""
    head = re.split(r"[:;–]| - ", line, maxsplit=1)[0].rstrip()
    return head.rstrip(".,") + "." if len(head) > 15 else line


REWORDINGS: Sequence[tuple[tuple[str, ...], Callable[[str], str]]] = (
    (("say it in simpler words", "use plainer words", "easier words for the narration"), _replacing(PLAINER)),
    (("say it more formally", "more formal wording, please", "spoken in a more formal way"), _replacing(FORMAL)),
    (("say it as if you talked to the class", "speak to the class directly", "a livelier narration"), lively),
    (("say less, shorter sentences", "shorter wording", "explain it with fewer words"), shorter),
)
