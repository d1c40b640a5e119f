"""`manage.py training evaluate` against a real HTTP server with known answers and every way to fail."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.served.stub import Act, Stub, breaks_off, raw, refuses, says, serving, silent
from training.evaluation import chances, tasks
from training.models import Evaluation

pytestmark = [pytest.mark.render, pytest.mark.django_db]
CIRCLE, SQUARE = "a red circle that moves to the right", "a blue square on the left"
SUITE = [
    {"prompt": CIRCLE, "subject": "Geometry", "level": "primary", "expect": "refuse", "must": [{"moves": "Circle"}]},
    {"prompt": SQUARE, "subject": "Algebra", "level": "secondary", "expect": "refuse", "must": [{"shows": "Square"}]},
]
GOOD = (
    "c = Circle(radius=0.5, color=RED).shift(LEFT * 3)",
    "self.play(FadeIn(c), run_time=0.3)",
    "self.play(c.animate.shift(RIGHT), run_time=0.3)",
    "self.pause(0.4)",
)
BROKEN = ("self.play(FadeIn(Dot()), run_time=0.2)", "self.wait(1 / 0)")


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def suites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "suites"
    folder.mkdir()
    edit = {"template": "pendulum_period", "wish": 'make the title "Swing time"', "must": [{"writes": "Swing time"}]}
    form = {
        "template": "ideal_gas",
        "request": "gas in a tank, heated to 350 from room air",
        "fields": {"temperature": 350.0},
    }
    for name, entries in (("scenes", SUITE), ("edits", [edit]), ("knobs", [form])):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in entries), encoding="utf-8")
    monkeypatch.setattr(tasks, "SUITES", folder)


def scene(body: Any, lines: tuple[str, ...]) -> Act:
    name = re.findall(r"(?:the scene|class) (Scene\d\w*)", body["messages"][-1]["content"])[-1]
    head = "from manim import *\nfrom theorama_kit import *\n\n\n"
    text = "".join(f"        {line}\n" for line in lines)
    return says(f"```python\n{head}class {name}(Stage):\n    def construct(self):\n{text}```")


def evaluate(stub: Stub, out: Path, *more: str, profile: str = "small") -> dict[str, Any]:
    call_command(
        "training", "evaluate", "--endpoint", stub.url, "--profile", profile, "--out", str(out), "--name", "it", *more
    )
    return json.loads((out / "it.scores.json").read_text(encoding="utf-8"))


def test_known_answers_give_known_rates(stub: Stub, tmp_path: Path) -> None:
    """The circle is right at once, with one seed after a repair; the square's answer runs but shows no square."""

    def answer(body: Any) -> Act:
        first = len(body["messages"]) == 2
        return scene(body, BROKEN if first and body.get("seed") == 1 and "circle" in json.dumps(body) else GOOD)

    stub.otherwise = answer
    found = evaluate(stub, tmp_path / "out", "--tasks", "scenes", "--n", "2", "--k", "1,2")
    rates = found["rates"]

    assert rates["first_try@1"]["rate"] == 0.75
    assert rates["first_try@2"]["rate"] == 1.0
    assert rates["after_repair@1"]["rate"] == 1.0
    assert rates["repair_gain"]["rate"] == 0.25
    assert rates["as_asked@1"]["rate"] == 0.5
    assert rates["by_subject"]["Algebra"]["as_asked"]["rate"] == 0.0
    assert rates["by_level"]["primary"]["as_asked"]["rate"] == 1.0
    assert found["trouble"] == 0
    kept = Evaluation.objects.get()
    assert (kept.samples, kept.scores["first_try@1"]["rate"]) == (4, 0.75)
    assert "moves" in (tmp_path / "out" / "it.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "act",
    [
        refuses(503),
        silent(),
        raw(b"data: {not json\n\n"),
        breaks_off("```python\nfrom manim"),
        says("x", model="another"),
    ],
    ids=["503", "timeout", "wrong JSON", "cut stream", "another model"],
)
def test_a_failure_of_the_server_is_counted_apart(stub: Stub, tmp_path: Path, act: Act, monkeypatch: Any) -> None:
    impatient(monkeypatch)
    stub.otherwise = lambda body: scene(body, GOOD) if "circle" in json.dumps(body["messages"][-1]) else act
    found = evaluate(stub, tmp_path / "out", "--tasks", "scenes,edits,knobs")

    assert found["trouble"] == 3
    assert found["rates"]["first_try@1"] == {"rate": 1.0, "low": 1.0, "high": 1.0, "of": 1}
    assert found["rates"]["edits_faithful"]["of"] == 0
    assert "knob_fields" not in found["rates"]


def impatient(monkeypatch: Any) -> None:
    from dataclasses import replace

    from generation.engine.served.profile import SMALL
    from generation.engine.served.request import Patience
    from training.management.subcommands import evaluate as command

    hasty = replace(SMALL, patience=Patience(first_token_seconds=0.5, total_seconds=2.0, retries=0))
    monkeypatch.setattr(command, "PROFILES", {"small": hasty, "large": hasty})


