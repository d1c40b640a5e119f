"""A teacher leaves, her work stays with a colleague. What her work is, apps above this one say (WORK_TRANSFERS)."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.addresses import domain_of
from accounts.models import Membership, Organisation, SchoolDomain, User
from accounts.permissions import not_found, require_manage, role_in
from core import audit
from core.errors import DomainError


def may_hand_over(by: User, organisation: Organisation, leaver: User) -> bool:
    """Say whether `by` may pass the leaver's work on: she herself may, and the school for an account that is its own.

    An account is the school's own where its login is an address at a domain that the school, or its district, proved.
    """
    if by.pk == leaver.pk:
        return True
    places = [organisation.pk, *([organisation.parent_id] if organisation.parent_id else [])]
    return SchoolDomain.objects.filter(domain=domain_of(leaver.email), organisation__in=places).exists()


@transaction.atomic
def hand_over_work(*, by: User, organisation: Organisation, leaver: User, heir: User) -> int:
    """Give all the leaver's projects and lessons to a colleague at the same school. Return how many things moved.

    Raises DomainError "not_found", "role", "private" or "heir".
    """
    if by.pk != leaver.pk:
        require_manage(by, organisation)
    people = Membership.objects.filter(organisation=organisation, user__in=[leaver, heir], user__is_active=True)
    if not role_in(leaver, organisation) and not people.filter(user=leaver).exists():
        raise not_found()
    if heir.pk == leaver.pk or not people.filter(user=heir).exists():
        raise DomainError("heir", _("Choose another teacher of the school."), status=422)
    if not may_hand_over(by, organisation, leaver):
        raise DomainError(
            "private",
            _("This account is the teacher's own: its address is not at a domain of the school."),
            status=409,
            hint=_("She can hand her work over herself, on the page of the school."),
        )
    User.objects.select_for_update().filter(pk__in=[leaver.pk, heir.pk]).count()
    moved = sum(import_string(path)(by=by, leaver=leaver, heir=heir) for path in settings.WORK_TRANSFERS)
    data = {"leaver": str(leaver.pk), "heir": str(heir.pk), "moved": moved}
    audit.record("organisation.work_handed_over", actor=by, target=organisation, data=data)
    return int(moved)
