"""Nobody's flood makes others wait: the queue's policy, simulated with measured service times and on the database."""

import itertools
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tiers import Tier
from generation import fairness, queue, services
from generation.fairness import Start
from generation.models import Job
from tests.benchmarks import simulate_queue as simulation
from tests.benchmarks.simulate_queue import FairQueue, FirstComeFirstServed, Queue, SimulatedJob
from tests.factories import AnimationFactory, UserFactory
from tests.generation.factories import JobFactory

HOUR = 3600.0
FLOODED = 300.0  # when the flood comes
DRAFTS = simulation.measured_mix(simulation.DRAFTS)


def teachers(count: int, tier: str = Tier.FREE) -> list[tuple[str, str]]:
    return [(f"{tier} {number}", tier) for number in range(count)]


Measure = Callable[[SimulatedJob], float]


def waited(job: SimulatedJob) -> float:
    return job.wait


def took(job: SimulatedJob) -> float:
    """Seconds from sending to done."""
    return job.wait + job.service


def others_p95(make: Callable[[], Queue], cores: int, busy: float, flooder: str, of: Measure) -> tuple[float, float]:
    """95th percentile of everybody else's jobs without and with one person's 500 jobs, the same arrivals in both."""
    chance = random.Random(cores)
    usual = simulation.steady(teachers(40 * cores), busy=busy, cores=cores, seconds=3 * HOUR, mix=DRAFTS, chance=chance)
    flood = simulation.flood([("flooder", flooder)], 500, DRAFTS, chance, at=FLOODED)
    calm, flooded = simulation.copies(usual), simulation.copies(usual + flood)
    simulation.simulate(calm, cores=cores, queue=make())
    simulation.simulate(flooded, cores=cores, queue=make())
    over = max(job.started for job in flooded if job.person == "flooder")

    def p95(jobs: list[SimulatedJob]) -> float:
        return simulation.p95(of(job) for job in jobs if job.person != "flooder" and FLOODED <= job.arrival <= over)

    return p95(calm), p95(flooded)


class TestAFloodOf500:
    @pytest.mark.parametrize("flooder", [Tier.FREE, Tier.PROFESSIONAL, Tier.ENTERPRISE])
    @pytest.mark.parametrize(("cores", "busy"), [(1, 0.9), (2, 0.9), (8, 0.95)])
    def test_raises_the_p95_wait_of_others_at_most_one_and_a_half_times(
        self, cores: int, busy: float, flooder: str
    ) -> None:
        """In hours so busy that 5 of 100 jobs wait for a minute or more without the flood."""
        calm, flooded = others_p95(FairQueue, cores, busy, flooder, waited)
        assert calm > 60 and flooded <= 1.5 * calm

    @pytest.mark.parametrize("busy", [0.1, 0.3, 0.5, 0.7, 0.9])
    @pytest.mark.parametrize("cores", [1, 2, 8])
    def test_raises_the_p95_time_to_the_video_at_most_one_and_a_half_times_at_any_hour(
        self, cores: int, busy: float
    ) -> None:
        """Where nobody waits, any wait is endlessly more. What the flood adds is the rest of one running job."""
        calm, flooded = others_p95(FairQueue, cores, busy, Tier.FREE, took)
        assert flooded <= 1.5 * calm

    @pytest.mark.parametrize(("cores", "busy"), [(1, 0.9), (2, 0.9), (8, 0.95)])
    def test_would_make_all_others_wait_in_a_plain_queue(self, cores: int, busy: float) -> None:
        """Negative control."""
        for of in (waited, took):
            calm, flooded = others_p95(FirstComeFirstServed, cores, busy, Tier.FREE, of)
            assert flooded > 5 * calm


def test_a_flood_is_finished_all_the_same() -> None:
    """The flooder gets what others leave."""
    chance = random.Random(5)
    usual = simulation.steady(teachers(40), busy=0.85, cores=2, seconds=6 * HOUR, mix=DRAFTS, chance=chance)
    flood = simulation.flood([("flooder", Tier.FREE)], 500, DRAFTS, chance, at=FLOODED)
    jobs = simulation.copies(usual + flood)
    simulation.simulate(jobs, cores=2, queue=FairQueue())
    assert all(job.started >= job.arrival for job in jobs)