def test_a_server_that_is_away_stops_the_run_which_goes_on_later(stub: Stub, tmp_path: Path, monkeypatch: Any) -> None:
    impatient(monkeypatch)
    monkeypatch.setattr("training.management.subcommands.evaluate.MOST_TROUBLE", 1)
    stub.otherwise = lambda body: scene(body, GOOD) if "circle" in json.dumps(body["messages"][-1]) else refuses(401)
    with pytest.raises(CommandError, match="go on with --resume"):
        evaluate(stub, tmp_path / "out", "--tasks", "scenes")
    before = len(stub.asked)
    stub.otherwise = lambda body: scene(body, GOOD)

    found = evaluate(stub, tmp_path / "out", "--tasks", "scenes", "--resume")

    assert found["rates"]["after_repair@1"]["of"] == 2
    assert not any("circle" in json.dumps(asked["messages"][-1]) for asked in stub.asked[before:])


@pytest.mark.parametrize(
    ("changes", "ok"),
    [
        ("title", True),
        ("nothing", False),
        ("prose", False),
    ],
)
def test_an_edit_is_faithful_where_it_does_what_was_said_and_no_more(
    stub: Stub, tmp_path: Path, changes: str, ok: bool
) -> None:
    def answer(body: Any) -> Act:
        numbered = re.findall(r"^(\d+): (.*heading\(.*)$", body["messages"][-1]["content"], re.M)
        if changes == "prose" or not numbered:
            return says("I would rather not.")
        lines = [
            {"line": int(number), "code": re.sub(r"heading\(.*?\)$", 'heading("Swing time")', code.strip())}
            for number, code in numbered[:1]
        ]
        return says(json.dumps({"changes": lines if changes == "title" else []}))

    stub.otherwise = answer
    found = evaluate(stub, tmp_path / "out", "--tasks", "edits")

    assert [each["ok"] for each in found["edits"]] == [ok], found["edits"]
    assert found["rates"]["edits_faithful"]["of"] == 1


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [({"temperature": 350}, 1, 0), ({"temperature": 999}, 0, 0), ({"temperature": None}, 0, 0), ("{not json", 0, 0)],
)
def test_knob_fields_are_counted_one_by_one(stub: Stub, tmp_path: Path, said: Any, right: int, wrong: int) -> None:
    def answer(body: Any) -> Act:
        names = body["response_format"]["json_schema"]["schema"]["properties"]
        return says(said if isinstance(said, str) else json.dumps({name: said.get(name) for name in names}))

    stub.otherwise = answer
    found = evaluate(stub, tmp_path / "out", "--tasks", "knobs")

    fields = found["rates"]["knob_fields"]
    assert (fields["right"], fields["wrong"], fields["of"]) == (right, wrong, 1)


def test_stored_answers_are_scored_without_a_server(tmp_path: Path) -> None:
    def code(lines: tuple[str, ...]) -> str:
        head = "from manim import *\nfrom theorama_kit import *\n\n\nclass Any(Stage):\n    def construct(self):\n"
        return f"```python\n{head}{''.join(f'        {line}' + chr(10) for line in lines)}```"

    file = tmp_path / "stored.jsonl"
    file.write_text(json.dumps({"prompt": CIRCLE, "replies": [code(BROKEN), code(GOOD)]}) + "\n", encoding="utf-8")
    call_command("training", "evaluate", "--completions", str(file), "--out", str(tmp_path / "out"), "--name", "it")
    rates = json.loads((tmp_path / "out" / "it.scores.json").read_text(encoding="utf-8"))["rates"]

    assert rates["first_try@1"]["rate"] == 0.0
    assert rates["after_repair@1"] == {"rate": 0.5, "low": 0.0, "high": 1.0, "of": 2}  # the square was not answered
    assert rates["as_asked@1"]["rate"] == 0.5


def test_two_evaluations_are_compared_prompt_by_prompt(
    stub: Stub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, lines in (("before", BROKEN), ("after", GOOD)):
        stub.otherwise = lambda body, lines=lines: scene(body, lines)  # type: ignore[misc]
        evaluate(stub, tmp_path / name, "--tasks", "scenes")
    capsys.readouterr()

    pair = [str(tmp_path / name / "it.scores.json") for name in ("before", "after")]
    call_command("training", "evaluate", "--compare", *pair)

    told = capsys.readouterr().out
    assert re.search(r"first-try render\s+\+100.0%.*only the second 2; McNemar", told)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--tasks", "poems"], "--tasks takes"),
        (["--k", "3"], "--k takes numbers from 1 to --n"),
        (["--suite", "none", "--endpoint", "http://127.0.0.1:1/v1"], "There is no suite called none"),
        ([], "No model is named"),
        (["--completions", "missing.jsonl"], "missing.jsonl cannot be read"),
        (["--compare", "a.json", "b.json"], "a.json holds no scores"),
    ],
)
def test_wrong_arguments_are_refused_in_words(tmp_path: Path, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("training", "evaluate", "--out", str(tmp_path), *arguments)


def test_at_k_is_the_chance_that_one_of_k_is_good() -> None:
    assert chances.at_k(1, 2, 1) == 0.5
    assert chances.at_k(1, 4, 2) == 0.5
    assert chances.at_k(0, 5, 5) == 0.0
    assert chances.at_k(3, 5, 3) == 1.0
    assert chances.mean([]).rate is None
