"""The text of a scene before it is parsed: nothing that makes it read differently from how it looks."""

from __future__ import annotations

import io
import re
import tokenize
import unicodedata

from generation.engine.policy.verdict import Refused

MOST_BYTES = 64 << 10
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_DIRECTION = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\x85\u2028\u2029")
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\u180e")


def read(source: str | bytes) -> str:
    """The source as text, or Refused. Lines end with a newline in what is returned."""
    content = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(content) > MOST_BYTES:
        raise Refused(
            "size", None, f"The code is larger than {MOST_BYTES >> 10} KiB. Split it into several animations."
        )
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise Refused("encoding", 1, "The code starts with a byte order mark. Save it as plain UTF-8.")
    for number, line in enumerate(content.split(b"\n")[:2], 1):
        cookie = _COOKIE.match(line)
        if cookie and cookie[1].lower().replace(b"_", b"-") not in {b"utf-8", b"utf8"}:
            raise Refused("encoding", number, "The code names an encoding other than UTF-8. Remove that line.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line_number = content.count(b"\n", 0, error.start) + 1
        raise Refused("encoding", line_number, "The code is not UTF-8 text.") from error
    text = text.replace("\r\n", "\n")
    _characters(text)
    return text


def _characters(text: str) -> None:
    for line_number, line in enumerate(text.split("\n"), 1):
        if line.isascii() and line.isprintable():
            continue
        for character in line:
            if character in _DIRECTION or character in _INVISIBLE:
                raise Refused(
                    "characters", line_number, "This line holds an invisible or direction-changing character."
                )
            if character in _LINE_ENDS or (unicodedata.category(character) == "Cc" and character != "\t"):
                raise Refused("characters", line_number, "This line holds a control character. Remove it.")


def look_alikes(text: str) -> None:
    """Refuse names whose letters Python would read as other letters."""
    if text.isascii():
        return
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            stray = token.type == tokenize.ERRORTOKEN and not token.string.isascii()
            if stray or (token.type == tokenize.NAME and not unicodedata.is_normalized("NFKC", token.string)):
                raise Refused("characters", token.start[0], "A name on this line uses look-alike letters. Retype it.")
    except (tokenize.TokenError, SyntaxError, ValueError) as error:
        raise Refused("syntax", None, "The code can't be read as Python.") from error
