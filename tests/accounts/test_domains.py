"""A school proves that a domain is its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import dns, domains, trusting
from accounts.models import DomainClaim, Membership, Organisation, SchoolDomain
from core.errors import DomainError
from tests.accounts.nameserver import NameServer
from tests.accounts.proof import reviewer
from tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
State = DomainClaim.State


def refused(code, call, **named):
    with pytest.raises(DomainError) as error:
        call(**named)
    assert error.value.code == code, error.value.message
    return error.value


@pytest.fixture
def names(settings):
    server = NameServer()
    settings.DNS_SERVERS = [server.address]
    yield server
    server.close()


def a_school(**fields):
    school = OrganisationFactory(**fields)
    return school, MembershipFactory(organisation=school, role=Membership.Role.OWNER).user


def claimed(school, by, names, domain="lincoln.example"):
    """Claim the domain by DNS and set the record."""
    claim = domains.claim(by=by, organisation=school, domain=domain, method="dns")
    name, value = domains.record_of(claim)
    names.records[name] = [*(names.records.get(name) or []), value]
    return claim


def test_a_txt_record_proves_the_domain(names):
    school, owner = a_school()
    claim = domains.claim(by=owner, organisation=school, domain=" WWW.Lincoln.Example. ", method="dns")
    told = refused("no_record", domains.check_record, by=owner, claim=claim)
    assert "_theorama.lincoln.example" in told.message
    names.records["_theorama.lincoln.example"] = ["v=spf1 -all", "x" * 300, domains.record_of(claim)[1]]
    assert domains.check_record(by=owner, claim=claim).state == State.PROVED
    kept = SchoolDomain.objects.get()
    assert (kept.domain, kept.organisation, kept.proves_staff) == ("lincoln.example", school, False)
    assert names.asked == ["_theorama.lincoln.example"] * 2


def test_another_schools_record_proves_nothing(names):
    school, owner = a_school()
    other, head = a_school()
    claimed(other, head, names)
    mine = domains.claim(by=owner, organisation=school, domain="lincoln.example", method="dns")
    refused("no_record", domains.check_record, by=owner, claim=mine)
    assert not SchoolDomain.objects.exists()


def test_name_servers_that_do_not_answer_lose_nothing(names, monkeypatch):
    monkeypatch.setattr(dns, "SECONDS", 0.3)
    school, owner = a_school()
    claim = domains.claim(by=owner, organisation=school, domain="lincoln.example", method="dns")
    names.records["_theorama.lincoln.example"] = None
    assert refused("dns", domains.check_record, by=owner, claim=claim).status == 503
    names.records["_theorama.lincoln.example"] = [domains.record_of(claim)[1]]
    assert domains.check_record(by=owner, claim=claim).state == State.PROVED


def test_a_proof_that_has_expired_is_begun_anew(names):
    school, owner = a_school()
    claim = claimed(school, owner, names)
    DomainClaim.objects.update(expires=timezone.now() - timedelta(seconds=1))
    claim.refresh_from_db()
    assert "again" in refused("too_old", domains.check_record, by=owner, claim=claim).hint
    before = claim.token
    assert claimed(school, owner, names).token != before


@pytest.fixture
def disputed(names):
    """Two schools that have both set their records; the first had the domain before."""
    first, first_owner = a_school()
    second, second_owner = a_school()
    domains.check_record(by=first_owner, claim=claimed(first, first_owner, names))
    SchoolDomain.objects.update(joining="ask")
    claim = domains.check_record(by=second_owner, claim=claimed(second, second_owner, names))
    return first, second, claim


def test_a_domain_claimed_twice_waits_for_our_staff_and_the_first_school_loses_nothing(disputed):
    first, _second, claim = disputed
    assert claim.state == State.DISPUTED
    assert set(DomainClaim.objects.values_list("state", flat=True)) == {State.DISPUTED}
    kept = SchoolDomain.objects.get()
    assert (kept.organisation, kept.joining) == (first, "ask")


def test_staff_settles_it_and_the_old_rules_of_joining_end(disputed):
    first, second, claim = disputed
    trusting.settle(by=reviewer(), claim=claim)
    kept = SchoolDomain.objects.get()
    assert (kept.organisation, kept.joining) == (second, "off")
    assert dict(DomainClaim.objects.values_list("organisation", "state")) == {
        first.pk: State.REFUSED,
        second.pk: State.PROVED,
    }
    refused("decided", trusting.settle, by=reviewer(), claim=claim)


def test_a_code_sent_to_the_domain_proves_it(mailoutbox, django_capture_on_commit_callbacks):
    school, owner = a_school(name="Lincoln High")
    with django_capture_on_commit_callbacks(execute=True):
        claim = domains.claim(
            by=owner, organisation=school, domain="lincoln.example", method="mail", mailbox="postmaster"
        )
    assert mailoutbox[0].to == ["postmaster@lincoln.example"]
    code = next(line for line in mailoutbox[0].body.splitlines() if line == claim.token)
    refused("wrong_code", domains.check_code, by=owner, claim=claim, typed=code[:-1])
    assert domains.check_code(by=owner, claim=claim, typed=f" {code}\n").state == State.PROVED


def test_codes_cannot_be_guessed_on(names):
    school, owner = a_school()
    claim = domains.claim(by=owner, organisation=school, domain="lincoln.example", method="mail", mailbox="admin")
    for _try in range(domains.MOST_TRIES):
        refused("wrong_code", domains.check_code, by=owner, claim=claim, typed="0")
    refused("too_many", domains.check_code, by=owner, claim=claim, typed=claim.token)


def test_the_code_of_a_dns_claim_is_public_and_proves_nothing_by_typing(names):
    school, owner = a_school()
    claim = domains.claim(by=owner, organisation=school, domain="lincoln.example", method="dns")
    refused("wrong_code", domains.check_code, by=owner, claim=claim, typed=claim.token)


def test_a_mail_goes_only_to_mailboxes_of_whoever_runs_a_domain():
    school, owner = a_school()
    for mailbox in ("ada", "", "admin@evil.example,x"):
        refused(
            "invalid",
            domains.claim,
            by=owner,
            organisation=school,
            domain="lincoln.example",
            method="mail",
            mailbox=mailbox,
        )


@pytest.mark.parametrize("domain", ["gmail.com", "mailinator.com"])
def test_no_school_can_claim_a_mail_provider(domain):
    school, owner = a_school()
    refused("throwaway", domains.claim, by=owner, organisation=school, domain=domain, method="dns")


@pytest.mark.parametrize("typed", ["", "localhost", "10.0.0.1", "-a.example", "a b.example", "x" * 300 + ".example"])
def test_what_is_no_domain_is_turned_down(typed):
    school, owner = a_school()
    refused("domain", domains.claim, by=owner, organisation=school, domain=typed, method="dns")


def test_a_school_need_not_claim_its_districts_domain(names):
    district, head = a_school(kind=Organisation.Kind.DISTRICT)
    domains.check_record(by=head, claim=claimed(district, head, names))
    school = OrganisationFactory(parent=district)
    refused("claimed", domains.claim, by=head, organisation=school, domain="lincoln.example", method="dns")


def test_a_school_that_proves_a_trusted_domain_is_verified_and_giving_it_up_is_final(names):
    first, second = reviewer(), reviewer()
    trusting.confirm(
        by=second, domain=trusting.propose(by=first, domain="lincoln.example", audience="staff"), agree=True
    )
    school, owner = a_school()
    claim = domains.check_record(by=owner, claim=claimed(school, owner, names))
    school.refresh_from_db()
    assert school.verified
    domains.withdraw(by=owner, claim=claim)
    assert SchoolDomain.objects.get().organisation is None


def test_nobody_joins_by_an_address_that_students_have(names):
    school, owner = a_school()
    domains.check_record(by=owner, claim=claimed(school, owner, names))
    SchoolDomain.objects.update(audience="students")
    kept = SchoolDomain.objects.get()
    refused("student_domain", domains.set_joining, by=owner, domain=kept, joining="open")
