"""`manage.py training promote`: the version of a model that its name means from now on."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from training.models import ModelArtifact
from training.registry import NotServable
from training.tune import registering

HELP = "Make a version of a model the one that is served under its name."


def add_arguments(parser: ArgumentParser) -> None:
    """Read which version."""
    parser.add_argument("name")
    parser.add_argument("--version", dest="number", type=int, required=True)


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Promote."""
    try:
        made = registering.promote(options["name"], options["number"])
    except NotServable as error:
        raise CommandError(str(error)) from error
    tell(made, screen)


def tell(made: list[ModelArtifact], screen: OutputWrapper) -> None:
    """Say what is served, and what its server needs to know."""
    for each in made:
        screen.write(f"{each} is promoted.")
        if each.kind == ModelArtifact.Kind.ADAPTER:
            screen.write(
                f"  vLLM: --lora-modules '{registering.vllm_module(each)}', then restart it (docs/operations.md)"
            )
        elif each.kind == ModelArtifact.Kind.GGUF_ADAPTER:
            screen.write("  The local model takes it when it is started again: manage.py models serve")
