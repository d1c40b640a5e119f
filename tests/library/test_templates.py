"""Every template of the library: its card is complete, it is safe to hand out, and it plays cleanly at its extremes."""

import re
from pathlib import Path

import pytest

from generation.engine import knobs, policy, slices
from generation.engine.exports.script import self_contained
from generation.engine.library import catalogue
from generation.engine.types import KnobKind
from tests.library.knob_settings import settings
from tests.library.sweep import sweep

EXTREMES = {"all least", "all most"}

each_template = pytest.mark.parametrize("slug", list(catalogue.templates()))


@each_template
def test_the_card_tells_what_it_shows_and_what_it_cannot(slug):
    template = catalogue.templates()[slug]
    assert len({phrase.casefold() for phrase in template.phrases}) >= catalogue.LEAST_PHRASES
    assert template.excludes and template.summary.count(".") >= 1
    assert 2 <= len(template.storyboard.scenes) <= 4
    assert tuple(card.name for card in template.storyboard.scenes) == slices.scene_names(template.source)
    assert len({card.title for card in template.storyboard.scenes}) == len(template.storyboard.scenes)


@each_template
def test_every_knob_has_a_label_bounds_and_a_fitting_default(slug):
    for knob in catalogue.templates()[slug].knobs:
        assert knob.label != knob.name
        assert knobs.checked(knob, knob.value) == knob.value or knob.kind is KnobKind.EXPRESSION
        assert knob.scenes, f"{knob.name} changes nothing"
        if knob.kind in {KnobKind.NUMBER, KnobKind.INTEGER, KnobKind.NUMBERS}:
            assert knob.minimum is not None and knob.maximum is not None and knob.minimum < knob.maximum


@each_template
def test_the_code_and_the_script_made_of_it_pass_the_policy(slug):
    template = catalogue.templates()[slug]
    for source in (template.source, self_contained(template.source, title=template.title)):
        verdict = policy.check(source)
        assert verdict.allowed, verdict


@pytest.mark.render
@pytest.mark.jail
@pytest.mark.sweep
@each_template
def test_it_plays_cleanly_and_lasts_as_long_as_its_card_says(slug, renderer):
    template = catalogue.templates()[slug]
    found = sweep(template, renderer, [("defaults", {})])
    assert found.flaws == {} and found.refused == []
    for card in template.storyboard.scenes:
        assert card.seconds == pytest.approx(found.scenes[card.name], rel=0.2), card.name


@pytest.mark.render
@pytest.mark.jail
@pytest.mark.sweep
@each_template
def test_it_plays_cleanly_at_its_extremes(slug, renderer):
    template = catalogue.templates()[slug]
    every = dict(settings(template.knobs))
    found = sweep(template, renderer, [(name, every[name]) for name in sorted(EXTREMES & set(every)) or ["random 1"]])
    if len(found.refused) == found.tried:  # both ends may be equal values of two knobs that must differ
        found = sweep(template, renderer, [("random 1", every["random 1"])])
    assert found.flaws == {}
    assert len(found.refused) < found.tried


def test_the_syllabus_table_lists_every_animation_and_no_other():
    table = (Path(__file__).resolve().parents[2] / "docs" / "library.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| .* \| `(\w+)`: ", table, re.MULTILINE)) == sorted(catalogue.templates())
    for template in catalogue.templates().values():
        assert f"`{template.slug}`: {template.title} |" in table
