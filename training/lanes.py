"""What a licence lets us do with what was trained on it. Unknown is blocked."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Lane(StrEnum):
    """From free to forbidden; the order of the members is the order of severity."""

    COMMERCIAL = "commercial"
    RESEARCH_NC = "research_nc"
    BLOCKED = "blocked"


# SPDX identifiers (https://spdx.org/licenses/) read one by one; a licence that is not here is blocked.
OWN = "LicenseRef-Theorama"
CONSENTED = "LicenseRef-Theorama-Consent"  # rows that people gave by the consent of their account
_COMMERCIAL = frozenset(
    {"MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "CC0-1.0", "CC-BY-4.0", OWN, CONSENTED}
)
_NON_COMMERCIAL = frozenset(
    f"CC-BY-NC{variant}-{version}" for variant in ("", "-SA") for version in ("2.0", "2.5", "3.0", "4.0")
)


def lane_of(licence: str, evidence: str) -> Lane:
    """The lane of a source. A licence that nothing bears out counts as unknown."""
    if not evidence.strip():
        return Lane.BLOCKED
    if licence in _COMMERCIAL:
        return Lane.COMMERCIAL
    return Lane.RESEARCH_NC if licence in _NON_COMMERCIAL else Lane.BLOCKED


def worst(lanes: Iterable[str]) -> Lane:
    """The lane of a whole: that of its worst part. Of nothing at all nothing is known: blocked."""
    order = list(Lane)
    return max((Lane(each) for each in lanes), key=order.index, default=Lane.BLOCKED)
