"""The whole build on a few candidates: the same inputs make the same dataset, and what was killed goes on."""

from __future__ import annotations

import itertools
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from generation.engine.errors import EngineFault
from generation.engine.render.client import Renderer
from generation.engine.types import CheckReport, Fault
from training import services
from training.dataset import shards, tokens
from training.dataset.build import Built, build
from training.dataset.candidates import Candidate
from training.dataset.proving import Kept
from training.dataset.rows import Origin, Split, Task
from training.dataset.sources import sketches
from training.dataset.suites import Prompts
from training.errors import TrainingFault
from training.lanes import Lane
from training.models import DatasetVersion, Sample, Source

PROMPTS = Prompts(("Why does a thrown ball follow a parabola?",), ("suite.jsonl",), "0" * 64)


def some(origin: Origin | None = None) -> list[Candidate]:
    """A few real candidates: two scenes and two wishes of each of three families, one of which is held out."""
    found = list(sketches.candidates(origin or sketches.origin(), 2))
    families = ("sketch_bars", "sketch_polygon", "sketch_chain")
    return [
        each
        for family in families
        for task in (Task.WRITE, Task.EDIT)
        for each in [one for one in found if one.family == family and one.task is task][:2]
    ]


def built(candidates, check, out: Path, **more) -> Built:
    held_out = frozenset({"sketch_polygon"})
    quiet = lambda step, done, of: None  # noqa: E731
    return build(candidates, check, PROMPTS, held_out, tokens.counter(), out, on_progress=quiet, **more)


@pytest.fixture(scope="module")
def kept(renderer: Renderer, tmp_path_factory) -> Kept:
    return Kept(tmp_path_factory.mktemp("checks") / "checks.sqlite3", renderer.check)


@pytest.mark.render
def test_the_same_inputs_make_the_same_dataset_with_other_threads_and_elsewhere(kept: Kept, tmp_path):
    first = built(some(), kept, tmp_path / "one", jobs=1)
    second = built(some(), kept, tmp_path / "two", jobs=3)
    assert first.sha256 == second.sha256
    assert first.manifest["rows"] > 4
    files = [
        sorted(path.relative_to(each).as_posix() for path in each.rglob("*.*"))
        for each in (first.folder, second.folder)
    ]
    assert files[0] == files[1]
    assert all((first.folder / name).read_bytes() == (second.folder / name).read_bytes() for name in files[0])


@pytest.mark.render
def test_other_inputs_make_another_dataset(kept: Kept, tmp_path):
    assert built(some(), kept, tmp_path / "one").sha256 != built(some()[:-1], kept, tmp_path / "two").sha256


@pytest.mark.render
def test_every_row_says_where_it_comes_from_and_held_out_families_are_apart(kept: Kept, tmp_path):
    rows = list(shards.read(built(some(), kept, tmp_path / "out").folder))
    assert {"task", "lane", "source", "licence", "family", "split", "messages"} <= {*rows[0]}
    assert {row["split"] for row in rows if row["family"] == "sketch_polygon"} == {"heldout"}
    assert all(row["messages"][-1]["role"] == "assistant" for row in rows)
    assert list(shards.read(tmp_path / "out", Split.HELDOUT))


@pytest.mark.render
def test_a_build_that_was_stopped_goes_on_where_it_was(renderer: Renderer, tmp_path):
    file, asked = tmp_path / "checks.sqlite3", itertools.count()

    def dies(code: str, scene: str) -> CheckReport:
        if next(asked) == 2:
            raise EngineFault(Fault("renderer_lost", "The renderer is gone."))
        return renderer.check(code, scene)

    with pytest.raises(TrainingFault, match="what was proved is kept"):
        built(some(), Kept(file, dies), tmp_path / "out", jobs=1)
    assert not (tmp_path / "out" / shards.MANIFEST).exists()
    again = Kept(file, renderer.check)
    whole = built(some(), again, tmp_path / "out", jobs=1)
    fresh = Kept(tmp_path / "fresh.sqlite3", renderer.check)
    assert built(some(), fresh, tmp_path / "fresh").sha256 == whole.sha256
    assert 0 < again.ran < fresh.ran


