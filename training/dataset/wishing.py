"""Wishes in words for a module that runs, with the lines that a good editor would write.

Colours, titles, speed, pauses, sizes, texts, and what is left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generation.engine import slices

PAINTS: Mapping[str, str] = {
    "red": "RED", "orange": "ORANGE", "yellow": "YELLOW", "green": "GREEN", "blue": "BLUE", "purple": "PURPLE",
    "pink": "PINK", "white": "WHITE", "grey": "GREY", "teal": "TEAL", "gold": "GOLD",
}  # fmt: skip
_COLOUR = (
    r"\b(?:CHALK\d?|MINT|YELLOW|CORAL|SKY|LILAC|LEAF|EDGE|RED|GREEN|BLUE|ORANGE|PURPLE|PINK|WHITE|GREY|GOLD|TEAL)\b"
)
_CONSTANT = re.compile(rf"^(?P<name>[A-Z][A-Z_]*?)_?(?:COLOR|COLOUR) = (?P<colour>{_COLOUR})$")
_NAMED = re.compile(rf"^\s+(?P<name>[a-z][a-z_]*) = (?!.*\blambda\b)[A-Za-z]\w*\(.*(?P<colour>{_COLOUR})[^\"]*$")
_TEXT = re.compile(rf"words\(\"(?P<text>[^\"{{}}\\]{{3,40}})\", (?P<size>\d\d)(?:, (?P<colour>{_COLOUR}))?\)")
_HEADING = re.compile(r"self\.heading\(\"(?P<text>[^\"]+)\"")
_PLAY = re.compile(r"self\.play\((?P<what>.*), run_time=(?P<seconds>\d+(?:\.\d+)?)(?P<rest>[,)])")
_SHOWN = re.compile(
    r"(?:FadeIn|Create|Write|GrowFromCenter|DrawBorderThenFill)\((?:VGroup\()?(?P<name>[a-z][a-z_]{2,})"
)
_PAUSE = re.compile(r"self\.pause\((?P<seconds>\d+(?:\.\d+)?)?\)")
_DROPPED = re.compile(r"^\s+self\.play\((?:Indicate|Circumscribe|Flash|Create\(highlight)\(?.*$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a teacher says, and the new lines by number."""

    words: str
    changes: Mapping[int, str]


Wisher = Callable[[Sequence[str], random.Random], Iterator[Wanted]]


def wishes(source: str, chance: random.Random) -> list[Wanted]:
    """Wishes for a module, at most one of a kind and line, in an order made by chance."""
    lines = source.split("\n")
    found = [wanted for wisher in WISHERS for wanted in wisher(lines, chance)]
    chance.shuffle(found)
    pairs = [_both(first, second) for first, second in zip(found[::3], found[1::3], strict=False)]
    return [*found, *filter(None, pairs)]


def _both(first: Wanted, second: Wanted) -> Wanted | None:
    """Two wishes in one sentence, where they are about different lines."""
    if first.changes.keys() & second.changes.keys():
        return None
    return Wanted(f"{first.words} and {second.words}", {**first.changes, **second.changes})


def _constants(lines: Sequence[str], chance: random.Random) -> Iterator[Wanted]:
    for number, line in enumerate(lines, start=1):
        if found := _CONSTANT.match(line):
            name, paint = _spoken(found["name"]), _paint(found["colour"], chance)
            shape = chance.choice(("make the {0} {1}", "{1} for the {0}", "{0} in {1}", "use {1} for the {0}, please"))
            yield Wanted(shape.format(name, paint), {number: line.replace(found["colour"], PAINTS[paint])})


def _objects(lines: Sequence[str], chance: random.Random) -> Iterator[Wanted]:
    for number, line in enumerate(lines, start=1):
        if (found := _NAMED.match(line)) and len(re.findall(_COLOUR, line)) == 1 and _is_whole(line):
            name, paint = _spoken(found["name"]), _paint(found["colour"], chance)
            shape = chance.choice(("make the {0} {1}", "the {0} should be {1}", "{0} {1}", "colour the {0} {1}"))
            yield Wanted(shape.format(name, paint), {number: line.replace(found["colour"], PAINTS[paint])})