class TestAFloodOfProfessionals:
    def flooded(self, make: Callable[[], Queue], cores: int, free_busy: float) -> list[SimulatedJob]:
        """200 Professional people with ten jobs each and, all the while, Free people as usual."""
        chance = random.Random(cores)
        flood = simulation.flood(teachers(200, Tier.PROFESSIONAL), 10, DRAFTS, chance)
        seconds = 2000 * DRAFTS.mean / cores
        free = simulation.steady(teachers(20), busy=free_busy, cores=cores, seconds=seconds, mix=DRAFTS, chance=chance)
        jobs = simulation.copies(flood + free)
        simulation.simulate(jobs, cores=cores, queue=make(), until=seconds)
        return jobs

    @staticmethod
    def free_share(jobs: list[SimulatedJob], cores: int) -> float:
        """Free's part of all work that was begun after the first ten minutes."""
        begun = [job for job in jobs if job.started >= 600 / cores]
        return sum(job.service for job in begun if job.tier == Tier.FREE) / sum(job.service for job in begun)

    @pytest.mark.parametrize("cores", [1, 2, 8, 64])
    def test_leaves_free_at_least_a_tenth_of_the_work(self, cores: int) -> None:
        """Free people ask for half of the workers, so some of them wait all the time."""
        assert self.free_share(self.flooded(FairQueue, cores, free_busy=0.5), cores) >= 0.1

    @pytest.mark.parametrize("cores", [1, 2, 8, 64])
    def test_would_leave_free_less_in_a_plain_queue(self, cores: int) -> None:
        """Negative control."""
        assert self.free_share(self.flooded(FirstComeFirstServed, cores, free_busy=0.5), cores) < 0.1

    @pytest.mark.parametrize("cores", [1, 2, 8, 64])
    def test_makes_no_free_job_wait_a_quarter_of_an_hour(self, cores: int) -> None:
        """Free people ask for a tenth of the workers, which is what they are promised."""
        jobs = self.flooded(FairQueue, cores, free_busy=0.09)
        assert max(job.wait for job in jobs if job.tier == Tier.FREE and job.started >= 0) <= 900
        last = max(job.started for job in jobs)
        assert not [job for job in jobs if job.tier == Tier.FREE and job.started < 0 and job.arrival < last - 900]


