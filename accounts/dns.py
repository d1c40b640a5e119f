"""Asks the domain name system. The one place that does, so that a test can answer instead."""

from __future__ import annotations

import dns.exception
import dns.nameserver
import dns.resolver
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError

SECONDS = 5.0  # for the whole question; a teacher waits


def txt_records(name: str) -> list[str]:
    """Return the TXT records of a name; none where there are none. Raises DomainError "dns" when nobody answers."""
    try:
        answer = _resolver().resolve(name, "TXT", lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise DomainError(
            "dns",
            _("The domain's name servers did not answer."),
            status=503,
            hint=_("Try again in a minute. Nothing of your claim is lost."),
        ) from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def _resolver() -> dns.resolver.Resolver:
    """Ask the servers of DNS_SERVERS ("address" or "address:port"), else those of this machine."""
    if not settings.DNS_SERVERS:
        return dns.resolver.get_default_resolver()
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [_server(text) for text in settings.DNS_SERVERS]
    return resolver


def _server(text: str) -> dns.nameserver.Do53Nameserver:
    address, _colon, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "53")
    return dns.nameserver.Do53Nameserver(address, int(port))
