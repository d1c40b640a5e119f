"""The queue of reports on the admin site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.permissions import require_user
from projects.models import Report
from projects.reporting import handle
from projects.sharing import token_of


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What people said should not be shown, open reports first."""

    list_display = ["created", "reason", "animation", "outcome", "shown"]
    list_filter = ["outcome", "reason"]
    list_select_related = ["animation", "link"]
    readonly_fields = ["created", "reason", "words", "animation", "reporter", "shown", "outcome", "handled"]
    exclude = ["link"]
    actions = ["stop", "let"]

    @admin.display(description=_("shown at"))
    def shown(self, report: Report) -> str:
        """Return the link's page, as long as it is open."""
        if not report.link.is_open:
            return "-"
        path = reverse("share_animation", args=[token_of(report.link), report.animation_id])
        return format_html('<a href="{}">{}</a>', path, _("Look at it"))

    @admin.action(description=_("Stop the links"), permissions=["change"])
    def stop(self, request: HttpRequest, queryset: Any) -> None:
        """Stop the links and close the reports."""
        for one in queryset:
            handle(by=require_user(request), report=one, stop=True)

    @admin.action(description=_("Nothing is wrong"), permissions=["change"])
    def let(self, request: HttpRequest, queryset: Any) -> None:
        """Close the reports."""
        for one in queryset:
            handle(by=require_user(request), report=one, stop=False)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Reports are made on the page of a link."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reports are closed, not deleted."""
        return False
