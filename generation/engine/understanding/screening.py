"""Whether a prompt can be read at all: too long, no words, a language that is not read; the text as it is read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from generation.engine.languages import LANGUAGES
from generation.engine.understanding.languages import NOTHING_SPOKEN, Spoken, refusal, spoken
from generation.engine.understanding.levels import Level, without_level

MAX_CHARACTERS = 4_000
_STRAY = 0.05  # a text with a larger share of control characters is a file, not a sentence
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u3000]+")
# The many signs for one meaning, and fractions that NFKC writes with a sign of their own.
_SIGNS = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "\u2014": " - ", "\u00d7": "*", "\u00b7": "*", "\u22c5": "*", "\u00f7": "/"}
    | {"\u2044": "/", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "...", "\u2264": "<="}
)


@dataclass(frozen=True, slots=True)
class Screened:
    """A prompt cleaned for reading, or the reason why it can't be read."""

    text: str
    code: str = ""
    message: str = ""
    spoken: Spoken = NOTHING_SPOKEN
    level: Level | None = None


def screen(prompt: str) -> Screened:
    """Clean the prompt (one Unicode form, no invisible characters) and say when it can't be read."""
    if not prompt.strip():
        return Screened(
            "",
            "empty",
            "Say what the animation should show, for example “how a pendulum's period depends on its length”.",
        )
    if len(prompt) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}"
        return Screened(
            "",
            "too_long",
            f"This is {len(prompt):,} characters long; I read up to {limit}. Say the idea in a few sentences.",
        )
    text, strays = _cleaned(prompt)
    if strays > max(2, _STRAY * len(prompt)):
        return Screened(
            "", "unreadable", "This looks like the contents of a file, not a sentence. Say in words what to show."
        )
    letters = [each for each in text if each.isalpha()]
    if not letters and not any(each.isdigit() for each in text):
        return Screened("", "no_words", "I see no words here. Say in words what the animation should show.")
    text, level = without_level(text)
    said = spoken(text)
    if said.language not in LANGUAGES:
        return Screened(text, "language", refusal(said.language))
    return Screened(said.text, spoken=said, level=level)


def _cleaned(prompt: str) -> tuple[str, int]:
    """Text in NFKC (superscripts kept as powers), and how many characters had no business in a sentence."""
    kept: list[str] = []
    strays = 0
    for each in _powers_written(prompt):
        category = unicodedata.category(each)
        if each in "\n\t\r ":
            kept.append(" " if each != "\n" else "\n")
        elif category in ("Cc", "Cs", "Co", "Cn") or each == "\ufffd":
            strays += 1
        elif category != "Cf":
            kept.append(each)
    text = unicodedata.normalize("NFKC", "".join(kept))
    return _SPACES.sub(" ", text.translate(_SIGNS)).strip(), strays


def _powers_written(text: str) -> str:
    """NFKC would turn x² into x2; m/s² is read by its unit either way."""
    return re.sub(
        r"[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+",
        lambda found: "^" + unicodedata.normalize("NFKC", found.group()).replace("\u2212", "-"),
        text,
    )
