"""Jobs a minute with real workers on one and on two cores, over PostgreSQL and Redis.

`scripts/with-services .venv/bin/python -m tests.benchmarks.bench_throughput [JOBS] [ROUNDS]` starts the product's own
worker, kept on its cores by `taskset`, and gives it jobs of as many people; each job draws the first scene of another
library template in draft quality. Formulas and scenes are new to each worker. Taken in turns, best round of each.
Measured from the first start to the last end, by the database's clock. Prints JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORKER_SECONDS = 120.0  # to start and to end
JOB_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Setting:
    """A worker on some cores."""

    name: str
    cores: str
    slots: int


SETTINGS = (
    Setting("one core, one job at a time", "0", 1),
    Setting("two cores, one job at a time", "0,1", 1),
    Setting("two cores, two jobs at a time", "0,1", 2),
)


def prepare(folder: Path) -> None:
    """Set Django up on an empty database."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder), "HTTPS": "no"}
    sys.path.insert(1, str(ROOT / "platform"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def submit(count: int) -> None:
    """Put one job each of `count` people in line."""
    from accounts.models import User
    from generation import drafts, queue
    from generation.dispatch import wake
    from generation.engine import drafting
    from generation.engine.library import catalogue
    from generation.models import Job
    from projects.services import create_animation, create_project

    Job.objects.all().delete()
    for number, slug in enumerate(sorted(catalogue.templates())[:count]):
        person, _made = User.objects.get_or_create(email=f"{number}@school.example")
        animation = create_animation(by=person, project=create_project(owner=person, title="Bench"), title=slug)
        whole = drafting.draft_template(slug, {})
        draft = replace(whole, storyboard=replace(whole.storyboard, scenes=whole.storyboard.scenes[:1]))
        job = Job(animation=animation, owner=person, kind=Job.Kind.GENERATE, draft=drafts.to_json(draft))
        queue.join(job, tier=person.tier, video_seconds=drafts.video_seconds(job.draft))
        job.save(force_insert=True)
        wake(job.pk)


def until(condition: Callable[[], Any], seconds: float) -> None:
    """Wait for the condition. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.1)


def jobs_a_minute(setting: Setting, count: int, folder: Path) -> float:
    """Run `count` jobs on a fresh worker."""
    from django.db.models import Max, Min

    from generation.models import Job, Worker

    folder.mkdir()
    command = [sys.executable, str(ROOT / "manage.py"), "worker", "--concurrency", str(setting.slots), "--grace", "0"]
    with (folder / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            ["taskset", "-c", setting.cores, *command],
            env=os.environ | {"DATA_DIR": str(folder)},
            stdout=log,
            stderr=log,
        )
    try:
        until(lambda: Worker.objects.filter(ready=True).exists(), WORKER_SECONDS)
        submit(count)
        until(lambda: not Job.objects.exclude(state__in=Job.FINAL).exists(), JOB_SECONDS * count)
    finally:
        worker.terminate()
        worker.wait(WORKER_SECONDS)
    failed = Job.objects.exclude(state=Job.State.SUCCEEDED)
    if failed.exists():
        raise RuntimeError(f"{failed.count()} jobs failed: {failed[0].fault}")
    times = Job.objects.aggregate(first=Min("started"), last=Max("finished"))
    return float(count / (times["last"] - times["first"]).total_seconds() * 60)


def main(count: int, rounds: int) -> None:
    """Print the comparison."""
    best = {setting.name: 0.0 for setting in SETTINGS}
    with tempfile.TemporaryDirectory(prefix="theorama-throughput-") as place:
        prepare(Path(place))
        for number in range(rounds):
            for index, setting in enumerate(SETTINGS):
                rate = jobs_a_minute(setting, count, Path(place) / f"{number}-{index}")
                best[setting.name] = max(best[setting.name], rate)
    one_core, one_job, two_jobs = best.values()
    report = {
        "jobs": count,
        "rounds": rounds,
        "jobs_a_minute": {name: round(rate, 2) for name, rate in best.items()},
        "two_cores_over_one": round(two_jobs / one_core, 2),
        "two_jobs_over_one_on_two_cores": round(two_jobs / one_job, 2),
        "load_average": [round(load, 1) for load in os.getloadavg()],
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
