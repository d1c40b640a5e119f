"""`python -m tests.soak --minutes 30 --seed 1`: see docs/soak.md."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from tests.soak import world as worlds
from tests.soak.processes import Family


def main() -> int:
    """Run a soak; 1 where an invariant is broken."""
    parser = argparse.ArgumentParser(
        description="Random jobs, random kills, hostile files; then everything is checked."
    )
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=10, help="Jobs that wait or run at a time.")
    parser.add_argument("--concurrency", type=int, default=1, help="Jobs at a time in each of the two workers.")
    parser.add_argument("--pause", type=float, default=6.0, help="Mean seconds between two injections.")
    parser.add_argument("--out", type=Path, help="Where the JSON goes; var/soak/ID.json by default.")
    parser.add_argument("--keep", action="store_true", help="Keep the data folder with its logs.")
    options = parser.parse_args()
    family = Family()
    folder = worlds.make_folder()
    sys.path.insert(0, str(worlds.ROOT / "platform"))
    import django

    django.setup()
    from tests.soak import report
    from tests.soak.run import Soak

    name = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{options.seed}"
    soak = Soak(folder, family, options)
    try:
        result: dict[str, Any] = {"id": name, "minutes": options.minutes, "seed": options.seed, **soak.run()}
    finally:
        worlds.end_all()
    report.write(result, options.out or worlds.ROOT / "var" / "soak" / f"{name}.json")
    sys.stdout.write(report.summary(result) + "\n")
    if options.keep or result["broken"]:
        sys.stdout.write(f"Its data and logs are in {folder}\n")
    else:
        worlds.remove_folder(folder)
    return 1 if result["broken"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
