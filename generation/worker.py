"""A worker process: claims jobs when woken, beats for those it runs, and sweeps after workers that stopped beating."""

from __future__ import annotations

import ctypes
import json
import logging
import os
import secrets
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.db.models.functions import Now

from accounts.tasks import ask_for_all
from billing.stripe import inbox, reconcile
from core.health import JAIL_STATUS_FILE
from core.housekeeping import Housekeeper
from generation import accounting, faults, periods, queue
from generation.clock import ClockWatch
from generation.dispatch import wake
from generation.engine import drafting, jail, pipeline
from generation.engine.cache import SceneCache
from generation.engine.errors import EngineError
from generation.engine.render.client import Renderer
from generation.engine.types import Fault, Quality
from generation.execution import Execution, work_folder
from generation.models import Worker
from generation.scribe import Reason
from projects.services import sweep_orphans

CLEANING_PERIOD_SECONDS = 3600.0
UPKEEP_PERIOD_SECONDS = 60.0
HOUSEKEEPING_LOOK_SECONDS = 2.0
PAYMENTS_PERIOD_SECONDS = 2.0  # who has paid waits for this at most, also while every slot draws
LEFTOVER_AGE_SECONDS = 3600.0
WARM_UP = """
from manim import *
from theorama_kit import *

class WarmUp(Scene):
    def construct(self):
        self.play(FadeIn(Dot()), run_time=0.1)
"""
STOPPING_SECONDS = 10.0  # for runs that were told to stop

logger = logging.getLogger(__name__)


