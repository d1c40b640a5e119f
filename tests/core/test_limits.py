"""Token buckets: never one too many, however many ask at once, in Redis and in the database."""

import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from redis import Redis
from rest_framework.throttling import UserRateThrottle

from accounts import counting
from core import buckets, limits
from core.models import RateBucket
from tests.factories import MembershipFactory, UserFactory

THREADS, TRIES, MOST = 8, 12, 10
SLOW = {"user": f"{MOST}/day"}  # nothing worth a token comes back during a test


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = Redis(port=port)
    for _try in range(100):
        try:
            client.ping()
            break
        except OSError:
            time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


@pytest.fixture(params=["rows", "redis"])
def store(request, settings, monkeypatch):
    """Where the buckets are."""
    monkeypatch.setattr(buckets, "_away_until", 0.0)
    settings.LIMITS_REDIS_URL = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    return request.param


def someone() -> str:
    return f"{time.monotonic_ns()}"


def at_once(act) -> int:
    """Let every thread try at the same moment, again and again; return how many tries passed."""
    barrier = Barrier(THREADS)

    def run(_thread: int) -> int:
        try:
            passed = 0
            for _try in range(TRIES):
                barrier.wait()
                passed += bool(act())
            return passed
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(run, range(THREADS)))


class CountedInTheCache(UserRateThrottle):
    """How it was counted before: read what is there, look, write it back."""

    scope = "before"
    rate = f"{MOST}/day"


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_counting_in_the_cache_lets_too_many_pass(self):
        """The control: the same race, won by those who ask together."""
        request = SimpleNamespace(user=UserFactory(), META={"REMOTE_ADDR": "192.0.2.1"})
        assert at_once(lambda: CountedInTheCache().allow_request(request, None)) > MOST
        cache.clear()

    def test_a_bucket_gives_what_it_holds_and_no_more(self, store):
        who = someone()
        assert at_once(lambda: limits.take("api", {"user": who}, rates=SLOW).allowed) == MOST

    def test_nor_do_two_buckets_that_are_taken_from_together(self, store):
        rates = {"user": "1000/day", "address": f"{MOST}/day"}
        who = someone()
        subjects = {"user": who, "address": who}
        assert at_once(lambda: limits.take("api", subjects, rates=rates).allowed) == MOST


@pytest.mark.django_db
class TestBuckets:
    def take(self, who, **rates):
        return limits.take("api", dict.fromkeys(rates, who), rates=rates)

    def test_a_refusal_says_when_to_come_back_and_takes_from_no_bucket(self, store):
        who = someone()
        for _try in range(2):
            assert self.take(who, user="2/minute", key="100/minute").allowed
        refused = self.take(who, user="2/minute", key="100/minute")
        assert not refused.allowed
        assert 28 <= refused.retry_after <= 30
        left = {one.scope: one.remaining for one in refused.counted}
        assert left["user"] == 0
        assert left["key"] >= 98

    def test_tokens_come_back_evenly(self, store, monkeypatch):
        who = someone()
        assert [self.take(who, user="2/2 seconds").allowed for _try in range(3)] == [True, True, False]
        if store == "rows":
            now = time.time()
            monkeypatch.setattr(time, "time", lambda: now + 1.05)
        else:
            time.sleep(1.05)
        assert [self.take(who, user="2/2 seconds").allowed for _try in range(2)] == [True, False]

    def test_a_bucket_never_holds_more_than_its_rate_and_never_less_when_a_clock_goes_back(self, monkeypatch):
        who, now = someone(), time.time()
        assert self.take(who, user="3/minute").counted[0].remaining == 2
        monkeypatch.setattr(time, "time", lambda: now - 3600)
        assert self.take(who, user="3/minute").counted[0].remaining == 1
        monkeypatch.setattr(time, "time", lambda: now + 3600)
        assert self.take(who, user="3/minute").counted[0].remaining == 2

    def test_people_do_not_share_a_bucket_nor_do_acts(self, store):
        one, other = someone(), someone()
        assert self.take(one, user="1/day").allowed
        assert self.take(other, user="1/day").allowed
        assert limits.take("submit", {"user": one}, rates={"user": "1/day"}).allowed
        assert not self.take(one, user="1/day").allowed

    def test_a_row_says_nothing_of_whose_it_is_and_goes_when_it_is_full(self, monkeypatch):
        limits.take("sign_in", {"address": "192.0.2.77", "account": "ada@school.example"})
        text = " ".join(RateBucket.objects.values_list("key", flat=True))
        assert "192.0.2" not in text and "ada" not in text
        assert buckets.sweep() == 0
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + 86400)
        assert buckets.sweep() == 2

    def test_while_redis_is_away_the_rows_count(self, settings, monkeypatch):
        monkeypatch.setattr(buckets, "_away_until", 0.0)
        settings.LIMITS_REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
        who = someone()
        assert [self.take(who, user="2/day").allowed for _try in range(3)] == [True, True, False]
        assert RateBucket.objects.count() == 1
        assert buckets._away_until > time.monotonic()

    @pytest.mark.parametrize("text", ["", "20", "20/fortnight", "0/hour", "x/hour", "5/0 minutes"])
    def test_a_rate_that_is_none_is_refused(self, text):
        with pytest.raises(ValueError):
            limits.parse(text)


