"""What somebody may see of accounts."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from accounts.models import ApiKey


def keys_visible_to(user: Any) -> QuerySet[ApiKey]:
    """API keys `user` may see: her own, revoked and expired ones included, newest first."""
    if not (user.is_authenticated and user.is_active):
        return ApiKey.objects.none()
    return ApiKey.objects.filter(owner=user)


def sessions_visible_to(user: Any) -> QuerySet[UserSession]:
    """Where `user` is signed in."""
    everybodys: QuerySet[UserSession] = UserSession.objects.all()
    return everybodys.filter(user=user) if user.is_authenticated and user.is_active else everybodys.none()
