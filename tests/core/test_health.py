"""Health addresses tell load balancers and operators the truth, and nothing secret."""

import json
import os
from pathlib import Path

import pytest
from django.db import OperationalError

from core import VERSION, health

ROOT = Path(__file__).resolve().parents[2]
UNKNOWN = {"level": "unknown", "passed": None, "missing": [], "tested": None}


def test_a_living_process_says_so_without_asking_the_database(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "version": VERSION}


def test_the_version_is_the_one_of_the_project():
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.django_db
def test_a_ready_process_names_its_parts(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["parts"] == {"database": "ok", "migrations": "ok", "broker": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_broken_database_is_told_without_its_address(client, monkeypatch):
    def refuse(*args):
        raise OperationalError("could not connect to postgres://theorama:hunter2@db")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["database"] == "unavailable"
    assert "hunter2" not in response.content.decode()


@pytest.mark.django_db
def test_missing_migrations_are_told(client, monkeypatch):
    health._are_migrations_applied.cache_clear()
    monkeypatch.setattr("core.health.MigrationExecutor.migration_plan", lambda *args: ["accounts.0002"])
    response = client.get("/readyz")
    assert (response.status_code, response.json()["parts"]["migrations"]) == (503, "migrations are missing")


@pytest.mark.django_db
def test_an_unreachable_redis_is_told(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["parts"]["broker"]) == (503, "unavailable")


@pytest.mark.django_db
def test_a_broker_folder_that_cannot_be_used_is_told(client, settings, tmp_path):
    settings.REDIS_URL = ""
    settings.BROKER_DIR = tmp_path / "file" / "broker"
    (tmp_path / "file").touch()
    assert client.get("/readyz").json()["parts"]["broker"] == "unavailable"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, UNKNOWN),
        ("{broken", UNKNOWN),
        ("[]", UNKNOWN),
        (
            json.dumps({"level": "namespaces", "passed": True, "checks": []}),
            {**UNKNOWN, "level": "namespaces", "passed": True},
        ),
        (
            json.dumps({"level": "none", "passed": False, "missing": ["no network"], "tested": 5}),
            {"level": "none", "passed": False, "missing": ["no network"], "tested": 5},
        ),
        (
            json.dumps({"level": "none", "passed": "yes", "missing": "all", "tested": "now"}),
            {**UNKNOWN, "level": "none", "passed": False},
        ),
    ],
)
def test_the_jails_level_is_shown_and_does_not_take_the_site_down(client, settings, tmp_path, content, expected):
    settings.RUN_DIR = tmp_path
    if content is not None:
        (tmp_path / health.JAIL_STATUS_FILE).write_text(content)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["jail"] == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "No worker has tested this machine yet."),
        ({"level": "namespaces", "passed": True}, "at the level “namespaces”"),
        (
            {"level": "landlock", "passed": True, "missing": ["user namespaces can be made"]},
            "user namespaces can be made",
        ),
        ({"level": "none", "passed": False, "missing": ["<b>no network</b>"]}, "&lt;b&gt;no network&lt;/b&gt;"),
        ({"level": "none", "passed": False}, "none runs here"),
    ],
)
def test_people_read_what_is_missing(client, settings, tmp_path, status, words):
    settings.RUN_DIR = tmp_path
    if status is not None:
        (tmp_path / health.JAIL_STATUS_FILE).write_text(json.dumps(status))
    response = client.get("/health/")
    assert response.status_code == 200
    assert words in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_page_for_people_says_when_a_part_is_missing(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/")
    assert response.status_code == 503
    assert "Something is missing" in response.content.decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/health/"])
def test_nothing_is_changed_by_asking(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_load_balancers_ask_by_plain_http_while_pages_are_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/accounts/login/").status_code == 301


@pytest.mark.django_db
def test_no_environment_value_leaks(client):
    body = client.get("/readyz").content.decode()
    assert not any(value in body for name, value in os.environ.items() if "KEY" in name and len(value) > 8)
