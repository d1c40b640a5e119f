"""Kombu's filesystem broker, made safe for a reader that looks while a message is being written.

As it is, a reader may find a message or an exchange file created but still empty; that ends the whole worker.
"""

from __future__ import annotations

import fcntl
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Messages and exchanges appear whole or not at all."""

    def get_table(self, exchange: str) -> Any:
        """Read an exchange's queues, not while somebody binds one."""
        with self._exchanges_locked():
            return super().get_table(exchange)

    def _queue_bind(self, *args: Any) -> None:
        with self._exchanges_locked():
            super()._queue_bind(*args)

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override] # as its parent does
        folder = Path(self.data_folder_out)
        name = f"{time.monotonic_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        aside = folder / f".{name}"  # names with a leading dot belong to no queue
        try:
            aside.write_text(dumps(payload), encoding="utf-8")
            aside.replace(folder / name)
        except OSError as error:
            raise ChannelError(f"Cannot add a message to {folder}.") from error

    @contextmanager
    def _exchanges_locked(self) -> Iterator[None]:
        folder = Path(self.control_folder)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """What CELERY_BROKER_TRANSPORT names."""

    Channel = Channel
