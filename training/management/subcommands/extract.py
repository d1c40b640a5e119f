"""`manage.py training extract`: scenes out of an operator's own checkout."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import Progress

from training.extract import tokens
from training.extract.checkout import UNKNOWN, open_checkout
from training.extract.corpus import Summary, extract

HELP = "take the scenes out of your own checkout of somebody's videos; it is only read"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--checkout", type=Path, required=True, metavar="DIR", help="the folder; must have its licence file"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="JSON lines; the same command again goes on"
    )


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    checkout = open_checkout(options["checkout"])
    screen.write(f"{checkout.root}, commit {checkout.commit or 'unknown'}, licence {checkout.licence.spdx}.")
    if checkout.licence.spdx == UNKNOWN:
        screen.write("The licence is not one that is known here: rows made from this stay blocked.")
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Files", total=None)
        found = extract(checkout, options["out"], lambda done, of: bar.update(task, completed=done, total=of))
    _tell(found, screen)
    screen.write(str(options["out"]))


def _tell(found: Summary, screen: OutputWrapper) -> None:
    screen.write(f"{found.files} files, {found.scenes} scenes, {found.convertible} of them stand on their own.")
    screen.write(f"{found.tokens:,} tokens in those ({tokens.VOCABULARY}).")
    for name, count in sorted(found.by_generation.items()):
        screen.write(f"  {name:18} {count}")
    for name, count in found.by_blocker.items():
        screen.write(f"  blocked by {name:18} {count}")
