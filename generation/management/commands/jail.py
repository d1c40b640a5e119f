"""Operate the jail: test it, or run one Python file in it with the code policy off."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from generation.engine.errors import EngineError
from generation.engine.jail import JailRun, run_file, selftest
from generation.engine.limits import Limits

_WALL_SECONDS, _CPU_SECONDS, _MEMORY_MIB = 60.0, 30, 2048


class Command(BaseCommand):
    help = "Test the jail (selftest) or run a Python file in it (run FILE)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        test = acts.add_parser("selftest", help="try every wall for real")
        test.add_argument("--json", action="store_true")
        run = acts.add_parser("run", help="run a Python file with the code policy off")
        run.add_argument("file", type=Path)
        run.add_argument("--json", action="store_true", help="one line of JSON")
        run.add_argument("--wall", type=float, default=_WALL_SECONDS, metavar="SECONDS")
        run.add_argument("--cpu", type=int, default=_CPU_SECONDS, metavar="SECONDS")
        run.add_argument("--memory", type=int, default=_MEMORY_MIB, metavar="MIB")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "selftest":
            self._selftest(as_json=options["json"])
        else:
            self._run(options)

    def _selftest(self, *, as_json: bool) -> None:
        result = selftest()
        if as_json:
            self.stdout.write(json.dumps(asdict(result)))
        else:
            for check in result.checks:
                self.stdout.write(f"{'ok  ' if check.passed else 'FAIL'} {check.name}  {check.found}".rstrip())
            self.stdout.write(f"level: {result.level or 'none, nothing untrusted will run'} ({result.seconds:.2f} s)")
        sys.exit(0 if result.passed else 1)

    def _run(self, options: dict[str, Any]) -> None:
        limits = Limits(wall_seconds=options["wall"], cpu_seconds=options["cpu"], memory_bytes=options["memory"] << 20)
        try:
            outcome = asdict(run_file(options["file"], limits))
        except EngineError as error:
            outcome = {
                **asdict(JailRun(None, error.fault.code, None, 0.0, "", "", ())),
                "message": error.fault.message,
            }
        if options["json"]:
            self.stdout.write(json.dumps(outcome))
        else:
            self.stdout.write(outcome["stdout"], ending="")
            self.stderr.write(outcome["stderr"], ending="")
            self.stderr.write(outcome.get("message", f"{outcome['reason']} ({outcome['exit_code']})"))
        sys.exit(0 if outcome["reason"] == "exited" and outcome["exit_code"] == 0 else 1)
