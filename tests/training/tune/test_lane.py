"""The whole path on a processor: train with Unsloth, kill, resume, export, and serve the adapter by both engines.

It proves that the parts fit together. A model of 200,000 random weights says nothing about how good a real one becomes.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from django.core.management import CommandError, call_command

from generation.engine.served.client import ModelClient
from generation.engine.served.request import Chat, Endpoint, Patience, Sampling
from tests.training.tune.building import ANSWER, build, preference, recipe, row
from tests.vllm.server import BASE, PYTHON, ROOT, Server, make_model, running
from training.models import TrainingRun
from training.tune.folder import RunFolder

pytestmark = [pytest.mark.tuning, pytest.mark.django_db]
ASKED = [{"role": "user", "content": "Write the scene number 1"}]
STARTS = 120.0


def chat(max_tokens: int = 64) -> Chat:
    return Chat(ASKED, Sampling(temperature=0.0, max_tokens=max_tokens))


def client_at(url: str, model: str, *, adapter: str = "", key: str = "") -> ModelClient:
    return ModelClient([Endpoint(url, model, adapter, key)], patience=Patience(first_token_seconds=60, retries=0))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny base model and a dataset of one answer, so that a tuned model gives it by heart."""
    if not PYTHON.exists() or not (PYTHON.parents[1] / ".theorama-training").exists():
        pytest.skip("No training environment is installed here: scripts/setup-training cpu installs it")
    folder = tmp_path_factory.mktemp("tuning")
    make_model(folder)
    build(
        folder / "dataset",
        {"train": [row(number) for number in range(12)], "validation": [row(number) for number in range(3)]},
    )
    return folder


@pytest.fixture(scope="module")
def trained(place: Path, django_db_setup: None, django_db_blocker: Any) -> RunFolder:
    """A run that was killed with -9 in the middle and gone on with to its end."""
    chosen, folder = recipe(place, base=place / BASE), RunFolder(place / "run")
    with django_db_blocker.unblock():
        command = [sys.executable, "-c", _FOLLOW, str(chosen), str(place / "dataset"), str(folder.path)]
        begun = subprocess.Popen([*command], cwd=ROOT, start_new_session=True)
        kill_in_the_middle(folder)
        assert begun.wait(STARTS) == 1
        assert folder.end() is None
        call_command("training", "run", str(chosen), "--dataset", place / "dataset", "--out", folder.path, "--resume")
        TrainingRun.objects.all().delete()
    return folder


# What `training run` does but for the database, which belongs to the test.
_FOLLOW = """
import sys
from pathlib import Path
from training.tune import process, recipe, rows
from training.tune.faults import TuneFault
from training.tune.folder import Order, RunFolder
found, dataset, folder = recipe.load(sys.argv[1]), rows.open_dataset(Path(sys.argv[2])), RunFolder(Path(sys.argv[3]))
versions = process.pinned(Path("requirements/training-cpu.txt"))
folder.write_order(Order(found, found.base.model, str(dataset.folder), dataset.digest, versions=versions))
try:
    python = Path(".venv-vllm/bin/python").absolute()
    process.run_trainer(python, "train", folder, on_cpu=True, threads=1, on_metrics=lambda metrics: None)
except TuneFault as fault:
    sys.exit(fault.code == "killed")
"""


def kill_in_the_middle(folder: RunFolder) -> None:
    """Kill the trainer at once when a checkpoint is whole."""
    give_up = time.monotonic() + STARTS
    while folder.whole_checkpoint() is None:
        assert time.monotonic() < give_up, folder.log.read_text() if folder.log.exists() else "it did not start"
        time.sleep(0.005)
    for found in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = found.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"training.tune.trainer" in words and str(folder.path).encode() in words:
            os.kill(int(found.parent.name), signal.SIGKILL)


def test_a_killed_run_goes_on_and_each_step_is_told_once(trained: RunFolder) -> None:
    losses = {each["step"]: each["loss"] for each in trained.metrics() if "loss" in each}
    steps = [each["step"] for each in trained.metrics() if "loss" in each]

    assert steps == list(range(1, 121))
    assert losses[120] < 0.4 * losses[1]
    assert any("eval_loss" in each for each in trained.metrics())
    assert (trained.adapter / "adapter_model.safetensors").is_file()


