"""A deck to present: films one after the other, cut into steps at which the presenter stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from generation.engine.exports.captions import read_webvtt
from generation.engine.types import Caption
from generation.watching import Showing
from projects import storage
from projects.models import Artefact


@dataclass(frozen=True, slots=True)
class Film:
    """One animation of a deck. `note` is for the presenter alone."""

    showing: Showing
    lines: tuple[Caption, ...] = ()
    note: str = ""


def lines_of(files: Iterable[Artefact]) -> tuple[Caption, ...]:
    """Read the captions among a revision's files; none where it has none. Raises OSError and StorageFailed."""
    captions = next((one for one in files if one.kind == Artefact.Kind.CAPTIONS), None)
    if captions is None:
        return ()
    text = b"".join(storage.current().read(captions.file, 0, captions.size)).decode("utf-8")
    return tuple(read_webvtt(text))


def deck(title: str, films: Iterable[Film]) -> dict[str, Any]:
    """Return a deck as JSON for the page: films that have a video, and their scenes as steps in one row."""
    shown = [film for film in films if film.showing.video]
    return {
        "title": title,
        "films": [
            {
                "video": film.showing.video,
                "title": film.showing.revision.title,
                "language": film.showing.language,
                "rate": film.showing.rate,
            }
            for film in shown
        ],
        "steps": [step for number, film in enumerate(shown) for step in _steps(number, film)],
        "words": words(),
    }


def _steps(number: int, film: Film) -> list[dict[str, Any]]:
    scenes = [scene for scene in film.showing.scenes if scene.get("seconds") and scene.get("start") is not None]
    if not scenes:
        title = film.showing.revision.title
        scenes = [{"title": title, "shown": "", "said": "", "start": 0.0, "seconds": film.showing.seconds}]
    return [
        {
            "film": number,
            "title": scene["title"],
            "shown": scene["shown"],
            "said": scene["said"],
            "note": film.note if place == 0 else "",
            "start": scene["start"],
            "end": scene["start"] + scene["seconds"],
            "lines": _within(film.lines, scene["start"], scene["start"] + scene["seconds"]),
        }
        for place, scene in enumerate(scenes)
    ]


def _within(lines: Iterable[Caption], start: float, end: float) -> list[dict[str, Any]]:
    return [
        {"start": line.start, "end": line.end, "text": line.text} for line in lines if start - 0.02 <= line.start < end
    ]


def words() -> dict[str, str]:
    """What the presenter's buttons and messages say. `{name}` is filled in by the script."""
    return {
        "next": _("Next"),
        "back": _("Back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "again": _("Again"),
        "loop": _("Repeat"),
        "lines": _("Sentence by sentence"),
        "captions": _("Captions"),
        "notes": _("Notes"),
        "clear": _("Clear"),
        "full": _("Full screen"),
        "leave": _("Leave"),
        "place": _("Step {at} of {of}: {title}"),
        "loading": _("Fetching film {at} of {of}…"),
        "ready": _("Everything is here. The network may drop."),
        "missing": _("Film {at} could not be fetched. Press Next to try again."),
        "nothing": _("There is no video to present yet."),
        "blocked": _("Your browser did not open the second window. Allow it for this page."),
    }
