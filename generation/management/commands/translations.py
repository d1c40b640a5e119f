"""`manage.py translations`: the library's catalogues in other languages, checked or brought up to date."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from generation.engine.errors import EngineFault
from generation.engine.languages import TRANSLATED
from generation.engine.library import catalogue, translations
from generation.engine.library.catalogue import Template


class Command(BaseCommand):
    help = "Check the library's translations; with --update write the catalogues anew, untranslated texts empty."
    requires_system_checks = ()  # files only

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="template", help="these templates only")
        parser.add_argument("--language", choices=TRANSLATED, action="append", help="this language only")
        parser.add_argument("--update", action="store_true", help="write new texts in and old ones out")

    def handle(self, *args: Any, **options: Any) -> None:
        library = catalogue.templates()
        unknown = sorted(set(options["slugs"]) - set(library))
        if unknown:
            raise CommandError(f"The library has no {', '.join(unknown)}.")
        flawed = 0
        for slug in options["slugs"] or library:
            for language in options["language"] or TRANSLATED:
                if options["update"]:
                    self.update(library[slug], language)
                flawed += self.judge(library[slug], language, asked=bool(options["slugs"]))
        if flawed and not options["update"]:
            raise CommandError(f"{flawed} catalogues are not complete.")

    def update(self, template: Template, language: str) -> None:
        """Write one catalogue anew."""
        try:
            translations.update(template, language)
        except EngineFault as error:
            raise CommandError(error.fault.message) from error

    def judge(self, template: Template, language: str, *, asked: bool) -> bool:
        """Say what one catalogue lacks; one that is not begun lacks something only where it was asked for."""
        path = translations.path_of(template, language)
        if not path.is_file():
            self.stdout.write(f"{path.name}: not begun")
            return asked
        try:
            found = list(translations.problems(template, translations.read(path)))
        except EngineFault as error:
            found = [error.fault.message]
        self.stdout.write(f"{path.name}: {f'{len(found)} to do' if found else 'complete'}")
        for problem in found:
            self.stdout.write(f"  {problem}")
        return bool(found)
