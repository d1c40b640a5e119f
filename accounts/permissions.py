"""May they? Keys and sessions belong to the person who made them."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import ApiKey, User


def require_user(request: HttpRequest) -> User:
    """Return who is signed in. Raises PermissionDenied for a stranger; pages ask for a login before this."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def is_staff(user: Any) -> bool:
    """Say whether `user` may use what is for staff: an active account with that mark and a second factor."""
    return bool(user.is_authenticated and user.is_active and user.is_staff and is_mfa_enabled(user))


def can_revoke(user: Any, key: ApiKey) -> bool:
    """Say whether `user` may revoke the key."""
    return bool(user.is_authenticated and user.is_active and key.owner_id == user.pk)


def can_end(user: Any, session: UserSession) -> bool:
    """Say whether `user` may end the session."""
    return bool(user.is_authenticated and user.is_active and session.user_id == user.pk)
