"""Real worker and web processes on the test's database, with short leases."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from billing import quota
from billing.models import QuotaEntry
from generation.dispatch import wake
from generation.management.commands.worker import make_broker_folders
from generation.models import Job, Worker
from tests.generation.factories import JobFactory

LEASE_SECONDS = 1.5
START_SECONDS = 60.0


@dataclass
class Processes:
    """Starts processes of the product and ends every one of them."""

    data: Path
    run: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, *, concurrency: int = 1, wait: bool = True, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker; with `wait`, return when it may claim."""
        ready = set(Worker.objects.filter(ready=True).values_list("pk", flat=True))
        process = self.start(["worker", "--concurrency", str(concurrency)], environment)
        if wait:
            until(lambda: Worker.objects.filter(ready=True).exclude(pk__in=ready).exists(), START_SECONDS)
        return process

    def start(self, arguments: list[str], environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start `manage.py` with the arguments."""
        log = (self.data / f"process-{len(self.started)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, str(django_settings.ROOT / "manage.py"), *arguments],
            env=os.environ | self.environment() | (environment or {}),
            stdout=log,
            stderr=log,
        )
        self.started.append(process)
        return process

    def environment(self) -> dict[str, str]:
        """Say where the test's database, broker and files are."""
        return {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "DATA_DIR": str(self.data),
            "DATABASE_URL": database_url(),
            "CHAOS_RUN_DIR": str(self.run),
            "CHAOS_BROKER_DIR": str(django_settings.BROKER_DIR),
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
            "JOB_MAX_ATTEMPTS": str(django_settings.JOB_MAX_ATTEMPTS),
            "JOB_GRACE_SECONDS": "0",
        }

    def logs(self) -> str:
        """Return what the processes said."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.data.glob("process-*.log")))

    def end(self) -> None:
        """Kill what still runs."""
        for process in self.started:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait(10)


def database_url() -> str:
    """Return the address of the database that this test uses."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    base, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/{name}"


def until(condition: Callable[[], Any], seconds: float = 30.0) -> None:
    """Wait until the condition holds. Fails the test after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def all_final() -> bool:
    """Say whether every job came to an end."""
    return not Job.objects.exclude(state__in=Job.FINAL).exists()


def queued(count: int = 1, **fields: Any) -> list[Job]:
    """Put jobs in line, each with its reservation in the ledger, and send their wake-ups."""
    jobs = [JobFactory(**fields) for _job in range(count)]
    for job in jobs:
        quota.reserve(user=job.owner, job=job.pk, tier=job.tier)
        wake(job.pk)
    return jobs


def ledger_of(job: Job) -> list[str]:
    """Return the job's lines in the ledger of new animations."""
    return sorted(QuotaEntry.objects.filter(job=job.pk).values_list("kind", flat=True))


def assert_done_once(job: Job) -> None:
    """Check that the job succeeded with one revision, one set of files and one ending, numbered without a gap."""
    job.refresh_from_db()
    events = list(job.events.order_by("seq").values_list("seq", "kind"))
    assert job.state == "succeeded", (job.fault, events)
    assert [seq for seq, _kind in events] == list(range(1, len(events) + 1)) and job.last_seq == len(events)
    assert [kind for _seq, kind in events if kind in Job.FINAL] == ["succeeded"]
    assert events[-1][1] == "succeeded"
    assert job.animation.revisions.count() == 1
    artefacts = list(job.animation.revisions.get().artefacts.all())
    assert sorted(artefact.kind for artefact in artefacts) == ["captions", "poster", "script", "video"]
    assert all(artefact.path.stat().st_size == artefact.size for artefact in artefacts)
    assert ledger_of(job) == ["commit", "reserve"]


@pytest.fixture(scope="session")
def run_dir() -> Iterator[Path]:
    """One renderer for all chaos tests; it is told to end with them."""
    from generation.engine.render.client import Renderer

    folder = Path(tempfile.mkdtemp(prefix="theorama-chaos-"))
    renderer = Renderer(folder)
    renderer.check("from manim import *\n\nclass A(Scene):\n    def construct(self):\n        self.add(Dot())\n", "A")
    yield folder
    renderer.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def processes(transactional_db: Any, settings: Any, tmp_path: Path, run_dir: Path) -> Iterator[Processes]:
    """The processes of one test, on an empty broker."""
    settings.JOB_LEASE_SECONDS = LEASE_SECONDS
    shutil.rmtree(settings.BROKER_DIR, ignore_errors=True)
    make_broker_folders()
    found = Processes(tmp_path, run_dir)
    yield found
    found.end()
