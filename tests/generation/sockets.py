"""A WebSocket client that talks ASGI in memory. (Channels' own one needs Daphne, which we do not serve with.)"""

from typing import Any
from urllib.parse import urlsplit

from asgiref.testing import ApplicationCommunicator

from config.sockets import socket_application


class Socket(ApplicationCommunicator):
    """One connection to the site's socket application."""

    def __init__(self, url: str, headers: list[tuple[bytes, bytes]]) -> None:
        parts = urlsplit(url)
        scope: dict[str, Any] = {
            "type": "websocket",
            "path": parts.path,
            "query_string": parts.query.encode(),
            "headers": headers,
            "subprotocols": [],
        }
        super().__init__(socket_application, scope)

    async def connect(self) -> bool:
        """Shake hands; say whether the server accepted."""
        await self.send_input({"type": "websocket.connect"})
        return bool((await self.receive_output(3.0))["type"] == "websocket.accept")

    async def say(self, text: str) -> None:
        """Send a message."""
        await self.send_input({"type": "websocket.receive", "text": text})

    async def disconnect(self) -> None:
        """Leave, and let the server tidy up."""
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(3.0)
