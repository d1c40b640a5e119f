"""`manage.py audit verify`: is the trail as it was written? `manage.py audit head`: what to note down elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import audit
from core.models import AuditChain, AuditEntry


class Command(BaseCommand):
    help = "Check the audit trail, or print its newest seal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify", "head"])
        parser.add_argument(
            "--expect",
            metavar="PLACE:SEAL",
            help="A seal that `audit head` printed before: fails where the chain no longer holds it.",
        )

    def handle(self, *args: Any, act: str, expect: str | None, **options: Any) -> None:
        if act == "head":
            self._say_head()
            return
        breaches = list(audit.verify())
        if expect:
            breaches += _missing(expect)
        for breach in breaches:
            where = "no place" if breach.place is None else f"place {breach.place}"
            self.stderr.write(f"{where}: {breach.what}")
        if breaches:
            raise CommandError(f"The audit trail is not as it was written: {len(breaches)} findings.", returncode=2)
        self.stdout.write(f"The audit trail is whole: {AuditEntry.objects.count()} entries.")

    def _say_head(self) -> None:
        audit.seal()
        chain = AuditChain.objects.filter(pk=audit.THE_CHAIN).first()
        self.stdout.write(f"{chain.last_place}:{chain.last_seal}" if chain else "0:")


def _missing(expect: str) -> list[audit.Breach]:
    place, _colon, seal = expect.partition(":")
    if not place.isdecimal():
        raise CommandError("--expect takes PLACE:SEAL, as `audit head` prints it.")
    if int(place) == 0 or AuditEntry.objects.filter(place=int(place), seal=seal).exists():
        return []
    return [audit.Breach(int(place), "the seal noted before is not there: the chain was written anew or shortened")]
