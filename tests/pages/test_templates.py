"""Rules every template keeps: the content policy, htmx nonces, translation, nothing from another host."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.ROOT) / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
TAG = re.compile(r"<[a-zA-Z][^<>]*(?:\{%[^%]*%\}[^<>]*)*>", re.DOTALL)
# Words between tags that are neither a tag, a variable nor an entity.
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktrans.*?endblocktrans(?:late)?\s*%\}", re.DOTALL)
UNTRANSLATED_ON_PURPOSE = {"pages/parts.html"}  # a development page
NOT_WORDS = {"wrap-wide"}  # a class passed through a block


def name(path):
    return str(path.relative_to(ROOT))


def tags(path):
    return TAG.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_compiles(path):
    get_template(name(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_inline_style_or_handler(path):
    for tag in tags(path):
        assert not re.search(r"\s(style|on[a-z]+)\s*=", tag), tag


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_element_with_htmx_carries_the_nonce(path):
    for tag in tags(path):
        if re.search(r"\shx-(?!nonce)", tag):
            assert 'hx-nonce="{{ csp_nonce }}"' in tag, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_script_carries_the_nonce_or_is_data(path):
    for tag in tags(path):
        if tag.startswith("<script"):
            assert 'nonce="{{ csp_nonce }}"' in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_comes_from_another_host(path):
    assert not re.search(r"(src|href|action)\s*=\s*[\"']?(https?:)?//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_text_can_be_translated(path):
    if name(path) in UNTRANSLATED_ON_PURPOSE:
        return
    text = DJANGO.sub("", TRANSLATED.sub("", path.read_text(encoding="utf-8")))
    text = re.sub(r"<(script|svg|kbd|option)\b.*?</\1>", "", text, flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z-]{3,}", re.sub(r"<[^<>]*>|&\w+;", "", text)))
    assert words <= NOT_WORDS


def test_there_are_templates():
    assert len(TEMPLATES) > 30
