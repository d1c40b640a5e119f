"""Texts and formulas read by our reader are, attribute for attribute and bit for bit, those of Manim's reader."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generation.engine.render import outlines

pytestmark = pytest.mark.render
SCRIPT = Path(__file__).parent / "outlines_read.py"


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    command = [sys.executable, str(SCRIPT), "formulas", "show"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def test_texts_and_formulas_equal_manims_to_the_last_bit(report: dict[str, Any]) -> None:
    assert report["kinds"] > 100
    assert report["differ"] == [], report.get("show")


def test_every_text_and_formula_is_read_by_our_reader(report: dict[str, Any]) -> None:
    assert report["theirs"] == 0
    assert report["ours"] > 100
    assert report["left_out"] == []


@pytest.mark.parametrize(
    "inside",
    [
        "<circle r='1'/>",
        "<g transform='scale(2)'><path d='M 0 0 L 1 1'/></g>",
        "<path d='m 0 0 l 1 1'/>",
        "<path d='M 0 0 A 1 1 0 0 0 1 1'/>",
        "<path d='M 0 0 L 1'/>",
        "<path d='M 0 0 L 1 1 Z 3'/>",
        "<path d='M 0 0 L 0.0005 0 Z'/>",
        "<path d='M 0 0 L 1 1' fill='currentColor'/>",
        "<path d='M 0 0 L 1 1' style='display:none'/>",
        "<path d='M 0 0 L 1 1' class='a'/>",
        "<use href='#a'/>",
        "<use xlink:href='#a' x='1cm'/>",
        "<use xlink:href='#nothing'/>",
        "<style>path { fill: red }</style>",
        "<rect width='1' height='1' rx='0.2'/>",
        "<svg><path d='M 0 0 L 1 1'/></svg>",
    ],
)
def test_a_file_with_anything_else_is_left_to_manim(inside: str) -> None:
    spaces = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    root = ElementTree.fromstring(f"<svg {spaces}><defs><path id='a' d='M 0 0 L 1 1'/></defs>{inside}</svg>")
    with pytest.raises(outlines.Unknown):
        for shape in outlines.read(root, {}):
            outlines.outline(shape.data or "")
