"""How often one address may try links that nobody made."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import limits
from core.errors import DomainError


def count_bad_link(request: HttpRequest) -> None:
    """Count a link that leads nowhere. Raises DomainError "too_many_links" for one too many from this address.

    A school shares one address, so links that are good are never counted.
    """
    verdict = limits.take_for(request, "bad_link")
    if not verdict.allowed:
        raise DomainError(
            "too_many_links",
            _("Too many links that lead nowhere were tried from here."),
            status=429,
            hint=_("Wait an hour, or ask whoever gave you the link for a new one."),
            data={"retry_after": verdict.retry_after},
        )
