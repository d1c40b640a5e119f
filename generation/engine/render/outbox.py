"""What a keeper has to say to its client, kept until the client reads it. Saying it never waits.

A thread of its own writes to the socket. While the client is slow, only the latest preview is kept, and segments up to
`MOST_SEGMENT_BYTES`; past that no more segments are sent, and the client is told so. Facts are never dropped.
"""

from __future__ import annotations

import socket
import threading
from collections import deque

from generation.engine.render import wire

MOST_SEGMENT_BYTES = 8 << 20  # about a minute of video in full HD


class Outbox:
    """Messages on their way to one client. `broken` once the client is gone."""

    def __init__(self, connection: socket.socket) -> None:
        self.broken = False
        self._connection = connection
        self._changed = threading.Condition()
        self._messages: deque[tuple[bytes, bytes]] = deque()
        self._preview: bytes | None = None
        self._segment_bytes = 0
        self._segments_lost = False
        self._closed = False
        self._sent = 0
        self._thread = threading.Thread(target=self._send_all, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin to send. Until then messages are only kept: a process must not fork while it has threads."""
        self._thread.start()

    def put(self, kind: bytes, payload: bytes) -> None:
        """Add a message. Returns at once, whatever the client does."""
        with self._changed:
            if self.broken:
                return
            if kind == wire.PREVIEW:
                self._preview = payload
            elif kind == wire.SEGMENT:
                self._put_segment(payload)
            else:
                self._messages.append((kind, payload))
            self._changed.notify()

    def close(self, patience: float) -> None:
        """Send what is left, and give up once the client has taken nothing for `patience` seconds."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread.ident is None:
            self._thread.start()
        before = -1
        while self._thread.is_alive() and before != self._sent:
            before = self._sent
            self._thread.join(patience)

    def _put_segment(self, payload: bytes) -> None:
        if self._segments_lost:
            return
        if self._segment_bytes + len(payload) > MOST_SEGMENT_BYTES:
            self._segments_lost = True
            self._messages.append((wire.JSON, wire.dumps({"event": wire.SEGMENTS_LOST, "data": {}})))
        else:
            self._segment_bytes += len(payload)
            self._messages.append((wire.SEGMENT, payload))

    def _send_all(self) -> None:
        try:
            while (message := self._next()) is not None:
                wire.send(self._connection, *message)
                self._sent += 1
        except OSError:
            with self._changed:
                self.broken = True
                self._messages.clear()

    def _next(self) -> tuple[bytes, bytes] | None:
        """Wait for a message and take it; None once everything is sent and the box is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._messages or self._preview is not None or self._closed)
            if self._preview is not None:
                payload, self._preview = self._preview, None
                return wire.PREVIEW, payload
            if not self._messages:
                return None
            kind, payload = self._messages.popleft()
            if kind == wire.SEGMENT:
                self._segment_bytes -= len(payload)
            return kind, payload
