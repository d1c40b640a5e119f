"""`manage.py check --deploy` lets a sane production environment pass and refuses the development one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.checks import production_settings

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DEBUG": "no",
    "SECRET_KEY": "kW3vXq9sT1zL7mBf4RjY8cNd2HgP6aUeoQwErTyUiOpAsDfGhJ",
    "ALLOWED_HOSTS": "theorama.school.example",
    "HTTPS": "yes",
    "DATABASE_URL": "postgres://theorama:pass@database/theorama",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.school.example",
    "DEFAULT_FROM_EMAIL": "Theorama <hello@school.example>",
}


def check_deploy(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    variables = {name: os.environ[name] for name in ("PATH", "HOME", "DATA_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=variables | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_sane_production_environment_passes_without_a_warning():
    done = check_deploy(PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_development_environment_is_refused_with_what_to_set():
    done = check_deploy({"DEBUG": "yes"})
    assert done.returncode != 0
    for number in (1, 2, 5, 6, 7, 8, 9, 10):
        assert f"theorama.E{number:03}" in done.stderr
    for variable in ("SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "DATABASE_URL", "REDIS_URL", "EMAIL_BACKEND"):
        assert f"Set {variable}" in done.stderr


def test_bare_defaults_are_refused():
    assert check_deploy({}).returncode != 0


@pytest.fixture
def production(settings):
    settings.DEBUG = False
    settings.SECRET_KEY = PRODUCTION["SECRET_KEY"]
    settings.SECRET_KEY_FALLBACKS = []
    settings.ALLOWED_HOSTS = ["theorama.school.example", "localhost"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.DATABASES = {"default": settings.DATABASES["default"] | {"ENGINE": "django.db.backends.postgresql"}}
    settings.REDIS_URL = "redis://redis"
    settings.EMAIL_BACKEND = PRODUCTION["EMAIL_BACKEND"]
    settings.DEFAULT_FROM_EMAIL = PRODUCTION["DEFAULT_FROM_EMAIL"]
    return settings


def test_nothing_is_found_in_sane_settings(production):
    assert production_settings(None) == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("DEBUG", True, "E001"),
        ("SECRET_KEY_FALLBACKS", ["insecure-development-key-never-use-in-production-0123456789abcdef"], "E002"),
        ("SECRET_KEY", "short", "E003"),
        ("SECRET_KEY_FALLBACKS", ["short"], "E003"),
        ("ALLOWED_HOSTS", ["*"], "E004"),
        ("ALLOWED_HOSTS", [], "E005"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], "E005"),
        ("SECURE_SSL_REDIRECT", False, "E006"),
        ("SESSION_COOKIE_SECURE", False, "E006"),
        ("DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3"}}, "E007"),
        ("REDIS_URL", "", "E008"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "E009"),
        ("DEFAULT_FROM_EMAIL", "Theorama <hello@localhost>", "E010"),
    ],
)
def test_each_unsafe_setting_is_named(production, name, value, number):
    setattr(production, name, value)
    found = production_settings(None)
    assert [message.id for message in found] == [f"theorama.{number}"]
    assert found[0].hint
