"""Recipes: what is trained on what and how, one TOML file each. Needs nothing but Python."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from training.tune.faults import TuneFault

RECIPES = Path(__file__).parent / "recipes"
SFT, DPO, GRPO = KINDS = ("sft", "dpo", "grpo")
LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True, slots=True)
class Base:
    """The model that is tuned, with the shape of its network (all attention and feed-forward layers are alike)."""

    model: str  # a name on the hub, or a folder
    licence: str
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    feed_forward: int
    vocabulary: int
    tied: bool  # input and output words share their weights
    context: int
    revision: str = ""

    @property
    def linear_shapes(self) -> dict[str, tuple[int, int]]:
        """Inputs and outputs of each linear module of a layer."""
        q, kv = self.heads * self.head_dim, self.kv_heads * self.head_dim
        return {
            "q_proj": (self.hidden, q),
            "k_proj": (self.hidden, kv),
            "v_proj": (self.hidden, kv),
            "o_proj": (q, self.hidden),
            "gate_proj": (self.hidden, self.feed_forward),
            "up_proj": (self.hidden, self.feed_forward),
            "down_proj": (self.feed_forward, self.hidden),
        }

    @property
    def parameters(self) -> int:
        """Weights of the whole model, norms left out."""
        layer = sum(inputs * outputs for inputs, outputs in self.linear_shapes.values())
        return self.layers * layer + self.vocabulary * self.hidden * (1 if self.tied else 2)


@dataclass(frozen=True, slots=True)
class Lora:
    """The adapter."""

    rank: int
    alpha: int
    dropout: float = 0.0
    targets: tuple[str, ...] = LINEAR
    rslora: bool = False

    def parameters(self, base: Base) -> int:
        """Weights of the adapter on `base`."""
        shapes = base.linear_shapes
        return base.layers * sum(self.rank * sum(shapes[name]) for name in self.targets)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long, how fast, and in which portions."""

    learning_rate: float
    epochs: float = 2.0
    max_steps: int = 0  # 0: as many as the epochs need
    batch: int = 2
    accumulate: int = 8
    warmup: float = 0.03  # part of all steps
    scheduler: str = "cosine"
    optimiser: str = "adamw_8bit"
    weight_decay: float = 0.01
    seed: int = 3407
    eval_steps: int = 50
    save_steps: int = 50
    keep: int = 2  # checkpoints
    patience: int = 3  # evaluations without a better loss, then it stops; 0: never


@dataclass(frozen=True, slots=True)
class Preference:
    """Of DPO."""

    beta: float = 0.1
    loss: str = "sigmoid"
    sft_weight: float = 0.1  # of the plain loss on the chosen answer beside it


@dataclass(frozen=True, slots=True)
class Reinforcement:
    """Of GRPO: the jail judges `answers` answers to each prompt."""

    answers: int = 8
    longest_answer: int = 2048
    temperature: float = 0.9
    beta: float = 0.0
    vllm: bool = False  # sampled by a vLLM in the same environment, where one is installed


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to train. `bits` 16 is LoRA, 4 is QLoRA; `device` says where it runs."""

    name: str
    title: str
    kind: str
    base: Base
    lora: Lora
    schedule: Schedule
    device: str = "cuda"
    bits: int = 16
    max_length: int = 4096
    packing: bool = True
    thinking: bool = False
    start_from: str = ""  # which recipe's adapter is trained on: preferences and rewards refine a tuned model
    preference: Preference = Preference()
    reinforcement: Reinforcement = Reinforcement()
    digest: str = field(default="", compare=False)  # of the file

    @property
    def effective_batch(self) -> int:
        """Sequences of one step."""
        return self.schedule.batch * self.schedule.accumulate


def names() -> list[str]:
    """The recipes that come with the product."""
    return sorted(path.stem for path in RECIPES.glob("*.toml"))


def load(name: str) -> Recipe:
    """A recipe by name, or from a file. Raises TuneFault `unknown_recipe` or `bad_recipe`."""
    path = Path(name) if name.endswith(".toml") else RECIPES / f"{name}.toml"
    if not path.is_file():
        raise TuneFault("unknown_recipe", name)
    text = path.read_bytes()
    try:
        return _recipe(path.stem, tomllib.loads(text.decode()), hashlib.sha256(text).hexdigest())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise TuneFault("bad_recipe", f"{path.name}: {error}") from error


def _recipe(name: str, data: dict[str, Any], digest: str) -> Recipe:
    lora = dict(data.pop("lora", {}))
    if "targets" in lora:
        lora["targets"] = tuple(lora["targets"])
    made = Recipe(
        name=name,
        base=_of(Base, data.pop("base", {})),
        lora=_of(Lora, lora),
        schedule=_of(Schedule, data.pop("schedule", {})),
        preference=_of(Preference, data.pop("preference", {})),
        reinforcement=_of(Reinforcement, data.pop("reinforcement", {})),
        digest=digest,
        **_known(Recipe, data),
    )
    _require_sense(made)
    return made


def _of(kind: type, data: dict[str, Any]) -> Any:
    return kind(**_known(kind, data))


def _known(kind: type, data: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(data) - {each.name for each in fields(kind)})
    if unknown:
        raise ValueError(f"{kind.__name__.lower()} has no {', '.join(unknown)}")
    return data


def _require_sense(recipe: Recipe) -> None:
    """Raise ValueError, naming what cannot be."""
    schedule, lora = recipe.schedule, recipe.lora
    wrong = {
        f"kind must be one of {', '.join(KINDS)}": recipe.kind not in KINDS,
        "bits must be 16 or 4": recipe.bits not in {4, 16},
        "device must be cuda or cpu": recipe.device not in {"cuda", "cpu"},
        "4 bits need a GPU": recipe.bits == 4 and recipe.device == "cpu",
        "rank and alpha must be 1 or more": min(lora.rank, lora.alpha) < 1,
        f"targets must be among {', '.join(LINEAR)}": not lora.targets or not set(lora.targets) <= set(LINEAR),
        "the learning rate must be above 0 and at most 0.01": not 0 < schedule.learning_rate <= 0.01,
        "batch, accumulate, save_steps and keep must be 1 or more": min(
            schedule.batch, schedule.accumulate, schedule.save_steps, schedule.keep
        )
        < 1,
        "max_length must lie in the base's context": not 64 <= recipe.max_length <= recipe.base.context,
        "GRPO needs 2 answers or more": recipe.kind == GRPO and recipe.reinforcement.answers < 2,
    }
    if found := [message for message, holds in wrong.items() if holds]:
        raise ValueError("; ".join(found))
