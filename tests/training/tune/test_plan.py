"""Recipes, datasets and plans: all that is known before a run begins."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.training.tune.building import build, preference, recipe, row
from training.tune import planning
from training.tune import recipe as recipes
from training.tune import rows as datasets
from training.tune.faults import WORDS, TuneFault


def test_every_recipe_of_ours_makes_sense() -> None:
    names = recipes.names()

    assert {"qwen3-14b-lora", "qwen3-14b-qlora", "qwen3-14b-dpo", "qwen3-14b-grpo"} <= set(names)
    for name in names:
        found = recipes.load(name)
        assert found.digest
        if found.start_from:
            assert recipes.load(found.start_from).base == found.base


@pytest.mark.parametrize(
    ("name", "billions", "millions"), [("qwen3-14b-lora", 14.8, 128), ("qwen2.5-coder-1.5b-lora", 1.54, 18)]
)
def test_the_sizes_are_those_of_the_models(name: str, billions: float, millions: int) -> None:
    found = recipes.load(name)

    assert found.base.parameters == pytest.approx(billions * 1e9, rel=0.01)
    assert found.lora.parameters(found.base) // 10**6 == millions


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "sft"', 'kind = "guess"', "kind must be one of"),
        ("rank = 8", "rank = 0", "rank and alpha"),
        ("rank = 8", "rang = 8", "lora has no rang"),
        ("max_length = 256", "max_length = 99999999", "context"),
        ('device = "cpu"', 'device = "cpu"\nbits = 4', "4 bits need a GPU"),
        ("[lora]", "[lora", "tiny-sft.toml"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused_with_the_reason(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = recipe(tmp_path)
    path.write_text(path.read_text().replace(old, new), encoding="utf-8")

    with pytest.raises(TuneFault, match=words) as caught:
        recipes.load(str(path))
    assert caught.value.code == "bad_recipe"


def test_a_recipe_that_is_not_there_is_named() -> None:
    with pytest.raises(TuneFault, match="no recipe called nothing"):
        recipes.load("nothing")


def test_a_dataset_is_read_by_split(tmp_path: Path) -> None:
    build(tmp_path, {"train": [row(1), row(2)], "validation": [row(3)]})

    found = datasets.open_dataset(tmp_path)

    assert [len(list(found.rows(split))) for split in ("train", "validation", "test")] == [2, 1, 0]


@pytest.mark.parametrize("harm", ["changed", "cut", "missing", "outside"])
def test_a_corrupt_shard_is_found_before_anything_is_trained(tmp_path: Path, harm: str) -> None:
    build(tmp_path, {"train": [row(1)]})
    shard, manifest = tmp_path / "train.jsonl.gz", tmp_path / "MANIFEST.json"
    if harm == "changed":
        shard.write_bytes(gzip.compress(b"{}\n"))
    elif harm == "cut":
        shard.write_bytes(shard.read_bytes()[:-8])
    elif harm == "missing":
        shard.unlink()
    else:
        (tmp_path.parent / "elsewhere.jsonl").write_text("{}")
        data = json.loads(manifest.read_text())
        data["shards"][0]["file"] = "../elsewhere.jsonl"
        manifest.write_text(json.dumps(data))

    with pytest.raises(TuneFault) as caught:
        datasets.open_dataset(tmp_path)
    assert caught.value.code == "corrupt_shard"


def test_rows_that_are_too_long_are_left_out_and_counted(tmp_path: Path) -> None:
    build(tmp_path, {"train": [row(1), row(2, "x" * 5000), {"messages": []}, preference(3)]})
    chosen = recipes.load(str(recipe(tmp_path)))

    found = planning.plan(chosen, datasets.open_dataset(tmp_path), None)

    assert (found.rows, found.too_long, found.unusable) == (1, 1, 2)
    assert sum(count for _, count in found.histogram) == 1


def test_packing_puts_the_longest_first_into_the_fullest_that_takes_it() -> None:
    sequences, filled = planning.packed([60, 50, 50, 40], 100)

    assert sequences == 2
    assert filled == 1.0


def test_a_plan_counts_steps_as_the_trainer_does(tmp_path: Path) -> None:
    build(tmp_path, {"train": [row(number) for number in range(10)]})
    chosen = recipes.load(str(recipe(tmp_path, max_steps=0, batch=2, accumulate=2, epochs=3)))

    assert planning.plan(chosen, datasets.open_dataset(tmp_path), None).steps == 9  # 10 rows are 3 steps of 4


def test_what_the_build_counted_is_taken_and_a_tokenizer_counts_anew(tmp_path: Path) -> None:
    build(tmp_path, {"train": [row(1, tokens=200, answer_tokens=90)]})
    chosen, dataset = recipes.load(str(recipe(tmp_path))), datasets.open_dataset(tmp_path)

    assert planning.plan(chosen, dataset, None).tokens == 200
    counted = planning.plan(chosen, dataset, lambda text: 1)
    assert (counted.tokens, counted.counted) == (2 * (1 + planning.OVERHEAD_TOKENS), True)


def test_qlora_needs_less_memory_and_more_time() -> None:
    lora, qlora = recipes.load("qwen3-14b-lora"), recipes.load("qwen3-14b-qlora")

    assert sum(planning.memory(lora, 4096).values()) < 48e9
    assert sum(planning.memory(qlora, 4096).values()) < 24e9
    assert planning.seconds(qlora, 1e6)["H100"] > planning.seconds(lora, 1e6)["H100"]


def test_preferences_are_planned_by_both_answers(tmp_path: Path) -> None:
    build(tmp_path, {"train": [preference(1), row(2)]})
    chosen = replace(recipes.load("qwen3-14b-dpo"), packing=False)

    found = planning.plan(chosen, datasets.open_dataset(tmp_path), None)

    assert (found.rows, found.unusable) == (1, 1)


def test_the_command_plans_without_a_gpu(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path, {"train": [row(number) for number in range(5)]})
    call_command("training", "plan", "qwen3-14b-qlora", "--dataset", tmp_path)
    told = capsys.readouterr().out
    assert all(word in told for word in ("tokens", "packed", "steps", "GB", "H100"))

    call_command("training", "plan", "qwen3-14b-qlora", "--dataset", tmp_path, "--json")
    assert json.loads(capsys.readouterr().out)["rows"] == 5
    call_command("training", "plan")
    assert "qwen3-8b-qlora" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is not a dataset"):
        call_command("training", "plan", "qwen3-14b-qlora", "--dataset", tmp_path / "nothing")


def test_every_fault_says_what_to_do() -> None:
    for code in WORDS:
        fault = TuneFault(code, "this")
        assert fault.message
        assert fault.hint
