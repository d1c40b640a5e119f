"""What a prompt requires of an animation, judged by what was on the stage while it ran, never by words in its code.

A requirement is a small table, as suites keep it (`must`):

    {"shows": "Circle", "count": 2}      so many of a kind at a time, inside the frame
    {"moves": "Dot"}                     one of a kind changes its place or shape; "ValueTracker": a value changes
    {"writes": "a^2 + b^2"}              a formula or text stands on the stage, blanks and letter case aside
    {"colour": "Circle", "is": "red"}    one of a kind has that colour, or one near it (#rrggbb)
    {"seconds": [4, 40]}                 how long the scene is
    {"says": "amplitude"}                a spoken line holds the word
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generation.engine.types import CheckReport

Requirement = Mapping[str, Any]
KINDS = ("shows", "moves", "writes", "colour", "seconds", "says")
LEAST_SECONDS = 0.3  # that something written has to stand; what flashes by cannot be read
HUE = {"red": 0, "orange": 28, "yellow": 52, "green": 120, "teal": 165, "blue": 210, "purple": 280, "pink": 330}
HUE_SLACK = 26  # degrees
_ALIKE = {r"\left": "", r"\right": "", r"\,": "", r"\;": "", "\u2212": "-", "·": r"\cdot", "²": "^2", "³": "^3"}


def met(requirement: Requirement, report: CheckReport) -> bool:
    """Whether a scene that ran does what is required. Raises ValueError for a requirement that is none."""
    kind = kind_of(requirement)
    wanted = requirement[kind]
    if kind == "shows":
        return any(each.kind == wanted and each.most >= int(requirement.get("count", 1)) for each in report.seen)
    if kind == "moves":
        return any(each.kind == wanted and each.moves for each in report.seen)
    if kind == "writes":
        stood = (each.text for each in report.written if _standing(each.start, each.end, report.seconds))
        return any(_plain(wanted) in _plain(text) for text in stood)
    if kind == "colour":
        colours = (colour for each in report.seen if each.kind == wanted for colour in each.colours)
        return any(is_colour(colour, requirement["is"]) for colour in colours)
    if kind == "seconds":
        return bool(wanted[0] <= report.seconds <= wanted[1])
    return any(wanted.casefold() in caption.text.casefold() for caption in report.captions)


def which(must: Sequence[Requirement], reports: Sequence[CheckReport]) -> tuple[bool, ...]:
    """Which requirements an animation meets, in any of its scenes. What did not run meets none."""
    ran = [report for report in reports if report.fault is None]
    seconds = sum(report.seconds for report in ran)
    return tuple(
        bool(ran) and each["seconds"][0] <= seconds <= each["seconds"][1]
        if kind_of(each) == "seconds"
        else any(met(each, report) for report in ran)
        for each in must
    )


def kind_of(requirement: Requirement) -> str:
    """What is required. Raises ValueError for anything else."""
    found = [kind for kind in KINDS if kind in requirement]
    if len(found) != 1:
        raise ValueError(f"a requirement is one of {', '.join(KINDS)}; this is {dict(requirement)}")
    return found[0]


def _standing(start: float, end: float, whole: float) -> bool:
    """A line is first and last seen after plays: one that the scene ends with has stood for at least its last play."""
    return end - start >= LEAST_SECONDS or whole - end < LEAST_SECONDS


def _plain(text: str) -> str:
    for wordy, short in _ALIKE.items():
        text = text.replace(wordy, short)
    text = re.sub(r"\\text\{([^}]*)\}", r"\1", text)
    return re.sub(r"[\s{}$]+", "", text).casefold()


def is_colour(colour: str, wanted: str) -> bool:
    """Whether `#rrggbb` is the wanted colour or one near it. Raises ValueError where that is none."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    if wanted.startswith("#"):
        other = [int(wanted[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        return max(abs(one - two) for one, two in zip((red, green, blue), other, strict=True)) < 0.1
    if wanted in {"white", "black", "grey"}:
        bounds = {"white": light > 0.9, "black": light < 0.1, "grey": 0.1 <= light <= 0.9}
        return bounds[wanted] and (strong < 0.2 or light in {0.0, 1.0} or wanted != "grey")
    if wanted not in HUE:
        raise ValueError(f"{wanted} is no colour; take #rrggbb or one of {', '.join(HUE)}")
    apart = abs(hue * 360 - HUE[wanted]) % 360
    return min(apart, 360 - apart) <= HUE_SLACK and strong > 0.25 and 0.08 < light < 0.95
