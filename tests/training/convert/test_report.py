"""The report adds up, by rule, by generation and by file."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from training.convert.code import Left
from training.convert.corpus import Row
from training.convert.report import file_table, percent, report, tables
from training.convert.verification import Verified

FAULT = {"code": "unknown_name", "name": "GlowDot", "line": 4, "message": "There is no GlowDot in Manim."}
ROWS = (
    Row("a.py::A@1", "a.py", "A", "2022-", "...", {"Imports": 1, "SetSize": 3}, (), (), ""),
    Row("a.py::B@2", "a.py", "B", "2022-", "...", {"Imports": 1}, (Left("NoEqual", "GlowDot", "glow"),), (FAULT,), ""),
    Row("b.py::C@3", "b.py", "C", "2015-2019", "...", {"Imports": 1}, (Left("Finish", "set_gloss", "light",
    False),), (), "import"),
)  # fmt: skip
RUNS = {
    "a.py::A@1": Verified("k1", True, 4, 5.0, ("off_frame",)),
    "b.py::C@3": Verified("k3", False, 1, 1.0, (), "type_error", "It does not fit.", 7),
}


def test_yields_are_counted_over_all_and_by_generation():
    made = report(ROWS, RUNS)
    assert made["yields"]["all"] == {
        "scenes": 3, "failed": 0, "valid": 2, "allowed": 1, "whole": 2,
        "tried": 2, "run": 1, "run_whole": 1, "run_clear": 0,
    }  # fmt: skip
    assert made["yields"]["2022-"]["valid"] == 1
    assert made["yields"]["2015-2019"]["run"] == 0


def test_each_rule_has_its_uses_files_scenes_and_what_it_left():
    rules = report(ROWS, RUNS)["rules"]
    assert (rules["SetSize"]["uses"], rules["SetSize"]["files"], rules["SetSize"]["run"]) == (3, 1, 1)
    assert (rules["Imports"]["uses"], rules["Imports"]["files"], rules["Imports"]["valid"]) == (3, 2, 2)
    assert rules["NoEqual"]["left"] == 1
    assert rules["FadeFrom"]["uses"] == 0


def test_what_is_left_is_told_by_rule_and_by_file():
    made = report(ROWS, RUNS)
    assert made["left"][0] == {"rule": "NoEqual", "what": "GlowDot", "why": "glow", "shows": True, "scenes": 1}
    assert made["files"]["a.py"]["left"] == ["B: GlowDot (glow, NoEqual)"]
    assert made["files"]["a.py"]["faults"] == ["B, line 4: There is no GlowDot in Manim."]
    assert made["faults"] == [{"code": "unknown_name", "message": "There is no GlowDot in Manim.", "times": 1}]
    assert {each["id"] for each in made["runs"]} == set(RUNS)


def test_the_same_can_be_read_in_a_terminal():
    screen = StringIO()
    console = Console(file=screen, width=140)
    made = report(ROWS, RUNS)
    for table in [*tables(made), file_table(made)]:
        console.print(table)
    shown = screen.getvalue()
    assert "2 (67 %)" in shown
    assert "1 (50 %)" in shown
    assert "GlowDot" in shown
    assert percent(0, 0) == "-"
