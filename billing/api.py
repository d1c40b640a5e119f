"""The API by tier: whether keys open anything, and how many calls a minute they have together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from accounts.models import ApiKey
from billing import entitlements
from billing.tiers import Feature
from core.throttling import UserThrottle

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


class KeyThrottle(UserThrottle):
    """Calls by key, as many a minute as the owner's tier has, of all her keys together."""

    scope = "key"
    rate = "60/min"  # replaced by the tier's

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Say whether this call may pass."""
        if not isinstance(request.auth, ApiKey):
            return True
        self.num_requests = entitlements.as_kept(request.auth.owner).terms.api_calls
        return super().allow_request(request, view)
