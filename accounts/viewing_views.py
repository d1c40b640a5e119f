"""Where support staff begin to look at somebody's account, and stop."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import viewing_as
from accounts.permissions import is_staff, require_user
from accounts.second_factor import recently_confirmed
from core.errors import DomainError


class ViewingForm(forms.Form):
    """Whose account, and why."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the account"))
    reason = forms.CharField(
        label=gettext_lazy("Why you look"),
        max_length=200,
        min_length=viewing_as.LEAST_REASON,
        help_text=gettext_lazy("Goes into the audit trail, where the person can read it."),
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Begin to look at an account; for staff, who have just confirmed that they are themselves."""
    if not is_staff(request.user):
        raise Http404
    return _begin(request)


@recently_confirmed
def _begin(request: HttpRequest) -> HttpResponseBase:
    form = ViewingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            viewing_as.begin(by=require_user(request), session=request.session, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("dashboard")
    context = {"form": form, "minutes": viewing_as.MINUTES}
    return render(request, "accounts/viewing.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponseBase:
    """Stop looking."""
    viewing_as.end(by=require_user(request), session=request.session, why="stopped")
    messages.success(request, _("You are back in your own account."))
    return redirect("dashboard")
