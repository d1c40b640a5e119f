"""The soak in short, and its checks against broken worlds: a check that cannot fail proves nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak import checks, memory, places
from tests.soak.checks import Promise, SeenFile, SeenJob
from tests.soak.memory import Sample
from tests.soak.processes import Process
from tests.soak.world import ROOT

EVENTS: Sequence[tuple[int, str, dict[str, object]]] = (
    (1, "queued", {"reason": "submitted"}),
    (2, "started", {}),
    (3, "succeeded", {"faults": []}),
)
DONE = SeenJob(
    id="one",
    animation="pendulum",
    key="key",
    state="succeeded",
    attempt=1,
    last_seq=3,
    cancel_requested=False,
    fault=None,
    revision="first",
    events=EVENTS,
    files=[SeenFile(f"{kind}.bin", kind) for kind in checks.KINDS],
)
FAILED = replace(
    DONE,
    state="failed",
    revision=None,
    files=(),
    fault={"code": "zero_division", "message": "It divides by zero."},
    events=[*EVENTS[:2], (3, "failed", {})],
)
PROMISE = Promise("quick", "key", {"one"}, "succeeded")


def verdict(job: SeenJob, promise: Promise = PROMISE, revisions: int = 1, hits: int = 0) -> list[str]:
    return checks.broken([job], [promise], {"pendulum": revisions}, {"one": hits})


@pytest.mark.chaos
@pytest.mark.worker
@pytest.mark.render
@pytest.mark.jail
def test_a_minute_of_harm_breaks_nothing(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak", "--minutes", "1", "--out", str(tmp_path / "soak.json"), "--pause", "4"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    result = json.loads((tmp_path / "soak.json").read_text())
    assert result["jobs"]["succeeded"] > 0 and result["injections"], "it did something"


class TestTheChecksOfJobs:
    def test_a_whole_world_is_left_alone(self) -> None:
        assert verdict(DONE) == []
        assert verdict(FAILED, replace(PROMISE, ends="failed", faults={"zero_division"}), revisions=0) == []

    def test_a_lost_job_is_found(self) -> None:
        assert verdict(DONE, replace(PROMISE, jobs={"another"})) == ["quick another was accepted and is lost"]

    def test_a_job_that_never_ended_is_found(self) -> None:
        waiting = replace(DONE, state="queued", revision=None, files=(), events=EVENTS[:1], last_seq=1)
        assert any("never ended" in sentence for sentence in verdict(waiting, revisions=0))

    def test_two_final_events_are_found(self) -> None:
        doubled = replace(DONE, events=[*EVENTS, (4, "succeeded", {})], last_seq=4)
        assert any("its events end with" in sentence for sentence in verdict(doubled))

    def test_a_gap_in_the_numbers_of_events_is_found(self) -> None:
        assert any("gaps" in sentence for sentence in verdict(replace(DONE, events=[EVENTS[0], EVENTS[2]])))

    def test_a_second_revision_is_found(self) -> None:
        assert any("2 revisions" in sentence for sentence in verdict(DONE, revisions=2))

    def test_a_missing_and_a_spoilt_file_are_found(self) -> None:
        assert any("succeeded with" in sentence for sentence in verdict(replace(DONE, files=DONE.files[1:])))
        spoilt = replace(DONE.files[0], wrong="does not play")
        assert any("does not play" in sentence for sentence in verdict(replace(DONE, files=[spoilt, *DONE.files[1:]])))

    def test_a_failure_without_words_or_with_files_is_found(self) -> None:
        promise = replace(PROMISE, ends="failed")
        assert any("without a word" in sentence for sentence in verdict(replace(FAILED, fault={}), promise, 0))
        assert any("or files" in sentence for sentence in verdict(replace(FAILED, files=DONE.files), promise, 0))

    def test_one_key_that_made_two_jobs_is_found(self) -> None:
        twin = replace(DONE, id="two", animation="other", files=())
        assert any("made 2 jobs" in one for one in checks.broken([DONE, twin], [PROMISE], {}, {}))

    def test_good_code_that_failed_is_found_and_so_is_bad_code_that_succeeded(self) -> None:
        assert any("it had to be succeeded" in sentence for sentence in verdict(FAILED, revisions=0))
        hostile = replace(PROMISE, recipe="hostile", ends="failed", faults={"policy"})
        assert any("it had to be failed" in sentence for sentence in verdict(DONE, hostile))
        assert any("not one of" in sentence for sentence in verdict(FAILED, hostile, revisions=0))

    def test_a_job_given_up_without_three_hits_is_found(self) -> None:
        lost = replace(FAILED, fault={"code": "worker_lost", "message": "It stopped."}, attempt=3)
        assert any("by our fault" in sentence for sentence in verdict(lost, revisions=0, hits=2))
        assert verdict(lost, revisions=0, hits=3) == []

    def test_a_scene_that_is_missing_from_a_success_is_found(self) -> None:
        partly = replace(DONE, events=[*EVENTS[:2], (3, "succeeded", {"faults": [{"code": "crashed"}]})])
        assert any("without all of its scenes" in sentence for sentence in verdict(partly))

    def test_a_cancellation_nobody_asked_for_is_found(self) -> None:
        gone = replace(FAILED, state="cancelled", fault=None, events=[*EVENTS[:2], (3, "cancelled", {})])
        assert any("nobody asked" in sentence for sentence in verdict(gone, revisions=0))
        assert verdict(replace(gone, cancel_requested=True), revisions=0) == []

    def test_a_job_that_did_not_heed_its_cancellation_is_found(self) -> None:
        assert any("was to be cancelled" in sentence for sentence in verdict(replace(DONE, cancel_requested=True)))

    def test_a_file_without_a_row_is_found(self) -> None:
        assert checks.files_without_rows(["a.mp4", "b.mp4"], ["a.mp4"]) == ["the file b.mp4 has no row"]


class TestTheLookAtTheMachine:
    def test_an_orphan_in_a_session_of_its_own_is_found(self) -> None:
        code = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(60)\n"
        done = subprocess.run(
            [sys.executable, "-c", LOOK_FOR_ORPHANS, code],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert "time.sleep(60)" in done.stdout

    def test_a_box_whose_maker_is_gone_is_found(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        before = places.look()
        ended = subprocess.Popen(["true"])
        ended.wait()
        (tmp_path / f"theorama-job-{ended.pid}-x").mkdir()
        (tmp_path / f"theorama-job-{os.getpid()}-x").mkdir()
        assert places.left_since(before, 0)["boxes"] == [str(tmp_path / f"theorama-job-{ended.pid}-x")]

    def test_a_process_of_another_start_is_not_killed(self) -> None:
        other = subprocess.Popen(["sleep", "60"])
        try:
            assert not Process(other.pid, os.getpid(), "S", start=1).kill()
            assert other.poll() is None
        finally:
            other.kill()
            other.wait()


LOOK_FOR_ORPHANS = """
import os, sys
from pathlib import Path
from tests.soak.processes import Family
family = Family()
family.start([sys.executable, "-c", sys.argv[1]], os.environ, Path(os.devnull)).wait()
for one in family.left(1.0):
    print(one.command)
    one.kill()
"""


class TestTheLineThroughMemory:
    def test_growth_is_found_and_noise_is_not(self) -> None:
        steady = [sampled(second, 100.0 + (second // 10) % 7) for second in range(0, 1800, 10)]
        growing = [sampled(second, 100.0 + second / 30) for second in range(0, 1800, 10)]  # 120 MiB an hour
        assert checks.grown(memory.growths(steady)) == []
        (sentence,) = checks.grown(memory.growths(growing))
        assert "MiB an hour" in sentence

    def test_descriptors_that_are_never_closed_are_found(self) -> None:
        leaking = [replace(sampled(second, 100.0), descriptors=20 + second // 20) for second in range(0, 1800, 10)]
        assert len(checks.grown(memory.growths(leaking))) == 1

    def test_a_life_too_short_for_a_line_is_not_judged(self) -> None:
        assert memory.growths([sampled(second, 100.0 + second) for second in range(0, 200, 10)]) == []


def sampled(second: float, mib: float) -> Sample:
    size = int(mib * (1 << 20))
    return Sample("daemon", 1, 1, float(second), size, size, 20)
