"""What the classroom pages show, put together from the selectors."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import require_user
from lessons import joining, selectors
from lessons.class_forms import ClassroomForm, CodeForm, InviteForm
from lessons.models import ClassLink, Classroom, Invitation, JoinCode, Role
from lessons.permissions import TEACHERS, role_in

RECENT = 100  # own lessons offered on a classroom's page


def overview(request: HttpRequest, form: ClassroomForm) -> dict[str, Any]:
    """Return what the list of classrooms shows."""
    user = require_user(request)
    return {
        "classrooms": [(room, _label(room)) for room in selectors.classroom_list(user)],
        "invitations": joining.invitations_for(user),
        "form": form,
    }


def classroom(request: HttpRequest, shown: Classroom, **turned_down: Any) -> dict[str, Any]:
    """Return what a classroom's page shows to a member of her role; `turned_down` are forms with what is wrong."""
    user = require_user(request)
    role = role_in(user, shown)
    context: dict[str, Any] = {
        "classroom": shown,
        "role": role,
        "teaches": role in TEACHERS,
        "owns": role == Role.OWNER,
        "hung": selectors.hung_in(user, shown),
        "members": shown.members.select_related("user").order_by("created"),
        "without_owner": not shown.members.filter(role=Role.OWNER).exists(),
    }
    if role in TEACHERS:
        context |= _for_teachers(request, user, shown)
    if role == Role.OWNER:
        context |= {"invite_form": InviteForm(), "invitations": Invitation.objects.filter(classroom=shown)}
    return context | turned_down


def _label(room: Any) -> str:
    return str(Role(room.role).label)  # annotated by `classroom_list`


def _address(request: HttpRequest, link: ClassLink) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("class_page", args=[joining.token_of(link)]))
    picture = segno.make(url, error="m").svg_data_uri(scale=5, border=2, dark="#1c2127", light="#ffffff")
    return {"link": link, "url": url, "picture": picture}


def _for_teachers(request: HttpRequest, user: Any, shown: Classroom) -> dict[str, Any]:
    open_now = {"classroom": shown, "revoked": None, "expires__gt": timezone.now()}
    return {
        "own_lessons": selectors.lessons_to_hang(user, shown)[:RECENT],
        "codes": JoinCode.objects.filter(**open_now),
        "links": [_address(request, link) for link in ClassLink.objects.filter(**open_now)],
        "code_form": CodeForm(),
        "edit_form": ClassroomForm.of(shown),
    }
