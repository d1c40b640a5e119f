"""What a run will take, worked out without a GPU: tokens, packing, steps, memory, time."""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from training.tune import rows
from training.tune.faults import TuneFault
from training.tune.recipe import DPO, GRPO, Recipe

CHARACTERS_PER_TOKEN = 3.2  # of prompts and scenes in Qwen's tokenizer; used where no tokenizer is at hand
OVERHEAD_TOKENS = 5  # role, marks and line ends around each message
EDGES = (128, 256, 512, 1024, 1536, 2048, 3072, 4096, 8192)
# Dense bf16 FLOP/s as the makers state them. Training gets about 40 % of it; measured only for the processor.
CARDS: Mapping[str, float] = MappingProxyType(
    {"H200": 989e12, "H100": 989e12, "A100": 312e12, "L40S": 362e12, "RTX 4090": 165e12}
)
USED = 0.4
QLORA_SLOWER = 1.35  # weights are unpacked at every use
# 35 tokens a second of a model with 1.54e9 weights on two cores.
CPU_FLOPS = 35 * 6 * 1.54e9
GB = 1e9

CountTokens = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a recipe makes of a dataset."""

    recipe: Recipe
    counted: bool  # with the base's tokenizer; else estimated from the letters
    rows: int
    unusable: int
    too_long: int
    tokens: int
    answer_tokens: int
    longest: int
    percentiles: Mapping[int, int]
    histogram: Sequence[tuple[str, int]]
    sequences: int  # after packing
    filled: float  # part of the packed places that holds tokens
    steps: int
    memory: Mapping[str, float]  # bytes, by what takes them
    disk: float
    seconds: Mapping[str, float]  # by card

    @property
    def trained_tokens(self) -> float:
        """Tokens over all epochs."""
        return self.tokens * self.recipe.schedule.epochs


def tokenizer_in(path: Path) -> CountTokens:
    """Count with a tokenizer.json. Raises TuneFault `no_weights` where there is none."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - only who counts exactly pays for it

    file = path / "tokenizer.json" if path.is_dir() else path
    if not file.is_file():
        raise TuneFault("no_weights", f"no tokenizer.json in {path}")
    tokenizer = Tokenizer.from_file(str(file))
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def estimate(text: str) -> int:
    """Count without a tokenizer."""
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)


