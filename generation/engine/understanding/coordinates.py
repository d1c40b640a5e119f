"""Vectors, points and complex numbers as pairs in brackets: "<3, -2>", "3i + 2j", "2 - i"."""

from __future__ import annotations

import re

_COUNT = r"\d+(?:\.\d+)?"
_ANGLED = re.compile(rf"[<⟨]\s*(-?\s*{_COUNT})\s*,\s*(-?\s*{_COUNT})\s*[>⟩]")
_IN_COMPONENTS = re.compile(
    rf"(?<![\w.])(?P<first>-?\s*(?:{_COUNT})?)\s*i\s*(?P<sign>[-+])\s*(?P<second>(?:{_COUNT})?)\s*j\b"
)
_COMPLEX = re.compile(rf"(?<![\w.^])(?P<real>-?\s*{_COUNT})\s*(?P<sign>[-+])\s*(?P<imaginary>(?:{_COUNT})?)\s*i\b")


def with_vectors(text: str) -> str:
    """The text with vectors in brackets, however they were written."""
    text = _ANGLED.sub(r"(\1, \2)", text.replace("\u2212", "-"))
    return _IN_COMPONENTS.sub(
        lambda found: f"({_times(found['first'])}, {_times(found['sign'] + found['second'])})", text
    )


def with_complex_numbers(text: str) -> str:
    """The text with complex numbers as pairs of real and imaginary part."""
    return _COMPLEX.sub(
        lambda found: f"({_times(found['real'])}, {_times(found['sign'] + found['imaginary'])})",
        text.replace("\u2212", "-"),
    )


def _times(written: str) -> str:
    """ "-" before a letter is -1, nothing is 1."""
    bare = re.sub(r"\s|\+", "", written)
    return f"{bare}1" if bare in ("", "-") else bare