class WorkerProcess:
    """The one worker of this process. Any number of wake-ups may run side by side in its threads."""

    def __init__(self, *, slots: int, renderer: Renderer) -> None:
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.slots = slots
        self._renderer = renderer
        self._fault: Fault | None = faults.STARTING
        self._renderer_fault: Fault | None = faults.STARTING
        self._running: dict[UUID, Execution] = {}
        self._lock = threading.Lock()
        self._draining = threading.Event()
        self._stopped = threading.Event()
        self._cleaned = self._kept_up = float("-inf")
        self._clock = ClockWatch(quiet_seconds=2 * periods.heartbeat())
        self._housekeeper = Housekeeper()
        self._threads = [
            threading.Thread(target=self._every, args=(periods.heartbeat, self.beat), name="heartbeat", daemon=True),
            threading.Thread(target=self._every, args=(periods.sweep, self.sweep), name="sweeper", daemon=True),
            # In a thread of its own: an archive of a thousand videos must not keep leases from being swept.
            threading.Thread(
                target=self._every, args=(_look, self._housekeeper.run_due), name="housekeeper", daemon=True
            ),
            threading.Thread(
                target=self._every,
                args=(lambda: PAYMENTS_PERIOD_SECONDS, self.tend_payments),
                name="payments",
                daemon=True,
            ),
        ]

    # --- Life ---------------------------------------------------------------------------------------
    def start(self) -> None:
        """Say that the worker lives, warm the renderer up, and start beating and sweeping."""
        _register(self)
        self.beat()
        _tell_jail_status()
        for thread in self._threads:
            thread.start()
        self.warm_up()
        self.beat()

    def warm_up(self) -> None:
        """Make the smallest animation: the first job finds all warm, and what is broken is known before it comes."""
        if not jail.selftest().passed:
            self._renderer_fault = faults.NO_JAIL  # the sweeper comes back to it
            return
        fault = None
        work_folder().mkdir(parents=True, exist_ok=True)  # where the cleaning looks, should this process be killed
        with tempfile.TemporaryDirectory(prefix="warm-up-", dir=work_folder()) as folder:
            try:
                pipeline.produce(
                    drafting.draft_source(WARM_UP, title="Warm-up"),
                    quality=Quality.LOW,
                    out=Path(folder) / "out",
                    renderer=self._renderer,
                    cache=SceneCache(Path(folder) / "scenes"),
                )
            except EngineError as error:
                fault = error.fault
        if fault is not None and fault != self._renderer_fault:
            logger.error("The renderer does not work, so no job is claimed: %s %s", fault.message, fault.log)
        self._renderer_fault = fault

    def drain(self) -> None:
        """Claim nothing more; let running jobs finish for the grace period, then hand them back."""
        self._draining.set()
        if not self._wait_until_idle(periods.grace()):
            for execution in self._executions():
                execution.stop(Reason.WORKER_STOPPING)
            if not self._wait_until_idle(STOPPING_SECONDS):
                self._take_from_stuck_runs()

    def stop(self) -> None:
        """End beating and sweeping, and sign off."""
        self._draining.set()
        self._stopped.set()
        for thread in self._threads:
            thread.join(timeout=STOPPING_SECONDS)
        Worker.objects.filter(pk=self.name).delete()
        connections.close_all()

    # --- Work ---------------------------------------------------------------------------------------
    def run_next(self) -> None:
        """Claim the next job and run it to its end. Does nothing where none waits or this worker may not work."""
        if self._draining.is_set() or self._fault is not None:
            return
        claimed = queue.claim(self.name)
        if claimed is None:
            return
        execution = Execution(claimed, self._renderer)
        with self._lock:
            self._running[claimed.job_id] = execution
        try:
            if self._draining.is_set():
                execution.stop(Reason.WORKER_STOPPING)
            execution.run()
        finally:
            with self._lock:
                self._running.pop(claimed.job_id, None)
            _give_back_memory()

    # --- Keeping ------------------------------------------------------------------------------------
    def beat(self) -> None:
        """Renew the leases of running jobs, stop runs that lost theirs, and say whether this worker may work."""
        executions = self._executions()
        kept = queue.prolong(self.name, [execution.claimed for execution in executions])
        for execution in executions:
            if execution.claimed.job_id not in kept:
                execution.stop(Reason.LEASE_LOST)
        self._fault = self._why_not()
        Worker.objects.update_or_create(
            pk=self.name,
            defaults={
                "slots": self.slots,
                "ready": self._fault is None,
                "fault": faults.to_json(self._fault) if self._fault else None,
                "seen": Now(),
            },
        )

    def sweep(self) -> None:
        """Recover what other workers lost, and send wake-ups that were never sent or got lost."""
        self.test_jail()
        if self._renderer_fault not in {None, faults.STARTING}:
            self.warm_up()
        now = Worker.objects.filter(pk=self.name).values_list(Now(), flat=True).first()
        if now is not None and self._clock.is_steady(now.timestamp(), time.monotonic()):
            queue.sweep()
        if self._fault is None and not self._draining.is_set():
            free = self.slots - len(self._executions())
            for job_id in queue.overdue().values_list("pk", flat=True)[: max(0, free)]:
                wake(job_id)
        if time.monotonic() - self._kept_up > UPKEEP_PERIOD_SECONDS:
            self._kept_up = time.monotonic()
            accounting.upkeep()
        if time.monotonic() - self._cleaned > CLEANING_PERIOD_SECONDS:
            self._cleaned = time.monotonic()
            clean()

    def tend_payments(self) -> None:
        """Work off what Stripe told and no task has, and once a night look at all that it bills."""
        inbox.work()
        reconcile.run_if_due()

    def test_jail(self) -> None:
        """Try the jail again when it is time; without it nothing more is claimed until it is back."""
        before = jail.selftest()
        if not before.due:
            return
        now = jail.retest()
        if now.level is not before.level:
            log = logger.info if now.level is not None and not now.failed else logger.error
            missing = "; ".join(f"{check.name}: {check.found}" for check in now.failed)
            log("The jail was %s and is %s. %s", before.level or "missing", now.level or "missing", missing)
        _tell_jail_status()

    def _every(self, period: Callable[[], float], act: Callable[[], None]) -> None:
        try:
            while not self._stopped.wait(period()):
                try:
                    act()
                except (DatabaseError, InterfaceError, OSError):
                    logger.exception("The worker could not %s; it tries again.", act.__name__)
                    # Leases ran out while nobody could renew them: that is no sign of a lost worker.
                    self._clock.disturb()
                close_old_connections()
        finally:
            connections.close_all()

    def _why_not(self) -> Fault | None:
        """Return why this worker may not run jobs now, or None."""
        report = jail.selftest()
        if not report.passed:
            return faults.NO_JAIL
        if shutil.disk_usage(settings.DATA_DIR).free < settings.MINIMUM_FREE_BYTES:
            return faults.LOW_SPACE
        return self._renderer_fault

    def _executions(self) -> list[Execution]:
        with self._lock:
            return list(self._running.values())

    def _wait_until_idle(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self._executions():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    def _take_from_stuck_runs(self) -> None:
        for execution in self._executions():
            try:
                queue.hand_back(execution.claimed)
            except queue.LeaseLost:
                logger.info("Job %s had ended already.", execution.claimed.job_id)


def _look() -> float:
    return HOUSEKEEPING_LOOK_SECONDS


_current: WorkerProcess | None = None


def current() -> WorkerProcess:
    """Return the worker of this process. Raises RuntimeError in a process that is none."""
    if _current is None:
        raise RuntimeError("This process is not a worker; start one with `manage.py worker`.")
    return _current


def _register(process: WorkerProcess) -> None:
    global _current  # noqa: PLW0603 - Celery gives a task no other way to its process
    _current = process


def _tell_jail_status() -> None:
    """Leave what the self-test found where the health page looks for it."""
    report = jail.selftest()
    folder = Path(settings.RUN_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    pending = folder / f"{JAIL_STATUS_FILE}.{os.getpid()}"
    status = {
        "level": report.level.value if report.level else "none",
        "passed": report.passed,
        "missing": [check.name for check in report.failed],
        "tested": time.time() - (time.monotonic() - report.at),
    }
    pending.write_text(json.dumps(status), encoding="utf-8")
    pending.replace(folder / JAIL_STATUS_FILE)


def clean() -> None:
    """Remove what crashes left behind: files without a row, half-made videos, silent workers, old scenes."""
    sweep_orphans()
    ask_for_all()
    Worker.objects.filter(seen__lt=Now() - timedelta(seconds=LEFTOVER_AGE_SECONDS)).delete()
    SceneCache(Path(settings.SCENE_CACHE_DIR)).prune()
    for folder in work_folder().glob("*"):
        if time.time() - folder.stat().st_mtime > LEFTOVER_AGE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _give_back_memory() -> None:
    """Let the C library return what a job freed: else a worker keeps its largest hour's worth for good."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, musl does not
    if trim is not None:
        trim(0)
