"""The local model's server: started again where it dies, found by our processes, with a key that nobody else sees."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from generation import localmodel
from generation.engine.errors import EngineFault
from generation.engine.local.serving import threads


class Enough(Exception):
    pass


def test_a_server_that_dies_is_started_again_later_each_time(settings: Any, tmp_path: Path, monkeypatch: Any) -> None:
    settings.MODELS_DIR = tmp_path  # nothing is there to load, so each server ends at once
    rests: list[float] = []
    monkeypatch.setattr("time.sleep", rests.append)
    told: list[str] = []

    def tell(text: str) -> None:
        told.append(text)
        if len(told) == 3:
            raise Enough

    with pytest.raises(Enough):
        localmodel.keep_serving(localmodel.new_place(), tell)
    assert rests == [2.0, 4.0]
    assert all("started again" in text for text in told)


def test_waiting_ends_where_nobody_is_left_to_answer(settings: Any, tmp_path: Path) -> None:
    settings.MODELS_DIR = tmp_path
    place = localmodel.new_place()
    child = localmodel.start_server(place)
    with pytest.raises(EngineFault) as caught:
        localmodel.wait_until_it_answers(place, lambda: child.poll() is None)
    assert "models status --check" in caught.value.fault.hint


def test_the_key_is_new_each_time_and_in_no_list_of_processes(settings: Any, tmp_path: Path) -> None:
    settings.MODELS_DIR = tmp_path
    first, second = localmodel.new_place(), localmodel.new_place()
    assert first.key != second.key
    assert first.key not in repr(first)
    child = localmodel.start_server(first)
    try:
        assert first.key not in Path(f"/proc/{child.pid}/cmdline").read_text()
    finally:
        child.kill()
        child.wait()


def test_web_and_worker_find_it_by_the_same_settings_as_any_served_model() -> None:
    place = localmodel.Place(4711, "key")
    assert place.environment() == {
        "MODEL_URL": "http://127.0.0.1:4711/v1",
        "MODEL_URL_HEDGE": "",
        "MODEL_NAME": "local",
        "MODEL_ADAPTER": "",
        "MODEL_KEY": "key",
        "MODEL_PROFILE": "small",
    }


def test_one_core_stays_free_for_drawing() -> None:
    assert threads() == max(1, len(os.sched_getaffinity(0)) - 1)
