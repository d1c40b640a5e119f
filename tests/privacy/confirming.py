"""Signing in as one who has just given her password: what is asked for before data leaves or an account ends."""

import time

from tests.factories import PASSWORD


def log_in(client, user):
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def confirm(client, user):
    """Sign in and give the password once more."""
    log_in(client, user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def confirm_staff(client, user):
    """Sign a member of staff in as one who has just given her second factor; TOTP has tests of its own."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
