"""Keeps one request from start to end: jails the child, encodes its frames, answers the client.

A keeper is a process of its own, forked from the warm daemon. The jail is started while it still has one thread; the
thread that reads and encodes comes after. When the client goes away, the keeper ends the jail and then itself.
"""

from __future__ import annotations

import os
import select
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
from generation.engine.errors import EngineError
from generation.engine.render import child, faults, wire
from generation.engine.render.intake import Intake
from generation.engine.render.progress import Progress
from generation.engine.render.ring import Ring
from generation.engine.types import Fault, Limits, Quality

CLIENT_PATIENCE = 20.0  # seconds that a client may leave our messages unread
CATCH_UP_TICK = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks for."""

    code: str
    scene: str
    quality: Quality
    out: Path | None  # None: check only
    limits: Limits
    expected_frames: int | None

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Request:
        """Read a request from JSON. Raises Garbled."""
        try:
            names = {field.name for field in fields(Limits)}
            limits = Limits(**{name: number for name, number in value["limits"].items() if name in names})
            out = Path(value["out"]) if value["op"] == "render" else None
            frames = value.get("expected_frames")
            return cls(str(value["code"]), str(value["scene"]), Quality(value["quality"]), out, limits, frames)
        except (KeyError, TypeError, ValueError) as error:
            raise wire.Garbled("not a request") from error


class Client:
    """The connection to whoever asked. Once it fails it is gone for good."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._gone = False

    def gone(self) -> bool:
        """Whether the client closed its side; it never sends anything after its request."""
        if not self._gone and select.select([self._connection], [], [], 0)[0]:
            self._gone = True
        return self._gone

    def send(self, kind: bytes, payload: bytes) -> None:
        """Send a message, if the client is still there."""
        if self._gone:
            return
        try:
            wire.send(self._connection, kind, payload)
        except OSError:
            self._gone = True

    def send_json(self, value: Mapping[str, Any]) -> None:
        """Send a JSON message, if the client is still there."""
        self.send(wire.JSON, wire.dumps(value))


def keep(connection: socket.socket, tex_control: socket.socket) -> None:
    """Serve the one request that comes over `connection`."""
    connection.settimeout(CLIENT_PATIENCE)
    value = wire.receive_json(connection, wire.LARGEST_REQUEST)
    if value is None:
        return
    client = Client(connection)
    try:
        client.send_json({"report": Job(Request.read(value), client, tex_control).run()})
    except EngineError as error:
        client.send_json({"error": asdict(error.fault)})
    except Exception:
        traceback.print_exc()  # into the daemon's log
        client.send_json({"error": asdict(faults.RENDERER_FAILED)})


class Job:
    """One check or render."""

    def __init__(self, request: Request, client: Client, tex_control: socket.socket) -> None:
        self._request, self._client, self._tex_control = request, client, tex_control
        self._most_frames = int(request.limits.video_seconds * request.quality.frame_rate)
        self._ring: Ring | None = None
        self._progress: Progress | None = None

    def run(self) -> dict[str, Any]:
        """Do the job and return the report."""
        started = time.monotonic()
        intake, jailed = self._start()
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

    def _start(self) -> tuple[Intake, jail.Jailed]:
        request, quality = self._request, self._request.quality
        words_out, words_in = os.pipe()
        log_out, log_in = os.pipe()
        tex_ours, tex_theirs = socket.socketpair()
        socket.send_fds(self._tex_control, [b"job"], [tex_ours.fileno()])
        tex_ours.close()
        intake = Intake(
            words_fd=words_out,
            log_fd=log_out,
            log_bytes=request.limits.output_bytes,
            most_frames=self._most_frames,
            frame_rate=quality.frame_rate,
        )
        child_fds = [words_in, tex_theirs.fileno()]
        if request.out is not None:
            self._ring = Ring(quality.width, quality.height)
            child_fds += self._ring.child_fds
            self._progress = Progress(
                total=request.expected_frames,
                send_event=lambda kind, data: self._client.send_json({"event": kind, "data": data}),
                send_preview=partial(self._client.send, wire.PREVIEW),
            )
            intake.draw(self._ring, request.out, self._progress)
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
        jailed = jail.spawn(partial(child.perform, task), box)
        for descriptor in (words_in, log_in):
            os.close(descriptor)
        tex_theirs.close()
        if self._ring is not None:
            self._ring.close_child_end()
        return intake, jailed

    def _fault(self, intake: Intake, ended: jail.Ended, *, in_time: bool) -> Fault | None:
        """Decide what went wrong, if anything did: our own observations first, the child's words last."""
        scene, seconds = self._request.scene, self._request.limits.video_seconds
        fault = None
        if self._client.gone():
            fault = faults.CANCELLED
        elif intake.fault is not None:
            fault = replace(intake.fault, scene=scene, log=intake.log)
        elif ended.reason in ("wall", "cpu") or not in_time:
            reason = ended.reason if in_time else "wall"
            fault = faults.ended(reason, ended.signal, scene, intake.log)
        elif intake.told is not None:
            fault = faults.reported(intake.told, scene, intake.log, seconds)
        elif ended.reason != "exited":
            fault = faults.ended(ended.reason, ended.signal, scene, intake.log)
        elif not intake.done:
            fault = faults.reported({"family": ["SystemExit"]}, scene, intake.log, seconds)
        elif intake.frames == 0 or not intake.shown:
            fault = replace(faults.DRAWS_NOTHING, scene=scene)
        return fault
