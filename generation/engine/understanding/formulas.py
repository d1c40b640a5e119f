"""Formulas inside a sentence: "y = 3x + 1", "x squared minus 4", "the graph of sine"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generation.engine import expressions

_LOG = r"\b(?:the\s+)?natural\s+log(?:arithm)?(?:\s+function)?"
_POWER = r"\s+to\s+the\s+(?:power\s+(?:of\s+)?)?"
# Spoken mathematics and how it is written; the longer sayings come first.
_SAYINGS = (
    (r"\b(?:the\s+)?square\s+root\s+of\s+\(?([xt])\)?", r"sqrt(\1)"),
    (r"\b(?:the\s+)?(?:square\s+)?root\s+function\b", "sqrt(x)"),
    (r"\b(?:the\s+)?absolute\s+value\s+of\s+\(?([xt])\)?", r"abs(\1)"),
    (r"\b(?:the\s+)?absolute\s+value\s+function\b", "abs(x)"),
    (_LOG + r"(?:\s+of)?\s+\(?([xt])\)?(?![a-z])", r"ln(\1)"),
    (_LOG + r"\b", "ln(x)"),
    (r"\b(?:the\s+)?log(?:arithm)?\s+of\s+\(?([xt])\)?(?![a-z])", r"log(\1)"),
    (r"\b(?:the\s+)?(?:sine|sin)\s+of\s+(?=[\d(xt])", "sin "),
    (r"\b(?:the\s+)?(?:cosine|cos)\s+of\s+(?=[\d(xt])", "cos "),
    # "the tangent of x^3 at x = 2" is a line
    (r"\b(?:the\s+)?tangent\s+of\s+(?=[\d(xt])(?![^.;?!]*\b(?:at|where|when)\b)", "tan "),
    (r"\b(sin|cos|tan)(?:e|ine|gent)\s+(?=[xt]\b)", r"\1 "),
    (r"\be" + _POWER + r"minus\s+([xt])\b", r"e^(-\1)"),
    (r"\be" + _POWER + r"([xt])\b", r"e^\1"),
    (r"\b([xt])" + _POWER + r"(?:the\s+)?four(?:th)?\b", r"\1^4"),
    (r"\b([xt])" + _POWER + r"(?:five|fifth)\b", r"\1^5"),
    (r"\b([xt])" + _POWER + r"(\d+)(?:th)?\b", r"\1^\2"),
    (r"(?<![a-z])([xt])\s*squared\b", r"\1^2"),
    (r"(?<![a-z])([xt])\s*cubed\b", r"\1^3"),
    (r"\b(?:one|1)\s+over\s+(?=\(|[xt](?![a-z]))", "1/"),
    (r"(?<=[\dxt)])\s+over\s+(?=[\d(]|[xt](?![a-z]))(?!-?[\d.]+\s*(?:to|and)\b)", "/"),
    (r"(?<=[\dxt)])\s+plus\s+(?=[\dxt(a-z])", " + "),
    (r"(?<=[\dxt)])\s+minus\s+(?=[\dxt(a-z])", " - "),
    (r"(?<=[\dxt)])\s+times\s+(?=[\d(]|[xt](?![a-z]))", "*"),
    (r"\b(y|f\s*\(x\))\s+(?:equals|is\s+equal\s+to)\s+(?=[-\d(a-z])", r"\1 = "),
)
_SPOKEN = [(re.compile(said, re.IGNORECASE), written) for said, written in _SAYINGS]
# A function named without its argument, where the sentence asks for its graph.
_NAMES = {
    "sinh": "hyperbolic sine|sinh", "cosh": "hyperbolic cosine|cosh", "tanh": "hyperbolic tangent|tanh",
    "asin": r"arc\s?sine|arcsin", "acos": r"arc\s?cosine|arccos", "atan": r"arc\s?tangent|arctan",
    "sin": "sine|sin", "cos": "cosine|cos", "tan": "tangent function|tan",
    "exp": "exponential", "log": "logarithm|logarithmic",
}  # fmt: skip
_KIND = r"(?:\s+(?:function|curve|graph|wave))?\b(?!\s*[\^(]|\s+[xt]\b)"
_NAMED = [
    (re.compile(rf"\b(?:the\s+)?(?:{said}){_KIND}", re.IGNORECASE), f"{name}(x)") for name, said in _NAMES.items()
]
_HEAD = re.compile(
    r"(?:\b(?P<name>[a-z])\s*\(\s*(?P<inner>[a-z])\s*\)|\b(?P<plain>(?-i:[yfgh])))\s*=\s*", re.IGNORECASE
)
_PART = re.compile(
    r"\s*(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|\.\d+|(?:a?(?:sin|cos|tan)h?|arc(?:sin|cos|tan)|exp|ln|log10|log|sqrt|abs|pi|π|√)"
    r"(?![a-df-su-wyz])|[xet](?![a-z])|[xt](?=x|sin|cos|tan|exp|ln|log|sqrt|abs|e\^)|\*\*|[-+*/^()|])",
    re.IGNORECASE,
)
# x = cos t beside y = sin t; a plain x = 2 is a place on the axis
_OTHER_EQUATION = re.compile(
    r"\b[a-z]\s*=\s*-?\s*(?:[a-z(]|\d+\s*(?:[a-z](?![a-z])|sin|cos|tan|exp|[(*^]))", re.IGNORECASE
)
_ONE_AT_A_TIME = "I draw one formula at a time, of the form y = f(x)."
_IN_EQUATION = re.compile(r"\s*(?:[-+*/^]\s*[\w(]|[=<>^])")
_ENDING = " \t\n.,;:?!+-*/^(|"


@dataclass(frozen=True, slots=True)
class Found:
    """A formula in the text. `fault` says why it can't be drawn, when something there only looks like one."""

    formula: expressions.Formula | None
    start: int
    end: int
    more: bool = False  # there are others
    fault: str = ""


