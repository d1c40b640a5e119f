"""Accounts on the admin site."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey, Membership, Organisation, User


class NewUserForm(AdminUserCreationForm):
    """A new account: an address and, if wanted, a password."""

    class Meta:
        model = User
        fields = ["email", "name"]
        field_classes = {"email": forms.EmailField}


class UserForm(UserChangeForm):
    """An account as staff see it."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes = {"email": forms.EmailField}


class MembershipInline(admin.TabularInline):
    """The organisations of a user."""

    model = Membership
    extra = 0
    autocomplete_fields = ["organisation"]


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    """Accounts, found by address or name."""

    form = UserForm
    add_form = NewUserForm
    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff", "created", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "name"]
    readonly_fields = ["tier", "created", "updated", "last_login"]  # a tier is given by a grant
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("May"), {"fields": ["tier", "is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["created", "updated", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    """Schools and districts."""

    list_display = ["name", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name"]
    autocomplete_fields = ["parent"]


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    """Keys, to see who has one; owners make and revoke them on their own page."""

    list_display = ["prefix", "name", "owner", "created", "expires", "last_used", "revoked"]
    list_select_related = ["owner"]
    search_fields = ["prefix", "owner__email"]
    fields = ["owner", "name", "prefix", "created", "expires", "last_used", "revoked"]
    readonly_fields = ["owner", "name", "prefix", "created", "expires", "last_used", "revoked"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A key made here could not be shown to its owner alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keys are looked at, not edited."""
        return False
