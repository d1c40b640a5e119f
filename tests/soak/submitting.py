"""Several people submit, turn knobs and cancel: over HTTP as a program would, their own code through the services."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import DatabaseError, InterfaceError, close_old_connections

from accounts.models import User
from accounts.services import create_api_key
from billing.tiers import TERMS
from core.errors import DomainError
from generation import orders
from generation.engine import knobs
from generation.engine.types import SceneCard, Storyboard
from generation.models import Job
from projects.models import Animation, Revision
from projects.services import create_animation, ensure_default_project
from tests.factories import give_tier
from tests.soak import recipes
from tests.soak.recipes import Recipe

PATIENCE_SECONDS = 120.0  # as long as a client keeps trying with the same key
COPIES = 4  # of a request that is sent several times at once
REPEATED = 0.25  # this part of all requests is
CANCELLED = 0.1


@dataclass
class Asked:
    """One request: what for, under which key, and which jobs the answers named."""

    recipe: str
    key: str
    ends: str
    faults: frozenset[str]
    copies: int
    sent: float
    jobs: set[str] = field(default_factory=set)
    refused: str = ""  # the code of a refusal that is the product's right
    cancel_asked: bool = False


@dataclass(frozen=True)
class Person:
    """A teacher with an API key."""

    user: User
    secret: str


class NoAnswer(Exception):
    """The site did not take a request in all the time that a client is patient."""


def make_people(count: int) -> list[Person]:
    """Make people of every tier that has the API."""
    people, tiers = [], [tier for tier, terms in TERMS.items() if terms.api_calls]
    for number in range(count):
        user = User.objects.create_user(email=f"soak{number}@school.example", password=uuid.uuid4().hex)
        give_tier(user, tiers[number % len(tiers)])
        people.append(Person(user, create_api_key(owner=user, name="soak").secret))
    return people


def patiently(act: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """Do it, trying again while the database restarts."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (DatabaseError, InterfaceError):
            if time.monotonic() > deadline:
                raise
            close_old_connections()
            time.sleep(0.3)


class Submitter:
    """Threads that keep a bounded number of jobs in line until told to stop."""

    def __init__(self, port: int, people: list[Person], *, seed: int, most: int, threads: int = 3) -> None:
        self.asked: list[Asked] = []
        self.troubles: list[str] = []
        self.retried = 0
        self._port, self._people, self._most = port, people, most
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._work, args=(random.Random(f"{seed}-submit-{n}"),), name=f"submit-{n}")
            for n in range(threads)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask for nothing more; what was begun is ended."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, chance: random.Random) -> None:
        while not self._stop.is_set():
            try:
                if self._has_room():
                    self._ask_once(chance)
            except Exception as trouble:  # nothing of the product may surprise a client; the soak goes on
                self.troubles.append(f"{type(trouble).__name__}: {trouble}")
            finally:
                close_old_connections()
            self._stop.wait(chance.uniform(0.2, 1.5))

    def _has_room(self) -> bool:
        waiting: int = patiently(lambda: Job.objects.exclude(state__in=Job.FINAL).count())
        return waiting < self._most

    def _ask_once(self, chance: random.Random) -> None:
        person = chance.choice(self._people)
        turn = patiently(lambda: self._turnable(chance, person)) if chance.random() < 0.15 else None
        recipe = Recipe("knobs") if turn else recipes.draw(chance)
        copies = COPIES if chance.random() < REPEATED else 1
        asked = Asked(
            recipe.name, uuid.UUID(int=chance.getrandbits(128)).hex, recipe.ends, recipe.faults, copies, time.time()
        )
        with self._lock:
            self.asked.append(asked)
        if turn:
            send = lambda: self._post(person, f"animations/{turn[0]}/knobs", {"values": turn[1]}, asked)  # noqa: E731
        elif recipe.source:
            send = lambda: self._code(person, recipe, asked)  # noqa: E731
        else:
            body = {"prompt": recipe.prompt, "template": recipe.template}
            send = lambda: self._post(person, "generations", body, asked)  # noqa: E731
        with ThreadPoolExecutor(copies) as pool:
            for answer in [pool.submit(send) for _copy in range(copies)]:
                if job := answer.result():
                    asked.jobs.add(job)
        after = recipe.cancel_after or (chance.uniform(0.0, 6.0) if chance.random() < CANCELLED else None)
        if after is not None and asked.jobs:
            asked.cancel_asked = True
            self._stop.wait(after)
            self._post(person, f"generations/{min(asked.jobs)}/cancel", {}, None)

    def _turnable(self, chance: random.Random, person: Person) -> tuple[str, Mapping[str, Any]] | None:
        mine = Animation.objects.filter(project__owner=person.user, current_revision__isnull=False)
        newest = Revision.objects.filter(animation__in=mine).exclude(template="").order_by("-created")[:20]
        if not newest:
            return None
        revision = chance.choice(newest)
        values = recipes.turned(chance, knobs.extract(revision.source))
        return (str(revision.animation_id), values) if values else None

    def _post(self, person: Person, path: str, body: Mapping[str, Any], asked: Asked | None) -> str | None:
        """Send a request until it is answered; the key makes repeating harmless. Raises NoAnswer."""
        headers = {"Authorization": f"Bearer {person.secret}", "Content-Type": "application/json"}
        if asked is not None:
            headers["Idempotency-Key"] = asked.key
        deadline, last = time.monotonic() + PATIENCE_SECONDS, ""
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
                connection.request("POST", f"/api/v1/{path}/", json.dumps(body), headers)
                response = connection.getresponse()
                status, content = response.status, response.read()
                connection.close()
            except (OSError, http.client.HTTPException) as error:
                last = f"{type(error).__name__}: {error}"
            else:
                if status == http.HTTPStatus.ACCEPTED:
                    return str(json.loads(content)["id"])
                if status < http.HTTPStatus.INTERNAL_SERVER_ERROR and status != http.HTTPStatus.TOO_MANY_REQUESTS:
                    if asked is not None:
                        asked.refused = f"{status}: {json.loads(content).get('code')}"
                    return None
                last = f"{status}: {content[:200]!r}"
            with self._lock:
                self.retried += 1
            time.sleep(0.5)
        raise NoAnswer(f"{path} got no answer in {PATIENCE_SECONDS:.0f} s; at last {last}")

    def _code(self, person: Person, recipe: Recipe, asked: Asked) -> str | None:
        """Hand in somebody's own code, past the prompt, as the services take a request."""
        storyboard = Storyboard(recipe.name, (SceneCard("Act", "Act", "", "", recipe.seconds),))

        def build() -> Job:
            home = ensure_default_project(owner=person.user)
            return Job(
                animation=create_animation(by=person.user, project=home, title=recipe.name),
                quality="l",
                prompt=recipe.name,
                draft={
                    "template": "",
                    "title": recipe.name,
                    "storyboard": asdict(storyboard),
                    "source": recipe.source,
                    "understood": [],
                },
            )

        def enqueue() -> str:
            request = orders.Request(person.user, Job.Kind.GENERATE, asked.key, urlencode({"key": asked.key})[:64])
            return str((request.earlier() or request.enqueue(build)).pk)

        try:
            return str(patiently(enqueue))
        except DomainError as error:
            asked.refused = error.code
            return None
        finally:
            close_old_connections()
