"""An operator's own checkout of somebody's scenes: what it is, under which licence, at which commit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.repo import Repo

from training.errors import TrainingFault

_LICENCE = re.compile(r"^(?:licen[cs]e|copying)(?:\.(?:txt|md|rst))?$", re.IGNORECASE)
# What a licence's own text says, and its SPDX name. An unknown text stays unknown: nothing may be made of it.
_TEXTS = (
    (r"Attribution-NonCommercial-ShareAlike 4\.0", "CC-BY-NC-SA-4.0"),
    (r"Attribution-NonCommercial 4\.0", "CC-BY-NC-4.0"),
    (r"Attribution-ShareAlike 4\.0", "CC-BY-SA-4.0"),
    (r"Attribution 4\.0 International", "CC-BY-4.0"),
    (r"Apache License\s+Version 2\.0", "Apache-2.0"),
    (r"Permission is hereby granted, free of charge", "MIT"),
)
UNKNOWN = "LicenseRef-unknown"
_HEAD_ROW = "manim_imports_ext.py"


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence file of a checkout."""

    file: str
    sha256: str
    spdx: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with scenes. `commit` is empty where the folder is no git repository."""

    root: Path
    licence: Licence
    commit: str

    def files(self) -> Iterator[Path]:
        """Its Python files, in order, without hidden folders and without what a link leads to outside."""
        for file in sorted(self.root.rglob("*.py")):
            inside = file.relative_to(self.root)
            if any(part.startswith(".") for part in inside.parts) or not file.resolve().is_relative_to(self.root):
                continue
            if file.is_file():
                yield file


def open_checkout(folder: Path) -> Checkout:
    """Look at a folder. Raises TrainingFault where there is no folder, no licence file or no scene."""
    root = folder.resolve()
    if not root.is_dir():
        raise TrainingFault(f"{folder} is not a folder.", "Give the folder of your own checkout with --checkout.")
    if not any(root.rglob("*.py")):
        raise TrainingFault(f"{folder} holds no Python file.", "Give the folder that holds the scenes.")
    return Checkout(root, _licence(root), _commit(root))


def _licence(root: Path) -> Licence:
    found = [file for file in sorted(root.iterdir()) if file.is_file() and _LICENCE.match(file.name)]
    if not found:
        raise TrainingFault(
            f"{root} has no licence file.",
            "Without one nothing may be made of these files. Check out a commit that has its LICENSE.",
        )
    data = found[0].read_bytes()
    return Licence(found[0].name, hashlib.sha256(data).hexdigest(), spdx_of(data.decode("utf-8", "replace")))


def spdx_of(words: str) -> str:
    """The SPDX name of a licence's text."""
    for pattern, name in _TEXTS:
        if re.search(pattern, words):
            return name
    return UNKNOWN


def _commit(root: Path) -> str:
    """The commit checked out here; git itself is not run."""
    try:
        with Repo.discover(str(root)) as repository:
            return repository.head().decode("ascii")
    except (NotGitRepository, KeyError):
        return ""