class TestPolicy:
    def test_newcomers_without_end_do_not_starve_anybody(self) -> None:
        """Twice as many one-job newcomers as one core can serve; somebody's third job still comes round."""
        chance = random.Random(1)
        crowd = [simulation.job_of(f"new {n}", Tier.FREE, n * DRAFTS.mean / 2, DRAFTS, chance) for n in range(2000)]
        patient = simulation.flood([("patient", Tier.FREE)], 3, DRAFTS, chance, at=100.0)
        jobs = simulation.copies(crowd + patient)
        simulation.simulate(jobs, cores=1, queue=FairQueue(), until=1000 * DRAFTS.mean)
        assert all(job.started > 0 for job in jobs if job.person == "patient")

    def test_without_a_pace_of_the_clock_newcomers_would_starve_her(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Negative control."""
        monkeypatch.setattr(fairness, "LEAST_PACE", 0.0)
        with pytest.raises(AssertionError):
            self.test_newcomers_without_end_do_not_starve_anybody()

    @pytest.mark.parametrize(("tier", "at_once"), [(Tier.FREE, 1), (Tier.PROFESSIONAL, 3), (Tier.ENTERPRISE, 10)])
    def test_whoever_runs_as_many_as_her_tier_allows_is_at_her_cap(self, tier: str, at_once: int) -> None:
        assert fairness.at_cap({("she", tier): at_once}) == {"she"}
        assert fairness.at_cap({("she", tier): at_once - 1}) == set()

    def test_free_is_short_below_an_eighth_of_the_recent_work(self) -> None:
        paid, free = Start(Tier.SCHOOL, 10.0, 0.0), Start(Tier.FREE, 10.0, 0.0)
        assert fairness.is_free_short([paid] * 8 + [free])
        assert not fairness.is_free_short([paid] * 7 + [free])
        assert not fairness.is_free_short([])


@pytest.mark.django_db
class TestOnTheDatabase:
    def test_the_database_takes_the_same_jobs_in_the_same_order_as_the_simulation(self) -> None:
        """So what the simulation shows holds for the queue itself."""
        chance = random.Random(3)
        people = [UserFactory(tier=tier) for tier in (*Tier, Tier.FREE, Tier.FREE)]
        animations = {str(person.pk): AnimationFactory(project__owner=person) for person in people}
        mix = simulation.Mix(((4.0, 4.5, 0), (9.0, 8.5, 10), (15.0, 12.5, 0)), (1, 1, 1))
        names = [(str(person.pk), person.tier) for person in people]
        jobs = simulation.steady(names, busy=1.3, cores=3, seconds=200, mix=mix, chance=chance)
        jobs = simulation.copies(jobs + simulation.flood(names[-1:], 30, mix, chance, at=20.0))
        simulated, real = _Recorded(FairQueue()), _Recorded(_DatabaseQueue(animations))
        simulation.simulate(simulation.copies(jobs), cores=3, queue=simulated)
        simulation.simulate(simulation.copies(jobs), cores=3, queue=real)
        assert len(real.claimed) == len(jobs) > 80
        assert real.claimed == simulated.claimed

    def test_an_urgent_job_takes_her_own_turn_and_nobody_elses(self) -> None:
        hers, other = AnimationFactory(), AnimationFactory()
        first, second = JobFactory(animation=hers), JobFactory(animation=hers)
        waiting = JobFactory(animation=other)
        urgent = JobFactory(animation=hers, priority=10)
        assert [_run_next() for _job in range(4)] == [urgent.pk, waiting.pk, first.pk, second.pk]

    def test_above_her_cap_she_goes_only_when_nobody_else_waits(self) -> None:
        busy = AnimationFactory()
        for _job in range(3):
            JobFactory(animation=busy)
        assert queue.claim("one") is not None
        other = JobFactory(animation=AnimationFactory(project__owner__tier=Tier.FREE))
        Job.objects.filter(pk=other.pk).update(turn=1000.0)
        claimed = queue.claim("two")
        assert claimed is not None and claimed.job_id == other.pk
        assert queue.claim("three") is not None  # alone again: no core idles

    @pytest.mark.parametrize("waiting", [10, 10_000])
    def test_a_claim_costs_the_same_few_queries_and_reads_by_index(self, waiting: int) -> None:
        animation = AnimationFactory()
        fields: dict[str, Any] = {"animation": animation, "draft": {}, "kind": "generate"}
        done = fields | {"state": "succeeded", "started": animation.created, "finished": animation.created}
        owners = User.objects.bulk_create(User(email=f"{n}@school.example") for n in range(waiting // 5))
        by = [owners[n % len(owners)] for n in range(waiting)]
        Job.objects.bulk_create(Job(owner=owner, turn=float(n), **fields) for n, owner in enumerate(by))
        Job.objects.bulk_create(Job(owner=owner, tier=Tier.SCHOOL, **done) for owner in by)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert queue.claim("one") is not None  # somebody is at her cap, and Free is short
        with CaptureQueriesContext(connection) as captured:
            assert queue.claim("two") is not None
        asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
        assert len(asked) == 5 and len(captured) <= 13
        assert waiting < 1000 or not [sql for sql in asked if reads_all_jobs(sql)]


def reads_all_jobs(sql: str) -> bool:
    """Say whether the database reads the whole table to answer, or sorts all that wait."""
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
        plan = "\n".join(str(row) for row in cursor.fetchall())
    return any(sign in plan for sign in ("SCAN generation_job'", "FOR ORDER BY", "Seq Scan on generation_job"))


def _run_next() -> Any:
    claimed = queue.claim("one")
    assert claimed is not None
    with queue.held(claimed) as job:
        queue.close(job, Job.State.SUCCEEDED)
    return claimed.job_id


class _DatabaseQueue:
    """The real queue behind the simulation's face."""

    def __init__(self, animations: dict[str, Any]) -> None:
        self._animations = animations
        self._jobs: dict[Any, SimulatedJob] = {}
        self._claims: dict[int, queue.Claim] = {}

    def join(self, job: SimulatedJob) -> None:
        row = JobFactory.build(animation=self._animations[job.person], priority=job.priority)
        row.owner = row.animation.project.owner
        queue.join(row, tier=job.tier, video_seconds=(job.cost - fairness.FIXED_SECONDS) / fairness.PACE[row.quality])
        row.save(force_insert=True)
        self._jobs[row.pk] = job

    def claim(self) -> SimulatedJob | None:
        claimed = queue.claim("one")
        if claimed is None:
            return None
        job = self._jobs[claimed.job_id]
        self._claims[job.number] = claimed
        return job

    def finish(self, job: SimulatedJob) -> None:
        with queue.held(self._claims[job.number]) as row:
            queue.close(row, Job.State.SUCCEEDED)


class _Recorded:
    """Notes in which order a queue gives out its jobs."""

    def __init__(self, inner: Queue) -> None:
        self._inner = inner
        self.claimed: list[int] = []

    def join(self, job: SimulatedJob) -> None:
        self._inner.join(job)

    def claim(self) -> SimulatedJob | None:
        job = self._inner.claim()
        if job is not None:
            self.claimed.append(job.number)
        return job

    def finish(self, job: SimulatedJob) -> None:
        self._inner.finish(job)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @staticmethod
    def together(act: Callable[[int], Any], count: int) -> list[Any]:
        """Do it in so many threads that start at the same moment."""
        gate = threading.Barrier(count)

        def one(number: int) -> Any:
            try:
                gate.wait(10)
                return act(number)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as threads:
            return list(threads.map(one, range(count)))

    def test_many_workers_claim_each_job_once(self) -> None:
        jobs = {JobFactory().pk for _job in range(8)}
        claims = self.together(lambda number: queue.claim(f"worker {number}"), 8)
        assert {claimed.job_id for claimed in claims} == jobs

    def test_what_one_person_submits_at_once_gets_turns_one_behind_the_other(self) -> None:
        """Otherwise a flood in parallel would share one turn."""
        person = UserFactory()
        services.warm_up()
        self.together(lambda _number: services.choose(user=person, prompt="a parabola", template="quadratic_vertex"), 4)
        turns = sorted(Job.objects.values_list("turn", flat=True))
        assert len(turns) == 4 and all(later > earlier for earlier, later in itertools.pairwise(turns))
