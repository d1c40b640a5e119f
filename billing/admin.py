"""Who has what, on the admin site. Grants are given and taken back here; everything else is looked at."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from billing import services
from billing.models import BillingAccount, Grant, QuotaEntry, Seat, Subscription


class LookedAt(admin.ModelAdmin):
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by services."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Looked at, not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go with what they belong to."""
        return False


@admin.register(BillingAccount)
class BillingAccountAdmin(admin.ModelAdmin):
    """Who pays. Make one here for a person or an organisation that is to get a grant and has none yet."""

    list_display = ["email", "user", "organisation", "created"]
    list_select_related = ["user", "organisation"]
    search_fields = ["email", "user__email", "organisation__name"]
    autocomplete_fields = ["user", "organisation"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account goes with its person; what an organisation was given must be found."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whose it is never changes."""
        return ["user", "organisation"] if obj else []


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    """Tiers given by staff, with their reason. Choose some and “Take back” to end them."""

    list_display = ["account", "tier", "quantity", "starts", "until", "reason", "reference", "by", "revoked"]
    list_filter = ["tier", "revoked"]
    list_select_related = ["account", "by"]
    search_fields = ["account__email", "account__organisation__name", "reference", "reason"]
    autocomplete_fields = ["account"]
    fields = ["account", "tier", "quantity", "starts", "until", "reason", "reference"]
    actions = ["take_back"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A grant is not rewritten: take it back and give another."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Taken back, it still stands in the history."""
        return False

    def save_model(self, request: HttpRequest, obj: Grant, form: Any, change: bool) -> None:
        """Keep who gave it, write it into the audit trail and let it count."""
        obj.by = cast(User, request.user)
        super().save_model(request, obj, form, change)
        services.noted_grant(grant=obj, by=obj.by)

    @admin.action(description=_("Take back"), permissions=["add"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Grant]) -> None:
        """End the chosen grants now."""
        for grant in queryset:
            services.take_back(by=cast(User, request.user), grant=grant)


@admin.register(Subscription)
class SubscriptionAdmin(LookedAt):
    """What was bought, as Stripe says it stands."""

    list_display = ["account", "tier", "status", "interval", "quantity", "current_period_end", "grace_until", "as_of"]
    list_filter = ["status", "tier"]
    list_select_related = ["account"]
    search_fields = ["account__email", "stripe_id"]


@admin.register(Seat)
class SeatAdmin(LookedAt):
    """Who sits on what an organisation has."""

    list_display = ["user", "subscription", "grant", "created"]
    list_select_related = ["user", "subscription", "grant__account"]
    search_fields = ["user__email"]


@admin.register(QuotaEntry)
class QuotaEntryAdmin(LookedAt):
    """The ledger of new animations."""

    list_display = ["created", "user", "month", "kind", "job", "tier", "reason"]
    list_filter = ["kind", "month"]
    list_select_related = ["user"]
    search_fields = ["user__email", "=job"]
