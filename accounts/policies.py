"""What schools and districts decide for their teachers, and what follows for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, OrganisationPolicy, User
from accounts.permissions import require_manage
from core import audit
from core.errors import DomainError

Answer = OrganisationPolicy.Answer
CHOICES = ("models_write", "links", "outsiders")


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for somebody. Who is in several schools keeps to the strictest; who is in none may do all."""

    models_write: bool = True  # a language model may write what the library does not have
    links: bool = True  # links under which anybody may watch
    outsiders: bool = True  # co-teachers from outside the school
    training: bool = True  # she may choose to let what she makes be learnt from
    schools: tuple[str, ...] = ()


def of(user: Any) -> Policy:
    """Return what the user's schools decided for her. In any school, nothing she makes is learnt from: always."""
    if not user.is_authenticated:
        return Policy()
    mine = [
        one.organisation
        for one in Membership.objects.filter(user=user.pk).select_related(
            "organisation__policy", "organisation__parent__policy"
        )
    ]
    if not mine:
        return Policy()
    allowed = {choice: all(effective(school, choice) for school in mine) for choice in CHOICES}
    return Policy(**allowed, training=False, schools=tuple(school.name for school in mine))


def may_work_together(host: User, guest: User) -> bool:
    """Say whether the host's schools let her have this co-teacher: anybody, or only people of one of her schools."""
    if of(host).outsiders:
        return True
    hers = Membership.objects.filter(user=host).select_related("organisation")
    places = {one.organisation.parent_id or one.organisation_id for one in hers}
    here = Q(organisation__in=places) | Q(organisation__parent__in=places)
    return Membership.objects.filter(here, user=guest).exists()


def effective(organisation: Organisation, choice: str) -> bool:
    """Return what holds in the organisation: a district's no is final, else the school's own word, else yes."""
    own, district = _word(organisation, choice), _word(organisation.parent, choice)
    return Answer.NO not in (own, district)


def locked_by_district(organisation: Organisation) -> set[str]:
    """Return the choices that the district has taken from the school by its no."""
    return {choice for choice in CHOICES if _word(organisation.parent, choice) == Answer.NO}


@transaction.atomic
def set_policy(*, by: User, organisation: Organisation, **answers: str) -> OrganisationPolicy:
    """Write an organisation's own rules. Raises DomainError "not_found", "role" or "invalid"."""
    require_manage(by, organisation)
    if set(answers) != set(CHOICES) or not set(answers.values()) <= set(Answer.values):
        raise DomainError("invalid", _("Answer every question."), status=422)
    kept, _is_new = OrganisationPolicy.objects.update_or_create(organisation=organisation, defaults=answers)
    audit.record("organisation.policy_set", actor=by, target=organisation, data=dict(answers))
    return kept


def refused(what: str) -> DomainError:
    """Make the answer to somebody whose school does not allow a thing."""
    return DomainError(
        "school_policy", what, status=403, hint=_("Your school decided so; its administrators can change it.")
    )


def _word(organisation: Organisation | None, choice: str) -> str:
    if organisation is None:
        return ""
    policy: OrganisationPolicy | None = getattr(organisation, "policy", None)
    return str(getattr(policy, choice)) if policy is not None else ""
