"""The description of the API is valid, current, and open to everybody."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from openapi_spec_validator import validate

SNAPSHOT = Path(django_settings.ROOT) / "docs" / "openapi.json"


def test_it_is_valid_openapi(db: None) -> None:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    validate(response.json())


def test_the_committed_copy_is_current(tmp_path: Path, settings: Any) -> None:
    """Run `manage.py spectacular --format openapi-json --file docs/openapi.json` when this fails."""
    settings.SESSION_COOKIE_NAME = "__Host-session"  # as in production, where the command's defaults are
    now = tmp_path / "openapi.json"
    call_command("spectacular", format="openapi-json", file=str(now), validate=True, fail_on_warn=True)
    assert json.loads(now.read_text()) == json.loads(SNAPSHOT.read_text())


@pytest.mark.parametrize("path", ["/api/v1/generations/", "/api/v1/animations/{id}/knobs/"])
def test_every_refusal_is_described_in_the_one_shape(path: str) -> None:
    post = json.loads(SNAPSHOT.read_text())["paths"][path]["post"]
    for status in ("400", "404", "409", "422", "429"):
        content = next(iter(post["responses"][status]["content"].values()))
        assert content["schema"]["$ref"].endswith("/Problem")
