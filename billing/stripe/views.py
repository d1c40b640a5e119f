"""Pages of buying and changing. Stripe's own pages are reached by links and HX-Redirect: forms may not lead away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.permissions import require_user
from billing import services
from billing.models import BillingAccount, Subscription
from billing.stripe import changes, customers, educators, forms, gateway, offers, purchases
from billing.stripe.models import Purchase
from billing.stripe.permissions import accounts_paid_by, organisations_paid_by
from billing.tiers import EDUCATOR_DISCOUNT
from core.errors import DomainError

# Where the account stands; the page itself is of `billing`.
HOME = "/billing/"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def buy(request: HttpRequest, plan: str, interval: str) -> HttpResponse:
    """Say what a plan costs and lead to checkout. `?school=` buys for one; `?next=`, `?export=`: for afterwards."""
    school = _school(request)
    least = offers.SOLD[plan].least_seats if plan in offers.SOLD else 1
    quantity = _whole(request.POST.get("quantity") or request.GET.get("quantity"), least)
    wanted = offers.require(plan, interval, quantity, for_organisation=school is not None)
    gateway.require_on()
    user = require_user(request)
    if request.method == "POST":
        account = services.account_of_organisation(school, email=user.email) if school else _own(request)
        try:
            purchase = purchases.begin(
                account=account,
                buyer=user,
                plan=plan,
                interval=interval,
                quantity=quantity,
                wish=forms.wish(request.POST),
                landing=forms.safe_landing(request, request.POST.get("next", "")),
                site=_site(request),
            )
        except DomainError as error:
            if error.code == "already_paid":
                return _go(request, reverse("purchase_done", args=[error.data["purchase"]]))
            return _buy_page(request, wanted, interval, quantity, school, error=error)
        return _go(request, purchase.url)
    return _buy_page(request, wanted, interval, quantity, school)


def _buy_page(
    request: HttpRequest,
    plan: Any,
    interval: str,
    quantity: int,
    school: Organisation | None,
    error: DomainError | None = None,
) -> HttpResponse:
    user = require_user(request)
    account = BillingAccount.objects.filter(organisation=school) if school else BillingAccount.objects.filter(user=user)
    found = account.first()
    half = school is None and plan.code in {"professional", "educator"} and educators.is_verified(user)
    priced = offers.SOLD[offers.PRICED_AS.get(plan.code, plan.code)].price(interval) * quantity
    first = found is None or purchases.trial_days(found, plan) > 0
    context = {
        "plan": plan,
        "interval": interval,
        "quantity": quantity,
        "school": school,
        "price": priced / 100,
        "pays": priced * (100 - EDUCATOR_DISCOUNT) / 10_000 if half else priced / 100,
        "half": half,
        "trial_days": settings.STRIPE_TRIAL_DAYS if first and plan.code in {"professional", "educator"} else 0,
        "data": request.POST if request.method == "POST" else request.GET,
        "error": error,
    }
    return render(request, "billing/buy.html", context, status=error.status if error else 200)


@never_cache
@login_required
@require_safe
def done(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    """Come back from checkout: on to what she was about to do. Until Stripe says that it is paid, wait here."""
    purchase = get_object_or_404(Purchase, pk=purchase_id, buyer=require_user(request))
    error = None
    try:
        purchase = purchases.look(purchase)
    except DomainError as away:
        error = away
    if purchase.state == Purchase.State.OPEN:
        return render(request, "billing/waiting.html", {"purchase": purchase, "error": error})
    if purchase.state == Purchase.State.PAID:
        messages.success(request, _("Thank you. Your plan counts from now on."))
        return redirect(purchase.landing or HOME)
    return redirect("purchase_left", purchase_id=purchase.pk)


@never_cache
@login_required
@require_safe
def left(request: HttpRequest, purchase_id: UUID) -> HttpResponse:
    """Come back without having bought."""
    purchase = get_object_or_404(Purchase, pk=purchase_id, buyer=require_user(request))
    messages.info(request, _("Nothing was bought and nothing was charged."))
    return redirect(purchase.landing or HOME)


@never_cache
@login_required
@require_safe
def portal(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Lead to Stripe's billing page: cards, invoices, tax ids."""
    account = get_object_or_404(accounts_paid_by(request.user), pk=account_id)
    gateway.require_on()
    answer: HttpResponse = _portal(request, account)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator] # allauth ships no types
def _portal(request: HttpRequest, account: BillingAccount) -> HttpResponse:
    # No redirect: she may come from the form that asked for her password, and forms may not lead to other sites.
    return _go(request, changes.portal_url(customers.ensure(account), back=f"{_site(request)}{HOME}"))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Show what another plan or number of seats would cost now and then; on POST change to it."""
    row = _subscription(request, subscription_id)
    gateway.require_on()
    answer: HttpResponse = _change(request, row)
    return answer


@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator] # allauth ships no types
def _change(request: HttpRequest, row: Subscription) -> HttpResponse:
    form = forms.SeatsForm(request.POST if request.method == "POST" else request.GET or None)
    offer, error = None, None
    if form.is_bound and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("plan", "interval", "quantity")}
        try:
            if request.method == "POST":
                changes.change(row, by=require_user(request), at=form.cleaned_data["at"], **wanted)
                messages.success(request, _("Your plan is changed."))
                return redirect(HOME)
            offer = changes.preview(row, **wanted)
        except DomainError as refused:
            error = refused
    plans = [plan for plan in offers.SOLD.values() if plan.by_seats == (row.account.organisation_id is not None)]
    context = {"row": row, "plans": plans, "form": form, "offer": offer, "error": error}
    return render(request, "billing/change.html", context, status=error.status if error else 200)


@login_required
@require_POST
def cancel(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Let a subscription end when what is paid for is over."""
    row = _subscription(request, subscription_id)
    gateway.require_on()
    changes.cancel(row, by=require_user(request))
    messages.success(request, _("Your plan ends when the time you paid for is over. Nothing more is charged."))
    return redirect(HOME)


@login_required
@require_POST
def keep(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Take a cancellation back."""
    row = _subscription(request, subscription_id)
    gateway.require_on()
    changes.keep(row, by=require_user(request))
    messages.success(request, _("Your plan goes on."))
    return redirect(HOME)


def _subscription(request: HttpRequest, key: UUID) -> Subscription:
    accounts = accounts_paid_by(request.user)
    return get_object_or_404(Subscription.objects.select_related("account"), pk=key, account__in=accounts)


def _own(request: HttpRequest) -> BillingAccount:
    return services.account_of_user(require_user(request))


def _school(request: HttpRequest) -> Organisation | None:
    key = request.POST.get("school") or request.GET.get("school")
    if not key:
        return None
    try:
        return get_object_or_404(organisations_paid_by(request.user), pk=UUID(key))
    except ValueError:
        raise Http404 from None


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _site(request: HttpRequest) -> str:
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Lead on to Stripe's page: by script, or by a page that goes on by itself and has a link."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return render(request, "billing/pay.html", {"url": url})
