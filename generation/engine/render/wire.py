"""The words on the sockets: a kind, a length, a payload. JSON for facts, JPEG for previews, MP4 for segments."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

HEADER = struct.Struct(">cI")
JSON = b"J"
PREVIEW = b"P"
SEGMENT = b"S"
SEGMENTS_LOST = "segments_lost"  # the event that ends a stream of segments before the video's end
LARGEST_REQUEST = 2 << 20  # bytes
LARGEST_ANSWER = 8 << 20  # as large as the segments that a keeper holds back
LARGEST_DOCUMENT = 128 << 10
LARGEST_SVG = 4 << 20


class Garbled(Exception):
    """The other side does not speak this protocol."""


def send(connection: socket.socket, kind: bytes, payload: bytes) -> None:
    """Send one message. Raises OSError when the other side is gone."""
    connection.sendall(HEADER.pack(kind, len(payload)) + payload)


def dumps(value: Mapping[str, Any]) -> bytes:
    """Write one JSON object."""
    return json.dumps(value).encode()


def send_json(connection: socket.socket, value: Mapping[str, Any]) -> None:
    """Send one JSON object."""
    send(connection, JSON, dumps(value))


def receive(connection: socket.socket, largest: int) -> tuple[bytes, bytes] | None:
    """Receive one message of at most `largest` bytes; None at the end. Raises Garbled and OSError."""
    header = _exactly(connection, HEADER.size)
    if header is None:
        return None
    kind, length = HEADER.unpack(header)
    if kind not in (JSON, PREVIEW, SEGMENT) or length > largest:
        raise Garbled(f"message {kind!r} of {length} bytes")
    payload = _exactly(connection, length)
    return None if payload is None else (kind, payload)


def receive_json(connection: socket.socket, largest: int) -> dict[str, Any] | None:
    """Receive one JSON object; None at the end. Raises Garbled and OSError."""
    message = receive(connection, largest)
    if message is None:
        return None
    kind, payload = message
    if kind != JSON:
        raise Garbled("expected JSON")
    return parse(payload)


def parse(payload: bytes) -> dict[str, Any]:
    """Read one JSON object. Raises Garbled for anything else."""
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise Garbled("not JSON") from error
    if not isinstance(value, dict):
        raise Garbled("not a JSON object")
    return value


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        piece = connection.recv(min(length - len(data), 1 << 20))
        if not piece:
            return None
        data += piece
    return bytes(data)
