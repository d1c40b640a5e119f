"""The rows of a run as they come, so that a run that is killed goes on where it stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from generation.engine.errors import RequestFault
from generation.engine.scorecard import rows as rows_of
from generation.engine.scorecard.rows import Row
from generation.engine.types import Fault

Head = Mapping[str, Any]  # what must be the same for rows to belong to one run


class Journal:
    """A file of one JSON object a line: the run's head, then its rows. Each row is on the disk before the next."""

    def __init__(self, path: Path, head: Head, *, resume: bool) -> None:
        """Begin anew, or take up the rows that are there. Raises RequestFault where they are of another run."""
        self._path = path
        self.rows = self._read(head) if resume and path.exists() else []
        kept = [json.dumps(head), *(json.dumps(asdict(row)) for row in self.rows)]
        fresh = path.with_suffix(".new")
        fresh.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
        fresh.replace(path)
        self._file = path.open("a", encoding="utf-8")

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, row: Row) -> None:
        """Keep a row."""
        self.rows.append(row)
        self._file.write(f"{json.dumps(asdict(row))}\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def remove(self) -> None:
        """The run is over and kept elsewhere."""
        self._path.unlink()

    def _read(self, head: Head) -> list[Row]:
        """The rows measured so far. A line that was cut, and what failed beside the writer, is measured again."""
        first, *lines = self._path.read_text(encoding="utf-8").split("\n")
        found = _json(first)
        if found != head:
            differing = ", ".join(name for name in head if (found or {}).get(name) != head[name])
            raise RequestFault(
                Fault(
                    "other_run",
                    f"{self._path} holds another run ({differing}).",
                    hint="Take the same options as then, or begin anew without --resume.",
                )
            )
        rows = [rows_of.row(data) for line in lines if (data := _json(line)) is not None]
        return [row for row in rows if row.judged]


def _json(line: str) -> dict[str, Any] | None:
    """The object of a line, None for a line that was cut when the run was killed."""
    try:
        data = json.loads(line)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
