"""`manage.py animate "Show how ..." --out DIR`: a sentence in, an mp4, a .py, captions and a poster out."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from generation.engine import pipeline
from generation.engine.errors import EngineError
from generation.engine.types import KnobValue, Quality
from generation.management.reporting import exit_with, make, reporter


class Command(BaseCommand):
    help = "Make a video, its code, captions and a poster from a sentence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prompt", help="what to show, in your own words")
        parser.add_argument("--out", type=Path, default=Path(), help="folder for the files (default: this one)")
        parser.add_argument("-q", "--quality", choices=[quality.value for quality in Quality], default="l")
        parser.add_argument("--template", help="take this animation of the library instead of the best match")
        parser.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob")
        parser.add_argument("--json", action="store_true", help="report as JSON lines")

    def handle(self, *args: Any, **options: Any) -> None:
        values = dict(parse_setting(text) for text in options["set"])
        with reporter(as_json=options["json"]) as tell:
            try:
                if options["template"]:
                    draft = pipeline.draft_template(options["template"], values)
                else:
                    draft = pipeline.draft(options["prompt"])
                    if values:
                        draft = pipeline.redraft(
                            draft.source, draft.storyboard, values, title=draft.title, template=draft.template
                        )
                if draft.understanding:
                    tell.understood(draft.understanding)
                make(draft, quality=Quality(options["quality"]), out=options["out"], tell=tell)
            except EngineError as error:
                exit_with(error, tell)


def parse_setting(text: str) -> tuple[str, KnobValue]:
    """Read KNOB=VALUE; the value is JSON where it can be, else plain text. Raises CommandError."""
    name, sign, raw = text.partition("=")
    if not sign or not name.strip():
        raise CommandError(f"--set takes KNOB=VALUE; {text!r} has no name or no value.")
    try:
        value: KnobValue = json.loads(raw)
    except ValueError:
        value = raw
    return name.strip(), value
