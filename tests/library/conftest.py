"""Running a template's code with knobs set, for its numbers."""

import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generation.engine import knobs

ENGINE = Path(knobs.__file__).parent


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Manim writes its text files into the folder it runs in."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., dict[str, Any]]]:
    """`run_template("mechanics/projectile", speed=20)` gives the names the template defines."""
    monkeypatch.syspath_prepend(str(ENGINE / "kit"))

    def run(template: str, **values: Any) -> dict[str, Any]:
        source = (ENGINE / "library" / "scenes" / f"{template}.py").read_text(encoding="utf-8")
        turned = tmp_path / "turned.py"
        turned.write_text(knobs.apply(source, values), encoding="utf-8")
        return runpy.run_path(str(turned))

    yield run
    sys.modules.pop("theorama_kit", None)
