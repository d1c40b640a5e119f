"""What of a running job's video can be played: counted, bounded, and gone when the job is over."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as NoRedis

from generation import film, queue
from generation.engine.types import Event
from generation.film import Film, SceneReel
from generation.scribe import Scribe


@pytest.fixture
def job() -> Iterator[UUID]:
    yield uuid4()
    cache.clear()


def scenes(job: UUID) -> tuple[SceneReel, ...]:
    reel = film.load(job)
    assert reel is not None
    return reel.scenes


def test_scenes_grow_side_by_side_and_each_keeps_its_order(job: UUID) -> None:
    growing = Film(job, 1)
    for n in range(3):
        growing.add("A", f"a{n}".encode())
        growing.add("B", f"b{n}".encode())
    growing.end("B", failed=False)
    assert scenes(job) == (SceneReel("A", 3, "drawing"), SceneReel("B", 3, "whole"))
    assert film.segments(job, run=1, scene="A", after=0, to=3) == b"a0a1a2"
    assert film.segments(job, run=1, scene="B", after=1, to=2) == b"b1"


def test_a_scene_that_fails_is_told_as_failed_and_one_without_segments_not_at_all(job: UUID) -> None:
    growing = Film(job, 1)
    growing.add("A", b"a")
    growing.end("A", failed=True)
    growing.end("Cached", failed=False)
    assert scenes(job) == (SceneReel("A", 1, "failed"),)


def test_what_was_dropped_on_the_way_cuts_the_scene_and_nothing_follows(job: UUID) -> None:
    growing = Film(job, 1)
    growing.add("A", b"a")
    growing.add("A", None)
    growing.add("A", b"after the gap")
    growing.end("A", failed=False)
    assert scenes(job) == (SceneReel("A", 1, "cut"),)


def test_more_than_may_be_kept_cuts_the_scene(job: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "MOST_BYTES", 10)
    growing = Film(job, 1)
    for _ in range(4):
        growing.add("A", b"four")
    assert scenes(job) == (SceneReel("A", 2, "cut"),)


def test_a_second_attempt_begins_anew_and_the_first_cannot_take_it_away(job: UUID) -> None:
    first, second = Film(job, 1), Film(job, 2)
    first.add("A", b"old")
    second.add("A", b"new")
    first.forget()
    assert film.load(job) == film.Reel(2, (SceneReel("A", 1),))
    assert film.segments(job, run=1, scene="A", after=0, to=1) is None
    assert film.segments(job, run=2, scene="A", after=0, to=1) == b"new"
    second.forget()
    assert film.load(job) is None


def test_a_segment_that_the_cache_lost_is_not_skipped(job: UUID) -> None:
    growing = Film(job, 1)
    for n in range(3):
        growing.add("A", f"{n}".encode())
    cache.delete(film._segment_key(job, 1, "A", 2))
    assert film.segments(job, run=1, scene="A", after=0, to=3) is None


def test_a_cache_that_is_away_does_not_end_the_run(job: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    scribe = Scribe(queue.Claim(job, 1, 1))
    scribe.segment("A", b"0")

    def away(*args: object) -> None:
        raise NoRedis("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr(film.cache, "set", away)
        with pytest.raises(NoRedis):
            Film(job, 9).add("A", b"1")
        scribe.segment("A", b"1")
        scribe.preview("A", b"frame")
    scribe.segment("A", b"2")
    scribe.event(Event("scene", {"name": "A", "state": "rendered"}))
    assert film.segments(job, run=1, scene="A", after=0, to=2) is None, "there is a gap"
    assert scenes(job) == (SceneReel("A", 1, "cut"),)
