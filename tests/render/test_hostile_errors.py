"""The words of an error are the scene's: markup, escapes, line ends and floods stay plain, short text. (case P-H03)"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from generation.engine import drafting, pipeline
from generation.engine.cache import SceneCache
from generation.engine.errors import RequestFault
from generation.engine.render import Renderer
from generation.engine.types import Fault, Quality

pytestmark = pytest.mark.render

HOSTILE = r"""'<script>alert(1)</script>\x1b[2Jred\r\n{"event": "done"}\n\u202e\x00\ud800' + 'x' * 5_000_000"""
SURROGATE = r"\ud800"  # can be raised but not printed
SOURCE = f"""from manim import *


class A(Scene):
    def construct(self):
        print({HOSTILE.replace("5_000_000", "99").replace(SURROGATE, "")})
        self.play(Create(Square()), run_time=0.1)
        raise ValueError({HOSTILE})
"""


@pytest.fixture(scope="module")
def fault(renderer: Renderer, tmp_path_factory: pytest.TempPathFactory) -> Fault:
    """The fault of a scene that stops with hostile words, told by the whole pipeline."""
    place = tmp_path_factory.mktemp("hostile")
    draft = drafting.draft_source(SOURCE, title="<script>")
    with pytest.raises(RequestFault) as failed:
        pipeline.produce(
            draft, quality=Quality.LOW, out=place / "out", renderer=renderer, cache=SceneCache(place / "cache")
        )
    return failed.value.fault


def test_the_words_are_one_short_printable_line(fault: Fault) -> None:
    words = eval(HOSTILE)  # our own literal; the control: the words are as bad as meant
    assert "\x1b" in words
    assert len(words) > 5_000_000
    assert fault.message.isprintable()
    assert len(fault.message) < 500
    assert fault.line == 8
    assert len(fault.log) < 20_000
    assert all(letter.isprintable() or letter == "\n" for letter in fault.log)


def test_json_and_files_can_hold_them(fault: Fault, tmp_path: Path) -> None:
    told = json.dumps([fault.message, fault.log], ensure_ascii=False)
    assert "\n" not in told
    (tmp_path / "log").write_text(told, encoding="utf-8")


def test_the_page_shows_them_as_text(fault: Fault) -> None:
    page = render_to_string(
        "generation/failed.html",
        {"fault": fault, "job": SimpleNamespace(pk=uuid.uuid4()), "studio": SimpleNamespace(revision=None, prompt="")},
    )
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
