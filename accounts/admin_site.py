"""The admin site's door: allauth's login with its limits, and a second factor for everybody behind it."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache


class StaffSite(AdminSite):
    """Opens to active staff who have a second factor."""

    site_header = gettext_lazy("Theorama administration")
    site_title = gettext_lazy("Theorama administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether the signed-in user may enter."""
        return super().has_permission(request) and is_mfa_enabled(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send strangers to allauth's login and staff without a second factor to set one up."""
        return _login(request, self.has_permission(request))


@never_cache
def _login(request: HttpRequest, may_enter: bool) -> HttpResponse:
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        wanted = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted)
    if not (request.user.is_active and request.user.is_staff):
        raise PermissionDenied
    if may_enter:
        return HttpResponseRedirect(wanted)
    messages.info(request, _("Set up a second factor first: the administration needs one."))
    return redirect("mfa_index")
