"""The ledger of new animations: what counts, what is given back, and that the sums stay exact."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from billing import entitlements, quota
from billing.models import QuotaEntry
from billing.tiers import Feature
from core.errors import DomainError
from core.models import AppendOnlyError
from generation import accounting, boards, exporting, queue, services
from generation.models import Job
from projects.models import Animation
from tests.browser.made import finished_animation
from tests.factories import UserFactory, give_tier
from tests.generation.factories import JobFactory

PROMPT = "How the period of a pendulum depends on its length"
KINDS = QuotaEntry.Kind


def use(user: User, count: int, month: date | None = None) -> None:
    """As if `count` animations had been made already."""
    month = month or quota.this_month()
    for _number in range(count):
        job = uuid4()
        for kind in (KINDS.RESERVE, KINDS.COMMIT):
            QuotaEntry.objects.create(user=user, month=month, kind=kind, job=job, tier=user.tier)


def left(user: User) -> int:
    return entitlements.of(user).allowance().left


def end(job: Job, state: Job.State) -> None:
    with transaction.atomic():
        queue.close(Job.objects.select_for_update().get(pk=job.pk), state)


@pytest.mark.django_db
class TestWhatCounts:
    @pytest.fixture
    def teacher(self) -> User:
        return UserFactory()

    def test_a_new_animation_is_reserved_when_asked_for_and_used_when_made(self, teacher):
        job = services.submit(user=teacher, prompt=PROMPT)
        assert left(teacher) == 24
        end(job, Job.State.SUCCEEDED)
        assert left(teacher) == 24
        assert Counter(QuotaEntry.objects.values_list("kind", flat=True)) == {"reserve": 1, "commit": 1}

    @pytest.mark.parametrize("state", [Job.State.FAILED, Job.State.CANCELLED])
    def test_what_fails_or_is_cancelled_is_given_back(self, teacher, state):
        end(services.submit(user=teacher, prompt=PROMPT), state)
        assert left(teacher) == 25

    def test_cancelling_while_it_waits_gives_it_back_at_once(self, teacher):
        job = services.submit(user=teacher, prompt=PROMPT)
        services.cancel(user=teacher, job=job)
        services.cancel(user=teacher, job=job)
        assert left(teacher) == 25

    def test_the_same_request_again_costs_nothing(self, teacher):
        for _time in range(3):
            services.submit(user=teacher, prompt=PROMPT, idempotency_key="once")
        assert left(teacher) == 24

    def test_what_was_made_before_costs_nothing(self, teacher, monkeypatch):
        job = services.submit(user=teacher, prompt=PROMPT)
        end(job, Job.State.SUCCEEDED)
        monkeypatch.setattr("generation.repeats.made_before", lambda *_asked: job)
        assert services.submit(user=teacher, prompt=PROMPT) == job
        assert left(teacher) == 24

    def test_knobs_storyboards_and_exports_cost_nothing_even_with_nothing_left(self, teacher):
        animation = finished_animation(teacher)
        use(teacher, 25)
        services.turn_knobs(user=teacher, animation=animation, values={})
        exporting.order(user=teacher, revision=animation.current_revision, name="gif")
        board = boards.board_of(animation)
        boards.draw(by=teacher, animation=animation, version=board.version)
        assert Counter(Job.objects.exclude(state="succeeded").values_list("kind", flat=True)) == {
            "knobs": 1,
            "export": 1,
            "storyboard": 1,
        }
        assert left(teacher) == 0

    def test_a_job_that_is_swept_away_for_good_is_given_back(self, teacher, settings):
        job = services.submit(user=teacher, prompt=PROMPT)
        queue.take(job.pk, "gone")
        settings.JOB_MAX_ATTEMPTS = 1
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
        queue.sweep()
        job.refresh_from_db()
        assert (job.state, left(teacher)) == (Job.State.FAILED, 25)

    def test_another_attempt_of_a_job_is_the_same_reservation(self, teacher):
        job = services.submit(user=teacher, prompt=PROMPT)
        for _attempt in range(2):
            claimed = queue.take(job.pk, "one")
            queue.hand_back(claimed)
        assert left(teacher) == 24
        assert QuotaEntry.objects.count() == 1

    def test_professional_has_no_monthly_limit_but_a_bound_of_fair_use(self, teacher, monkeypatch):
        give_tier(teacher)
        use(teacher, 40)
        allowance = entitlements.of(teacher).allowance()
        assert not allowance.limited
        assert services.submit(user=teacher, prompt=PROMPT)
        monkeypatch.setattr("billing.quota.used", lambda *_whose: 1000)
        assert entitlements.of(teacher).may(Feature.GENERATE).code == "fair_use"


@pytest.mark.django_db
class TestAtTheEndOfIt:
    @pytest.fixture
    def teacher(self) -> User:
        teacher = UserFactory()
        use(teacher, 25)
        return teacher

    def test_the_refusal_says_when_and_what_to_do_and_leaves_nothing(self, teacher):
        with pytest.raises(DomainError) as refused:
            services.submit(user=teacher, prompt=PROMPT)
        error = refused.value
        assert (error.code, error.status) == ("quota_used", 402)
        assert "25" in error.message
        assert quota.this_month().strftime("%B") not in error.hint
        assert error.data["left"] == 0
        assert not Job.objects.exists() and not Animation.objects.exists()

    def test_the_page_keeps_the_prompt_and_shows_the_way_to_the_plans(self, teacher, client):
        client.force_login(teacher)
        answer = client.post("/start/", {"prompt": PROMPT})
        assert answer.status_code == 402
        assert PROMPT in answer.text
        assert "/plans/" in answer.text
        assert "0 of 25 new animations left this month" in answer.text

    def test_it_begins_again_with_the_month(self, teacher, monkeypatch):
        monkeypatch.setattr("billing.quota.this_month", lambda: quota.next_month(timezone.localdate().replace(day=1)))
        assert left(teacher) == 25

    def test_a_job_ends_in_the_month_in_which_it_was_reserved(self, monkeypatch):
        teacher = UserFactory()
        job = services.submit(user=teacher, prompt=PROMPT)
        before = quota.this_month()
        monkeypatch.setattr("billing.quota.this_month", lambda: quota.next_month(before))
        end(job, Job.State.CANCELLED)
        assert quota.used(teacher, before) == 0 == quota.used(teacher, quota.next_month(before))

    def test_a_failed_one_is_not_tried_again_for_nothing(self, teacher):
        job = JobFactory(animation__project__owner=teacher, state=Job.State.FAILED)
        with pytest.raises(DomainError) as refused:
            boards.draw_again(by=teacher, job=job)
        assert refused.value.code == "quota_used"


@pytest.mark.parametrize(
    ("month", "after"), [(date(2026, 11, 1), date(2026, 12, 1)), (date(2026, 12, 1), date(2027, 1, 1))]
)
def test_a_month_follows_a_month(month, after):
    assert quota.next_month(month) == after
    assert quota.Allowance(13, 25, True, month).resets_on == f"1 {after:%B}"


@pytest.mark.django_db
class TestTheLedger:
    def test_a_line_is_never_changed(self):
        use(UserFactory(), 1)
        with pytest.raises(AppendOnlyError):
            QuotaEntry.objects.update(kind="release")
        with pytest.raises(AppendOnlyError):
            QuotaEntry.objects.first().delete()

    def test_a_job_has_one_end_whatever_is_asked(self):
        job, user = uuid4(), UserFactory()
        quota.release(job, "failed")  # reserved nothing: nothing is given back
        quota.reserve(user=user, job=job, tier="free")
        quota.commit(job)
        quota.commit(job)
        quota.release(job, "failed")
        assert sorted(QuotaEntry.objects.values_list("kind", flat=True)) == ["commit", "reserve"]

    @pytest.mark.parametrize("kinds", [("reserve", "reserve"), ("commit", "release")])
    def test_the_database_itself_refuses_a_second_one(self, kinds):
        job, user = uuid4(), UserFactory()
        first, second = (
            QuotaEntry(user=user, month=quota.this_month(), kind=kind, job=job, tier="free") for kind in kinds
        )
        first.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()

    def test_the_end_of_a_job_and_its_line_are_one_transaction(self):
        teacher = UserFactory()
        job = services.submit(user=teacher, prompt=PROMPT)
        with pytest.raises(RuntimeError), transaction.atomic():
            queue.close(Job.objects.get(pk=job.pk), Job.State.SUCCEEDED)
            raise RuntimeError("killed between the two")
        job.refresh_from_db()
        assert (job.state, QuotaEntry.objects.count()) == (Job.State.QUEUED, 1)


@pytest.mark.django_db
class TestHealing:
    @pytest.fixture
    def teacher(self) -> User:
        return UserFactory()

    @pytest.fixture
    def long_ago(self, monkeypatch):
        monkeypatch.setattr("generation.accounting.SETTLING", -timedelta(seconds=1))

    def test_a_job_deleted_while_it_waited_gives_back_what_it_took(self, teacher, long_ago):
        services.submit(user=teacher, prompt=PROMPT).animation.delete()
        assert left(teacher) == 24
        assert accounting.heal_ledger() == 1
        assert (left(teacher), accounting.heal_ledger()) == (25, 0)

    @pytest.mark.parametrize(("state", "after"), [("succeeded", 24), ("failed", 25), ("cancelled", 25)])
    def test_a_job_ended_without_its_line_gets_it(self, teacher, long_ago, state, after):
        job = services.submit(user=teacher, prompt=PROMPT)
        Job.objects.filter(pk=job.pk).update(state=state, finished=timezone.now())
        assert accounting.heal_ledger() == 1
        assert (left(teacher), quota.open_reservations().exists()) == (after, False)

    def test_what_still_waits_is_left_alone(self, teacher, long_ago):
        services.submit(user=teacher, prompt=PROMPT)
        assert (accounting.heal_ledger(), left(teacher)) == (0, 24)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    THREADS = 50

    def at_once(self, act: Callable[[int], Any]) -> Counter[str]:
        """Do it in fifty threads that start together, each with its own connection; count how each ended."""
        ready = Barrier(self.THREADS)

        def run(number: int) -> str:
            try:
                ready.wait(30)
                act(number)
                return "accepted"
            except DomainError as error:
                return error.code
            finally:
                connection.close()

        with ThreadPoolExecutor(self.THREADS) as pool:
            return Counter(pool.map(run, range(self.THREADS)))

    @pytest.fixture
    def teacher(self, settings) -> User:
        settings.JOB_QUEUE_LIMIT = 100
        services.warm_up()  # else fifty threads load the library side by side
        teacher = UserFactory()
        use(teacher, 24)
        return teacher

    def test_without_the_lock_more_than_one_gets_through(self, teacher):
        asked = Barrier(self.THREADS)

        def take(_number: int) -> None:
            entitlements.of(teacher).require(Feature.GENERATE)
            asked.wait(30)  # everybody has asked before anybody takes
            quota.reserve(user=teacher, job=uuid4(), tier="free")

        assert self.at_once(take)["accepted"] > 1

    def test_of_fifty_submits_with_one_left_exactly_one_is_accepted(self, teacher):
        ends = self.at_once(lambda number: services.submit(user=teacher, prompt=PROMPT, idempotency_key=str(number)))
        assert ends == {"accepted": 1, "quota_used": 49}
        assert (Job.objects.count(), left(teacher)) == (1, 0)
        assert QuotaEntry.objects.filter(kind="reserve").count() == 25

    def test_fifty_ends_of_one_job_write_one(self, teacher):
        job = uuid4()
        quota.reserve(user=teacher, job=job, tier="free")
        ends = self.at_once(lambda number: quota.commit(job) if number % 2 else quota.release(job, "failed"))
        assert ends == {"accepted": 50}
        assert QuotaEntry.objects.filter(job=job).count() == 2
