"""One soak from start to end: live, stop harming, let all end, stop, and look."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from generation.models import Job
from tests.soak import checks, memory, places, report, seeing
from tests.soak.checks import Promise
from tests.soak.hostile import Attacker
from tests.soak.injecting import Injector
from tests.soak.processes import Family
from tests.soak.submitting import Submitter, make_people, patiently
from tests.soak.world import World

END_SECONDS = 420.0  # for the jobs in line when the harm has stopped
LEFT_SECONDS = 60.0  # a renderer whose starter was killed ends half a minute after its last job
STOPPED = {0, -15}  # the site's server takes itself down with the signal it was told to end by
TELL_SECONDS = 30.0


class Soak:
    """The parts of a soak, and the order in which they begin and end."""

    def __init__(self, folder: Path, family: Family, options: argparse.Namespace) -> None:
        seconds = options.minutes * 60
        self._seconds = seconds
        self._folder, self._family = folder, family
        self._before = places.look()
        call_command("migrate", verbosity=0)
        self.world = World(folder, family, concurrency=options.concurrency)
        self.submitter = Submitter(self.world.port, make_people(6), seed=options.seed, most=options.most)
        self.injector = Injector(self.world, seed=options.seed, seconds=seconds, pause=options.pause)
        self.attacker = Attacker(folder / "run", seed=options.seed)
        self.watch = memory.Watch(self.world)

    def run(self) -> dict[str, Any]:
        """Run it and return the result; "broken" lists the sentences of what does not hold."""
        began = time.monotonic()
        self.world.start()
        for part in (self.submitter, self.injector, self.attacker, self.watch):
            part.start()
        self._live(began + self._seconds)
        self.injector.stop()
        self.submitter.stop()
        self.attacker.stop()
        self._let_all_end()
        self.watch.stop()
        broken = self.attacker.close()
        codes = self.world.stop()
        broken += [f"{name} did not stop cleanly: {code}" for name, code in codes.items() if code not in STOPPED]
        return self._look(broken)

    def _live(self, until: float) -> None:
        told = time.monotonic()
        while time.monotonic() < until:
            time.sleep(1.0)
            self.world.keep()
            if time.monotonic() - told > TELL_SECONDS:
                told = time.monotonic()
                self._tell()

    def _tell(self) -> None:
        states = patiently(lambda: Counter(Job.objects.values_list("state", flat=True)))
        sys.stderr.write(
            f"{time.strftime('%H:%M:%S')} {dict(states)}, harm done {len(self.injector.done)} times, "
            f"attacks {self.attacker.thrown.total()}\n"
        )

    def _let_all_end(self) -> None:
        """No more harm: what is in line has its time, and one more job shows that all works."""
        deadline = time.monotonic() + END_SECONDS
        while time.monotonic() < deadline:
            self.world.keep()
            if not patiently(lambda: Job.objects.exclude(state__in=Job.FINAL).exists()):
                return
            time.sleep(1.0)

    def _look(self, broken: list[str]) -> dict[str, Any]:
        """Check everything that must hold now that all has stopped."""
        cleaned = seeing.clean()
        jobs = seeing.jobs()
        promises = [
            Promise(one.recipe, one.key, one.jobs, one.ends, one.faults, one.refused) for one in self.submitter.asked
        ]
        broken += checks.broken(jobs, promises, seeing.revisions(), seeing.hits(self.injector.done))
        broken += checks.files_without_rows(seeing.files_on_disk(), seeing.known_files())
        broken += [f"a client was let down: {trouble}" for trouble in self.submitter.troubles]
        broken += [f"harm could not be done: {trouble}" for trouble in self.injector.failed]
        growth = memory.growths(self.watch.samples)
        broken += checks.grown(growth)
        states = Counter(job.state for job in jobs)
        recoveries, ends = seeing.recoveries(), seeing.seconds_to_end()
        connections.close_all()
        left = self._left()
        for kind, names in left.items():
            broken += checks.left_behind(kind, names)
        return {
            "services": "PostgreSQL and Redis" if self.world.services else "SQLite and a folder broker",
            "jobs": dict(states),
            "asked": dict(Counter(one.recipe for one in self.submitter.asked)),
            "sent_again_at_once": sum(one.copies > 1 for one in self.submitter.asked),
            "refused": dict(Counter(one.refused for one in self.submitter.asked if one.refused)),
            "retried_requests": self.submitter.retried,
            "injections": dict(Counter(one.kind for one in self.injector.done)),
            "recoveries": recoveries,
            "restarts": self.world.restarts,
            "attacks": self.attacker.thrown.total(),
            "seconds_p50": report.percentile(ends, 0.5),
            "seconds_p95": report.percentile(ends, 0.95),
            "cleaned_files": cleaned,
            "left": {kind: len(names) for kind, names in left.items()},
            "growth": [asdict(one) for one in growth],
            "memory": report.medians(self.watch.samples),
            "tracebacks": self._tracebacks(),
            "broken": broken,
            "attacks_by_name": dict(self.attacker.thrown),
            "injected": [asdict(one) for one in self.injector.done],
            "samples": [asdict(one) for one in self.watch.samples],
        }

    def _left(self) -> Mapping[str, Sequence[str]]:
        self.world.stop_services()
        in_folder = seeing.boxes_in(self._folder)
        remaining = [f"{one.pid} {one.state} {one.command}" for one in self._family.left(LEFT_SECONDS)]
        found = {"folders": in_folder, "processes": remaining, **places.left_since(self._before, LEFT_SECONDS)}
        return {kind: names for kind, names in found.items() if names}

    def _tracebacks(self) -> dict[str, int]:
        """Count the last lines of the tracebacks in the logs: food for thought, not a rule."""
        found: Counter[str] = Counter()
        for log in (self._folder / "logs").glob("*.log"):
            inside = False
            for line in log.read_text(errors="replace").splitlines():
                if line.startswith("Traceback"):
                    inside = True
                elif inside and line and not line[0].isspace():
                    found[f"{log.stem}: {line[:160]}"] += 1
                    inside = False
        return dict(found.most_common(40))
