"""`manage.py housekeeping`: do now what workers do every so often; for a site whose workers are away, and for tests."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import housekeeping


class Command(BaseCommand):
    help = "Seal the audit trail, make exports, purge accounts and remove what is over its time, once and now."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [path for path in settings.HOUSEKEEPING if not housekeeping.run(path)]
        if failed:
            raise CommandError(f"These failed, see the log: {', '.join(failed)}.")
