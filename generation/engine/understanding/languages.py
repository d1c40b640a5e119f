"""The language of a prompt, of the captions it wants, and a prompt in Spanish, French or German in English words.

What is read after it knows English only. So a prompt is put into English word by word, by a glossary of school terms:
no grammar, but the words, numbers, units and names that retrieval and the knobs' reader look for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generation.engine.languages import ENGLISH, IN_ENGLISH, TRANSLATED
from generation.engine.understanding.embedding import DATA
from generation.engine.understanding.words import TERMS, is_english, words_of

_FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "es": "el la los las de del que cómo como una un por para muestra con sin es en su función entre qué",
        "fr": "le la les des du de une un que comment pour montre avec sans est et dans sur son ses entre au",
        "de": "der die das des dem den und ein eine einer wie zeige mit ohne ist von zwischen auf im für zum",
        "it": "il lo la gli le di che come una un per mostra con è e nel della del tra sul",
        "pt": "o a os as de do da que como uma um para mostre mostra com é e no na entre",
        "nl": "de het een en hoe laat zien met is van op voor tussen toon",
    }.items()
}
_COMMON = "the of and to in is how show for with between that what from a an does when why draw plot as on by at i s t"
_ENGLISH_WORDS = frozenset(_COMMON.split())
_MARKS = {"es": "ñ¿¡áéíóú", "fr": "çœéèêëâîïûù", "de": "ßäöü"}
# Said to people in their own language; only these are known to be theirs.
SERVED_ONLY = {
    "it": "Leggo solo inglese, spagnolo, francese e tedesco.",
    "pt": "Só leio inglês, espanhol, francês e alemão.",
    "nl": "Ik lees alleen Engels, Spaans, Frans en Duits.",
    "": "",
}
_NAMES = {"it": "Italian", "pt": "Portuguese", "nl": "Dutch"}

_CALLED = {
    "es": "spanish|castilian|español|castellano|espagnol|spanisch(?:en|e|er)?",
    "fr": "french|francés|français|französisch(?:en|e|er)?",
    "de": "german|alemán|allemand|deutsch(?:en|e|er)?",
    "en": "english|inglés|anglais|englisch(?:en|e|er)?",
    "other": "italian|portuguese|dutch|polish|chinese|arabic|russian|turkish|hindi|japanese|korean|ukrainian|greek"
    "|italiano|portugués|italien|portugais|italienisch|portugiesisch|türkisch|russisch|polnisch|arabisch",
}
_ANY = "|".join(_CALLED.values())
_TEXTS = (
    r"captions?|subtitles?|labels?|text|narration|subtítulos|textos?|rótulos|sous-titres|légendes|untertiteln?|texten?"
)
_WISH = re.compile(
    rf"""[,;(]?\s*\b(?:(?:please|and|with|con|avec|mit|y|et|und)\s+)*
    (?: (?:the\s+|los\s+|des\s+|les\s+)?(?:{_TEXTS})\s+(?:(?:written|all|shown)\s+)?(?:in|en|auf)\s+(?P<one>{_ANY})\b
      | (?P<two>{_ANY})\s+(?:{_TEXTS})\b
      | (?:in|en|auf)\s+(?P<three>{_ANY})\b(?!\s+[A-Z]) )\s*(?:please|por\s+favor|bitte)?\)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS_BESIDE = re.compile(r"\s*[=^(+*/<>]")
_SIGNS_BEFORE = re.compile(r"[=^(+*/<>\d]\s*$")
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_RANGE = re.compile(
    rf"\b(?:de|des|desde|von)\s+({_NUMBER}(?:\s*[^\W\d_]{{1,3}}|\s*°)?)\s+(?:a|à|hasta|jusqu'à|bis)\s+(?=[-+]?\d)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<![\d,.(\[])(\d+),(\d+)(?![\d.]|,\s*\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:[.\u00a0 ]\d{3})+)(?![\d.,])")
