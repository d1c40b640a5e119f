"""Registered, promoted and rolled back; shares of the people; shadow runs that nobody sees."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from generation import adapters
from generation.engine.served import splitting
from tests.training.tune.building import build, recipe, row
from training import shadow
from training.models import DatasetVersion, ModelArtifact, ShadowRun, Source, TrainingRun
from training.tune import exporting, rows
from training.tune import recipe as recipes
from training.tune.folder import Order, RunFolder

pytestmark = pytest.mark.django_db


def finished(place: Path, *, licence: str = "MIT", weights: bytes = b"weights") -> RunFolder:
    """A run that was trained and exported, on a dataset whose source has that licence."""
    dataset = rows.open_dataset(build(place / "dataset", {"train": [row(1)]}))
    found = recipes.load(str(recipe(place)))
    folder = RunFolder(place / "run")
    folder.write_order(Order(found, "base", str(dataset.folder), dataset.digest))
    folder.adapter.mkdir()
    (folder.adapter / "adapter_model.safetensors").write_bytes(weights)
    (folder.path / "adapter.gguf").write_bytes(weights + b" as gguf")
    made = {exporting.PEFT: folder.adapter, exporting.GGUF: folder.path / "adapter.gguf"}
    (folder.path / exporting.SUMS).write_text(json.dumps(exporting.sums(made)), encoding="utf-8")
    exporting.write_card(folder)
    run = TrainingRun.objects.create(
        name="tiny", base="tiny", base_licence="Apache-2.0", folder=str(folder.path.resolve()), state="succeeded"
    )
    lane = {"MIT": "commercial", "CC-BY-NC-SA-4.0": "research_nc"}.get(licence, "blocked")
    source, _ = Source.objects.get_or_create(
        name=licence or "unknown", version="1", defaults={"licence": licence, "evidence": "a file", "lane": lane}
    )
    version, _ = DatasetVersion.objects.get_or_create(
        manifest_sha256=uuid.uuid4().hex * 2, defaults={"name": "tiny", "folder": str(dataset.folder), "lane": lane}
    )
    version.sources.add(source)
    run.datasets.add(version)
    return folder


def test_a_run_is_registered_promoted_and_rolled_back_and_the_local_engine_finds_it(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LOCAL_MODEL_ADAPTER = tmp_path / "models" / "adapter.gguf"
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        folder = finished(tmp_path / str(number), weights=f"weights {number}".encode())
        call_command("training", "register", str(folder.path), "--name", "manim")
    assert [each.lane for each in ModelArtifact.objects.all()] == ["commercial"] * 4

    call_command("training", "promote", "manim", "--version", "2")
    assert settings.LOCAL_MODEL_ADAPTER.read_bytes() == b"weights 2 as gguf"
    assert '"name": "manim"' in capsys.readouterr().out
    settings.MODEL_ADAPTER = "manim"
    assert adapters.chosen(paying=True) == "manim"

    call_command("training", "rollback", "manim")
    assert settings.LOCAL_MODEL_ADAPTER.read_bytes() == b"weights 1 as gguf"
    assert set(ModelArtifact.objects.filter(state="promoted").values_list("version", flat=True)) == {1}
    with pytest.raises(CommandError, match="no version before"):
        call_command("training", "rollback", "manim")


def test_files_that_changed_since_the_export_are_not_registered(tmp_path: Path) -> None:
    folder = finished(tmp_path)
    (folder.path / "adapter.gguf").write_bytes(b"something else")

    with pytest.raises(CommandError, match="is not what was exported"):
        call_command("training", "register", str(folder.path))
    assert not ModelArtifact.objects.exists()


def test_what_was_trained_on_unknown_licences_is_not_promoted(tmp_path: Path) -> None:
    call_command("training", "register", str(finished(tmp_path, licence="").path))

    with pytest.raises(CommandError, match="licence is unknown"):
        call_command("training", "promote", "manim", "--version", "1")


def test_a_research_model_answers_no_paying_tenant(tmp_path: Path, settings: Any) -> None:
    settings.LOCAL_MODEL_ADAPTER = tmp_path / "adapter.gguf"
    call_command("training", "register", str(finished(tmp_path, licence="CC-BY-NC-SA-4.0").path))
    call_command("training", "promote", "manim", "--version", "1")
    settings.MODEL_SPLIT = ["manim=100"]

    assert adapters.chosen(paying=False, key="somebody") == "manim"
    assert adapters.chosen(paying=True, key="somebody") == ""


def test_shares_hold_and_the_same_person_keeps_her_adapter() -> None:
    people = [str(number) for number in range(4000)]
    small, large = {"next": 10.0}, {"next": 25.0}

    before = {who: splitting.chosen(small, who, "now") for who in people}
    after = {who: splitting.chosen(large, who, "now") for who in people}

    assert 0.08 < sum(each == "next" for each in before.values()) / len(people) < 0.12
    assert all(after[who] == "next" for who in people if before[who] == "next")
    assert before == {who: splitting.chosen(small, who, "now") for who in people}
    assert splitting.chosen({}, "anybody", "now") == "now"


@pytest.mark.parametrize("wrong", ["manim", "manim=101", "manim=-1", "=5", "manim=x"])
def test_shares_that_cannot_be_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        splitting.shares([wrong])
    with pytest.raises(ValueError, match="add up to 110"):
        splitting.shares(["a=60", "b=50"])


# --- shadow runs ----------------------------------------------------------------------------------------
BOARD = {"title": "Dot", "scenes": [{"title": "Dot", "shown": "A dot.", "said": "A dot.", "seconds": 5}]}


@pytest.fixture
def shadowed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The tasks that are sent, where half of the jobs have a shadow."""
    settings.MODEL_URL, settings.MODEL_SHADOW, settings.ADAPTER_CHECKS = "http://127.0.0.1:1/v1", ["next=50"], []
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr("celery.canvas.Signature.delay", lambda task: sent.append(task.args))
    return sent


