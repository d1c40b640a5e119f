"""What a running job writes down, and how it learns that it must stop."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models.functions import Now

from generation import previews, queue
from generation.engine.types import Event
from generation.models import Job
from generation.scribe import LOOK_SECONDS, Reason, Scribe
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claimed() -> queue.Claim:
    JobFactory()
    claimed = queue.claim("one")
    assert claimed is not None
    return claimed


def wait_for_stop(scribe: Scribe, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not scribe.should_stop() and time.monotonic() < deadline:
        time.sleep(0.01)
    return scribe.should_stop()


def test_events_of_many_threads_are_all_written_in_the_order_they_came(claimed: queue.Claim) -> None:
    with Scribe(claimed) as scribe:
        threads = [
            threading.Thread(target=lambda: [scribe.event(Event("progress", {"n": n})) for n in range(20)])
            for _thread in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        scribe.event(Event("stage", {"stage": "assembling"}))
    job = Job.objects.get()
    events = list(job.events.values_list("seq", "kind"))
    assert [seq for seq, _kind in events] == list(range(1, 83))
    assert events[0][1] == "started" and events[-1][1] == "stage"


def test_a_cancelled_job_is_noticed_within_half_a_second(claimed: queue.Claim) -> None:
    with Scribe(claimed) as scribe:
        assert not scribe.should_stop()
        Job.objects.update(cancel_requested=True)
        assert wait_for_stop(scribe, LOOK_SECONDS + 0.3)
    assert scribe.reason is Reason.CANCELLED


def test_a_lost_lease_stops_the_run_and_its_events_are_not_written(claimed: queue.Claim) -> None:
    with Scribe(claimed) as scribe:
        Job.objects.update(lease_until=Now() - timedelta(seconds=1))
        queue.sweep()
        scribe.event(Event("progress", {"percent": 99}))
        assert wait_for_stop(scribe, 2.0)
    assert scribe.reason is Reason.LEASE_LOST
    assert not Job.objects.get().events.filter(kind="progress").exists()


def test_events_survive_a_database_that_is_away_for_a_moment(
    claimed: queue.Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = queue.held
    away = iter([True, True])

    def sometimes_held(claimed: queue.Claim):  # type: ignore[no-untyped-def]
        if next(away, False):
            raise OperationalError("the database is restarting")
        return held(claimed)

    monkeypatch.setattr(queue, "held", sometimes_held)
    with Scribe(claimed) as scribe:
        for n in range(3):
            scribe.event(Event("progress", {"n": n}))
    written = Job.objects.get().events.filter(kind="progress").values_list("data", flat=True)
    assert [data["n"] for data in written] == [0, 1, 2]


def test_only_the_latest_frame_is_kept_and_only_a_few_a_second(claimed: queue.Claim) -> None:
    scribe = Scribe(claimed)
    for n in range(100):
        scribe.preview("Turn", f"frame {n}".encode())
    first = previews.load(claimed.job_id)
    assert first is not None and first.jpeg == b"frame 0"
    time.sleep(0.25)
    scribe.preview("Turn", b"later")
    second = previews.load(claimed.job_id)
    assert second is not None and second.jpeg == b"later" and second.tag != first.tag
    assert previews.latest_tag(claimed.job_id) == second.tag


def test_frames_of_a_second_attempt_never_look_like_those_of_the_first(claimed: queue.Claim) -> None:
    tags = set()
    for fence in (1, 2):
        Scribe(queue.Claim(claimed.job_id, fence, fence)).preview("Turn", b"frame")
        tags.add(previews.latest_tag(claimed.job_id))
    assert len(tags) == 2
