"""Payments on the admin site: to look at, and to give money back. dj-stripe's own pages are taken away.

Theirs show keys and webhook secrets, and change Stripe past our audit trail.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from billing.admin import LookedAt
from billing.stripe import refunds
from billing.stripe.models import Purchase, StripeCustomer
from core.errors import DomainError

for model in apps.get_app_config("djstripe").get_models():
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class RefundForm(forms.Form):
    """How much of which invoice goes back, and why."""

    invoice = forms.CharField(label=gettext_lazy("Invoice"), max_length=255)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        required=False,
        min_value=0.01,
        max_digits=9,
        decimal_places=2,
        help_text=gettext_lazy("Empty: all that is left of it."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    token = forms.UUIDField(widget=forms.HiddenInput)


@admin.register(StripeCustomer)
class StripeCustomerAdmin(LookedAt):
    """Who an account is at Stripe; its page leads to the refunds."""

    list_display = ["account", "customer_id", "created"]
    list_select_related = ["account"]
    search_fields = ["customer_id", "account__email"]
    readonly_fields = ["refund_link"]

    def refund_link(self, customer: StripeCustomer) -> str:
        """Where money is given back."""
        return reverse("admin:billing_stripe_refund", args=[customer.pk])

    refund_link.short_description = gettext_lazy("refunds at")  # type: ignore[attr-defined] # the admin reads it

    def get_urls(self) -> list[Any]:
        """Add the page of refunds."""
        view = self.admin_site.admin_view(self.refund)
        return [path("<int:customer_id>/refund/", view, name="billing_stripe_refund"), *super().get_urls()]

    def refund(self, request: HttpRequest, customer_id: int) -> HttpResponse:
        """List the account's invoices and give money back."""
        if not isinstance(request.user, User) or not self.has_view_permission(request):
            raise PermissionDenied
        customer = get_object_or_404(StripeCustomer.objects.select_related("account"), pk=customer_id)
        form = RefundForm(request.POST or None, initial={"token": uuid4()})
        try:
            if request.method == "POST" and form.is_valid():
                given = _give(request.user, customer, form.cleaned_data)
                messages.success(request, _("%(sum).2f given back.") % {"sum": given / 100})
                return redirect("admin:billing_stripe_refund", customer_id=customer.pk)
            invoices = refunds.invoices(customer.account)
        except DomainError as error:
            messages.error(request, f"{error.message} {error.hint}")
            invoices = []
        context = {
            **self.admin_site.each_context(request),
            "title": _("Give money back"),
            "customer": customer,
            "invoices": invoices,
            "form": form,
        }
        return TemplateResponse(request, "admin/billing_stripe/refund.html", context)


def _give(by: User, customer: StripeCustomer, wish: dict[str, Any]) -> int:
    amount = wish["amount"]
    return refunds.refund(
        by=by,
        account=customer.account,
        invoice=wish["invoice"],
        amount=int(amount * 100) if amount is not None else None,
        reason=wish["reason"],
        token=str(wish["token"]),
    )


@admin.register(Purchase)
class PurchaseAdmin(LookedAt):
    """Ways through checkout."""

    list_display = ["account", "plan", "interval", "quantity", "state", "created"]
    list_filter = ["state", "plan"]
    list_select_related = ["account"]
    search_fields = ["account__email", "session_id"]
