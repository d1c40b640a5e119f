"""How well prompts are understood: `python -m tests.understanding.score [--fit] [--list] [--calibration]`.

`--fit` fits the weights of the logistic model on two thirds of the prompts and prints them;
scores are printed for those prompts and for the third that fitting never saw.
"""

# ruff: noqa: T201

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from generation.engine.library import catalogue
from generation.engine.types import Outcome, Understanding
from generation.engine.understanding import reader, retrieval, understand
from generation.engine.understanding.screening import screen

LANGUAGES = [f"language{batch}_{code}" for batch in ("", "2") for code in ("es", "fr", "de")]
PROMPTS = sorted(Path(__file__).parent.glob("prompts*.jsonl"))


@dataclass(frozen=True)
class Labelled:
    """A prompt with the templates that answer it (none: nothing in the library does)."""

    prompt: str
    kind: str
    templates: tuple[str, ...]
    knobs: dict[str, Any]

    @property
    def held_out(self) -> bool:
        """One prompt in three is kept away from fitting, chosen by its own text; so are all fresh ones."""
        if self.kind.startswith(("fresh", "second", "third", "language", "reader", "after")):
            return True
        return hashlib.sha256(self.prompt.encode()).digest()[0] % 3 == 0


@dataclass(frozen=True)
class Judged:
    """A prompt with what was made of it."""

    labelled: Labelled
    understanding: Understanding

    @property
    def served(self) -> bool:
        """Whether an animation would be made at once."""
        return self.understanding.outcome is Outcome.SERVED

    @property
    def wrong(self) -> bool:
        """The worst error: a confident wrong animation."""
        return self.served and not set(self.slugs) <= set(self.labelled.templates)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The templates that would be shown: several for a prompt of several ideas."""
        return tuple(part.template or "" for part in self.understanding.parts or (self.understanding,))

    @property
    def first(self) -> str:
        """The served template or the first one offered."""
        if self.slugs[0]:
            return self.slugs[0]
        return self.understanding.alternatives[0].template if self.understanding.alternatives else ""


def load() -> list[Labelled]:
    """The labelled prompts whose templates are in the library."""
    rows = [json.loads(line) for path in PROMPTS for line in path.read_text(encoding="utf-8").splitlines()]
    known = set(catalogue.templates())
    return [
        Labelled(row["prompt"], row["kind"], tuple(row["templates"]), row.get("knobs", {}))
        for row in rows
        if set(row["templates"]) <= known or (row["kind"] == "ambiguous" and set(row["templates"]) & known)
    ]


def judge(labelled: Iterable[Labelled]) -> list[Judged]:
    """Understand every prompt."""
    return [Judged(each, understand(each.prompt)) for each in labelled]


def scores(judged: Sequence[Judged]) -> dict[str, float]:
    """Rates between 0 and 1."""
    clear = [each for each in judged if each.labelled.templates and each.labelled.kind != "ambiguous"]
    foreign = [each for each in judged if not each.labelled.templates]
    served = [each for each in judged if each.served]
    outcomes = {outcome: sum(each.understanding.outcome is outcome for each in clear) for outcome in Outcome}
    return {
        "prompts": len(judged),
        "top1": _share(sum(each.first in each.labelled.templates for each in clear), len(clear)),
        "served": _share(outcomes[Outcome.SERVED], len(clear)),
        "asked": _share(outcomes[Outcome.ASK], len(clear)),
        "refused": _share(outcomes[Outcome.REFUSED], len(clear)),
        "served_precision": _share(sum(not each.wrong for each in served), len(served)),
        "wrong_but_confident": _share(sum(each.wrong for each in judged), len(judged)),
        "foreign_served": _share(sum(each.served for each in foreign), len(foreign)),
        "foreign_refused": _share(sum(each.understanding.outcome is Outcome.REFUSED for each in foreign), len(foreign)),
    }


def fit(labelled: Sequence[Labelled], ridge: float = 0.005) -> tuple[float, dict[str, float]]:
    """Logistic regression by Newton's method over every pair of prompt and template."""
    ranker = retrieval.ranker_of(tuple(catalogue.templates().values()))
    names = [each.name for each in fields(retrieval.Signals)]
    rows, wanted, importance = [], [], []
    for each in labelled:
        if each.kind == "ambiguous":
            continue
        for ranked in ranker.rank(reader.query_of(ranker.corrected(screen(each.prompt).text))):
            rows.append([1.0, *(getattr(ranked.signals, name) for name in names)])
            wanted.append(float(ranked.template.slug in each.templates))
            importance.append(1.0)
    matrix, target, weights = np.array(rows), np.array(wanted), np.array(importance)
    solution = np.zeros(matrix.shape[1])
    penalty = np.diag([0.0, *[ridge * len(rows) / 100] * len(names)])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(matrix @ solution)))
        gradient = matrix.T @ (weights * (target - chance)) - penalty @ solution
        curvature = (matrix * (weights * chance * (1 - chance))[:, None]).T @ matrix + penalty
        solution = solution + np.linalg.solve(curvature + 1e-9 * np.eye(len(solution)), gradient)
    return float(solution[0]), dict(zip(names, map(float, solution[1:]), strict=True))


