"""`manage.py training preferences`: pairs of scenes, one kept and one not, for the DPO recipes."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper

from training.feedback import pairs

HELP = "Write the preferences of people whose consent holds today as a dataset."


def add_arguments(parser: ArgumentParser) -> None:
    """Read where to."""
    parser.add_argument("--out", type=Path, required=True, help="the dataset's folder")


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Write them."""
    screen.write(f"{pairs.write(options['out'])} pairs in {options['out']}")
