"""How often somebody without an account may have a prompt read: reading costs time, and nobody is behind it yet."""

from __future__ import annotations

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import DomainError

MOST_PROMPTS = 60  # of one address; a whole school may share one
WINDOW_SECONDS = 60


def require_room(request: HttpRequest) -> None:
    """Count a prompt of this address. Raises DomainError "too_many_prompts" for one too many in this minute."""
    now = time.time()
    key = f"prompts:{_network(request)}:{int(now // WINDOW_SECONDS)}"
    # Two at the same moment may count as one; a limit this wide does not mind.
    counted = cache.get(key, 0) + 1
    if counted > MOST_PROMPTS:
        raise DomainError(
            "too_many_prompts",
            _("Many prompts came from your network in the last minute."),
            status=429,
            hint=_("Your words are still here. Wait a minute and send them again, or log in first."),
            data={"retry_after": WINDOW_SECONDS - int(now % WINDOW_SECONDS)},
        )
    cache.set(key, counted, 2 * WINDOW_SECONDS)


def _network(request: HttpRequest) -> str:
    """The client's address; of IPv6 the part that its provider gave out."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)
