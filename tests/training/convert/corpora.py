"""The miniature ManimGL files of our own, as checkouts, and what they must come to."""

from __future__ import annotations

import shutil
from pathlib import Path

FILES = Path(__file__).resolve().parents[1] / "manimgl"
LICENCE = "Permission is hereby granted, free of charge, to any person obtaining a copy\n"
# `tuned` helped to write the rules; `held_out` was written before them, `later` after them.
CORPORA = ("tuned", "held_out", "later")


def checkout(folder: Path, *names: str) -> Path:
    """A folder with some of the files and a licence."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or CORPORA:
        shutil.copytree(FILES / name, folder / name)
    (folder / "LICENSE").write_text(LICENCE, encoding="utf-8")
    return folder
