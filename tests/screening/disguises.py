"""Ways to write words so that a person still reads them and a list of words does not."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]{4,}")
_LEET = str.maketrans("oieasOIEAS", "0134501345")
_CYRILLIC = str.maketrans("aeopcxyi", "аеорсхуі")  # noqa: RUF001 - that is the trick


def leet(text: str) -> str:
    return _WORD.sub(lambda word: word.group().translate(_LEET), text)


def look_alikes(text: str) -> str:
    return _WORD.sub(lambda word: word.group().translate(_CYRILLIC), text)


def zero_width(text: str) -> str:
    return _WORD.sub(lambda word: "\u200b".join(word.group()), text)


def dotted(text: str) -> str:
    return _WORD.sub(lambda word: ".".join(word.group()), text)


def starred(text: str) -> str:
    return _WORD.sub(lambda word: word.group()[:2] + "*" + word.group()[2:], text)


def spaced(text: str) -> str:
    return "  ".join(" ".join(word) for word in text.split())


def repeated(text: str) -> str:
    return _WORD.sub(lambda word: re.sub("[aeiou]", lambda vowel: vowel.group() * 4, word.group(), count=1), text)


def fullwidth(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if each.isascii() and each.isalpha() else each for each in text)


def accented(text: str) -> str:
    return _WORD.sub(lambda word: "".join(each + "\u0301\u0332" for each in word.group()), text)


DISGUISES = (leet, look_alikes, zero_width, dotted, starred, spaced, repeated, fullwidth, accented)
