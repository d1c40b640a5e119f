"""A run's report: its rows, its rates, and the file they are kept in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generation.engine.errors import RequestFault
from generation.engine.scorecard import rows as rows_of
from generation.engine.scorecard.intervals import Rate, Spread, rate, spread
from generation.engine.scorecard.rows import Row
from generation.engine.types import Fault

FORMAT = 3
READABLE = (1, 2, FORMAT)  # the first had no API column, attempts or knobs in its labels; the second no requirements


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate: of which rows, and what counts as a success."""

    name: str
    title: str
    of: Callable[[Row], bool]
    holds: Callable[[Row], bool]


def _told_templates(row: Row) -> bool:
    return row.served and row.labelled


def _api_known(row: Row) -> bool:
    return row.served and row.api is not None


MEASURES = (
    Measure("understood", "understood as labelled", lambda row: row.labelled, lambda row: row.expected),
    Measure("served", "served", lambda row: True, lambda row: row.served),
    Measure("served_known", "served, of topics it has", lambda row: bool(row.prompt.expect), lambda row: row.served),
    Measure("honest", "right, or not served with the nearest three", lambda row: row.labelled, lambda row: row.honest),
    Measure("as_labelled", "right template, of those served", _told_templates, lambda row: row.expected),
    Measure("policy", "policy", lambda row: row.served, lambda row: bool(row.policy)),
    Measure("api_first", "uses what Manim has, first reply", _api_known, lambda row: bool(row.api_first)),
    Measure("api", "uses what Manim has, after repair", _api_known, lambda row: bool(row.api)),
    Measure("first_try", "first-try render", lambda row: row.served, lambda row: row.first_try),
    Measure("after_repair", "render after repair", lambda row: row.served, lambda row: row.runs),
    Measure("clean_layout", "no layout fault", lambda row: row.served and row.runs, lambda row: not row.layout_faults),
    Measure("in_frame", "nothing off the frame", lambda row: row.served and row.runs, lambda row: not row.outside),
    Measure(
        "as_asked", "runs and shows what has to be there", lambda row: bool(row.prompt.must), lambda row: row.as_asked
    ),
    Measure("numbers", "numbers right", lambda row: row.numbers is not None, lambda row: bool(row.numbers)),
)


@dataclass(frozen=True, slots=True)
class Summary:
    """Rates and times over some rows. Rows of trouble are only counted."""

    prompts: int
    trouble: int
    rates: Mapping[str, Rate]
    layout_faults: int
    off_frame: int
    tokens: int
    attempts: int
    writing: Spread
    first_frame: Spread
    video: Spread


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run."""

    suite: str
    writer: str
    seeds: int
    rendered: bool
    versions: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def summary(self) -> Summary:
        """Rates over all rows."""
        return summed(self.rows)

    def by(self, key: Callable[[Row], str]) -> dict[str, Summary]:
        """Rates of each group, in the order in which the groups come."""
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(key(row), []).append(row)
        return {name: summed(rows) for name, rows in groups.items()}


def subject(row: Row) -> str:
    """The group of a row by subject."""
    return row.prompt.subject


def level(row: Row) -> str:
    """The group of a row by level."""
    return row.prompt.level


def summed(rows: Sequence[Row]) -> Summary:
    """The rates over these rows."""
    judged = [row for row in rows if row.judged]
    return Summary(
        prompts=len(rows),
        trouble=len(rows) - len(judged),
        rates={each.name: rate([each.holds(row) for row in judged if each.of(row)]) for each in MEASURES},
        layout_faults=sum(row.layout_faults for row in judged),
        off_frame=sum(row.outside for row in judged),
        tokens=sum(row.tokens for row in judged),
        attempts=sum(row.attempts for row in judged),
        writing=spread(_there(row.writing_seconds for row in judged)),
        first_frame=spread(_there(row.first_frame_seconds for row in judged)),
        video=spread(_there(row.video_seconds for row in judged)),
    )


def _there(seconds: Iterable[float | None]) -> list[float]:
    return [each for each in seconds if each is not None]


def write(report: Report, path: Path) -> None:
    """Write the report as JSON, without pictures. Its summaries are for other programs and are not read back."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "suite": report.suite,
        "writer": report.writer,
        "seeds": report.seeds,
        "rendered": report.rendered,
        "versions": dict(report.versions),
        "summary": asdict(report.summary),
        "by_subject": {name: asdict(part) for name, part in report.by(subject).items()},
        "by_level": {name: asdict(part) for name, part in report.by(level).items()},
        "rows": [{name: value for name, value in asdict(row).items() if name != "sheet"} for row in report.rows],
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Report:
    """Read a report. Raises RequestFault where the file is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] not in READABLE:
            raise ValueError("it is of another version")
        rows = tuple(rows_of.row(each) for each in data["rows"])
        return Report(data["suite"], data["writer"], data["seeds"], data["rendered"], data["versions"], rows)
    except OSError as error:
        raise RequestFault(Fault("no_file", f"{path} cannot be read: {error.strerror}.")) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RequestFault(
            Fault("report", f"{path} is not a scorecard of this version.", hint="Take a file that scorecard wrote.")
        ) from error
