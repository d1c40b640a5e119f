"""A teacher's own data inside a sentence: names with numbers, or a list of numbers, and what they measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"[-\u2212]?\d+(?:\.\d+)?(?![\d/^])"
_UNIT = (
    r"(?:\s?(?:[°€$£]\s?[CF]?|(?:[cmk]?m|[mk]?g|[cdm]?[lL]|m?s|min|h|[kM]?[VWJN]|m?A|[kM]?Hz|Pa)(?:[/²³][a-z\d]+)?|hours?|minutes?|points?"
    r"|votes?|children|pupils|students|people|euros?|dollars?)(?![\w/]))?"
)
_BETWEEN = r"\s*(?:,\s*and\b|[,;]|\band\b)\s*"
_WORD = r"(?!(?i:and|or)\b)[^\W\d_][\w'\u2019-]*"
_NAME = rf"{_WORD}(?:\s{_WORD}){{0,7}}"
_PAIR = re.compile(
    rf"(?<![\w'])(?P<name>{_NAME})\s*(?:[:=\u2013]|-\s)?\s*(?P<value>{_NUMBER})\s?(?P<percent>%?)(?P<unit>{_UNIT})"
)
_COUNTED = re.compile(rf"(?<![\w.])(?P<value>{_NUMBER})\s(?P<name>{_WORD}(?:\s{_WORD})?)")
_SEPARATOR = re.compile(_BETWEEN)
_LIST = re.compile(rf"(?<![\w.^/]){_NUMBER}{_UNIT}(?:(?:{_BETWEEN}|\s+){_NUMBER}{_UNIT}){{2,}}")
_LIST_UNIT = re.compile(rf"\d(?P<unit>{_UNIT})$")
# What a chart or a statistic is called; the rest of a name before these words is not part of it.
_CHART = re.compile(
    r"\b(?:(?:bar|column|pie|line|circle)[\s-](?:charts?|graphs?|diagrams?)|box[\s-]?(?:and[\s-]whiskers?|plots?)|medians?"
    r"|quartiles?|five[\s-]number|survey|tally|votes?|favou?rite|dot plot)\b",
    re.IGNORECASE,
)
_STATISTIC = re.compile(r"\b(?:means?|averages?|mode|outliers?|data)\b", re.IGNORECASE)
_DAY = re.compile(
    r"(?:mon|tues?|wed|thur?s?|fri|sat|sun)(?:day|nesday|sday|urday|rsday)?s?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    re.IGNORECASE,
)
_LEAD = frozenset(
    {"a", "an", "and", "are", "as", "average", "by", "chart", "class", "counted", "data", "day", "diagram",
     "draw", "find", "for", "from", "give", "graph", "had", "has", "have", "her", "his", "in", "is", "it",
     "its", "list", "make", "me", "mean", "median", "mode", "month", "my", "number", "numbers", "of", "on",
     "our", "please", "plot", "pupils", "put", "range", "result", "results", "show", "sold", "students",
     "survey", "table", "that", "the", "their", "then", "these", "they", "this", "those", "time", "to",
     "today", "us", "value", "values", "votes", "was", "we", "week", "were", "where", "which", "with", "year",
     "you"}
)  # fmt: skip
_WHAT = re.compile(
    r"(?P<what>[^\W\d_]{3,}(?:\s(?:of|in)\s[^\W\d_]{3,})?)\s*(?:\((?P<unit>[^)\d]{1,8})\))?\s*(?:are|were|is|=|:)?\s*$"
)
_TITLE = re.compile(r"(?P<what>[^\W\d_]{3,}(?:\sin\s\S{1,12})?)\s*:\s*$")


@dataclass(frozen=True, slots=True)
class Table:
    """Data as the chart's knob takes them, with their place; `quantity` is what they measure, where that is said."""

    data: str
    start: int
    end: int
    count: int
    named: bool
    quantity: str = ""


def find_table(text: str) -> Table | None:
    """The longest run of names with numbers, else a list of three numbers or more."""
    runs = [found for found in (_run(text, _PAIR), _run(text, _COUNTED)) if found is not None]
    return max(runs, key=lambda found: found.count) if runs else _listed(text)


def is_plain(text: str) -> bool:
    """Whether a prompt surely asks for a chart or a statistic of the data in it."""
    found = find_table(text)
    if found is None:
        return False
    if _CHART.search(text):
        return True
    if found.named:
        names = re.findall(r"[^\W\d_]+", found.data)
        alone = not re.search(r"\w", text[: found.start] + text[found.end :])
        return found.count > 2 and (alone or bool(_STATISTIC.search(text)) or all(map(_DAY.fullmatch, names)))
    return found.count > 3 and bool(_STATISTIC.search(text))


def _run(text: str, pattern: re.Pattern[str]) -> Table | None:
    """The longest run of items that only separators part; fewer than two are none."""
    runs: list[list[re.Match[str]]] = []
    for match in pattern.finditer(text):
        if runs and _SEPARATOR.fullmatch(text[runs[-1][-1].end() : match.start()]):
            runs[-1].append(match)
        else:
            runs.append([match])
    best = max(runs, key=len, default=[])
    if len(best) < 2:
        return None
    names = [_name(match["name"], first=number == 0) for number, match in enumerate(best)]
    if not all(names):
        return None
    units = {(match.groupdict().get("unit") or "").strip() for match in best} - {""}
    per_cent = all(match.groupdict().get("percent") for match in best)
    unit = units.pop() if len(units) == 1 else "%" if per_cent else ""
    titled = _TITLE.search(text[: best[0].start()])
    if titled and titled["what"].lower() not in _LEAD:
        unit = titled["what"] if " in " in titled["what"] or not unit else f"{titled['what']} in {unit}"
    data = ", ".join(f"{name} {_plain(match['value'])}" for name, match in zip(names, best, strict=True))
    start = best[0].start() + (best[0]["name"].rfind(names[0]) if pattern is _PAIR else 0)
    return Table(data, start, best[-1].end(), len(best), True, unit)


def _name(said: str, *, first: bool) -> str:
    """The name of a value: of what stands before the first, only the words after the last that lead to it."""
    words = said.split()
    led = [place for place, word in enumerate(words) if word.lower() in _LEAD]
    if led and (first or led[-1] < len(words) - 1):
        words = words[led[-1] + 1 :]
    return " ".join(words)


def _listed(text: str) -> Table | None:
    """ "heights 150, 152 and 171 cm": the numbers, and what they are."""
    found = max(_LIST.finditer(text), key=lambda match: len(match.group()), default=None)
    if found is None:
        return None
    numbers = re.findall(rf"(?<![\w.]){_NUMBER}", found.group())
    last = _LIST_UNIT.search(found.group())
    unit = last["unit"].strip() if last else ""
    before = _WHAT.search(text[: found.start()])
    what = before["what"] if before and before["what"].split()[-1].lower() not in _LEAD else ""
    unit = unit or ((before["unit"] or "") if before else "")
    quantity = f"{what} in {unit}" if what and unit else what or unit
    return Table(", ".join(map(_plain, numbers)), found.start(), found.end(), len(numbers), False, quantity)


def _plain(number: str) -> str:
    return number.replace("\u2212", "-")