def written_out(text: str) -> str:
    """The text with spoken mathematics as signs."""
    for pattern, written in _SPOKEN:
        text = pattern.sub(written, text)
    return text


def find_formula(text: str) -> Found | None:
    """The formula of a text that went through `written_out`: after y = if there is one, else the longest."""
    heads = list(_HEAD.finditer(text))
    if heads:
        found = _after_head(text, heads[0])
        others = _OTHER_EQUATION.search(text[: found.start] + " " * (found.end - found.start) + text[found.end :])
        return replace(found, formula=None, fault=_ONE_AT_A_TIME) if len(heads) > 1 or others else found
    spans = sorted(_spans(text), key=lambda each: each.start - each.end)
    return replace(spans[0], more=True) if len(spans) > 1 else next(iter(spans), None)


def find_named(text: str) -> Found | None:
    """A function called by name ("the graph of sine"), where there is no equation of another kind."""
    if "=" in text:
        return None
    for pattern, written in _NAMED:
        match = pattern.search(text)
        if match is not None:
            return Found(expressions.parse(written), match.start(), match.end())
    return None


def _after_head(text: str, head: re.Match[str]) -> Found:
    named = (head["inner"] or "").lower()
    rest = text[head.end() :]
    if named and named not in "xt":
        rest = re.sub(rf"(?<![a-z]){named}(?![a-z])", "x", rest)
    for stop in _stops(rest, 0, _run_end(rest, 0)):
        try:
            formula = expressions.parse(rest[:stop])
        except expressions.ExpressionError:
            continue
        if _IN_EQUATION.match(rest[stop:]) is None:
            return Found(formula, head.start(), head.end() + stop)
        break
    piece = re.split(r"\b(?:from|between|for|on|with|where|in|and)\b|[;?!,]", rest)[0].strip(" .")
    try:
        expressions.parse(piece, variable="x" if "x" in piece else None)
        fault = "there is something I cannot read"
    except expressions.ExpressionError as error:
        fault = str(error)
    return Found(None, head.start(), head.end() + len(piece), fault=f"In the formula “{piece[:40]}” {fault}.")


def _spans(text: str) -> Iterator[Found]:
    position = 0
    while position < len(text):
        if position and text[position - 1].isalnum():
            position += 1
            continue
        end = _run_end(text, position)
        for stop in _stops(text, position, end):
            formula = _parsed(text[position:stop])
            if formula is not None and _IN_EQUATION.match(text[stop:]) is None and not _follows_equals(text[:position]):
                yield Found(formula, position, stop)
                position = stop
                break
        position += 1


def _follows_equals(before: str) -> bool:
    """Whether this is the side of an equation in other letters, such as r = 1 + cos t or z = x^2."""
    return re.search(r"=\s*$", before) is not None


def _parsed(piece: str) -> expressions.Formula | None:
    """A formula worth the name: with the variable, and more than a bare letter."""
    try:
        formula = expressions.parse(piece)
    except expressions.ExpressionError:
        return None
    if formula.is_constant or formula.variable not in "xt" or isinstance(formula.tree, expressions.Variable):
        return None
    return formula


def _run_end(text: str, start: int) -> int:
    while True:
        match = _PART.match(text, start)
        if match is None:
            return start
        start = match.end()


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Where the formula may end, the furthest first: at the end of a part, never on a sign that wants more."""
    for stop in range(end, start, -1):
        inside_word = stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum()
        if not inside_word and text[stop - 1] not in _ENDING.replace("|", ""):
            yield stop
