"""Seats bought without a card: quote, purchase order, our yes, invoice, and who then sits on them."""

import io
from datetime import timedelta

import pytest
from allauth.mfa.utils import is_mfa_enabled
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts import joining, organisations
from accounts.models import Membership, Organisation
from accounts.tiers import Tier
from billing import papers, quote_urls, quotes, seats, services
from billing.models import Grant, Invoice, Quote, Seat
from core.errors import DomainError
from core.models import AuditEntry
from tests.accounts.proof import reviewer, with_factor
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
Role = Membership.Role
ADDRESS = "North District\n1 Chalk Street\nSpringfield"


def refused(code, call, **named):
    with pytest.raises(DomainError) as error:
        call(**named)
    assert error.value.code == code, error.value.message
    return error.value


@pytest.fixture
def district():
    return OrganisationFactory(name="North District", kind=Organisation.Kind.DISTRICT)


@pytest.fixture
def payer(district):
    return MembershipFactory(organisation=district, role=Role.BILLING).user


def ask(by, organisation, **more):
    facts = {"plan": "district", "seats": 40, "address": ADDRESS, "email": "accounts@north.example"} | more
    return quotes.ask(by=by, organisation=organisation, **facts)


def accepted(by, organisation, **more):
    quote = quotes.order(by=by, quote=ask(by, organisation, **more), purchase_order="PO 4711")
    return quotes.accept(by=reviewer(), quote=quote)


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


# --- The way of a purchase -----------------------------------------------------------------------
def test_a_district_buys_forty_seats_by_invoice(district, payer, mailoutbox, django_capture_on_commit_callbacks):
    east = OrganisationFactory(parent=district)
    teachers = [MembershipFactory(organisation=east).user for _seat in range(3)]
    quote = ask(payer, district)
    assert (quote.total_cents, quote.state) == (40 * 5000, "open")
    assert seats.limit(district) is None
    quotes.order(by=payer, quote=quote, purchase_order=" PO  4711 ")
    assert seats.limit(district) is None  # nothing counts before our yes
    with django_capture_on_commit_callbacks(execute=True):
        invoice = quotes.accept(by=reviewer(), quote=quote)
    assert seats.limit(district) == 40
    assert invoice.grant.reference == "PO PO 4711"
    assert timedelta(days=364) < invoice.grant.until - timezone.now() <= timedelta(days=365)
    for teacher in teachers:
        teacher.refresh_from_db()
        assert teacher.tier == Tier.SCHOOL
    assert mailoutbox[-1].to == ["accounts@north.example"]
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"quote.asked", "quote.ordered", "invoice.issued", "grant.given"} <= verbs


def test_the_papers_say_what_was_agreed(district, payer):
    invoice = accepted(payer, district)
    organisations.rename(
        by=MembershipFactory(organisation=district, role=Role.OWNER).user, organisation=district, name="South"
    )
    quote = Quote.objects.get()
    for drawn, words in [
        (papers.quote_pdf(quote), ["Quote Q-", "North District", "40", "$ 50.00", "$ 2,000.00"]),
        (papers.invoice_pdf(quote), [f"Invoice {invoice.number}", "PO 4711", "North District", "$ 2,000.00", "Due"]),
    ]:
        assert drawn.startswith(b"%PDF")
        for word in words:
            assert word in text_of(drawn), word
    assert "South" not in text_of(papers.invoice_pdf(quote))


def test_tax_is_added_where_the_operator_says_so(district, payer, settings):
    settings.INVOICE_TAX_PERCENT, settings.INVOICE_SELLER = 7.25, "Theorama Ltd\nVAT 123"
    quote = ask(payer, district)
    assert (quote.net_cents, quote.tax_cents) == (200_000, 14_500)
    page = text_of(papers.quote_pdf(quote))
    assert "VAT 123" in page
    assert "7.25" in page


def test_a_names_markup_is_only_letters_on_paper_and_fetches_nothing(district, payer):
    quote = ask(payer, district, address='<img src="file:///etc/passwd"><script>x</script>')
    assert "<script>x" in text_of(papers.quote_pdf(quote))


# --- Numbers -------------------------------------------------------------------------------------
def test_numbers_follow_one_another_and_what_is_undone_leaves_no_gap(district, payer):
    year = timezone.localdate().year
    first = ask(payer, district)
    with pytest.raises(RuntimeError), transaction.atomic():
        ask(payer, district)
        raise RuntimeError
    refused("seats", ask, by=payer, organisation=district, seats=1)
    second = ask(payer, district)
    assert [first.number, second.number] == [f"Q-{year}-0001", f"Q-{year}-0002"]
    numbers = [accepted(payer, district).number for _time in range(2)]
    assert numbers == [f"INV-{year}-0001", f"INV-{year}-0002"]


