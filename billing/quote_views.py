"""Pages of buying without a card: the school's, under /school/<id>/purchases/ and /billing/quotes/, and our queue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import seats as room
from accounts.models import Organisation
from accounts.permissions import can_pay, can_review, not_found, require_pay, require_review, require_user
from accounts.school_views import context_of, found, said
from accounts.second_factor import second_factor_required
from billing import papers, quotes, seats
from billing.models import Invoice, Quote
from core.errors import DomainError


class QuoteForm(forms.Form):
    """What a school would like to buy."""

    plan = forms.ChoiceField(label=gettext_lazy("Plan"))
    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=quotes.MOST_SEATS)
    address = forms.CharField(
        label=gettext_lazy("Address for the invoice"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address for the invoice"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["plan"]
        chosen.choices = [
            (plan.code, f"{plan.name}, {papers.dollars(plan.year)} / {_('seat and year')}, ≥ {plan.least_seats}")
            for plan in quotes.offered()
        ]


class OrderForm(forms.Form):
    """The number of a purchase order."""

    purchase_order = forms.CharField(label=gettext_lazy("Number of your purchase order"), max_length=60)


# --- The school ----------------------------------------------------------------------------------
@never_cache
@login_required
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def purchases(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Show a school's seats, quotes and invoices; on POST ask for a quote."""
    shown, user = found(request, school_id), require_user(request)
    require_pay(user, shown)
    if request.method != "POST":
        return _purchases(request, shown, QuoteForm(initial={"email": user.email, "address": shown.name}))
    form = QuoteForm(request.POST)
    if not form.is_valid():
        return _purchases(request, shown, form, status=422)
    try:
        quote = quotes.ask(by=user, organisation=shown, **form.cleaned_data)
    except DomainError as refused:
        form.add_error(refused.code if refused.code in form.fields else None, said(refused))
        return _purchases(request, shown, form, status=refused.status)
    return redirect("quote", quote_id=quote.pk)


@never_cache
@login_required
@require_safe
def quote(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Show a quote and where it stands; `?format=pdf` and `?format=invoice` give the papers."""
    shown = get_object_or_404(quotes.visible_to(request.user), pk=quote_id)
    wanted = request.GET.get("format", "")
    if wanted == "pdf":
        return _pdf(shown.number, papers.quote_pdf(shown))
    if wanted == "invoice":
        invoice = Invoice.objects.filter(quote=shown).first()
        if invoice is None:
            raise not_found()
        return _pdf(invoice.number, papers.invoice_pdf(shown))
    return _quote(request, shown, OrderForm())


@login_required
@require_POST
def order(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Order what was quoted, or take it back."""
    shown, by = get_object_or_404(quotes.visible_to(request.user), pk=quote_id), require_user(request)
    require_pay(by, shown.organisation)
    if request.POST.get("act") == "withdraw":
        quotes.withdraw(by=by, quote=shown)
        return redirect("quote", quote_id=shown.pk)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _quote(request, shown, form, status=422)
    quotes.order(by=by, quote=shown, **form.cleaned_data)
    messages.success(request, _("Your order has arrived. We answer within two working days."))
    return redirect("quote", quote_id=shown.pk)


# --- Our staff -----------------------------------------------------------------------------------
@never_cache
@login_required
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """List orders to answer and invoices to be paid."""
    require_review(request.user)
    return render(request, "billing/orders.html", {"waiting": quotes.waiting(), "unpaid": quotes.unpaid()})


@login_required
@require_POST
def answer(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Accept an order or decline it; note its invoice as paid or cancel that."""
    require_review(request.user)
    shown, by = get_object_or_404(Quote.objects.select_related("organisation"), pk=quote_id), require_user(request)
    act = request.POST.get("answer", "")
    if act == "accept":
        invoice = quotes.accept(by=by, quote=shown)
        messages.success(request, _("Invoice %(number)s is issued.") % {"number": invoice.number})
    elif act == "decline":
        quotes.decline(by=by, quote=shown, note=request.POST.get("note", ""))
    elif act in ("paid", "cancel"):
        invoice = get_object_or_404(Invoice, quote=shown)
        call = quotes.note_paid if act == "paid" else quotes.cancel_invoice
        call(by=by, invoice=invoice)
    else:
        raise DomainError("invalid", _("Choose an answer."), status=422)
    return redirect("orders")


# --- Shared --------------------------------------------------------------------------------------
def _purchases(request: HttpRequest, shown: Organisation, form: QuoteForm, *, status: int = 200) -> HttpResponse:
    pool = room.pool_of(shown)
    context = context_of(request, shown) | {
        "form": form,
        "quotes": quotes.visible_to(request.user).filter(organisation=shown),
        "sources": seats.sources_of(pool),
        "pool": pool,
        "seats": {"limit": room.limit_of(pool), "used": room.used(pool)},
    }
    return render(request, "billing/quotes.html", context, status=status)


def _quote(request: HttpRequest, shown: Quote, form: OrderForm, *, status: int = 200) -> HttpResponse:
    context = {
        "quote": shown,
        "invoice": Invoice.objects.filter(quote=shown).first(),
        "form": form,
        "pays": can_pay(request.user, shown.organisation),
        "reviews": can_review(request.user),
        "unit": papers.dollars(shown.unit_cents),
        "total": papers.dollars(shown.total_cents),
        "tax": papers.dollars(shown.tax_cents) if shown.tax_cents else "",
    }
    return render(request, "billing/quote.html", context, status=status)


def _pdf(number: str, drawn: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{number}.pdf"'}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)
