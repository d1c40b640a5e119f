"""`manage.py retention`: the rules of how long things are kept; `--write` renews their table in the docs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core import retention

HEAD = """\
# How long things are kept

Workers keep to this table every hour (`core.retention`); `manage.py housekeeping` does it at once. A site may set other
days in `RETENTION_DAYS`. What is not in the table stays as long as the account, project or lesson it belongs to. The
table is written by `manage.py retention --write`, and a test compares the two.
"""


class Command(BaseCommand):
    help = "Print how long things are kept, with the days of this site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="Renew docs/privacy/retention.md.")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        if write:
            page = Path(settings.ROOT) / "docs" / "privacy" / "retention.md"
            page.write_text("\n".join([HEAD, *retention.table()]) + "\n", encoding="utf-8")
            return
        for rule in retention.rules():
            self.stdout.write(f"{rule.name:20} {rule.kept_days:5} days  {rule.what}")
