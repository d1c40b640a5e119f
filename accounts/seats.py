"""How many people a school may hold. What it bought, an app above this one says (setting SEAT_LIMIT)."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, SchoolInvitation
from core.errors import DomainError


def limit_of(organisation: Organisation) -> int | None:
    """Return the seats that the organisation itself bought; None where it bought none, and nobody is counted."""
    found = import_string(settings.SEAT_LIMIT)(organisation) if settings.SEAT_LIMIT else None
    return None if found is None else int(found)


def pool_of(organisation: Organisation) -> Organisation:
    """Return whose seats the organisation's people sit on: its own if it bought any, else its district's."""
    if organisation.parent is not None and limit_of(organisation) is None:
        return organisation.parent
    return organisation


def used(pool: Organisation) -> int:
    """Return how many seats are taken: people in the organisation and its schools, each once, and open invitations."""
    here = Q(organisation=pool) | Q(organisation__parent=pool)
    people = Membership.objects.filter(here).values("user").distinct().count()
    asked = SchoolInvitation.objects.filter(here, expires__gt=timezone.now()).values("email").distinct().count()
    return people + asked


def free(organisation: Organisation) -> int | None:
    """Return how many more may come in; None for any number."""
    pool = pool_of(organisation)
    limit = limit_of(pool)
    return None if limit is None else max(0, limit - used(pool))


def require(organisation: Organisation, wanted: int = 1) -> None:
    """Hold the pool's row and check that seats are free. Raises DomainError "no_seats"."""
    pool = Organisation.objects.select_for_update().select_related(None).get(pk=pool_of(organisation).pk)
    left = free(organisation)
    if left is None or wanted <= left:
        return
    raise DomainError(
        "no_seats",
        _("%(school)s has %(left)d free seats, and %(wanted)d are needed.")
        % {"school": pool.name, "left": left, "wanted": wanted},
        status=409,
        hint=_("Order more seats, withdraw invitations nobody answered, or remove who has left."),
        data={"free": left},
    )
