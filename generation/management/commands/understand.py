"""`manage.py understand "..."`: what would be drawn, with nothing rendered."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from generation.engine.errors import EngineError
from generation.engine.library import catalogue
from generation.engine.types import Outcome, Understanding
from generation.engine.understanding import embedding, retrieval, understand


class Command(BaseCommand):
    help = "Say which animation a sentence asks for and how its knobs would be set. Nothing is rendered."
    requires_system_checks = ()  # reading a sentence needs neither database nor pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prompt", nargs="?", help="what to show, in your own words")
        parser.add_argument("--json", action="store_true", help="one line of JSON")
        parser.add_argument("--store-vectors", action="store_true", help="recompute the stored vectors of the library")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["store_vectors"]:
                count = embedding.store(retrieval.library_texts(catalogue.templates().values()))
                self.stdout.write(f"Stored {count} vectors.")
            elif options["prompt"] is None:
                raise CommandError("Say what to show, for example: manage.py understand 'a pendulum on the Moon'")
            else:
                self.report(understand(options["prompt"]), as_json=options["json"])
        except EngineError as error:
            raise CommandError(f"{error.fault.message} {error.fault.hint}".strip()) from error

    def report(self, understanding: Understanding, *, as_json: bool) -> None:
        """Write what was understood."""
        if as_json:
            self.stdout.write(json.dumps(asdict(understanding), ensure_ascii=False))
            return
        if understanding.outcome is Outcome.SERVED:
            templates = ", ".join(part.template or "" for part in understanding.parts or (understanding,))
            self.stdout.write(f"{understanding.title} ({templates}), confidence {understanding.confidence:.0%}")
        else:
            self.stdout.write(understanding.message)
            if understanding.rewrite:
                self.stdout.write(f"  instead: {understanding.rewrite}")
        self.stdout.write(f"  captions: {understanding.language}")
        for sentence in understanding.understood:
            self.stdout.write(f"  {sentence}")
        for choice in understanding.alternatives:
            self.stdout.write(f"  or: {choice.title} ({choice.template}), {choice.confidence:.0%}")