_ELISION = re.compile(r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu)'", re.IGNORECASE)
_DURATION = re.compile(r"\b(?:a|en)\s+(?=\d+\s+(?:años|meses|días)\b)", re.IGNORECASE)  # "a 10 años"
_WORD = re.compile(r"[^\W\d_]+")
_NOTHING, _OF = "-", "of"
_LONGEST = 6  # words of a glossary's entry
_ENDINGS = {
    "es": re.compile(r"[saoe]$"),
    "fr": re.compile(r"[sxe]$"),
    "de": re.compile(r"(?:e[nmrs]|e|(?<=[elr])n|s)$"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A prompt in English words, and what its own language said."""

    text: str
    language: str = ENGLISH  # of the prompt
    captions: str = ""  # the language they are asked for in; empty where nobody said
    told: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # words that the glossary does not have
    known: int = 0  # how many it has

    @property
    def is_half_understood(self) -> bool:
        """Whether too many words were lost to be sure of the rest."""
        return len(self.unknown) * 2 > self.known


NOTHING_SPOKEN = Spoken("")


def spoken(text: str) -> Spoken:
    """Read a prompt of any served language. One in another is left as it is."""
    text, captions, told = _without_wish(text)
    language = language_of(text)
    if language not in TRANSLATED:
        return Spoken(text, language, captions, told)
    english, known, unknown = _Translation(language).of(text)
    return Spoken(english, language, captions or language, told, unknown, known)


def refusal(language: str) -> str:
    """What to say to a prompt in a language that is not read, in that language too where it is known."""
    name = _NAMES.get(language, "another language")
    own = SERVED_ONLY.get(language, "")
    sentence = f"I read English, Spanish, French and German, and this looks like {name}. Please say it in one of those."
    return f"{own} {sentence}".strip()


def _without_wish(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The text without its words on the captions' language, that language, and what to tell."""
    found = _WISH.search(text)
    if found is None or not (text[: found.start()] + text[found.end() :]).strip(" ,.;:!?"):
        return text, "", ()
    called = found["one"] or found["two"] or found["three"]
    code = next(code for code, names in _CALLED.items() if re.fullmatch(names, called, re.IGNORECASE))
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
    if code == "other":
        served = ", ".join(IN_ENGLISH.values())
        return rest, "", (f"Captions cannot be in {called.capitalize()}; they come in one of {served}.",)
    return rest, code, ()


# --- which language -----------------------------------------------------------------------------------


def language_of(text: str) -> str:
    """The code of the text's language; English where little speaks against it, "" for other scripts."""
    letters = [each for each in text if each.isalpha()]
    native = sum(1 for each in letters if unicodedata.name(each, "").startswith(("LATIN", "GREEK")))
    if native < 0.6 * len(letters):
        return ""
    words = list(dict.fromkeys(words_of(_ELISION.sub(r"\1 ", text))))
    points = {code: _points(code, words, text) for code in _FUNCTION_WORDS}
    best = max(points, key=lambda code: points[code])
    said = sum(word in _ENGLISH_WORDS for word in words)
    english = said + sum(0.5 for word in words if len(word) > 3 and _is_english_term(word))
    if points[best] <= english:
        return ENGLISH
    if points[best] >= (2 if best in TRANSLATED else 3):
        return best
    # A few words, half of them this language's: "Doppelpendel", "pendule simple".
    own = sum(_is_own(best, word) for word in words)
    return best if own and not said and 2 * own >= sum(len(word) > 3 for word in words) else ENGLISH


def _points(code: str, words: list[str], text: str) -> float:
    said = sum(1 for word in words if word in _FUNCTION_WORDS[code] and word not in _ENGLISH_WORDS)
    own = sum(_is_own(code, word) + (0.1 if _is_written_so(code, word) else 0) for word in words)
    if said + own < 1:
        return 0.0  # an accent alone may belong to a name
    elided = code == "fr" and _ELISION.search(text) is not None
    return said + own + elided + any(each in _MARKS.get(code, "") for each in text.lower())


def _is_english_term(word: str) -> bool:
    return word.isascii() and (word in TERMS or is_english(word))


def _is_own(code: str, word: str) -> bool:
    """Whether a word is one of the glossary's and not English: Snell and Doppler are in both."""
    return len(word) > 3 and code in TRANSLATED and not _is_english_term(word) and _stem(code, word) in _own_stems(code)


# --- into English words ---------------------------------------------------------------------------------


@cache
def _glossary(language: str) -> Mapping[tuple[str, ...], str]:
    """Stems of a term's words, without articles, to English."""
    column = 1 + TRANSLATED.index(language)
    found: dict[tuple[str, ...], str] = {}
    for line in (DATA / "glossary.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        entry = line.split("\t")
        for term in entry[column].split("/"):
            words = _WORD.findall(term)
            kept = [word for word in words if not _is_small(found, language, word)] if len(words) > 1 else words
            found.setdefault(tuple(_stem(language, word) for word in kept), entry[0])
    return found


def _is_written_so(code: str, word: str) -> bool:
    """Whether the glossary has the word letter for letter: "péndulo" and "pendule" have one stem."""
    return code in TRANSLATED and len(word) > 3 and word in _own_words(code)


@cache
def _own_words(language: str) -> frozenset[str]:
    lines = (DATA / "glossary.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(words_of(" ".join(line.split("\t")[1 + TRANSLATED.index(language)] for line in lines)))


@cache
def _own_stems(language: str) -> frozenset[str]:
    english = {_stem(language, word) for term in _glossary(language).values() for word in _WORD.findall(term)}
    return frozenset(stem for key in _glossary(language) for stem in key) - english


def _is_small(glossary: Mapping[tuple[str, ...], str], language: str, word: str) -> bool:
    """Whether a word joins others and says nothing; the glossary begins with these."""
    return glossary.get((_stem(language, word),)) in (_NOTHING, _OF)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _stem(language: str, word: str) -> str:
    folded = _fold(word)
    while len(bare := _ENDINGS[language].sub("", folded)) >= 3 and bare != folded:
        folded = bare
    return folded


class _Translation:
    """One prompt on its way into English words."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._glossary = _glossary(language)
        self._known = 0
        self._unknown: list[str] = []

    def of(self, text: str) -> tuple[str, int, tuple[str, ...]]:
        """The text, how many of its words were known, and those that were not."""
        text = _ELISION.sub(r"\1 ", _RANGE.sub(r"from \1 to ", self._numbers(text)))
        if self._language == "es":
            text = _DURATION.sub("for ", re.sub(r"\bsen(?=\s*\(?\s*\d*[xt]\b)", "sin", text))
        return " ".join("".join(self._pieces(text)).split()), self._known, tuple(dict.fromkeys(self._unknown))

    def _numbers(self, text: str) -> str:
        text = _DECIMAL.sub(r"\1.\2", text)
        return text if "." in text and self._language == "fr" else _THOUSANDS.sub(_plain_thousands, text)

    def _pieces(self, text: str) -> Iterator[str]:
        words = list(_WORD.finditer(text))
        at, end = 0, 0
        while at < len(words):
            yield text[end : words[at].start()]
            count, english = self._longest(text, words, at)
            yield english
            at += count
            end = words[at - 1].end()
        yield text[end:]

    def _longest(self, text: str, words: list[re.Match[str]], at: int) -> tuple[int, str]:
        """How many words from here on are one term, and that in English."""
        if self._stands_in_formula(text, words[at]) or words[at].group() in ("from", "to"):
            return 1, words[at].group()
        key: list[str] = []
        best: tuple[int, str] | None = None
        for count, word in enumerate(words[at : at + 2 * _LONGEST], start=1):
            if count > 1 and text[words[at + count - 2].end() : word.start()].strip(" -'\u00a0"):
                break
            if count > 1 and _is_small(self._glossary, self._language, word.group()):
                continue
            key.append(_stem(self._language, word.group()))
            english = self._glossary.get(tuple(key))
            if english is not None:
                best = count, english
        if best is None:
            return 1, self._alone(words[at].group())
        if best[1] in (_NOTHING, _OF):
            return 1, " " if best[1] == _NOTHING else f" {_OF} "
        self._known += 1
        return best[0], f" {best[1]} "

    def _alone(self, word: str) -> str:
        """A word that no entry begins with: a name or symbol stays, a German compound is taken apart."""
        if len(word) < 3 or _is_english_term(word.lower()):
            return word
        parts = self._compound(_fold(word)) if self._language == "de" else ()
        if parts:
            self._known += len(parts)
            return f" {' '.join(parts)} "
        self._unknown.append(word)
        return " "

    def _compound(self, word: str) -> tuple[str, ...]:
        for cut in range(len(word) - 3, 2, -1):
            head, tail = word[:cut], word[cut:]
            first = self._glossary.get((_stem("de", head),)) or self._glossary.get(
                (_stem("de", head.removesuffix("s")),)
            )
            second = self._glossary.get((_stem("de", tail),))
            if first and second and _NOTHING not in (first, second):
                return first, second
        return ()

    @staticmethod
    def _stands_in_formula(text: str, word: re.Match[str]) -> bool:
        """Whether a letter or the name of a function is part of a formula: the y of y = x^2, the sin of sin(x)."""
        if len(word.group()) > 3:
            return False
        beside = _SIGNS_BESIDE.match(text, word.end()) is not None
        before = _SIGNS_BEFORE.search(text[: word.start()]) is not None and len(word.group()) == 1
        return beside or (before and not text[word.start() - 1].isspace())


def _plain_thousands(found: re.Match[str]) -> str:
    return found[1] + re.sub(r"\D", "", found[2])
