"""Edit faithfulness: whether a change in words changes what was meant and leaves the rest, seen while both run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generation.engine import drafting
from generation.engine.drafting import Draft
from generation.engine.errors import RequestFault
from generation.engine.scorecard import requirements
from generation.engine.served.client import ModelClient
from generation.engine.served.editing import Editor
from generation.engine.served.faultfinding import DryRun
from generation.engine.served.faults import ModelFault
from generation.engine.served.wishes import read_wish
from generation.engine.types import CheckReport
from training.evaluation.tasks import Done, own

SECONDS_SLACK = 0.1  # of a scene's length, where nothing was said of it
MOST_TEXTS = 2  # texts that may differ beyond those the wish names: a title stands on more than one scene


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish about a template, and what has to be different afterwards.

    Beside the scorecard's requirements, which must hold and must not have held before, there are
    {"recoloured": "red"} (something has that colour that had another) and {"longer": seconds}.
    """

    template: str
    wish: str
    must: Sequence[Mapping[str, Any]]

    @property
    def key(self) -> str:
        """Tells the edits of a suite apart."""
        return f"{self.template}: {self.wish}"


def measure(edits: Sequence[Edit], client: ModelClient, dry_run: DryRun) -> Iterator[Done]:
    """One outcome an edit, as they come."""
    for edit in edits:
        yield _measured(edit, client, dry_run)


def _measured(edit: Edit, client: ModelClient, dry_run: DryRun) -> Done:
    base = drafting.draft_template(edit.template, {})
    wish = read_wish(edit.wish, base.source, edit.template)
    begun = drafting.redraft(base.source, base.storyboard, wish.values, title=base.title, template=edit.template)
    changed: Draft = begun
    try:
        if wish.rest:
            changed = Editor(client, dry_run).edit(begun, wish).draft
    except ModelFault as fault:
        return Done(edit.key, ok=False, reason=fault.code, trouble=not own(fault.code))
    except RequestFault as error:
        return Done(edit.key, ok=False, reason=error.fault.code)
    before, after = _reports(base, dry_run), _reports(changed, dry_run)
    wrong = faults(edit, before, after)
    return Done(edit.key, ok=not wrong, reason="; ".join(wrong))


def _reports(draft: Draft, dry_run: DryRun) -> list[CheckReport]:
    return [dry_run(draft.source, card.name) for card in draft.storyboard.scenes]


def faults(edit: Edit, before: Sequence[CheckReport], after: Sequence[CheckReport]) -> list[str]:
    """What is not as wished, and what changed that nobody spoke of."""
    if any(report.fault for report in after):
        return ["it does not run"]
    wrong = [f"not done: {dict(each)}" for each in edit.must if not _done(each, before, after)]
    spoken = {kind for each in edit.must for kind in each}
    if _texts(after) != _texts(before) and "writes" not in spoken:
        wrong.append("other texts")
    elif len(_texts(after) ^ _texts(before)) > MOST_TEXTS * len(before) * max(1, len(edit.must)):
        wrong.append("more texts than the wish names")
    long, longer = _seconds(before), _seconds(after)
    if "longer" not in spoken and abs(longer - long) > SECONDS_SLACK * long:
        wrong.append("another length")
    if _counts(after) != _counts(before) and "shows" not in spoken and "writes" not in spoken:
        wrong.append("other things on the stage")
    return wrong


def _done(requirement: Mapping[str, Any], before: Sequence[CheckReport], after: Sequence[CheckReport]) -> bool:
    if "recoloured" in requirement:
        return _coloured(after, requirement["recoloured"]) > _coloured(before, requirement["recoloured"])
    if "longer" in requirement:
        return _seconds(after) - _seconds(before) >= float(requirement["longer"])
    (had,), (has,) = (requirements.which([requirement], each) for each in (before, after))
    return has and not had


def _coloured(reports: Sequence[CheckReport], colour: str) -> int:
    """How many kinds have the colour, scene by scene."""
    return sum(
        requirements.is_colour(each, colour) for report in reports for kind in report.seen for each in kind.colours
    )


def _texts(reports: Sequence[CheckReport]) -> frozenset[str]:
    return frozenset(line.text for report in reports for line in report.written)


def _seconds(reports: Sequence[CheckReport]) -> float:
    return sum(report.seconds for report in reports)


def _counts(reports: Sequence[CheckReport]) -> list[dict[str, int]]:
    return [{kind.kind: kind.most for kind in report.seen} for report in reports]
