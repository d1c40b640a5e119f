"""May they? Keys and sessions belong to the person who made them, schools to those who run them, proof to reviewers."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import ApiKey, Membership, Organisation, User
from core.errors import DomainError

Role = Membership.Role
MANAGERS = (Role.OWNER, Role.ADMIN)
PAYERS = (*MANAGERS, Role.BILLING)


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


# --- Schools and districts -----------------------------------------------------------------------
def role_in(user: Any, organisation: Organisation) -> str:
    """Return the user's own role there; empty for strangers, and for those who only run the district above."""
    if not (user.is_authenticated and user.is_active):
        return ""
    found = Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()
    return found or ""


def has_role(user: Any, organisation: Organisation, *roles: str) -> bool:
    """Say whether the user has one of the roles in the organisation or in the district above it."""
    if not (user.is_authenticated and user.is_active):
        return False
    places = [organisation.pk, *([organisation.parent_id] if organisation.parent_id else [])]
    return Membership.objects.filter(user=user, organisation__in=places, role__in=roles).exists()


def can_see(user: Any, organisation: Organisation) -> bool:
    """Say whether the user may know the organisation's page: its members, and those who run the district above."""
    return bool(role_in(user, organisation)) or has_role(user, organisation, *PAYERS)


def can_manage(user: Any, organisation: Organisation) -> bool:
    """Say whether the user may run it: its owner and administrators, and those of the district above."""
    return has_role(user, organisation, *MANAGERS)


def can_pay(user: Any, organisation: Organisation) -> bool:
    """Say whether the user may see usage, ask for quotes and order seats: those who run it, billing administrators."""
    return has_role(user, organisation, *PAYERS)


def require_manage(user: Any, organisation: Organisation) -> None:
    """Let those who run it pass. Raises DomainError "not_found" for strangers, "role" for other members."""
    _require(can_manage(user, organisation), user, organisation)


def require_pay(user: Any, organisation: Organisation) -> None:
    """Let those who pay pass. Raises DomainError "not_found" for strangers, "role" for other members."""
    _require(can_pay(user, organisation), user, organisation)


def _require(may: bool, user: Any, organisation: Organisation) -> None:
    if may:
        return
    if not can_see(user, organisation):
        raise not_found()
    raise DomainError(
        "role",
        _("Your role in this school does not allow that."),
        status=403,
        hint=_("Ask an administrator of the school; they are named on its page."),
    )


# --- Verification --------------------------------------------------------------------------------
def can_review(user: Any) -> bool:
    """Say whether the user may see proof and decide on it: active staff with a second factor."""
    return bool(user.is_authenticated and user.is_active and user.is_staff and is_mfa_enabled(user))


def require_review(user: Any) -> None:
    """Let reviewers pass. Raises DomainError "not_found" for everybody else."""
    if not can_review(user):
        raise not_found()


def not_found() -> DomainError:
    """Make the answer to everybody who may not see a thing, there or not."""
    return DomainError(
        "not_found",
        _("There is nothing here for you."),
        status=404,
        hint=_("It may have been removed, or you are logged in with another account."),
    )
