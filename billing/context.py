"""What every template may say of the reader's account."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from billing import entitlements
from billing.quota import Allowance


def allowance(request: HttpRequest) -> dict[str, Any]:
    """Return what is left of the month, looked up when a template asks; None for a stranger."""
    return {"allowance": SimpleLazyObject(lambda: _of(getattr(request, "user", None)))}


def _of(user: Any) -> Allowance | None:
    return entitlements.as_kept(user).allowance() if isinstance(user, User) else None
