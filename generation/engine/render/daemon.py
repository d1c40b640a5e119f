"""The render daemon: a warm fork server that never runs a line of anybody's code itself.

It starts with an empty environment and no descriptors but its own, loads Manim once, stays single-threaded, and forks
one keeper per connection. It holds no secret and ends by itself when nobody needs it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import selectors
import signal
import socket
import sys
import time
import traceback
from pathlib import Path

from generation.engine import jail
from generation.engine.render import texserver
from generation.engine.render.lineage import die_with_parent

MOST_JOBS = 16  # more connections wait in the queue of the socket
IDLE_SECONDS = 15 * 60.0
IDLE_SECONDS_JAILLESS = 20.0
IDLE_SECONDS_ORPHAN = 30.0  # whoever started it was killed and cannot tell it to end
CLEARING_SECONDS = 1.0
TICK = 1.0


def main() -> None:
    """Serve until idle or told to end. Arguments: run folder, socket name, descriptor to say "ready" on."""
    run_dir, name, ready = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    os.umask(0o022)  # the run folder itself is private
    lock = os.open(run_dir / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # another daemon serves here
    os.ftruncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())
    # Tested once, here, while the process is light; every fork inherits the result. Without a jail each request is
    # answered with the fault, and the daemon ends soon so that the next one can look again.
    level = jail.selftest().level
    idle_seconds = IDLE_SECONDS_JAILLESS if level is None else IDLE_SECONDS
    jail.prepare()
    tex_control = start_tex_server(run_dir / "tex")
    from generation.engine.render import warm  # noqa: PLC0415 - after the light TeX server was forked

    warm.warm_up(run_dir / f"{name}.warm")
    listener = _listen(run_dir, name)
    os.write(ready, b"r")
    os.close(ready)
    Daemon(listener, tex_control, lock, idle_seconds, level).serve()


def start_tex_server(cache: Path) -> socket.socket:
    """Fork the TeX server; jobs are handed to it over the returned socket."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    parent = os.getpid()
    if os.fork() == 0:
        die_with_parent(parent)
        ours.close()
        try:
            texserver.serve(theirs, cache)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    theirs.close()
    return ours


def _listen(run_dir: Path, name: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    folder = os.open(run_dir, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    path = f"/proc/self/fd/{folder}/{name}.sock"  # a socket's own path may have 107 bytes only
    with contextlib.suppress(FileNotFoundError):
        Path(path).unlink()
    listener.bind(path)
    listener.listen(64)
    listener.setblocking(False)
    os.close(folder)
    return listener


class Daemon:
    """Accepts connections and forks a keeper for each; it waits for nothing else."""

    def __init__(
        self,
        listener: socket.socket,
        tex_control: socket.socket,
        lock: int,
        idle_seconds: float,
        level: jail.Level | None,
    ) -> None:
        self._listener, self._tex_control, self._lock = listener, tex_control, lock
        self._idle_seconds = idle_seconds
        self._starter = os.getppid()
        self._level = level
        self._tester: tuple[int, int] | None = None  # (where its answer comes, pid)
        self._tested = time.monotonic()
        self._keepers: dict[int, int] = {}  # pidfd -> pid
        self._selector = selectors.DefaultSelector()
        self._ending = False

    def serve(self) -> None:
        """Serve until told to end (SIGTERM) or idle, then let running jobs finish."""
        signal.signal(signal.SIGTERM, self._end)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._tex_control, selectors.EVENT_READ)
        quiet_since = time.monotonic()
        while self._keepers or not self._ending:
            for key, _ in self._selector.select(TICK):
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._tex_control:
                    self._mourn_tex_server()
                elif self._tester is not None and key.fd == self._tester[0]:
                    self._hear_tester()
                else:
                    self._bury(key.fd)
            if time.monotonic() - self._tested > jail.pause_after(self._level) and not self._ending:
                self._test_again()
            if self._keepers:
                quiet_since = time.monotonic()
            patience = self._idle_seconds if os.getppid() == self._starter else IDLE_SECONDS_ORPHAN
            idle = time.monotonic() - quiet_since > patience
            if self._ending or idle or os.fstat(self._lock).st_nlink == 0:  # removed: nobody can find us any more
                self._stop_listening()
        self._clear_up()

    def _clear_up(self) -> None:
        """Let the TeX server end, and remove the control groups of whatever waited there or was killed before."""
        self._tex_control.close()
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        until = time.monotonic() + CLEARING_SECONDS
        while jail.sweep() and time.monotonic() < until:
            time.sleep(0.05)

    def _mourn_tex_server(self) -> None:
        """It never says anything, so it has died. It was forked before Manim was loaded: only a new daemon has one."""
        self._selector.unregister(self._tex_control)
        sys.stderr.write("The TeX server is gone: this daemon ends.\n")
        self._stop_listening()

    def _end(self, *_: object) -> None:
        self._ending = True

    def _test_again(self) -> None:
        """Try the jail once more in a fork, so that nobody waits for it."""
        if self._tester is not None:
            return
        ear, mouth = os.pipe()
        daemon = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                die_with_parent(daemon)
                self._listener.close()
                os.write(mouth, (jail.retest().level or "none").encode())
            finally:
                os._exit(0)
        os.close(mouth)
        self._tester = ear, pid
        self._selector.register(ear, selectors.EVENT_READ)

    def _hear_tester(self) -> None:
        """A jail that is not what it was ends this daemon: the next one finds out what may still run."""
        assert self._tester is not None  # noqa: S101 - the caller looked
        ear, pid = self._tester
        found = os.read(ear, 64).decode()
        self._selector.unregister(ear)
        os.close(ear)
        os.waitpid(pid, 0)
        self._tester, self._tested = None, time.monotonic()
        if found != (self._level or "none"):
            now = found or "not to be tested"
            sys.stderr.write(f"The jail was {self._level or 'none'} and is {now}: this daemon ends.\n")
            self._stop_listening()

    def _stop_listening(self) -> None:
        """From here on a new daemon may take over; running jobs go on."""
        self._ending = True
        if self._listener.fileno() >= 0:
            with contextlib.suppress(KeyError):
                self._selector.unregister(self._listener)
            self._listener.close()
            fcntl.flock(self._lock, fcntl.LOCK_UN)  # the forks hold the lock too; this lets go for all

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return  # it hung up already
        with connection:
            daemon = os.getpid()
            pid = os.fork()
            if pid == 0:
                self._become_keeper(connection, daemon)
        pidfd = os.pidfd_open(pid)
        self._keepers[pidfd] = pid
        self._selector.register(pidfd, selectors.EVENT_READ)
        if len(self._keepers) >= MOST_JOBS:
            self._selector.unregister(self._listener)

    def _become_keeper(self, connection: socket.socket, daemon: int) -> None:
        """In the new process: keep one request, and never return."""
        try:
            die_with_parent(daemon)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._listener.close()
            os.close(self._lock)
            for pidfd in self._keepers:
                os.close(pidfd)
            self._selector.close()
            from generation.engine.render import keeper  # noqa: PLC0415 - it needs Manim

            keeper.keep(connection, self._tex_control)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(0)

    def _bury(self, pidfd: int) -> None:
        full = len(self._keepers) >= MOST_JOBS
        self._selector.unregister(pidfd)
        os.waitpid(self._keepers.pop(pidfd), 0)
        os.close(pidfd)
        if full and not self._ending:
            self._selector.register(self._listener, selectors.EVENT_READ)
