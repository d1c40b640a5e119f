"""Keeps one request from start to end: jails the child, encodes its frames, answers the client.

A keeper is a process of its own, forked from the warm daemon. The jail is started while it still has one thread; the
thread that reads and encodes comes after. When the client goes away, the keeper ends the jail and then itself.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from generation.engine import jail
from generation.engine.errors import EngineError, EngineFault
from generation.engine.limits import Limits
from generation.engine.render import child, faults, fragments, wire
from generation.engine.render.intake import Intake
from generation.engine.render.outbox import Outbox
from generation.engine.render.progress import Progress
from generation.engine.render.ring import Ring
from generation.engine.types import Fault, Purpose, Quality

WITNESS_PATIENCE = 2.0  # seconds for the formulas' handler to notice the end of its job
CLIENT_PATIENCE = 20.0  # seconds that a client may take to ask, and in the end to read what is left
CATCH_UP_TICK = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks for."""

    code: str
    scene: str
    quality: Quality
    purpose: Purpose
    out: Path | None  # None: check only
    limits: Limits
    expected_frames: int | None
    previews: bool
    segments: bool
    mark: str

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Request:
        """Read a request from JSON. Raises Garbled."""
        try:
            names = {field.name for field in fields(Limits)}
            limits = Limits(**{name: number for name, number in value["limits"].items() if name in names})
            out = Path(value["out"]) if value["op"] == "render" else None
            frames = value.get("expected_frames")
            return cls(
                code=str(value["code"]),
                scene=str(value["scene"]),
                quality=Quality(value["quality"]),
                purpose=Purpose(value.get("purpose", Purpose.EXPORT)),
                out=out,
                limits=limits,
                expected_frames=frames,
                previews=bool(value.get("previews")),
                segments=bool(value.get("segments")),
                mark=str(value.get("mark", "")),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise wire.Garbled("not a request") from error


class Client:
    """The connection to whoever asked. Once it fails it is gone for good."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._outbox = Outbox(connection)
        self._gone = False

    def gone(self) -> bool:
        """Whether the client closed its side; it never sends anything after its request."""
        if not self._gone and (self._outbox.broken or select.select([self._connection], [], [], 0)[0]):
            self._gone = True
        return self._gone

    def follow(self) -> None:
        """Start the thread that sends; until then messages wait."""
        self._outbox.start()

    def send(self, kind: bytes, payload: bytes) -> None:
        """Send a message when the client reads it, if it is still there. Never waits."""
        self._outbox.put(kind, payload)

    def send_json(self, value: Mapping[str, Any]) -> None:
        """Send a JSON message when the client reads it, if it is still there. Never waits."""
        self.send(wire.JSON, wire.dumps(value))

    def finish(self, value: Mapping[str, Any]) -> None:
        """Send the last message, and wait until everything is read or the client's time is over."""
        self.send_json(value)
        self._outbox.close(CLIENT_PATIENCE)


def keep(connection: socket.socket, tex_control: socket.socket) -> None:
    """Serve the one request that comes over `connection`."""
    connection.settimeout(CLIENT_PATIENCE)
    value = wire.receive_json(connection, wire.LARGEST_REQUEST)
    if value is None:
        return
    connection.settimeout(None)
    client = Client(connection)
    try:
        request = Request.read(value)
        refused = _refused(request)
        last = {"report": _nothing(refused) if refused else Job(request, client, tex_control).run()}
    except EngineError as error:
        last = {"error": asdict(error.fault)}
    except Exception:
        traceback.print_exc()  # into the daemon's log
        last = {"error": asdict(faults.RENDERER_FAILED)}
    client.finish(last)


def _refused(request: Request) -> Fault | None:
    """The limit that a request meets before anything is run for it."""
    if request.quality.height > request.limits.height:
        return faults.over("quality_limit", request.limits, request.scene)
    if len(request.code.encode("utf-8", "surrogatepass")) > request.limits.source_bytes:
        return faults.over("source_too_long", request.limits, request.scene)
    return None


def _nothing(fault: Fault) -> dict[str, Any]:
    """The report of a request for which nothing was run."""
    empty: dict[str, Any] = {name: [] for name in ("plays", "captions", "layout", "written", "seen")}
    return {**empty, "frames": 0, "fault": asdict(fault), "wall_seconds": 0.0, "first_frame_seconds": None}


def _killed_from_outside(ended: jail.Ended) -> bool:
    """Whether somebody else killed the job, or the machine did: the first process of a namespace is deaf to this
    signal from inside."""
    return ended.reason == "signal" and ended.signal == signal.SIGKILL and jail.require() is jail.Level.NAMESPACES


def _family(word: Mapping[str, Any]) -> list[object]:
    family = word.get("family")
    return family if isinstance(family, list) else []


class Job:
    """One check or render."""

    def __init__(self, request: Request, client: Client, tex_control: socket.socket) -> None:
        self._request, self._client, self._tex_control = request, client, tex_control
        self._most_frames = int(request.limits.video_seconds * request.quality.frame_rate)
        self._ring: Ring | None = None
        self._progress: Progress | None = None
        self._tex_witness = -1

    def run(self) -> dict[str, Any]:
        """Do the job and return the report."""
        started = time.monotonic()
        intake, jailed = self._start()
        self._client.follow()
        reader = threading.Thread(target=intake.run)
        reader.start()
        try:
            ended = jailed.wait(None, lambda: intake.fault is not None or self._client.gone())
        finally:
            jailed.close()
            in_time = self._catch_up(reader, intake, started + self._request.limits.wall_seconds)
        fault = self._fault(intake, ended, in_time=in_time)
        if self._progress is not None and fault is None:
            self._progress.send()
        if self._request.out is not None and (fault is not None or self._client.gone()):
            self._request.out.unlink(missing_ok=True)
        return {
            "frames": intake.frames,
            "plays": intake.plays,
            "captions": [asdict(caption) for caption in intake.captions],
            "layout": [asdict(fault) for fault in intake.layout],
            "written": [asdict(line) for line in intake.written],
            "seen": [asdict(sighting) for sighting in intake.seen],
            "fault": asdict(fault) if fault else None,
            "wall_seconds": time.monotonic() - started,
            "first_frame_seconds": self._progress.first_frame_seconds if self._progress else None,
        }

    def _catch_up(self, reader: threading.Thread, intake: Intake, until: float) -> bool:
        """Let the encoder draw what an ended job left in its pipes, within the job's own time. Whether it could.

        A message may claim minutes of frames, so the job's clock goes on while they are encoded.
        """
        while reader.is_alive() and time.monotonic() < until and not self._client.gone():
            reader.join(CATCH_UP_TICK)
        in_time = not reader.is_alive()
        intake.stopped.set()
        reader.join()
        return in_time

    def _tex_was_killed(self) -> bool:
        """Whether who set the formulas of this job was killed: it leaves a word when it ends in any other way."""
        poller = select.poll()
        poller.register(self._tex_witness, select.POLLIN)
        return bool(poller.poll(WITNESS_PATIENCE * 1000)) and not os.read(self._tex_witness, 1)

    def _start(self) -> tuple[Intake, jail.Jailed]:
        request, quality = self._request, self._request.quality
        cold = jail.require() is jail.Level.CONTAINER  # a fresh interpreter, not a fork of this one
        words_out, words_in = os.pipe()
        log_out, log_in = os.pipe()
        tex_ours, tex_theirs = socket.socketpair()
        self._tex_witness, testifies = os.pipe()
        try:
            socket.send_fds(self._tex_control, [b"job"], [tex_ours.fileno(), testifies])
        except OSError as error:  # the TeX server is gone, and soon the daemon
            raise EngineFault(faults.RENDERER_LOST) from error
        os.close(testifies)
        tex_ours.close()
        intake = Intake(
            words_fd=words_out,
            log_fd=log_out,
            limits=request.limits,
            frame_rate=quality.frame_rate,
        )
        child_fds = [words_in, tex_theirs.fileno()]
        if request.out is not None:
            self._ring = Ring(quality.width, quality.height, by_descriptor=cold)
            child_fds += self._ring.child_fds
            self._progress = Progress(
                total=request.expected_frames,
                send_event=lambda kind, data: self._client.send_json({"event": kind, "data": data}),
                send_preview=partial(self._client.send, wire.PREVIEW) if request.previews else None,
            )
            on_piece = partial(self._client.send, wire.SEGMENT) if request.segments else fragments.ignore_piece
            intake.draw(self._ring, request.out, request.purpose, self._progress, on_piece, request.mark)
        task = child.Task(
            code=request.code,
            scene=request.scene,
            quality=quality,
            most_frames=self._most_frames,
            words_fd=words_in,
            tex_fd=tex_theirs.fileno(),
            ring=self._ring,
        )
        box = jail.Box(limits=request.limits, keep_fds=tuple(child_fds), stdout=log_in, stderr=log_in)
        jailed = jail.spawn(partial(child.perform_cold if cold else child.perform, task), box)
        for descriptor in (words_in, log_in):
            os.close(descriptor)
        tex_theirs.close()
        if self._ring is not None:
            self._ring.close_child_end()
        return intake, jailed

    def _fault(self, intake: Intake, ended: jail.Ended, *, in_time: bool) -> Fault | None:
        """Decide what went wrong, if anything did: our own observations first, the child's words last."""
        scene, limits = self._request.scene, self._request.limits
        fault = None
        if self._client.gone():
            fault = faults.CANCELLED
        elif _killed_from_outside(ended):
            fault = replace(faults.RENDERER_LOST, scene=scene, log=intake.log)
        elif intake.fault is not None:
            fault = replace(intake.fault, scene=scene, log=intake.log)
        elif ended.limit is not None or not in_time:
            reason = ended.reason if in_time else "wall"
            fault = faults.ended(reason, ended.signal, limits, scene, intake.log)
        elif intake.told is not None and "TexLost" in _family(intake.told) and self._tex_was_killed():
            fault = replace(faults.RENDERER_LOST, scene=scene, log=intake.log)
        elif intake.told is not None:
            fault = faults.reported(intake.told, scene, intake.log, limits)
        elif ended.reason != "exited":
            fault = faults.ended(ended.reason, ended.signal, limits, scene, intake.log)
        elif not intake.done:
            fault = faults.reported({"family": ["SystemExit"]}, scene, intake.log, limits)
        elif intake.frames == 0 or not intake.shown:
            fault = replace(faults.DRAWS_NOTHING, scene=scene)
        return fault
