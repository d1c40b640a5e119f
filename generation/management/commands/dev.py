"""`manage.py dev`: web and worker together, for one machine, with the local model if wished. Ctrl-C ends all."""

from __future__ import annotations

import secrets
import signal
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from generation import localmodel, processes
from generation.engine.errors import EngineError
from generation.ports import require_free
from projects.management.commands import demo

DOUBLE_TRIES = 60


class Command(BaseCommand):
    help = "Start the site and a worker on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--concurrency", type=int, help="Jobs at a time; one per core by default.")
        parser.add_argument("--model", choices=["local"], help="Start the model on this machine beside them.")

    def handle(
        self, *args: Any, host: str, port: int, concurrency: int | None, model: str | None, **options: Any
    ) -> None:
        try:
            require_free(host, port)
            if model:
                localmodel.require_ready_to_start()
        except OSError as error:
            raise CommandError(str(error)) from error
        except EngineError as error:
            raise CommandError(f"{error.fault.message} {error.fault.hint}") from error
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        worker = ["worker", "--grace", "0"] + (["--concurrency", str(concurrency)] if concurrency else [])
        children: dict[str, processes.Process] = {}
        env: Mapping[str, str] = {}
        try:
            if model:
                env = self._start_model(children)
            if settings.STRIPE_DOUBLE and settings.DEBUG:
                env = {**env, **self._start_double(children, host, port)}
            children["worker"] = processes.start_command(worker, env)
            children["web"] = processes.start_command(["serve", "--host", host, "--port", str(port)], env)
            self._greet(host, port)
            raise CommandError(_wait_for_one_to_end(children))
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            processes.stop(list(children.values()))

    def _start_model(self, children: dict[str, processes.Process]) -> Mapping[str, str]:
        """Start the local model and wait for its first answer; return what makes the others find it."""
        place = localmodel.new_place()
        self.stdout.write("Starting the local model.")
        child = processes.start_command(["models", "serve", "--port", str(place.port)], {"MODEL_KEY": place.key})
        children["model"] = child
        try:
            localmodel.wait_until_it_answers(place, lambda: child.poll() is None)
        except EngineError as error:
            raise CommandError(f"{error.fault.message} {error.fault.hint}") from error
        return place.environment()

    def _start_double(self, children: dict[str, processes.Process], host: str, port: int) -> Mapping[str, str]:
        """Start the double of Stripe with our plans in it; return the secret that it signs with."""
        env = {"STRIPE_WEBHOOK_SECRETS": f"whsec_{secrets.token_hex(16)}"}
        command = ["stripe_double", "--webhook", f"http://{host}:{port}/stripe/webhook/"]
        children["double of Stripe"] = child = processes.start_command(command, env)
        for _try in range(DOUBLE_TRIES):
            if child.poll() is not None:
                raise CommandError("The double of Stripe ended by itself; its last lines are above.")
            try:
                call_command("billing", "sync-catalogue", verbosity=0, stdout=StringIO())
            except CommandError:
                time.sleep(0.3)
            else:
                return env
        raise CommandError("The double of Stripe does not answer.")

    def _greet(self, host: str, port: int) -> None:
        shown = "localhost" if host == "127.0.0.1" else host
        self.stdout.write(f"\n{settings.PRODUCT_NAME} is at http://{shown}:{port}/")
        email = demo.TEACHERS[0][0]
        if User.objects.filter(email=email).exists():
            self.stdout.write(f"Log in as {email} with the password “{demo.PASSWORD}”.")
        self.stdout.write("Ctrl-C stops it.\n")


def _wait_for_one_to_end(children: dict[str, processes.Process]) -> str:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                return f"The {name} process ended by itself with status {child.returncode}; its last lines are above."
        time.sleep(0.3)
