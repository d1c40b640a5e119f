"""Two runs side by side: which prompts came out differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.engine.scorecard.intervals import Pair, pair
from generation.engine.scorecard.report import MEASURES, Measure, Report
from generation.engine.scorecard.rows import Row


@dataclass(frozen=True, slots=True)
class Change:
    """One prompt that came out differently, with what changed in words."""

    prompt: str
    seed: int
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second run against the first."""

    changes: tuple[Change, ...]
    same: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    pairs: Mapping[str, Pair]  # by the measure's title, of prompts that it judges in both runs


def compare(first: Report, second: Report) -> Comparison:
    """Match the rows by prompt and seed. Times are not compared: they differ from run to run."""
    before = {row.key: row for row in first.rows}
    after = {row.key: row for row in second.rows}
    both = [key for key in before if key in after]
    changes = [Change(*key, what) for key in both if (what := _differences(before[key], after[key]))]
    return Comparison(
        tuple(changes),
        len(both) - len(changes),
        tuple(dict.fromkeys(prompt for prompt, seed in before if (prompt, seed) not in after)),
        tuple(dict.fromkeys(prompt for prompt, seed in after if (prompt, seed) not in before)),
        {each.title: _paired(each, [(before[key], after[key]) for key in both]) for each in MEASURES},
    )


def _paired(measure: Measure, rows: Sequence[tuple[Row, Row]]) -> Pair:
    judged = [each for each in rows if all(row.judged and measure.of(row) for row in each)]
    return pair([measure.holds(one) for one, _ in judged], [measure.holds(other) for _, other in judged])


def _differences(before: Row, after: Row) -> tuple[str, ...]:
    facts = zip(_facts(before).items(), _facts(after).values(), strict=True)
    return tuple(f"{name}: {old} → {new}" for (name, old), new in facts if old != new)


def _facts(row: Row) -> dict[str, str]:
    return {
        "outcome": row.outcome,
        "shown": ", ".join(row.shown) or "nothing",
        "as labelled": _word(row.expected),
        "policy": _word(row.policy),
        "uses what Manim has": _word(row.api),
        "first-try render": _word(row.first_try if row.served else None),
        "render after repair": _word(row.runs if row.served else None),
        "layout faults": str(row.layout_faults),
        "off the frame": str(row.outside),
        "numbers right": _word(row.numbers),
        "requirements met": f"{sum(row.met)} of {len(row.prompt.must)}",
    }


def _word(holds: bool | None) -> str:
    return {True: "yes", False: "no", None: "-"}[holds]