def knob_misses(judged: Sequence[Judged]) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Prompts whose knobs were not read as they should have been."""
    misses = []
    for each in judged:
        wanted = {name: value for name, value in each.labelled.knobs.items() if name != "*"}
        read = each.understanding.knobs
        if any(not _same(read.get(name), value) for name, value in wanted.items()):
            misses.append((each.labelled.prompt, wanted, dict(read)))
    return misses


def reading_of(judged: Judged) -> str:
    """What became of a prompt all of whose values are labelled: right, asked, told or wrong.

    `told`: drawn without a value, and the teacher reads that it was not used. All else that is not as labelled is
    wrong: another template, a number that was not said, one that is missing in silence.
    """
    found = judged.understanding
    if not judged.served:
        return "asked"
    if sorted(judged.slugs) != sorted(judged.labelled.templates):
        return "wrong"
    read = {name: value for part in found.parts or (found,) for name, value in part.knobs.items()}
    wanted = judged.labelled.knobs
    missing = [name for name in wanted if name not in read]
    numbers = {name for name, value in read.items() if isinstance(value, float | int | list)}
    if any(name in numbers if name not in wanted else not _same(read[name], wanted[name]) for name in read):
        return "wrong"
    if not missing:
        return "right"
    return "told" if any("I did not use" in sentence for sentence in found.understood) else "wrong"


def readings(judged: Sequence[Judged]) -> Counter[str]:
    """How many prompts came out how."""
    return Counter(reading_of(each) for each in judged)


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, int | float | list) and isinstance(right, int | float | list):
        return np.shape(left) == np.shape(right) and bool(np.allclose(left, right, rtol=1e-4))
    return bool(left == right) or _formula(left) == _formula(right)


def _formula(value: Any) -> str:
    return str(value).replace("*", "").replace("(x)", " x")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fit", action="store_true", help="fit the weights and use them")
    parser.add_argument("--list", action="store_true", help="list every prompt that went wrong")
    parser.add_argument("--calibration", action="store_true", help="only whether confidence means what it says")
    parser.add_argument("--values", metavar="BATCH", help="only how the values of a batch are read: reader or after")
    options = parser.parse_args()
    labelled = load()
    if options.calibration:
        from tests.understanding import calibration  # it needs the names of this module

        calibration.report(labelled)
        return
    if options.values:
        _print_readings([each for each in labelled if each.kind.startswith(options.values)], every=options.list)
        return
    if options.fit:
        bias, weights = fit([each for each in labelled if not each.held_out])
        print(f"BIAS = {bias:.2f}\n" + "\n".join(f'    "{name}": {value:.2f},' for name, value in weights.items()))
        retrieval.BIAS, retrieval.WEIGHTS = bias, weights
    started = time.perf_counter()
    judged = judge(labelled)
    seconds = time.perf_counter() - started
    for name, part in (("fitted on", False), ("held out", True)):
        print(name, {k: round(v, 3) for k, v in scores([e for e in judged if e.labelled.held_out is part]).items()})
    for name in ("fresh", "second", "third", "fresh4", *LANGUAGES):
        batch = [each for each in judged if each.labelled.kind.removesuffix("_foreign") == name]
        print(name, {key: round(value, 3) for key, value in scores(batch).items()})
    print("all      ", {key: round(value, 3) for key, value in scores(judged).items()})
    print(f"{1000 * seconds / len(judged):.1f} ms a prompt")
    for prompt, wanted, read in knob_misses(judged):
        print("KNOBS", prompt, wanted, read)
    if options.list:
        _list(judged)


def _print_readings(labelled: Sequence[Labelled], *, every: bool) -> None:
    judged = judge(labelled)
    for kind in sorted({each.labelled.kind for each in judged}):
        print(kind, dict(readings([each for each in judged if each.labelled.kind == kind])))
    print("all", dict(readings(judged)))
    for each in judged if every else ():
        if (result := reading_of(each)) != "right":
            found = each.understanding
            near = ", ".join(f"{choice.template} {choice.confidence}" for choice in found.alternatives[:2])
            print(f"{result:6} {each.labelled.prompt!r}: {each.slugs} {found.confidence:.2f} | {near}")
            print(f"       wanted {each.labelled.templates} {each.labelled.knobs}; told {found.understood}")


def _list(judged: Sequence[Judged]) -> None:
    for each in judged:
        found = each.understanding
        miss = each.wrong or (not each.labelled.templates and found.outcome is not Outcome.REFUSED)
        miss = miss or (bool(each.labelled.templates) and each.labelled.kind != "ambiguous" and not each.served)
        if miss:
            mark = "WRONG" if each.wrong else found.outcome.value
            near = ", ".join(f"{choice.template} {choice.confidence}" for choice in found.alternatives[:2])
            said = f"{mark:7} {each.labelled.kind:10} {each.labelled.prompt!r}"
            print(f"{said} -> {found.template} {found.confidence:.2f} | {near}")


if __name__ == "__main__":
    main()
