"""kill -9, at every step and at random: no job is lost, none is done twice, all come to an end."""

import random
import signal
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models.functions import Now

from generation import queue
from generation.dispatch import wake
from generation.models import Job
from projects.models import Artefact
from projects.services import sweep_orphans
from tests.chaos.conftest import LEASE_SECONDS, Processes, all_final, assert_done_once, ledger_of, queued, until
from tests.chaos.crashes import STEPS
from tests.generation.factories import SLOW_STORYBOARD, draft_json, slow_source

pytestmark = [pytest.mark.chaos, pytest.mark.worker, pytest.mark.render]


def slow_draft() -> dict[str, Any]:
    return draft_json(slow_source(), SLOW_STORYBOARD)


def is_drawing(job: Job) -> bool:
    return job.events.filter(kind="progress").exists()


def test_workers_killed_at_every_step_lose_nothing_and_double_nothing(
    processes: Processes, tmp_path: Path, settings: Any
) -> None:
    """One worker after the other dies, each at another step, of its own job or of one left behind; then one lives."""
    settings.JOB_MAX_ATTEMPTS = 2 * len(STEPS)
    jobs = []
    for number, step in enumerate(STEPS):
        jobs += queued()
        mark = tmp_path / f"crashed-{number}"
        doomed = processes.worker(wait=False, CRASH_AT=step, CRASH_MARK=str(mark))
        assert doomed.wait(60) == -signal.SIGKILL, (step, processes.logs())
        assert mark.exists()
    assert not all_final(), "there is something left to rescue"
    processes.worker()
    until(all_final, 60)
    for job in jobs:
        assert_done_once(job)
    sweep_orphans(older_than=0)
    for job in jobs:
        assert_done_once(job)
    known = {artefact.path for artefact in Artefact.objects.all()}
    assert set((tmp_path / "media" / "artefacts").glob("*/*")) == known, "no file without a row is left"


def test_kill_in_the_middle_of_a_render_is_made_good_within_the_lease(processes: Processes) -> None:
    victim = processes.worker()
    (job,) = queued(draft=slow_draft())
    until(lambda: is_drawing(job))
    victim.kill()
    killed = time.monotonic()
    processes.worker()
    until(lambda: job.events.filter(kind="queued").exists())
    assert time.monotonic() - killed < 2 * LEASE_SECONDS + 10
    until(all_final)
    assert_done_once(job)
    job.refresh_from_db()
    assert job.attempt == 2


def test_a_job_that_kills_every_worker_is_parked_and_the_next_one_runs(processes: Processes) -> None:
    (poison,) = queued()
    for _attempt in range(3):
        doomed = processes.worker(wait=False, CRASH_AT="starting")
        assert doomed.wait(60) == -signal.SIGKILL, processes.logs()
    (harmless,) = queued()
    processes.worker()
    until(all_final)
    poison.refresh_from_db()
    assert (poison.state, poison.attempt, poison.fault["code"]) == ("failed", 3, "worker_lost")
    assert not poison.animation.revisions.exists()
    assert ledger_of(poison) == ["release", "reserve"], "what came to nothing costs nothing"
    assert_done_once(harmless)


def test_many_jobs_survive_workers_killed_at_random(processes: Processes, settings: Any) -> None:
    settings.JOB_MAX_ATTEMPTS = 20
    chance = random.Random(7)
    workers = [processes.worker(), processes.worker()]
    jobs = queued(12)
    for _kill in range(4):
        time.sleep(chance.uniform(0.2, 1.5))
        workers.pop(chance.randrange(2)).kill()
        workers.append(processes.worker())
    until(all_final, 60)
    for job in jobs:
        assert_done_once(job)


class TestFrozen:
    def test_a_worker_that_slept_past_its_lease_writes_nothing_when_it_wakes(self, processes: Processes) -> None:
        sleeper = processes.worker()
        (job,) = queued(draft=slow_draft())
        until(lambda: is_drawing(job))
        sleeper.send_signal(signal.SIGSTOP)
        processes.worker()
        until(all_final, 60)
        assert_done_once(job)
        job.refresh_from_db()
        before = (job.last_seq, job.fence, list(job.events.values_list("pk", flat=True)))
        sleeper.send_signal(signal.SIGCONT)
        until(lambda: "went to another worker" in processes.logs())
        time.sleep(2 * LEASE_SECONDS)
        job.refresh_from_db()
        assert (job.last_seq, job.fence, list(job.events.values_list("pk", flat=True))) == before
        assert_done_once(job)


