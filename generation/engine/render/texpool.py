"""TeX started ahead: processes that have read a format, each in a jail of its own, waiting for one document.

A waiting process belongs to nobody until it is given its document; then it ends with it. Documents are put in a queue
per preamble, from which exactly one of those who wait takes them. Whatever goes wrong on the way, the asker sees the
connection end and has the document set without the pool.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generation.engine import jail
from generation.engine.limits import TEX
from generation.engine.render import texjail, wire
from generation.engine.render.texformats import Formats
from generation.engine.render.texjail import Result
from generation.engine.types import ShouldStop

READY = 2  # waiting processes of all preambles together
MOST_DEATHS = 5  # while waiting, before the pool gives up
TICK = 0.1  # seconds
PATIENCE = TEX.wall_seconds + 10.0  # seconds an asker waits for an answer


@dataclass(frozen=True, slots=True)
class Waiting:
    """A process that waits for a document with the preamble of that number."""

    preamble: int
    pid: int


class Pool:
    """The server's side: starts processes and replaces those that were used. `news` is readable when there is work."""

    def __init__(self, preambles: Sequence[str], formats: Formats, fork: Callable[[Callable[[], None]], int]) -> None:
        self._preambles, self._formats, self._fork = preambles, formats, fork
        self._queues = [socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in preambles]
        self._tokens = [os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC) for _ in preambles]  # one byte for each who waits
        self.news, self._tell = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._waiting: dict[int, Waiting] = {}  # by pidfd
        self._deaths = 0

    def asker(self) -> Asker:
        """What a handler, in a process of its own, asks with."""
        for _, take in self._queues:
            take.close()
        self.news.close()
        queues = [put for put, _ in self._queues]
        return Asker(self._preambles, queues, [token for token, _ in self._tokens], self._tell)

    def fill(self, preamble: int = 0, wanted: int = 1) -> None:
        """Have processes wait for documents with that preamble, at another's expense if need be."""
        made = self._formats.find(self._preambles[preamble])
        if made is None or self._deaths >= MOST_DEATHS:
            return
        if len(self._waiting) >= READY and all(one.preamble != preamble for one in self._waiting.values()):
            pidfd, other = next(iter(self._waiting.items()))
            self._forget(pidfd)
            _take(self._tokens[other.preamble][0])
            os.kill(other.pid, signal.SIGKILL)
        while len(self._waiting) < wanted:
            pid = self._fork(lambda: self._wait(preamble))
            self._waiting[os.pidfd_open(pid)] = Waiting(preamble, pid)

    def watched(self) -> list[int]:
        """Descriptors that become readable when the pool has to look after itself."""
        return [self.news.fileno(), *self._waiting]

    def attend(self) -> None:
        """Hear who asks and who was taken, replace who was taken or has died."""
        with contextlib.suppress(BlockingIOError):
            while True:  # who was taken must be known before looking for those who died waiting
                self._hear(*self.news.recv(64, socket.MSG_DONTWAIT).split())
        for pidfd in readable(list(self._waiting), seconds=0):
            preamble = self._forget(pidfd).preamble
            _take(self._tokens[preamble][0])
            self._deaths += 1
            if self._deaths == MOST_DEATHS:
                self._turn_away()
            self.fill(preamble, len(self._waiting) + 1)

    def _hear(self, word: bytes, number: bytes, pid: bytes) -> None:
        if word == b"taken":
            self._deaths = 0
            for pidfd, one in list(self._waiting.items()):
                if one.pid == int(pid):
                    self._forget(pidfd)
        self.fill(int(number), READY)

    def _forget(self, pidfd: int) -> Waiting:
        os.close(pidfd)
        return self._waiting.pop(pidfd)

    def _turn_away(self) -> None:
        """Nobody will come for what is in the queues."""
        for put, take in self._queues:
            put.close()
            take.close()  # closes what is in it, too

    def _wait(self, preamble: int) -> None:
        """In a process of its own: hold a jail with TeX in it, serve one document."""
        made = self._formats.find(self._preambles[preamble])
        if made is None:
            return
        _, queue = self._queues[preamble]
        result, (ours, theirs) = Result(), socket.socketpair()

        def run() -> None:
            result.put(texjail.typeset_when_told(theirs, made))

        box = jail.Box(
            limits=TEX,
            env=texjail.ENVIRONMENT,
            may_exec=True,
            read_only=(made,),
            keep_fds=(theirs.fileno(),),
        )
        with jail.spawn(run, box) as jailed:
            theirs.close()
            os.write(self._tokens[preamble][1], b"1")
            _, descriptors, _, _ = socket.recv_fds(queue, 16, 1)
            self._tell.send(b"taken %d %d" % (preamble, os.getpid()))
            with socket.socket(fileno=descriptors[0]) as asker, contextlib.suppress(OSError):
                words = wire.receive_json(asker, wire.LARGEST_SVG)
                if words is None or jailed.ended_within(0):
                    return
                wire.send_json(ours, words)
                last = time.monotonic() + TEX.wall_seconds
                answer = result.answer(jailed.wait(last, lambda: hung_up(asker)))
                if answer not in (texjail.NO_PICTURE, texjail.NO_REASON):  # else it may have been hurt while it waited
                    wire.send_json(asker, answer)


class Asker:
    """A handler's side."""

    def __init__(
        self, preambles: Sequence[str], queues: Sequence[socket.socket], tokens: Sequence[int], tell: socket.socket
    ) -> None:
        self._preambles, self._queues, self._tokens, self._tell = preambles, queues, tokens, tell

    def ask(self, preamble: str, words: Mapping[str, Any], gone: ShouldStop) -> dict[str, str] | None:
        """Have a document set by a process that waits; None when none does, when that did not work out, or when `gone`.

        Hanging up is what ends the work.
        """
        if preamble not in self._preambles:
            return None
        number = self._preambles.index(preamble)
        with contextlib.suppress(OSError):
            self._tell.send(b"asked %d 0" % number, socket.MSG_DONTWAIT)
        if not _take(self._tokens[number]):
            return None
        mine, its = socket.socketpair()
        with mine:
            mine.settimeout(PATIENCE)
            try:
                with its:
                    socket.send_fds(self._queues[number], [b"set"], [its.fileno()], socket.MSG_DONTWAIT)
                wire.send_json(mine, words)
                last = time.monotonic() + PATIENCE
                while not readable([mine.fileno()], seconds=TICK):
                    if gone() or time.monotonic() > last:
                        return None
                return wire.receive_json(mine, wire.LARGEST_SVG)
            except (OSError, wire.Garbled):
                return None


def hung_up(other: socket.socket) -> bool:
    """Whether the other side is gone."""
    poller = select.poll()
    poller.register(other, select.POLLRDHUP)
    return bool(poller.poll(0))


def _take(tokens: int) -> bool:
    """Take one token, if there is one."""
    try:
        return bool(os.read(tokens, 1))
    except BlockingIOError:
        return False


def readable(descriptors: Sequence[int], seconds: float | None = None) -> list[int]:
    """Which of the descriptors can be read; wait for one, without limit unless `seconds` are given."""
    return select.select(descriptors, [], [], seconds)[0]
