"""How often one person may ask the API."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from redis.exceptions import RedisError
from rest_framework.throttling import UserRateThrottle

if TYPE_CHECKING:  # the views import the throttles that the settings name
    from rest_framework.request import Request
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


class UserThrottle(UserRateThrottle):
    """Counts in the cache. While the cache is away nobody is counted, and everybody may ask."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Say whether this request may pass."""
        try:
            return bool(super().allow_request(request, view))
        except (OSError, RedisError) as error:
            logger.warning("Requests cannot be counted: %s", error)
            return True
