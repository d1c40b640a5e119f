"""`manage.py stripe_double`: a double of Stripe on this machine. `manage.py dev` starts it when STRIPE_DOUBLE=yes."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from billing.stripe_double.server import Double


class Command(BaseCommand):
    help = "Stand in for Stripe, on this machine and with DEBUG only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--webhook", default="http://127.0.0.1:8000/stripe/webhook/", help="Where to send news.")

    def handle(self, *args: Any, webhook: str, **options: Any) -> None:
        if not (settings.STRIPE_DOUBLE and settings.DEBUG):
            raise CommandError("Set STRIPE_DOUBLE=yes and DEBUG=yes: the double is for development alone.")
        if not settings.STRIPE_WEBHOOK_SECRETS:
            raise CommandError("Set STRIPE_WEBHOOK_SECRETS to any words, for this and for the site.")
        double = Double(
            settings.DATA_DIR / "stripe-double.json",
            port=settings.STRIPE_DOUBLE_PORT,
            webhook=webhook,
            secret=settings.STRIPE_WEBHOOK_SECRETS[0],
        )

        # `stop` waits for the loop that this very thread runs, so another one calls it.
        def stop(*_signal: object) -> None:
            threading.Thread(target=double.stop).start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        self.stdout.write(f"The double of Stripe is at http://127.0.0.1:{settings.STRIPE_DOUBLE_PORT}/desk/")
        double.serve()
