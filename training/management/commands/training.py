"""`manage.py training <subcommand>`: from scenes to a model that writes them."""

from __future__ import annotations

import errno
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from training.errors import TrainingFault
from training.management import subcommands


class Command(BaseCommand):
    help = "Extract, convert, build, train, evaluate: the path from scenes to a model that writes them."
    requires_system_checks = ()  # most of it needs neither database nor pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="SUBCOMMAND")
        for name in subcommands.names():
            module = subcommands.load(name)
            module.add_arguments(what.add_parser(name, help=module.HELP, description=module.HELP))

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            subcommands.load(what).run(options, self.stdout)
        except TrainingFault as fault:
            raise CommandError(str(fault)) from fault
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
                raise
            raise CommandError("The disk is full. Free some space and run the same command again.") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run the same command again to go on.") from None
