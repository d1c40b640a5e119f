"""Titles of projects and animations: a class sees them, so they are screened like everything it sees."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.errors import DomainError
from generation.engine.screening.shown import unfit
from generation.faults import said


def require_fit(title: str) -> None:
    """Raise DomainError where a title does not fit a classroom."""
    found = unfit(title)
    if found is not None:
        raise DomainError(found.code, said(found.message), status=422, hint=_("Choose another title."))
