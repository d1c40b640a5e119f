"""`manage.py demo`: a school with two teachers, to look around in."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Membership, Organisation, User
from projects.models import Project
from projects.services import create_project

SCHOOL = "Lincoln High"
PASSWORD = "chalk and paper 314159"  # noqa: S105 - public on purpose; the command refuses to run in production
TEACHERS = [
    ("ada@lincoln.example", "Ada Byron", Membership.Role.OWNER, "Mechanics"),
    ("sam@lincoln.example", "Sam Okafor", Membership.Role.TEACHER, "Statistics"),
]


class Command(BaseCommand):
    help = "Load the demo school: two teachers with a project each. Safe to repeat."

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
        for email, name, *_rest in TEACHERS:
            self.stdout.write(f"  {email:22} {PASSWORD}   ({name})")


@transaction.atomic
def load() -> None:
    """Make what is missing of the demo school; change nothing that exists."""
    school, _ = Organisation.objects.get_or_create(name=SCHOOL, defaults={"kind": Organisation.Kind.SCHOOL})
    for email, name, role, title in TEACHERS:
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name=name)
        EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        Membership.objects.get_or_create(user=user, organisation=school, defaults={"role": role})
        if not Project.objects.filter(owner=user).exists():
            create_project(owner=user, title=title)
