"""Work that nobody asks for: each function that HOUSEKEEPING names, every so many seconds, in every worker.

They may run in several workers at once, and be killed in the middle: each looks for what is to be done, and takes it.
"""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


class Housekeeper:
    """Remembers when each was last done by this process."""

    def __init__(self) -> None:
        self._done: dict[str, float] = {}

    def run_due(self) -> None:
        """Do what is due. One that fails is logged, keeps no other from being done, and comes again in its time."""
        for path, seconds in settings.HOUSEKEEPING.items():
            now = time.monotonic()
            if now - self._done.get(path, float("-inf")) >= seconds:
                self._done[path] = now
                run(path)


def run(path: str) -> bool:
    """Do one of them; return whether it went well."""
    try:
        import_string(path)()
    except Exception:
        logger.exception("Housekeeping %s failed; it comes again.", path)
        return False
    return True
