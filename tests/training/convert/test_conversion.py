"""Whole files: converted code is sound, converting twice changes nothing, and enough of it runs."""

from __future__ import annotations

import ast
from pathlib import Path

import libcst
import pytest

from generation.engine.errors import EngineFault
from generation.engine.types import Fault
from tests.training.convert.corpora import CORPORA, FILES, checkout
from training.convert import convert, corpus
from training.convert.code import Code, is_new, walk
from training.convert.judging import judge
from training.convert.report import report
from training.convert.rules import fades, names
from training.convert.rules.order import ORDER
from training.convert.verification import Verifier, key_of
from training.errors import TrainingFault
from training.extract.checkout import open_checkout
from training.extract.corpus import extract, read

ALL = sorted(FILES.glob("*/*.py"))
# What these two change has the same form afterwards and means something else: they depend on the import.
BY_IMPORT = {names.FormulaNames, fades.FadeScale}


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> dict[str, tuple[corpus.Row, ...]]:
    """Every self-contained scene of our files, converted."""
    folder = tmp_path_factory.mktemp("corpora")
    found = {}
    for name in CORPORA:
        extract(open_checkout(checkout(folder / name, name)), folder / f"{name}.jsonl")
        found[name] = corpus.convert_all(read(folder / f"{name}.jsonl"), folder / f"{name}.ce.jsonl")
    return found


def test_there_are_more_than_forty_files_and_twelve_of_them_are_held_out():
    assert len(ALL) >= 40
    assert len([each for each in ALL if each.parent.name == "held_out"]) == 12


@pytest.mark.parametrize("file", ALL[::5], ids=lambda each: f"{each.parent.name}/{each.stem}")
def test_converting_twice_changes_nothing_even_when_the_rules_are_made_to_go_over_it_again(file: Path):
    once = convert(file.read_text()).source
    ast.parse(once)
    assert convert(once).source == once
    code = Code(libcst.parse_module(once), new=is_new(file.read_text()))
    for group in ORDER:
        walk([rule() for rule in group if rule not in BY_IMPORT], code)
    assert code.module.code == once, code.counts


@pytest.mark.parametrize("name", CORPORA)
def test_three_quarters_of_the_scenes_that_stand_on_their_own_pass_the_static_check(rows, name):
    found = rows[name]
    assert len(found) >= 18
    assert sum(each.valid for each in found) >= 0.75 * len(found), [each.faults for each in found if not each.valid]
    assert not [each.error for each in found if each.error]


def test_unconverted_none_of_them_does():
    sources = [file.read_text().replace("from manimlib import", "from manim import") for file in ALL]
    assert not [each for each in sources if judge(each).valid and "from manim import" in each]


def test_blocked_scenes_are_left_out_early(rows, tmp_path):
    extract(open_checkout(checkout(tmp_path / "all", "held_out")), tmp_path / "scenes.jsonl")
    found = read(tmp_path / "scenes.jsonl").scenes
    assert {each.id for each in rows["held_out"]} == {each.id for each in found if each.convertible}
    assert [each for each in found if not each.convertible]
    assert "Randolph" not in " ".join(each.source for each in rows["held_out"])


def test_a_conversion_that_was_stopped_goes_on_where_it_was(tmp_path, monkeypatch):
    extract(open_checkout(checkout(tmp_path / "all", "held_out")), tmp_path / "scenes.jsonl")
    found = read(tmp_path / "scenes.jsonl")
    done: list[int] = []

    def stop(number: int, of: int) -> None:
        done.append(number)
        if number == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.convert_all(found, tmp_path / "ce.jsonl", stop)
    with (tmp_path / "ce.jsonl").open("a") as file:
        file.write('{"id": "cut in the mid')
    calls: list[str] = []
    whole = corpus.convert_scene
    monkeypatch.setattr(corpus, "convert_scene", lambda each: calls.append(each.id) or whole(each))
    again = corpus.convert_all(found, tmp_path / "ce.jsonl")
    assert len(again) == len([each for each in found.scenes if each.convertible])
    assert len(calls) == len(again) - 5
    assert corpus.read(tmp_path / "ce.jsonl") == again


