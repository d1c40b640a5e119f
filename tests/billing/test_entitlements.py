"""What somebody may: by grant, by what was bought, by a seat, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tiers import Tier
from billing import entitlements, services
from billing.models import Seat, Subscription
from billing.tiers import PLANS, RANK, TERMS, Feature
from core.errors import DomainError
from core.models import AuditEntry
from tests.factories import OrganisationFactory, UserFactory, give_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory()


@pytest.fixture
def school():
    return services.account_of_organisation(OrganisationFactory(), email="office@school.example")


def subscription(account, **changes):
    fields = {"stripe_id": "sub_1", "status": "active", "tier": Tier.PROFESSIONAL, "as_of": timezone.now()}
    bought = Subscription.objects.create(account=account, **(fields | changes))
    services.refresh_account(account)
    return bought


def tier_of(user):
    user.refresh_from_db()
    assert user.tier == entitlements.of(user).tier, "the copy that the queue reads is another than the rows say"
    return user.tier


def test_every_tier_has_terms_and_a_rank_and_a_plan():
    assert set(TERMS) == set(Tier) == set(RANK)
    assert {plan.tier for plan in PLANS.values()} == set(Tier)


def test_the_prices_are_those_that_are_promised():
    professional, educator, enterprise = (PLANS[code] for code in ("professional", "educator", "enterprise"))
    assert (professional.month, enterprise.month, PLANS["free"].month) == (1999, 9999, 0)
    assert abs(2 * educator.month - professional.month) <= 1
    assert 2 * educator.year == professional.year
    assert all(plan.year == 10 * plan.month for plan in PLANS.values() if plan.code != "educator")


def test_without_a_row_one_is_on_free(teacher):
    entitlement = entitlements.of(teacher)
    assert (entitlement.tier, entitlement.row) == (Tier.FREE, None)
    assert entitlement.allowance().left == 25


@pytest.mark.parametrize(
    ("feature", "name", "free", "paid"),
    [
        (Feature.CLEAN, "", False, True),
        (Feature.QUALITY, "m", True, True),
        (Feature.QUALITY, "h", False, True),
        (Feature.EXPORT, "handout", True, True),
        (Feature.EXPORT, "slides", False, True),
        (Feature.LIBRARY, "secondary", True, True),
        (Feature.LIBRARY, "undergraduate", False, True),
        (Feature.API, "", False, True),
        (Feature.TEAM, "", False, False),
    ],
)
def test_one_function_answers_with_a_reason_and_what_to_do(teacher, feature, name, free, paid):
    answer = entitlements.of(teacher).may(feature, name)
    assert bool(answer) is free
    assert bool(answer.message and answer.hint) is not free
    give_tier(teacher)
    assert bool(entitlements.of(teacher).may(feature, name)) is paid


def test_educator_has_all_that_professional_has():
    educator, professional = TERMS[Tier.EDUCATOR], TERMS[Tier.PROFESSIONAL]
    fields = ("generations", "fair_use", "clean", "qualities", "exports", "levels", "api_calls")
    assert [getattr(educator, name) for name in fields] == [getattr(professional, name) for name in fields]


def test_a_grant_counts_from_its_start_to_its_end(teacher):
    grant = give_tier(teacher, Tier.ENTERPRISE, until=timezone.now() + timedelta(days=30))
    assert tier_of(teacher) == Tier.ENTERPRISE
    assert entitlements.of(teacher, grant.until - timedelta(seconds=1)).tier == Tier.ENTERPRISE
    assert entitlements.of(teacher, grant.until).tier == Tier.FREE
    assert entitlements.of(teacher, grant.starts - timedelta(seconds=1)).tier == Tier.FREE


def test_a_grant_that_is_taken_back_counts_no_more_and_stays_in_the_history(teacher):
    grant = give_tier(teacher)
    services.take_back(by=None, grant=grant)
    services.take_back(by=None, grant=grant)
    assert tier_of(teacher) == Tier.FREE
    assert AuditEntry.objects.filter(verb="grant.taken_back").count() == 1


def test_the_better_of_two_counts(teacher):
    give_tier(teacher, Tier.ENTERPRISE, until=timezone.now() + timedelta(days=1))
    give_tier(teacher, Tier.PROFESSIONAL)
    assert tier_of(teacher) == Tier.ENTERPRISE


@pytest.mark.parametrize(
    ("status", "grace", "expected"),
    [
        ("active", None, Tier.PROFESSIONAL),
        ("trialing", None, Tier.PROFESSIONAL),
        ("past_due", timedelta(days=1), Tier.PROFESSIONAL),
        ("past_due", -timedelta(seconds=1), Tier.FREE),
        ("past_due", None, Tier.FREE),
        ("incomplete", None, Tier.FREE),
        ("incomplete_expired", None, Tier.FREE),
        ("unpaid", None, Tier.FREE),
        ("paused", None, Tier.FREE),
        ("canceled", None, Tier.FREE),
    ],
)
def test_a_subscription_counts_while_it_is_paid_for_on_trial_or_within_the_grace(teacher, status, grace, expected):
    until = timezone.now() + grace if grace is not None else None
    bought = subscription(services.account_of_user(teacher), status=status, grace_until=until)
    assert tier_of(teacher) == expected
    assert bought.is_live() is (expected != Tier.FREE)


def test_a_seat_gives_what_the_school_has_and_no_seat_gives_nothing(teacher, school):
    grant = services.give(by=None, account=school, tier=Tier.SCHOOL, reason="Invoice", quantity=2, reference="PO 17")
    assert tier_of(teacher) == Tier.FREE
    seat = services.give_seat(by=None, source=grant, user=teacher)
    assert tier_of(teacher) == Tier.SCHOOL
    services.take_seat(by=None, seat=seat)
    assert tier_of(teacher) == Tier.FREE


def test_no_more_seats_than_were_bought_and_one_person_takes_one(teacher, school):
    bought = subscription(school, tier=Tier.SCHOOL, quantity=1)
    assert services.give_seat(by=None, source=bought, user=teacher) == services.give_seat(
        by=None, source=bought, user=teacher
    )
    with pytest.raises(DomainError) as refused:
        services.give_seat(by=None, source=bought, user=UserFactory())
    assert (refused.value.code, Seat.objects.count()) == ("no_seat", 1)


def test_what_a_person_has_for_herself_has_no_seats(teacher):
    with pytest.raises(DomainError) as refused:
        services.give_seat(by=None, source=give_tier(teacher), user=UserFactory())
    assert refused.value.code == "not_for_seats"


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": "free"},
        {"tier": "gold"},
        {"reason": " "},
        {"quantity": 0},
        {"quantity": 2},
        {"until": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(teacher, wrong):
    account = services.account_of_user(teacher)
    with pytest.raises(DomainError) as refused:
        services.give(by=None, account=account, **({"tier": "professional", "reason": "Because."} | wrong))
    assert refused.value.code == "grant"
    assert tier_of(teacher) == Tier.FREE


def test_what_runs_out_by_the_clock_alone_runs_out(teacher, school):
    other, seated = UserFactory(), UserFactory()
    soon = timezone.now() + timedelta(hours=1)
    give_tier(teacher, until=soon)
    give_tier(other)
    services.give_seat(
        by=None,
        source=services.give(by=None, account=school, tier=Tier.SCHOOL, reason="Trial", until=soon),
        user=seated,
    )
    assert services.refresh_due() == 0
    teacher.billing_account.grants.update(starts=soon - timedelta(days=9), until=soon - timedelta(hours=2))
    school.grants.update(starts=soon - timedelta(days=9), until=soon - timedelta(hours=2))
    assert services.refresh_due() == 2
    assert [tier_of(user) for user in (teacher, seated, other)] == [Tier.FREE, Tier.FREE, Tier.PROFESSIONAL]
    assert services.refresh_due() == 0


def test_what_begins_by_the_clock_alone_begins(teacher):
    grant = give_tier(teacher)
    teacher.billing_account.grants.update(starts=timezone.now() + timedelta(days=1))
    services.refresh(teacher)
    assert tier_of(teacher) == Tier.FREE
    teacher.billing_account.grants.update(starts=timezone.now() - timedelta(minutes=1))
    assert services.refresh_due() == 1
    assert tier_of(teacher) == grant.tier


def test_whoever_was_switched_off_has_nothing(teacher):
    give_tier(teacher)
    teacher.is_active = False
    teacher.save()
    assert entitlements.of(teacher).tier == Tier.FREE
