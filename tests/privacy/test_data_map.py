"""What the privacy papers say is what the site does."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.models import User
from core import retention

PAPERS = Path(settings.ROOT) / "docs" / "privacy"
PERSONAL_FIELDS = (models.EmailField, models.GenericIPAddressField)


def holds_something_about_people(model):
    return model is User or any(
        (field.is_relation and field.related_model is User) or isinstance(field, PERSONAL_FIELDS)
        for field in model._meta.concrete_fields
    )


def test_every_table_about_people_is_on_the_data_map():
    told = set(re.findall(r"`([a-z_]+\.[a-z]+)`", (PAPERS / "data-map.md").read_text()))
    about_people = {model._meta.label_lower for model in apps.get_models() if holds_something_about_people(model)}
    assert about_people - told == set()
    there = {model._meta.label_lower for model in apps.get_models()}
    assert told - there == set()


def test_the_retention_table_is_the_one_that_workers_keep_to():
    """Run `manage.py retention --write` when this fails."""
    lines = (PAPERS / "retention.md").read_text().splitlines()
    assert [line for line in lines if line.startswith("|")] == retention.table()


@pytest.mark.parametrize("name", sorted(path.name for path in PAPERS.glob("*.md") if path.name != "README.md"))
def test_every_paper_is_on_the_first_page(name):
    assert f"({name})" in (PAPERS / "README.md").read_text()
