"""Finding lessons by words: SQLite's FTS5 and PostgreSQL's text search behind one function.

Both look through `Lesson.search_text`, which holds a lesson's words without capitals and accents, so that both find the
same. The index is made by migration 0002.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from lessons.models import Lesson, LessonItem

MOST_WORDS = 12  # of one search
FOUND = "SELECT lesson FROM lessons_search WHERE lessons_search MATCH %s"


def folded(text: str) -> str:
    """Return the text in small letters without accents: "Énergie" is found by "energie"."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the words to look for, each once, at most `MOST_WORDS`."""
    return list(dict.fromkeys(re.findall(r"\w+", folded(text))))[:MOST_WORDS]


def matching(lessons: QuerySet[Lesson], text: str) -> QuerySet[Lesson]:
    """Keep the lessons that have every word of `text`, or a word that begins with it; none for text without words."""
    words = words_of(text)
    if not words:
        return lessons.none()
    if connection.vendor == "postgresql":
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
        return lessons.annotate(found_in=SearchVector("search_text", config="simple")).filter(found_in=query)
    query_text = " AND ".join(f'"{word}"*' for word in words)
    return lessons.filter(pk__in=RawSQL(FOUND, [query_text]))  # noqa: S611 - the text is a parameter


def refresh(lessons: Iterable[Lesson] | QuerySet[Lesson]) -> None:
    """Write down anew what the search looks through, for lessons or for all of a queryset."""
    ids = [lesson.pk for lesson in lessons]
    items = LessonItem.objects.select_related("revision")
    full = Lesson.objects.filter(pk__in=ids).select_related("unit__subject")
    full = full.prefetch_related(Prefetch("items", items), "tags__standard")
    changed = []
    for lesson in full:
        lesson.search_text = _text_of(lesson)
        changed.append(lesson)
    Lesson.objects.bulk_update(changed, ["search_text"], batch_size=200)


def forget_deleted() -> None:
    """Take words of deleted lessons out of the index for good: SQLite only marks them until it merges its parts.

    PostgreSQL takes them out with the next vacuum of the table.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO lessons_search (lessons_search) VALUES ('optimize')")


def _text_of(lesson: Lesson) -> str:
    parts = [lesson.title, lesson.about, lesson.unit.title, lesson.unit.subject.title]
    for item in lesson.items.all():
        parts += [item.revision.title, item.revision.prompt, item.note]
    # A code is three words to us; PostgreSQL would take "M.1.2" for the name of a host.
    parts += [re.sub(r"\W+", " ", tag.standard.code) for tag in lesson.tags.all()]
    return folded(" ".join(filter(None, parts)))
