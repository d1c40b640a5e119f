"""A real HTTP server that speaks the chat protocol of OpenAI, truly or with any misbehaviour a server can have."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

MODEL = "base"
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """What the server does with one chat: a status with headers, then events one by one, then how it ends."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    events: Callable[[Body], AsyncIterator[bytes]] | None = None
    ends: str = "whole"  # or "cut": the connection breaks


def chunk(body: Body, text: str, finish: str | None = None, model: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return _event({"id": "c1", "object": "chat.completion.chunk", "model": model or body["model"], "choices": [choice]})


def _event(data: Any) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def _words(text: str) -> list[str]:
    return [text[at : at + 12] for at in range(0, len(text), 12)]


def says(text: str, *, model: str | None = None, done: bool = True) -> Act:
    """Answer as a healthy server does."""

    async def events(body: Body) -> AsyncIterator[bytes]:
        pieces = _words(text)
        yield chunk(body, "", model=model)  # the role alone, as real servers begin
        for piece in pieces[: body["max_tokens"]]:
            yield chunk(body, piece, model=model)
        yield chunk(body, "", "stop" if len(pieces) <= body["max_tokens"] else "length", model)
        usage = {"prompt_tokens": 7, "completion_tokens": min(len(pieces), body["max_tokens"])}
        yield _event({"model": model or body["model"], "choices": [], "usage": usage})
        if done:
            yield b"data: [DONE]\n\n"

    return Act(events=events)


def silent() -> Act:
    """Take the request and send nothing, not even a status."""

    async def events(body: Body) -> AsyncIterator[bytes]:
        await asyncio.sleep(3600)
        yield b""

    return Act(status=0, events=events)


def endless(*, pause: float = 0.0, piece: str = "x ") -> Act:
    """Say words without end, whatever `max_tokens` says."""

    async def events(body: Body) -> AsyncIterator[bytes]:
        while True:
            yield chunk(body, piece)
            await asyncio.sleep(pause)

    return Act(events=events)


def raw(*parts: bytes, ends: str = "whole", headers: Mapping[str, str] | None = None) -> Act:
    """Send these bytes as the stream."""

    async def events(body: Body) -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    return Act(events=events, ends=ends, headers=headers or {})


def breaks_off(text: str) -> Act:
    """Say something, then let the connection break."""

    async def events(body: Body) -> AsyncIterator[bytes]:
        for piece in _words(text):
            yield chunk(body, piece)

    return Act(events=events, ends="cut")


def refuses(status: int, *, retry_after: str = "") -> Act:
    return Act(status=status, headers={"retry-after": retry_after} if retry_after else {})


class Stub:
    """The server's state: what it was asked, what it does next, and which answers were aborted by the client."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.times: list[float] = []
        self.headers: list[dict[str, str]] = []
        self.acts: list[Act] = []
        self.otherwise: Callable[[Body], Act] = lambda body: says("yes")
        self.aborted = threading.Event()
        self.running = 0
        self._lock = threading.Lock()

    def next_act(self, body: dict[str, Any]) -> Act:
        with self._lock:
            self.asked.append(body)
            self.times.append(time.monotonic())
            return self.acts.pop(0) if self.acts else self.otherwise(body)

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/health":
            await _send(send, 200, b"")
            return
        raw_body = b""
        while True:
            message = await receive()
            raw_body += message.get("body", b"")
            if not message.get("more_body"):
                break
        if scope["path"] != "/v1/chat/completions" or scope["method"] != "POST":
            await _send(send, 404, b"{}")
            return
        body = json.loads(raw_body)
        self.headers.append({key.decode(): value.decode() for key, value in scope["headers"]})
        await self._answer(self.next_act(body), body, receive, send)

    async def _answer(self, act: Act, body: dict[str, Any], receive: Any, send: Any) -> None:
        if act.events is None:
            await _send(send, act.status, json.dumps({"error": {"message": "no"}}).encode(), act.headers)
            return
        self.running += 1
        writing = asyncio.ensure_future(self._write(act, body, send))
        leaving = asyncio.ensure_future(_until_gone(receive))
        done, _ = await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        self.running -= 1
        if writing not in done:
            self.aborted.set()
        for task in (writing, leaving):
            task.cancel()
        await asyncio.gather(writing, leaving, return_exceptions=True)
        if writing in done and writing.exception() is not None:
            raise ConnectionAbortedError  # the server then drops the connection

    async def _write(self, act: Act, body: dict[str, Any], send: Any) -> None:
        assert act.events is not None
        events = act.events(body)
        if act.status == 0:
            await anext(events)
        kind = act.headers.get("content-type", "text/event-stream")
        extra = [(k.encode(), v.encode()) for k, v in act.headers.items() if k != "content-type"]
        headers = [(b"content-type", kind.encode()), *extra]
        await send({"type": "http.response.start", "status": act.status, "headers": headers})
        async for event in events:
            await send({"type": "http.response.body", "body": event, "more_body": True})
        if act.ends == "cut":
            raise ConnectionAbortedError
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Any, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
    named = [(b"content-type", b"application/json"), *((k.encode(), v.encode()) for k, v in (headers or {}).items())]
    await send({"type": "http.response.start", "status": status, "headers": named})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def serving() -> Iterator[Stub]:
    """Run a stub on a free port of the loopback."""
    stub = Stub()
    server = uvicorn.Server(uvicorn.Config(stub, host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
    server.config.timeout_graceful_shutdown = 1
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the stub server did not start"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    stub.url = f"http://127.0.0.1:{port}/v1"
    try:
        yield stub
    finally:
        server.should_exit = True
        thread.join()
