"""How often the API may be asked: `core.limits` in the shape that the REST framework knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.throttling import BaseThrottle

from core import limits

if TYPE_CHECKING:  # the views import the throttles that the settings name
    from rest_framework.request import Request
    from rest_framework.views import APIView


class ApiThrottle(BaseThrottle):
    """Counts requests by user and key; those of nobody by their address."""

    act = "api"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Say whether this request may pass."""
        verdict = limits.take_for(request, self.act)
        self._retry_after = verdict.retry_after
        return verdict.allowed

    def wait(self) -> float | None:
        """Return in how many seconds it may be asked again."""
        return self._retry_after or None
