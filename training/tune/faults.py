"""What may go wrong with a training run, in words an operator can act on. Needs nothing but Python."""

from __future__ import annotations

from dataclasses import dataclass

from training.errors import TrainingFault


@dataclass(frozen=True, slots=True)
class Words:
    """A message with the places for its details, and what to do."""

    message: str
    hint: str


WORDS = {
    "no_gpu": Words(
        "This recipe needs an NVIDIA GPU, and torch sees none.",
        "Run it on a machine with one, or take a recipe for the processor (`training plan` lists them).",
    ),
    "wrong_versions": Words(
        "The training environment holds other versions than pinned: {detail}.",
        "Run scripts/setup-training again.",
    ),
    "no_environment": Words(
        "There is no training environment at {detail}.",
        "Run scripts/setup-training (cpu or gpu), or name another Python in TRAINING_PYTHON.",
    ),
    "disk_full": Words(
        "The disk is too full for this run: {detail}.",
        "Free space or name another folder with --out. A run that stopped goes on with --resume.",
    ),
    "gated_weights": Words(
        "The base model's weights are not given to this account: {detail}.",
        "Accept the model's terms on its page and set HF_TOKEN, or name a folder that holds them with --base.",
    ),
    "no_weights": Words(
        "The base model was not found: {detail}.",
        "Name a folder that holds it with --base, or let the machine reach the hub.",
    ),
    "wrong_base": Words("The base model is not the one of the recipe: {detail}.", "Name the right folder with --base."),
    "corrupt_shard": Words(
        "A file of the dataset is not what its manifest says: {detail}.",
        "Copy the dataset again, or build it anew: `manage.py training build`.",
    ),
    "no_dataset": Words("{detail} is not a dataset.", "Name a folder that `manage.py training build` wrote."),
    "no_rows": Words("No row of the dataset can be used: {detail}.", "Raise max_length in the recipe, or add rows."),
    "no_preferences": Words(
        "The dataset holds no preferences (rows with `chosen` and `rejected`).",
        "Collect feedback first, or sample the model and keep what runs against what does not.",
    ),
    "unknown_recipe": Words("There is no recipe called {detail}.", "`manage.py training plan` lists them."),
    "bad_recipe": Words("The recipe is not right: {detail}.", "Correct the file."),
    "other_run": Words(
        "The folder holds another run: {detail}.", "Take the same recipe and dataset, or another folder with --out."
    ),
    "busy": Words("Another trainer works in {detail}.", "Wait until it ends, or take another folder."),
    "nothing_to_resume": Words("{detail} holds no run to go on with.", "Begin one without --resume."),
    "no_reward": Words(
        "The jail that judges answers does not answer: {detail}.",
        "Start the run with `manage.py training run`, which starts it too.",
    ),
    "killed": Words("The trainer was killed (signal {detail}).", "Go on with --resume: its last checkpoint is whole."),
    "out_of_memory": Words(
        "The memory was not enough: {detail}.",
        "Take the QLoRA recipe, a smaller base, a smaller batch or a shorter max_length.",
    ),
    "failed": Words("The trainer failed: {detail}.", "Its log says more: trainer.log in the run's folder."),
}


class TuneFault(TrainingFault):
    """Why a run cannot begin or go on. `code` is stable; the message is for the operator."""

    def __init__(self, code: str, detail: str = "") -> None:
        words = WORDS[code]
        self.code, self.detail = code, detail
        super().__init__(words.message.format(detail=detail or "no details"), words.hint)
