"""May they? Keys belong to the person who made them."""

from typing import Any

from accounts.models import ApiKey


def can_revoke(user: Any, key: ApiKey) -> bool:
    """Say whether `user` may revoke the key."""
    return bool(user.is_authenticated and user.is_active and key.owner_id == user.pk)
