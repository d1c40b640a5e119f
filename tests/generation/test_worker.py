"""When a worker claims, when it refuses, and what it says about itself."""

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core.health import JAIL_STATUS_FILE
from generation import dispatch, faults, selectors, worker
from generation.engine import jail
from generation.engine.jail import ladder
from generation.engine.render.client import Renderer
from generation.models import Job, Worker
from generation.waiting import waiting_note
from generation.worker import WorkerProcess
from tests.generation.factories import JobFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.render]


@pytest.fixture
def process(renderer: Renderer, settings: Any, tmp_path: Path) -> WorkerProcess:
    settings.RUN_DIR = tmp_path / "run"
    process = WorkerProcess(slots=2, renderer=renderer)
    process.warm_up()
    process.beat()
    return process


def test_a_worker_that_may_work_claims_and_says_so(process: WorkerProcess) -> None:
    job = JobFactory()
    assert selectors.queue_health().state == "ready"
    process.run_next()
    job.refresh_from_db()
    assert job.state == "succeeded", job.fault


def test_without_a_jail_nothing_is_claimed_and_the_page_says_why(
    process: WorkerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(jail.selftest(), passed=False, level=None)
    monkeypatch.setattr(worker.jail, "selftest", lambda: broken)
    process.beat()
    job = JobFactory()
    process.run_next()
    job.refresh_from_db()
    assert job.state == "queued"
    health = selectors.queue_health()
    assert (health.state, health.fault and health.fault["code"]) == ("refusing", "jail_unavailable")
    note = waiting_note(job)
    assert note is not None and note["message"] == faults.NO_JAIL.message and note["hint"]


def test_a_wall_that_goes_missing_stops_the_work_until_it_is_back(
    process: WorkerProcess, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    """The jail is tried again and again; jobs wait, the health page names the wall, and all goes on by itself."""
    monkeypatch.setattr(ladder, "_known", [jail.selftest()])
    monkeypatch.setattr(ladder, "AGAIN_SECONDS", -1.0)
    monkeypatch.setattr(ladder, "AGAIN_SECONDS_FAILED", -1.0)
    real = ladder.climb
    monkeypatch.setattr(ladder, "climb", lambda: real(without={"seccomp"}))
    process.sweep()
    process.beat()
    job = JobFactory()
    process.run_next()
    job.refresh_from_db()
    assert job.state == "queued"
    note = waiting_note(job)
    assert note is not None and note["message"] == faults.NO_JAIL.message
    page = client.get("/health/").content.decode()
    assert "dangerous system calls are refused" in page and "none runs here" in page
    monkeypatch.setattr(ladder, "climb", real)
    process.sweep()
    process.beat()
    process.run_next()
    job.refresh_from_db()
    assert job.state == "succeeded"
    assert "none runs here" not in client.get("/health/").content.decode()


def test_a_worker_that_began_without_a_jail_warms_up_once_it_has_one(
    renderer: Renderer, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RUN_DIR = tmp_path / "run"
    monkeypatch.setattr(ladder, "_known", [ladder.climb(without={"seccomp"})])
    monkeypatch.setattr(ladder, "AGAIN_SECONDS_FAILED", -1.0)
    cold = WorkerProcess(slots=1, renderer=renderer)
    cold.warm_up()
    cold.beat()
    assert selectors.queue_health().state == "refusing"
    cold.sweep()
    cold.beat()
    assert selectors.queue_health().state == "ready"


def test_below_the_floor_of_free_space_jobs_wait_and_then_go_on_by_themselves(
    process: WorkerProcess, settings: Any
) -> None:
    job = JobFactory()
    settings.MINIMUM_FREE_BYTES = 1 << 60
    process.beat()
    process.run_next()
    job.refresh_from_db()
    assert job.state == "queued" and selectors.queue_health().state == "refusing"
    settings.MINIMUM_FREE_BYTES = 1
    process.beat()
    process.run_next()
    job.refresh_from_db()
    assert job.state == "succeeded"


def test_a_draining_worker_claims_nothing(process: WorkerProcess) -> None:
    job = JobFactory()
    process.drain()
    process.run_next()
    job.refresh_from_db()
    assert job.state == "queued"


def test_a_worker_that_never_warmed_up_claims_nothing(renderer: Renderer) -> None:
    job = JobFactory()
    cold = WorkerProcess(slots=1, renderer=renderer)
    cold.beat()
    cold.run_next()
    job.refresh_from_db()
    assert job.state == "queued"


def test_the_health_page_learns_what_the_self_test_found(process: WorkerProcess, settings: Any) -> None:
    process.start()
    try:
        status = json.loads((Path(settings.RUN_DIR) / JAIL_STATUS_FILE).read_text())
        assert (status["level"], status["passed"], status["missing"]) == (jail.require().value, True, [])
        assert abs(status["tested"] - time.time()) < 600
    finally:
        process.stop()
    assert not Worker.objects.exists(), "it signed off"


def test_the_sweeper_wakes_only_as_many_as_there_are_free_slots(
    process: WorkerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[Any] = []
    monkeypatch.setattr(worker, "wake", woken.append)
    monkeypatch.setattr("generation.periods.wake_patience", lambda: -worker.timedelta(minutes=1))
    for _job in range(5):
        JobFactory()
    process.sweep()
    assert len(woken) == 2


def test_a_broker_that_is_away_loses_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def away(*_args: Any, **_options: Any) -> None:
        raise dispatch.KombuError("no broker")

    monkeypatch.setattr(dispatch.current_app, "send_task", away)
    job = JobFactory()
    assert dispatch.wake(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.dispatched) == (Job.State.QUEUED, None)
    assert "waits for the next sweep" in caplog.text


def test_silent_workers_are_forgotten_and_do_not_count(process: WorkerProcess) -> None:
    Worker.objects.update(seen="2020-01-01T00:00:00Z")
    assert selectors.queue_health().state == "no_worker"
    worker.clean()
    assert not Worker.objects.exists()
