"""What waits for an address is found when an account confirms it, and when somebody logs in."""

from typing import Any

from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from projects.sharing import find_all_shares, find_shares


@receiver(email_confirmed, dispatch_uid="projects.confirmed")
def confirmed(email_address: Any, **_rest: Any) -> None:
    """Give an account what was shared with the address that it has just confirmed."""
    find_shares(email_address.user, email_address.email)


@receiver(user_logged_in, dispatch_uid="projects.logged_in")
def logged_in(user: Any, **_rest: Any) -> None:
    """Look again at each login: a school's sign-in confirms addresses without telling."""
    find_all_shares(user)