def plan(recipe: Recipe, dataset: rows.Dataset, count: CountTokens | None) -> Plan:
    """Plan a run. Raises TuneFault `no_rows` or `no_preferences`."""
    lengths: list[int] = []
    answers = unusable = too_long = 0
    for row in dataset.rows(rows.TRAIN):
        found = _lengths(row, recipe, count)
        if found is None:
            unusable += 1
        elif found[0] > recipe.max_length:
            too_long += 1
        else:
            lengths.append(found[0])
            answers += found[1]
    if not lengths:
        raise TuneFault(*(("no_preferences", "") if recipe.kind == DPO else ("no_rows", f"{too_long} are too long")))
    sequences, filled = packed(lengths, recipe.max_length) if recipe.packing else _unpacked(lengths, recipe)
    per_epoch = math.ceil(sequences / recipe.effective_batch)
    steps = recipe.schedule.max_steps or math.ceil(per_epoch * recipe.schedule.epochs)
    ordered = sorted(lengths)
    return Plan(
        recipe=recipe,
        counted=count is not None,
        rows=len(lengths),
        unusable=unusable,
        too_long=too_long,
        tokens=sum(lengths),
        answer_tokens=answers,
        longest=ordered[-1],
        percentiles={each: ordered[min(len(ordered) - 1, len(ordered) * each // 100)] for each in (10, 50, 90, 99)},
        histogram=histogram(lengths),
        sequences=sequences,
        filled=filled,
        steps=steps,
        memory=memory(recipe, min(recipe.max_length, ordered[-1]) if not recipe.packing else recipe.max_length),
        disk=recipe.lora.parameters(recipe.base) * 4 * 3 * (recipe.schedule.keep + 1),
        seconds=seconds(recipe, sum(lengths) * recipe.schedule.epochs),
    )


def _lengths(row: rows.Row, recipe: Recipe, count: CountTokens | None) -> tuple[int, int] | None:
    """Tokens of a row, and of its answers. None for a row that this kind of run cannot use."""
    if recipe.kind == DPO:
        found = rows.preference_of(row)
        if found is None:
            return None
        question, chosen, rejected = found
        count = count or estimate
        asked = sum(count(each["content"]) + OVERHEAD_TOKENS for each in question)
        answers = count(chosen) + count(rejected)
        return 2 * asked + answers, answers
    messages = rows.messages_of(row)
    if not messages:
        return None
    if count is None and recipe.kind != GRPO and row.get("tokens"):
        return int(row["tokens"]), int(row.get("answer_tokens", 0))  # as the build counted
    count = count or estimate
    asked = sum(count(each["content"]) + OVERHEAD_TOKENS for each in messages[:-1])
    if recipe.kind == GRPO:
        answers = recipe.reinforcement.longest_answer * recipe.reinforcement.answers
        return asked + recipe.reinforcement.longest_answer, answers
    answer = count(messages[-1]["content"]) + OVERHEAD_TOKENS
    return asked + answer, answer


def histogram(lengths: Iterable[int]) -> list[tuple[str, int]]:
    """How many rows have so many tokens."""
    counts = [0] * (len(EDGES) + 1)
    for length in lengths:
        counts[bisect.bisect_left(EDGES, length)] += 1
    names = [f"to {edge}" for edge in EDGES] + ["more"]
    return list(zip(names, counts, strict=True))


def packed(lengths: Sequence[int], places: int) -> tuple[int, float]:
    """Sequences after packing, longest first into the fullest that takes it, and the part of them that is filled."""
    room: list[int] = []  # left in each sequence, in order
    for length in sorted(lengths, reverse=True):
        at = bisect.bisect_left(room, length)
        left = room.pop(at) if at < len(room) else places
        bisect.insort(room, left - length)
    return len(room), sum(lengths) / (len(room) * places)


def _unpacked(lengths: Sequence[int], recipe: Recipe) -> tuple[int, float]:
    """Rows one by one: each is filled up to the longest beside it, in the worst case."""
    batch = recipe.schedule.batch
    groups = [lengths[at : at + batch] for at in range(0, len(lengths), batch)]
    return len(lengths), sum(lengths) / sum(max(group) * len(group) for group in groups)


def memory(recipe: Recipe, length: int) -> dict[str, float]:
    """Bytes on the card, by what takes them. An estimate: what the card's own libraries take varies."""
    base, adapter = recipe.base, recipe.lora.parameters(recipe.base)
    words = base.vocabulary * base.hidden * (1 if base.tied else 2)
    weights = base.parameters * 2.0 if recipe.bits == 16 else (base.parameters - words) * 0.56 + words * 2.0
    places = recipe.schedule.batch * length
    moments = 2 if recipe.schedule.optimiser.endswith("8bit") else 8
    per_layer = 34 * base.hidden + 6 * base.feed_forward  # bytes of one layer that is computed anew
    found = {
        "weights": weights,
        "adapter, gradients, moments": adapter * (4.0 + 4.0 + moments),
        "activations": places * (2.0 * base.hidden * base.layers + per_layer),
        "logits": places * base.vocabulary * 4.0 / 8,  # Unsloth computes them in eighths
        "libraries": 1.5 * GB,
    }
    if recipe.kind == DPO:
        found["activations"] *= 2
    if recipe.kind == GRPO:
        cache = 2 * base.layers * base.kv_heads * base.head_dim * 2.0
        found["answers"] = cache * recipe.reinforcement.answers * recipe.schedule.batch * length
    return found


def seconds(recipe: Recipe, tokens: float) -> dict[str, float]:
    """Time by card: two thirds of six operations a weight and token go back through the frozen base, and it is
    computed twice. Answers that are sampled in GRPO are counted as if they were read: a lower bound.
    """
    work = 6.0 * recipe.base.parameters * tokens * (QLORA_SLOWER if recipe.bits == 4 else 1.0)
    if recipe.kind == GRPO:
        work *= recipe.reinforcement.answers
    if recipe.device == "cpu":
        return {"two processor cores": work / CPU_FLOPS}
    return {card: work / (flops * USED) for card, flops in CARDS.items()}


def words(found: Plan) -> list[str]:
    """The plan in lines for a terminal."""
    recipe, schedule = found.recipe, found.recipe.schedule
    most = max(count for _, count in found.histogram) or 1
    total = sum(found.memory.values())
    how = "counted" if found.counted else f"estimated, {CHARACTERS_PER_TOKEN:g} letters a token (name --tokenizer)"
    lines = [
        f"{recipe.title} ({recipe.name})",
        (
            f"rows         {found.rows:,} of use, {found.too_long:,} longer than {recipe.max_length:,} tokens are left "
            f"out, {found.unusable:,} of another kind"
        ),
        (
            f"tokens       {found.tokens:,} ({how}), of them {found.answer_tokens:,} with loss; "
            f"median {found.percentiles[50]:,}, 99 % up to {found.percentiles[99]:,}, longest {found.longest:,}"
        ),
    ]
    lines += [
        f"{name:>12} {count:>7,} {'█' * max(1, round(40 * count / most))}" for name, count in found.histogram if count
    ]
    lines += [
        f"sequences    {found.sequences:,} {'packed' if recipe.packing else 'unpacked'}, {found.filled:.0%} filled",
        (
            f"steps        {found.steps:,} of {recipe.effective_batch} sequences, {schedule.epochs:g} epochs, "
            f"{found.trained_tokens:,.0f} tokens, learning rate {schedule.learning_rate:g}"
        ),
        (
            f"adapter      rank {recipe.lora.rank}, {recipe.lora.parameters(recipe.base):,} weights, "
            f"{recipe.lora.parameters(recipe.base) * 2 / 1e6:.0f} MB in 16 bits"
        ),
        f"memory       about {total / GB:.1f} GB: "
        + ", ".join(f"{name} {size / GB:.1f}" for name, size in found.memory.items()),
        f"disk         {found.disk / GB:.1f} GB for checkpoints, and the base's weights once",
    ]
    return lines + [f"time         about {duration(each)} on {card}" for card, each in found.seconds.items()]


def duration(seconds: float) -> str:
    """Seconds in words."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
