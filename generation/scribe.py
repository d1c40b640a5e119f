"""Writes down what happens in a running job, and listens for reasons to stop it."""

from __future__ import annotations

import enum
import logging
import queue as queues
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from types import TracebackType
from typing import Self

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from redis.exceptions import RedisError

from generation import previews, queue
from generation.engine.served.attempts import Attempt
from generation.engine.types import Event
from generation.events import record
from generation.film import Film
from generation.manuscript import Manuscript
from generation.models import Job

LOOK_SECONDS = 0.4  # how soon a cancelled job notices
PREVIEW_PERIOD_SECONDS = 0.2
DATABASE_PATIENCE_SECONDS = 60.0
DATABASE_RETRY_SECONDS = 0.5

logger = logging.getLogger(__name__)


class Reason(enum.Enum):
    """Why a run stops before its end."""

    CANCELLED = "cancelled"
    LEASE_LOST = "lease_lost"
    WORKER_STOPPING = "worker_stopping"


class Scribe:
    """One thread per running job does all its database work, so that threads of the engine need no connection.

    Use as a context manager; leaving it writes what is still to be written. Events that the database does not
    take are kept and tried again for a minute after the run.
    """

    def __init__(self, claimed: queue.Claim) -> None:
        self.reason: Reason | None = None
        self._claimed = claimed
        self._events: queues.SimpleQueue[Event | None] = queues.SimpleQueue()
        self._stop = threading.Event()
        self._frames = 0
        self._last_frame = 0.0
        self._frame_lock = threading.Lock()
        self._film = Film(claimed.job_id, claimed.fence)
        self._manuscript = Manuscript(claimed.job_id)
        self._thread = threading.Thread(target=self._work, name=f"scribe-{claimed.job_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.put(None)
        self._thread.join()

    def event(self, event: Event) -> None:
        """Take an event of the engine, from any of its threads."""
        if event.kind == "scene":
            self._show(partial(self._film.end, event.data["name"], failed=event.data["state"] == "failed"))
        self._events.put(event)

    def attempt(self, attempt: Attempt) -> None:
        """Take what a model tried."""
        self.event(Event("attempt", {**asdict(attempt), "words": attempt.words}))

    def preview(self, scene: str, jpeg: bytes) -> None:
        """Keep a frame as the latest; frames that come too fast are dropped."""
        with self._frame_lock:
            now = time.monotonic()
            if now - self._last_frame < PREVIEW_PERIOD_SECONDS:
                return
            self._last_frame = now
            self._frames += 1
            tag = f"{self._claimed.fence}-{self._frames}"
        self._show(partial(previews.store, self._claimed.job_id, previews.Preview(tag, scene, jpeg)))

    def segment(self, scene: str, segment: bytes | None) -> None:
        """Keep the next piece of a scene's video for those who watch; None ends a scene's pieces early."""
        self._show(partial(self._film.add, scene, segment))

    def code(self, scene: str, piece: str) -> None:
        """Keep the next piece of a scene's code for those who watch it being written; an empty one begins it anew."""
        self._show(partial(self._manuscript.add, scene, piece))

    def end_code(self) -> None:
        """Show the last pieces of code: nothing more is written."""
        self._show(self._manuscript.end)

    def forget_film(self) -> None:
        """Drop the pieces of video: the job is over, and the finished video is there or none will be."""
        self._show(self._film.forget)

    def stop(self, reason: Reason) -> None:
        """Make `should_stop` true; the first reason counts."""
        if self.reason is None:
            self.reason = reason
        self._stop.set()

    def should_stop(self) -> bool:
        """Say whether the engine is to stop now."""
        return self._stop.is_set()

    def _show(self, act: Callable[[], None]) -> None:
        """Do something for those who watch. They are no reason to end a run: a cache that is away is only noted."""
        try:
            act()
        except (OSError, RedisError) as error:
            logger.warning("Followers of job %s miss something: %s", self._claimed.job_id, error)

    def _work(self) -> None:
        closing_since: float | None = None
        batch: list[Event] = []
        try:
            while closing_since is None or batch:
                if closing_since is None and not self._collect(batch):
                    closing_since = time.monotonic()
                if self._write(batch):
                    batch = []
                elif closing_since is not None and time.monotonic() - closing_since > DATABASE_PATIENCE_SECONDS:
                    return
        finally:
            connections.close_all()

    def _collect(self, batch: list[Event]) -> bool:
        """Wait for events and add them to `batch`. Return False once the run is over."""
        try:
            event = self._events.get(timeout=LOOK_SECONDS)
            while event is not None:
                batch.append(event)
                event = self._events.get_nowait()
        except queues.Empty:
            return True
        return False

    def _write(self, batch: Sequence[Event]) -> bool:
        """Record the events and look whether to stop. Return False where the database did not take them."""
        try:
            if batch:
                with queue.held(self._claimed) as job:
                    for event in batch:
                        record(job, event.kind, event.data)
                cancelled = job.cancel_requested
            else:
                cancelled = self._is_cancelled()
        except queue.LeaseLost:
            self.stop(Reason.LEASE_LOST)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The database did not take %d events of %s: %s", len(batch), self._claimed.job_id, error)
            close_old_connections()
            time.sleep(DATABASE_RETRY_SECONDS)
            return False
        else:
            if cancelled:
                self.stop(Reason.CANCELLED)
        return True

    def _is_cancelled(self) -> bool:
        mine = Job.objects.filter(pk=self._claimed.job_id, fence=self._claimed.fence, state=Job.State.RUNNING)
        cancelled = mine.values_list("cancel_requested", flat=True).first()
        if cancelled is None:
            raise queue.LeaseLost
        return cancelled
