"""Whatever a scene does, the answer is a clear fault, and the next job runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generation.engine.render import Renderer
from generation.engine.types import Limits, Quality, RenderReport
from tests.render.scenes import HEAD, SQUARE

pytestmark = pytest.mark.render


def construct(*lines: str) -> str:
    body = "\n".join(f"        {line}" for line in lines)
    return f"{HEAD}class Bad(Scene):\n    def construct(self):\n{body}\n"


@pytest.fixture(autouse=True)
def next_job_runs(renderer: Renderer) -> Iterator[None]:
    yield
    assert renderer.check(SQUARE, "Square1").fault is None


def draw(renderer: Renderer, code: str, out: Path, **limits: float) -> RenderReport:
    report = renderer.render(code, "Bad", quality=Quality.LOW, out=out, limits=Limits(**limits))  # type: ignore[arg-type]
    assert not out.exists()
    assert list(out.parent.glob(".*.part")) == []
    return report


@pytest.mark.parametrize(
    ("code", "fault", "line"),
    [
        (construct("self.play(Create(Square())"), "syntax", 4),
        (construct("x = 1", "self.add(Sqare())"), "name_error", 5),
        (construct("Square().no_such_thing()"), "attribute_error", 4),
        (construct("Square(1, 2, 3, 4, 5, 6, 7)"), "type_error", 4),
        (construct("self.wait(1 / 0)"), "zero_division", 4),
        (construct("import not_on_any_machine"), "import_error", 4),
        (construct("open('/etc/shadow')"), "file_error", 4),
        (construct("raise SystemExit"), "stopped", 4),
        (construct("def f(): return f()", "f()"), "recursion", 4),
        (construct("class Odd(Exception): pass", "raise Odd('so')"), "error", 5),
        (construct("self.play()"), "value_error", 4),
        (construct("self.wait(9999)"), "too_long", 4),
        (construct("MathTex(r'\\nonsense')"), "tex", 4),
        ("import sys\nsys.exit(0)", "stopped", 2),
    ],
)
def test_a_check_names_the_error_and_its_line(renderer: Renderer, code: str, fault: str, line: int) -> None:
    report = renderer.check(code, "Bad")
    assert report.fault is not None
    assert (report.fault.code, report.fault.line) == (fault, line)
    assert report.fault.message.endswith((".", ")", "…")) or ":" in report.fault.message
    assert report.fault.hint


def test_a_formula_that_tex_cannot_set_is_quoted(renderer: Renderer) -> None:
    report = renderer.check(construct(r"self.add(MathTex(r'x + \nonsense y'))"), "Bad")
    assert report.fault is not None and report.fault.code == "tex"
    assert r"x + \nonsense y" in report.fault.message and "special" not in report.fault.message


def test_a_missing_scene_is_named(renderer: Renderer) -> None:
    report = renderer.check(SQUARE, "Triangle")
    assert report.fault is not None and report.fault.code == "no_scene" and "Triangle" in report.fault.message


@pytest.mark.parametrize(
    "code",
    [construct("pass"), construct("self.add(Square())"), construct("self.wait(1)"), construct("self.wait(0.01)")],
)
def test_a_scene_that_draws_nothing_says_so(renderer: Renderer, code: str, tmp_path: Path) -> None:
    report = renderer.check(code, "Bad")
    assert report.fault is not None and report.fault.code == "draws_nothing"


def test_rendering_a_scene_without_plays_draws_nothing(renderer: Renderer, tmp_path: Path) -> None:
    report = draw(renderer, construct("self.add(Square())"), tmp_path / "x.mp4")
    assert report.fault is not None and report.fault.code == "draws_nothing"


def test_an_endless_loop_is_ended_by_the_clock(renderer: Renderer, tmp_path: Path) -> None:
    for code in (construct("while True: pass"), construct("import time", "time.sleep(99)")):
        report = draw(renderer, code, tmp_path / "x.mp4", wall_seconds=1.5)
        assert report.fault is not None and report.fault.code == "timeout"
        assert report.wall_seconds < 3


def test_an_endless_loop_is_ended_by_its_cpu_time(renderer: Renderer) -> None:
    report = renderer.check(construct("while True: pass"), "Bad", limits=Limits(cpu_seconds=1))
    assert report.fault is not None and report.fault.code == "timeout"


def test_a_memory_eater_is_told_so(renderer: Renderer, tmp_path: Path) -> None:
    limits = {"memory_bytes": 1 << 30}
    for code in (construct("np.ones((1 << 20, 1 << 12))"), construct("x = [b'a' * 1000]", "while True: x += x")):
        report = draw(renderer, code, tmp_path / "x.mp4", **limits)
        assert report.fault is not None and report.fault.code == "memory"


def test_a_crash_in_native_code_is_told(renderer: Renderer, tmp_path: Path) -> None:
    report = draw(renderer, construct("import ctypes", "ctypes.string_at(0)"), tmp_path / "x.mp4")
    assert report.fault is not None and report.fault.code == "crashed" and "11" in report.fault.message


def test_leaving_early_is_no_success(renderer: Renderer, tmp_path: Path) -> None:
    code = construct("self.play(Create(Square()), run_time=0.4)", "import os", "os._exit(0)")
    report = draw(renderer, code, tmp_path / "x.mp4")
    assert report.fault is not None and report.fault.code == "stopped"


def test_a_video_longer_than_allowed_is_stopped(renderer: Renderer, tmp_path: Path) -> None:
    for wait in ("self.wait(60)", "self.play(Rotate(Square()), run_time=60)"):
        report = draw(renderer, construct("self.add(Square())", wait), tmp_path / "x.mp4", video_seconds=2)
        assert report.fault is not None and report.fault.code == "too_long"
        assert report.frames <= 30


def test_closed_descriptors_are_survived(renderer: Renderer, tmp_path: Path) -> None:
    code = construct("import os", "os.closerange(0, 200)", "self.play(Create(Square()), run_time=0.4)")
    report = draw(renderer, code, tmp_path / "x.mp4")
    assert report.fault is not None and report.fault.code in {"stopped", "crashed", "broken_channel"}


@pytest.mark.parametrize("garbage", ["b'\\xff' * 4000", "b'{}\\n[1]\\n' * 50", "b'[' * 70000 + b'\\n'", "bytes(4000)"])
def test_garbage_in_every_channel_is_refused(renderer: Renderer, tmp_path: Path, garbage: str) -> None:
    code = construct(
        "self.play(Create(Square()), run_time=0.2)",
        "import os",
        "for fd in range(3, 64):",
        f"    try: os.write(fd, {garbage})",
        "    except OSError: pass",
        "self.play(Create(Circle()), run_time=0.4)",
    )
    report = draw(renderer, code, tmp_path / "x.mp4")
    assert report.fault is not None and report.fault.code in {"broken_channel", "tex"}


def test_a_flood_of_words_is_refused(renderer: Renderer) -> None:
    code = construct(
        "import os",
        "for fd in range(3, 64):",
        "    try:",
        "        while True: os.write(fd, b'{}' * 500)",
        "    except OSError: pass",
    )
    report = renderer.check(code, "Bad", limits=Limits(wall_seconds=20))
    assert report.fault is not None and report.fault.code in {"broken_channel", "timeout"}


def test_a_flood_of_output_keeps_only_its_end(renderer: Renderer) -> None:
    code = construct("print('x' * 5_000_000)", "print('the \\x1b[31mend\\u202e')", "Sqare()")
    report = renderer.check(code, "Bad")
    assert report.fault is not None and report.fault.code == "name_error"
    assert len(report.fault.log) < 10_000 and "end" in report.fault.log
    assert "\x1b" not in report.fault.log and "\u202e" not in report.fault.log


def test_code_cannot_change_the_size_or_rate_of_the_video(renderer: Renderer, tmp_path: Path) -> None:
    import av

    changes = "config.frame_rate = 120\nconfig.pixel_width = 3840\nconfig.pixel_height = 2160\n"
    code = SQUARE.replace("\nclass", changes + "\nclass")
    out = tmp_path / "x.mp4"
    report = renderer.render(code, "Square1", quality=Quality.LOW, out=out)
    assert report.fault is None
    with av.open(str(out)) as video:
        frames = list(video.decode(video=0))
    assert {(frame.width, frame.height) for frame in frames} == {(854, 480)}
    assert [frame.time for frame in frames] == pytest.approx([number / 15 for number in range(15)])


def test_a_picture_of_another_size_is_refused(renderer: Renderer, tmp_path: Path) -> None:
    code = construct(
        "self.camera.pixel_array = np.zeros((10, 10, 4), np.uint8)", "self.camera.reset = lambda: None", "self.wait(1)"
    )
    report = draw(renderer, code, tmp_path / "x.mp4")
    assert report.fault is not None and report.fault.code == "value_error"


def test_a_full_stage_of_captions_is_capped_and_cleaned(renderer: Renderer) -> None:
    code = construct(
        "for n in range(900): self.add_subcaption('a\\x00\\x1b\\u202e' + 'b' * 9000, duration=1)",
        "self.play(Create(Square()))",
    )
    report = renderer.check(code, "Bad")
    if report.fault is not None:
        assert report.fault.code == "too_many_words"
    else:
        assert len(report.captions) <= 500
    one = renderer.check(code.replace("900", "1"), "Bad").captions
    assert len(one) == 1 and len(one[0].text) <= 500 and one[0].text.startswith("a") and one[0].text.isprintable()
