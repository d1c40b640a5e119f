"""What our staff decide of domains and schools. Trust takes two of them: one proposes, another confirms."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import clean_domain, is_freemail, is_throwaway
from accounts.models import DomainClaim, Organisation, Reason, SchoolDomain, SignOn, User, VerificationRequest
from accounts.permissions import require_review
from accounts.verification import Method, State, revoke
from core import audit
from core.errors import DomainError


def proposals() -> QuerySet[SchoolDomain]:
    """Domains that one member of staff would trust, waiting for another."""
    waiting = SchoolDomain.objects.exclude(proposed_audience="")
    return waiting.select_related("proposed_by", "organisation").order_by("proposed_at")


def disputes() -> QuerySet[DomainClaim]:
    """Claims proven by more than one school."""
    claims = DomainClaim.objects.filter(state=DomainClaim.State.DISPUTED)
    return claims.select_related("organisation").order_by("domain", "created")


@transaction.atomic
def propose(*, by: User, domain: str, audience: str) -> SchoolDomain:
    """Say who has addresses at a domain. Students and mixed ones count at once; staff ones when a second one confirms.

    Raises DomainError "not_found", "domain", "invalid" or "throwaway".
    """
    require_review(by)
    plain = clean_domain(domain)
    if audience not in (SchoolDomain.Audience.STAFF, SchoolDomain.Audience.STUDENTS, SchoolDomain.Audience.MIXED):
        raise DomainError("invalid", _("Choose who has addresses there."), status=422)
    if is_throwaway(plain) or is_freemail(plain):
        raise DomainError("throwaway", _("Anybody can have an address at %(domain)s.") % {"domain": plain}, status=422)
    kept, _is_new = SchoolDomain.objects.select_for_update().get_or_create(
        domain=plain, defaults={"source": SchoolDomain.Source.REVIEW}
    )
    if audience == SchoolDomain.Audience.STAFF:
        kept.proposed_audience, kept.proposed_by, kept.proposed_at = audience, by, timezone.now()
        kept.save(update_fields=["proposed_audience", "proposed_by", "proposed_at", "updated"])
    else:  # Less trust needs no second person.
        _distrust(kept, by, audience)
    audit.record("domain.proposed", actor=by, target=kept, data={"domain": plain, "audience": str(audience)})
    return kept


@transaction.atomic
def confirm(*, by: User, domain: SchoolDomain, agree: bool) -> SchoolDomain:
    """Trust a domain as a second member of staff, or drop the proposal. Raises "not_found", "decided" or "own"."""
    require_review(by)
    kept = SchoolDomain.objects.select_for_update().get(pk=domain.pk)
    if not kept.proposed_audience:
        raise DomainError("decided", _("Nothing is proposed for this domain any more."), status=409)
    if agree and kept.proposed_by_id in (by.pk, None):
        raise DomainError(
            "own",
            _("Trust takes two: somebody else must confirm what you proposed."),
            status=409,
            hint=_("Where the proposer's account is gone, propose it anew."),
        )
    if agree:
        kept.audience, kept.trusted_at, kept.trusted_by = kept.proposed_audience, timezone.now(), by
        _verify_owner(kept, by)
    kept.proposed_audience = ""
    kept.save()
    data = {"domain": kept.domain, "agreed": agree, "proposed_by": str(kept.proposed_by_id or "")}
    audit.record("domain.confirmed" if agree else "domain.proposal_dropped", actor=by, target=kept, data=data)
    return kept


@transaction.atomic
def distrust(*, by: User, domain: SchoolDomain) -> int:
    """Take trust from a domain; who was verified by it alone is so no longer. Return how many. Raises "not_found"."""
    require_review(by)
    kept = SchoolDomain.objects.select_for_update().get(pk=domain.pk)
    return _distrust(kept, by, SchoolDomain.Audience.UNKNOWN)


@transaction.atomic
def settle(*, by: User, claim: DomainClaim) -> None:
    """Give a disputed domain to the school of this claim; the others are refused. Trust in it starts anew.

    Raises DomainError "not_found" or "decided".
    """
    require_review(by)
    claims = DomainClaim.objects.select_for_update().filter(domain=claim.domain)
    won = claims.filter(pk=claim.pk, state=DomainClaim.State.DISPUTED).first()
    if won is None:
        raise DomainError("decided", _("This claim is not disputed any more."), status=409)
    claims.exclude(pk=won.pk).update(state=DomainClaim.State.REFUSED, decided_by=by, updated=timezone.now())
    claims.filter(pk=won.pk).update(state=DomainClaim.State.PROVED, decided_by=by, updated=timezone.now())
    kept, _is_new = SchoolDomain.objects.get_or_create(domain=won.domain, defaults={"source": won.method})
    if kept.organisation_id != won.organisation_id:
        kept.organisation, kept.joining = won.organisation, SchoolDomain.Joining.OFF
        kept.save(update_fields=["organisation", "joining", "updated"])
    audit.record("domain.settled", actor=by, target=won.organisation, data={"domain": won.domain})


@transaction.atomic
def verify_organisation(*, by: User, organisation: Organisation, sure: bool) -> None:
    """Note that we are sure, or no longer sure, that an organisation is what it says. Raises "not_found"."""
    require_review(by)
    organisation.verified = timezone.now() if sure else None
    organisation.save(update_fields=["verified", "updated"])
    audit.record("organisation.verified" if sure else "organisation.doubted", actor=by, target=organisation)


@transaction.atomic
def trust_roles(*, by: User, sign_on: SignOn, sure: bool) -> None:
    """Take the roles that a school's sign-on tells as proof, or no longer. Raises "not_found"."""
    require_review(by)
    sign_on.trusted_at = timezone.now() if sure else None
    sign_on.save(update_fields=["trusted_at", "updated"])
    verb = "sign_on.roles_trusted" if sure else "sign_on.roles_doubted"
    audit.record(verb, actor=by, target=sign_on.organisation)


def _distrust(kept: SchoolDomain, by: User, audience: str) -> int:
    kept.audience, kept.trusted_at, kept.trusted_by, kept.proposed_audience = audience, None, None, ""
    kept.save()
    rested = VerificationRequest.objects.filter(
        state=State.APPROVED, method=Method.DOMAIN, email__iendswith=f"@{kept.domain}"
    )
    taken = revoke(rested, by=by, reason=Reason.DOMAIN_LOST)
    audit.record("domain.distrusted", actor=by, target=kept, data={"domain": kept.domain, "revoked": taken})
    return taken


def _verify_owner(kept: SchoolDomain, by: User) -> None:
    """A school that proved a domain which we trust is the school we think it is."""
    owner = kept.organisation
    if owner is not None and owner.verified is None:
        owner.verified = timezone.now()
        owner.save(update_fields=["verified", "updated"])
        audit.record("organisation.verified", actor=by, target=owner, data={"domain": kept.domain})
