"""The folder of a run: what product and trainer tell one another through. Needs nothing but Python."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.tune import recipe as recipes
from training.tune.faults import TuneFault
from training.tune.recipe import Recipe

WHOLE = "whole.json"  # a checkpoint without it was cut off by a kill


@dataclass(frozen=True, slots=True)
class Order:
    """What a trainer is told: all of it is written down before it starts."""

    recipe: Recipe
    base: str
    dataset: str
    dataset_digest: str
    adapter: str = ""  # that training goes on from
    reward_socket: str = ""
    versions: Mapping[str, str] | None = None  # that must be installed


class RunFolder:
    """The files of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.order_file = path / "run.json"
        self.metrics_file = path / "metrics.jsonl"
        self.end_file = path / "end.json"
        self.log = path / "trainer.log"
        self.checkpoints = path / "checkpoints"
        self.adapter = path / "adapter"

    def write_order(self, order: Order) -> None:
        """Begin a run here. Raises TuneFault `other_run` where one of other inputs has begun."""
        self.path.mkdir(parents=True, exist_ok=True)
        if self.order_file.exists():
            self.require_same(order)
        write_whole(self.order_file, json.dumps(asdict(order), indent=1))

    def require_same(self, order: Order) -> None:
        """Raise TuneFault `other_run`, saying what differs."""
        before = self.read_order()
        facts = {
            "recipe": (before.recipe, order.recipe),
            "base": (before.base, order.base),
            "dataset": (before.dataset_digest, order.dataset_digest),
            "adapter it begins from": (before.adapter, order.adapter),
        }
        if differing := [name for name, (old, new) in facts.items() if old != new]:
            raise TuneFault("other_run", f"{self.path} (other {', '.join(differing)})")

    def read_order(self) -> Order:
        """What was ordered. Raises TuneFault `nothing_to_resume` where nothing was."""
        try:
            data = json.loads(self.order_file.read_text(encoding="utf-8"))
            return Order(**{**data, "recipe": recipe_from(data["recipe"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TuneFault("nothing_to_resume", str(self.path)) from error

    def metrics(self) -> list[dict[str, Any]]:
        """What the trainer logged so far; a line that a kill cut off is left out."""
        return list(_objects(self.metrics_file))

    def log_metrics(self, values: Mapping[str, Any]) -> None:
        """Add one line; it is on the disk before the next step."""
        with self.metrics_file.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(values)}\n")
            file.flush()
            os.fsync(file.fileno())

    def keep_metrics_until(self, step: int) -> None:
        """Drop what was logged after a checkpoint that is gone back to: every step is plotted once."""
        kept = [each for each in self.metrics() if each.get("step", 0) <= step]
        write_whole(self.metrics_file, "".join(f"{json.dumps(each)}\n" for each in kept))

    def end(self) -> dict[str, Any] | None:
        """How the trainer ended, where it could say so itself."""
        return next(_objects(self.end_file), None)

    def write_end(self, **facts: Any) -> None:
        """Say how it ended."""
        write_whole(self.end_file, json.dumps(facts))

    def whole_checkpoint(self) -> Path | None:
        """The newest checkpoint that was written to its end."""
        found = [each for each in self.checkpoints.glob("checkpoint-*") if _is_whole(each)]
        return max(found, key=step_of, default=None)

    @contextmanager
    def held(self) -> Iterator[None]:
        """One trainer at a time. Raises TuneFault `busy`."""
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise TuneFault("busy", str(self.path)) from error
            yield


def recipe_from(data: dict[str, Any]) -> Recipe:
    """A recipe from its JSON."""
    parts = {
        "base": recipes.Base(**data["base"]),
        "lora": recipes.Lora(**{**data["lora"], "targets": tuple(data["lora"]["targets"])}),
        "schedule": recipes.Schedule(**data["schedule"]),
        "preference": recipes.Preference(**data["preference"]),
        "reinforcement": recipes.Reinforcement(**data["reinforcement"]),
    }
    return Recipe(**{**data, **parts})


def mark_whole(checkpoint: Path) -> None:
    """Say that a checkpoint is written to its end, with the size of each file."""
    sizes = {file.name: file.stat().st_size for file in sorted(checkpoint.iterdir()) if file.is_file()}
    write_whole(checkpoint / WHOLE, json.dumps(sizes))


def _is_whole(checkpoint: Path) -> bool:
    sizes = next(_objects(checkpoint / WHOLE), None)
    if sizes is None:
        return False
    files = {name: checkpoint / name for name in sizes}
    return all(file.is_file() and file.stat().st_size == sizes[name] for name, file in files.items())


def step_of(checkpoint: Path) -> int:
    """The step a checkpoint was written at."""
    return int(checkpoint.name.rpartition("-")[2])


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found
