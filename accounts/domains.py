"""Claiming a domain for a school, and who may join by it. `accounts.trusting` has what our staff decide."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import dns, letters
from accounts.addresses import clean_domain, is_freemail, is_throwaway
from accounts.models import DomainClaim, Organisation, SchoolDomain, User
from accounts.models.domains import new_token
from accounts.permissions import not_found, require_manage
from core import audit
from core.errors import DomainError

Method, State = DomainClaim.Method, DomainClaim.State
RECORD = "_theorama"  # the label below the domain that holds the proof
VALUE = "theorama-domain="
MAILBOXES = ("admin", "administrator", "hostmaster", "postmaster", "webmaster")  # those of whoever runs a domain
OPEN_FOR = timedelta(days=14)
MOST_TRIES = 10
MOST_CLAIMS = 20


# --- Reading -------------------------------------------------------------------------------------
def claims_of(organisation: Organisation) -> QuerySet[DomainClaim]:
    """What a school claims."""
    return DomainClaim.objects.filter(organisation=organisation)


def record_of(claim: DomainClaim) -> tuple[str, str]:
    """Return name and value of the TXT record that proves a claim."""
    return f"{RECORD}.{claim.domain}", f"{VALUE}{claim.token}"


# --- Claiming ------------------------------------------------------------------------------------
@transaction.atomic
def claim(*, by: User, organisation: Organisation, domain: str, method: str, mailbox: str = "") -> DomainClaim:
    """Claim a domain, to be proven within 14 days; claiming again starts anew.

    Raises DomainError "not_found", "role", "domain", "throwaway", "invalid", "claimed" or "too_many".
    """
    require_manage(by, organisation)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    plain = clean_domain(domain)
    if is_throwaway(plain) or is_freemail(plain):
        raise DomainError(
            "throwaway",
            _("Anybody can have an address at %(domain)s, so no school can claim it.") % {"domain": plain},
            status=422,
            hint=_("Claim the domain of the addresses your school gives out."),
        )
    if method not in Method.values or (method == Method.MAIL and mailbox not in MAILBOXES):
        raise DomainError("invalid", _("Choose how you prove it."), status=422)
    _require_unclaimed(organisation, plain)
    if claims_of(organisation).exclude(domain=plain).count() >= MOST_CLAIMS:
        raise DomainError("too_many", _("A school can claim %(most)d domains.") % {"most": MOST_CLAIMS}, status=409)
    facts = {
        "method": method,
        "mailbox": mailbox if method == Method.MAIL else "",
        "token": new_token(),
        "tries": 0,
        "state": State.PENDING,
        "claimed_by": by,
        "expires": timezone.now() + OPEN_FOR,
    }
    made, _is_new = DomainClaim.objects.update_or_create(organisation=organisation, domain=plain, defaults=facts)
    data = {"domain": plain, "method": str(method)}
    audit.record("domain.claimed", actor=by, target=organisation, data=data)
    if method == Method.MAIL:
        _mail(made)
    return made


def check_record(*, by: User, claim: DomainClaim) -> DomainClaim:
    """Look the TXT record up and settle the claim. Raises DomainError "not_found", "too_old", "no_record" or "dns"."""
    _require_open(by, claim)
    name, value = record_of(claim)
    found = dns.txt_records(name)  # outside the transaction: it may take seconds
    if value not in [record.strip() for record in found]:
        raise DomainError(
            "no_record",
            _("There is no such record at %(name)s yet.") % {"name": name},
            status=409,
            hint=_("We found: %(found)s. A new record can take an hour to be seen; then check again.")
            % {"found": "; ".join(record[:80] for record in found[:3]) or _("nothing")},
        )
    return _prove(by, claim)


def check_code(*, by: User, claim: DomainClaim, typed: str) -> DomainClaim:
    """Compare the code from the mail. Raises DomainError "not_found", "too_old", "wrong_code" or "too_many"."""
    _require_open(by, claim)
    with transaction.atomic():
        fresh = DomainClaim.objects.select_for_update().get(pk=claim.pk)
        fresh.tries += 1
        fresh.save(update_fields=["tries", "updated"])
    if fresh.tries > MOST_TRIES:
        raise DomainError(
            "too_many", _("Too many codes were tried."), status=429, hint=_("Claim the domain again for a new code.")
        )
    if fresh.method != Method.MAIL or not secrets.compare_digest("".join(typed.split()).encode(), fresh.token.encode()):
        raise DomainError("wrong_code", _("That is not the code of the mail."), status=422, hint=_("Copy it whole."))
    return _prove(by, fresh)


@transaction.atomic
def withdraw(*, by: User, claim: DomainClaim) -> None:
    """Give a claim up, and the domain where it is the school's. Trust in it ends too. Raises "not_found", "role"."""
    require_manage(by, claim.organisation)
    kept = SchoolDomain.objects.filter(domain=claim.domain, organisation=claim.organisation).first()
    if kept is not None:
        kept.organisation, kept.joining = None, SchoolDomain.Joining.OFF
        kept.save(update_fields=["organisation", "joining", "updated"])
    audit.record("domain.given_up", actor=by, target=claim.organisation, data={"domain": claim.domain})
    claim.delete()