@pytest.mark.render
def test_what_is_too_close_to_a_suite_is_dropped(kept: Kept, tmp_path):
    chosen = [each for each in some() if each.task is Task.WRITE]
    prompts = Prompts((chosen[0].request,), ("suite.jsonl",), "1" * 64)
    quiet = lambda step, done, of: None  # noqa: E731
    found = build(chosen, kept, prompts, frozenset(), tokens.counter(), tmp_path / "out", on_progress=quiet)
    assert found.report.contaminated["write"] >= 1
    assert all(chosen[0].request not in json.dumps(row["messages"]) for row in shards.read(tmp_path / "out"))


@pytest.mark.render
@pytest.mark.parametrize(
    ("origin", "code"),
    [
        (Origin("found", "1", "", ""), "blocked"),
        (Origin("videos", "1", "CC-BY-NC-SA-4.0", "LICENSE.txt"), "research"),
    ],
)
def test_the_commercial_lane_takes_nothing_else(kept: Kept, tmp_path, origin, code):
    with pytest.raises(TrainingFault, match="No row is left"):
        built(some(origin)[:2], kept, tmp_path / "out")


@pytest.mark.render
def test_a_dataset_takes_the_lane_of_its_worst_row(kept: Kept, tmp_path):
    worse = Origin("videos", "1", "CC-BY-NC-SA-4.0", "LICENSE.txt")
    mixed = [*some()[:4], *some(worse)[8:]]
    assert built(mixed, kept, tmp_path / "out", lane=Lane.RESEARCH_NC).manifest["lane"] == "research_nc"


@pytest.mark.render
@pytest.mark.django_db
def test_a_dataset_is_registered_once_with_its_rows_and_sources(kept: Kept, tmp_path):
    found = built(some(), kept, tmp_path / "out")
    dataset = services.register_dataset(found.folder)
    assert services.register_dataset(found.folder) == dataset
    assert DatasetVersion.objects.count() == 1
    assert Sample.objects.filter(dataset=dataset).count() == dataset.rows == found.manifest["rows"]
    assert dataset.lane == "commercial"
    assert Source.objects.get().name == "theorama-sketches"


@pytest.mark.render
@pytest.mark.django_db
def test_a_corrupt_shard_is_found_before_a_row_of_it_is_used(kept: Kept, tmp_path):
    folder = built(some(), kept, tmp_path / "out").folder
    shard = sorted((folder / "data").glob("*.jsonl"))[-1]
    shard.write_bytes(shard.read_bytes().replace(b"self", b"sell", 1))
    with pytest.raises(TrainingFault, match=f"{shard.name} is corrupt"):
        list(shards.read(folder))
    with pytest.raises(TrainingFault, match="is corrupt"):
        services.register_dataset(folder)
    assert not DatasetVersion.objects.exists()
    shard.unlink()
    with pytest.raises(TrainingFault, match="is missing"):
        list(shards.read(folder))


def test_a_folder_without_a_dataset_says_how_to_build_one(tmp_path):
    with pytest.raises(TrainingFault, match=r"manage\.py training build"):
        shards.read_manifest(tmp_path)


def test_a_full_disk_leaves_what_was_there(tmp_path):
    (tmp_path / "f").write_bytes(b"old")
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this machine has no /dev/full")
    (tmp_path / ".f.part").symlink_to(full)
    with pytest.raises(OSError, match="No space left"):
        shards.put(tmp_path / "f", b"new" * 1000)
    assert (tmp_path / "f").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("options", "said"),
    [({"sources": "library,wiki"}, "no source called wiki"), ({"tokenizer": Path("/nowhere.json")}, "tokenizer")],
)
def test_the_command_says_what_is_wrong_before_it_begins(tmp_path, options, said):
    with pytest.raises(CommandError, match=said):
        call_command("training", "build", "--out", str(tmp_path), *_flags(options), stdout=StringIO())


def _flags(options) -> list[str]:
    return [part for name, value in options.items() for part in (f"--{name}", str(value))]


@pytest.mark.render
@pytest.mark.django_db
def test_one_command_builds_and_registers(settings, tmp_path, renderer: Renderer):
    settings.RUN_DIR = renderer._run_dir
    screen = StringIO()
    chosen = ("--only", "hookes_law", "--sources", "library", "--cache", str(tmp_path / "checks.sqlite3"))
    call_command("training", "build", "--out", str(tmp_path / "out"), *chosen, stdout=screen)
    dataset = DatasetVersion.objects.get()
    assert dataset.rows > 10
    assert f"{dataset.manifest_sha256}" in screen.getvalue()
    card = (tmp_path / "out" / "CARD.md").read_text()
    assert "license:\n- other" in card
    assert dataset.manifest_sha256 in card
