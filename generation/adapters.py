"""Which adapter a request may carry: the one of the settings, where everything in ADAPTER_CHECKS agrees to it."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.tiers import Tier
from generation.engine.served import splitting

logger = logging.getLogger(__name__)


def is_paying(tier: str) -> bool:
    """Whether somebody pays for the work of this tier, herself or her school."""
    return tier != Tier.FREE


def may_be_served(adapter: str, *, paying: bool) -> bool:
    """Whether an adapter, by its name or its file, may be served to such a tenant; told in the log where it may not."""
    allowed = all(import_string(path)(adapter, paying=paying) for path in settings.ADAPTER_CHECKS)
    if not allowed:
        who = "paying tenants" if paying else "anybody"
        logger.warning("The adapter %s may not be served to %s; the base model answers. See /training/.", adapter, who)
    return allowed


def chosen(*, paying: bool, key: str = "") -> str:
    """The adapter that requests carry; none where it may not be served, so that the base model answers.

    `key` says who asks: MODEL_SPLIT gives shares of the people to other adapters than MODEL_ADAPTER, the same person
    always the same one.
    """
    adapter: str = settings.MODEL_ADAPTER
    if key:
        adapter = splitting.chosen(splitting.shares(settings.MODEL_SPLIT), key, adapter)
    return adapter if adapter and may_be_served(adapter, paying=paying) else ""
