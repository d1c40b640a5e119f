"""Nothing that points to a person: addresses, numbers, links, keys and names, found by rule and by a list of names.

Rows that people gave are cleaned; rows that we wrote are only checked, and one with a find is a mistake of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

NAMES = Path(__file__).parent / "given_names.txt"
# In this order: what an earlier rule takes, a later one does not see. The replacement stands for the kind of thing.
_RULES: Mapping[str, tuple[str, str]] = {
    "secret": (r"\b(?:sk|pk|ghp|gho|xox[bp]|AKIA|AIza)[-_]?[A-Za-z0-9_\-]{16,}\b|-----BEGIN [A-Z ]+KEY-----", "<key>"),
    "link": (r"\b(?:https?://|www\.)[^\s\"'<>)]+", "<link>"),
    "email": (r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b", "<e-mail>"),
    "handle": (r"(?<![\w@)\]])@[A-Za-z_]\w{2,30}\b(?!\s*(?:\.|\())", "<handle>"),
    "phone": (r"(?<![\w.,/−-])(?:\+\d{1,3}[ .\-/]?)(?:\(?\d{2,5}\)?[ .\-/]?){2,5}\d{2,4}\b|\b\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b", "<phone>"),
    "iban": (r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", "<account>"),
    "digits": (r"(?<![\w.])\d{9,}(?![\w.])", "<number>"),
    "birth": (r"\b(?:born|birthday|dob)\b[^.\n]{0,12}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}", "<date>"),
    "title": (r"\b(?:Mr|Mrs|Ms|Miss|Mx|Sir|Madame|Monsieur|Herr|Frau|Señora?|Dr|Prof)\.? (?!Theorama)[A-Z][\w'’-]+", "<person>"),
    "school": (r"\b(?:[A-Z][\w'’-]+ ){1,3}(?:Primary|Elementary|High|Secondary|Middle|Grammar) School\b", "<school>"),
    "path": (r"(?:/home/|/Users/|C:\\Users\\)[\w.-]+", "<folder>"),
}  # fmt: skip
_SHAPES = {kind: (re.compile(shape), instead) for kind, (shape, instead) in _RULES.items()}
_CAPITAL = re.compile(r"(?<![\w.])[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:[-'’][A-ZÀ-Ý][a-zà-ÿ]+)?")
# Given names that are also what lessons are about.
_SUBJECTS = frozenset(
    {"Will", "Mark", "Grant", "Rose", "Iris", "April", "May", "June", "Faith", "Grace", "Hope", "Joy", "Art"}
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what was found, and what kinds those were."""

    text: str
    found: Mapping[str, int] = field(default_factory=dict)


@cache
def given_names() -> frozenset[str]:
    """Given names that are common in the languages that teachers write in here."""
    return frozenset(NAMES.read_text(encoding="utf-8").split())


def cleaned(text: str, roster: Iterable[str] = ()) -> Cleaned:
    """The text with each find replaced by its kind. `roster` are names that are known to be people's."""
    found: Counter[str] = Counter()
    for kind, (shape, instead) in _SHAPES.items():
        text, times = shape.subn(instead, text)
        found[kind] += times
    known = {each for each in roster if len(each) > 1}

    def person(match: re.Match[str]) -> str:
        name = match[0]
        if name not in known and (name not in given_names() or name in _SUBJECTS):
            return name
        found["name"] += 1
        return "<person>"

    text = _CAPITAL.sub(person, text)
    return Cleaned(text, {kind: times for kind, times in found.items() if times})


def contacts(text: str) -> Mapping[str, int]:
    """Finds that no row of our own may hold; names are left out, since lessons are full of them."""
    found = {kind: len(shape.findall(text)) for kind, (shape, _) in _SHAPES.items() if kind not in {"title", "school"}}
    return {kind: times for kind, times in found.items() if times}
