"""`manage.py training plan`: what a run will take, without a GPU."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from training.tune import planning, recipe, rows

HELP = "What a run will take: tokens, packing, steps, memory, time. Needs no GPU. Without a recipe: lists them."


def add_arguments(parser: ArgumentParser) -> None:
    """Read which recipe and dataset."""
    parser.add_argument("recipe", nargs="?", help="a recipe's name, or a .toml file")
    parser.add_argument("--dataset", type=Path, help="a folder that `training build` wrote")
    parser.add_argument("--tokenizer", type=Path, help="the base model's folder or tokenizer.json, to count exactly")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Print the plan, or the recipes."""
    if not options["recipe"]:
        for name in recipe.names():
            screen.write(f"{name:28} {recipe.load(name).title}")
        return
    if not options["dataset"]:
        raise CommandError("Say which dataset with --dataset.")
    chosen = recipe.load(options["recipe"])
    count = planning.tokenizer_in(options["tokenizer"]) if options["tokenizer"] else None
    found = planning.plan(chosen, rows.open_dataset(options["dataset"]), count)
    if options["json"]:
        screen.write(json.dumps(asdict(found)))
        return
    for line in planning.words(found):
        screen.write(line)