class TestMessages:
    def test_a_wake_up_delivered_five_times_runs_the_job_once(self, processes: Processes) -> None:
        (job,) = queued()
        for _copy in range(4):
            wake(job.pk)
        processes.worker(concurrency=2)
        until(all_final)
        time.sleep(0.5)
        assert_done_once(job)
        assert job.events.filter(kind="started").count() == 1

    def test_a_lost_wake_up_is_sent_again(self, processes: Processes) -> None:
        """The broker was restarted empty."""
        (job,) = queued()
        Job.objects.update(dispatched=Now() - timedelta(minutes=1))
        for message in Path(processes.environment()["CHAOS_BROKER_DIR"]).glob("queue/*"):
            message.unlink()
        processes.worker()
        until(all_final)
        assert_done_once(job)

    def test_a_wake_up_for_a_cancelled_job_is_dropped_quietly(self, processes: Processes) -> None:
        (job,) = queued()
        with_lock = Job.objects.get(pk=job.pk)
        queue.close(with_lock, Job.State.CANCELLED)
        processes.worker()
        (other,) = queued()
        until(all_final)
        assert_done_once(other)
        assert "Traceback" not in processes.logs()


def test_two_sweepers_recover_a_job_once(processes: Processes, settings: Any) -> None:
    jobs = queued(4)
    for job in jobs:
        queue.take(job.pk, "a worker that is gone")
    workers = [processes.worker(wait=False), processes.worker(wait=False)]
    until(all_final, 60)
    for job in jobs:
        assert_done_once(job)
        assert job.events.filter(kind="queued").count() == 1
    assert all(worker.poll() is None for worker in workers)


class TestStopping:
    def test_a_worker_told_to_stop_hands_its_job_back_at_once(self, processes: Processes) -> None:
        leaver = processes.worker()
        (job,) = queued(draft=slow_draft())
        until(lambda: is_drawing(job))
        leaver.terminate()
        assert leaver.wait(30) == 0, processes.logs()
        job.refresh_from_db()
        assert (job.state, job.attempt) == ("queued", 0)
        assert job.events.order_by("-seq").first().data["reason"] == "worker_stopping"
        processes.worker()
        until(all_final, 60)
        assert_done_once(job)

    def test_with_grace_it_finishes_its_job_and_claims_no_other(self, processes: Processes) -> None:
        leaver = processes.worker(JOB_GRACE_SECONDS="60")
        first, second = queued(2, draft=slow_draft())
        until(lambda: Job.objects.filter(events__kind="progress").exists())
        leaver.terminate()
        assert leaver.wait(60) == 0, processes.logs()
        assert sorted(Job.objects.values_list("state", flat=True)) == ["queued", "succeeded"]
        assert_done_once(next(job for job in (first, second) if Job.objects.get(pk=job.pk).is_final))


class TestCancel:
    def test_a_running_job_stops_within_a_second_or_two(self, processes: Processes) -> None:
        processes.worker()
        (job,) = queued(draft=slow_draft())
        until(lambda: is_drawing(job))
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)
        until(all_final, 3)
        job.refresh_from_db()
        assert (job.state, job.revision) == ("cancelled", None)
        assert not job.animation.revisions.exists()

    def test_cancelling_at_any_moment_leaves_exactly_one_end(self, processes: Processes) -> None:
        processes.worker(concurrency=2)
        chance = random.Random(11)
        jobs = []
        for _round in range(12):
            (job,) = queued()
            jobs.append(job)
            time.sleep(chance.uniform(0.0, 0.5))
            Job.objects.filter(pk=job.pk).exclude(state__in=Job.FINAL).update(cancel_requested=True)
        until(all_final, 30)
        for job in jobs:
            job.refresh_from_db()
            ends = [kind for kind in job.events.values_list("kind", flat=True) if kind in Job.FINAL]
            assert ends == [job.state]
            assert job.animation.revisions.count() == (1 if job.state == "succeeded" else 0)
        assert len({job.state for job in jobs} & {"cancelled", "succeeded"}) >= 1
