"""`manage.py training register`: an exported adapter becomes a model that may be served."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper

from training.tune import registering
from training.tune.folder import RunFolder

HELP = "Register what was exported of a run as the next version of a model."


def add_arguments(parser: ArgumentParser) -> None:
    """Read which run, and the model's name."""
    parser.add_argument("folder", type=Path, help="the run's folder")
    parser.add_argument("--name", default="manim", help="the name that requests carry")


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Register."""
    for each in registering.register(RunFolder(options["folder"]), options["name"]):
        screen.write(f"{each}  lane {each.lane}  {each.path}")