@pytest.mark.django_db
class TestWhoIsCounted:
    def test_user_key_organisation_and_address(self, rf):
        member = MembershipFactory()
        request = rf.get("/")
        request.user = member.user
        found = counting.subjects(request, {"user", "organisation", "address"})
        assert found == {"user": member.user_id, "organisation": member.organisation_id, "address": "127.0.0.1"}

    def test_neighbours_in_one_ipv6_network_are_one_address(self, rf):
        one, two = (rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}") for n in (1, 2))
        assert counting.address_of(one) == counting.address_of(two) == "2001:db8:1:2::"

    def test_a_schools_people_share_its_bucket(self, client, settings):
        settings.RATES = settings.RATES | {"submit": {"organisation": "2/day"}}
        one = MembershipFactory()
        two = MembershipFactory(organisation=one.organisation)
        answers = []
        for member in (one, two, two):
            client.force_login(member.user)
            answers.append(client.post(f"/api/v1/animations/{uuid4()}/knobs/", {}, "application/json").status_code)
        assert answers == [404, 404, 429]


@pytest.mark.django_db
class TestDoors:
    def test_the_api_says_what_is_left(self, client, settings):
        settings.RATES = settings.RATES | {"api": {"user": "2/minute"}}
        client.force_login(UserFactory())
        answers = [client.get("/api/v1/generations/") for _try in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[0]["RateLimit-Policy"] == '"api-user";q=2;w=60'
        assert answers[0]["RateLimit"].startswith('"api-user";r=1;t=')
        assert answers[2]["RateLimit"].startswith('"api-user";r=0;t=')
        assert 28 <= int(answers[2]["Retry-After"]) <= 30

    @pytest.mark.parametrize("known", [True, False])
    def test_an_account_is_guarded_from_every_address_whether_or_not_it_exists(self, client, settings, known):
        settings.RATES = settings.RATES | {"sign_in": {"account": "3/hour"}}
        if known:
            UserFactory(email="ada@school.example")
        tries = [
            client.post(
                "/accounts/login/", {"login": "Ada@school.example", "password": "x"}, REMOTE_ADDR=f"192.0.2.{n}"
            )
            for n in range(4)
        ]
        assert [one.status_code for one in tries][-1] == 429
        assert "tried too often" in tries[-1].content.decode()
        assert int(tries[-1]["Retry-After"]) > 0

    def test_looking_at_a_door_is_not_counted(self, client, settings):
        settings.RATES = settings.RATES | {"sign_in": {"address": "1/hour"}}
        assert [client.get("/accounts/login/").status_code for _try in range(3)] == [200] * 3

    def test_every_counted_door_is_there(self, settings):
        from django.urls import get_resolver

        names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
        assert set(settings.COUNTED_DOORS) <= names
        assert set(settings.COUNTED_DOORS.values()) <= set(settings.RATES)
