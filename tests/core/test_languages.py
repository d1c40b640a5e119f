"""The site in other languages: catalogues hold every sentence, with its placeholders, and the reader chooses."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

CATALOGUES = sorted(Path(settings.ROOT, "locale").glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")
TAG = re.compile(r"</?\w+")


def language(path: Path) -> str:
    return path.parents[1].name


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_there_is_a_catalogue_of_every_language():
    assert {language(path) for path in CATALOGUES} == {code for code, _ in settings.LANGUAGES} - {"en"}


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_every_sentence_is_translated_with_its_placeholders(path):
    wrong = []
    for entry in polib.pofile(str(path)):
        source = entry.msgid + (entry.msgid_plural or "")
        for text in texts(entry):
            known, used = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
            if not text.strip() or entry.fuzzy or not used <= known or (known - used and not entry.msgid_plural):
                wrong.append(entry.msgid)
            if sorted(TAG.findall(text)) != sorted(TAG.findall(entry.msgid)):
                wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_the_compiled_catalogue_says_the_same(path):
    compiled = {entry.msgid: texts(entry) for entry in polib.mofile(str(path.with_suffix(".mo")))}
    assert {entry.msgid: texts(entry) for entry in polib.pofile(str(path))} == compiled


@pytest.mark.django_db
@pytest.mark.parametrize("path", CATALOGUES, ids=language)
def test_a_browser_gets_its_language_and_a_reader_another(client, path):
    code = language(path)
    page = client.get("/", headers={"Accept-Language": f"{code},en;q=0.5"}).content.decode()
    assert f'<html lang="{code}"' in page
    with translation.override(code):
        assert translation.gettext("Sign up") != "Sign up"
        assert translation.gettext("Sign up") in page
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": code}).content.decode()


@pytest.mark.django_db
def test_choosing_a_language_never_leads_off_the_site(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"})
    assert answer.url == "/"


@pytest.mark.django_db
def test_a_page_in_a_language_that_runs_from_right_to_left_says_so(client, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    page = client.get("/", headers={"Accept-Language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
