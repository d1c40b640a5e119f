"""`manage.py scorecard`: what a writer makes of a suite of prompts, in numbers; or two such runs compared."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from generation.engine.errors import EngineError
from generation.engine.library import catalogue
from generation.engine.render.client import Renderer
from generation.engine.scorecard import comparing, page, report, suite
from generation.engine.scorecard.measuring import Bench, Write, from_library
from generation.engine.scorecard.rows import Row

WRITERS: Mapping[str, Write] = MappingProxyType({"library": from_library})


class Command(BaseCommand):
    help = "Measure a writer on a suite of prompts, or compare two such runs."
    requires_system_checks = ()  # neither database nor pages are needed

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--writer", default="library", help=f"who writes: {', '.join(WRITERS)}")
        parser.add_argument("--suite", default="classroom", help=f"which prompts: {', '.join(suite.names())}")
        parser.add_argument("--seeds", type=int, default=1, help="how often each prompt is written")
        parser.add_argument("--each", type=int, metavar="N", help="only the first N prompts of each subject")
        parser.add_argument("--render", action="store_true", help="render at 480p instead of checking only")
        parser.add_argument("--out", type=Path, default=Path(settings.DATA_DIR) / "scorecard", help="folder for files")
        parser.add_argument("--compare", nargs=2, type=Path, metavar="JSON", help="two runs to compare")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["compare"]:
                self.compare(*options["compare"])
            else:
                self.measure(options)
        except EngineError as error:
            place = f" (line {error.fault.line})" if error.fault.line else ""
            raise CommandError(f"{error.fault.message}{place} {error.fault.hint}".strip()) from error

    def measure(self, options: dict[str, Any]) -> None:
        """Run the suite and write JSON and HTML."""
        write = WRITERS.get(options["writer"])
        if write is None:
            raise CommandError(f"There is no writer called {options['writer']}. Choose one of: {', '.join(WRITERS)}.")
        for option in ("seeds", "each"):
            if options[option] is not None and options[option] < 1:
                raise CommandError(f"--{option} must be 1 or more.")
        prompts, name = suite.load(options["suite"]), options["suite"]
        if options["each"] is not None:
            prompts = suite.first_of_each_subject(prompts, options["each"])
            name = f"{name}-{options['each']}-each"
        out: Path = options["out"]
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{out} cannot be made: {error.strerror}. Choose another folder with --out.") from error
        rows = self.run(write, prompts, options)
        versions = {"Manim": version("manim"), "templates": str(len(catalogue.templates()))}
        made = report.Report(name, options["writer"], options["seeds"], options["render"], versions, rows)
        stem = out / f"{made.writer}-{made.suite}"
        report.write(made, stem.with_suffix(".json"))
        stem.with_suffix(".html").write_text(page.page(made), encoding="utf-8")
        self.tell(made)
        self.stdout.write(f"{stem.with_suffix('.json')}\n{stem.with_suffix('.html')}")

    def run(self, write: Write, prompts: tuple[suite.Prompt, ...], options: dict[str, Any]) -> tuple[Row, ...]:
        """Measure every prompt, with a bar on standard error."""
        renderer = Renderer(Path(settings.RUN_DIR))
        bench = Bench(write, renderer, render=options["render"])
        try:
            return tuple(
                track(
                    bench.run(prompts, seeds=options["seeds"]),
                    total=len(prompts) * options["seeds"],
                    description="Prompts",
                    console=Console(stderr=True),
                    transient=True,
                )
            )
        finally:
            renderer.close()

    def tell(self, made: report.Report) -> None:
        """Write the rates and what missed a mark."""
        summary = made.summary
        for each in report.MEASURES:
            self.stdout.write(f"{each.title:45} {page.rate_words(summary.rates[each.name])}")
        self.stdout.write(f"{'layout faults':45} {summary.layout_faults}, of them off the frame {summary.off_frame}")
        self.stdout.write(f"{'tokens':45} {summary.tokens}")
        self.stdout.write(f"{'seconds to first frame':45} {page.spread_words(summary.first_frame)}")
        self.stdout.write(f"{'seconds to video':45} {page.spread_words(summary.video)}")
        self.stdout.write(f"{'failures of provider or machine':45} {summary.trouble}")

    def compare(self, first: Path, second: Path) -> None:
        """Write which prompts came out differently."""
        found = comparing.compare(report.read(first), report.read(second))
        for change in found.changes:
            self.stdout.write(f"{change.prompt}" + (f" (seed {change.seed})" if change.seed else ""))
            for line in change.what:
                self.stdout.write(f"  {line}")
        for path, prompts in ((first, found.only_first), (second, found.only_second)):
            for prompt in prompts:
                self.stdout.write(f"only in {path.name}: {prompt}")
        self.stdout.write(f"{len(found.changes)} changed, {found.same} as before.")
