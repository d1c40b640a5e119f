"""The real check of a scene, asked once for each code: the jail's answer is kept by content, so that a build which was
killed goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from generation.engine.render.client import ENGINE
from generation.engine.served.faultfinding import DryRun
from generation.engine.types import CheckReport, Fault, LayoutFault


class Kept:
    """A dry run whose answers are kept in a file. Safe in threads; every answer is on disk once it is given."""

    def __init__(self, file: Path, dry_run: DryRun) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._dry_run = dry_run
        self._lock = threading.Lock()
        self._store = sqlite3.connect(file, check_same_thread=False, isolation_level=None, timeout=30)
        self._store.execute("PRAGMA journal_mode=WAL")
        self._store.execute("CREATE TABLE IF NOT EXISTS reports (digest TEXT PRIMARY KEY, report TEXT NOT NULL)")
        self._store.execute("CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, text TEXT NOT NULL)")
        self._version = fingerprint()
        self.asked = self.ran = 0

    def __call__(self, code: str, scene: str) -> CheckReport:
        """The report on a scene. Raises EngineFault when our side fails; nothing is kept of that."""
        digest = hashlib.sha256("\0".join((self._version, scene, code)).encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            self.asked += 1
            found = self._store.execute("SELECT report FROM reports WHERE digest = ?", (digest,)).fetchone()
        if found:
            return _report(json.loads(found[0]))
        report = self._dry_run(code, scene)
        if report.fault is not None and report.fault.code == "timeout":
            report = self._dry_run(code, scene)  # the first time may say more of how busy the machine was
        kept = {"scene": scene, "plays": list(report.plays), "frames": report.frames}
        kept["layout"] = [asdict(each) for each in report.layout]
        kept["fault"] = asdict(report.fault) if report.fault else None
        with self._lock:
            self.ran += 1
            self._store.execute("INSERT OR IGNORE INTO reports VALUES (?, ?)", (digest, json.dumps(kept)))
        return report

    def reply(self, key: str, ask: Callable[[], str]) -> str:
        """A model's answer, asked for once. Raises what `ask` raises."""
        with self._lock:
            found = self._store.execute("SELECT text FROM replies WHERE key = ?", (key,)).fetchone()
        if found:
            return str(found[0])
        text = ask()
        with self._lock:
            self._store.execute("INSERT OR IGNORE INTO replies VALUES (?, ?)", (key, text))
        return text

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()


def fingerprint() -> str:
    """Names what a dry run depends on: the renderer, the kit and the index of the installed Manim."""
    digest = hashlib.sha256()
    for folder in ("render", "kit", "apiindex"):
        for path in sorted((ENGINE / folder).glob("*.*")):
            if path.suffix in {".py", ".json"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _report(kept: Mapping[str, Any]) -> CheckReport:
    layout = tuple(LayoutFault(**each) for each in kept["layout"])
    fault = Fault(**kept["fault"]) if kept["fault"] else None
    return CheckReport(
        scene=kept["scene"], plays=tuple(kept["plays"]), frames=kept["frames"], layout=layout, fault=fault
    )
