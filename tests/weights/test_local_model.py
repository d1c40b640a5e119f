"""What the real model of 1.5 billion weights can do. The numbers are printed; what is asserted are the guards."""

# ruff: noqa: T201 - its numbers are for reading
from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from generation import localmodel
from generation.engine import drafting, policy
from generation.engine.errors import RequestFault
from generation.engine.library import catalogue
from generation.engine.local.serving import NAME
from generation.engine.render.client import Renderer
from generation.engine.served import filling, wording
from generation.engine.served.client import PROBE, ModelClient
from generation.engine.served.editing import Editor
from generation.engine.served.faults import ModelFault
from generation.engine.served.profile import SMALL
from generation.engine.served.request import Chat, Endpoint, Sampling
from generation.engine.served.wishes import read_wish
from generation.engine.served.writer import NothingWritten, ServedWriter

pytestmark = pytest.mark.weights

# Template, prompt, and what a person reads in it that the rules leave open; empty where any value would be made up.
FILLS: list[tuple[str, str, dict[str, Any]]] = [
    ("momentum_collision", "2 kg truck at 3 m/s hits 1 kg resting car", {"first_mass": 2.0, "second_mass": 1.0}),
    ("rc_discharge", "RC discharge, begin with 12, a resistor of some kind", {"voltage": 12.0}),
    ("ideal_gas", "gas in a tank, heated to 350 from room air", {"temperature": 350.0}),
    ("epidemic_sir", "each one gives it to 1.8 others, sick for 6 days", {"reproduction": 1.8}),
    ("projectile", "launched at 25 m/s, 50 degrees, from a cliff 12 m high", {}),
    ("bayes_test", "a test that finds 80 of those who are ill", {"sensitivity": 80.0}),
    ("taylor_series", "taylor series of cos x around 1", {"place": 1.0}),
    ("pendulum_period", "pendulums where g is about 3.7", {"gravity": 3.7}),
    ("standing_waves", "a string which swings in 4 parts", {"harmonic": 4}),
    ("logistic_growth", "rabbits up to 500 because there is not more grass", {"capacity": 500.0}),
    ("break_even", "renting the hall costs 900, a ticket brings 12", {"fixed": 900.0, "price": 12.0}),
    ("snell_refraction", "light goes into glass of 1.5 at 40", {"incidence": 40.0}),
]
EDITS = [
    ("riemann_sum", "use sin x from 0 to pi, rectangles red"),
    ("pendulum_period", 'make the title "Swing time"'),
    ("riemann_sum", "make the curve orange"),
    ("projectile", "draw the path slower"),
    ("pythagoras_rearrangement", "colour the triangles purple"),
    ("unit_circle_sine", "the sine curve pink please"),
    ("hookes_law", 'call it "My spring" and make the spring green'),
    ("binary_search", "longer pause at the end"),
    ("thin_lens", "make the object arrow red and the focal length 3 cm"),
    ("compound_interest", "bigger numbers for the final value"),
]
DRAFTS = [
    "Show a red ball moving along a circle while a blue square stays in the middle",
    "Show that 3 times 4 is twelve dots in three rows",
    "Draw the function x squared and move a dot along it",
    "Show a traffic light switching from red to green",
    "Show how a triangle turns into a square",
    "Show the water cycle with evaporation, clouds and rain",
]


def test_only_those_with_the_key_are_answered(place: localmodel.Place) -> None:
    with pytest.raises(ModelFault) as caught:
        ModelClient([Endpoint(place.url, NAME, key="guessed")]).chat(PROBE)
    assert caught.value.code == "model_refused"


def test_how_fast_it_is(client: ModelClient) -> None:
    reply = client.chat(
        Chat([{"role": "user", "content": "Count from 1 to 40, with commas."}], Sampling(0.0, max_tokens=400))
    )
    writing = reply.seconds - reply.first_token_seconds
    print(f"\n{reply.tokens / writing:.1f} tokens/s, first token after {reply.first_token_seconds:.1f} s")
    assert "1, 2, 3" in reply.text


def test_it_reads_knobs_that_the_rules_leave_open(client: ModelClient) -> None:
    right = asked = wrong = 0
    for slug, prompt, meant in FILLS:
        template = catalogue.templates()[slug]
        wanted = filling.unread(prompt, template, {})
        found = filling.fill(client, prompt, template, wanted) if wanted else filling.Filled()
        values = {name: value for name, value in found.values.items() if value != meant.get(name)}
        hits = sum(found.values.get(name) == value for name, value in meant.items())
        right, asked, wrong = right + hits, asked + len(meant), wrong + len(values)
        print(f"\n{slug}: {hits} of {len(meant)}, wrong {values}, refused {found.refused}, {found.seconds:.1f} s")
        for value in found.values.values():
            assert str(value).removesuffix(".0") in prompt  # nothing is made up
    print(f"\nfields right {right} of {asked}, wrong {wrong}")


@pytest.mark.parametrize("case", EDITS, ids=[f"{slug}-{number}" for number, (slug, _) in enumerate(EDITS)])
def test_it_edits_in_words_or_says_that_it_could_not(
    client: ModelClient, renderer: Renderer, results: Path, case: tuple[str, str]
) -> None:
    slug, words = case
    base = drafting.draft_template(slug, {})
    wish = read_wish(words, base.source, slug)
    base = drafting.redraft(base.source, base.storyboard, wish.values, title=base.title, template=slug)
    began = time.monotonic()
    try:
        edited = Editor(client, renderer.check).edit(base, wish)
    except RequestFault as error:
        print(f"\n{words}: refused after {time.monotonic() - began:.0f} s. {error.fault.message}")
        assert error.fault.code == "edit_failed"
        return
    print(f"\n{words}: {edited.changes}, {time.monotonic() - began:.0f} s")
    (results / f"edit_{EDITS.index(case)}_{slug}.py").write_text(edited.draft.source)
    assert policy.check(edited.draft.source).allowed
    for card in base.storyboard.scenes:
        assert renderer.check(edited.draft.source, card.name).fault is None


def test_it_words_the_narration_and_keeps_the_numbers(client: ModelClient) -> None:
    base = drafting.draft_template("riemann_sum", {})
    worded = wording.reword(client, base, "simpler words, for ten year olds")
    lines = sum(len(wording.spoken(base.source, card.name)) for card in base.storyboard.scenes)
    print(f"\n{len(worded.changes)} of {lines} lines in other words: {worded.changes}")
    assert all(wording.holds(old, new) for old, new in worded.changes)


@pytest.mark.parametrize("prompt", DRAFTS)
def test_it_drafts_a_scene_that_runs_or_none(
    client: ModelClient, renderer: Renderer, results: Path, prompt: str
) -> None:
    began = time.monotonic()
    try:
        written = ServedWriter(client, renderer.check, SMALL).write(prompt)
    except NothingWritten as error:
        tried = [(each.step.value, each.codes) for each in error.attempts]
        print(f"\n{prompt}: refused after {time.monotonic() - began:.0f} s, {tried}")
        return
    tried = [(each.step.value, each.codes) for each in written.attempts]
    print(f"\n{prompt}: {time.monotonic() - began:.0f} s, {tried}, layout {written.layout}")
    (results / f"draft_{DRAFTS.index(prompt)}.py").write_text(written.draft.source)
    for card in written.draft.storyboard.scenes:
        assert renderer.check(written.draft.source, card.name).fault is None
