"""The API by tier: whether keys open anything, and how many calls a minute they have together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.throttling import BaseThrottle

from accounts.models import ApiKey
from billing import entitlements
from billing.tiers import Feature
from core import limits

if TYPE_CHECKING:  # the views import what the settings name
    from rest_framework.request import Request
    from rest_framework.views import APIView


class TierHasApi(BasePermission):
    """Lets keys pass where the owner's tier has the API. Pages speak to it without a key and always may."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Say yes, or raise DomainError "tier_api" with what to do."""
        if isinstance(request.auth, ApiKey):
            entitlements.as_kept(request.auth.owner).require(Feature.API)
        return True


class KeyThrottle(BaseThrottle):
    """Calls by key, as many a minute as the owner's tier has, of all her keys together."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Say whether this call may pass."""
        if not isinstance(request.auth, ApiKey):
            return True
        owner = request.auth.owner
        calls = entitlements.as_kept(owner).terms.api_calls
        verdict = limits.take("key", {"user": f"{owner.pk} {calls}"}, rates={"user": f"{max(1, calls)}/minute"})
        self._retry_after = verdict.retry_after
        return verdict.allowed

    def wait(self) -> float | None:
        """Return in how many seconds it may be asked again."""
        return getattr(self, "_retry_after", 0) or None
