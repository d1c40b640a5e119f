"""Replies are data: what is taken out of them, and what is refused with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generation.engine.errors import RequestFault
from generation.engine.served.joining import joined, with_head
from generation.engine.served.replies import (
    LARGEST_SCENE,
    STORYBOARD_SCHEMA,
    fenced_module,
    read_storyboard,
    require_scene,
    storyboard_of,
)

SCENE = "from manim import *\n\n\nclass A(Scene):\n    def construct(self):\n        self.wait(1)\n"


def code_of(act, *given, **more) -> str:
    with pytest.raises(RequestFault) as caught:
        act(*given, **more)
    assert caught.value.fault.hint
    return caught.value.fault.code


@pytest.mark.parametrize(
    "reply",
    [
        f"```python\n{SCENE}```",
        f"```\n{SCENE}```",
        f"Here it is:\n\n```py\n{SCENE}```\n\nEnjoy!",
        f"\n  ```python\n{SCENE}  ```",
    ],
    ids=["plain", "no language", "prose around it", "indented"],
)
def test_the_one_fenced_module_is_taken_out(reply):
    assert fenced_module(reply) == SCENE


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("I cannot do that.", "no_code"),
        (SCENE, "no_code"),
        ("", "no_code"),
        ("```python\n\n```", "no_code"),
        ("```bash\nrm -rf /\n```", "no_code"),
        (f"```python\n{SCENE}```\nor\n```python\n{SCENE}```", "two_blocks"),
        (f"```python\n{SCENE}", "cut"),
        (f"```python\n{SCENE}```\n```python\n{SCENE}", "cut"),
        ("```a\n" * 20_000, "cut"),
        ("```" + "a" * 100_000, "cut"),
        (" " * 100_000, "no_code"),
        ("```python\n" + "#" * LARGEST_SCENE + "\n```", "too_long"),
    ],
    ids=[
        "prose",
        "no fence",
        "empty",
        "empty fence",
        "another language",
        "two fences",
        "cut",
        "second cut",
        "many marks",
        "one long mark",
        "spaces",
        "too long",
    ],
)
def test_a_reply_of_another_form_is_refused(reply, code):
    assert code_of(fenced_module, reply) == code


def test_a_reply_that_ended_at_the_token_limit_is_cut_however_it_looks():
    assert code_of(fenced_module, f"```python\n{SCENE}```", cut=True) == "cut"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("class A(Scene)\n    pass", "syntax"),
        ("x = 1", "shape"),
        (SCENE.replace("class A", "class B"), "shape"),
        (SCENE + SCENE.replace("class A", "class B"), "shape"),
        (SCENE + "print(3)\n", "shape"),
        (SCENE + "for i in range(3):\n    x = i\n", "shape"),
    ],
    ids=["not Python", "no scene", "another name", "two scenes", "a call at the top", "a loop at the top"],
)
def test_a_module_holds_exactly_its_scene(code, fault):
    assert code_of(require_scene, code, "A") == fault


def test_every_module_begins_with_the_same_imports():
    code = with_head("import numpy as np\nfrom manim import *\n\n# a note\nx = 3\n")
    assert code.splitlines()[:3] == ["from manim import *", "from theorama_kit import *", "import numpy as np"]
    assert "# a note\nx = 3" in code


# --- joining --------------------------------------------------------------------------------------------
def ran(source: str) -> dict[str, Any]:
    """What a joined module without Manim leaves behind."""
    found: dict[str, Any] = {}
    exec("\n".join(line for line in source.split("\n") if "import *" not in line), found)
    return found


def test_scenes_keep_their_own_helpers_and_constants():
    first = "size = 2\ndef double(size, by=2):\n    return size * by\nclass A:\n    value = double(size, by=3)\n"
    second = "size = 5\ndef double(by):\n    size = 7\n    return by + size\nclass B:\n    value = double(by=size)\n"
    found = ran(joined([first, second]))
    assert (found["A"].value, found["B"].value) == (6, 12)
    assert (found["size"], found["size_2"]) == (2, 5)


def test_the_same_helper_stands_once():
    part = "GRAVITY = 9.81\ndef fall(t):\n    return GRAVITY * t * t / 2\n"
    source = joined([part + "class A:\n    x = fall(1)\n", part + "class B:\n    x = fall(2)\n"])
    assert source.count("def fall") == source.count("GRAVITY = 9.81") == 1
    assert ran(source)["B"].x == pytest.approx(19.62)


def test_attributes_and_text_are_no_names():
    first = "mark = 1\nclass A:\n    x = mark\n"
    second = "mark = 'mark'\nclass B:\n    mark = mark + ' of mark'\n"
    found = ran(joined([first, second]))
    assert found["mark_2"] == "mark"


# --- storyboards ----------------------------------------------------------------------------------------
GOOD: dict[str, Any] = {
    "title": "Falling",
    "scenes": [
        {"title": "A ball is let go", "shown": "A dot falls.", "said": "It gets faster.", "seconds": 8},
        {"title": "Circle", "shown": "x", "said": "y", "seconds": 12.5},
    ],
}


def test_a_storyboard_is_read_and_its_scenes_get_names_of_ours():
    board = storyboard_of(json.dumps(GOOD))
    assert [card.name for card in board.scenes] == ["Scene1ABallIsLetGo", "Scene2Circle"]
    assert (board.title, board.scenes[1].seconds) == ("Falling", 12.5)


def test_a_fenced_storyboard_is_read_too():
    assert storyboard_of(f"```json\n{json.dumps(GOOD)}\n```").title == "Falling"


def _with(**more) -> dict[str, Any]:
    return {**GOOD, "scenes": [{**GOOD["scenes"][0], **more}]}


@pytest.mark.parametrize(
    "wrong",
    [
        None, [], {}, {"title": "x"}, {**GOOD, "scenes": []}, {**GOOD, "scenes": GOOD["scenes"] * 3},
        {**GOOD, "title": ""}, {**GOOD, "title": 3}, {**GOOD, "title": "x" * 61}, {**GOOD, "scenes": ["a"]},
        _with(seconds="8"), _with(seconds=True), _with(seconds=1e9), _with(seconds=float("nan")), _with(seconds=-1),
        _with(shown="x" * 401), _with(said="   "), _with(title=None),
    ],
    ids=repr,
)  # fmt: skip
def test_a_wrong_storyboard_is_refused(wrong):
    assert code_of(read_storyboard, wrong) == "storyboard"


def test_a_storyboard_that_no_class_should_see_is_refused():
    assert code_of(read_storyboard, _with(shown="Two people having sex.")) == "unsafe_sexual"


@pytest.mark.parametrize("reply", ["no", "[" * 100_000, "{", '{"title": 1}'], ids=["prose", "nested", "cut", "title"])
def test_a_reply_that_is_no_storyboard_is_refused(reply):
    assert code_of(storyboard_of, reply) == "storyboard"


def test_raw_control_characters_that_a_grammar_lets_through_become_spaces():
    reply = json.dumps(_with(said="one#two")).replace("#", "\t\x01")
    assert storyboard_of(reply).scenes[0].said == "one two"


def test_control_characters_and_names_in_titles_do_no_harm():
    board = read_storyboard(_with(title="x\n\x1b[31m): import os #", said="a\u202eb\x00c"))
    assert board.scenes[0].name == "Scene1X31mImportOs"
    assert board.scenes[0].name.isidentifier()
    assert board.scenes[0].said == "a b c"


def test_the_schema_asks_for_what_is_read():
    scene = STORYBOARD_SCHEMA["properties"]["scenes"]["items"]
    assert set(scene["required"]) == set(GOOD["scenes"][0])
