"""Buying seats without a card: a quote, a purchase order, our yes, an invoice. docs/schools.md tells more."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import letters
from accounts.models import Organisation, User
from accounts.organisations import visible_to as organisations_visible_to
from accounts.permissions import can_pay, can_review, require_pay, require_review
from billing import seats as seating
from billing import services
from billing.models import Invoice, PaperCount, Quote
from billing.tiers import PLANS, Plan
from core import audit
from core.errors import DomainError

HOLDS = timedelta(days=60)
YEAR = timedelta(days=365)
PAY_WITHIN = timedelta(days=30)
MOST_SEATS = 5000
MOST_OPEN = 10
State = Quote.State


# --- Reading -------------------------------------------------------------------------------------
def offered() -> list[Plan]:
    """Plans that are sold by seats and invoice."""
    return [plan for plan in PLANS.values() if plan.by_invoice and plan.by_seats]


def visible_to(user: Any) -> QuerySet[Quote]:
    """Quotes of organisations the user pays for; for reviewers of orders, all."""
    everything = Quote.objects.select_related("organisation__parent", "invoice__grant")
    if can_review(user):
        return everything
    paid_for = [one.pk for one in organisations_visible_to(user) if can_pay(user, one)]
    return everything.filter(organisation__in=paid_for)


def waiting() -> QuerySet[Quote]:
    """Orders that wait for our yes, the oldest first."""
    return Quote.objects.filter(state=State.ORDERED).select_related("organisation").order_by("updated")


def unpaid() -> QuerySet[Invoice]:
    """Invoices that nobody has paid or cancelled yet, the oldest first."""
    return Invoice.objects.filter(paid=None, cancelled=None).select_related("quote__organisation").order_by("due")


# --- The school's side ---------------------------------------------------------------------------
@transaction.atomic
def ask(*, by: User, organisation: Organisation, plan: str, seats: int, address: str, email: str) -> Quote:
    """Quote a year of seats at today's price, good for 60 days.

    Raises DomainError "not_found", "role", "plan", "seats", "address", "email" or "too_many".
    """
    require_pay(by, organisation)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    chosen = PLANS.get(plan)
    if chosen is None or chosen not in offered():
        raise _invalid("plan", _("Choose a plan that is sold by seats."), "")
    if not chosen.least_seats <= seats <= MOST_SEATS:
        raise _invalid(
            "seats",
            _("%(plan)s is sold from %(least)d to %(most)d seats.")
            % {"plan": chosen.name, "least": chosen.least_seats, "most": MOST_SEATS},
            _("For more, write to us."),
        )
    plain = "\n".join(line.strip() for line in address.replace("\0", " ").splitlines() if line.strip())
    if not plain or len(plain) > 500:
        raise _invalid("address", _("Write the address for the invoice, in at most 500 characters."), "")
    _require_mail(email)
    if (
        Quote.objects.filter(organisation=organisation, state=State.OPEN, expires__gt=timezone.now()).count()
        >= MOST_OPEN
    ):
        raise DomainError("too_many", _("This school has enough open quotes."), status=409, hint=_("Withdraw one."))
    net, percent = seats * chosen.year, Decimal(str(settings.INVOICE_TAX_PERCENT))
    quote = Quote.objects.create(
        number=_next_number("Q"),
        organisation=organisation,
        plan=chosen.code,
        plan_name=str(chosen.name),
        seats=seats,
        unit_cents=chosen.year,
        tax_percent=percent,
        tax_cents=int((net * percent / 100).quantize(Decimal(1))),
        buyer=organisation.name,
        address=plain,
        email=email,
        expires=timezone.now() + HOLDS,
        asked_by=by,
    )
    audit.record("quote.asked", actor=by, target=quote, data={"number": quote.number, "seats": seats, "plan": plan})
    return quote


@transaction.atomic
def order(*, by: User, quote: Quote, purchase_order: str) -> Quote:
    """Order what was quoted under the school's own number. Raises "not_found", "role", "closed" or "purchase_order"."""
    require_pay(by, quote.organisation)
    fresh = Quote.objects.select_for_update().get(pk=quote.pk)
    _require_open(fresh)
    number = " ".join(purchase_order.replace("\0", " ").split())
    if not number or len(number) > 60:
        raise _invalid("purchase_order", _("Write the number of your purchase order, at most 60 characters."), "")
    fresh.purchase_order, fresh.state, fresh.ordered_by = number, State.ORDERED, by
    fresh.save(update_fields=["purchase_order", "state", "ordered_by", "updated"])
    audit.record("quote.ordered", actor=by, target=fresh, data={"number": fresh.number, "purchase_order": number})
    return fresh


@transaction.atomic
def withdraw(*, by: User, quote: Quote) -> Quote:
    """Take back a quote that is open, or ordered and not yet accepted. Raises "not_found", "role" or "closed"."""
    require_pay(by, quote.organisation)
    fresh = Quote.objects.select_for_update().get(pk=quote.pk)
    if fresh.state not in (State.OPEN, State.ORDERED):
        raise _closed(fresh)
    fresh.state = State.WITHDRAWN
    fresh.save(update_fields=["state", "updated"])
    audit.record("quote.withdrawn", actor=by, target=fresh, data={"number": fresh.number})
    return fresh