def _texts(lines: Sequence[str], chance: random.Random) -> Iterator[Wanted]:
    for number, line in enumerate(lines, start=1):
        found = _TEXT.search(line)
        if not found or not _is_whole(line) or len(_TEXT.findall(line)) > 1:
            continue
        text, size = found["text"], int(found["size"])
        kind = chance.randrange(3)
        if kind == 0 and found["colour"]:
            paint = _paint(found["colour"], chance)
            new = found[0].replace(found["colour"], PAINTS[paint])
            shape = chance.choice(("make the text “{0}” {1}", "write “{0}” in {1}", "“{0}” should be {1}"))
            yield Wanted(shape.format(text, paint), {number: line.replace(found[0], new)})
        elif kind == 1:
            larger = chance.random() < 0.7
            new = found[0].replace(f", {size}", f", {size + 8 if larger else max(20, size - 6)}")
            shape = chance.choice(("make the text “{0}” {1}", "the label “{0}” {1}, please"))
            yield Wanted(shape.format(text, "larger" if larger else "smaller"), {number: line.replace(found[0], new)})
        else:
            other = _other_text(text, chance)
            shape = chance.choice(("the label should say “{0}”", "call the text “{0}”", "change that label to “{0}”"))
            yield Wanted(shape.format(other), {number: line.replace(f'"{text}"', f'"{other}"')})


def _headings(lines: Sequence[str], chance: random.Random) -> Iterator[Wanted]:
    for number, line in enumerate(lines, start=1):
        if found := _HEADING.search(line):
            other = _other_text(found["text"], chance)
            if len(other) < 48:
                shape = chance.choice(("change the title to “{0}”", "call it “{0}”", "the heading should be “{0}”"))
                yield Wanted(shape.format(other), {number: line.replace(found["text"], other)})


def _speeds(lines: Sequence[str], chance: random.Random) -> Iterator[Wanted]:
    for number, line in enumerate(lines, start=1):
        found = _PLAY.search(line)
        shown = _SHOWN.search(found["what"]) if found else None
        if not found or not shown or not _is_whole(line):
            continue
        seconds, name = float(found["seconds"]), _spoken(shown["name"])
        kind = chance.randrange(3)
        if kind == 0:
            new = float(chance.choice([each for each in (2, 3, 4, 5, 6) if each != seconds]))
            words = chance.choice(("draw the {0} in {1:g} seconds", "let the {0} take {1:g} seconds"))
        else:
            new = seconds * 2 if kind == 1 else max(0.3, seconds / 2)
            slow = ("draw the {0} slower", "show the {0} more slowly")
            words = chance.choice(slow if kind == 1 else ("draw the {0} faster", "show the {0} more quickly"))
        changed = line.replace(f"run_time={found['seconds']}", f"run_time={new:g}")
        yield Wanted(words.format(name, new), {number: changed})


def _pauses(lines: Sequence[str], chance: random.Random) -> Iterator[Wanted]:
    last = max((number for number, line in enumerate(lines, start=1) if _PAUSE.search(line)), default=0)
    if last and sum(bool(_PAUSE.search(line)) for line in lines) == 1:
        seconds = chance.choice((2, 3, 4, 5))
        line = _PAUSE.sub(f"self.pause({float(seconds)})", lines[last - 1])
        shape = chance.choice(
            ("pause {0} seconds at the end", "wait {0} seconds at the end", "end with a pause of {0} s")
        )
        yield Wanted(shape.format(seconds), {last: line})


def _left_out(lines: Sequence[str], chance: random.Random) -> Iterator[Wanted]:
    for number, line in enumerate(lines, start=1):
        if _DROPPED.match(line) and _is_whole(line):
            name = "highlight" if "highlight" in line or "Circumscribe" in line else "flash"
            indent = line[: len(line) - len(line.lstrip())]
            yield Wanted(f"leave out the {name}, no speed change", {number: f"{indent}pass"})


WISHERS: tuple[Wisher, ...] = (_constants, _objects, _texts, _headings, _speeds, _pauses, _left_out)


def _is_whole(line: str) -> bool:
    """Whether a line is a statement of its own."""
    try:
        slices.parse(line.strip())
    except Exception:
        return False
    return True


def _spoken(name: str) -> str:
    return name.lower().replace("_", " ").strip()


def _paint(now: str, chance: random.Random) -> str:
    return chance.choice([paint for paint, name in PAINTS.items() if name != now])


def _other_text(text: str, chance: random.Random) -> str:
    shapes = ("{0}: step by step", "Look: {1}", "{0}, once more", "{0} in class", "{0} (overview)", "Today: {1}")
    small = text if len(text) < 2 or text[1].isupper() else text[0].lower() + text[1:]
    return chance.choice(shapes).format(text.rstrip(" ?.!:"), small)
