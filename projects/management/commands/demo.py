"""`manage.py demo`: a school with two teachers, and a third on her own, to look around in."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Membership, Organisation, User
from accounts.tiers import Tier
from billing import services as billing
from billing.models import Grant
from projects.models import Project
from projects.services import create_project

SCHOOL = "Lincoln High"
PASSWORD = "chalk and paper 314159"  # noqa: S105 - public on purpose; the command refuses to run in production
SEATS = 5
# Ada and Sam have seats of the school; Kim is on her own and on Free, to see its limits and its mark.
TEACHERS = [
    ("ada@lincoln.example", "Ada Byron", Membership.Role.OWNER, "Mechanics", Tier.SCHOOL),
    ("sam@lincoln.example", "Sam Okafor", Membership.Role.TEACHER, "Statistics", Tier.SCHOOL),
    ("kim@home.example", "Kim Duarte", None, "Waves", Tier.FREE),
]


class Command(BaseCommand):
    help = "Load the demo school: two teachers and one on her own, with a project each. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="Run although DEBUG is off.")
        parser.add_argument("--quiet", action="store_true", help="Print nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["force"]:
            raise CommandError(
                "The demo school has a password everybody knows, so it is not loaded while DEBUG is off. "
                "Set DEBUG=yes, or pass --force if nobody else can reach this site."
            )
        load()
        if options["quiet"]:
            return
        self.stdout.write(f"{SCHOOL} is ready. Log in as:")
        for email, name, _role, _title, tier in TEACHERS:
            self.stdout.write(f"  {email:22} {PASSWORD}   ({name}, plan {tier.label})")


@transaction.atomic
def load() -> None:
    """Make what is missing of the demo school; change nothing that exists."""
    school, _ = Organisation.objects.get_or_create(name=SCHOOL, defaults={"kind": Organisation.Kind.SCHOOL})
    grant = _grant(school)
    for email, name, role, title, tier in TEACHERS:
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name=name)
        EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        if role is not None:
            Membership.objects.get_or_create(user=user, organisation=school, defaults={"role": role})
        if not Project.objects.filter(owner=user).exists():
            create_project(owner=user, title=title)
        if grant is not None and tier == Tier.SCHOOL:
            billing.give_seat(by=None, source=grant, user=user)


def _grant(school: Organisation) -> Grant | None:
    """The school's seats, against an invoice; None where somebody has given it something already."""
    account = billing.account_of_organisation(school, email="office@lincoln.example")
    if account.grants.exists() or account.subscriptions.exists():
        return None
    return billing.give(
        by=None,
        account=account,
        tier=Tier.SCHOOL,
        reason="The demo school.",
        quantity=SEATS,
        reference="PO 2026-0417",
    )
