"""`manage.py check --deploy` refuses settings that are fine on a laptop and unsafe in production."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
LEAST_KEY_LENGTH = 50
MAIL_THAT_GOES_NOWHERE = ("console", "locmem", "dummy", "filebased")


def production_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return one error per unsafe setting, each saying which environment variable to set."""
    return [
        *_secrets_and_debug(),
        *_hosts_and_https(),
        *_shared_services(),
        *_mail(),
    ]


def _secrets_and_debug() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(_error("E001", "DEBUG is on: error pages show code and settings.", "Set DEBUG=no."))
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if settings.INSECURE_DEVELOPMENT_KEY in keys:
        found.append(
            _error(
                "E002",
                "The secret key is the public development key: anybody can forge sessions and links.",
                "Set SECRET_KEY to 50 random characters or more, for example from "
                "python -c 'import secrets; print(secrets.token_urlsafe(50))'.",
            )
        )
    elif any(len(key) < LEAST_KEY_LENGTH for key in keys):
        found.append(_error("E003", "A secret key is shorter than 50 characters.", "Set longer SECRET_KEY values."))
    return found


def _hosts_and_https() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        found.append(
            _error(
                "E004", "ALLOWED_HOSTS lets any host name in.", "Name your hosts: ALLOWED_HOSTS=theorama.school.org."
            )
        )
    elif not hosts - LOCAL_HOSTS:
        found.append(
            _error(
                "E005",
                "ALLOWED_HOSTS names only this machine, so nobody else can reach the site.",
                "Set ALLOWED_HOSTS to the site's host names, separated by commas.",
            )
        )
    if not (settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        found.append(
            _error("E006", "HTTPS is off: passwords and sessions would travel in the clear.", "Set HTTPS=yes.")
        )
    return found


def _shared_services() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(
            _error(
                "E007",
                "The database is SQLite, which serves one machine and one writer at a time.",
                "Set DATABASE_URL to a PostgreSQL database: postgres://user:password@host/name.",
            )
        )
    if not settings.REDIS_URL:
        found.append(
            _error(
                "E008",
                "There is no Redis, so work, live progress and login limits stay on one machine.",
                "Set REDIS_URL: redis://host:6379/0.",
            )
        )
    return found


def _mail() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if any(f".backends.{name}." in settings.EMAIL_BACKEND for name in MAIL_THAT_GOES_NOWHERE):
        found.append(
            _error(
                "E009",
                "Mail is not sent, so nobody can confirm an address or reset a password.",
                "Set EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend and EMAIL_HOST.",
            )
        )
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        found.append(
            _error("E010", "Mail would come from an address at localhost.", "Set DEFAULT_FROM_EMAIL to one of yours.")
        )
    return found


def _error(number: str, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"theorama.{number}")