@transaction.atomic
def set_joining(*, by: User, domain: SchoolDomain, joining: str) -> SchoolDomain:
    """Say whether people with an address join by it. Raises "not_found", "role", "invalid" or "student_domain"."""
    if domain.organisation is None:
        raise not_found()
    require_manage(by, domain.organisation)
    if joining not in SchoolDomain.Joining.values:
        raise DomainError("invalid", _("Choose who may join."), status=422)
    if joining != SchoolDomain.Joining.OFF and domain.audience == SchoolDomain.Audience.STUDENTS:
        raise DomainError(
            "student_domain",
            _("Students have the addresses at %(domain)s.") % {"domain": domain},
            status=409,
            hint=_("Accounts are for teachers. Students watch without one."),
        )
    domain.joining = joining
    domain.save(update_fields=["joining", "updated"])
    data = {"domain": domain.domain, "joining": str(joining)}
    audit.record("domain.joining_set", actor=by, target=domain.organisation, data=data)
    return domain


# --- Rules ---------------------------------------------------------------------------------------
def _require_open(by: User, claim: DomainClaim) -> None:
    require_manage(by, claim.organisation)
    if claim.state != State.PENDING:
        raise DomainError("decided", _("This claim is already settled."), status=409)
    if claim.expires <= timezone.now():
        raise DomainError(
            "too_old",
            _("This proof has expired."),
            status=409,
            hint=_("Claim the domain again; you get a new record or code."),
        )


def _require_unclaimed(organisation: Organisation, domain: str) -> None:
    mine = DomainClaim.objects.filter(organisation=organisation, domain=domain).first()
    if mine is not None and mine.state in (State.PROVED, State.DISPUTED):
        raise DomainError("claimed", _("You have proven this domain already."), status=409)
    if (
        organisation.parent_id
        and SchoolDomain.objects.filter(domain=domain, organisation=organisation.parent_id).exists()
    ):
        raise DomainError(
            "claimed",
            _("Your district has this domain already, for all its schools."),
            status=409,
            hint=_("There is nothing more to do."),
        )


@transaction.atomic
def _prove(by: User, claim: DomainClaim) -> DomainClaim:
    """Give the domain to the school; where another school has it, both wait for our staff and nobody loses anything."""
    kept, _is_new = SchoolDomain.objects.select_for_update().get_or_create(
        domain=claim.domain, defaults={"source": claim.method}
    )
    fresh = DomainClaim.objects.select_for_update().get(pk=claim.pk)
    if kept.organisation_id in (None, fresh.organisation_id):
        kept.organisation, kept.source = fresh.organisation, fresh.method
        kept.save(update_fields=["organisation", "source", "updated"])
        fresh.state = State.PROVED
        if kept.proves_staff and fresh.organisation.verified is None:
            fresh.organisation.verified = timezone.now()
            fresh.organisation.save(update_fields=["verified", "updated"])
    else:
        fresh.state = State.DISPUTED
        others = DomainClaim.objects.filter(domain=fresh.domain, organisation=kept.organisation_id)
        others.update(state=State.DISPUTED, updated=timezone.now())
    fresh.save(update_fields=["state", "updated"])
    data = {"domain": fresh.domain, "state": str(fresh.state)}
    audit.record("domain.proven", actor=by, target=fresh.organisation, data=data)
    return fresh


def _mail(claim: DomainClaim) -> None:
    letters.send_later(
        f"{claim.mailbox}@{claim.domain}",
        _("Is %(domain)s the domain of “%(school)s”?") % {"domain": claim.domain, "school": claim.organisation.name},
        [
            _("Somebody at “%(school)s” says so on %(product)s.")
            % {"school": claim.organisation.name, "product": settings.PRODUCT_NAME},
            _("If that is right, send them this code:"),
            claim.token,
            _("If you do not know them, do nothing: without the code nothing happens."),
        ],
    )
