"""A teacher's own data inside a sentence: an equation, a sequence, a field, a table, a statement in logic.

Each reader finds one kind of thing and gives the knob's value with its place in the text, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import pairwise

from generation.engine import expressions
from generation.engine.types import KnobValue
from generation.engine.understanding import data_tables


@dataclass(frozen=True, slots=True)
class Found:
    """A value with its place; `others` are values of further knobs that were said with it."""

    value: KnobValue
    start: int
    end: int
    others: Mapping[str, KnobValue]
    fault: str = ""


_SIDE = r"[-+*/^().\d\s²³·\u00d7\u00f7\u2212\u2013]|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|(?<=\d)[a-z](?![A-Za-z])"
_EQUATION = re.compile(rf"(?:{_SIDE})+(?:<=|>=|≤|≥|=|<|>)(?:{_SIDE})+")
_ARTICLE = re.compile(r"^(?:\s*[aAI]\s+(?![-+*/^=<>]))+")
_TERM_HEAD = re.compile(r"\b(?P<name>[a-zA-Z])_?[{(\[]?\s*(?P<index>n\s*(?:[-+]\s*[12])?)\s*[\])}]?\s*=\s*")
_FORMULA = re.compile(r"(?:[-+*/^().\d\sn²³√]|sqrt|sin|cos|tan|ln|log|exp|pi|π|\b[abe]\b|(?<=\d)[ab]\b)+")
_FIRST_TERM = re.compile(r"\b[a-zA-Z]_?\{?([01])\}?\s*=\s*(-?\d+(?:\.\d+)?)(?![\d/*^a-z])")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?(?:\s*(?:,|;|\band\b)+\s*-?\d+(?:\.\d+)?(?:/\d+)?){2,}")
_FIBONACCI = re.compile(r"\bfibonacci\b", re.IGNORECASE)
_NAMED = (
    (re.compile(r"\bharmonic (?:series|sequence)\b", re.IGNORECASE), "1/n"),
    (re.compile(r"\btriang(?:le|ular) numbers\b", re.IGNORECASE), "n*(n + 1)/2"),
    (re.compile(r"\bsquare numbers\b", re.IGNORECASE), "n^2"),
    (re.compile(r"\bcube numbers\b", re.IGNORECASE), "n^3"),
    (re.compile(r"\bpowers of (?:two|2)\b", re.IGNORECASE), "2^n"),
)
_EDGE = re.compile(r"\b[A-Z]\s*(?:-|\u2013|->|\u2192)\s*[A-Z]\b(?:\s*[:=]?\s*\d+(?:\.\d+)?)?")
_WRITE_RULE = "write the rule as a_n = 1/n or a_{n+1} = a_n/2 + 3."


def equation(text: str) -> Found | None:
    """ "solve 2(x-3) = x + 4": two sides in one letter, or in several, which the animation then refuses."""
    best: Found | None = None
    for match in _EQUATION.finditer(text):
        piece = match.group()
        lead = _ARTICLE.match(piece)
        skipped = lead.end() if lead else 0
        kept = piece[skipped:].strip().rstrip(".,").strip()
        sides = re.split(r"<=|>=|≤|≥|=|<|>", kept)
        if all(side.strip() for side in sides) and re.search(r"[A-Za-z]", kept):
            start = match.start() + skipped
            if best is None or len(kept) > len(str(best.value)):
                best = Found(" ".join(kept.split()), start, match.end(), {})
    return best


def sequence(text: str) -> Found | None:
    """A rule in n or in the terms before (a, b), with its first terms where they are said."""
    head = _TERM_HEAD.search(text)
    if head is not None:
        return _by_rule(text, head)
    if (named := _FIBONACCI.search(text)) is not None:
        return Found("a + b", named.start(), named.end(), {"first": [1.0, 1.0]})
    listed = _NUMBERS.search(text)
    if listed is not None:
        return _by_terms(listed)
    for pattern, rule in _NAMED:
        if (said := pattern.search(text)) is not None:
            return Found(rule, said.start(), said.end(), {})
    return None


def _by_rule(text: str, head: re.Match[str]) -> Found:
    """ "a_{n+1} = a_n/2 + 3, a_1 = 1": the terms before become a and b."""
    name, index = head["name"], "".join(head["index"].split())
    shift = int(index[1:] or 0)
    spoken = text[head.end() :]
    for letter, before in (("a", 1), ("b", 2)):
        step = shift - before
        wanted = "n" if step == 0 else rf"n\s*{'[+]' if step > 0 else '-'}\s*{abs(step)}"
        spoken = re.sub(
            rf"(?<![A-Za-z]){name}(?:_?[{{(\[]\s*{wanted}\s*[)}}\]]|_?{wanted}\b(?!\s*[-+]\s*\d\s*[}}\]]))",
            partial(_in_place, f"({letter})"),
            spoken,
        )
    run = _FORMULA.match(spoken)
    piece = (run.group() if run else spoken[:40]).rstrip(" .,;")
    end = head.end() + len(piece)
    firsts = sorted((int(found[1]), float(found[2])) for found in _FIRST_TERM.finditer(text))
    others: dict[str, KnobValue] = {"first": [value for _place, value in firsts[:2]]} if firsts else {}
    if firsts:
        others["begin"] = firsts[0][0]
        end = max(end, *(found.end() for found in _FIRST_TERM.finditer(text)))
    try:
        rule = expressions.canonical(piece, "nab")
        whole = not spoken[len(piece) : len(piece) + 1].isalnum()
    except expressions.ExpressionError:
        rule, whole = "", False
    letters = set(re.findall(r"\b[ab]\b", rule))
    if not whole or (shift and not letters):
        return Found("", head.start(), end, {}, f"I cannot read the rule “{spoken[:30].strip()}”: {_WRITE_RULE}")
    if letters and shift != 1:  # in the animation n counts the term before
        rule = expressions.canonical(re.sub(r"\bn\b", f"(n {'+' if shift == 0 else '-'} 1)", rule), "nab")
    if "b" in letters and not firsts:
        others["first"] = [1.0, 1.0]
    return Found(rule, head.start(), end, others)


def _in_place(short: str, found: re.Match[str]) -> str:
    """A shorter text that keeps the places of what follows."""
    return short.ljust(len(found.group()))


def _by_terms(listed: re.Match[str]) -> Found | None:
    """ "2, 5, 8, 11": the rule that these terms follow, where it is a plain one."""
    terms = [Fraction(each) for each in re.findall(r"-?\d+(?:\.\d+)?(?:/\d+)?", listed.group())]
    place = (listed.start(), listed.end())
    others: dict[str, KnobValue] = {"first": [float(terms[0])], "begin": 1}
    steps = [after - before for before, after in pairwise(terms)]
    if len(set(steps)) == 1:
        sign = "-" if steps[0] < 0 else "+"
        return Found(f"a {sign} {_written(abs(steps[0]))}", *place, others)
    if all(terms) and len({after / before for before, after in pairwise(terms)}) == 1:
        return Found(f"{_written(terms[1] / terms[0])}*a", *place, others)
    if len(terms) > 3 and all(terms[i] == terms[i - 1] + terms[i - 2] for i in range(2, len(terms))):
        return Found("a + b", *place, {"first": [float(terms[0]), float(terms[1])], "begin": 1})
    bends = {after - before for before, after in pairwise(steps)}
    if len(terms) > 3 and len(bends) == 1:
        half = bends.pop() / 2
        middle = steps[0] - 3 * half
        rest = terms[0] - half - middle
        parts = [f"{_written(factor)}{name}" for factor, name in ((half, "*n^2"), (middle, "*n"), (rest, "")) if factor]
        return Found(expressions.canonical(" + ".join(parts), "nab"), *place, {"begin": 1})
    return Found("", *place, {}, f"I see no plain rule in these terms: {_WRITE_RULE}")


def _written(number: Fraction) -> str:
    return str(number) if number.denominator == 1 and number >= 0 else f"({number})"


_SLOPE_HEAD = re.compile(r"(?:\bdy\s*/\s*dx|\by\s*['\u2032\u2019](?:\s*\(\s*x\s*\))?)\s*=\s*", re.IGNORECASE)
_IN_PLANE = re.compile(r"(?:[-+*/^().\d\s²³√xye]|sqrt|sin|cos|tan|ln|log|exp|pi|π)+")
_POINT = re.compile(r"\(\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)")
_STARTS = re.compile(r"\by\s*\(\s*(-?\d+(?:\.\d+)?)\s*\)\s*=\s*(-?\d+(?:\.\d+)?)")


def slope(text: str) -> Found | None:
    """ "dy/dx = x - y with y(0) = 1": a formula in x and y, and the point where a solution starts."""
    head = _SLOPE_HEAD.search(text)
    if head is None:
        return None
    start = _STARTS.search(text, head.end()) or _POINT.search(text, head.end())
    rest = text[head.end() : start.start() if start else len(text)]
    run = _IN_PLANE.match(rest)
    piece = (run.group() if run else "").rstrip(" .,;")
    end = head.end() + len(piece)
    others: dict[str, KnobValue] = {}
    if start is not None:
        others, end = {"start_x": float(start[1]), "start_y": float(start[2])}, start.end()
    try:
        if rest[len(piece) : len(piece) + 1].isalnum():
            raise expressions.ExpressionError("there is a letter other than x and y")
        return Found(expressions.canonical(piece, "xy"), head.start(), end, others)
    except expressions.ExpressionError as error:
        return Found(
            "", head.start(), end, {}, f"In the slope “{rest[:30].strip()}” {error}: use x and y, as in x - y."
        )


def data(text: str) -> Found | None:
    """ "apples 12, pears 7" or "heights 150, 152 and 171 cm": the data for a chart, and what they measure."""
    found = data_tables.find_table(text)
    if found is None:
        return None
    others: dict[str, KnobValue] = {"quantity": found.quantity} if found.quantity else {}
    return Found(found.data, found.start, found.end, others)


def edges(text: str) -> list[str]:
    """The roads of a graph of the teacher's own, "A-B 4, B-C 2": fewer than two are none."""
    found = [match.group() for match in _EDGE.finditer(text)]
    return found if len(found) > 1 else []


def kind_of(text: str) -> str:
    """Which kind of own data a prompt plainly holds, as a card's `reads` names it: "" for none."""
    if _SLOPE_HEAD.search(text):
        return "slope"
    if _TERM_HEAD.search(text) or _FIBONACCI.search(text) or any(named.search(text) for named, _rule in _NAMED[:1]):
        return "sequence"
    if data_tables.is_plain(text):
        return "data"
    found = equation(text)
    sides = re.split(r"<=|>=|≤|≥|=|<|>", str(found.value)) if found else []
    letters = {each for side in sides for each in side if each.isalpha()}
    told = any(re.fullmatch(r"\s*[A-Za-z]\s*", side) for side in sides)  # m = 5 gives a value, it asks nothing
    return "equation" if len(sides) == 2 and len(letters) == 1 and not told else ""


READERS: Mapping[str, Callable[[str], Found | None]] = {
    "equation": equation,
    "sequence": sequence,
    "slope": slope,
    "data": data,
}
