"""The client of any OpenAI-compatible server: deadlines, retries, a breaker, a second server, and a way to stop."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any

import httpx2

from generation.engine.errors import Cancelled
from generation.engine.served.breaker import Breaker, Way
from generation.engine.served.faults import PASSING, UNHEALTHY, ModelFault
from generation.engine.served.request import Chat, Endpoint, Patience, Reply, Sampling
from generation.engine.served.stream import Answer, ask
from generation.engine.types import ShouldStop, never_stop

OnText = Callable[[str], None]
PATIENCE = Patience()
STOP_POLL_SECONDS = 0.1
FIRST_BACKOFF_SECONDS = 0.5
_NESTED_STREAMS = 10
PROBE = Chat([{"role": "user", "content": "Say yes."}], Sampling(temperature=0.0, max_tokens=64))

logger = logging.getLogger(__name__)


def ignore_text(text: str) -> None:
    """An OnText for callers that wait for the whole answer."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """An answer whose first words are there."""

    endpoint: Endpoint
    answer: Answer
    first: str
    rest: AsyncIterator[str]
    seconds: float


class ModelClient:
    """Asks a served model. Safe to share between threads; one client per process keeps one breaker per server.

    The second endpoint is asked too when the first one says nothing for a while, and at once when it fails.
    """

    def __init__(
        self,
        endpoints: Sequence[Endpoint],
        *,
        patience: Patience = PATIENCE,
        breakers: Sequence[Breaker] = (),
        chance: Callable[[], float] = random.random,
    ) -> None:
        if not endpoints:
            raise ValueError("A model client needs an endpoint.")
        self._places = list(zip(endpoints, breakers or [Breaker() for _ in endpoints], strict=True))
        self._patience = patience
        self._chance = chance

    def is_resting(self) -> bool:
        """Whether every server failed so often that it is left alone now."""
        return all(breaker.is_open() for _, breaker in self._places)

    def chat(self, chat: Chat, *, on_text: OnText = ignore_text, should_stop: ShouldStop = never_stop) -> Reply:
        """Return the whole answer; `on_text` gets its pieces as they come.

        Raises ModelFault, and Cancelled soon after `should_stop` says so, with the connection closed so that the
        server stops too.
        """
        return asyncio.run(_until_stopped(self._chat(chat, on_text), should_stop))

    async def _chat(self, chat: Chat, on_text: OnText) -> Reply:
        began = time.monotonic()
        so_far: list[str] = []
        timeout = httpx2.Timeout(None, connect=self._patience.connect_seconds)
        # What the environment says about proxies and certificates is for other programs than this one.
        async with httpx2.AsyncClient(timeout=timeout, trust_env=False) as http:
            try:
                async with asyncio.timeout(self._patience.total_seconds):
                    begun = await self._first_of(http, chat)
                    return await self._read_on(begun, so_far, on_text, began)
            except TimeoutError as error:
                raise ModelFault("model_slow", partial="".join(so_far)) from error
            finally:
                await _let_streams_close()

    async def _read_on(self, begun: _Begun, so_far: list[str], on_text: OnText, began: float) -> Reply:
        """Take the rest of an answer that has begun."""
        breaker = self._breaker(begun.endpoint)
        try:
            so_far.append(begun.first)
            on_text(begun.first)
            async for piece in begun.rest:
                so_far.append(piece)
                on_text(piece)
        except ModelFault as fault:
            _count(breaker, fault)
            raise
        breaker.succeeded()
        answer = begun.answer
        return Reply(
            text=answer.said,
            model=answer.model,
            cut=answer.finish == "length",
            prompt_tokens=_whole(answer.usage.get("prompt_tokens")),
            tokens=_whole(answer.usage.get("completion_tokens")),
            first_token_seconds=begun.seconds,
            seconds=time.monotonic() - began,
            endpoint=begun.endpoint.url,
        )

    async def _first_of(self, http: httpx2.AsyncClient, chat: Chat) -> _Begun:
        """The first answer to begin: the second server is asked when the first one fails or stays silent."""
        waiting = [self._begin(http, place, chat) for place in self._places]
        running: set[asyncio.Task[_Begun]] = set()
        faults: list[ModelFault] = []
        async with AsyncExitStack() as stack:
            stack.push_async_callback(_cancel_all, running)
            stack.callback(_close_all, waiting)
            while waiting or running:
                if waiting:
                    running.add(asyncio.create_task(waiting.pop(0)))
                patience = self._patience.hedge_seconds if waiting else None
                done, _ = await asyncio.wait(running, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
                running -= done
                for task in done:
                    if isinstance(error := task.exception(), ModelFault):
                        faults.append(error)
                    else:
                        return task.result()
        raise faults[0]

    async def _begin(self, http: httpx2.AsyncClient, place: tuple[Endpoint, Breaker], chat: Chat) -> _Begun:
        """The first words of one server, asked again where it is busy. Raises ModelFault."""
        endpoint, breaker = place
        await self._pass(http, endpoint, breaker)
        began = time.monotonic()
        for attempt in range(self._patience.retries + 1):
            try:
                begun = await self._first_words(http, endpoint, chat)
            except ModelFault as fault:
                _count(breaker, fault)
                wait = self._wait_before(attempt, fault)
                if wait is None:
                    raise
                logger.warning("%s: %s (%s); asked again in %.1f s.", endpoint.url, fault, fault.fault.log, wait)
                await asyncio.sleep(wait)
            else:
                return replace(begun, seconds=time.monotonic() - began)
        raise AssertionError("The last attempt either returns or raises.")

    async def _first_words(self, http: httpx2.AsyncClient, endpoint: Endpoint, chat: Chat) -> _Begun:
        try:
            async with asyncio.timeout(self._patience.first_token_seconds):
                answer = await ask(http, endpoint, chat)
                rest = answer.pieces()
                first = await anext(rest)
        except TimeoutError as error:
            raise ModelFault("model_silent") from error
        return _Begun(endpoint, answer, first, rest, 0.0)

    def _wait_before(self, attempt: int, fault: ModelFault) -> float | None:
        """Seconds until the server is asked again; None where it is not."""
        if fault.code not in PASSING or attempt >= self._patience.retries:
            return None
        jittered = FIRST_BACKOFF_SECONDS * 2**attempt * (0.5 + self._chance())
        wait = jittered if fault.retry_after is None else fault.retry_after + 0.5 * self._chance()
        return wait if wait <= self._patience.longest_wait else None

    async def _pass(self, http: httpx2.AsyncClient, endpoint: Endpoint, breaker: Breaker) -> None:
        """Go on where the breaker lets us; a server that was left alone first has to say one word."""
        way = breaker.way()
        if way is Way.CLOSED:
            raise ModelFault("model_resting")
        if way is Way.FREE:
            return
        try:
            await self._first_words(http, endpoint, PROBE)
        except ModelFault:
            breaker.failed()
            raise
        except BaseException:
            breaker.gave_up()
            raise
        breaker.succeeded()

    def _breaker(self, endpoint: Endpoint) -> Breaker:
        return next(breaker for each, breaker in self._places if each is endpoint)


def _count(breaker: Breaker, fault: ModelFault) -> None:
    if fault.code in UNHEALTHY:
        breaker.failed()


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0


async def _let_streams_close() -> None:
    """Streams left early close one inside the other, one turn of the loop each: it must not end before."""
    for _ in range(_NESTED_STREAMS):
        await asyncio.sleep(0)


async def _cancel_all(tasks: set[asyncio.Task[_Begun]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _close_all(waiting: list[Coroutine[Any, Any, _Begun]]) -> None:
    for each in waiting:
        each.close()


async def _until_stopped(work: Coroutine[Any, Any, Reply], should_stop: ShouldStop) -> Reply:
    """Do the work, or cancel it when the caller no longer wants it. Raises Cancelled."""
    task = asyncio.create_task(work)
    while not task.done():
        if should_stop():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            raise Cancelled
        await asyncio.wait({task}, timeout=STOP_POLL_SECONDS)
    return task.result()
