"""Storyboards that are changed before they are drawn: any scenes of a template, in any order, with other words."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from generation.engine import boards, composing, knobs, policy, slices, spoken
from generation.engine.boards import Card, CardKind
from generation.engine.library import catalogue
from generation.engine.library.catalogue import Template

SPRING = catalogue.templates()["hookes_law"]
TITRATION = catalogue.templates()["titration_curve"]
EVERY = sorted(catalogue.templates().values(), key=lambda template: template.slug)


def cards(template: Template = SPRING) -> tuple[Card, ...]:
    return boards.cards_of(template.storyboard, template.source)


def prints(source: str, names: list[str]) -> dict[str, str]:
    return {name: slices.fingerprint(source, name) for name in names}


@pytest.mark.parametrize("template", EVERY, ids=lambda template: template.slug)
def test_every_scene_of_the_library_stands_alone(template: Template) -> None:
    names = [scene.name for scene in template.storyboard.scenes]
    for name in names:
        needed = slices.scene_slice(template.source, name)
        assert slices.scene_names(needed) == (name,)


@pytest.mark.parametrize("template", EVERY, ids=lambda template: template.slug)
def test_leaving_a_scene_out_and_turning_the_others_round_changes_none_of_them(template: Template) -> None:
    before = cards(template)
    some = [*reversed([replace(before[0], left_out=True), *before[1:]])]
    if len(before) == 1:
        return
    storyboard, source = boards.assembled(template.title, some, template.source)
    names = [card.name for card in reversed(before[1:])]
    assert [scene.name for scene in storyboard.scenes] == names
    assert prints(source, names) == prints(template.source, names)
    assert before[0].name not in slices.scene_names(source)
    assert policy.check(source).allowed
    reached = {scene for knob in knobs.extract(source) for scene in knob.scenes}
    assert reached <= set(names)


@pytest.mark.parametrize("template", EVERY, ids=lambda template: template.slug)
def test_every_line_of_the_library_can_be_written_anew_with_its_values(template: Template) -> None:
    changed = [
        replace(card, heading=card.heading and card.heading + "!", lines=tuple(f"So: {line}" for line in card.lines))
        for card in cards(template)
    ]
    _, source = boards.assembled(template.title, changed, template.source)
    assert policy.check(source).allowed
    assert cards_text(boards.cards_of(template.storyboard, source)) == cards_text(changed)


def cards_text(some: object) -> list[tuple[str, tuple[str, ...]]]:
    return [(card.heading, card.lines) for card in some]  # type: ignore[attr-defined]


def test_cards_that_nobody_changed_leave_the_code_as_it_is() -> None:
    storyboard, source = boards.assembled(SPRING.title, cards(), SPRING.source)
    assert source == SPRING.source
    assert storyboard.scenes == SPRING.storyboard.scenes


def test_a_value_in_a_line_stays_live() -> None:
    first, *rest = cards()
    line = "One mass pulls with {weight}."
    changed = replace(first, lines=(first.lines[0], line, *first.lines[2:]))
    _, source = boards.assembled(SPRING.title, [changed, *rest], SPRING.source)
    assert '"One mass pulls with " + weight + "."' in source
    names = [card.name for card in rest]
    assert prints(source, names) == prints(SPRING.source, names)
    assert slices.fingerprint(source, first.name) != slices.fingerprint(SPRING.source, first.name)


def test_a_value_that_a_line_does_not_have_is_named() -> None:
    first, *rest = cards()
    changed = replace(first, lines=("It pulls with {wieght}.", *first.lines[1:]))
    with pytest.raises(spoken.LineFault) as caught:
        boards.assembled(SPRING.title, [changed, *rest], SPRING.source)
    assert caught.value.unknown == "wieght"


def test_words_of_a_teacher_stay_words() -> None:
    hostile = '" + open("/etc/passwd").read() + "\\ {0} {{0}} \' """'
    first, *rest = cards()
    changed = replace(first, lines=(hostile, *first.lines[1:]))
    _, source = boards.assembled(SPRING.title, [changed, *rest], SPRING.source)
    constants = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    assert hostile in constants
    assert policy.check(source).allowed


def test_an_empty_line_is_not_said() -> None:
    first, *rest = cards()
    changed = replace(first, lines=("", *first.lines[1:]))
    _, source = boards.assembled(SPRING.title, [changed, *rest], SPRING.source)
    assert len(spoken.read(source, first.name).lines) == len(first.lines) - 1


def test_a_scene_of_words_is_read_again_as_it_was_written() -> None:
    empty = boards.new_card(CardKind.WORDS, cards(), SPRING.source)
    words = replace(empty, title="Before we start", lines=('"Quotes"', "and ünïcode"), said="Listen.", seconds=5.0)
    storyboard, source = boards.assembled(SPRING.title, [words, *cards()], SPRING.source)
    assert policy.check(source).allowed
    assert boards.cards_of(storyboard, source)[0] == words
    changed = replace(words, title="Now we start")
    again, twice = boards.assembled(SPRING.title, [changed, *cards()], source)
    assert boards.cards_of(again, twice)[0] == changed
    assert slices.scene_names(twice).count(words.name) == 1


def test_another_idea_brings_its_scenes_and_leaves_those_that_are_there() -> None:
    part = composing.Part(TITRATION.title, TITRATION.storyboard, TITRATION.source)
    before, added, source = boards.with_idea(SPRING.title, cards(), SPRING.source, part)
    assert [card.title for card in added] == [scene.title for scene in TITRATION.storyboard.scenes]
    storyboard, whole = boards.assembled(SPRING.title, [added[1], *before], source)
    names = [card.name for card in before]
    assert prints(whole, names) == prints(SPRING.source, names)
    assert [scene.name for scene in storyboard.scenes] == [added[1].name, *names]
    assert slices.scene_names(whole) == (*names, added[1].name)
    assert policy.check(whole).allowed


def test_pinned_cards_stay_when_a_storyboard_is_suggested_anew() -> None:
    one, two, three = cards()
    mine = replace(two, title="Mine", pinned=True)
    merged = boards.suggested_anew([replace(one, title="Changed"), mine, three], cards())
    assert merged == (one, mine, three)
    assert boards.suggested_anew([mine], [one]) == (mine, one)
    assert boards.suggested_anew([one, three, mine], [one]) == (one, mine)


def test_cards_survive_being_stored() -> None:
    assert boards.from_json(boards.to_json(cards())) == cards()
