"""Support staff look at somebody's account as she sees it: nothing can be changed, everything opened is on record.

The session stays that of the member of staff; each request is answered for the other person. Three walls keep it to
looking: unsafe methods are refused, sockets are refused (`config.sockets`), and the database refuses to write while a
view answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.db import connections, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_staff
from core import audit
from core.errors import DomainError
from core.views import domain_error

MINUTES = 30
LEAST_REASON = 10
SESSION_KEY = "viewing_as"
SAFE = ("GET", "HEAD", "OPTIONS")
# What is about the person herself, or for staff: not to be looked at as somebody else.
CLOSED_PATHS = ("/account/", "/accounts/", "/admin/", "/audit/", "/billing/", "/insights/", "/staff/")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|ALTER|CREATE|DROP)\b", re.IGNORECASE)
COUNTING = "core_ratebucket"  # asking the API is counted, whoever asks


@transaction.atomic
def begin(*, by: User, email: str, reason: str, session: MutableMapping[str, Any]) -> User:
    """Let `by` look at the account for half an hour. Raises DomainError "not_found", "staff" or "reason"."""
    reason = " ".join(reason.split())
    if not is_staff(by):
        raise DomainError("not_found", _("There is nothing here."), status=404)
    if len(reason) < LEAST_REASON:
        raise DomainError("reason", _("Say why, in a few words: the person can read it."))
    target = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if target is None:
        raise DomainError("not_found", _("No account has this address."), status=404)
    if target.is_staff or target.is_superuser or target.pk == by.pk:
        raise DomainError("staff", _("Accounts of staff are not looked at."), status=403)
    until = timezone.now() + timedelta(minutes=MINUTES)
    # base.html says the last two on every page, error pages included.
    session[SESSION_KEY] = {
        "user": str(target.pk),
        "until": until.timestamp(),
        "until_said": f"{until:%H:%M}",
        "email": target.email,
    }
    audit.record("support.viewing_began", actor=by, target=target, data={"reason": reason[:200]})
    return target


def end(*, by: User, session: MutableMapping[str, Any], why: str) -> None:
    """Stop looking. A second call does nothing."""
    kept = session.pop(SESSION_KEY, None)
    target = User.objects.filter(pk=kept["user"]).first() if kept else None
    if target is not None:
        audit.record("support.viewing_ended", actor=by, target=target, data={"why": why})


def is_viewing(session: Any) -> bool:
    """Say whether this session looks at somebody's account."""
    return bool(session.get(SESSION_KEY))


class ViewingAs:
    """Middleware: answers for the person who is looked at, and for reading alone."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        """Pass the request on; under ASGI the answer is awaited by whoever called."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Answer in place of a session that looks at somebody; None for all others."""
        if not is_viewing(request.session):
            return None
        match, by = request.resolver_match, request.user
        if match is not None and match.url_name == "viewing_end":
            return None
        if not isinstance(by, User):
            return None
        target = _target(request, by)
        if target is None:
            return None
        try:
            _require_reading(request, view)
            audit.record("support.viewed", actor=by, target=target, data={"path": request.path_info[:200]})
            _answer_for(request, target)
            return _read_only(request, view, args, kwargs)
        except DomainError as error:
            return domain_error(request, error)


def _target(request: HttpRequest, by: User) -> User | None:
    """Return who is looked at; None, and an end to it, where that may not go on."""
    kept = request.session[SESSION_KEY]
    until = datetime.fromtimestamp(kept["until"], tz=UTC)
    target = User.objects.filter(pk=kept["user"], is_active=True, is_staff=False, is_superuser=False).first()
    if target is None or until <= timezone.now() or not is_staff(by):
        end(by=by, session=request.session, why="time" if until <= timezone.now() else "rights")
        return None
    return target


def _require_reading(request: HttpRequest, view: Any) -> None:
    if request.method not in SAFE or iscoroutinefunction(view):
        raise _read_only_error()
    if request.path_info.startswith(CLOSED_PATHS):
        raise DomainError(
            "closed",
            _("This page is not shown while you look at somebody's account."),
            status=403,
            hint=_("Stop looking first."),
        )


def _answer_for(request: HttpRequest, target: User) -> None:
    async def later() -> User:
        return target

    request.user = target
    request.auser = later


def _read_only(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase:
    with ExitStack() as walls:
        for connection in connections.all():
            walls.enter_context(connection.execute_wrapper(_refuse_writes))
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response


def _refuse_writes(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if WRITES.match(str(sql)) and COUNTING not in str(sql):
        raise _read_only_error()
    return execute(sql, params, many, context)


def _read_only_error() -> DomainError:
    return DomainError(
        "read_only",
        _("You look at somebody's account and can change nothing."),
        status=403,
        hint=_("Stop looking first."),
    )
