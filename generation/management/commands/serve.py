"""`manage.py serve`: the site over HTTP and WebSocket."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand, CommandError

from generation.ports import require_free

LARGEST_CLIENT_MESSAGE = 4096  # bytes; pages never say anything


class Command(BaseCommand):
    help = "Serve the site. Put a proxy that speaks TLS in front of it; see docs/jobs.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="Processes that share the port.")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        try:
            require_free(host, port)
        except OSError as error:
            raise CommandError(str(error)) from error
        uvicorn.run(
            "config.asgi:application",
            host=host,
            port=port,
            workers=workers if workers > 1 else None,
            lifespan="off",
            ws_max_size=LARGEST_CLIENT_MESSAGE,
            ws_ping_interval=20.0,
            ws_ping_timeout=20.0,
            timeout_graceful_shutdown=5,
            server_header=False,
            proxy_headers=False,  # the trusted proxy count in the settings decides, not the header alone
            access_log=options["verbosity"] > 1,
            log_level="info" if options["verbosity"] > 1 else "warning",
        )
