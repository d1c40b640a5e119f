"""The site's own process, over real sockets: it dies and comes back, readers are slow, links are cut."""

import json
import socket
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from generation import queue
from generation.events import record
from generation.models import Job
from tests.chaos.conftest import Processes, all_final, assert_done_once, queued, until
from tests.generation.factories import SLOW_STORYBOARD, JobFactory, draft_json, slow_source

pytestmark = [pytest.mark.chaos, pytest.mark.worker]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_up(port: int) -> bool:
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).status == 200
    except OSError:
        return False


@pytest.fixture
def web(processes: Processes, port: int) -> Iterator[Any]:
    process = processes.start(["serve", "--port", str(port)])
    until(lambda: is_up(port), 60)
    return process


def follow(port: int, job: Job, after: int = 0, **options: Any) -> ClientConnection:
    client = Client()
    client.force_login(job.owner)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    return connect(
        f"ws://127.0.0.1:{port}/ws/jobs/{job.pk}/?after={after}",
        origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        additional_headers={"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={session}"},
        compression=None,
        **options,
    )


def is_event(line: dict[str, Any]) -> bool:
    """Notes on the queue and the film carry the number of the event before them."""
    return line["kind"] not in ("waiting", "film")


@pytest.mark.render
def test_a_killed_web_process_costs_a_follower_nothing(processes: Processes, web: Any, port: int) -> None:
    processes.worker()
    (job,) = queued(draft=draft_json(slow_source(), SLOW_STORYBOARD))
    seen: list[int] = []
    frames = 0
    with follow(port, job) as connection:
        while not frames or len(seen) < 4:
            message = connection.recv(timeout=20)
            if isinstance(message, bytes):
                assert message[:2] == b"\xff\xd8"
                frames += 1
            elif is_event(line := json.loads(message)):
                seen.append(line["seq"])
        web.kill()
        with pytest.raises((ConnectionClosed, TimeoutError)):
            while True:
                message = connection.recv(timeout=5)
                if isinstance(message, str) and is_event(line := json.loads(message)):
                    seen.append(line["seq"])
    processes.start(["serve", "--port", str(port)])
    until(lambda: is_up(port), 60)
    last = ""
    with follow(port, job, after=seen[-1]) as connection, pytest.raises(ConnectionClosed) as closed:
        while True:
            message = connection.recv(timeout=30)
            if isinstance(message, str) and is_event(line := json.loads(message)):
                seen.append(line["seq"])
                last = line["kind"]
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1000
    assert last == "succeeded"
    job.refresh_from_db()
    assert seen == list(range(1, job.last_seq + 1))
    assert_done_once(job)


def test_a_reader_that_never_reads_holds_up_nobody(processes: Processes, web: Any, port: int) -> None:
    job = JobFactory()
    claimed = queue.claim("one")
    assert claimed is not None
    stuck = [follow(port, job, max_queue=1) for _reader in range(3)]
    for _batch in range(20):
        with queue.held(claimed) as held:
            for _event in range(20):
                record(held, "progress", {"filler": "x" * 5000})
    with follow(port, job) as quick:
        began = time.monotonic()
        seen = [json.loads(quick.recv(timeout=10))["seq"] for _event in range(401)]
        assert seen == list(range(1, 402)) and time.monotonic() - began < 10
    assert is_up(port)
    for connection in stuck:
        connection.socket.close()


def test_a_page_of_another_origin_gets_no_socket(processes: Processes, web: Any, port: int) -> None:
    from websockets.exceptions import InvalidStatus

    job = JobFactory()
    with pytest.raises(InvalidStatus) as denied:
        connect(f"ws://127.0.0.1:{port}/ws/jobs/{job.pk}/", origin="http://evil.example")  # type: ignore[arg-type]
    assert denied.value.response.status_code == 403


def test_one_command_starts_web_and_worker_and_ends_both(processes: Processes, port: int) -> None:
    dev = processes.start(["dev", "--port", str(port), "--concurrency", "1"])
    until(lambda: is_up(port), 60)
    (job,) = queued()
    until(all_final, 60)
    assert_done_once(job)
    second = processes.start(["dev", "--port", str(port)])
    assert second.wait(30) == 1
    assert f"--port {port + 1}" in processes.logs()
    dev.terminate()
    assert dev.wait(30) == 0, processes.logs()
    assert not is_up(port)
    assert "Traceback" not in processes.logs()
