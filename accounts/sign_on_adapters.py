"""What allauth asks of us when somebody logs in: by a school's sign-on, or past it."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidURL

from accounts import sign_on
from accounts.models import SignOn, User
from core.errors import DomainError


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Keeps addresses of a school with a required sign-on from every other way in, but for its break-glass account."""

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Send who must use her school's sign-on there."""
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        by_sign_on = "sociallogin" in (kwargs.get("signal_kwargs") or {})
        if answer is not None or by_sign_on:
            return answer
        required = sign_on.for_address(user.email)
        if required is None or not required.required or sign_on.is_break_glass(user, required):
            return None
        messages.info(request, _("Your school logs you in: use its sign-on."))
        return redirect("school_sign_in")


class SchoolSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Believes an identity provider for addresses at its organisation's proven domains, and for nothing else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the login to the account of its address. Raises ImmediateHttpResponse where it may not be."""
        found = SignOn.objects.filter(app=sociallogin.provider.app).select_related("organisation", "app").first()
        email = _address_in(sociallogin)
        if found is None or not email or sociallogin.state.get("process") == "connect":
            raise _turned_away(request, _("The sign-on did not tell an e-mail address that we can use."))
        if sign_on.place_of(found, email) is None:
            message = _("%(email)s is not at a domain of “%(school)s”.")
            raise _turned_away(request, message % {"email": email, "school": found.organisation.name})
        if not sign_on.is_teacher(found, sociallogin.account.extra_data):
            raise _turned_away(request, _("Accounts are for teachers. Students watch without one."))
        sociallogin.email_addresses = [EmailAddress(email=email, verified=True, primary=True)]
        if not sociallogin.is_existing:
            sociallogin.user.email = email
            self._tie(request, sociallogin, email)
        elif sociallogin.user.is_staff:
            raise _turned_away(request, _("Our own staff does not log in by a school."))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Let everybody in whom `pre_social_login` let pass."""
        return True

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Ask nothing more: the school has told the address and the name."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Take the name over."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name") or "", data.get("last_name") or ""]
        user.name = (data.get("name") or " ".join(parts)).strip()[:120]
        return user

    def get_requests_session(self) -> Session:
        """Return a session that reaches public addresses only: a school types where it leads."""
        session: Session = super().get_requests_session()
        session.mount("https://", PublicHosts())
        session.mount("http://", PublicHosts())
        return session

    def _tie(self, request: HttpRequest, sociallogin: Any, email: str) -> None:
        """Connect to the account of the address. One that never confirmed it loses its password: it may be a trap."""
        held = EmailAddress.objects.filter(email__iexact=email).select_related("user").order_by("-verified").first()
        user = held.user if held else User.objects.filter(email__iexact=email).first()
        if user is None:
            return
        if user.is_staff:
            raise _turned_away(request, _("Our own staff does not log in by a school."))
        if held is None or not held.verified:
            user.set_unusable_password()
            user.save(update_fields=["password", "updated"])
            EmailAddress.objects.filter(user=user, email__iexact=email).update(verified=True)
        sociallogin.connect(request, user)


class PublicHosts(HTTPAdapter):
    """Sends to public hosts alone, over https; SIGN_ON_HOSTS names those of the operator's own network."""

    def send(self, request: PreparedRequest, *arguments: Any, **named: Any) -> Response:
        """Send one request; each redirect comes here again. Raises InvalidURL."""
        parts = urlsplit(request.url or "")
        if parts.hostname not in settings.SIGN_ON_HOSTS and not (
            parts.scheme == "https" and _is_public(parts.hostname)
        ):
            raise InvalidURL("A sign-on's address must be https and public.")
        return super().send(request, *arguments, **named)


def note_arrival(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Make whoever logged in by her school's sign-on a member of it."""
    login = kwargs.get("sociallogin")
    found = SignOn.objects.filter(app=login.provider.app).select_related("organisation").first() if login else None
    if found is None or login is None:
        return
    email = _address_in(login)
    try:
        came_in = sign_on.arrive(user, found, email, login.account.extra_data)
    except DomainError as error:
        messages.warning(request, error.message)
        return
    if not came_in:
        messages.warning(request, _("Your school has no free seat for you yet. Ask its administrator."))


def _address_in(sociallogin: Any) -> str:
    told = [address.email for address in sociallogin.email_addresses] + [sociallogin.user.email]
    return next((email.lower() for email in told if email), "")


def _is_public(host: str | None) -> bool:
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one[4][0]).is_global for one in found)


def _turned_away(request: HttpRequest, message: str) -> ImmediateHttpResponse:
    error = DomainError(
        "sign_on", message, status=403, hint=_("Ask your school's administrator, or log in another way.")
    )
    return ImmediateHttpResponse(render(request, "domain_error.html", {"error": error}, status=error.status))
