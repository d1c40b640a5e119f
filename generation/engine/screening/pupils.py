"""Personal data of pupils: names with grades, addresses of mail, telephone numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase

from generation.engine.screening.lexicon import phrases_of
from generation.engine.screening.normal import plain, visible
from generation.engine.screening.rulebook import shared_words

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"""
    (?<![\w.]) (?: \+\d{1,3} (?:[ .\-/]? \(?\d{1,5}\)?){2,6} | \(\d{2,5}\)[ ]?\d{2,5}[ .\-]\d{3,6} | \d{3}-\d{3}-\d{4}
        | 0\d{3,4}[ ]\d{3}[ ]?\d{3,4} )
        (?! [\w.]*\d )
    | \b (?i: phone | telephone | mobile | cell | call | text | tel | whatsapp | handy | telefon | tel[eé]fono
        | m[oó]vil | t[eé]l[eé]phone | portable ) \W+ (?:\w+\W+){0,3}? \d (?:[ .\-/]?\d){6,}
    """,
    re.VERBOSE,
)
_WORD = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’\-]+"  # noqa: RUF001 - both apostrophes are written
_NAME = re.compile(rf"\b({_WORD})(?: ({_WORD}))?(?:'s|’s)?")  # noqa: RUF001
_MARK = re.compile(
    r"""
    [\s:=,\-–(]{1,4} (?: \d{1,3} (?! [\d.]* \s* (?:m|cm|km|kg|g|s|N|J)\b ) | [A-F][+\-]? (?![\w']) )
    """,  # noqa: RUF001 - the dash of tables
    re.VERBOSE,
)
_GRADED = re.compile(
    r"""
    \b (?: got | gets | has | had | received | receives | earned | scored | scores | wrote | hat | bekam | bekommt
        | schrieb | sac[oó] | tiene | a[ ]eu | obtient | a[ ]obtenu ) \b .{0,25}?
        (?: \b(?:an?|eine?|une?)[ ][A-F1-6][+\-]?(?![\w']) | \d{1,3}[ ]?% | \d{1,3}[ ]?(?:points|marks|Punkte|puntos)
            | \d{1,3}[ ]?/[ ]?\d{1,3} )
    | \b (?: failed | fails | is[ ]failing | is[ ]repeating | durchgefallen | suspendi[oó] | a[ ]échoué | redouble ) \b
    """,
    re.VERBOSE,
)
_RECORD = re.compile(
    r"""
    \b (?: grades? | marks? | report[ ]cards? | test[ ]scores? | exam[ ]results? | diagnos\w+ | adhd | dyslexi\w+
        | autis\w+ | iep | detentions? | antidepressants? | suspended | expelled | absences? | date[ ]of[ ]birth
        | birthday | home[ ]address | noten? | zeugnis\w* | adhs | notas | calificaciones | notes | bulletin
        | fehlzeiten | fehltage ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"""
    \b (?:my|our|last|the) [ ] (?:\w+[ ])? (?:test|exam|class|homework) \b
    | \b late[ ]\d+[ ]times | \b percent \b | \d[ ]?% | \b klassenarbeit \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PUPILS = re.compile(
    r"""
    \b (?: my | our | mi | mis | mon | ma | mes | notre | meine[rn]? | unsere[rn]? ) [ ] (?:\w+[ ]){0,2}?
        (?: class\w* | pupils? | students? | clase | alumn\w+ | [ée]l[eè]ves? | sch[uü]ler\w* | klasse ) \b
    | \b (?: class | klasse | clase | classe | year | grade ) [ ]? \d{1,2} [ ]? [a-z] \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEAR = 45  # characters


@dataclass(frozen=True, slots=True)
class _Person:
    first: int
    end: int
    name: str
    has_surname: bool


def personal_data(text: str) -> tuple[str, str] | None:
    """What is personal in a text, and the text without it; None where nothing is."""
    text = visible(text)
    people = _people(text)
    found = _MAIL.search(text) or _PHONE.search(text)
    if found is None and not _is_record(text, people):
        return None
    return found.group() if found else people[0].name, _anonymous(text, people)


def _people(text: str) -> list[_Person]:
    people = []
    for found in _NAME.finditer(text):
        if plain(found.group(1)) in _first_names():
            people.append(_Person(found.start(), found.end(), found.group(), found.group(2) is not None))
    return people


def _is_record(text: str, people: list[_Person]) -> bool:
    """Whether what is said of people is what a school keeps in its files."""
    marked = [person for person in people if _MARK.match(text, person.end)]
    of_pupils = _PUPILS.search(text) is not None
    if len(marked) >= 2 and (of_pupils or sum(person.has_surname for person in marked) >= 2):
        return True
    if sum(person.has_surname for person in people) >= 2 and (_RECORD.search(text) or _SCHOOL.search(text)):
        return True
    for person in people:
        if not (person.has_surname or of_pupils):
            continue
        after, around = text[person.end : person.end + _NEAR], text[max(0, person.first - _NEAR) : person.end + _NEAR]
        if _GRADED.search(after) or _RECORD.search(around):
            return True
    return False


def _anonymous(text: str, people: list[_Person]) -> str:
    letters: dict[str, str] = {}
    for person in people:
        letters.setdefault(person.name.split()[0], ascii_uppercase[len(letters) % 26])
    parts, start = [], 0
    for person in people:
        parts += [text[start : person.first], f"pupil {letters[person.name.split()[0]]}"]
        start = person.end
    bare = _PHONE.sub("", _MAIL.sub("", "".join([*parts, text[start:]])))
    return re.sub(r"\s+([,.;:])", r"\1", re.sub(r"(?:\s*,){2,}", ",", " ".join(bare.split())))


@cache
def _first_names() -> frozenset[str]:
    return frozenset(phrases_of(shared_words()["first_name"]))
