"""The parts of `manage.py training`: a module here is a subcommand, called by the module's name.

A module holds `HELP` (one line), `add_arguments(parser)` and `run(options, screen)`. It writes to `screen` and raises
TrainingFault or CommandError for what the operator has to mend. Modules whose name starts with an underscore are left
out; an underscore inside a name is a dash on the command line.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any, Protocol, cast

from django.core.management.base import OutputWrapper


class Subcommand(Protocol):
    """What a module of this package holds."""

    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, options: Mapping[str, Any], screen: OutputWrapper) -> None: ...


@functools.cache
def names() -> tuple[str, ...]:
    """The subcommands there are, in order of the alphabet, as they are typed."""
    found = (each.name for each in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if not name.startswith("_")))


def load(name: str) -> Subcommand:
    """The module of one subcommand, loaded when it is asked for."""
    return cast(Subcommand, importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))
