"""`manage.py training export`: the trained adapter for its servers, whole models, and the card."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from training.tune import exporting, runs
from training.tune.folder import RunFolder

HELP = "Write a trained adapter as PEFT, GGUF or merged model, with its card."


def add_arguments(parser: ArgumentParser) -> None:
    """Read which run and formats."""
    parser.add_argument("folder", type=Path, help="the run's folder")
    parser.add_argument(
        "--formats",
        default=f"{exporting.PEFT},{exporting.GGUF}",
        help=f"one or more of {', '.join(exporting.FORMATS)}, with commas",
    )


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Export."""
    formats = [each.strip() for each in options["formats"].split(",") if each.strip()]
    unknown = [each for each in formats if each not in exporting.FORMATS]
    if unknown or not formats:
        raise CommandError(f"Formats are {', '.join(exporting.FORMATS)}; not {', '.join(unknown) or 'none'}.")
    folder = RunFolder(options["folder"])
    python = runs.python_for(folder.read_order().recipe)
    for name, path in exporting.export(folder, formats, python).items():
        screen.write(f"{name:10} {path}")
    screen.write(f"{'card':10} {folder.path / exporting.CARD}")
