"""The whole build: candidates are proved, cleaned, kept apart from the suites, thinned out, split, and written."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from generation.engine.errors import EngineError
from generation.engine.served.faultfinding import DryRun
from training.dataset import card, likeness, privacy, shards, splitting
from training.dataset.candidates import Candidate
from training.dataset.proving import fingerprint
from training.dataset.rehearsing import Rejected
from training.dataset.rows import Row, Split, Task
from training.dataset.suites import Prompts
from training.dataset.tokens import Counter as TokenCounter
from training.errors import TrainingFault
from training.lanes import Lane, worst

OnProgress = Callable[[str, int, int], None]  # step, done, of (0: not known)
AT_ONCE = 64  # candidates that wait for a thread
# What people give is cleaned where it is taken in; what we wrote may hold no contacts at all.
GENERIC = frozenset({Task.REWORD})  # asked in words that are no subject: "say it in German"


@dataclass
class Report:
    """What became of the candidates, step by step. Times are of this run only and stay out of the manifest."""

    candidates: Counter[str] = field(default_factory=Counter)
    proved: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    private: int = 0
    contaminated: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    near: int = 0
    crowded: int = 0
    blocked: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def counts(self) -> dict[str, Any]:
        """The part that is the same for the same inputs."""
        return {
            "candidates": dict(sorted(self.candidates.items())),
            "proved": dict(sorted(self.proved.items())),
            "rejected": dict(sorted(self.rejected.items())),
            "dropped": {
                "lane blocked": self.blocked,
                "personal data": self.private,
                "too close to a suite": dict(sorted(self.contaminated.items())),
                "repeated": self.repeated,
                "near-duplicate": self.near,
                "beyond its family's share": self.crowded,
            },
        }


@dataclass(frozen=True, slots=True)
class Built:
    """A dataset on disk."""

    folder: Path
    manifest: Mapping[str, Any]
    sha256: str
    report: Report


def build(
    candidates: Iterable[Candidate],
    dry_run: DryRun,
    prompts: Prompts,
    held_out: frozenset[str],
    counter: TokenCounter,
    out: Path,
    *,
    name: str = "theorama-commercial",
    lane: Lane = Lane.COMMERCIAL,
    jobs: int = 2,
    on_progress: OnProgress,
) -> Built:
    """Write the dataset into `out`, with rows of `lane` or freer only.

    Raises TrainingFault where the renderer fails or nothing is left, OSError where the disk does.
    """
    report = Report()
    out.mkdir(parents=True, exist_ok=True)
    allowed = list(Lane)[: list(Lane).index(lane) + 1]
    with _Timed(report, "prove"):
        rows = list(_proved(candidates, dry_run, report, allowed, jobs, on_progress))
    with _Timed(report, "clean"):
        rows = _clean(rows, likeness.Suites(prompts.texts), report, on_progress)
    with _Timed(report, "thin out"):
        on_progress("thin out", 0, len(rows))
        sifted = likeness.without_near_duplicates(_once(rows, report))
        report.near = sifted.dropped
        kept = splitting.capped(sifted.kept)
        report.crowded = len(sifted.kept) - len(kept)
    if not kept:
        raise TrainingFault("No row is left.", "See the counts above: what was rejected, and why.")
    with _Timed(report, "split and write"):
        on_progress("write", 0, len(kept))
        chosen = splitting.splits(kept, _moved(sifted, kept), held_out)
        return _write(kept, chosen, prompts, counter, out, name, report)


def _proved(
    candidates: Iterable[Candidate],
    dry_run: DryRun,
    report: Report,
    allowed: Sequence[Lane],
    jobs: int,
    on_progress: OnProgress,
) -> Iterator[Row]:
    """The rows that the checks let through, in the order of their candidates, whatever the number of threads."""
    done = 0
    waiting = iter(candidates)
    with ThreadPoolExecutor(jobs, "prove") as workers:
        while batch := list(islice(waiting, AT_ONCE)):
            for candidate, (row, why) in zip(batch, workers.map(lambda c: _tried(c, dry_run), batch), strict=True):
                key = f"{candidate.origin.name} {candidate.task}"
                report.candidates[key] += 1
                done += 1
                if row is None:
                    report.rejected[f"{key}: {why}"] += 1
                elif row.origin.lane not in allowed:
                    report.blocked += 1
                else:
                    report.proved[key] += 1
                    yield row
            on_progress("prove", done, 0)


def _tried(candidate: Candidate, dry_run: DryRun) -> tuple[Row | None, str]:
    try:
        return candidate.row(dry_run), ""
    except Rejected as rejected:
        return None, rejected.code
    except EngineError as error:
        raise TrainingFault(
            f"The renderer failed: {error.fault.message} {error.fault.hint}".strip(),
            "Run the same command again: what was proved is kept.",
        ) from error


def _clean(rows: Sequence[Row], suites: likeness.Suites, report: Report, on_progress: OnProgress) -> list[Row]:
    kept: list[Row] = []
    for number, row in enumerate(rows, start=1):
        if any(privacy.contacts(each["content"]) for each in row.messages[1:]):
            report.private += 1
        elif row.task not in GENERIC and suites.is_too_close(row.request):
            report.contaminated[row.task.value] += 1
        else:
            kept.append(row)
        if number % 500 == 0:
            on_progress("clean", number, len(rows))
    return kept


def _once(rows: Sequence[Row], report: Report) -> list[Row]:
    first = {row.digest: row for row in reversed(rows)}
    found = [row for row in rows if first[row.digest] is row]
    report.repeated = len(rows) - len(found)
    return found


def _moved(sifted: likeness.Sifted, kept: Sequence[Row]) -> list[tuple[int, int]]:
    """The links between rows, by their places after the last ones went."""
    place = {row.digest: number for number, row in enumerate(kept)}
    pairs = [(sifted.kept[one].digest, sifted.kept[two].digest) for one, two in sifted.linked]
    return [(place[one], place[two]) for one, two in pairs if one in place and two in place]


def _write(
    rows: Sequence[Row],
    chosen: Sequence[Split],
    prompts: Prompts,
    counter: TokenCounter,
    out: Path,
    name: str,
    report: Report,
) -> Built:
    lines: dict[Split, list[dict[str, Any]]] = {}
    for row, split in zip(rows, chosen, strict=True):
        line = shards.as_line(row, split, counter.of(row.messages), counter.of(row.messages[-1:]))
        lines.setdefault(split, []).append(line)
    for found in lines.values():
        found.sort(key=lambda line: hashlib.sha256(line["id"].encode()).hexdigest())  # tasks and families mixed
    manifest = {
        "format": shards.FORMAT,
        "name": name,
        "lane": worst(row.origin.lane for row in rows).value,
        "sources": _sources(rows),
        "shards": shards.write(out, lines),
        "rows": len(rows),
        "tokens": sum(line["tokens"] for found in lines.values() for line in found),
        "answer_tokens": sum(line["answer_tokens"] for found in lines.values() for line in found),
        "token_counter": counter.name,
        "tables": {key: _table(lines, key) for key in ("task", "split", "source", "language", "profile", "lane")},
        "families": dict(sorted(Counter(row.family for row in rows).items())),
        "steps": report.counts(),
        "suites": {"sha256": prompts.sha256, "prompts": len(prompts.texts), "files": list(prompts.files)},
        "checks": fingerprint(),
    }
    content = shards.manifest_bytes(manifest)
    sha256 = hashlib.sha256(content).hexdigest()
    shards.put(out / shards.MANIFEST, content)
    shards.put(out / shards.CARD, card.of(manifest, sha256).encode())
    return Built(out, manifest, sha256, report)


def _sources(rows: Sequence[Row]) -> list[dict[str, Any]]:
    counts = Counter(row.origin for row in rows)
    return [
        {
            "name": origin.name,
            "version": origin.version,
            "licence": origin.licence,
            "evidence": origin.evidence,
            "lane": origin.lane.value,
            "rows": count,
        }
        for origin, count in sorted(counts.items(), key=lambda each: (each[0].name, each[0].version))
    ]


def _table(lines: Mapping[Split, Sequence[Mapping[str, Any]]], key: str) -> dict[str, dict[str, int]]:
    """Rows and tokens by the values of a field."""
    found: dict[str, Counter[str]] = {}
    for line in (each for split in lines.values() for each in split):
        found.setdefault(line[key], Counter()).update(
            rows=1, tokens=line["tokens"], answer_tokens=line["answer_tokens"]
        )
    return {value: dict(counts) for value, counts in sorted(found.items())}


class _Timed:
    """Notes how long a step took, seconds of wall-clock time."""

    def __init__(self, report: Report, step: str) -> None:
        self._report, self._step = report, step

    def __enter__(self) -> None:
        self._began = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self._report.seconds[self._step] = time.monotonic() - self._began
