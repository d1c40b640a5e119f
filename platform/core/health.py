"""Is the process alive, and can it serve? For load balancers and operators; no secrets, no traces."""

import json
import logging
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
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
    parts = _parts()
    is_ready = all(state == "ok" for state in parts.values())
    body = {"status": "ok" if is_ready else "unavailable", "parts": parts, "jail": jail_status(), "version": VERSION}
    return JsonResponse(body, status=200 if is_ready else 503)


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say the same to people: what works, how code is shut in, and what is missing."""
    parts = _parts()
    is_ready = all(state == "ok" for state in parts.values())
    jail = jail_status()
    tested = None if jail["tested"] is None else datetime.fromtimestamp(jail["tested"], tz=UTC)
    context = {"parts": parts, "is_ready": is_ready, "jail": jail, "tested": tested}
    return render(request, "health.html", context, status=200 if is_ready else 503)


def _parts() -> dict[str, str]:
    return {name: _state(check) for name, check in CHECKS.items()}


def jail_status() -> dict[str, Any]:
    """Return what the last self-test on this machine found; `level` is "unknown" before one ran.

    `missing` names the walls that do not stand, also those of a higher level than the one in use. `tested` is in
    seconds since 1970, None when unknown.
    """
    unknown: dict[str, Any] = {"level": "unknown", "passed": None, "missing": [], "tested": None}
    try:
        found = json.loads((Path(settings.RUN_DIR) / JAIL_STATUS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return unknown
    except (OSError, ValueError):
        logger.exception("The jail's status file cannot be read.")
        return unknown
    if not isinstance(found, dict):
        return unknown
    missing, tested = found.get("missing", []), found.get("tested")
    return {
        "level": str(found.get("level", "unknown")),
        "passed": found.get("passed") is True,
        "missing": [str(wall) for wall in missing] if isinstance(missing, list) else [],
        "tested": tested if isinstance(tested, int | float) else None,
    }


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
