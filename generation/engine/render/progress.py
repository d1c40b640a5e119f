"""Tells a client how far a render is, seldom enough to cost nothing and soon enough to be seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

EVENT_GAP = 0.25  # seconds
PREVIEW_GAP = 0.2


class Picture(Protocol):
    """What can be looked at while it grows."""

    def preview(self) -> bytes:
        """The picture as it stands, as a JPEG."""


class Progress:
    """Counts plays and frames of one render, and sends events and previews at a bounded rate.

    Without `send_preview` nobody looks, and no preview is made.
    """

    def __init__(
        self,
        *,
        total: int | None,
        send_event: Callable[[str, dict[str, Any]], None],
        send_preview: Callable[[bytes], None] | None,
    ) -> None:
        self.first_frame_seconds: float | None = None
        self._total = total
        self._send_event, self._send_preview = send_event, send_preview
        self._started = time.monotonic()
        self._last_event = self._last_preview = -1.0
        self._play = 0
        self._play_sent = 0
        self._frames = 0

    def play_begins(self) -> None:
        """The next play starts."""
        self._play += 1

    def frame_done(self, picture: Picture) -> None:
        """One more frame is encoded."""
        now = time.monotonic()
        self._frames += 1
        if self.first_frame_seconds is None:
            self.first_frame_seconds = now - self._started
        if self._send_preview is not None and now - self._last_preview >= PREVIEW_GAP:
            self._last_preview = now
            self._send_preview(picture.preview())
        if now - self._last_event >= EVENT_GAP:
            self._last_event = now
            self.send()

    def send(self) -> None:
        """Send where the render stands now."""
        if self._play != self._play_sent:
            self._play_sent = self._play
            self._send_event("play", {"n": self._play, "of": None})
        self._send_event("frames", {"done": self._frames, "total": self._total})
