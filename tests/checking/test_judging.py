"""Statements are recomputed: right ones pass, wrong ones are found, and nothing is claimed of the rest."""

import sys
from typing import Any

import pytest

from generation.engine.checking.card import Evidence, Item, Kind, collect
from generation.engine.checking.judging import Verdict
from generation.engine.types import Inscription
from tests.checking.statements import HOSTILE, RIGHT, SILENT, WRONG


def look(*lines: tuple[str, bool]) -> list[Item]:
    """The card of a scene on which these lines stand at once."""
    return collect([Evidence("A", [Inscription(text, tex, 1.0, 9.0) for text, tex in lines], [])])


def verdict(text: str, tex: bool) -> Verdict:
    verdicts = {item.verdict for item in look((text, tex))}
    return next((each for each in (Verdict.WRONG, Verdict.RIGHT) if each in verdicts), Verdict.UNKNOWN)


@pytest.mark.parametrize(("text", "tex"), RIGHT)
def test_what_is_right_is_recomputed_and_right(text: str, tex: bool) -> None:
    assert verdict(text, tex) is Verdict.RIGHT


def test_nine_of_ten_wrong_statements_are_found_and_none_is_called_right() -> None:
    found = {text: verdict(text, tex) for text, tex in WRONG}
    assert [text for text, each in found.items() if each is Verdict.RIGHT] == []
    missed = [text for text, each in found.items() if each is not Verdict.WRONG]
    assert len(WRONG) >= 30 and len(missed) <= len(WRONG) / 10, missed


@pytest.mark.parametrize(("text", "tex"), SILENT)
def test_nothing_is_claimed_of_what_was_not_computed(text: str, tex: bool) -> None:
    assert verdict(text, tex) is Verdict.UNKNOWN


@pytest.mark.parametrize(("text", "tex"), HOSTILE)
def test_hostile_text_is_read_as_text_and_comes_to_an_end(text: str, tex: bool) -> None:
    verdict(text[:300], tex)


def test_nothing_is_opened_run_or_imported_for_a_text() -> None:
    verdict("1 m = 100 cm", False)  # loads the units
    seen: list[str] = []
    watching = True

    def watch(event: str, arguments: Any) -> None:
        if watching and event.split(".", maxsplit=1)[0] in {
            "compile",
            "exec",
            "open",
            "os",
            "subprocess",
            "socket",
            "import",
        }:
            seen.append(event)

    sys.addaudithook(watch)
    for text, tex in [*HOSTILE, *RIGHT]:
        verdict(text[:300], tex)
    watching = False
    assert seen == []


def test_a_wrong_statement_says_what_it_should_be() -> None:
    (item,) = look(("R = 4 Ω + 6 Ω = 11 Ω", False))
    assert (item.verdict, item.note, item.value) == (Verdict.WRONG, "should_be", "10 Ω")


def test_a_law_is_tried_with_the_values_beside_it() -> None:
    law = (r"{\color[HTML]{FF8A73}F} = k x", True)
    right = look(law, ("k = 25 N/m", False), ("x = 0.1 m", False), ("F = 2.5 N", False))
    assert [(item.verdict, item.note) for item in right if item.tex] == [(Verdict.RIGHT, "with_values")]
    wrong = look(law, ("k = 25 N/m", False), ("x = 0.1 m", False), ("F = 3.5 N", False))
    assert [item.verdict for item in wrong if item.tex] == [Verdict.WRONG]
    alone = look(law, ("k = 25 N/m", False))
    assert [item.verdict for item in alone if item.tex] == [Verdict.UNKNOWN]


def test_a_derivative_is_tried_with_the_function_that_stands_beside_it() -> None:
    function = (r"f(x) = x^3 - 2x", True)
    assert Verdict.WRONG not in {item.verdict for item in look(function, (r"f'(x) = 3x^2 - 2", True))}
    assert Verdict.WRONG in {item.verdict for item in look(function, (r"f'(x) = 3x^2 + 2", True))}


def test_constants_are_compared_with_the_accepted_and_the_school_value() -> None:
    kinds = {
        text: [(item.kind, item.verdict) for item in look((text, False)) if item.kind is Kind.CONSTANT]
        for text in ("g = 9.81 m/s²", "g = 10 m/s²", "g = 1.62 m/s²", "c = 3.00 × 10⁸ m/s", "h = 2 m")
    }
    assert kinds["g = 9.81 m/s²"] == kinds["g = 10 m/s²"] == [(Kind.CONSTANT, Verdict.RIGHT)]
    assert kinds["g = 1.62 m/s²"] == [(Kind.CONSTANT, Verdict.UNKNOWN)]
    assert kinds["c = 3.00 × 10⁸ m/s"] == [(Kind.CONSTANT, Verdict.RIGHT)]
    assert kinds["h = 2 m"] == []


def test_the_card_is_small_whatever_a_scene_writes() -> None:
    lines = [Inscription(f"{n} × 2 = {2 * n}", False, 0.0, 9.0) for n in range(250)]
    items = collect([Evidence(f"Scene{n}", lines, []) for n in range(20)])
    assert 0 < len(items) <= 200
