"""`manage.py animate "Show how ..." --out DIR`: a sentence in, an mp4, a .py, captions and a poster out."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from generation import writing
from generation.engine import drafting
from generation.engine.drafting import Draft
from generation.engine.errors import EngineError
from generation.engine.served.replies import read_storyboard
from generation.engine.served.request import BOUNDS, Sampling
from generation.engine.served.writer import ServedWriter
from generation.engine.types import KnobValue, Quality, Storyboard
from generation.engine.understanding import understand
from generation.management.reporting import Reporter, exit_with, make, renderer, reporter


class Command(BaseCommand):
    help = "Make a video, its code, captions and a poster from a sentence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prompt", help="what to show, in your own words")
        parser.add_argument("--out", type=Path, default=Path(), help="folder for the files (default: this one)")
        parser.add_argument("-q", "--quality", choices=[quality.value for quality in Quality], default="l")
        parser.add_argument("--template", help="take this animation of the library instead of the best match")
        parser.add_argument("--set", action="append", default=[], metavar="KNOB=VALUE", help="turn a knob")
        parser.add_argument(
            "--writer",
            choices=[writing.LIBRARY, writing.SERVED],
            help="who writes (default: the library where it is sure, else the model where MODEL_URL is set)",
        )
        parser.add_argument("--storyboard", type=Path, help="JSON file with the scenes that the model is to write")
        for name, (low, high) in BOUNDS.items():
            kind = float if name in {"temperature", "top_p"} else int
            parser.add_argument(f"--{name.replace('_', '-')}", type=kind, help=f"for the model: {low:g} to {high:g}")
        parser.add_argument("--json", action="store_true", help="report as JSON lines")

    def handle(self, *args: Any, **options: Any) -> None:
        values = dict(parse_setting(text) for text in options["set"])
        with reporter(as_json=options["json"]) as tell:
            try:
                if options["template"]:
                    draft = drafting.draft_template(options["template"], values)
                elif is_for_the_model(options["prompt"], options["writer"]):
                    draft = written(options, tell)
                else:
                    draft = drafting.draft(options["prompt"])
                    if values:
                        draft = drafting.redraft(
                            draft.source, draft.storyboard, values, title=draft.title, template=draft.template
                        )
                if draft.understanding:
                    tell.understood(draft.understanding)
                make(draft, quality=Quality(options["quality"]), out=options["out"], tell=tell)
            except EngineError as error:
                exit_with(error, tell)


def is_for_the_model(prompt: str, writer: str | None) -> bool:
    """Whether the model writes. Raises NotServed for prompts that no writer may take, CommandError without a model."""
    if writer == writing.SERVED:
        if not writing.is_offered():
            raise CommandError("No model is set up. Set MODEL_URL to the address of an OpenAI-compatible server.")
        writing.require_may_write(understand(prompt))
        return True
    return writer is None and writing.is_offered() and writing.leave_to_the_model(understand(prompt))


def written(options: dict[str, Any], tell: Reporter) -> Draft:
    """Let the model write. Raises EngineError and CommandError."""
    chosen = {name: options[name] for name in BOUNDS if options[name] is not None}
    storyboard = _storyboard(options["storyboard"]) if options["storyboard"] else None
    with renderer() as drawing:
        found = ServedWriter(writing.client(), drawing.check).write(
            options["prompt"], storyboard=storyboard, sampling=Sampling(**chosen), on_attempt=tell.attempt
        )
    return found.draft


def _storyboard(file: Path) -> Storyboard:
    try:
        return read_storyboard(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read as JSON: {error}.") from error


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
