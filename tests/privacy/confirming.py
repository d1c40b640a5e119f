"""Signing in as one who has just given her password: what is asked for before data leaves or an account ends."""

from tests.factories import PASSWORD


def log_in(client, user):
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})


def confirm(client, user):
    """Sign in and give the password once more."""
    log_in(client, user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
