"""The audit trail on the admin site: to read, never to write."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """Who did what, latest first."""

    list_display = ["created", "place", "verb", "actor", "target_type", "target_id"]
    list_filter = ["verb"]
    search_fields = ["target_id", "actor__email"]
    list_select_related = ["actor"]
    date_hierarchy = "created"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries are written by deeds only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Entries are never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Entries are never deleted."""
        return False
