"""Pages on which somebody takes her data out, or lets her account end."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import consents, exporting, leaving
from accounts.models import AccountDeletion, DataExport, User
from accounts.permissions import require_user
from core import audit, limits
from core.errors import DomainError
from core.streaming import in_pieces

SHOWN_EXPORTS = 10
MOST_COLLEAGUES = 300


class DeleteForm(forms.Form):
    """Who takes over, and that she means it."""

    heir = forms.ModelChoiceField(
        label=gettext_lazy("What you made goes to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody: it is removed"),
        help_text=gettext_lazy("A colleague gets your projects, lessons and classrooms, and is told nothing before."),
    )
    sure = forms.BooleanField(label=gettext_lazy("I want my account to end."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heir = self.fields["heir"]
        if isinstance(heir, forms.ModelChoiceField):
            heir.queryset = leaving.colleagues(user)
            heir.label_from_instance = _name_of  # type: ignore[method-assign,assignment] # Django's way without a subclass


def _name_of(user: Any) -> str:
    return f"{user.display_name} ({user.email})"


# --- What you agree to ---------------------------------------------------------------------------
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def consent_page(request: HttpRequest) -> HttpResponse:
    """Show what was asked and answered; on POST write an answer down."""
    user = require_user(request)
    if request.method == "POST":
        consents.answer(user=user, kind=request.POST.get("kind", ""), given=request.POST.get("given") == "yes")
        messages.success(request, _("Your answer is kept."))
        return redirect("account_consents")
    return render(request, "accounts/consents.html", {"answers": consents.answers(user)})


# --- Your data -----------------------------------------------------------------------------------
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator] # allauth ships no types
def data(request: HttpRequest) -> HttpResponse:
    """Show the archives of her data and how far one is; on POST have one made. `?part=list` is what changes."""
    user = require_user(request)
    if request.method == "POST":
        _require_few(request)
        exporting.ask(user=user)
        messages.success(request, _("Your archive is being made. You may close this page: we send you a mail."))
        return redirect("account_data")
    exports = [
        (export, exporting.link_token(export) if export.state == DataExport.State.READY else "")
        for export in DataExport.objects.filter(user=user)[:SHOWN_EXPORTS]
    ]
    working = any(export.state in ("waiting", "running") for export, _token in exports)
    part = "accounts/data_list.html" if request.GET.get("part") == "list" else "accounts/data.html"
    return render(request, part, {"exports": exports, "working": working, "days": exporting.KEPT_DAYS})


def _require_few(request: HttpRequest) -> None:
    verdict = limits.take_for(request, "data_export")
    if not verdict.allowed:
        raise DomainError(
            "too_many_exports",
            _("You had several archives made today."),
            status=429,
            hint=_("Download one of them below, or come back tomorrow."),
            data={"retry_after": verdict.retry_after},
        )


@login_required
@require_safe
def data_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the archive to its owner; others are told that there is none before anybody is asked for a password."""
    answer: HttpResponseBase = _send(request, exporting.open_link(token, require_user(request)))
    return answer


@reauthentication_required  # type: ignore[untyped-decorator] # allauth ships no types
def _send(request: HttpRequest, export: DataExport) -> HttpResponseBase:
    try:
        pieces = iter(exporting.store().read(export.file, 0, export.size))
    except FileNotFoundError:
        raise Http404 from None
    audit.record("data_export.fetched", actor=require_user(request), target=export)
    response = StreamingHttpResponse(in_pieces(request, pieces), content_type="application/zip")
    response.headers["Content-Length"] = str(export.size)
    response.headers["Content-Disposition"] = 'attachment; filename="theorama-data.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


# --- The end of the account ----------------------------------------------------------------------
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator] # allauth ships no types
def delete(request: HttpRequest) -> HttpResponse:
    """Say what the end of the account does, and begin its days of grace; while they run, offer to keep it."""
    user = require_user(request)
    deletion = AccountDeletion.objects.filter(user=user).select_related("heir").first()
    if deletion is not None:
        return render(request, "accounts/leaving.html", {"deletion": deletion})
    form = DeleteForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        try:
            deletion = leaving.ask(user=user, heir=form.cleaned_data["heir"])
        except DomainError as error:
            form.add_error(None, " ".join([error.message, error.hint]).strip())
        else:
            logout(request)
            said = _("Your account ends on %(day)s. Log in before that day to keep it.")
            messages.success(request, said % {"day": date_format(deletion.due)})
            return redirect("landing")
    words = [line for path in settings.LEAVING_WORDS for line in import_string(path)(user)]
    context = {"form": form, "words": words, "days": leaving.GRACE_DAYS}
    return render(request, "accounts/delete.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Take the end of the account back."""
    leaving.keep(user=require_user(request))
    request.session.pop(leaving.SESSION_KEY, None)
    messages.success(
        request, _("Your account stays as it was. API keys were revoked: make new ones where you need them.")
    )
    return redirect("dashboard")
