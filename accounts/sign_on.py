"""Single sign-on of a school or district: setting it up, finding it by address, and what a login by it brings."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialApp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.addresses import domain_of
from accounts.joining import let_in
from accounts.models import Membership, Organisation, SchoolDomain, SignOn, User
from accounts.permissions import MANAGERS, Role, require_manage
from accounts.verification import verify_by_role
from core import audit
from core.errors import DomainError

SAML, OPENID = "saml", "openid_connect"
PEM = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


# --- Reading -------------------------------------------------------------------------------------
def for_address(email: str) -> SignOn | None:
    """Return the sign-on of whoever proved the address's domain: the school's own, else its district's."""
    kept = (
        SchoolDomain.objects.filter(domain=domain_of(email), organisation__isnull=False)
        .select_related("organisation__parent")
        .first()
    )
    if kept is None or kept.organisation is None:
        return None
    place = kept.organisation
    places = [place.pk, *([place.parent_id] if place.parent_id else [])]
    found = {one.organisation_id: one for one in SignOn.objects.filter(organisation__in=places).select_related("app")}
    return next((found[one] for one in places if one in found), None)


def place_of(sign_on: SignOn, email: str) -> Organisation | None:
    """Return the organisation that an address of this sign-on belongs to; None where it may not speak for it."""
    here = Q(organisation=sign_on.organisation_id) | Q(organisation__parent=sign_on.organisation_id)
    kept = SchoolDomain.objects.filter(here, domain=domain_of(email)).select_related("organisation__parent").first()
    return kept.organisation if kept and for_address(email) == sign_on else None


def is_break_glass(user: User, sign_on: SignOn) -> bool:
    """Say whether the user may log in by password although the sign-on is required: with a second factor, always."""
    return sign_on.break_glass_id == user.pk and is_mfa_enabled(user)


def is_teacher(sign_on: SignOn, told: Mapping[str, Any]) -> bool:
    """Say whether what the identity provider told makes her a teacher; without an attribute to look at, all are."""
    if not sign_on.role_attribute:
        return True
    found: list[str] = []
    for part in (told, told.get("userinfo"), told.get("id_token")):
        value = part.get(sign_on.role_attribute) if isinstance(part, Mapping) else None
        found += [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)] if value else []
    wanted = {str(value).casefold() for value in sign_on.teacher_values}
    return any(one.casefold() in wanted for one in found)


# --- Setting up ----------------------------------------------------------------------------------
@transaction.atomic
def set_up_saml(
    *,
    by: User,
    organisation: Organisation,
    entity_id: str,
    sso_url: str,
    certificate: str,
    role_attribute: str = "",
    teacher_values: str = "",
) -> SignOn:
    """Set SAML up. Nothing is fetched: the school pastes what its identity provider shows.

    Raises DomainError "not_found", "role", "no_domain", "certificate" or "invalid".
    """
    _require_ready(by, organisation)
    _require_address(sso_url)
    if not entity_id.strip():
        raise _invalid(_("The identity provider's entity ID is missing."), "")
    idp = {"entity_id": entity_id.strip(), "sso_url": sso_url, "x509cert": _clean_certificate(certificate)}
    advanced = {
        "strict": True,
        "want_assertion_signed": True,
        "reject_idp_initiated_sso": True,
        "reject_deprecated_algorithm": True,
        "allow_single_label_domains": settings.DEBUG,  # localhost
    }
    slug = _slug(organisation)
    app = {"client_id": slug, "secret": "", "settings": {"idp": idp, "advanced": advanced}}
    return _keep(by, organisation, SAML, slug, app, role_attribute, teacher_values)


@transaction.atomic
def set_up_openid(
    *,
    by: User,
    organisation: Organisation,
    server_url: str,
    client_id: str,
    secret: str,
    role_attribute: str = "",
    teacher_values: str = "",
) -> SignOn:
    """Set OpenID Connect up. Raises DomainError "not_found", "role", "no_domain" or "invalid"."""
    _require_ready(by, organisation)
    _require_address(server_url)
    if not client_id.strip() or not secret.strip():
        raise _invalid(_("Client ID and secret are missing."), _("Your identity provider shows them."))
    app = {
        "client_id": client_id.strip(),
        "secret": secret.strip(),
        "settings": {"server_url": server_url, "oauth_pkce_enabled": True},
    }
    return _keep(by, organisation, OPENID, _slug(organisation), app, role_attribute, teacher_values)


