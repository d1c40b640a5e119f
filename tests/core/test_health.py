"""Health addresses tell load balancers and operators the truth, and nothing secret."""

import json
import os
from pathlib import Path

import pytest
from django.db import OperationalError

from core import VERSION, health

ROOT = Path(__file__).resolve().parents[2]


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
        (None, {"level": "unknown", "passed": None}),
        ("{broken", {"level": "unknown", "passed": None}),
        ("[]", {"level": "unknown", "passed": None}),
        (json.dumps({"level": "namespaces", "passed": True, "checks": []}), {"level": "namespaces", "passed": True}),
        (json.dumps({"level": "refused", "passed": False}), {"level": "refused", "passed": False}),
    ],
)
def test_the_jails_level_is_shown_and_does_not_take_the_site_down(client, settings, tmp_path, content, expected):
    settings.RUN_DIR = tmp_path
    if content is not None:
        (tmp_path / health.JAIL_STATUS_FILE).write_text(content)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["jail"] == expected


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
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