def test_a_rule_that_fails_costs_one_scene_and_is_told(tmp_path, monkeypatch):
    extract(open_checkout(checkout(tmp_path / "all", "held_out")), tmp_path / "scenes.jsonl")
    scene = next(each for each in read(tmp_path / "scenes.jsonl").scenes if each.convertible)

    def broken(source: str) -> None:
        raise ZeroDivisionError("a rule of ours")

    monkeypatch.setattr(corpus, "convert", broken)
    row = corpus.convert_scene(scene)
    assert row.error == "ZeroDivisionError: a rule of ours"
    assert not row.valid


def test_what_is_wrong_with_code_is_named():
    judged = judge("from manim import *\nclass A(Scene):\n    def construct(self):\n        self.add(GlowDot())\n")
    assert not judged.valid
    assert judged.faults[0]["name"] == "GlowDot"
    assert judge("class :").faults[0]["code"] == "syntax"
    assert judge("from manim import *\nimport os\n").policy == "import"


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "other.jsonl").write_text('{"a": 1}\n')
    with pytest.raises(TrainingFault, match="holds no converted scenes"):
        corpus.read(tmp_path / "other.jsonl")
    (tmp_path / "torn.jsonl").write_text('{"format": "manim-scenes-1"}\n{"a": \n{}\n')
    with pytest.raises(TrainingFault, match="Line 2 of"):
        corpus.read(tmp_path / "torn.jsonl")


def test_the_sample_is_the_same_each_time_and_has_every_generation(rows):
    found = rows["tuned"]
    chosen = corpus.sample(found, 9)
    assert chosen == corpus.sample(reversed(found), 9)
    assert len(chosen) <= 9
    assert {each.generation for each in chosen} == {each.generation for each in found}
    assert len(corpus.sample(found, 10_000)) == sum(each.valid for each in found)


class Broken:
    """A renderer whose jail is out of order."""

    def check(self, *args, **options):
        raise EngineFault(Fault("jail_unavailable", "The jail can't be built.", hint="See manage.py jail."))


def test_a_jail_out_of_order_is_no_fact_about_a_scene(tmp_path):
    with (
        Verifier(Broken(), tmp_path / "runs.jsonl") as verifier,
        pytest.raises(TrainingFault, match=r"manage\.py jail"),
    ):
        verifier.run_all([("x", "A")])
    assert (tmp_path / "runs.jsonl").read_text().count("\n") == 1  # the head only


@pytest.mark.render
def test_two_thirds_of_a_sample_of_what_was_held_out_run_and_no_run_is_made_twice(rows, renderer, tmp_path):
    found = corpus.sample([*rows["held_out"], *rows["later"]], 12)
    pairs = [(each.source, each.scene) for each in found]
    with Verifier(renderer, tmp_path / "runs.jsonl") as verifier:
        runs = verifier.run_all(pairs)
    good = [each for each in runs.values() if each.runs]
    assert len(good) >= 0.65 * len(pairs), [each.message for each in runs.values() if not each.runs]
    assert all(each.plays for each in good)
    with Verifier(Broken(), tmp_path / "runs.jsonl") as verifier:
        assert verifier.run_all(pairs) == runs
        assert verifier.known(*pairs[0]) == runs[pairs[0]]
    made = report(found, {each.id: runs[each.source, each.scene] for each in found})
    assert made["yields"]["all"]["tried"] == len(found)
    assert made["yields"]["all"]["run"] == len(good)


@pytest.mark.render
def test_a_scene_that_does_not_run_is_told_by_its_line_and_one_off_screen_by_the_probe(renderer, tmp_path):
    head = "from manim import *\nclass A(Scene):\n    def construct(self):\n"
    with Verifier(renderer, tmp_path / "runs.jsonl") as verifier:
        broken = verifier.run(head + "        self.play(Write(1))\n", "A")
        away = verifier.run(head + "        self.play(FadeIn(Text('Hello').shift(20 * UP)))\n", "A")
    assert (broken.runs, broken.line) == (False, 4)
    assert away.runs
    assert "off_frame" in away.layout


def test_facts_are_kept_by_what_was_run():
    assert key_of("a", "B") == key_of("a", "B") != key_of("a", "C")
