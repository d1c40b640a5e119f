"""One question about a text: does it fit a classroom, and if not, what could be asked instead?"""

from __future__ import annotations

from functools import lru_cache

from generation.engine.screening import rulebook
from generation.engine.screening.finding import Finding
from generation.engine.screening.likeness import Embed, topic_like
from generation.engine.screening.orders import set_aside
from generation.engine.screening.pupils import personal_data
from generation.engine.screening.rulebook import Topic

_PUPIL_DATA = "pupil_data"


@lru_cache(maxsize=1024)
def screen(text: str, *, shown: bool = False) -> Finding | None:
    """Why a request does not fit a classroom, or with `shown` a text that a class would see; None where it does."""
    book = rulebook.load("topics")
    found = book.find(text, shown=shown)
    if found is not None and found[0].name != _PUPIL_DATA:
        return _finding(*found)
    personal = personal_data(text)
    if personal is not None:
        words, rewrite = personal
        topic = book.topic(_PUPIL_DATA)
        keeps = rewrite if book.find(rewrite) is None and personal_data(rewrite) is None else topic.facts["rewrite"]
        return _finding(topic, words, keeps)
    return _finding(*found) if found else None


def screen_request(text: str, embed: Embed) -> Finding | None:
    """Like `screen`, for what a teacher asks of us: by rules, then by likeness to requests that do not fit."""
    found = screen(text)
    if found is not None:
        return found
    name = topic_like(set_aside(text).text, embed)
    return _finding(rulebook.load("topics").topic(name), "") if name else None


def _finding(topic: Topic, words: str, rewrite: str = "") -> Finding:
    facts = topic.facts
    stop = facts.get("stop", False)
    return Finding(topic.name, facts["message"], "" if stop else rewrite or facts["rewrite"], stop, words)
