"""How long what Stripe sends is kept."""

from __future__ import annotations

from billing.stripe import inbox
from core.retention import Rule

RULES = [
    Rule(
        "stripe_inbox",
        "bodies of Stripe's webhooks and its events",
        inbox.KEPT.days,
        "to work one off again that went wrong",
        lambda before: inbox.prune(before + inbox.KEPT),
    ),
]
