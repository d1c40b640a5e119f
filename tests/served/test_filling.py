"""A model reads the knobs that rules could not, and is believed only where the prompt bears it out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generation.engine.errors import Cancelled
from generation.engine.library import catalogue
from generation.engine.served import filling
from generation.engine.served.faults import ModelFault
from tests.served.conftest import client_of
from tests.served.stub import Stub, endless, refuses, says

COLLISION = "collision of two carts and momentum, masses 2 and 1, the first at 3 m/s"


def of(slug: str) -> Any:
    return catalogue.templates()[slug]


def filled(stub: Stub, prompt: str, slug: str, **answer: Any) -> filling.Filled:
    template = of(slug)
    stub.acts = [says(json.dumps(answer))]
    return filling.fill(client_of(stub.url), prompt, template, filling.unread(prompt, template, {}))


def test_only_knobs_that_the_words_may_still_hold_are_asked_for(stub: Stub) -> None:
    names = [knob.name for knob in filling.unread(COLLISION, of("momentum_collision"), {})]
    assert {"first_mass", "second_mass"} <= {*names}
    assert "first_velocity" not in names  # the rules read it
    assert filling.unread("How a pendulum swings", of("pendulum_period"), {}) == ()


def test_a_number_in_another_unit_than_the_knobs_is_no_value_of_it() -> None:
    prompt = "projectile launched at 25 m/s, 50 degrees, from a cliff 12 m high"
    assert "gravity" not in [knob.name for knob in filling.unread(prompt, of("projectile"), {})]


def test_values_that_the_prompt_bears_out_are_kept_and_told(stub: Stub) -> None:
    found = filled(stub, COLLISION, "momentum_collision", first_mass=2.0, second_mass=1.0)
    assert found.values == {"first_mass": 2.0, "second_mass": 1.0}
    assert len(found.understood) == 2
    assert "Understood by the model: " in found.understood[0]
    assert found.understood[0].endswith("2 kg. Please check.")
    asked = stub.asked[0]
    assert asked["response_format"]["json_schema"]["schema"]["additionalProperties"] is False
    assert asked["temperature"] == 0.0


@pytest.mark.parametrize(
    "answer",
    [
        {"first_mass": 7.0}, {"first_mass": 3.0}, {"first_mass": "two"}, {"first_mass": -2.0}, {"first_mass": True},
        {"first_mass": 2e9}, {"first_mass": [2.0]}, {"mass": 2.0}, {"first_mass": None}, {},
    ],
    ids=str,
)  # fmt: skip
def test_what_the_prompt_does_not_bear_out_is_dropped(stub: Stub, answer: dict[str, Any]) -> None:
    found = filled(stub, COLLISION, "momentum_collision", **answer)
    assert found.values == {}
    assert found.understood == ()


def test_one_number_is_not_used_twice(stub: Stub) -> None:
    prompt = "collision of two carts and momentum, masses 5, the first at 3 m/s"
    found = filled(stub, prompt, "momentum_collision", first_mass=5.0, second_mass=5.0)
    assert len(found.values) + len(found.refused) >= 1
    assert not {"first_mass", "second_mass"} <= {*found.values}


def test_an_answer_that_is_no_form_changes_nothing(stub: Stub) -> None:
    template = of("momentum_collision")
    wanted = filling.unread(COLLISION, template, {})
    for text in ("no", "[1, 2]", "{" * 5000):
        stub.acts = [says(text)]
        assert filling.fill(client_of(stub.url), COLLISION, template, wanted).values == {}


def test_a_model_that_is_down_or_never_ends_is_a_fault_of_its_own(stub: Stub) -> None:
    template = of("momentum_collision")
    wanted = filling.unread(COLLISION, template, {})
    stub.acts = [refuses(401)]
    with pytest.raises(ModelFault):
        filling.fill(client_of(stub.url), COLLISION, template, wanted)
    stub.otherwise = lambda body: endless(pause=0.01)
    with pytest.raises(Cancelled):
        filling.fill(client_of(stub.url), COLLISION, template, wanted, should_stop=lambda: bool(stub.running))
