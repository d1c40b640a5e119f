"""A run's folder, its trainer's end in every way, and what the database keeps. The trainer is a small script."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.training.tune.building import build, recipe, row
from training.models import TrainingRun
from training.tune import process, runs
from training.tune.faults import TuneFault
from training.tune.folder import RunFolder, mark_whole
from training.tune.trainer.__main__ import described
from training.tune.trainer.versions import require_versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path) -> Path:
    build(tmp_path / "dataset", {"train": [row(1)]})
    recipe(tmp_path)
    return tmp_path


@pytest.fixture
def trainer(tmp_path: Path, settings: Any) -> Any:
    """`trainer("sys.exit(1)")`: in place of the training environment's Python, something that ends like this."""

    def use(lines: str) -> None:
        script = tmp_path / "python"
        head = f"#!{sys.executable}\nimport json, os, sys\nfrom pathlib import Path\nrun = Path(sys.argv[-1])\n"
        script.write_text(head + lines)
        script.chmod(0o700)
        settings.TRAINING_PYTHON = str(script)

    return use


def start(place: Path, *more: str) -> None:
    chosen, dataset, out = place / "tiny-sft.toml", place / "dataset", place / "run"
    call_command("training", "run", str(chosen), "--dataset", str(dataset), "--out", str(out), *more)


SUCCEEDS = """
with (run / "metrics.jsonl").open("a") as file:
    for step in range(1, 4):
        file.write(json.dumps({"step": step, "of": 3, "loss": 1 / step}) + "\\n")
(run / "end.json").write_text(json.dumps({"state": "succeeded"}))
"""


def fails(code: str) -> str:
    end = json.dumps({"state": "failed", "code": code, "detail": "x"})
    return f"""(run / "end.json").write_text({end!r}); sys.exit(1)"""


def test_a_finished_run_is_kept_with_its_metrics(place: Path, trainer: Any) -> None:
    trainer(SUCCEEDS)
    start(place)

    run = TrainingRun.objects.get()
    assert (run.state, run.method, run.problem) == ("succeeded", "sft", "")
    assert [each["step"] for each in run.metrics] == [1, 2, 3]
    assert run.finished is not None


@pytest.mark.parametrize(
    ("ending", "state", "words"),
    [
        ("os.kill(os.getpid(), 9)", "stopped", "was killed .signal 9.*--resume"),
        ("sys.exit(7)", "failed", "exit status 7"),
        (fails("no_gpu"), "failed", "needs an NVIDIA GPU"),
        (fails("disk_full"), "stopped", "disk is too full"),
        (fails("gated_weights"), "failed", "HF_TOKEN"),
    ],
)  # fmt: skip
def test_every_bad_end_is_told_and_kept(place: Path, trainer: Any, ending: str, state: str, words: str) -> None:
    trainer(ending)
    with pytest.raises(CommandError, match=words):
        start(place)

    run = TrainingRun.objects.get()
    assert run.state == state
    assert run.problem


def test_a_stopped_run_goes_on_as_the_same_run(place: Path, trainer: Any) -> None:
    trainer("os.kill(os.getpid(), 9)")
    with pytest.raises(CommandError):
        start(place)
    with pytest.raises(CommandError, match="go on with --resume"):
        start(place)
    trainer(SUCCEEDS)
    start(place, "--resume")

    assert TrainingRun.objects.get().state == "succeeded"


def test_a_run_is_not_gone_on_with_on_other_rows(place: Path, trainer: Any) -> None:
    trainer(SUCCEEDS)
    start(place)
    build(place / "dataset", {"train": [row(2)]})

    with pytest.raises(CommandError, match="other dataset"):
        start(place, "--resume")


def test_nothing_to_resume_and_no_environment_are_told(place: Path, settings: Any) -> None:
    with pytest.raises(CommandError, match="no run to go on with"):
        start(place, "--resume")
    settings.TRAINING_PYTHON = str(place / "nowhere")
    with pytest.raises(CommandError, match="scripts/setup-training"):
        start(place)


def test_the_trainer_is_given_no_secret_of_ours() -> None:
    ours = {"SECRET_KEY": "s", "DATABASE_URL": "d", "MODEL_KEY": "k", "PATH": "/bin", "HF_TOKEN": "t"}

    given = process.environment(ours, on_cpu=True, threads=1)

    assert not {"SECRET_KEY", "DATABASE_URL", "MODEL_KEY"} & set(given)
    assert (given["PATH"], given["OMP_WAIT_POLICY"], given["HF_TOKEN"]) == ("/bin", "PASSIVE", "t")


def test_a_checkpoint_that_was_cut_off_is_not_gone_back_to(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    for step in (5, 10, 15):
        checkpoint = folder.checkpoints / f"checkpoint-{step}"
        checkpoint.mkdir(parents=True)
        (checkpoint / "adapter_model.safetensors").write_bytes(b"weights")
        if step < 15:
            mark_whole(checkpoint)
    assert folder.whole_checkpoint() == folder.checkpoints / "checkpoint-10"

    (folder.checkpoints / "checkpoint-10" / "adapter_model.safetensors").write_bytes(b"weig")
    assert folder.whole_checkpoint() == folder.checkpoints / "checkpoint-5"


def test_a_line_that_a_kill_cut_off_is_left_out_and_later_steps_are_dropped(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    for step in range(4):
        folder.log_metrics({"step": step})
    with folder.metrics_file.open("a") as file:
        file.write('{"step": 4, "lo')

    folder.keep_metrics_until(2)

    assert folder.metrics() == [{"step": 0}, {"step": 1}, {"step": 2}]


def test_two_trainers_do_not_work_in_one_folder(tmp_path: Path) -> None:
    with RunFolder(tmp_path).held(), pytest.raises(TuneFault) as caught, RunFolder(tmp_path).held():
        pass
    assert caught.value.code == "busy"


def test_plots_keep_the_last_step() -> None:
    found = runs.thinned([{"step": step} for step in range(runs.MOST_METRICS * 2 + 1)])

    assert len(found) <= runs.MOST_METRICS + 1
    assert found[-1]["step"] == runs.MOST_METRICS * 2


class GatedRepoError(Exception):
    """As the hub's client calls it."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (RuntimeError("I/O error: No space left on device (os error 28)"), "disk_full"),
        (GatedRepoError("403"), "gated_weights"),
        (MemoryError(), "out_of_memory"),
        (TuneFault("no_gpu"), "no_gpu"),
        (ValueError("odd"), "failed"),
    ],
)
def test_what_ends_a_trainer_is_told_by_code(error: Exception, code: str) -> None:
    assert described(error)[0] == code


def test_other_versions_than_pinned_are_named() -> None:
    with pytest.raises(TuneFault, match=r"django .*, not 1\.0; nothing-at-all is missing"):
        require_versions({"django": "1.0", "nothing-at-all": "2"})


def test_the_pinned_versions_are_those_of_the_lock(tmp_path: Path) -> None:
    found = process.pinned(process.ROOT / "requirements" / "training.txt")

    assert found["trl"] == "1.15.0"
    assert found["unsloth"] == process.pinned(process.ROOT / "requirements" / "training-cpu.txt")["unsloth"]
    assert json.dumps(found)