def test_a_second_yes_issues_no_second_invoice(district, payer):
    invoice = accepted(payer, district)
    again = quotes.accept(by=reviewer(), quote=invoice.quote)
    assert (again.pk, Invoice.objects.count(), Grant.objects.count()) == (invoice.pk, 1, 1)


# --- What cannot be ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("plan", {"plan": "professional"}),
        ("plan", {"plan": "nothing"}),
        ("seats", {"seats": 39}),
        ("seats", {"seats": 0}),
        ("seats", {"seats": 100_000}),
        ("address", {"address": " \0\n"}),
        ("email", {"email": "nobody"}),
    ],
)
def test_what_cannot_be_quoted_is_told(district, payer, code, more):
    refused(code, ask, by=payer, organisation=district, **more)
    assert not Quote.objects.exists()


def test_an_order_needs_a_number_and_a_quote_that_still_holds(district, payer):
    quote = ask(payer, district)
    refused("purchase_order", quotes.order, by=payer, quote=quote, purchase_order="  ")
    Quote.objects.update(expires=timezone.now())
    assert "new one" in refused("closed", quotes.order, by=payer, quote=quote, purchase_order="PO 1").hint


def test_what_was_not_ordered_cannot_be_accepted_and_a_no_has_a_reason(district, payer):
    quote, by = ask(payer, district), reviewer()
    refused("closed", quotes.accept, by=by, quote=quote)
    quotes.order(by=payer, quote=quote, purchase_order="PO 1")
    refused("note", quotes.decline, by=by, quote=quote, note=" ")
    quotes.decline(by=by, quote=quote, note="This purchase order is of another year.")
    refused("closed", quotes.accept, by=by, quote=quote)
    refused("closed", quotes.withdraw, by=payer, quote=quote)


def test_only_who_pays_asks_and_orders_and_only_reviewers_accept(district, payer):
    teacher, stranger = MembershipFactory(organisation=district).user, UserFactory()
    quote = ask(payer, district)
    refused("role", ask, by=teacher, organisation=district)
    refused("not_found", ask, by=stranger, organisation=district)
    refused("role", quotes.order, by=teacher, quote=quote, purchase_order="PO 1")
    quotes.order(by=payer, quote=quote, purchase_order="PO 1")
    for by in (payer, teacher, UserFactory(is_staff=True)):
        refused("not_found", quotes.accept, by=by, quote=quote)
        refused("not_found", quotes.decline, by=by, quote=quote, note="No")


def test_a_cancelled_invoice_keeps_its_number_and_takes_the_seats_back(district, payer):
    teacher = MembershipFactory(organisation=district).user
    invoice, by = accepted(payer, district), reviewer()
    quotes.cancel_invoice(by=by, invoice=invoice)
    teacher.refresh_from_db()
    assert (teacher.tier, seats.limit(district)) == (Tier.FREE, None)
    refused("closed", quotes.note_paid, by=by, invoice=invoice)
    assert accepted(payer, district).number.endswith("-0002")


def test_a_paid_invoice_is_not_cancelled(district, payer):
    invoice, by = accepted(payer, district), reviewer()
    quotes.note_paid(by=by, invoice=invoice)
    refused("paid", quotes.cancel_invoice, by=by, invoice=invoice)
    assert not quotes.unpaid().exists()


# --- Seats ---------------------------------------------------------------------------------------
@pytest.fixture
def school():
    return OrganisationFactory()


@pytest.fixture
def owner(school):
    return MembershipFactory(organisation=school, role=Role.OWNER).user


def five_seats(school):
    account = services.account_of_organisation(school, email="a@b.example")
    return services.give(by=None, account=account, tier=Tier.SCHOOL, reason="A test", quantity=5)


def test_who_comes_in_sits_down_and_who_leaves_frees_the_seat(school, owner):
    grant = five_seats(school)
    seats.seat_people(school)
    teacher = UserFactory()
    joining.let_in(teacher, school, Role.TEACHER)
    teacher.refresh_from_db()
    assert (teacher.tier, grant.seats.count()) == (Tier.SCHOOL, 2)
    organisations.leave(user=teacher, organisation=school)
    teacher.refresh_from_db()
    assert (teacher.tier, grant.seats.count()) == (Tier.FREE, 1)


