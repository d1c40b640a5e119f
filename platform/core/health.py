"""Is the process alive, and can it serve? For load balancers and operators; no secrets, no traces."""

import json
import logging
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis

from core import VERSION

logger = logging.getLogger(__name__)
JAIL_STATUS_FILE = "jail.json"  # a worker writes it into RUN_DIR after its self-test
REDIS_TIMEOUT_SECONDS = 2.0


class NotReady(Exception):
    """A part this process needs is not there. The message is safe to show."""


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process answers at all."""
    return JsonResponse({"status": "ok", "version": VERSION})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is there, else 503 naming the part. The jail's level is told, not judged."""
    parts = {name: _state(check) for name, check in CHECKS.items()}
    is_ready = all(state == "ok" for state in parts.values())
    body = {"status": "ok" if is_ready else "unavailable", "parts": parts, "jail": jail_status(), "version": VERSION}
    return JsonResponse(body, status=200 if is_ready else 503)


def jail_status() -> dict[str, Any]:
    """Return what the last self-test on this machine found; `level` is "unknown" before one ran."""
    unknown: dict[str, Any] = {"level": "unknown", "passed": None}
    try:
        found = json.loads((Path(settings.RUN_DIR) / JAIL_STATUS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return unknown
    except (OSError, ValueError):
        logger.exception("The jail's status file cannot be read.")
        return unknown
    if not isinstance(found, dict):
        return unknown
    return {"level": str(found.get("level", "unknown")), "passed": found.get("passed") is True}


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as lack:
        return str(lack)
    except Exception:
        logger.exception("Health check %s failed.", check.__name__)
        return "unavailable"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    if not _are_migrations_applied():
        _are_migrations_applied.cache_clear()  # they may be applied while we run
        raise NotReady("migrations are missing")


@cache
def _are_migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _broker() -> None:
    if settings.REDIS_URL:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=REDIS_TIMEOUT_SECONDS) as redis:
            redis.ping()
        return
    folder = Path(settings.BROKER_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "migrations": _migrations, "broker": _broker}
