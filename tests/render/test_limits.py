"""Each limit, met by a real scene: the words name the limit and what to do, and the next job runs."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from generation.engine import drafting, pipeline
from generation.engine.cache import SceneCache
from generation.engine.errors import RequestFault
from generation.engine.limits import TIERS, Limits, limits_for
from generation.engine.render import Renderer, faults
from generation.engine.types import Fault, Quality
from tests.render.scenes import HEAD, SQUARE

pytestmark = pytest.mark.render

ENOUGH = Limits(wall_seconds=60, memory_bytes=1 << 30)


def construct(*lines: str) -> str:
    body = "\n".join(f"        {line}" for line in lines)
    return f"{HEAD}class Bad(Scene):\n    def construct(self):\n{body}\n"


@pytest.fixture(autouse=True)
def next_job_runs(renderer: Renderer) -> Iterator[None]:
    yield
    assert renderer.check(SQUARE, "Square1").fault is None


def fault_of(renderer: Renderer, code: str, limits: Limits, out: Path | None = None) -> Fault:
    report = (
        renderer.check(code, "Bad", limits=limits)
        if out is None
        else renderer.render(code, "Bad", quality=Quality.LOW, out=out, limits=limits)
    )
    assert report.fault is not None
    assert report.fault.scene == "Bad" and report.fault.hint
    return report.fault


FORKS = (
    "import os, signal, time",
    "for n in range(200):",
    "    if os.fork() == 0: time.sleep(30)",
)
# (what the scene does, the limits, its fault, the words that must be there)
MET: dict[str, tuple[str, Limits, str, str]] = {
    "wall": (construct("import time", "time.sleep(99)"), replace(ENOUGH, wall_seconds=1.5), "timeout", "1.5 seconds"),
    "cpu": (construct("while True: pass"), replace(ENOUGH, cpu_seconds=1), "timeout", "1 seconds of processor time"),
    "memory": (construct("np.ones((1 << 20, 1 << 12))"), ENOUGH, "memory", "more than 1 GB of memory"),
    "memory of the whole": (
        construct(
            "import os, time",
            "for n in range(8):",
            "    if os.fork() == 0:",
            "        held = bytearray(b'x') * (300 << 20)",
            "        time.sleep(60)",
            "time.sleep(60)",
        ),
        ENOUGH,
        "memory",
        "more than 1 GB of memory",
    ),
    "processes": (construct(*FORKS), replace(ENOUGH, processes=16), "processes", "more than 16 processes"),
    "threads": (
        construct(
            "import threading, time", "for n in range(99): threading.Thread(target=time.sleep, args=(30,)).start()"
        ),
        replace(ENOUGH, processes=16),
        "processes",
        "more than 16 processes or threads",
    ),
    "open files": (
        construct("kept = [open('/dev/null') for n in range(999)]"),
        replace(ENOUGH, open_files=64),
        "open_files",
        "more than 64 files open",
    ),
    "bytes of /tmp": (
        construct("for n in range(99): open(f'/tmp/{n}', 'wb').write(bytes(1 << 20))"),
        replace(ENOUGH, tmp_bytes=8 << 20),
        "disk",
        "more than 8 MB",
    ),
    "one large file": (
        construct("open('/tmp/large', 'wb').truncate(1 << 40)"),
        replace(ENOUGH, tmp_bytes=8 << 20),
        "disk",
        "more than 8 MB",
    ),
    "files in /tmp": (
        construct("for n in range(9999): open(f'/tmp/{n}', 'wb').close()"),
        replace(ENOUGH, tmp_inodes=200),
        "disk",
        "200 files",
    ),
    "output": (construct("while True: print('x' * 9999)"), ENOUGH, "output", "more than 16 MB"),
    "video": (construct("self.wait(60)"), replace(ENOUGH, video_seconds=2), "too_long", "2 seconds of video"),
    "plays": (
        construct(
            "import os, json",
            "for fd in range(3, 64):",
            '    try: os.write(fd, b\'{"play": 0.01, "frames": 0}\\n\' * 6000)',
            "    except OSError: pass",
        ),
        ENOUGH,
        "too_many_plays",
        "5000 animations",
    ),
    "words": (
        construct("for n in range(900): self.add_subcaption('b' * 9000, duration=1)", "self.wait(1)", "self.wait(1)"),
        ENOUGH,
        "too_many_words",
        "1 MB",
    ),
    "code": (construct("'" + "x" * 5000 + "'"), replace(ENOUGH, source_bytes=4096), "source_too_long", "4 kB"),
}


@pytest.mark.parametrize("limit", MET)
def test_a_limit_that_is_met_is_named_with_what_to_do(renderer: Renderer, limit: str) -> None:
    code, limits, expected, words = MET[limit]
    fault = fault_of(renderer, code, limits)
    assert (fault.code, words in fault.message) == (expected, True), fault


def test_frames_are_counted_outside_the_jail(renderer: Renderer, tmp_path: Path) -> None:
    fault = fault_of(
        renderer,
        construct("self.play(Rotate(Square()), run_time=60)"),
        replace(ENOUGH, video_seconds=2),
        tmp_path / "x.mp4",
    )
    assert fault.code == "too_long"
    assert fault.message == "This scene is longer than 2 seconds of video, the most a scene may have."
    assert fault.hint == "Split it into two scenes."


def test_a_quality_above_the_limit_is_refused_before_anything_runs(renderer: Renderer, tmp_path: Path) -> None:
    report = renderer.render(
        SQUARE, "Square1", quality=Quality.HIGH, out=tmp_path / "x.mp4", limits=replace(ENOUGH, height=480)
    )
    assert report.fault is not None and report.fault.code == "quality_limit" and "480 lines" in report.fault.message
    assert list(tmp_path.iterdir()) == []


TWO = SQUARE + SQUARE.replace(HEAD, "").replace("Square1", "Square2")


@pytest.mark.parametrize(
    ("limits", "code", "words"),
    [
        (replace(ENOUGH, scenes=1), "too_many_scenes", "more than 1 scenes"),
        (replace(ENOUGH, animation_seconds=1.5), "animation_too_long", "1.5 seconds of video"),
        (replace(ENOUGH, source_bytes=100), "source_too_long", "100 bytes"),
        (replace(ENOUGH, height=360), "quality_limit", "360 lines"),
    ],
)
def test_an_animation_larger_than_its_limits_is_refused_in_words(
    renderer: Renderer, tmp_path: Path, limits: Limits, code: str, words: str
) -> None:
    draft = drafting.draft_source(TWO, title="Two")

    def made(within: Limits) -> pipeline.Animation:
        return pipeline.produce(
            draft,
            quality=Quality.LOW,
            out=tmp_path / "out",
            renderer=renderer,
            cache=SceneCache(tmp_path / "cache"),
            limits=within,
        )

    with pytest.raises(RequestFault) as refused:
        made(limits)
    assert refused.value.fault.code == code and words in refused.value.fault.message
    assert made(ENOUGH).seconds == 2.0


def test_every_tier_has_its_limits_and_no_tier_less_than_free() -> None:
    assert set(TIERS) == {"free", "professional", "educator", "school", "enterprise"}
    for tier in TIERS:
        for quality in Quality:
            own, least = limits_for(tier, quality), limits_for("free", quality)
            assert all(getattr(own, field.name) >= getattr(least, field.name) for field in fields(Limits))
    assert limits_for("nobody has heard of it", Quality.LOW) == limits_for("free", Quality.LOW)
    assert limits_for("free", Quality.HIGH).wall_seconds > limits_for("free", Quality.LOW).wall_seconds


def test_every_limit_can_be_said() -> None:
    for code in faults.LIMITS:
        fault = faults.over(code, Limits())
        assert "the most" in fault.message or "fit into" in fault.message
        assert fault.hint and "{" not in fault.message
