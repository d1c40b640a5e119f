"""What the lesson pages show, put together from the selectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.permissions import require_user
from generation.signing import artefact_path
from lessons import selectors, standards
from lessons.forms import LessonForm, MoveForm
from lessons.models import Lesson, LessonItem, Subject, Unit
from lessons.permissions import can_own
from lessons.selectors import Filter
from projects.forms import TitleForm
from projects.models import Artefact
from projects.selectors import animations_owned_by

PAGE_SIZE = 50
RECENT = 40  # animations offered on a lesson's page; the others have "Put into a lesson" on their own


@dataclass(frozen=True, slots=True)
class Shown:
    """An item of a lesson: whether it is the newest version of its animation, and whether that is the reader's own."""

    item: LessonItem
    poster: str
    seconds: float | None
    is_newest: bool
    is_own: bool


def address(part: Subject | Unit | Lesson) -> str:
    """Return the address of the page that shows the part."""
    match part:
        case Unit():
            return f"{reverse('subject_detail', args=[part.subject_id])}#unit-{part.pk}"
        case Subject():
            return reverse("subject_detail", args=[part.pk])
    return reverse("lesson_detail", args=[part.pk])


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the address on this site that a form says it came from, else that of the route `otherwise`."""
    back = request.POST.get("back", "")
    fits = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if fits else reverse(otherwise)


def overview(request: HttpRequest, wanted: Filter) -> dict[str, Any]:
    """Return what the page of all subjects shows; with a filter, a page of lessons as well."""
    user = require_user(request)
    found: dict[str, Any] = {
        "subjects": selectors.subject_list(user),
        "years": selectors.school_years(user),
        "states": Lesson.State.choices,
        "filter": wanted,
    }
    if wanted.is_set:
        page = Paginator(selectors.lesson_list(user, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        found |= {
            "page": page,
            "query": query.urlencode(),
            "move_form": MoveForm(user),
            "back": request.get_full_path(),
        }
    return found


def subject(request: HttpRequest, shown: Subject) -> dict[str, Any]:
    """Return what a subject's page shows."""
    user = require_user(request)
    return {
        "subject": shown,
        "units": selectors.units_in(user, shown),
        "form": TitleForm(),
        "move_form": MoveForm(user),
        "back": address(shown),
    }


def lesson(request: HttpRequest, shown: Lesson, form: LessonForm | None) -> dict[str, Any]:
    """Return what a lesson's page shows; `form` holds what was turned down."""
    user = require_user(request)
    items = [_shown(user, item) for item in selectors.items_in(user, shown)]
    recent = animations_owned_by(user).filter(current_revision__isnull=False).order_by("-updated")
    return {
        "lesson": shown,
        "items": items,
        "seconds": sum(one.seconds or 0 for one in items),
        "form": form or LessonForm.of(shown),
        "move_form": MoveForm(user),
        "animations": recent.values_list("pk", "title")[:RECENT],
        "editing": form is not None,
        "tags": standards.tags_of(shown),
        "owns": can_own(user, shown),
    }


def _shown(user: Any, item: Any) -> Shown:
    files: dict[str, Artefact] = {one.kind: one for one in item.revision.shown}
    poster, video = files.get(Artefact.Kind.POSTER), files.get(Artefact.Kind.VIDEO)
    is_own = item.revision.animation.project.owner_id == user.pk
    return Shown(
        item=item,
        poster=artefact_path(poster, user, inline=True) if poster else "",
        seconds=video.seconds if video else None,
        # What its owner has not given away yet is for her to give.
        is_newest=item.newest == item.revision.number or not is_own,
        is_own=is_own,
    )