def test_a_killed_run_ends_with_the_same_adapter_as_one_that_was_not(trained: RunFolder, place: Path) -> None:
    folder = RunFolder(place / "whole")
    call_command("training", "run", str(place / "tiny-sft.toml"), "--dataset", place / "dataset", "--out", folder.path)

    run = TrainingRun.objects.get()
    assert (run.state, run.method) == ("succeeded", "sft")
    assert run.metrics[-1]["step"] == 120
    kept = [RunFolder(each).adapter / "adapter_model.safetensors" for each in (trained.path, folder.path)]
    assert kept[0].read_bytes() == kept[1].read_bytes()


def test_preferences_and_the_jails_reward_train_too(trained: RunFolder, place: Path) -> None:
    build(place / "pairs", {"train": [preference(number) for number in range(6)]})
    for kind, dataset, steps in (("dpo", "pairs", 12), ("grpo", "dataset", 2)):
        chosen = recipe(place, kind, base=place / BASE, max_steps=steps, batch=2, learning_rate=0.001)
        folder = RunFolder(place / kind)
        call_command(
            "training", "run", str(chosen), "--dataset", place / dataset, "--adapter", trained.adapter,
            "--out", folder.path,
        )  # fmt: skip
        assert folder.end() == {"state": "succeeded"}
        last = [each for each in folder.metrics() if each.get("step") == steps]
        assert last
    margins = [each["rewards/margins"] for each in RunFolder(place / "dpo").metrics() if "rewards/margins" in each]
    assert margins[-1] > margins[0]
    rewards = [each["reward"] for each in RunFolder(place / "grpo").metrics() if "reward" in each]
    assert rewards == [0.0, 0.0]  # an answer that is no scene earns nothing


def test_what_cannot_be_trained_here_is_said(place: Path) -> None:
    wrong = recipe(place, base=place / BASE, name="wrong")
    wrong.write_text(wrong.read_text().replace("hidden = 64", "hidden = 128"), encoding="utf-8")
    with pytest.raises(CommandError, match="hidden_size is 64, not 128"):
        call_command("training", "run", str(wrong), "--dataset", place / "dataset", "--out", place / "wrong-run")
    assert TrainingRun.objects.get().state == "failed"


@pytest.fixture(scope="module")
def exported(trained: RunFolder) -> RunFolder:
    call_command("training", "export", trained.path, "--formats", "peft,gguf,merged,gguf-q8_0")
    return trained


@pytest.fixture(scope="module")
def server(exported: RunFolder, place: Path) -> Iterator[Server]:
    with running(place, {"tuned": exported.adapter, "other": place / "manim"}) as found:
        yield found


def test_vllm_serves_the_adapter_by_name_beside_its_base(server: Server) -> None:
    said = {
        name: client_at(server.url, BASE, adapter=name, key=server.key).chat(chat()).text
        for name in ("", "tuned", "other")
    }

    assert said["tuned"] == ANSWER
    assert ANSWER not in (said[""], said["other"])


@contextmanager
def local_model(model: Path, adapter: Path | None) -> Iterator[str]:
    """The local engine's own process."""
    pytest.importorskip("xllamacpp", reason="make test-tuning installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "generation.engine.local.serving", "--model", str(model), "--port", str(port)]
    command += ["--adapter", str(adapter)] if adapter else []
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MODEL_KEY": "key"}, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        give_up = time.monotonic() + STARTS
        while not _is_up(url):
            assert time.monotonic() < give_up
            assert process.poll() is None
            time.sleep(0.1)
        yield f"{url}/v1"
    finally:
        process.kill()
        process.wait()


def _is_up(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/health", timeout=5, trust_env=False).is_success
    except httpx2.HTTPError:
        return False


def test_the_local_engine_speaks_by_the_gguf_adapter_and_by_the_merged_model(exported: RunFolder, place: Path) -> None:
    base = place / "base.gguf"
    subprocess.run([PYTHON, "-m", "training.tune.trainer.gguf_model", place / BASE, base], cwd=ROOT, check=True)
    said = {}
    for name, model, adapter in (
        ("base", base, None),
        ("adapter", base, exported.path / "adapter.gguf"),
        ("merged", exported.path / "model-q8_0.gguf", None),
    ):
        with local_model(model, adapter) as url:
            said[name] = client_at(url, "local", key="key").chat(chat()).text

    assert said["adapter"] == said["merged"] == ANSWER
    assert said["base"] != ANSWER


def test_the_card_names_what_the_adapter_was_made_of(exported: RunFolder) -> None:
    card = (exported.path / "CARD.md").read_text(encoding="utf-8")
    order = json.loads(exported.order_file.read_text(encoding="utf-8"))

    assert order["dataset_digest"] in card
    assert "| lane | commercial |" in card
    assert "unsloth 2026" in card
    assert "gguf/adapter.gguf" in card
