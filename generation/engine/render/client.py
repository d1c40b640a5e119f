"""The door to the render daemon: starts it when none listens, asks, follows, cancels."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generation.engine.errors import Cancelled, EngineFault
from generation.engine.render import faults, wire
from generation.engine.types import (
    Caption,
    CheckReport,
    Event,
    Fault,
    Inscription,
    LayoutFault,
    Limits,
    OnEvent,
    OnPreview,
    OnSegment,
    Purpose,
    Quality,
    RenderReport,
    ShouldStop,
    Sighting,
    ignore_event,
    never_stop,
)

ENGINE = Path(__file__).resolve().parents[1]
ROOT = ENGINE.parents[1]
START_SECONDS = 60.0  # loading Manim takes a second or two, more on a busy machine
POLL_SECONDS = 0.1
BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from generation.engine.render.daemon import main; main()"
# Nothing of ours is handed down: what a process was started with can be read from /proc for as long as it lives.
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
JAIL_SETTINGS = ("JAIL", "JAIL_RUNTIME", "JAIL_LEVEL_REQUIRED")  # how jobs are shut in; no secrets


class Renderer:
    """Talks to the warm render daemon over a unix socket, starting it when none listens.

    `run_dir` holds the socket, the daemon's log and its TeX cache; it is made private to this user. Several threads
    and processes may share one `run_dir`: they share the daemon.
    """

    def __init__(self, run_dir: Path) -> None:
        self._run_dir = run_dir.resolve()
        self._name = f"render-{_fingerprint()}"
        self._started: list[int] = []
        self._starting = threading.Lock()

    def check(
        self,
        code: str,
        scene: str,
        *,
        quality: Quality = Quality.LOW,
        limits: Limits = Limits(),
        should_stop: ShouldStop = never_stop,
    ) -> CheckReport:
        """Run `scene` of `code` without drawing it; `frames` is what `render` at `quality` will draw.

        Raises Cancelled, and EngineFault when our side fails; faults of the code are in the report.
        """
        report = self._ask({"op": "check", **_request(code, scene, quality, limits)}, _deaf, should_stop)
        return CheckReport(
            scene=scene,
            plays=tuple(report["plays"]),
            frames=report["frames"],
            captions=_captions(report),
            layout=tuple(LayoutFault(**fault) for fault in report["layout"]),
            written=tuple(Inscription(**line) for line in report["written"]),
            fault=_fault(report["fault"]),
            seen=tuple(Sighting(**{**each, "colours": tuple(each["colours"])}) for each in report["seen"]),
        )

    def render(
        self,
        code: str,
        scene: str,
        *,
        quality: Quality,
        out: Path,
        purpose: Purpose | None = None,
        limits: Limits = Limits(),
        mark: str = "",
        expected_frames: int | None = None,
        on_event: OnEvent = ignore_event,
        on_preview: OnPreview | None = None,
        on_segment: OnSegment | None = None,
        should_stop: ShouldStop = never_stop,
    ) -> RenderReport:
        """Draw `scene` of `code` into `out` (fragmented mp4, H.264), which appears whole or not at all.

        The encoder writes `mark` into a corner of every picture, where there is one.

        Events: "play" {n, of} and "frames" {done, total}, a few a second, the first with the first frame. Previews
        and segments are only made where somebody takes them, and never hold up the render: a slow taker gets the
        latest preview, and no more segments once it is too far behind. Raises Cancelled, and EngineFault when our
        side fails (`disk_full`, `renderer_lost`, `jail_unavailable`, ...); faults of the code are in the report.
        """
        pending = out.resolve().with_name(f".{out.name}.{os.urandom(6).hex()}.part")
        request = {
            "op": "render",
            "purpose": purpose or quality.purpose,
            **_request(code, scene, quality, limits),
            "out": str(pending),
            "mark": mark,
            "expected_frames": expected_frames,
            "previews": on_preview is not None,
            "segments": on_segment is not None,
        }
        take = _sorted(scene, on_event, on_preview, on_segment)
        try:
            report = self._ask(request, take, should_stop)
            fault = _fault(report["fault"])
            if fault is None:
                pending.replace(out)
        finally:
            pending.unlink(missing_ok=True)
        return RenderReport(
            scene=scene,
            file=out if fault is None else None,
            frames=report["frames"],
            seconds=report["frames"] / quality.frame_rate,
            captions=_captions(report),
            fault=fault,
            wall_seconds=report["wall_seconds"],
            first_frame_seconds=report["first_frame_seconds"],
        )

    def close(self) -> None:
        """Tell the daemon to end after its running jobs, if this Renderer started it; others start a new one."""
        with self._starting:
            while self._started:
                pidfd = self._started.pop()
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(pidfd, signal.SIGTERM)
                os.close(pidfd)

    def _ask(
        self, request: Mapping[str, Any], take: Callable[[bytes, bytes], None], should_stop: ShouldStop
    ) -> dict[str, Any]:
        """Send a request and follow it to its report. Hanging up is what cancels it."""
        if should_stop():
            raise Cancelled
        with self._connected() as connection:
            _send(connection, request)
            while True:
                if should_stop():
                    raise Cancelled
                if not _readable(connection.fileno(), POLL_SECONDS):
                    continue
                kind, payload = _receive(connection)
                if kind == wire.JSON and (report := _final(wire.parse(payload))) is not None:
                    return report
                take(kind, payload)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        connection = self._try_connect()
        if connection is None:
            with self._starting:
                connection = self._try_connect() or self._start()
        with connection:
            yield connection

    def _try_connect(self) -> socket.socket | None:
        """Connect to a listening daemon, if there is one."""
        self._run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(self._run_dir, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        connection = socket.socket(socket.AF_UNIX)
        try:
            if os.fstat(folder).st_uid != os.geteuid():
                raise EngineFault(faults.foreign_folder(str(self._run_dir)))
            os.fchmod(folder, 0o700)
            connection.connect(f"/proc/self/fd/{folder}/{self._name}.sock")
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            return None
        finally:
            os.close(folder)
        return connection

    def _start(self) -> socket.socket:
        """Start the daemon and connect; of several starters at once only one starts it."""
        deadline = time.monotonic() + START_SECONDS
        with (self._run_dir / f"{self._name}.start").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            while time.monotonic() < deadline:
                if (connection := self._try_connect()) is not None:
                    return connection
                self._launch(deadline)
        raise EngineFault(faults.RENDERER_FAILED)

    def _launch(self, deadline: float) -> None:
        """Start a daemon process and wait until it says that it is ready, or gives up."""
        heard, said = os.pipe()
        with (self._run_dir / "render.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                [sys.executable, "-I", "-c", BOOT, str(ROOT), str(self._run_dir), self._name, str(said)],
                env={**ENVIRONMENT, **{name: os.environ[name] for name in JAIL_SETTINGS if name in os.environ}},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(said,),
                start_new_session=True,
            )
        os.close(said)
        ready = _readable(heard, max(0.0, deadline - time.monotonic())) and os.read(heard, 1)
        os.close(heard)
        for pidfd in [one for one in self._started if _readable(one, 0)]:  # of a daemon that has ended
            self._started.remove(pidfd)
            os.close(pidfd)
        if ready:
            self._started.append(os.pidfd_open(process.pid))
        else:
            time.sleep(POLL_SECONDS)  # it may have found an older daemon that is about to end
        threading.Thread(target=process.wait, daemon=True).start()  # leaves no zombie behind


def _request(code: str, scene: str, quality: Quality, limits: Limits) -> dict[str, Any]:
    return {"code": code, "scene": scene, "quality": quality.value, "limits": asdict(limits)}


def _readable(descriptor: int, seconds: float) -> bool:
    poller = select.poll()  # a worker may hold more descriptors than select() can name
    poller.register(descriptor, select.POLLIN)
    return bool(poller.poll(seconds * 1000))


def _send(connection: socket.socket, request: Mapping[str, Any]) -> None:
    try:
        wire.send_json(connection, request)
    except OSError as error:
        raise EngineFault(faults.RENDERER_LOST) from error


def _receive(connection: socket.socket) -> tuple[bytes, bytes]:
    try:
        message = wire.receive(connection, wire.LARGEST_ANSWER)
    except (OSError, wire.Garbled) as error:
        raise EngineFault(faults.RENDERER_LOST) from error
    if message is None:
        raise EngineFault(faults.RENDERER_LOST)
    return message


def _final(message: dict[str, Any]) -> dict[str, Any] | None:
    """Return the report, if this is it. Raises EngineFault when our side failed."""
    if "error" in message:
        raise EngineFault(Fault(**message["error"]))
    report = message.get("report")
    if report is None:
        return None
    if report["fault"] is not None and report["fault"]["code"] in faults.OURS:
        raise EngineFault(Fault(**report["fault"]))
    return dict(report)


def _captions(report: Mapping[str, Any]) -> tuple[Caption, ...]:
    return tuple(Caption(**caption) for caption in report["captions"])


def _fault(value: Mapping[str, Any] | None) -> Fault | None:
    return None if value is None else Fault(**value)


def _sorted(
    scene: str, on_event: OnEvent, on_preview: OnPreview | None, on_segment: OnSegment | None
) -> Callable[[bytes, bytes], None]:
    """Return what takes each message of a render to the one who asked for its kind."""

    def take(kind: bytes, payload: bytes) -> None:
        if kind == wire.PREVIEW:
            if on_preview is not None:
                on_preview(scene, payload)
            return
        if kind == wire.SEGMENT:
            if on_segment is not None:
                on_segment(scene, payload)
            return
        message = wire.parse(payload)
        if message["event"] != wire.SEGMENTS_LOST:
            on_event(Event(str(message["event"]), message["data"]))
        elif on_segment is not None:
            on_segment(scene, None)

    return take


def _deaf(kind: bytes, payload: bytes) -> None:
    """A check has no events."""


def _fingerprint() -> str:
    """Name this version of the code: a daemon of another version is left alone and ends by itself."""
    digest = hashlib.sha256(sys.executable.encode())
    files = [path for folder in ("render", "jail", "kit") for path in sorted((ENGINE / folder).glob("*.py"))]
    for path in [*files, ENGINE / "types.py", ENGINE / "errors.py", ENGINE / "limits.py"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
