"""What must be true after a soak, as plain rules over what was seen. Each returns the sentences of what is broken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FINAL = ("succeeded", "failed", "cancelled")
KINDS = ["captions", "poster", "script", "video"]
OURS = {
    *("worker_lost", "renderer_lost", "renderer_failed", "jail_unavailable", "scenes_lost"),
    *("internal", "storage", "disk_full"),
}
MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class SeenFile:
    """An artefact's row, and what its file turned out to be: "" when it is whole, else what is wrong with it."""

    name: str
    kind: str
    wrong: str = ""


@dataclass(frozen=True)
class SeenJob:
    """A job as the database has it at the end. `events` are (number, kind, data)."""

    id: str
    animation: str
    key: str
    state: str
    attempt: int
    last_seq: int
    cancel_requested: bool
    fault: Mapping[str, Any] | None
    revision: str | None
    events: Sequence[tuple[int, str, Mapping[str, Any]]]
    files: Sequence[SeenFile] = ()


@dataclass(frozen=True)
class Promise:
    """A request that was accepted: what its answers named, how it may end and how often its runs were hit."""

    recipe: str
    key: str
    jobs: Collection[str]
    ends: str
    faults: Collection[str] = ()
    refused: str = ""


def broken(
    jobs: Sequence[SeenJob], promises: Sequence[Promise], revisions: Mapping[str, int], hits: Mapping[str, int]
) -> list[str]:
    """Check all jobs. `revisions`: how many each animation has; `hits`: harm done while each job lived."""
    by_id = {job.id: job for job in jobs}
    found: list[str] = []
    for promise in promises:
        found += _kept(promise, by_id, jobs, hits)
    for job in jobs:
        found += _history(job)
        found += _outcome(job)
    return found + _nothing_doubled(jobs, revisions)


def _kept(
    promise: Promise, by_id: Mapping[str, SeenJob], jobs: Iterable[SeenJob], hits: Mapping[str, int]
) -> list[str]:
    found = [f"{promise.recipe} {job} was accepted and is lost" for job in promise.jobs if job not in by_id]
    made = [job.id for job in jobs if job.key == promise.key]
    if len(set(promise.jobs)) > 1 or len(made) > 1:
        found.append(f"one key of {promise.recipe} made {len(set(promise.jobs) | set(made))} jobs")
    for name in promise.jobs:
        if (job := by_id.get(name)) is not None:
            found += _as_expected(promise, job, hits.get(name, 0))
    return found


def _as_expected(promise: Promise, job: SeenJob, hits: int) -> list[str]:
    code = (job.fault or {}).get("code")
    if job.state == "cancelled":
        return [] if job.cancel_requested else [f"{promise.recipe} {job.id} is cancelled although nobody asked"]
    if code in OURS:
        if job.attempt >= MOST_ATTEMPTS and hits >= MOST_ATTEMPTS:
            return []
        return [f"{promise.recipe} {job.id} failed by our fault ({code}), {job.attempt} attempts and {hits} injections"]
    if job.state != promise.ends:
        return [f"{promise.recipe} {job.id} is {job.state} ({code}), it had to be {promise.ends}"]
    if job.state == "failed" and promise.faults and code not in promise.faults:
        return [f"{promise.recipe} {job.id} failed with {code}, not one of {sorted(promise.faults)}"]
    return []


def _history(job: SeenJob) -> list[str]:
    found = []
    if job.state not in FINAL:
        found.append(f"{job.id} never ended: it is {job.state}")
    numbers = [number for number, _kind, _data in job.events]
    if numbers != list(range(1, len(numbers) + 1)) or job.last_seq != len(numbers):
        found.append(f"{job.id} has events with gaps: {numbers}, last {job.last_seq}")
    ends = [kind for _number, kind, _data in job.events if kind in FINAL]
    if ends != [job.state] or job.events[-1][1] != job.state:
        found.append(f"{job.id} is {job.state}, its events end with {ends}")
    return found


def _outcome(job: SeenJob) -> list[str]:
    found = []
    if job.state == "succeeded":
        if job.revision is None or sorted(file.kind for file in job.files) != KINDS:
            found.append(f"{job.id} succeeded with {sorted(file.kind for file in job.files)} of {job.revision}")
        if faults := job.events[-1][2].get("faults"):
            codes = [fault["code"] for fault in faults]
            found.append(f"{job.id} succeeded without all of its scenes: {codes}")
    elif job.revision is not None or job.files:
        found.append(f"{job.id} is {job.state} and has a revision or files")
    if job.cancel_requested and job.state != "cancelled":
        found.append(f"{job.id} was to be cancelled and is {job.state}")
    if job.state == "failed" and not ((job.fault or {}).get("message") and (job.fault or {}).get("code")):
        found.append(f"{job.id} failed without a word: {job.fault}")
    return found + [f"{job.id}: {file.kind} {file.name} {file.wrong}" for file in job.files if file.wrong]


def _nothing_doubled(jobs: Iterable[SeenJob], revisions: Mapping[str, int]) -> list[str]:
    made: dict[str, set[str]] = {}
    for job in jobs:
        if job.state == "succeeded" and job.revision is not None:
            made.setdefault(job.animation, set()).add(job.revision)
    animations = {job.animation for job in jobs}
    found = [
        f"animation {animation} has {revisions.get(animation, 0)} revisions, not {len(made.get(animation, ()))}"
        for animation in sorted(animations)
        if revisions.get(animation, 0) != len(made.get(animation, ()))
    ]
    owners: dict[str, set[str | None]] = {}
    for job in jobs:
        for file in job.files:
            owners.setdefault(file.name, set()).add(job.revision)
    return found + [f"{name} belongs to {len(of)} revisions" for name, of in sorted(owners.items()) if len(of) > 1]


def files_without_rows(on_disk: Collection[str], known: Collection[str]) -> list[str]:
    """After the cleaning every file has a row."""
    return [f"the file {name} has no row" for name in sorted(set(on_disk) - set(known))]


def left_behind(kind: str, names: Iterable[str]) -> list[str]:
    """After the end nothing of this kind is left."""
    return [f"left behind ({kind}): {name}" for name in names]


def grown(growths: Iterable[Any]) -> list[str]:
    """Memory and descriptors stay flat."""
    return [
        f"{one.role} {one.pid} grew from {one.first_mib} to {one.last_mib} MiB ({one.mib_per_hour} MiB an hour), "
        f"descriptors {one.descriptors_first} to {one.descriptors_last}"
        for one in growths
        if not one.flat
    ]
