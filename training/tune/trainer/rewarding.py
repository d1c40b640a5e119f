"""Reinforcement (GRPO) with TRL: several answers to each prompt, judged by the jail through a socket."""

from __future__ import annotations

import json
import socket
from typing import Any

from training.tune import rows
from training.tune.faults import TuneFault
from training.tune.folder import Order, RunFolder
from training.tune.trainer.loading import load
from training.tune.trainer.training import common_arguments

PATIENCE_SECONDS = 600.0


def reward_trainer(order: Order, dataset: rows.Dataset, folder: RunFolder) -> Any:
    """A trainer over the prompts of the rows. Raises TuneFault `no_rows` or `no_reward`."""
    tasks = [_task(row) for row in dataset.rows(rows.TRAIN) if rows.messages_of(row)]
    if not tasks:
        raise TuneFault("no_rows", "none asks for a scene")
    judge = Judge(order.reward_socket)
    judge.ask([])  # it answers, or nothing begins
    model, tokenizer = load(order)
    from datasets import Dataset  # noqa: PLC0415 - Unsloth wants to be loaded first
    from trl import GRPOConfig, GRPOTrainer  # noqa: PLC0415

    recipe = order.recipe
    folder.log_metrics({"step": 0, "rows": len(tasks)})
    arguments = GRPOConfig(
        **common_arguments(recipe, folder),
        num_generations=recipe.reinforcement.answers,
        max_completion_length=recipe.reinforcement.longest_answer,
        temperature=recipe.reinforcement.temperature,
        beta=recipe.reinforcement.beta,
        loss_type="dapo",
        mask_truncated_completions=True,
        use_vllm=recipe.reinforcement.vllm,
        chat_template_kwargs={"enable_thinking": recipe.thinking},
    )

    def jail(completions: list[Any], task: list[str], **more: Any) -> list[float]:
        answers = [each if isinstance(each, str) else each[-1]["content"] for each in completions]
        return judge.ask(
            [{"answer": answer, "task": json.loads(about)} for answer, about in zip(answers, task, strict=True)]
        )

    return GRPOTrainer(
        model=model,
        args=arguments,
        reward_funcs=jail,
        train_dataset=Dataset.from_list(tasks),
        processing_class=tokenizer,
    )


def _task(row: rows.Row) -> dict[str, Any]:
    about = {"scene": row.get("scene", ""), "must": row.get("must", [])}
    return {"prompt": rows.messages_of(row)[:-1], "task": json.dumps(about)}


class Judge:
    """Asks the process that holds the jail, one JSON line each way."""

    def __init__(self, path: str) -> None:
        self._path = path

    def ask(self, answers: list[dict[str, Any]]) -> list[float]:
        """The reward of each answer. Raises TuneFault `no_reward`."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(PATIENCE_SECONDS)
                connection.connect(self._path)
                connection.sendall(json.dumps(answers).encode() + b"\n")
                with connection.makefile("rb") as reply:
                    found = json.loads(reply.readline())
        except (OSError, ValueError) as error:
            raise TuneFault("no_reward", str(error)) from error
        if not isinstance(found, list) or len(found) != len(answers):
            raise TuneFault("no_reward", str(found)[:200])
        return [float(each) for each in found]
