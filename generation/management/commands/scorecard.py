"""`manage.py scorecard`: what a writer makes of a suite of prompts, in numbers; or two such runs compared."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from generation import writing
from generation.engine import pipeline
from generation.engine.errors import EngineError
from generation.engine.library import catalogue
from generation.engine.render.client import Renderer
from generation.engine.scorecard import comparing, page, report, suite
from generation.engine.scorecard.journal import Journal
from generation.engine.scorecard.measuring import Bench
from generation.engine.scorecard.rows import Row
from generation.engine.scorecard.suite import Prompt
from generation.engine.scorecard.writers import ModelWriter, Write, from_library
from generation.engine.served.client import ModelClient
from generation.engine.served.request import Endpoint, Patience
from generation.engine.understanding import understand

LIBRARY, SERVED, LOCAL = WRITERS = ("library", "served", "local")
# A model on a laptop reads a prompt for a minute before its first word.
PATIENCE = {SERVED: Patience(), LOCAL: Patience(first_token_seconds=180.0, total_seconds=900.0)}
MOST_TROUBLE = 5  # failures in a row: then the server is away, and no prompt says anything about the writer


class Command(BaseCommand):
    help = "Measure a writer on a suite of prompts, or compare two such runs."
    requires_system_checks = ()  # neither database nor pages are needed

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--writer", default=LIBRARY, help=f"who writes: {', '.join(WRITERS)}")
        parser.add_argument("--model-url", default="", help="the model's server, up to /v1; else MODEL_URL")
        parser.add_argument("--suite", default="classroom", help=f"which prompts: {', '.join(suite.names())}")
        parser.add_argument("--seeds", type=int, default=1, help="how often each prompt is written")
        parser.add_argument("--each", type=int, metavar="N", help="only the first N prompts of each subject")
        parser.add_argument("--limit", type=int, metavar="N", help="only the first N prompts")
        parser.add_argument("--parallel", type=int, metavar="N", help="prompts at a time (1 where a model writes)")
        parser.add_argument("--resume", action="store_true", help="go on with a run of these options that stopped")
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
        writer = options["writer"]
        if writer not in WRITERS:
            raise CommandError(f"There is no writer called {writer}. Choose one of: {', '.join(WRITERS)}.")
        for option in ("seeds", "each", "limit", "parallel"):
            if options[option] is not None and options[option] < 1:
                raise CommandError(f"--{option} must be 1 or more.")
        name, prompts = _prompts(options)
        versions = {"Manim": version("manim"), "templates": str(len(catalogue.templates()))}
        if writer != LIBRARY:
            versions["model"] = _endpoint(options).asked_for
        stem = _stem(options["out"], f"{writer}-{name}")
        head = {"format": report.FORMAT, "suite": name, "writer": writer, "seeds": options["seeds"],
                "rendered": options["render"], "versions": versions}  # fmt: skip
        tasks = [(prompt, seed) for seed in range(options["seeds"]) for prompt in prompts]
        with Journal(stem.with_suffix(".jsonl"), head, resume=options["resume"]) as journal:
            rows = self.run(tasks, journal, options)
        made = report.Report(name, writer, options["seeds"], options["render"], versions, rows)
        report.write(made, stem.with_suffix(".json"))
        stem.with_suffix(".html").write_text(page.page(made), encoding="utf-8")
        journal.remove()
        self.tell(made)
        self.stdout.write(f"{stem.with_suffix('.json')}\n{stem.with_suffix('.html')}")

    def run(self, tasks: Sequence[tuple[Prompt, int]], journal: Journal, options: dict[str, Any]) -> tuple[Row, ...]:
        """Measure what the journal does not hold yet, with a bar on standard error; all rows in the suite's order."""
        labels = {(prompt.prompt, seed): prompt for prompt, seed in tasks}
        kept = {row.key: row for row in journal.rows if labels.get(row.key) == row.prompt}
        left = [(prompt, seed) for prompt, seed in tasks if (prompt.prompt, seed) not in kept]
        renderer = Renderer(Path(settings.RUN_DIR))
        alone = options["render"] or options["writer"] != LIBRARY
        parallel = options["parallel"] or (1 if alone else pipeline.PARALLEL_SCENES)
        bench = Bench(_writer(options, renderer), renderer, render=options["render"], parallel=parallel)
        trouble = 0
        try:
            with Progress(console=Console(stderr=True), transient=True) as bar:
                shown = bar.add_task("Prompts", total=len(tasks), completed=len(kept))
                for row in bench.run(left):
                    journal.add(row)
                    kept[row.key] = row
                    bar.advance(shown)
                    trouble = 0 if row.judged else trouble + 1
                    if trouble >= MOST_TROUBLE and options["writer"] != LIBRARY:
                        raise CommandError(
                            f"The model failed {trouble} times in a row, last with: {row.message} "
                            "When its server is well again, go on with --resume."
                        )
        finally:
            renderer.close()
        return tuple(kept[prompt.prompt, seed] for prompt, seed in tasks)

    def tell(self, made: report.Report) -> None:
        """Write the rates and what missed a mark."""
        summary = made.summary
        for each in report.MEASURES:
            self.stdout.write(f"{each.title:45} {page.rate_words(summary.rates[each.name])}")
        for name, value in page.counts(summary):
            self.stdout.write(f"{name:45} {value}")

    def compare(self, first: Path, second: Path) -> None:
        """Write which prompts came out differently, and whether that is more than chance."""
        found = comparing.compare(report.read(first), report.read(second))
        for change in found.changes:
            self.stdout.write(f"{change.prompt}" + (f" (seed {change.seed})" if change.seed else ""))
            for line in change.what:
                self.stdout.write(f"  {line}")
        for path, prompts in ((first, found.only_first), (second, found.only_second)):
            for prompt in prompts:
                self.stdout.write(f"only in {path.name}: {prompt}")
        for title, pair in found.pairs.items():
            self.stdout.write(f"{title:45} {page.pair_words(pair)}")
        self.stdout.write(f"{len(found.changes)} changed, {found.same} as before.")


def _prompts(options: dict[str, Any]) -> tuple[str, tuple[Prompt, ...]]:
    """The prompts to be measured, and a name for this choice."""
    name, prompts = options["suite"], suite.load(options["suite"])
    if options["each"] is not None:
        name, prompts = f"{name}-{options['each']}-each", suite.first_of_each_subject(prompts, options["each"])
    if options["limit"] is not None:
        name, prompts = f"{name}-first-{options['limit']}", prompts[: options["limit"]]
    return name, prompts


def _stem(out: Path, name: str) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{out} cannot be made: {error.strerror}. Choose another folder with --out.") from error
    return out / name


def _endpoint(options: dict[str, Any]) -> Endpoint:
    url = options["model_url"] or settings.MODEL_URL
    if not url:
        raise CommandError("No model is set up. Give its address with --model-url or MODEL_URL.")
    return Endpoint(url, settings.MODEL_NAME, settings.MODEL_ADAPTER, settings.MODEL_KEY)


def _writer(options: dict[str, Any], renderer: Renderer) -> Write:
    if options["writer"] == LIBRARY:
        return from_library
    client = ModelClient([_endpoint(options)], patience=PATIENCE[options["writer"]])
    return ModelWriter(client, renderer.check, lambda prompt: writing.require_may_write(understand(prompt)))
