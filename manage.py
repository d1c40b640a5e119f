#!/usr/bin/env python
"""Every process of Theorama starts here, so that `platform/` is on the import path everywhere."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(1, str(ROOT / "platform"))


# These read or run one file and need neither apps nor a database; loading them would take six times as long.
PLAIN = ("policy", "jail")


def main() -> None:
    """Run one management command with our settings."""
    if sys.argv[1:2] and sys.argv[1] in PLAIN:
        run_plain(sys.argv)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def run_plain(argv: list[str]) -> None:
    """Run a command of the engine without setting Django up."""
    from importlib import import_module

    from django.conf import settings

    settings.configure()
    import_module(f"generation.management.commands.{argv[1]}").Command().run_from_argv(argv)


if __name__ == "__main__":
    main()
