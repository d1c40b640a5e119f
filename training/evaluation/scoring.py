"""The scores of one evaluation: rates with their intervals, by task, from rows that anybody can look at again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from generation.engine.scorecard import intervals, report
from generation.engine.scorecard.intervals import Pair
from generation.engine.scorecard.report import Report
from training.errors import TrainingFault
from training.evaluation.chances import GOOD, Chance, chance, gain, mean
from training.evaluation.tasks import Done

SCENES, EDITS, FIELDS = TASKS = ("scenes", "edits", "knobs")
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Scores:
    """What was measured of one model. `model` is the name that its requests carried."""

    model: str
    suites: Mapping[str, str]  # task: name of the suite
    manifest: Mapping[str, Any]
    scenes: Report | None = None
    edits: Sequence[Done] = ()
    fields: Sequence[Done] = ()
    ks: Sequence[int] = field(default=(1,))

    @property
    def trouble(self) -> int:
        """What the server failed at, so that the model was not measured."""
        rows = self.scenes.rows if self.scenes else ()
        return sum(not row.judged for row in rows) + sum(each.trouble for each in (*self.edits, *self.fields))

    def rates(self) -> dict[str, Any]:
        """Every rate by name, each with its interval and of how many."""
        found: dict[str, Any] = {}
        if self.scenes:
            found |= _scenes(self.scenes, self.ks)
        if self.edits:
            found["edits_faithful"] = asdict(intervals.rate([each.ok for each in self.edits if not each.trouble]))
        if judged := [each for each in self.fields if not each.trouble]:
            found["knob_fields"] = {
                "right": sum(each.right for each in judged),
                "wrong": sum(each.wrong for each in judged),
                "of": sum(each.of for each in judged),
                **asdict(mean([each.right / each.of for each in judged])),
            }
        return found


def _scenes(scenes: Report, ks: Iterable[int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"{name}@{k}": asdict(chance(scenes.rows, good, k)) for name, good in GOOD.items() for k in ks
    }
    found["repair_gain"] = asdict(gain(scenes.rows))
    for name, group in (("by_subject", scenes.by(report.subject)), ("by_level", scenes.by(report.level))):
        found[name] = {
            key: {each: asdict(part.rates[each]) for each in ("first_try", "after_repair", "as_asked")}
            for key, part in group.items()
        }
    return found


def write(scores: Scores, path: Path) -> None:
    """Write the scores as JSON. The rows of the scenes are in the scorecard's own file beside it."""
    data = {
        "format": FORMAT,
        "model": scores.model,
        "suites": dict(scores.suites),
        "manifest": dict(scores.manifest),
        "trouble": scores.trouble,
        "rates": scores.rates(),
        "edits": [asdict(each) for each in scores.edits],
        "fields": [asdict(each) for each in scores.fields],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> tuple[dict[str, Any], list[Done], list[Done]]:
    """The rates, edits and fields of a file of scores. Raises TrainingFault where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise ValueError
        done = ([Done(**each) for each in data[name]] for name in ("edits", "fields"))
        return data["rates"], *done
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingFault(f"{path} holds no scores.", "Name a file that `training evaluate` wrote.") from error


def paired(first: Sequence[Done], second: Sequence[Done]) -> Pair:
    """The same tasks in two runs: which only one of them got right, and how likely that is chance."""
    others = {each.key: each for each in second if not each.trouble}
    both = [(each, others[each.key]) for each in first if not each.trouble and each.key in others]
    return intervals.pair([one.ok for one, _ in both], [other.ok for _, other in both])


def words(scores: Scores) -> list[str]:
    """The rates in lines for a terminal."""
    lines = []
    for name, value in scores.rates().items():
        if name.startswith("by_"):
            continue
        of = f"{value['right']} of {value['of']} right, {value['wrong']} wrong; " if "right" in value else ""
        lines.append(f"{name:18} {of}{_interval(value)}")
    return [*lines, f"{'trouble':18} {scores.trouble}"]


def _interval(value: Mapping[str, Any]) -> str:
    if value["rate"] is None:
        return "-"
    return f"{value['rate']:+.1%} ({value['low']:.1%} to {value['high']:.1%}; {value['of']})".lstrip("+")


__all__ = ["Chance", "Scores", "paired", "read", "words", "write"]
