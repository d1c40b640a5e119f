"""The audit trail for those who may read it: a page with a filter, and the same as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import trail
from accounts.permissions import is_staff, require_user
from accounts.second_factor import second_factor_required
from core import audit, spreadsheets
from core.models import AuditEntry

PAGE = 50


class FilterForm(forms.Form):
    """What to look for in the audit trail."""

    verb = forms.CharField(
        label=gettext_lazy("What was done begins with"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("For example “project.” or “api_key.created”."),
    )
    person = forms.CharField(label=gettext_lazy("E-mail address, or a part of it"), max_length=254, required=False)
    target = forms.CharField(label=gettext_lazy("Key of the object"), max_length=64, required=False)
    first = forms.DateField(label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


@never_cache
@login_required
@second_factor_required
@require_safe
def entries(request: HttpRequest) -> HttpResponseBase:
    """Show the newest entries that fit the filter; `?before=` goes on behind an entry, `?format=csv` gives the file."""
    form = FilterForm(request.GET or None)
    found = _found(request, form)
    if request.GET.get("format") == "csv" and (form.is_valid() or not form.is_bound):
        return _csv(request, found)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal():
        found = found.filter(pk__lt=int(before[:18]))
    shown = list(found.order_by("-pk")[: PAGE + 1])
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {
        "form": form,
        "entries": shown[:PAGE],
        "more": shown[PAGE - 1].pk if len(shown) > PAGE else None,
        "asked": asked.urlencode(),
        "everything": is_staff(request.user),
    }
    return render(request, "accounts/audit.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, form: FilterForm) -> QuerySet[AuditEntry]:
    """Return what may be seen and fits. Raises Http404 for those who may read nothing of the trail."""
    user = require_user(request)
    if not (is_staff(user) or trail.organisations_run_by(user).exists()):
        raise Http404
    visible = trail.entries_visible_to(user)
    if not form.is_bound:
        return visible
    return trail.matching(visible, trail.Wanted(**form.cleaned_data)) if form.is_valid() else visible.none()


def _csv(request: HttpRequest, found: QuerySet[AuditEntry]) -> HttpResponseBase:
    user = require_user(request)
    audit.record(
        "audit.exported", actor=user, target=user, data={"filter": sorted(k for k, v in request.GET.items() if v)}
    )
    header = [
        _("Time"),
        _("Place"),
        _("Who"),
        _("Pseudonym"),
        _("What"),
        _("Kind of object"),
        _("Object"),
        _("Details"),
        _("Seal"),
    ]
    return spreadsheets.answer(request, "audit.csv", header, _lines(found))


def _lines(found: QuerySet[AuditEntry]) -> Iterator[list[Any]]:
    for entry in found.iterator(chunk_size=spreadsheets.ROWS_AT_ONCE):
        who = entry.actor.email if entry.actor else ""
        details = json.dumps(entry.data, sort_keys=True, ensure_ascii=False) if entry.data else ""
        yield [
            entry.created.isoformat(),
            entry.place,
            who,
            entry.actor_key,
            entry.verb,
            entry.target_type,
            entry.target_id,
            details,
            entry.seal,
        ]
