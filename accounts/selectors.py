"""What somebody may see of accounts."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import ApiKey


def keys_visible_to(user: Any) -> QuerySet[ApiKey]:
    """API keys `user` may see: her own, revoked and expired ones included, newest first."""
    if not (user.is_authenticated and user.is_active):
        return ApiKey.objects.none()
    return ApiKey.objects.filter(owner=user)
