"""`manage.py examples`: a picture and a few moving seconds of every animation in the library, for people who choose."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import Progress

from generation.engine import drafting, pipeline
from generation.engine.cache import SceneCache
from generation.engine.exports import clips
from generation.engine.library import catalogue
from generation.engine.media.assemble import jpeg
from generation.engine.types import Quality
from generation.management.reporting import renderer

FOLDER = Path(settings.ROOT) / "static" / "example" / "library"
WIDTH, RATE, SECONDS = 400, 12, 6.0
BEGIN, STILL = 0.4, 0.62  # shares of the whole: by then something stands on the stage


class Command(BaseCommand):
    help = "Draw the examples of the library that are missing into static/example/library/ (they are committed)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", help="only these, whether they are there or not")

    def handle(self, *args: Any, **options: Any) -> None:
        known = catalogue.templates()
        if unknown := set(options["slugs"]) - set(known):
            raise CommandError(f"The library has no {', '.join(sorted(unknown))}.")
        FOLDER.mkdir(parents=True, exist_ok=True)
        wanted = options["slugs"] or [slug for slug in known if not (FOLDER / f"{slug}.mp4").exists()]
        with Progress() as progress, renderer() as drawing:
            for slug in progress.track(wanted):
                make(slug, drawing)


def make(slug: str, drawing: Any) -> None:
    """Draw one template as it is and keep its picture and excerpt. Raises EngineError."""
    draft = drafting.draft_template(slug, {})
    with tempfile.TemporaryDirectory() as folder:
        made = pipeline.produce(
            draft,
            quality=Quality.LOW,
            out=Path(folder),
            renderer=drawing,
            cache=SceneCache(Path(settings.SCENE_CACHE_DIR)),
        )
        start = min(BEGIN * made.seconds, max(0.0, made.seconds - SECONDS))
        clips.excerpt(made.video, FOLDER / f"{slug}.mp4", start=start, seconds=SECONDS, width=WIDTH, rate=RATE)
        (still,) = clips.stills(made.video, [STILL * made.seconds])
        small = still.resize((WIDTH, 2 * round(WIDTH * still.height / still.width / 2)))
        (FOLDER / f"{slug}.jpg").write_bytes(jpeg(small))
