"""For whom an animation is made: "for grade 8", "GCSE", "Klasse 9", "3e", "ESO", "for 8 year olds". Never a value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generation.engine.library.catalogue import Template

PRIMARY, SECONDARY, UNDERGRADUATE = "primary", "secondary", "undergraduate"
MADE_FOR = {
    PRIMARY: "primary school",
    SECONDARY: "secondary school",
    UNDERGRADUATE: "the last years of school and university",
}
_LAST_OF_PRIMARY = 11  # years of age
_LAST_OF_SECONDARY = 18
_FROM_GRADE = 5  # years of age at the beginning of grade 0; England counts a year more
# Grades and ages; the group's name says how its number is counted.
_COUNTED = (
    r"grades?\s*(?P<grade>\d{1,2})(?:\s+(?:class|students|pupils))?",
    r"(?P<grade>\d{1,2})(?:st|nd|rd|th)[\s-]+grade(?:rs|r)?",
    r"year\s*(?P<year>\d{1,2})(?:\s+(?:class|students|pupils|group))?\b(?!\s*old)",
    r"(?P<age>\d{1,2})[\s-]+years?[\s-]+olds?",
    r"(?:children|kids|pupils|students|niños|alumnos|enfants|élèves|kinder)\s+(?:aged?|de)\s+(?P<age>\d{1,2})(?:\s+(?:años|ans))?",
    r"(?P<age>\d{1,2})[\s-]jährige[nr]?",
    r"(?:klasse|klassenstufe|jahrgangsstufe)\s*(?P<grade>\d{1,2})",
    r"(?P<grade>\d{1,2})\.\s*klasse",
    r"(?P<french>[3456])\s?(?:e|ème|eme)\b(?!\s*(?:loi|degré|terme|siècle|ordre))",
    r"(?P<eso>[1234])\s?\.?\s?[ºo°]?\s+(?:de\s+(?:la\s+)?)?eso\b",
)  # fmt: skip
_OF_A_COIL = r"\s+(?:turns?|coils?|windings?|voltages?|currents?|sides?)\b"
_NAMED = {
    PRIMARY: rf"key\s+stage\s+[12]|ks[12]|primary(?:\s+school)?(?!{_OF_A_COIL})|elementary(?:\s+school)?|grundschule"
    r"|(?:educación\s+)?primaria|école\s+primaire|CM[12]|CE[12]",
    SECONDARY: r"key\s+stage\s+[345]|ks[345]|I?GCSEs?|[AO][\s-]levels?|IB(?:\s+(?:HL|SL|diploma))?"
    r"|AP(?=\s+(?:physics|calculus|biology|chemistry|statistics|students|class|level|computer))"
    rf"|middle\s+school|high\s+school|secondary(?:\s+school)?(?!{_OF_A_COIL})|sixth\s+form|ESO|bachillerato|secundaria"
    r"|collège|lycée|seconde\s+générale|terminale|première\s+spécialité"
    r"|sekundarstufe(?:\s+(?:I|II|1|2))?|mittelstufe|oberstufe|gymnasium|abitur|realschule",
    UNDERGRADUATE: r"undergraduates?|university|college|first[\s-]year\s+students|universidad|universitarios"
    r"|université|licence|prépa|universität|studium|studierende|erstsemester|hochschule",
}
_FOR = r"(?:\b(?:for|at|in|with|para|pour|für|de|en|der|in\s+der|zu)\s+"
_FOR += r"(?:(?:my|a|an|the|mi|la|le|les|mes|meine|die|une?|las?|los)\s+)?)?"
_FOLLOWED = (
    r"(?:\s+(?:level|students?|pupils?|class(?:es)?|course|maths?|nivel|alumnos|niveau|élèves|schüler(?:innen)?))?"
)
_PATTERNS = [
    (re.compile(rf"[,;(]?\s*{_FOR}(?<![\w^.-])(?:{pattern}){_FOLLOWED}(?![\w²³^=-])\)?", re.IGNORECASE), band)
    for pattern, band in [*((each, "") for each in _COUNTED), *((each, band) for band, each in _NAMED.items())]
]
_LETTERED = re.compile(r"\b(?:A|O)[\s-]level|\bAP\b|\bIB\b|\bESO\b|\bC[ME][12]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """Whom a prompt speaks of, in its own words, and the kind of school that is."""

    words: str
    band: str

    def told(self, templates: Iterable[Template]) -> tuple[str, ...]:
        """What to tell: the level, and where something is made for another."""
        others = dict.fromkeys(each.level for each in templates if each.level != self.band)
        made_for = [f" This animation is made for {MADE_FOR[level]}." for level in others]
        return ("".join([f"Level: {self.words}.", *made_for]),)


def without_level(text: str) -> tuple[str, Level | None]:
    """The text without the words that say for whom it is, and the level they say."""
    for pattern, band in _PATTERNS:
        found = pattern.search(text)
        if found is None or not _is_meant(found.group()):
            continue
        rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
        if not rest.strip(" ,.;:!?"):
            continue
        words = re.sub(rf"^\W*{_FOR}", "", found.group(), flags=re.IGNORECASE).strip(" ,;()")
        age = _age(found)
        return rest, Level(words, band or _band(age))
    return text, None


def _is_meant(words: str) -> bool:
    """Abbreviations are written in capitals: an AP class, not "ap"; an A level, not "a level line"."""
    lettered = _LETTERED.search(words)
    return lettered is None or lettered.group()[:1].isupper()


def _age(found: re.Match[str]) -> int:
    """The pupils' age that a grade stands for in its own country."""
    said = {name: int(value) for name, value in found.groupdict().items() if value}
    if "grade" in said:
        return _FROM_GRADE + said["grade"]
    if "year" in said:
        return _FROM_GRADE - 1 + said["year"]
    if "french" in said:
        return 17 - said["french"]  # 6e is the first class of collège, at eleven
    return said.get("age", said.get("eso", 1) + 11)


def _band(age: int) -> str:
    if age < _LAST_OF_PRIMARY:
        return PRIMARY
    return SECONDARY if age <= _LAST_OF_SECONDARY else UNDERGRADUATE
