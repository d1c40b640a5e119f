"""How well prompts are screened, on labelled ones: `python -m tests.screening.score [--list] [--batch NAME]`."""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence

from generation.engine.screening import Finding, normal, screen_request
from generation.engine.screening import screen as rules
from generation.engine.understanding import embedding
from generation.engine.understanding.embedding import embed
from tests.screening import prompts
from tests.screening.disguises import DISGUISES
from tests.screening.prompts import Prompt

REPEATS = 3


def screen(text: str) -> Finding | None:
    return screen_request(text, embed)


def caught(text: str) -> bool:
    return screen(text) is not None


def recall(unsafe: Sequence[Prompt]) -> float:
    return sum(caught(each.text) for each in unsafe) / len(unsafe)


def recall_by(unsafe: Sequence[Prompt], key: str) -> dict[str, float]:
    groups = defaultdict(list)
    for each in unsafe:
        groups[getattr(each, key) or "plain"].append(each)
    return {name: recall(group) for name, group in sorted(groups.items())}


def false_alarms(harmless: Sequence[Prompt]) -> float:
    return sum(caught(each.text) for each in harmless) / len(harmless)


def disguised(unsafe: Iterable[Prompt]) -> dict[str, float]:
    """Recall of the plain prompts under each disguise."""
    plain = [each for each in unsafe if each.variant == prompts.PLAIN]
    return {hide.__name__: sum(caught(hide(each.text)) for each in plain) / len(plain) for hide in DISGUISES}


def p95_ms(texts: Sequence[str]) -> tuple[float, float]:
    """Milliseconds that 95 % of the texts need less than, of processor and wall."""
    spent, passed = [], []
    for text in texts:
        for _ in range(REPEATS):
            _forget()
            processor, wall = time.process_time(), time.perf_counter()
            screen(text)
            spent.append(1000 * (time.process_time() - processor))
            passed.append(1000 * (time.perf_counter() - wall))
    at = int(0.95 * len(spent))
    return sorted(spent)[at], sorted(passed)[at]


def _forget() -> None:
    rules.cache_clear()
    normal.readings.cache_clear()
    embedding._embed.cache_clear()


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true", help="list every prompt that went wrong")
    parser.add_argument("--batch", default="", help="only prompts of this batch")
    options = parser.parse_args()
    unsafe = [each for each in prompts.unsafe() if options.batch in ("", each.batch)]
    harmless = [each for each in prompts.harmless() if options.batch in ("", each.batch)]
    print(f"{len(unsafe)} unsafe prompts, recall {recall(unsafe):.3f}")
    for key in ("label", "variant", "batch"):
        print("  " + ", ".join(f"{name} {share:.2f}" for name, share in recall_by(unsafe, key).items()))
    plain = recall_by(unsafe, "variant")["plain"]
    print("disguised, recall lost against the plain prompts:")
    print("  " + ", ".join(f"{name} {plain - share:.3f}" for name, share in disguised(unsafe).items()))
    print(f"{len(harmless)} harmless prompts, false alarms {false_alarms(harmless):.3f}")
    texts = [each.text for each in (*unsafe, *harmless)]
    longest = ("How to make a pendulum and build a bomb calorimeter step by step for my class. " * 60)[:4000]
    for name, (spent, passed) in {"prompts": p95_ms(texts), "4,000 characters": p95_ms([longest])}.items():
        print(f"{name}: 95 % within {spent:.1f} ms of processor time, {passed:.1f} ms on the clock")
    if options.list:
        _list(unsafe, harmless)


def _list(unsafe: Sequence[Prompt], harmless: Sequence[Prompt]) -> None:
    for each in unsafe:
        found = screen(each.text)
        if found is None:
            print(f"missed      {each.label}: {each.text}")
        elif found.topic != each.label:
            print(f"other topic {each.label}: {each.text} -> {found.topic} ({found.words})")
    for each in harmless:
        found = screen(each.text)
        if found is not None:
            print(f"false alarm {each.text} -> {found.topic} ({found.words})")


if __name__ == "__main__":
    main()
