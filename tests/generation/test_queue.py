"""Claims, leases and fences, on whichever database the tests run with."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from core.models import AppendOnlyError
from generation import queue
from generation.models import Job, JobEvent
from tests.factories import AnimationFactory, UserFactory
from tests.generation.factories import JobFactory

pytestmark = pytest.mark.django_db


def kinds(job: Job) -> list[str]:
    return list(job.events.values_list("kind", flat=True))


def let_lease_run_out(job_id: UUID) -> None:
    Job.objects.filter(pk=job_id).update(lease_until=Now() - timedelta(seconds=1))


def place_of(job: Job) -> queue.Place:
    return queue.Place(job.pk, job.turn, job.pk, job.turn)


def claimed_job() -> tuple[Job, queue.Claim]:
    job = JobFactory()
    claimed = queue.claim("one")
    assert claimed is not None
    job.refresh_from_db()
    return job, claimed


def test_a_claim_takes_the_job_with_a_lease_and_an_event() -> None:
    job, claimed = claimed_job()
    assert (job.state, job.attempt, job.fence, job.lease_owner) == ("running", 1, 1, "one")
    assert claimed == queue.Claim(job.pk, 1, 1)
    lease = Job.objects.filter(pk=job.pk, lease_until__gt=Now() + timedelta(seconds=15))
    assert lease.filter(lease_until__lt=Now() + timedelta(seconds=25)).exists()
    assert kinds(job) == ["started"]


def test_a_claimed_job_is_not_given_twice() -> None:
    claimed_job()
    assert queue.claim("two") is None


def test_losing_the_race_for_one_job_finds_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = JobFactory(), JobFactory()
    stale = iter([place_of(first), place_of(second)])
    assert queue.take(first.pk, "faster") is not None
    monkeypatch.setattr(queue, "next_in_line", lambda: next(stale))
    claimed = queue.claim("slower")
    assert claimed is not None and claimed.job_id == second.pk


def test_without_the_condition_two_workers_would_run_one_job() -> None:
    """Negative control: the same race with an unconditional update gives the job to both."""
    job = JobFactory()

    def careless_take(owner: str) -> bool:
        return bool(Job.objects.filter(pk=job.pk).update(state="running", lease_owner=owner, lease_until=Now()))

    assert [careless_take("one"), careless_take("two")] == [True, True]
    Job.objects.filter(pk=job.pk).update(state="queued", lease_until=None)
    assert [bool(queue.take(job.pk, "one")), bool(queue.take(job.pk, "two"))] == [True, False]


def test_the_database_refuses_a_running_job_without_a_lease() -> None:
    job = JobFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state="running")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state="succeeded")


def test_events_are_numbered_without_a_gap_and_never_changed() -> None:
    job, claimed = claimed_job()
    for kind in ("stage", "plan", "progress"):
        with queue.held(claimed) as held:
            queue.record(held, kind)
    assert list(job.events.values_list("seq", "kind")) == [(1, "started"), (2, "stage"), (3, "plan"), (4, "progress")]
    event = JobEvent.objects.filter(job=job).first()
    assert event is not None
    event.kind = "another"
    with pytest.raises(AppendOnlyError):
        event.save()


class TestLateWriters:
    """A worker that lost its lease may write nothing, whatever it tries."""

    def test_without_a_fence_the_late_write_would_land(self) -> None:
        """Negative control."""
        job, _late = claimed_job()
        let_lease_run_out(job.pk)
        queue.sweep()
        assert queue.claim("two") is not None
        assert Job.objects.filter(pk=job.pk, state="running").update(prompt="overwritten by the first worker") == 1

    def test_every_write_of_the_first_worker_is_rejected_after_a_second_claim(self) -> None:
        job, late = claimed_job()
        let_lease_run_out(job.pk)
        assert queue.sweep() == 1
        second = queue.claim("two")
        assert second is not None and second.fence == late.fence + 1
        with pytest.raises(queue.LeaseLost), queue.held(late):
            pytest.fail("the late worker got in")
        with pytest.raises(queue.LeaseLost):
            queue.hand_back(late)
        assert queue.prolong("one", [late]) == set()
        with queue.held(second) as held:
            assert held.pk == job.pk

    def test_a_requeued_job_rejects_the_first_worker_before_anybody_claims_it(self) -> None:
        job, late = claimed_job()
        let_lease_run_out(job.pk)
        queue.sweep()
        with pytest.raises(queue.LeaseLost), queue.held(late):
            pytest.fail("the late worker got in")

    def test_a_final_job_rejects_its_own_worker(self) -> None:
        _job, claimed = claimed_job()
        with queue.held(claimed) as held:
            queue.close(held, Job.State.SUCCEEDED)
        with pytest.raises(queue.LeaseLost), queue.held(claimed):
            pytest.fail("a final job was opened again")

    def test_a_deleted_job_rejects_its_worker(self) -> None:
        job, claimed = claimed_job()
        job.delete()
        with pytest.raises(queue.LeaseLost), queue.held(claimed):
            pytest.fail("a deleted job was opened")


class TestSweep:
    def test_a_live_lease_is_left_alone(self) -> None:
        job, _claimed = claimed_job()
        assert queue.sweep() == 0
        job.refresh_from_db()
        assert job.state == "running"

    def test_a_second_sweeper_finds_nothing_left(self) -> None:
        job, _claimed = claimed_job()
        let_lease_run_out(job.pk)
        assert [queue.sweep(), queue.sweep()] == [1, 0]
        assert kinds(job).count("queued") == 1

    def test_a_heartbeat_between_the_look_and_the_lock_saves_the_job(self, monkeypatch: pytest.MonkeyPatch) -> None:
        job, claimed = claimed_job()
        let_lease_run_out(job.pk)
        expired = queue._expired
        looks: list[int] = []

        def look(jobs: Any) -> Any:
            looks.append(1)
            if len(looks) == 2:
                queue.prolong("one", [claimed])
            return expired(jobs)

        monkeypatch.setattr(queue, "_expired", look)
        assert queue.sweep() == 0
        job.refresh_from_db()
        assert job.state == "running"

    def test_the_third_lost_worker_parks_the_job_with_a_reason(self) -> None:
        job = JobFactory()
        for _attempt in range(3):
            assert queue.claim("one") is not None
            let_lease_run_out(job.pk)
            queue.sweep()
        job.refresh_from_db()
        assert (job.state, job.attempt, job.fault["code"]) == ("failed", 3, "worker_lost")
        assert queue.claim("one") is None
        assert kinds(job)[-1] == "failed"

    def test_a_job_cancelled_before_its_worker_died_ends_cancelled(self) -> None:
        job, _claimed = claimed_job()
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)
        let_lease_run_out(job.pk)
        queue.sweep()
        job.refresh_from_db()
        assert job.state == "cancelled"

    def test_a_lease_from_the_future_is_no_eternal_lease(self) -> None:
        """The clock was set back by an hour after the claim, and the worker died."""
        job, _claimed = claimed_job()
        Job.objects.filter(pk=job.pk).update(lease_until=Now() + timedelta(hours=1))
        assert queue.sweep() == 1


def test_handing_back_does_not_count_as_an_attempt() -> None:
    job, claimed = claimed_job()
    queue.hand_back(claimed)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.lease_owner, job.lease_until) == ("queued", 0, "", None)


def test_a_cancelled_job_is_not_handed_back_but_ended() -> None:
    job, claimed = claimed_job()
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    queue.hand_back(claimed)
    job.refresh_from_db()
    assert job.state == "cancelled"


class TestWhoseTurn:
    def order(self) -> list[UUID]:
        """Claim and finish one job after the other, as one worker would. SQLite's clock counts milliseconds."""
        order = []
        while (claimed := queue.claim("one")) is not None:
            order.append(claimed.job_id)
            with queue.held(claimed) as job:
                queue.close(job, Job.State.SUCCEEDED)
            time.sleep(0.002)
        return order

    def test_a_flood_does_not_starve_others(self) -> None:
        flooder, patient = UserFactory(), UserFactory()
        for owner, count in ((flooder, 6), (patient, 2)):
            for _job in range(count):
                JobFactory(animation=AnimationFactory(project__owner=owner))
        time.sleep(0.002)
        owners = dict(Job.objects.values_list("pk", "owner"))
        served = [owners[job_id] for job_id in self.order()]
        assert served == [flooder.pk, patient.pk, flooder.pk, patient.pk, *[flooder.pk] * 4]

    def test_whoever_has_a_job_running_waits_for_those_who_have_none(self) -> None:
        busy, idle = UserFactory(), UserFactory()
        for _job in range(3):
            JobFactory(animation=AnimationFactory(project__owner=busy))
        first = queue.claim("one")
        other = JobFactory(animation=AnimationFactory(project__owner=idle))
        second = queue.claim("one")
        assert first is not None and second is not None and second.job_id == other.pk

    def test_priority_counts_among_the_jobs_of_one_person(self) -> None:
        owner = UserFactory()
        plain = JobFactory(animation=AnimationFactory(project__owner=owner))
        urgent = JobFactory(animation=AnimationFactory(project__owner=owner), priority=10)
        assert self.order() == [urgent.pk, plain.pk]


def test_a_wake_up_is_overdue_when_never_sent_or_sent_long_ago() -> None:
    fresh, forgotten, lost = JobFactory(), JobFactory(), JobFactory()
    long_ago = Now() - timedelta(minutes=1)
    Job.objects.filter(pk=fresh.pk).update(dispatched=Now())
    Job.objects.filter(pk=forgotten.pk).update(created=long_ago)
    Job.objects.filter(pk=lost.pk).update(dispatched=long_ago)
    assert set(queue.overdue().values_list("pk", flat=True)) == {forgotten.pk, lost.pk}


def test_prolonging_moves_the_lease_and_only_of_own_claims() -> None:
    job, claimed = claimed_job()
    let_lease_run_out(job.pk)
    assert queue.prolong("somebody else", [claimed]) == set()
    assert queue.prolong("one", [claimed]) == {job.pk}
    assert Job.objects.filter(pk=job.pk, lease_until__gt=Now(), fence=F("fence")).exists()
