"""Live progress over a WebSocket: replay what was missed, then follow until the job's final event."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from channels.db import DatabaseSyncToAsync
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from generation import film, manuscript, previews, selectors
from generation.events import group_name
from generation.models import Job
from generation.waiting import waiting_note

NOT_SIGNED_IN = 4401
NOT_VISIBLE = 4404
TOO_CHATTY = 1008
DONE = 1000

POLL_SECONDS = 0.5  # also with a shared channel layer: nudges may get lost
POLL_ALONE_SECONDS = 0.2  # without one nobody nudges
POLL_EAGERLY_SECONDS = 0.05  # until the first frame, which a teacher waits for
EAGER_SECONDS = 3.0  # but not longer: a job may stand in line
RIGHTS_SECONDS = 3.0
SEND_SECONDS = 10.0  # a reader slower than this is dropped
BATCH = 200
CLIENT_MESSAGES = 20
LARGEST_SEQ = 2**31 - 1

logger = logging.getLogger(__name__)
# Sockets share a few threads of their own, so that they never queue behind a slow page.
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sockets")


@dataclass(slots=True)
class Look:
    """One look at a job: what is new since the last one."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    frame: previews.Preview | None = None
    is_over: bool = False


class JobConsumer(AsyncWebsocketConsumer):  # type: ignore[misc] # Channels ships no types
    """Follows one job for one person. Close codes: 4401 not signed in, 4404 not visible, 1000 the job is over.

    It asks the database for what is new, so a slow reader holds back only itself and nothing piles up.
    """

    async def connect(self) -> None:
        """Check the right to see the job, then replay and follow."""
        await self.accept()
        self._job_id = self.scope["url_route"]["kwargs"]["job_id"]
        self._seq = _after(self.scope["query_string"])
        self._frame_tag = ""
        self._waiting = ""
        self._reel: film.Reel | None = None
        self._code: dict[str, str] = {}
        self._heard = 0
        self._nudged = asyncio.Event()
        self._following: asyncio.Task[None] | None = None
        refusal = await self._refusal()
        if refusal:
            await self.close(refusal)
            return
        if settings.SHARED_CHANNEL_LAYER:
            await self.channel_layer.group_add(group_name(self._job_id), self.channel_name)
        self._following = asyncio.create_task(self._follow())

    async def disconnect(self, code: int) -> None:
        """Stop following."""
        if self._following is not None:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following
            if settings.SHARED_CHANNEL_LAYER:
                await self.channel_layer.group_discard(group_name(self._job_id), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Ignore what a client says; it has nothing to say, and one that goes on is dropped."""
        self._heard += 1
        if self._heard > CLIENT_MESSAGES:
            await self.close(TOO_CHATTY)

    async def job_changed(self, message: dict[str, Any]) -> None:
        """Take a nudge from the channel layer."""
        self._nudged.set()

    async def _follow(self) -> None:
        try:
            await self._follow_until_over()
        except TimeoutError:
            logger.info("A follower of job %s reads too slowly and was dropped.", self._job_id)
            await self.close()
        except Exception:
            logger.exception("Following job %s broke; the page will connect again.", self._job_id)
            await self.close(1011)

    async def _follow_until_over(self) -> None:
        period = POLL_SECONDS if settings.SHARED_CHANNEL_LAYER else POLL_ALONE_SECONDS
        began = checked = time.monotonic()
        while True:
            if time.monotonic() - checked > RIGHTS_SECONDS:
                if refusal := await self._refusal():
                    await self.close(refusal)
                    return
                checked = time.monotonic()
            self._nudged.clear()
            look = await _in_thread(partial(self._look))
            if look is None:
                await self.close(NOT_VISIBLE)
                return
            await self._tell(look)
            if look.is_over:
                await self.close(DONE)
                return
            is_eager = not self._frame_tag and time.monotonic() - began < EAGER_SECONDS
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._nudged.wait(), POLL_EAGERLY_SECONDS if is_eager else period)

    async def _tell(self, look: Look) -> None:
        for line in look.lines:
            async with asyncio.timeout(SEND_SECONDS):
                await self.send(text_data=json.dumps(line))
        if look.frame is not None:
            async with asyncio.timeout(SEND_SECONDS):
                await self.send(bytes_data=look.frame.jpeg)

    def _look(self) -> Look | None:
        """Read what is new. The state is read before the events: a final job then has all its events."""
        job = Job.objects.filter(pk=self._job_id).first()
        if job is None:
            return None
        look = Look()
        for event in selectors.events_after(job, self._seq)[:BATCH] if job.last_seq > self._seq else ():
            look.lines.append({"seq": event.seq, "kind": event.kind, "data": event.data})
            self._seq = event.seq
        look.is_over = job.is_final and self._seq >= job.last_seq
        note = waiting_note(job)
        if note is not None and note["message"] != self._waiting:
            look.lines.append({"seq": self._seq, "kind": "waiting", "data": note})
        self._waiting = note["message"] if note else ""
        if job.state == Job.State.RUNNING:
            tag = previews.latest_tag(job.pk)
            if tag and tag != self._frame_tag:
                self._frame_tag = tag
                look.frame = previews.load(job.pk)
            code = selectors.latest_code(job)
            if code is not None and (news := manuscript.news(self._code, code)):
                self._code = code
                look.lines.append({"seq": self._seq, "kind": "code", "data": {"scenes": news}})
            reel = selectors.latest_reel(job)
            if reel is not None and reel != self._reel:
                self._reel = reel
                look.lines.append({"seq": self._seq, "kind": "film", "data": reel.as_json()})
        return look

    async def _refusal(self) -> int | None:
        """Return the close code for somebody who may not follow (any more), or None."""
        refusal: int | None = await _in_thread(partial(_refuse, self.scope["session"].session_key, self._job_id))
        return refusal


def _refuse(session_key: str | None, job_id: UUID) -> int | None:
    """Look the session up afresh: logging out, revoking and a new password all end it."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    if not user.is_authenticated or not user.is_active:
        return NOT_SIGNED_IN
    if not selectors.jobs_visible_to(user).filter(pk=job_id).exists():
        return NOT_VISIBLE
    return None


async def _in_thread(act: partial[Any]) -> Any:
    return await DatabaseSyncToAsync(act, thread_sensitive=False, executor=_threads)()


def _after(query_string: bytes) -> int:
    """Return the number of the last event the client has; nonsense counts as none."""
    raw = parse_qs(query_string.decode("latin-1")).get("after", ["0"])[-1]
    return min(int(raw), LARGEST_SEQ) if raw.isascii() and raw.isdigit() and len(raw) < 20 else 0
