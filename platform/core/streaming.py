"""Long answers sent piece by piece, under WSGI and ASGI alike."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

Piece = TypeVar("Piece", str, bytes)


def in_pieces(request: HttpRequest, pieces: Iterator[Piece]) -> Iterator[Piece] | AsyncIterator[Piece]:
    """Return the pieces so that Django sends each as it comes: it reads a plain iterator into memory under ASGI."""
    return _read_async(pieces) if isinstance(request, ASGIRequest) else pieces


async def _read_async(pieces: Iterator[Piece]) -> AsyncIterator[Piece]:
    # In the request's own thread: a database cursor stays in the one it was opened in.
    def following() -> Piece | None:
        return next(pieces, None)

    read = sync_to_async(following, thread_sensitive=True)
    while (piece := await read()) is not None:
        yield piece
