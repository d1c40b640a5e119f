"""Captions as WebVTT (W3C, https://www.w3.org/TR/webvtt1/)."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable

from generation.engine.languages import ENGLISH
from generation.engine.types import Caption

LINE_CHARACTERS = 48


def webvtt(captions: Iterable[Caption], language: str = ENGLISH) -> str:
    """Return the captions as a WebVTT document; each cue has short lines and no markup."""
    cues = [f"WEBVTT\nLanguage: {language}"]  # players pass over headers that they do not know
    for number, caption in enumerate(captions, start=1):
        lines = textwrap.wrap(_escape(caption.text), LINE_CHARACTERS) or [""]
        cues.append(f"{number}\n{_stamp(caption.start)} --> {_stamp(caption.end)}\n" + "\n".join(lines))
    return "\n\n".join(cues) + "\n"


def read_webvtt(text: str) -> list[Caption]:
    """Return the captions of a document that `webvtt` wrote."""
    found = []
    for cue in text.replace("\r\n", "\n").strip().split("\n\n")[1:]:
        _number, times, *lines = cue.split("\n")
        start, end = (_seconds(stamp) for stamp in times.split(" --> "))
        found.append(Caption(start, end, html.unescape(" ".join(lines))))
    return found


def _seconds(stamp: str) -> float:
    hours, minutes, rest = re.split(":", stamp.strip())
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def _escape(text: str) -> str:
    # spaces that hold a word and its sign together ("T\u00a0?") stay
    line = " ".join(re.split(r"[ \t\r\n]+", text.strip()))
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    whole, thousandths = divmod(rest, 1000)
    return f"{hours:02}:{minutes:02}:{whole:02}.{thousandths:03}"
