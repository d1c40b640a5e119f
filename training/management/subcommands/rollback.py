"""`manage.py training rollback`: back to the version before."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from training.management.subcommands.promote import tell
from training.registry import NotServable
from training.tune import registering

HELP = "Go back to the version of a model before the promoted one."


def add_arguments(parser: ArgumentParser) -> None:
    """Read which model."""
    parser.add_argument("name")


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Roll back."""
    try:
        made = registering.roll_back(options["name"])
    except NotServable as error:
        raise CommandError(str(error)) from error
    tell(made, screen)
