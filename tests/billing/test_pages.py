"""What people see of plans and limits, before they click and after."""

import pytest
from django.utils import timezone

from billing import quota, services
from generation import services as generation
from projects.models import Artefact
from tests.browser.made import finished_animation
from tests.factories import OrganisationFactory, UserFactory, give_tier
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db
PROMPT = "How the period of a pendulum depends on its length"


@pytest.fixture
def teacher():
    return UserFactory()


@pytest.fixture
def page(client, teacher):
    client.force_login(teacher)
    return lambda path: client.get(path).text


def reset_day() -> str:
    return quota.Allowance(0, 25, True, quota.this_month()).resets_on


@pytest.mark.parametrize("path", ["/dashboard/", "/plans/", "/billing/"])
def test_what_is_left_is_said_before_the_click(page, teacher, path):
    generation.submit(user=teacher, prompt=PROMPT)
    assert f"24 of 25 new animations left this month; resets on {reset_day()}." in page(path)


@pytest.mark.parametrize("path", ["/dashboard/", "/billing/"])
def test_who_has_no_monthly_limit_is_shown_none(page, teacher, path):
    give_tier(teacher)
    assert "left this month" not in page(path)


def test_a_stranger_sees_every_plan_with_its_price(client):
    answer = client.get("/plans/")
    assert answer.status_code == 200
    for price in ("$19.99", "$99.99", "$199.90", "$10", "$6", "$5"):
        assert price in answer.text
    assert "Sign up" in answer.text


def test_without_a_payment_service_the_page_says_whom_to_ask(page, settings):
    settings.BILLING_CONTACT = "money@school.example"
    assert "mailto:money@school.example?subject=Professional" in page("/plans/")
    assert "purchase order" in page("/plans/")


def test_the_own_plan_is_marked(page, teacher):
    assert page("/plans/").count(">Yours<") == 1
    give_tier(teacher)
    assert 'id="plan-professional"' in page("/plans/").split(">Yours<")[0].rpartition("<li ")[2]


def test_the_ledger_says_what_became_of_each(page, teacher):
    job = generation.submit(user=teacher, prompt=PROMPT)
    assert "Being made: counts until it ends" in page("/billing/")
    generation.cancel(user=teacher, job=job)
    assert "Cancelled: given back" in page("/billing/")
    assert timezone.localdate().strftime("%B %Y") in page("/billing/")


def test_somebody_elses_ledger_is_not_there(page):
    generation.submit(user=UserFactory(), prompt=PROMPT)
    assert "You have not made anything yet." in page("/billing/")


def test_a_seat_says_whose_it_is(page, teacher):
    school = services.account_of_organisation(OrganisationFactory(name="Lincoln High"), email="office@school.example")
    grant = services.give(by=None, account=school, tier="school", reason="Invoice 7", quantity=2)
    services.give_seat(by=None, source=grant, user=teacher)
    assert "You have a seat of Lincoln High." in page("/billing/")


def test_the_pages_ask_little_of_the_database(client, teacher, django_assert_max_num_queries):
    for _number in range(30):
        quota.reserve(user=teacher, job=JobFactory().pk, tier="free")
    client.force_login(teacher)
    for path, most in (("/plans/", 8), ("/billing/", 10)):
        with django_assert_max_num_queries(most):
            client.get(path)


def test_the_studio_and_the_exports_say_what_free_lacks(page, teacher):
    animation = finished_animation(teacher)
    exports = page(f"/animations/{animation.pk}/exports/")
    assert exports.count("With Professional") == 9 and exports.count("Make it") == 5
    Artefact.objects.filter(kind__in=["video", "poster"]).update(variant="marked")
    assert "small mark" in page(f"/animations/{animation.pk}/")
    assert "1080p" not in page(f"/animations/{animation.pk}/")
    give_tier(teacher)
    assert "Draw it without the mark" in page(f"/animations/{animation.pk}/")
    assert "1080p" in page(f"/animations/{animation.pk}/")
    assert "With Professional" not in page(f"/animations/{animation.pk}/exports/")
