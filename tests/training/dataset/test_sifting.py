"""Near-duplicates go, suites are kept apart, people are taken out, and what belongs together stays in one split."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from generation.engine.library import catalogue
from training.dataset import heldout, likeness, privacy, splitting, suites, tokens
from training.dataset.rows import Origin, Row, Split, Task
from training.dataset.sketches import FAMILIES
from training.errors import TrainingFault

ORIGIN = Origin("ours", "1", "MIT", "LICENSE")
CODE = "\n".join(f"        self.play(FadeIn(thing{n}), run_time={n})" for n in range(30))


def row(request: str, answer: str = CODE, *, family: str = "f", path: str = "", task: Task = Task.WRITE) -> Row:
    messages = ({"role": "user", "content": request}, {"role": "assistant", "content": answer})
    return Row(task, messages, ORIGIN, family, request, path=path)


def test_the_same_code_for_nearly_the_same_request_stays_once():
    asked = "plot the sine curve from zero to two pi and let a red dot walk along it in five seconds"
    rows = [row(asked), row(f"{asked} please")]
    sifted = likeness.without_near_duplicates(rows)
    assert (len(sifted.kept), sifted.dropped) == (1, 1)


def test_the_same_code_for_another_request_stays_and_is_bound_to_the_first():
    rows = [row("plot the sine curve for my class"), row("draw a wave that goes up and down, twice")]
    sifted = likeness.without_near_duplicates(rows)
    assert len(sifted.kept) == 2
    assert sifted.linked == ((0, 1),)


def test_another_answer_to_the_same_request_stays():
    other = "\n".join(f"        self.add(Square({n}).shift({n} * UP))" for n in range(30))
    assert likeness.without_near_duplicates([row("a"), row("a", other)]).dropped == 0


@pytest.mark.parametrize(
    "request_",
    [
        "Why does a thrown ball follow a parabola?",
        "why does a thrown ball follow a PARABOLA",
        "please: why does a thrown ball follow a parabola",
        "Today we ask why does a thrown ball follow a parabola and what the wind has to do with that, in four scenes",
    ],
    ids=["the same", "other case", "a word more", "within a longer one"],
)
def test_what_is_close_to_a_prompt_of_a_suite_is_found(request_):
    kept_out = likeness.Suites(["Why does a thrown ball follow a parabola?", "Show two colliding carts."])
    assert kept_out.is_too_close(request_)


def test_what_only_shares_words_with_a_suite_is_not_taken_for_it():
    kept_out = likeness.Suites(["Why does a thrown ball follow a parabola?"])
    assert not kept_out.is_too_close("a ball is thrown into a basket, slow motion")


def test_every_suite_of_the_repository_is_read():
    found = suites.evaluation_prompts(Path(settings.ROOT))
    assert len(found.texts) > 2000
    assert {"generation/engine/scorecard/suites/classroom.jsonl", "tests/understanding/prompts_de.jsonl"} <= {
        *found.files
    }
    assert "Why does a thrown ball follow a parabola?" in found.texts


def test_a_repository_without_its_suites_builds_nothing(tmp_path):
    with pytest.raises(TrainingFault, match="no evaluation suite"):
        suites.evaluation_prompts(tmp_path)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to j.doe@school.example please", "email"),
        ("see https://school.example/class?id=7", "link"),
        ("call +44 20 7946 0958 after four", "phone"),
        ("call 555-123-4567", "phone"),
        ("pupil 123456789012", "digits"),
        ("ask @chalk_lady", "handle"),
        ("key sk-abcdefghijklmnop1234567890", "secret"),
        ("for Mr Quimby and his class", "title"),
        ("we are from Springfield Elementary School", "school"),
        ("made for Priya and Mateo", "name"),
        ('words("/home/kim/notes")', "path"),
        ("born on 12.03.2011", "birth"),
    ],
)
def test_what_points_to_a_person_is_taken_out(text, kind):
    cleaned = privacy.cleaned(text)
    assert kind in cleaned.found
    assert cleaned.text != text


@pytest.mark.parametrize(
    "text",
    [
        "the velocity is 12345.678 m/s, then 1,000,000",
        "Newton, Kepler and Will power; May and June",
        "self.play(dot.animate.shift(2 * RIGHT), run_time=3)",
        "a = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]",
        "the matrix [[1, 0], [0, 1]] @ vector",
        "x = 0.123456789012",
    ],
)
def test_what_lessons_are_about_is_left_alone(text):
    assert privacy.cleaned(text).text == text


def test_names_of_the_own_roster_go_whatever_they_are():
    assert "Zwilgmeyer" not in privacy.cleaned("a scene for Zwilgmeyer", roster=["Zwilgmeyer"]).text


def test_families_files_and_like_answers_stay_together():
    rows = [
        row("a", family="one"),
        row("b", family="one"),
        row("c", family="two", path="p"),
        row("d", family="three", path="p"),
    ]
    rows += [row(f"r{n}", family=f"f{n}") for n in range(200)]
    found = splitting.splits(rows, [(1, 2)], frozenset())
    assert len({*found[:4]}) == 1
    assert {*found} == {Split.TRAIN, Split.VALIDATION, Split.TEST}


def test_two_wishes_answered_by_the_same_line_bind_nothing():
    rows = [row("pause two seconds", "{}", task=Task.EDIT), row("rest a little at the end", "{}", task=Task.EDIT)]
    assert likeness.without_near_duplicates(rows).linked == ()


def test_whatever_is_bound_to_a_held_out_family_is_held_out():
    rows = [row("a", family="one"), row("b", family="two"), row("c", family="three")]
    assert splitting.splits(rows, [(0, 1)], frozenset({"one"}))[:2] == [Split.HELDOUT, Split.HELDOUT]


def test_more_rows_move_no_old_one():
    few = [row(f"r{n}", family=f"f{n}") for n in range(100)]
    more = [row(f"s{n}", family=f"g{n}") for n in range(100)]
    assert splitting.splits(few, [], frozenset()) == splitting.splits([*more, *few], [], frozenset())[100:]


def test_no_family_takes_more_than_its_share():
    rows = [row(f"a{n}", family="loud") for n in range(500)] + [row(f"b{n}", family=f"f{n % 50}") for n in range(1500)]
    kept = Counter(each.family for each in splitting.capped(rows))
    assert kept["loud"] == 40
    assert splitting.capped(rows) == splitting.capped(rows)


def test_every_family_that_is_held_out_exists():
    assert heldout.held_out() <= {*catalogue.templates(), *FAMILIES}


def test_tokens_are_counted_by_the_file_that_is_given_else_by_a_named_estimate(tmp_path):
    assert "estimate" in tokens.counter().name
    assert 8 <= tokens.estimate("self.play(FadeIn(dot), run_time=2)") <= 18
    from tokenizers import Tokenizer, models, pre_tokenizers

    made = Tokenizer(models.WordLevel({"a": 0, "b": 1, "?": 2}, unk_token="?"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.save(str(tmp_path / "tokenizer.json"))
    assert tokens.counter(tmp_path / "tokenizer.json").count("a b a") == 3
    (tmp_path / "no.json").write_text(json.dumps({"no": "tokenizer"}))
    with pytest.raises(ValueError, match=r"is no tokenizer\.json"):
        tokens.counter(tmp_path / "no.json")
