"""`manage.py training build --out DIR`: the commercial lane, built and verified on this machine."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import OutputWrapper
from django.db import DatabaseError

from generation.engine.render.client import Renderer
from generation.engine.served.client import ModelClient
from generation.engine.served.request import Endpoint
from training import services
from training.dataset import heldout, suites, tokens
from training.dataset.build import Built, build
from training.dataset.candidates import Candidate
from training.dataset.proving import Kept
from training.dataset.sources import endpoint, feedback, library, manim, sketches
from training.errors import TrainingFault

HELP = "Build the dataset of the commercial lane from what is installed: rows verified, thinned out, split, written."
SOURCES = ("library", "manim", "sketches")


def add_arguments(parser: ArgumentParser) -> None:
    """What the operator may choose."""
    parser.add_argument("--out", type=Path, required=True, help="folder for the shards, the manifest and the card")
    parser.add_argument("--cache", type=Path, help="where checks are kept between builds (default: the data folder)")
    parser.add_argument("--sources", default=",".join(SOURCES), help=f"some of {','.join(SOURCES)} (default: all)")
    parser.add_argument("--only", default="", help="some animations of the library by name, for a small build")
    parser.add_argument("--sketches", type=int, default=sketches.SKETCHES, help="sketches of each family")
    parser.add_argument("--jobs", type=int, default=max(1, len(os.sched_getaffinity(0))), help="checks at a time")
    parser.add_argument("--tokenizer", type=Path, help="a tokenizer.json to count tokens with, else an estimate")
    parser.add_argument("--endpoint", default="", help="URL of a model to sample answers from (ends in /v1)")
    parser.add_argument("--endpoint-model", default="base", help="the model's name there")
    parser.add_argument(
        "--endpoint-licence", default="", help="SPDX licence of that model; without it rows are blocked"
    )
    parser.add_argument("--samples", type=int, default=4, help="answers of each request to that model")
    parser.add_argument("--requests", type=int, default=500, help="requests to that model")
    parser.add_argument("--feedback", action="store_true", help="take in what people who consented gave")
    parser.add_argument("--no-register", action="store_true", help="write the files only, nothing into the database")


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    """Build, tell the counts, register."""
    unknown = set(options["sources"].split(",")) - {*SOURCES, ""}
    if unknown:
        raise TrainingFault(
            f"There is no source called {', '.join(sorted(unknown))}.", f"There are: {', '.join(SOURCES)}."
        )
    try:
        counter = tokens.counter(options["tokenizer"])
    except (OSError, ValueError) as error:
        raise TrainingFault(f"The tokenizer cannot be read: {error}", "Name a tokenizer.json, or none.") from error
    prompts = suites.evaluation_prompts(Path(settings.ROOT))
    cache = options["cache"] or Path(settings.DATA_DIR) / "training" / "checks.sqlite3"
    renderer = Renderer(Path(settings.RUN_DIR))
    kept = Kept(cache, renderer.check)
    try:
        built = build(
            _candidates(options, kept),
            kept,
            prompts,
            heldout.held_out(),
            counter,
            options["out"],
            jobs=options["jobs"],
            on_progress=_Progress(screen),
        )
    finally:
        kept.close()
        renderer.close()
    _tell(built, kept, screen)
    if not options["no_register"]:
        _register(built, screen)


def _candidates(options: Mapping[str, Any], kept: Kept) -> Iterator[Candidate]:
    """What is best comes first: of two rows nearly the same the first one stays."""
    chosen = options["sources"].split(",")
    if "library" in chosen:
        yield from library.candidates(library.origin(), frozenset(filter(None, options["only"].split(","))))
    if "manim" in chosen:
        yield from manim.candidates(manim.origin())
    if "sketches" in chosen:
        yield from sketches.candidates(sketches.origin(), options["sketches"])
    if options["feedback"]:
        yield from feedback.candidates(services.given_feedback())
    if options["endpoint"]:
        server = Endpoint(options["endpoint"], options["endpoint_model"], key=os.environ.get("MODEL_KEY", ""))
        asked = endpoint.Asked(options["endpoint_model"], options["endpoint_licence"], options["samples"])
        requests = endpoint.requests(options["requests"], heldout.held_out())
        yield from endpoint.candidates(ModelClient([server]), asked, requests, kept)


class _Progress:
    """One line that is written over, on a terminal; else a line now and then."""

    def __init__(self, screen: OutputWrapper) -> None:
        self._screen = screen
        self._step, self._told = "", 0

    def __call__(self, step: str, done: int, of: int) -> None:
        """Tell how far a step is."""
        text = f"{step}: {done:,}" + (f" of {of:,}" if of else "")
        if self._screen.isatty():
            self._screen.write(f"\r{text:<60}", ending="")
        elif step != self._step or done >= self._told + 500:
            self._screen.write(text)
            self._told = done
        self._step = step
        self._screen.flush()


def _tell(built: Built, kept: Kept, screen: OutputWrapper) -> None:
    found = built.manifest
    screen.write("")
    screen.write(json.dumps(built.report.counts(), indent=1))
    for step, seconds in built.report.seconds.items():
        screen.write(f"{step}: {seconds:.0f} s")
    screen.write(f"checks asked: {kept.asked:,}, run in the jail now: {kept.ran:,}")
    screen.write(
        f"{found['rows']:,} rows, {found['tokens']:,} tokens ({found['answer_tokens']:,} in answers), "
        f"lane {found['lane']}, {built.sha256}"
    )
    screen.write(f"Written to {built.folder}; read {built.folder / 'CARD.md'}.")


def _register(built: Built, screen: OutputWrapper) -> None:
    try:
        dataset = services.register_dataset(built.folder)
    except DatabaseError as error:
        raise TrainingFault(
            f"The dataset is built, and the database did not take it: {error}.",
            "Run manage.py migrate, then the same command again: nothing is checked twice.",
        ) from error
    screen.write(f"Registered as {dataset}.")
