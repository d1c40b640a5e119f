"""`manage.py training convert`: extracted scenes from ManimGL to Manim Community."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import Progress

from generation.engine.render.client import Renderer
from training.convert.corpus import Row, convert_all, sample
from training.convert.report import file_table, report, tables
from training.convert.verification import Verified, Verifier
from training.extract.corpus import read

HELP = "turn extracted ManimGL scenes into Manim Community, check them, run some in the jail, and report what is left"
ALL = 10**9


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--in", dest="source", type=Path, required=True, metavar="FILE", help="what `extract` wrote")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="JSON lines; the same command again goes on"
    )
    parser.add_argument(
        "--verify", type=_size, default=0, metavar="N", help="run N scenes without drawing them, or `all`"
    )
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="scenes run at a time")
    parser.add_argument("--report", type=Path, metavar="FILE", help="the report (default: beside --out, .report.json)")


def _size(words: str) -> int:
    if words == "all":
        return ALL
    if not words.isdigit():
        raise ArgumentTypeError("Give a number, or `all`.")
    return int(words)


def run(options: Mapping[str, Any], screen: OutputWrapper) -> None:
    found = read(options["source"])
    console = Console(stderr=True)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Scenes", total=None)
        rows = convert_all(found, options["out"], lambda done, of: bar.update(task, completed=done, total=of))
    blocked = len(found.scenes) - len(rows)
    screen.write(f"{len(rows)} scenes converted; {blocked} can't be and were left out.")
    runs = _verified(rows, options, console) if options["verify"] else {}
    made = report(rows, runs)
    place = options["report"] or options["out"].with_suffix(".report.json")
    place.write_text(json.dumps(made, indent=1, ensure_ascii=False), encoding="utf-8")
    wide = Console(file=screen, width=140)  # type: ignore[arg-type]  # it has `write`, and that is all a console needs
    for table in [*tables(made), file_table(made)]:
        if table.row_count:
            wide.print(table)
    screen.write(f"{options['out']}\n{place}")


def _verified(rows: tuple[Row, ...], options: Mapping[str, Any], console: Console) -> dict[str, Verified]:
    """Run a sample; what is known from earlier runs is not run again."""
    chosen = sample(rows, options["verify"])
    renderer = Renderer(Path(settings.RUN_DIR))
    try:
        with (
            Verifier(renderer, options["out"].with_suffix(".runs.jsonl"), parallel=max(1, options["jobs"])) as verifier,
            Progress(console=console, transient=True) as bar,
        ):
            task = bar.add_task("Runs", total=len(chosen))
            found = verifier.run_all([(row.source, row.scene) for row in chosen], lambda: bar.advance(task))
    finally:
        renderer.close()
    return {row.id: found[row.source, row.scene] for row in chosen}
