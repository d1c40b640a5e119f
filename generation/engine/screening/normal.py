"""One plain spelling for what people write in many: look-alike letters, digits for letters, spaced letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial
from itertools import product

STOP = "."  # the token between two sentences
# Letters of other alphabets that look like Latin ones, and letters that NFKC and the dropping of accents leave alone.
_LOOK_ALIKES = str.maketrans(
    "авсԁеєһіјкӏмнопрԛѕтуѵхгαβεηικμνορτυχωɡɑɩօոսʀᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꜱᴛᴜᴠᴡʏᴢøłđħıŧ",
    "abcdeehijklmhonpqstyvxrabenikuvoptuxwgaionurabcdefghijklmnopstuvwyzoldhit",
)
_PICTURED = {0x1F170 + index: letter for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}  # 🅰 🅱
_PICTURED |= {0x1F150 + index: letter for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}  # 🅐 🅑
_PICTURED |= {0x1F1E6 + index: letter for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}  # 🇦 🇧
_LATIN_WORD = re.compile(r"\w+")
_LETTERED = re.compile(r"(?<!\w)[\w@$](?:([\W_]{1,3})[\w@$!])(?:\1[\w@$!])+(?!\w)")  # b.o.m.b, s u i c i d e
_ARTICLE = re.compile(r"(?<!\w)(a|i) (?=(?:\w ){3})")  # the first word of: a b o m b
_INSIDE = re.compile(r"(?<=[^\W_])(?!/[sh]\b)(?:[^\w\s]|_)+(?=[^\W_])")  # bo*mb, but not m/s: "20 ms con" names nobody
_DISGUISED = re.compile(r"[\w@$!|€]*[0134578@$!|€][\w@$!|€]*")
_DIGITS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "€": "e"}
_LEET = [str.maketrans(_DIGITS | dict.fromkeys("1!|", stroke)) for stroke in "li"]  # last the likelier
_REPEATED = re.compile(r"([a-z])\1{2,}")
_SPACED = 0.6  # share of single letters from which all words are taken to be spaced out
_TOKEN = re.compile(r"[^\W_]+|[.!?;\n]")


def plain(text: str) -> str:
    """The text in lower case, without accents, invisible characters and look-alike letters."""
    text = unicodedata.normalize("NFKC", text.translate(_PICTURED))
    text = "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Co", "Cn", "Cs"))
    text = unicodedata.normalize("NFD", text.casefold())
    text = "".join(each for each in text if unicodedata.category(each) != "Mn")
    return _LATIN_WORD.sub(_in_one_alphabet, text)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a plain text, with STOP between sentences."""
    return tuple(STOP if found in ".!?;\n" else found for found in _TOKEN.findall(text))


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Every way to read the text: as it stands, and with each disguise taken off."""
    closed = _closed_up(plain(text))
    bare = _LETTERED.sub(_joined, closed)
    behind_article = _LETTERED.sub(_joined, _ARTICLE.sub("\\1\0", closed)).replace("\0", " ")
    found: dict[tuple[str, ...], None] = {}
    written_so = dict.fromkeys((bare, behind_article, _INSIDE.sub("", bare)))
    for written, stroke in product(written_so, (None, *_LEET)):
        undisguised = _DISGUISED.sub(partial(_undisguised, stroke=stroke), written) if stroke else written
        found[tokens(undisguised)] = None
    return tuple(found)


def unrepeated(word: str) -> tuple[str, ...]:
    """What a word with letters repeated three times or more may stand for, first the likelier; else the word."""
    return tuple(dict.fromkeys(_REPEATED.sub(repeat, word) for repeat in (r"\1\1", r"\1")))


def visible(text: str) -> str:
    """The text as it is read, in upper and lower case: one form, no invisible characters, no piled-up accents."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Mn"))


def _joined(letters: re.Match[str]) -> str:
    return letters.group().replace(letters.group(1), "")


def _closed_up(text: str) -> str:
    """A text that is spaced out from end to end, with its words apart only where there was more room."""
    words = text.split()
    single = sum(len(word) == 1 for word in words)
    if len(words) < 4 or single < (_SPACED if re.search(r"\S\s{2,}\S", text) else 1) * len(words):
        return text
    return " ".join("".join(part.split()) for part in re.split(r"\s{2,}", text))


def _in_one_alphabet(word: re.Match[str]) -> str:
    """A word that mixes alphabets, or looks Latin from end to end, in Latin letters; any other as it is."""
    latin = word.group().translate(_LOOK_ALIKES)
    return latin if any(each.isascii() and each.isalpha() for each in word.group()) or latin.isascii() else word.group()


def _undisguised(found: re.Match[str], stroke: dict[int, str]) -> str:
    word = found.group()
    if not any(each.isalpha() for each in word):
        return word
    end = len(word.rstrip("!|"))  # an exclamation mark at the end is just that
    return word[:end].translate(stroke) + word[end:]