# --- Our side ------------------------------------------------------------------------------------
@transaction.atomic
def accept(*, by: User, quote: Quote) -> Invoice:
    """Say yes to an order: the seats count from now for a year, and the invoice is mailed.

    A second yes changes nothing and gives the same invoice. Raises DomainError "not_found" or "closed".
    """
    require_review(by)
    fresh = Quote.objects.select_for_update().select_related("organisation").get(pk=quote.pk)
    if fresh.state == State.ACCEPTED:
        return fresh.invoice
    if fresh.state != State.ORDERED:
        raise _closed(fresh)
    number, today = _next_number("INV"), timezone.localdate()
    grant = services.give(
        by=by,
        account=services.account_of_organisation(fresh.organisation, email=fresh.email),
        tier=PLANS[fresh.plan].tier,
        reason=f"Invoice {number}, quote {fresh.number}",
        until=timezone.now() + YEAR,
        quantity=fresh.seats,
        reference=f"PO {fresh.purchase_order}",
    )
    fresh.state, fresh.decided_by = State.ACCEPTED, by
    fresh.save(update_fields=["state", "decided_by", "updated"])
    invoice = Invoice.objects.create(number=number, quote=fresh, grant=grant, issued=today, due=today + PAY_WITHIN)
    audit.record("invoice.issued", actor=by, target=invoice, data={"number": number, "quote": fresh.number})
    seating.seat_people(fresh.organisation)
    _tell(fresh, invoice)
    return invoice


@transaction.atomic
def decline(*, by: User, quote: Quote, note: str) -> Quote:
    """Say no to an order, with the reason that the school reads. Raises "not_found", "closed" or "note"."""
    require_review(by)
    fresh = Quote.objects.select_for_update().get(pk=quote.pk)
    if fresh.state != State.ORDERED:
        raise _closed(fresh)
    plain = " ".join(note.replace("\0", " ").split())
    if not plain or len(plain) > 300:
        raise _invalid("note", _("Say why, in at most 300 characters; the school reads it."), "")
    fresh.state, fresh.decided_by, fresh.note = State.DECLINED, by, plain
    fresh.save(update_fields=["state", "decided_by", "note", "updated"])
    audit.record("quote.declined", actor=by, target=fresh, data={"number": fresh.number})
    return fresh


@transaction.atomic
def note_paid(*, by: User, invoice: Invoice, on: date | None = None) -> Invoice:
    """Note that the money came. A second call changes nothing. Raises DomainError "not_found" or "closed"."""
    require_review(by)
    fresh = Invoice.objects.select_for_update().get(pk=invoice.pk)
    if fresh.cancelled:
        raise DomainError("closed", _("This invoice was cancelled."), status=409)
    if fresh.paid is None:
        fresh.paid = on or timezone.localdate()
        fresh.save(update_fields=["paid", "updated"])
        audit.record("invoice.paid", actor=by, target=fresh, data={"number": fresh.number})
    return fresh


@transaction.atomic
def cancel_invoice(*, by: User, invoice: Invoice) -> Invoice:
    """Cancel an invoice and take its seats back; its number stays taken. Raises DomainError "not_found" or "paid"."""
    require_review(by)
    fresh = Invoice.objects.select_for_update().select_related("grant").get(pk=invoice.pk)
    if fresh.paid:
        raise DomainError("paid", _("This invoice is paid."), status=409, hint=_("Pay the money back first."))
    if fresh.cancelled is None:
        fresh.cancelled = timezone.now()
        fresh.save(update_fields=["cancelled", "updated"])
        services.take_back(by=by, grant=fresh.grant)
        audit.record("invoice.cancelled", actor=by, target=fresh, data={"number": fresh.number})
    return fresh


# --- Rules ---------------------------------------------------------------------------------------
def _next_number(kind: str) -> str:
    """Return the next number of the year. Its row is held until the commit, so that numbers have no gap and no twin."""
    year = timezone.localdate().year
    PaperCount.objects.get_or_create(kind=kind, year=year)
    count = PaperCount.objects.select_for_update().get(kind=kind, year=year)
    count.last += 1
    count.save(update_fields=["last"])
    return f"{kind}-{year}-{count.last:04d}"


def _require_open(quote: Quote) -> None:
    if quote.state == State.OPEN and not quote.is_open:
        raise DomainError(
            "closed",
            _("This quote held until %(day)s.") % {"day": f"{quote.expires:%Y-%m-%d}"},
            status=409,
            hint=_("Ask for a new one; it takes a minute."),
        )
    if quote.state != State.OPEN:
        raise _closed(quote)


def _closed(quote: Quote) -> DomainError:
    return DomainError(
        "closed", _("This quote is settled: %(state)s.") % {"state": quote.get_state_display().lower()}, status=409
    )


def _require_mail(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise _invalid("email", _("That is not an e-mail address."), "") from error


def _tell(quote: Quote, invoice: Invoice) -> None:
    letters.send_later(
        quote.email,
        _("Invoice %(number)s for “%(school)s”") % {"number": invoice.number, "school": quote.buyer},
        [
            _("Thank you for your order %(order)s. %(seats)d seats are ready.")
            % {"order": quote.purchase_order, "seats": quote.seats},
            _("The invoice is due on %(day)s. Download it here: %(page)s")
            % {"day": f"{invoice.due:%Y-%m-%d}", "page": letters.address_of("quote", quote.pk)},
        ],
    )


def _invalid(code: str, message: str, hint: str) -> DomainError:
    return DomainError(code, message, status=422, hint=hint)
