"""The sign-up form: its answer takes as long for an address that has an account as for one that has none."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm as BaseSignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest


class SignupForm(BaseSignupForm):  # type: ignore[misc] # allauth ships no types
    """allauth's own form. allauth hashes the password of a new account alone, which can be measured from outside."""

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; where there is one, do the same work and tell its owner by mail."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)
