"""The socket of a job: who may follow it, what is replayed, and when it ends."""

import asyncio
import json
import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from config.sockets import socket_application
from generation import consumers, previews, queue
from generation.events import record
from generation.film import Film
from generation.manuscript import Manuscript
from generation.models import Job, Worker
from tests.factories import UserFactory
from tests.generation.factories import JobFactory
from tests.generation.sockets import Socket

pytestmark = pytest.mark.django_db(transaction=True)

HOST = "localhost:8000"
OWN_PAGE = f"http://{HOST}"


def signed_in(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@sync_to_async
def running_job(events: int = 0) -> tuple[Job, queue.Claim, str]:
    job = JobFactory()
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    add_events(claimed, events)
    return job, claimed, signed_in(job.owner)


def add_events(claimed: queue.Claim, count: int) -> None:
    for n in range(count):
        with queue.held(claimed) as job:
            record(job, "progress", {"n": n})


def end(claimed: queue.Claim, state: Job.State = Job.State.SUCCEEDED) -> None:
    with queue.held(claimed) as job:
        queue.close(job, state, data={"animation": str(job.animation_id)})


def socket_to(job_id: Any, session: str = "", after: str = "", origin: str | None = OWN_PAGE) -> Socket:
    headers = [(b"host", HOST.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    if session:
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode()))
    query = f"?after={after}" if after else ""
    return Socket(f"/ws/jobs/{job_id}/{query}", headers)


async def close_code(socket: Socket) -> int:
    """Read until the server closes; return the code."""
    while True:
        message = await socket.receive_output(3.0)
        if message["type"] == "websocket.close":
            return message["code"]


async def lines(socket: Socket, count: int) -> list[dict[str, Any]]:
    """Read text messages until there are `count`."""
    found: list[dict[str, Any]] = []
    while len(found) < count:
        message = await socket.receive_output(3.0)
        assert message["type"] == "websocket.send", message
        if message.get("text"):
            found.append(json.loads(message["text"]))
    return found


class TestWhoMayConnect:
    async def test_the_owner_may(self) -> None:
        job, _claimed, session = await running_job()
        socket = socket_to(job.pk, session)
        assert await socket.connect()
        assert (await lines(socket, 1))[0]["kind"] == "started"
        await socket.disconnect()

    async def test_without_a_session_nobody_may(self) -> None:
        job, _claimed, _session = await running_job()
        socket = socket_to(job.pk)
        await socket.connect()
        assert await close_code(socket) == 4401

    async def test_somebody_else_learns_no_more_than_that_there_is_nothing(self) -> None:
        job, _claimed, _session = await running_job()
        stranger = await sync_to_async(lambda: signed_in(UserFactory()))()
        for job_id in (job.pk, uuid4()):
            socket = socket_to(job_id, stranger)
            await socket.connect()
            assert await close_code(socket) == 4404

    @pytest.mark.parametrize(
        "origin",
        [
            None,
            "",
            "null",
            "http://evil.example",
            "http://localhost:9999",
            "http://localhost",
            "ftp://localhost:8000",
            "http://localhost:8000.evil.example",
            "http://[",
            "http://evil.example#localhost:8000",
        ],
    )
    async def test_a_page_of_another_origin_is_denied_although_the_session_is_right(self, origin: str | None) -> None:
        job, _claimed, session = await running_job()
        assert not await socket_to(job.pk, session, origin=origin).connect()

    async def test_a_page_under_a_foreign_host_name_is_denied(self) -> None:
        job, _claimed, session = await running_job()
        headers = [
            (b"host", b"evil.example"),
            (b"origin", b"http://evil.example"),
            (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode()),
        ]
        socket = Socket(f"/ws/jobs/{job.pk}/", headers)
        assert not await socket.connect()


class TestReplay:
    async def test_any_cut_is_made_good_exactly(self) -> None:
        """Connections are cut at random places; together they deliver every event once, in order."""
        job, claimed, session = await running_job(events=300)
        await sync_to_async(end)(claimed)
        total = (await Job.objects.aget(pk=job.pk)).last_seq
        for seed in range(5):
            chance = random.Random(seed)
            seen: list[int] = []
            while not seen or seen[-1] < total:
                socket = socket_to(job.pk, session, after=str(seen[-1] if seen else 0))
                assert await socket.connect()
                for line in await lines(socket, min(chance.randint(1, 120), total - len(seen))):
                    seen.append(line["seq"])
                await socket.disconnect()
            assert seen == list(range(1, total + 1))

    @pytest.mark.parametrize("after", ["-1", "x", "1e3", "9" * 30, "٣", "0x10"])
    async def test_nonsense_replays_from_the_beginning(self, after: str) -> None:
        job, _claimed, session = await running_job(events=2)
        socket = socket_to(job.pk, session, after=after)
        await socket.connect()
        assert [line["seq"] for line in await lines(socket, 3)] == [1, 2, 3]
        await socket.disconnect()

    async def test_a_number_from_the_future_replays_nothing_and_still_closes_at_the_end(self) -> None:
        job, claimed, session = await running_job(events=2)
        await sync_to_async(end)(claimed)
        socket = socket_to(job.pk, session, after="2000000000")
        await socket.connect()
        assert await close_code(socket) == 1000

    async def test_events_that_come_while_following_arrive_soon(self) -> None:
        job, claimed, session = await running_job()
        socket = socket_to(job.pk, session)
        await socket.connect()
        await lines(socket, 1)
        await sync_to_async(add_events)(claimed, 3)
        assert [line["data"]["n"] for line in await lines(socket, 3)] == [0, 1, 2]
        await socket.disconnect()

    async def test_the_final_event_is_sent_before_the_socket_closes(self) -> None:
        job, claimed, session = await running_job()
        socket = socket_to(job.pk, session)
        await socket.connect()
        await lines(socket, 1)
        await sync_to_async(end)(claimed)
        assert [line["kind"] for line in await lines(socket, 1)] == ["succeeded"]
        assert await close_code(socket) == 1000


class TestFrames:
    async def test_the_latest_frame_is_sent_and_only_when_it_changed(self) -> None:
        job, _claimed, session = await running_job()
        put = sync_to_async(previews.store)
        await put(job.pk, previews.Preview("1-1", "Turn", b"old"))
        await put(job.pk, previews.Preview("1-2", "Turn", b"new"))
        socket = socket_to(job.pk, session)
        await socket.connect()
        await lines(socket, 1)
        assert (await socket.receive_output(2.0))["bytes"] == b"new"
        assert await socket.receive_nothing(0.7)
        await put(job.pk, previews.Preview("1-3", "Turn", b"newer"))
        assert (await socket.receive_output(2.0))["bytes"] == b"newer"
        await socket.disconnect()


class TestCode:
    async def test_what_a_model_writes_is_told_piece_by_piece(self) -> None:
        job, _claimed, session = await running_job()
        await sync_to_async(Job.objects.filter(pk=job.pk).update)(draft={**job.draft, "writer": "served"})
        script = Manuscript(job.pk)
        await sync_to_async(script.add)("A", "from manim")
        socket = socket_to(job.pk, session)
        await socket.connect()
        told = await lines(socket, 2)
        assert told[1] == {
            "seq": 1,
            "kind": "code",
            "data": {"scenes": [{"scene": "A", "from": 0, "text": "from manim"}]},
        }
        assert await socket.receive_nothing(0.7), "it is told once"
        await sync_to_async(script.add)("A", " import *")
        await sync_to_async(script.end)()
        (note,) = await lines(socket, 1)
        assert note["data"]["scenes"] == [{"scene": "A", "from": 10, "text": " import *"}]
        await socket.disconnect()


class TestFilm:
    async def test_whoever_comes_late_hears_of_all_there_is_and_then_of_what_is_added(self) -> None:
        job, claimed, session = await running_job()
        film = Film(job.pk, claimed.fence)
        for n in range(3):
            await sync_to_async(film.add)("Turn", f"{n}".encode())
        socket = socket_to(job.pk, session)
        await socket.connect()
        told = await lines(socket, 2)
        assert told[1] == {
            "seq": 1,
            "kind": "film",
            "data": {"run": claimed.fence, "scenes": [{"name": "Turn", "segments": 3, "state": "drawing"}]},
        }
        assert await socket.receive_nothing(0.7), "it is told once"
        await sync_to_async(film.end)("Turn", failed=False)
        (note,) = await lines(socket, 1)
        assert note["data"]["scenes"] == [{"name": "Turn", "segments": 3, "state": "whole"}]
        await socket.disconnect()

    async def test_a_slow_reader_gets_the_newest_note_and_frame_not_all_of_them(self) -> None:
        job, claimed, session = await running_job()
        film = Film(job.pk, claimed.fence)
        gate = asyncio.Event()
        sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

        async def slow_send(message: dict[str, Any]) -> None:
            sent.put_nowait(message)
            if message["type"] == "websocket.send":
                await gate.wait()

        inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        inbox.put_nowait({"type": "websocket.connect"})
        following = asyncio.create_task(socket_application(socket_to(job.pk, session).scope, inbox.get, slow_send))
        assert [(await sent.get())["type"] for _ in range(2)] == ["websocket.accept", "websocket.send"]
        for n in range(20):
            await sync_to_async(film.add)("Turn", f"{n}".encode())
            await sync_to_async(previews.store)(job.pk, previews.Preview(f"1-{n}", "Turn", f"frame {n}".encode()))
        gate.set()
        note = json.loads((await sent.get())["text"])
        assert note["data"]["scenes"][0]["segments"] == 20
        assert (await sent.get())["bytes"] == b"frame 19"
        inbox.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await following


class TestLosingTheRight:
    @pytest.fixture(autouse=True)
    def look_often(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers, "RIGHTS_SECONDS", 0.3)

    def test_rights_are_looked_up_more_often_than_every_five_seconds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()
        assert consumers.RIGHTS_SECONDS + consumers.POLL_SECONDS < 5.0

    async def closes_after(self, change: Callable[[Job], Any]) -> int:
        job, _claimed, session = await running_job()
        socket = socket_to(job.pk, session)
        await socket.connect()
        await lines(socket, 1)
        await sync_to_async(change)(job)
        return await close_code(socket)

    async def test_logging_out_ends_the_socket(self) -> None:
        assert await self.closes_after(lambda _job: Session.objects.all().delete()) == 4401

    async def test_a_new_password_ends_the_socket(self) -> None:
        def change(job: Job) -> None:
            job.owner.set_password("another one 161803")
            job.owner.save()

        assert await self.closes_after(change) == 4401

    async def test_a_disabled_account_ends_the_socket(self) -> None:
        def disable(job: Job) -> None:
            type(job.owner).objects.filter(pk=job.owner_id).update(is_active=False)

        assert await self.closes_after(disable) == 4401

    async def test_losing_the_project_ends_the_socket(self) -> None:
        def give_away(job: Job) -> None:
            project = job.animation.project
            type(project).objects.filter(pk=project.pk).update(owner=UserFactory())

        assert await self.closes_after(give_away) == 4404

    async def test_deleting_the_animation_ends_the_socket(self) -> None:
        assert await self.closes_after(lambda job: job.animation.delete()) == 4404


class TestManners:
    async def test_a_client_that_keeps_talking_is_dropped(self) -> None:
        job, _claimed, session = await running_job()
        socket = socket_to(job.pk, session)
        await socket.connect()
        for _message in range(consumers.CLIENT_MESSAGES + 1):
            await socket.say("hello")
        assert await close_code(socket) == 1008

    async def test_a_slow_reader_is_dropped_and_others_are_not_held_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(consumers, "SEND_SECONDS", 0.3)
        job, _claimed, session = await running_job(events=50)
        never = asyncio.Event()
        sent: list[str] = []

        async def stuck_send(message: dict[str, Any]) -> None:
            sent.append(message["type"])
            if message["type"] == "websocket.send":
                await never.wait()

        slow = socket_to(job.pk, session)
        inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        inbox.put_nowait({"type": "websocket.connect"})
        reading = asyncio.create_task(socket_application(slow.scope, inbox.get, stuck_send))
        quick = socket_to(job.pk, session)
        await quick.connect()
        assert len(await lines(quick, 51)) == 51
        await asyncio.sleep(0.8)
        assert sent == ["websocket.accept", "websocket.send", "websocket.close"]
        reading.cancel()
        await quick.disconnect()


class TestWaiting:
    async def first_note(self) -> dict[str, Any]:
        @sync_to_async
        def waiting_job() -> tuple[Job, str]:
            job = JobFactory()
            return job, signed_in(job.owner)

        job, session = await waiting_job()
        socket = socket_to(job.pk, session)
        await socket.connect()
        (note,) = await lines(socket, 1)
        assert await socket.receive_nothing(0.6)
        await socket.disconnect()
        return note

    async def test_without_a_worker_the_page_is_told_so_once(self) -> None:
        note = await self.first_note()
        assert (note["seq"], note["kind"], note["data"]["state"]) == (0, "waiting", "no_worker")
        assert "worker" in note["data"]["message"]

    async def test_a_worker_that_refuses_says_why(self) -> None:
        fault = {"code": "jail_unavailable", "message": "This computer cannot lock animations in.", "hint": ""}
        await sync_to_async(refusing_worker)(fault)
        note = await self.first_note()
        assert note["data"]["state"] == "refusing" and note["data"]["message"] == fault["message"]


def refusing_worker(fault: dict[str, Any]) -> None:
    from django.utils import timezone

    Worker.objects.create(name="w", slots=1, ready=False, fault=fault, seen=timezone.now())
