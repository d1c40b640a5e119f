"""Formulas that are asked for again and again: digits, signs, letters, small numbers. Kept before anyone asks."""

from __future__ import annotations

from collections.abc import Iterator

GREEK = "alpha beta gamma delta epsilon theta lambda mu pi rho sigma tau phi varphi omega Delta Sigma Omega"
SIGNS = (".", ",", "-", "+", "=", "<", ">", r"\%", r"\cdot", r"\times", r"\infty", r"\rightarrow", r"\frac{\pi}{2}")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGMNOPQRSTVXYZ"
NUMBERS = (*range(21), *range(30, 101, 10), *range(-10, 0))
WORDS = ("f(x)", "g(x)", "x^2", "dx", "dy", "dt", r"\Delta x", r"\Delta y")
UNITS = (r"\dots", r"^{\circ}", r"^\circ", r"\%", "m", "s", "kg", "cm", "x", "y", "z")  # DecimalNumber sets them bare
GROUP = r"\special{dvisvgm:raw <g id='unique000'>}%s\special{dvisvgm:raw </g>}"


def documents(preamble: str) -> Iterator[str]:
    """The documents Manim compiles for them with a preamble."""
    greek = (rf"\{name}" for name in GREEK.split())
    grouped = (*map(str, NUMBERS), *SIGNS, *LETTERS, *greek, *WORDS)
    for source in (*(GROUP % source for source in dict.fromkeys(grouped)), *UNITS):
        yield f"{preamble}\n\\begin{{document}}\n\\begin{{align*}}\n{source}\n\\end{{align*}}\n\\end{{document}}"
