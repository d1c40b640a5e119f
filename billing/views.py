"""The page of plans, and a person's own plan."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import require_user
from billing import entitlements, selectors


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan with its price; hers is marked. Anybody may look."""
    entitlement = entitlements.of(request.user) if isinstance(request.user, User) else None
    context = {
        "offers": selectors.offers(entitlement),
        "entitlement": entitlement,
        "contact": selectors.contact(),
    }
    return render(request, "billing/plans.html", context)


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What she has, what is left of the month, and the ledger behind it."""
    user = require_user(request)
    entitlement = entitlements.of(user)
    context = {
        "entitlement": entitlement,
        "tier_name": entitlement.tier.label,
        "left": entitlement.allowance(),
        "source": selectors.source_of(entitlement),
        "ends": selectors.ends_of(entitlement),
        "lines": selectors.lines(user),
        "months": selectors.months(user),
        "contact": selectors.contact(),
    }
    return render(request, "billing/own.html", context)
