"""`manage.py scorecard`."""

import json

import pytest
from django.core.management import CommandError, call_command

from generation.engine.scorecard import report


@pytest.mark.render
def test_a_run_leaves_a_file_for_programs_and_a_page_for_people(small_suite, tmp_path, capsys):
    call_command("scorecard", "--suite", "small", "--seeds", "2", "--out", str(tmp_path / "card"))

    told = capsys.readouterr().out
    data = json.loads((tmp_path / "card" / "library-small.json").read_text(encoding="utf-8"))
    assert len(data["rows"]) == 6
    assert data["summary"]["rates"]["first_try"]["rate"] == 1.0
    assert "first-try render" in told
    assert "Hooke" in (tmp_path / "card" / "library-small.html").read_text(encoding="utf-8")


def test_two_runs_are_compared_in_words(tmp_path, make_row, make_report, capsys):
    report.write(make_report(make_row("a spring"), make_row("same")), tmp_path / "a.json")
    other = make_row("a spring", shown=("spring_energy",))
    report.write(make_report(other, make_row("same")), tmp_path / "b.json")

    call_command("scorecard", "--compare", str(tmp_path / "a.json"), str(tmp_path / "b.json"))

    told = capsys.readouterr().out
    assert "a spring\n  shown: hookes_law → spring_energy" in told
    assert "1 changed, 1 as before." in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--writer", "nobody"], "There is no writer called nobody. Choose one of: library"),
        (["--suite", "none"], "There is no suite called none. Choose one of: classroom"),
        (["--seeds", "0"], "--seeds must be 1 or more"),
        (["--each", "0"], "--each must be 1 or more"),
        (["--limit", "0"], "--limit must be 1 or more"),
        (["--parallel", "0"], "--parallel must be 1 or more"),
        (["--writer", "served"], "No model is set up. Give its address with --model-url or MODEL_URL"),
        (["--compare", "missing.json", "missing.json"], "missing.json cannot be read"),
    ],
)
def test_wrong_arguments_are_refused_in_words(arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("scorecard", *arguments)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")

    with pytest.raises(CommandError, match="Choose another folder with --out"):
        call_command("scorecard", "--out", str(tmp_path / "taken"))
