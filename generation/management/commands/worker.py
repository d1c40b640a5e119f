"""`manage.py worker`: runs jobs until it is told to stop."""

from __future__ import annotations

import os
import threading
import warnings
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from celery import current_app
from celery.exceptions import SecurityWarning
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.core.management.base import BaseCommand

from generation.engine.render.client import Renderer
from generation.worker import WorkerProcess


class Command(BaseCommand):
    help = "Run jobs. TERM or Ctrl-C: running jobs get JOB_GRACE_SECONDS to finish, then go back in line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=len(os.sched_getaffinity(0)), help="Jobs at a time.")
        parser.add_argument("--grace", type=float, help="Seconds running jobs may go on after a stop.")

    def handle(self, *args: Any, concurrency: int, grace: float | None, **options: Any) -> None:
        if grace is not None:
            settings.JOB_GRACE_SECONDS = grace
        make_broker_folders()
        renderer = Renderer(Path(settings.RUN_DIR))
        process = WorkerProcess(slots=max(1, concurrency), renderer=renderer)
        asked_to_stop = threading.Event()
        drainer = threading.Thread(target=_drain_when, args=(asked_to_stop, process), name="drainer", daemon=True)

        # A signal handler may only set a flag: the database is no business of one.
        def note_stop(**_signal: Any) -> None:
            asked_to_stop.set()

        def say_ready(**_signal: Any) -> None:
            self.stdout.write(f"Worker {process.name} is ready for {process.slots} jobs at a time.")

        worker_shutting_down.connect(note_stop)
        worker_ready.connect(say_ready)
        # Celery warns of root because it could unpickle messages; ours are JSON, and scenes run in the jail.
        warnings.filterwarnings("ignore", category=SecurityWarning)
        drainer.start()
        try:
            process.start()
            celery = current_app.Worker(
                pool="threads",
                concurrency=process.slots,
                hostname=process.name.replace(":", "@", 1),
                loglevel="WARNING",
                quiet=True,
                without_gossip=True,
                without_mingle=True,
                without_heartbeat=True,
            )
            celery.start()
        finally:
            asked_to_stop.set()
            drainer.join()
            process.stop()
            renderer.close()
        # Celery logs why it cannot go on and returns; whoever watches this process must learn of it.
        if celery.exitcode:
            raise SystemExit(celery.exitcode)


def make_broker_folders() -> None:
    """Make the folders that the filesystem broker expects to find."""
    if not settings.REDIS_URL:
        for name in ("data_folder_in", "data_folder_out", "control_folder"):
            Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[name]).mkdir(parents=True, exist_ok=True)


def _drain_when(asked_to_stop: threading.Event, process: WorkerProcess) -> None:
    asked_to_stop.wait()
    process.drain()
