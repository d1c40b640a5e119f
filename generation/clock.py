"""Notices when the database's clock jumps, so that a jump does not look like the death of every worker."""

from __future__ import annotations

import threading
import time

TOLERANCE_SECONDS = 2.0


class ClockWatch:
    """Compares the database's clock with the steady one of this machine.

    After a jump, or after the database could not be reached, it asks for quiet until live workers had time to
    renew their leases.
    """

    def __init__(self, *, quiet_seconds: float) -> None:
        self._quiet_seconds = quiet_seconds
        self._quiet_until = float("-inf")
        self._offset: float | None = None
        self._lock = threading.Lock()

    def disturb(self) -> None:
        """Ask for quiet from now."""
        with self._lock:
            self._quiet_until = time.monotonic() + self._quiet_seconds

    def is_steady(self, database: float, steady: float) -> bool:
        """Take one reading of both clocks, in seconds, and say whether leases can be judged."""
        with self._lock:
            offset = database - steady
            if self._offset is not None and abs(offset - self._offset) > TOLERANCE_SECONDS:
                self._quiet_until = steady + self._quiet_seconds
            self._offset = offset
            return steady >= self._quiet_until
