"""A circuit breaker: a server that keeps failing is left alone, then tried with one small request."""

from __future__ import annotations

import enum
import threading
import time
from collections import deque
from collections.abc import Callable


class Way(enum.Enum):
    """What a caller may do."""

    FREE = "free"
    PROBE = "probe"  # try the server first with one real token; report what came of it
    CLOSED = "closed"


class Breaker:
    """Opens after `failures` within `window` seconds, and lets one probe through every `rest` seconds after that."""

    def __init__(
        self,
        *,
        failures: int = 5,
        window: float = 30.0,
        rest: float = 15.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._window = window
        self._rest = rest
        self._clock = clock
        self._failed: deque[float] = deque(maxlen=failures)
        self._open_since: float | None = None
        self._probing = False
        self._lock = threading.Lock()

    def way(self) -> Way:
        """Say whether the server may be asked now. Who gets PROBE must report `succeeded`, `failed` or `gave_up`."""
        with self._lock:
            if self._open_since is None:
                return Way.FREE
            if self._probing or self._clock() - self._open_since < self._rest:
                return Way.CLOSED
            self._probing = True
            return Way.PROBE

    def is_open(self) -> bool:
        """Whether the server is left alone now or waits for its probe."""
        with self._lock:
            return self._open_since is not None

    def succeeded(self) -> None:
        """The server answered."""
        with self._lock:
            self._failed.clear()
            self._open_since = None
            self._probing = False

    def failed(self) -> None:
        """The server did not answer as a healthy one does."""
        with self._lock:
            now = self._clock()
            self._failed.append(now)
            many = len(self._failed) == self._most and now - self._failed[0] <= self._window
            if self._probing or (many and self._open_since is None):
                self._open_since = now
            self._probing = False

    def gave_up(self) -> None:
        """The probe ended without an outcome, because its caller was cancelled: the next caller may probe."""
        with self._lock:
            self._probing = False
