"""`manage.py render FILE.py --out DIR`: policy, jail and render of a file somebody wrote."""

from __future__ import annotations

import dataclasses
import os
import stat
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from generation.engine import drafting
from generation.engine.errors import EngineError, RequestFault
from generation.engine.types import Fault, Quality, Storyboard
from generation.management.reporting import exit_with, make, reporter

# The policy refuses longer files anyway; this keeps a huge one from being read at all.
MAX_FILE_BYTES = 1 << 20


class Command(BaseCommand):
    help = "Render a Manim file: the code policy first, then the jail. Nothing runs outside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--scene", help="only this scene (default: all, in order)")
        parser.add_argument("-q", "--quality", choices=[quality.value for quality in Quality], default="l")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--json", action="store_true", help="report as JSON lines")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with reporter(as_json=options["json"]) as tell:
            try:
                draft = drafting.draft_source(read_source(path), title=path.stem)
                if options["scene"]:
                    draft = only(draft, options["scene"])
                make(draft, quality=Quality(options["quality"]), out=options["out"], tell=tell)
            except EngineError as error:
                exit_with(error, tell)


def read_source(path: Path) -> str:
    """Return the file's text. Raises RequestFault where it is missing, no plain file, too large or not UTF-8."""
    try:
        # A pipe without a writer would hold up a plain open.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise RequestFault(Fault("no_file", f"{path} is not a plain file."))
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise RequestFault(Fault("too_long", f"{path.name} is too long.", hint="Keep the code under 64 KB."))
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise RequestFault(Fault("not_text", f"{path.name} is not UTF-8 text.", hint="Save it as UTF-8.")) from None
    except OSError as error:
        raise RequestFault(Fault("no_file", f"{path} cannot be read: {error.strerror}.")) from None


def only(draft: drafting.Draft, scene: str) -> drafting.Draft:
    """Keep one scene of a draft. Raises RequestFault where it has no such scene."""
    cards = tuple(card for card in draft.storyboard.scenes if card.name == scene)
    if not cards:
        names = ", ".join(card.name for card in draft.storyboard.scenes)
        raise RequestFault(Fault("no_scene", f"There is no scene called {scene}.", hint=f"The file has: {names}."))
    return dataclasses.replace(draft, storyboard=Storyboard(draft.title, cards))