def test_seats_cannot_be_fewer_than_who_sits_on_them(school, owner):
    grant, by = five_seats(school), reviewer()
    for _teacher in range(2):
        joining.let_in(UserFactory(), school, Role.TEACHER)
    seats.seat_people(school)
    told = refused("in_use", seats.change_quantity, by=by, grant=grant, seats=2)
    assert "3 people" in told.message
    assert Seat.objects.count() == 3
    assert seats.change_quantity(by=by, grant=grant, seats=3).quantity == 3
    refused("no_seats", joining.let_in, user=UserFactory(), organisation=school, role=Role.TEACHER)


def test_more_seats_are_taken_by_who_waits_for_one(school, owner):
    grant, by = five_seats(school), reviewer()
    waiting = [MembershipFactory(organisation=school).user for _teacher in range(6)]
    assert grant.seats.count() == 5
    seats.change_quantity(by=by, grant=grant, seats=7)
    assert grant.seats.count() == 7
    assert Seat.objects.filter(user__in=waiting).count() == 6


def test_seats_that_ran_out_limit_nobody_and_lose_nobody(school, owner):
    five_seats(school)
    seats.seat_people(school)
    Grant.objects.update(starts=timezone.now() - timedelta(days=2), until=timezone.now() - timedelta(days=1))
    assert seats.limit(school) is None
    joining.let_in(UserFactory(), school, Role.TEACHER)
    assert school.memberships.count() == 2


def test_an_account_that_goes_takes_its_seat_along(school, owner):
    five_seats(school)
    seats.seat_people(school)
    joining.let_in(teacher := UserFactory(), school, Role.TEACHER)
    teacher.delete()
    assert Seat.objects.count() == 1


# --- Pages ---------------------------------------------------------------------------------------
ROUTES = {
    "purchases": ("get", {"owner", "billing", "district"}),
    "quote": ("get", {"owner", "billing", "district", "reviewer"}),
    "quote_order": ("post", {"owner", "billing", "district"}),
    "quote_answer": ("post", {"reviewer"}),
    "orders": ("get", {"reviewer"}),
}


def test_every_route_is_expected_here():
    assert {route.name for route in quote_urls.urlpatterns} == set(ROUTES)


@pytest.mark.parametrize("route", ROUTES)
def test_who_may_finds_each_page_and_nobody_else(route):
    district = OrganisationFactory(kind=Organisation.Kind.DISTRICT)
    school, other = OrganisationFactory(parent=district), OrganisationFactory()
    people = {
        "owner": MembershipFactory(organisation=school, role=Role.OWNER).user,
        "billing": MembershipFactory(organisation=school, role=Role.BILLING).user,
        "teacher": MembershipFactory(organisation=school).user,
        "district": MembershipFactory(organisation=district, role=Role.ADMIN).user,
        "foreign": MembershipFactory(organisation=other, role=Role.OWNER).user,
        "reviewer": reviewer(),
    }
    quote = ask(people["owner"], school, plan="school", seats=5)
    names = {"purchases": {"school_id": school.pk}, "orders": {}}.get(route, {"quote_id": quote.pk})
    method, allowed = ROUTES[route]
    for who, user in people.items():
        client = Client()
        client.force_login(user if is_mfa_enabled(user) else with_factor(user))
        status = getattr(client, method)(reverse(route, kwargs=names), {"purchase_order": ""}).status_code
        if who in allowed:
            assert status in (200, 302, 422), (who, status)
        else:
            role_alone = route == "purchases" and who == "teacher"
            assert status == (403 if role_alone else 404), (who, status)
    anonymous = getattr(Client(), method)(reverse(route, kwargs=names))
    assert anonymous.status_code == 302


def test_the_whole_way_on_the_pages(client, district, payer):
    assert client.get("/billing/orders/").status_code == 302
    client.force_login(payer)
    assert client.get(f"/school/{district.pk}/purchases/").url == "/accounts/2fa/"
    with_factor(payer)
    facts = {"plan": "district", "seats": "40", "address": ADDRESS, "email": "a@north.example"}
    page = client.post(f"/school/{district.pk}/purchases/", facts | {"seats": "2"})
    assert page.status_code == 422
    assert "from 40" in page.content.decode()
    there = client.post(f"/school/{district.pk}/purchases/", facts).url
    assert client.get(there + "?format=pdf").content.startswith(b"%PDF")
    assert client.get(there + "?format=invoice").status_code == 404
    client.post(there + "order/", {"purchase_order": "PO 4711"})
    staff = Client()
    staff.force_login(reviewer())
    assert "North District" in staff.get("/billing/orders/").content.decode()
    staff.post(there + "answer/", {"answer": "accept"})
    assert client.get(there + "?format=invoice").content.startswith(b"%PDF")
    assert "40" in client.get(f"/school/{district.pk}/purchases/").content.decode()
    staff.post(there + "answer/", {"answer": "paid"})
    assert Invoice.objects.get().paid
