"""Orders in a text that are meant for a program, and text that its sender cannot see. Both are data: told, left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generation.engine.screening import rulebook

_FLAGS = re.DOTALL | re.IGNORECASE
_WHITE = r"(?:white|transparent|\#fff(?:fff)?)\b"
_UNSEEN = (
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*[01](?:px|pt)?\b"
    rf"|color\s*[:=]\s*[\"']?{_WHITE})"
)
_HIDDEN = (
    re.compile(r"<!--.*?(?:-->|\Z)", _FLAGS),
    re.compile(rf"<(\w+)[^<>]*{_UNSEEN}[^<>]*>.*?(?:</\1\s*>|\Z)", _FLAGS),
    re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", _FLAGS),
    re.compile(r"\\(?:text)?color\{white\}\{?[^{}\n]*\}?"),
    re.compile(r"^\[//\]:\s*#.*$", re.MULTILINE),
)
_TAGS = re.compile("[\U000e0000-\U000e007f]+")  # letters that no program draws
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]{4,}")
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
_LONGEST = 70  # characters of what is told again


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A text without what its sender could not see and without orders to a program."""

    text: str
    hidden: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What was left out, as sentences for the teacher."""
        hidden = [
            f"Your text holds words that you may not see; I left them out: “{_short(each)}”." for each in self.hidden
        ]
        orders = [f"This reads like an order to a program, so I left it out: “{_short(each)}”." for each in self.orders]
        return (*hidden, *orders)


def set_aside(text: str) -> Worksheet:
    """Take out of a text what is hidden in it, and sentences that give orders to a program."""
    hidden: list[str] = []
    for pattern in _HIDDEN:
        hidden += [found.group() for found in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    for found in _TAGS.finditer(text):
        hidden.append(
            "".join(chr(ord(each) - 0xE0000) for each in found.group() if " " <= chr(ord(each) - 0xE0000) <= "~")
        )
    hidden += ["invisible characters"] * bool(_ZERO_WIDTH.search(text))
    text = _ZERO_WIDTH.sub("", _TAGS.sub("", text))
    sentences = _SENTENCE.findall(text)
    orders = [each for each in sentences if rulebook.load("orders").find(each)]
    if orders:
        text = " ".join(each.strip() for each in sentences if each not in orders)
    return Worksheet(text, tuple(filter(str.strip, hidden)), tuple(orders))


def _short(text: str) -> str:
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
