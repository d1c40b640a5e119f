"""Check a Python file against the code policy."""

from __future__ import annotations

import json
import os
import stat
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from generation.engine.policy import MOST_BYTES, Verdict, check


class Command(BaseCommand):
    help = "Tell whether a scene's code passes the policy (check FILE). The file is never run."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        act = acts.add_parser("check", help="check one file")
        act.add_argument("file", type=Path)
        act.add_argument("--json", action="store_true", help="one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = _verdict(options["file"])
        if options["json"]:
            self.stdout.write(json.dumps(asdict(verdict)))
        else:
            place = f"line {verdict.line}: " if verdict.line else ""
            self.stdout.write("allowed" if verdict.allowed else f"refused ({verdict.rule}) {place}{verdict.message}")
        sys.exit(0 if verdict.allowed else 1)


def _verdict(path: Path) -> Verdict:
    """The policy's answer on a file; what can't be read is refused as well."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return Verdict(False, "unreadable", None, f"{path} is not a plain file.")
            return check(file.read(MOST_BYTES + 1))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return Verdict(False, "unreadable", None, f"The file {path} can't be read: {why}.")