@transaction.atomic
def set_required(*, by: User, sign_on: SignOn, required: bool, break_glass: User | None = None) -> SignOn:
    """Make the sign-on the only way in, or one of several. Required, it needs somebody who can always log in.

    Raises DomainError "not_found", "role" or "break_glass".
    """
    require_manage(by, sign_on.organisation)
    if required:
        runs = (
            break_glass is not None
            and Membership.objects.filter(
                user=break_glass, organisation=sign_on.organisation, role__in=MANAGERS
            ).exists()
        )
        if break_glass is None or not runs or not is_mfa_enabled(break_glass) or not break_glass.has_usable_password():
            raise DomainError(
                "break_glass",
                _("Name an administrator who has a password and a second factor."),
                status=409,
                hint=_("If your identity provider fails, that account alone can still log in and switch this off."),
            )
    sign_on.required, sign_on.break_glass = required, break_glass if required else None
    sign_on.save(update_fields=["required", "break_glass", "updated"])
    audit.record("sign_on.required" if required else "sign_on.optional", actor=by, target=sign_on.organisation)
    return sign_on


@transaction.atomic
def remove(*, by: User, sign_on: SignOn) -> None:
    """Switch the sign-on off; people set a password by “forgot password”. Raises DomainError "not_found" or "role"."""
    require_manage(by, sign_on.organisation)
    app = sign_on.app
    audit.record("sign_on.removed", actor=by, target=sign_on.organisation)
    sign_on.delete()
    app.delete()


# --- Logging in ----------------------------------------------------------------------------------
@transaction.atomic
def arrive(user: User, sign_on: SignOn, email: str, told: Mapping[str, Any]) -> bool:
    """Make who logged in a member, and verified where the roles are trusted. Return whether she is in.

    Without a free seat she is logged in all the same; the school's page says why she is not in.
    """
    place = place_of(sign_on, email)
    if place is None or not is_teacher(sign_on, told):
        return False
    try:
        let_in(user, place, Role.TEACHER)
    except DomainError as error:
        audit.record("sign_on.no_seat", actor=user, target=place, data={"code": error.code})
        return False
    if sign_on.trusted_at and sign_on.role_attribute:
        verify_by_role(user=user, organisation=place, email=email)
    return True


# --- Rules ---------------------------------------------------------------------------------------
def _require_ready(by: User, organisation: Organisation) -> None:
    require_manage(by, organisation)
    here = Q(organisation=organisation) | Q(organisation__parent=organisation)
    if not SchoolDomain.objects.filter(here).exists():
        raise DomainError(
            "no_domain",
            _("Prove a domain first."),
            status=409,
            hint=_("The sign-on speaks for addresses at your domains, and for no others."),
        )


def _require_address(url: str) -> None:
    parts = urlsplit(url)
    if (parts.scheme != "https" and parts.hostname not in settings.SIGN_ON_HOSTS) or not parts.hostname:
        raise _invalid(_("The address must begin with https://."), _("Copy it from your identity provider."))


def _clean_certificate(pasted: str) -> str:
    """Return the certificate without its frame, once it can be read."""
    bare = "".join(pasted.split())
    framed = PEM.search(pasted)
    pem = framed.group(0) if framed else f"-----BEGIN CERTIFICATE-----\n{bare}\n-----END CERTIFICATE-----\n"
    try:
        read = x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise DomainError(
            "certificate",
            _("That is not an X.509 certificate."),
            status=422,
            hint=_("Paste it whole, from BEGIN CERTIFICATE to END CERTIFICATE."),
        ) from error
    return "".join(read.public_bytes(Encoding.PEM).decode().strip().splitlines()[1:-1])


def _slug(organisation: Organisation) -> str:
    """Return the name that stands in the addresses of the sign-on; it stays while the sign-on does."""
    kept = SignOn.objects.filter(organisation=organisation).select_related("app").first()
    return kept.app.provider_id if kept else f"s{secrets.token_hex(8)}"


def _keep(
    by: User,
    organisation: Organisation,
    kind: str,
    slug: str,
    app: dict[str, Any],
    role_attribute: str,
    teacher_values: str,
) -> SignOn:
    facts = app | {"provider": kind, "name": organisation.name[:40]}
    kept, _is_new = SocialApp.objects.update_or_create(provider_id=slug, defaults=facts)
    told = {
        "app": kept,
        "role_attribute": role_attribute.strip(),
        "teacher_values": [value.strip() for value in teacher_values.split(",") if value.strip()],
        "trusted_at": None,  # whoever answers for roles now, our staff has not looked at it
    }
    sign_on, _is_new = SignOn.objects.update_or_create(organisation=organisation, defaults=told)
    audit.record("sign_on.set_up", actor=by, target=organisation, data={"kind": kind})
    return sign_on


def _invalid(message: str, hint: str) -> DomainError:
    return DomainError("invalid", message, status=422, hint=hint)
