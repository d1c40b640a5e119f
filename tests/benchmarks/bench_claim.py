"""What one claim costs the database when ten jobs wait, and ten thousand.

`scripts/with-services .venv/bin/python -m tests.benchmarks.bench_claim` measures on PostgreSQL, without the script on
SQLite. 100,000 jobs are done already, 10,000 people own them all. Milliseconds of whole claims (choosing, conditional
update, event, commit) and of joins, the best of many; `queries` are those of one claim. Prints JSON.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 100
PEOPLE = 10_000
DONE = 100_000


def fill(waiting: int) -> None:
    """Put `waiting` jobs of as many people in line, in all tiers."""
    from django.db import connection
    from django.utils import timezone

    from accounts.models import User
    from accounts.tiers import Tier
    from generation.models import Job
    from projects.models import Animation, Project

    people = list(User.objects.all())
    if not people:
        people = User.objects.bulk_create(User(email=f"{n}@school.example") for n in range(PEOPLE))
        Animation.objects.create(project=Project.objects.create(owner=people[0], title="Bench"), title="Bench")
    animation, now, tiers = Animation.objects.get(), timezone.now(), list(Tier)

    def job(n: int, **fields: object) -> Job:
        tier = tiers[n % len(tiers)]
        return Job(animation=animation, owner=people[n % PEOPLE], kind="generate", draft={}, tier=tier, **fields)

    if not Job.objects.exists():
        Job.objects.bulk_create(
            (job(n, state="succeeded", started=now, finished=now) for n in range(DONE)), batch_size=5000
        )
    Job.objects.exclude(state="succeeded").delete()
    Job.objects.bulk_create((job(n, turn=float(n)) for n in range(waiting)), batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def milliseconds(act: Callable[[], object], rounds: int) -> float:
    """The best of some rounds: the others shared the machine."""
    times = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return round(min(times), 2)


def measure(waiting: int) -> dict[str, float]:
    """Claims and joins with so many in line; some of them run meanwhile."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from generation import queue
    from generation.models import Job

    fill(waiting)
    with CaptureQueriesContext(connection) as captured:
        queue.claim("bench")
    sample = Job.objects.filter(state="queued")[0]
    return {
        "waiting": waiting,
        "queries": len(captured),
        "claim_ms": milliseconds(lambda: queue.claim("bench"), min(ROUNDS, waiting // 2)),
        "join_ms": milliseconds(lambda: queue.join(sample, tier=sample.tier, video_seconds=60.0), ROUNDS),
    }


def main() -> None:
    """Print the comparison."""
    with tempfile.TemporaryDirectory(prefix="theorama-claims-") as place:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": place, "HTTPS": "no"}
        sys.path.insert(1, str(Path(__file__).resolve().parents[2] / "platform"))
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        report = {"database": connection.vendor, "load_average": round(os.getloadavg()[0], 1)}
        rows = [measure(waiting) for waiting in (20, 1_000, 10_000)]
        sys.stdout.write(json.dumps(report | {"claims": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
