"""A file of one JSON object a line that grows: whoever is killed while writing it goes on where it stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from training.errors import TrainingFault


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file; a last line that was cut is left out. Raises TrainingFault for a line that is no row."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
            except ValueError:
                if not line.endswith("\n"):
                    return
                raise TrainingFault(
                    f"Line {number} of {path} can't be read.", "The file was damaged. Make it anew."
                ) from None
            if not isinstance(row, dict):
                raise TrainingFault(f"Line {number} of {path} is no row.", "Is it the right file?")
            yield row


class Journal:
    """A file that rows are added to. Each row is on the disk before the next."""

    def __init__(self, path: Path, head: Mapping[str, Any]) -> None:
        """Take up the rows that are there, if they are of the same kind; else begin anew, with the head first."""
        self.path = path
        self.rows: list[dict[str, Any]] = []
        path.parent.mkdir(parents=True, exist_ok=True)
        found = list(rows(path)) if path.exists() else []
        if found and found[0] == dict(head):
            self.rows = found[1:]
        fresh = path.with_name(f".{path.name}.new")
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            for row in (head, *self.rows):
                file.write(f"{json.dumps(row, ensure_ascii=False)}\n")
        fresh.replace(path)
        self._file = path.open("a", encoding="utf-8", newline="\n")

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, *new: Mapping[str, Any]) -> None:
        """Keep rows, all of them or none."""
        self._file.write("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in new))
        self._file.flush()
        os.fsync(self._file.fileno())
        self.rows += [dict(row) for row in new]