def ask(job: str) -> None:
    shadow.after_draft(job=job, prompt="a dot", storyboard=BOARD, served="manim", paying=True)


def test_a_share_of_the_jobs_has_a_shadow(
    shadowed: list[Any], django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    jobs = [str(uuid.UUID(int=number)) for number in range(400)]
    with django_capture_on_commit_callbacks(execute=True):
        for job in jobs:
            ask(job)

    assert 160 < len(shadowed) < 240
    assert {each[4] for each in shadowed} == {"next"}
    settings.MODEL_SHADOW = []
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        ask(jobs[0])
    assert callbacks == []


def test_what_may_not_be_served_runs_in_no_shadow(
    shadowed: list[Any], django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.ADAPTER_CHECKS, settings.MODEL_SHADOW = ["training.registry.may_serve"], ["next=100"]
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        ask(str(uuid.uuid4()))
    assert callbacks == []


@pytest.mark.render
def test_a_shadow_is_measured_once_and_neither_request_nor_code_is_kept(settings: Any) -> None:
    import re

    from tests.served.stub import says, serving

    def answer(body: Any) -> Any:
        name = re.findall(r"(?:the scene|class) (Scene\d\w*)", body["messages"][-1]["content"])[-1]
        head = "from manim import *\nfrom theorama_kit import *\n\n\n"
        return says(
            f"```python\n{head}class {name}(Stage):\n    def construct(self):\n"
            "        self.play(FadeIn(Dot()), run_time=0.2)\n        self.pause(0.4)\n```"
        )

    with serving() as stub:
        stub.otherwise = answer
        settings.MODEL_URL, job = stub.url, str(uuid.uuid4())
        for _ in range(2):
            shadow.run(job, "a dot that nobody forgets", BOARD, "manim", "next")
        assert {each["model"] for each in stub.asked} == {"next"}
        assert len(stub.asked) == 1

    kept = ShadowRun.objects.get()
    assert (kept.ran, kept.first_try, kept.served, kept.adapter) == (True, True, "manim", "next")
    assert kept.tokens > 0
    assert "forgets" not in json.dumps({name: str(value) for name, value in vars(kept).items()})


def test_a_shadow_whose_server_is_away_is_measured_as_that(settings: Any) -> None:
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    shadow.run(str(uuid.uuid4()), "a dot", BOARD, "manim", "next")

    kept = ShadowRun.objects.get()
    assert not kept.ran
    assert kept.codes == ["model_unreachable"]
