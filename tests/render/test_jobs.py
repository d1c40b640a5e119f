"""Jobs of the render daemon: several at once, followed, cancelled, and survivors of its death."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import av
import pytest
from PIL import Image

from generation.engine.errors import Cancelled, EngineFault
from generation.engine.render import Renderer
from generation.engine.types import Event, Limits, Quality
from tests.render.processes import alive, children, daemon_pid, descendants, environment, open_files, within
from tests.render.scenes import FORMULAS, HEAD, LONG, SQUARE, TEXT, UPDATERS

pytestmark = pytest.mark.render
ROOT = Path(__file__).resolve().parents[2]


def test_a_render_is_a_streamable_h264_file_with_every_frame(renderer: Renderer, tmp_path: Path) -> None:
    out = tmp_path / "words.mp4"
    plan = renderer.check(TEXT, "Words")
    report = renderer.render(TEXT, "Words", quality=Quality.LOW, out=out)
    assert report.fault is None and report.file == out
    assert report.frames == plan.frames and report.seconds == pytest.approx(plan.seconds, abs=0.3)
    data = out.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(out)) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert sum(1 for _ in video.decode(stream)) == report.frames
    assert [path.name for path in tmp_path.glob("*") if path.name.startswith(".")] == []


@pytest.mark.parametrize("quality", list(Quality))
def test_a_check_counts_the_frames_of_every_quality(renderer: Renderer, tmp_path: Path, quality: Quality) -> None:
    plan = renderer.check(UPDATERS, "Updaters", quality=quality)
    report = renderer.render(UPDATERS, "Updaters", quality=quality, out=tmp_path / "x.mp4")
    assert plan.fault is None and report.fault is None
    assert report.frames == plan.frames > 0
    with av.open(str(tmp_path / "x.mp4")) as video:
        stream = video.streams.video[0]
        assert (stream.width, stream.height) == (quality.width, quality.height)
        assert stream.average_rate == quality.frame_rate


def test_previews_and_progress_arrive_while_drawing(renderer: Renderer, tmp_path: Path) -> None:
    events: list[Event] = []
    previews: list[tuple[float, bytes]] = []
    started = time.monotonic()
    report = renderer.render(
        LONG.replace("range(100)", "range(20)"),
        "Long",
        quality=Quality.LOW,
        out=tmp_path / "x.mp4",
        expected_frames=600,
        on_event=events.append,
        on_preview=lambda scene, jpeg: previews.append((time.monotonic() - started, jpeg)),
    )
    whole = time.monotonic() - started
    assert report.fault is None and report.frames == 600
    assert report.first_frame_seconds is not None and previews[0][0] < whole / 2
    image = Image.open(io.BytesIO(previews[-1][1]))
    assert image.format == "JPEG" and image.width <= 480 and image.height <= 270
    done = [event.data["done"] for event in events if event.kind == "frames"]
    assert done == sorted(done) and done[-1] == 600 and len(done) <= 4 * whole + 2
    assert all(event.data["total"] == 600 for event in events if event.kind == "frames")
    assert [event.data["n"] for event in events if event.kind == "play"][-1] == 40
    assert len(previews) <= 5 * whole + 1


def test_captions_come_with_check_and_render(renderer: Renderer, tmp_path: Path) -> None:
    code = SQUARE.replace("self.wait", "self.add_subcaption('A square.', duration=2)\n        self.wait")
    for report in (
        renderer.check(code, "Square1"),
        renderer.render(code, "Square1", quality=Quality.LOW, out=tmp_path / "x.mp4"),
    ):
        (caption,) = report.captions
        assert caption.text == "A square."
        assert [caption.start, caption.end] == pytest.approx([0.6, 2.6])


def test_the_kit_can_be_imported(renderer: Renderer) -> None:
    code = HEAD + "from theorama_kit import *\nclass A(Stage):\n    def construct(self):\n        self.heading('Hi')\n"
    report = renderer.check(code + "        self.say('One line.')\n        self.wait(1)\n", "A")
    assert report.fault is None and report.captions[0].text == "One line."


def test_several_jobs_run_at_once(renderer: Renderer, tmp_path: Path) -> None:
    jobs = [("Words", TEXT), ("Updaters", UPDATERS), ("Formulas", FORMULAS), ("Square1", SQUARE)]

    def draw(number: int) -> int:
        name, code = jobs[number % 4]
        report = renderer.render(code, name, quality=Quality.LOW, out=tmp_path / f"{number}.mp4")
        assert report.fault is None
        return report.frames

    with ThreadPoolExecutor(6) as pool:
        frames = list(pool.map(draw, range(8)))
    assert frames[:4] == frames[4:]
    with av.open(str(tmp_path / "1.mp4")) as video:
        assert sum(1 for _ in video.decode(video=0)) == frames[1]


def test_a_slow_job_does_not_hold_up_a_quick_one(renderer: Renderer) -> None:
    slow = HEAD + "import time\nclass Slow(Scene):\n    def construct(self):\n        time.sleep(6)\n"
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(renderer.check, slow, "Slow", limits=Limits(wall_seconds=4))
        time.sleep(0.3)
        started = time.monotonic()
        assert renderer.check(SQUARE, "Square1").fault is None
        assert time.monotonic() - started < 3 and not waiting.done()
        assert waiting.result().fault is not None


def test_cancelling_frees_everything_within_two_seconds(renderer: Renderer, run_dir: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    daemon = _warm(renderer, run_dir)
    before = set(descendants(daemon))

    def cancel_soon(scene: str, jpeg: bytes) -> None:
        stop.set()

    with pytest.raises(Cancelled):
        renderer.render(
            LONG, "Long", quality=Quality.HIGH, out=tmp_path / "x.mp4", on_preview=cancel_soon, should_stop=stop.is_set
        )
    assert within(2, lambda: set(descendants(daemon)) <= before and not list(tmp_path.iterdir()))
    assert renderer.check(SQUARE, "Square1").fault is None


def test_a_job_that_waits_is_cancelled_too(renderer: Renderer, run_dir: Path) -> None:
    daemon = _warm(renderer, run_dir)
    before = set(descendants(daemon))
    code = HEAD + "import time\nclass Slow(Scene):\n    def construct(self):\n        time.sleep(60)\n"
    started = time.monotonic()
    with pytest.raises(Cancelled):
        renderer.check(code, "Slow", should_stop=lambda: time.monotonic() - started > 0.5)
    assert time.monotonic() - started < 2
    assert within(2, lambda: set(descendants(daemon)) <= before)


def test_a_client_that_dies_takes_its_job_with_it(renderer: Renderer, run_dir: Path, tmp_path: Path) -> None:
    daemon = _warm(renderer, run_dir)
    before = set(descendants(daemon))
    (tmp_path / "code.py").write_text(LONG)
    script = (
        "import sys; from pathlib import Path; from generation.engine.render import Renderer;"
        "from generation.engine.types import Quality; here = Path(sys.argv[2]);"
        "Renderer(Path(sys.argv[1])).render((here / 'code.py').read_text(), 'Long', quality=Quality.HIGH,"
        "out=here / 'x.mp4', on_preview=lambda *_: print('frame', flush=True))"
    )
    client = subprocess.Popen(
        [sys.executable, "-c", script, str(run_dir), str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert client.stdout is not None and client.stdout.readline() == "frame\n"
    assert len(set(descendants(daemon)) - before) >= 2
    client.kill()
    client.wait()
    client.stdout.close()
    assert within(2, lambda: set(descendants(daemon)) <= before and not list(tmp_path.glob(".*.part")))


@pytest.mark.chaos
def test_killing_the_daemon_leaves_nothing_behind_and_the_next_call_starts_it_again(
    own_renderer: Renderer, tmp_path: Path
) -> None:
    run_dir = tmp_path / "run"
    daemon = _warm(own_renderer, run_dir)
    below: list[int] = []

    def kill(scene: str, jpeg: bytes) -> None:
        if not below:
            below.extend(descendants(daemon))
            os.kill(daemon, signal.SIGKILL)

    with pytest.raises(EngineFault) as lost:
        own_renderer.render(LONG, "Long", quality=Quality.LOW, out=tmp_path / "x.mp4", on_preview=kill)
    assert lost.value.fault.code == "renderer_lost"
    assert len(below) >= 3  # the TeX server, the keeper, the job
    assert within(2, lambda: not any(alive(pid) for pid in [daemon, *below]))
    assert not list(tmp_path.glob(".*.part"))
    assert own_renderer.check(SQUARE, "Square1").fault is None
    assert daemon_pid(run_dir) != daemon


def test_two_starters_at_once_start_one_daemon(tmp_path: Path) -> None:
    renderers = [Renderer(tmp_path / "run") for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda renderer: renderer.check(SQUARE, "Square1"), renderers))
    daemon = daemon_pid(tmp_path / "run")
    assert [report.fault for report in reports] == [None] * 3
    assert sum(len(renderer._started) for renderer in renderers) == 1
    for renderer in renderers:
        renderer.close()
    assert within(3, lambda: not alive(daemon))


def test_the_daemon_is_handed_nothing(own_renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "s3cr3t")
    inherited = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(inherited, True)
    daemon = _warm(own_renderer, tmp_path / "run")
    os.close(inherited)
    assert b"s3cr3t" not in environment(daemon) and b"PATH=" in environment(daemon)
    assert str(tmp_path) not in open_files(daemon)
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700
    assert len(list(Path(f"/proc/{daemon}/task").iterdir())) == 1
    assert len(children(daemon)) == 1  # the TeX server


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """The file goes to a tiny file system mounted for this test alone."""
    tiny = tmp_path / "tiny"
    tiny.mkdir()
    script = (
        "import sys; from pathlib import Path; from generation.engine.render import Renderer;"
        "from generation.engine.types import Quality; from generation.engine.errors import EngineFault\n"
        "r = Renderer(Path(sys.argv[1]))\n"
        "code = Path(sys.argv[3]).read_text()\n"
        "try: r.render(code, 'Noise', quality=Quality.LOW, out=Path(sys.argv[2]) / 'x.mp4')\n"
        "except EngineFault as error: print(error.fault.code)\n"
        "print(len(list(Path(sys.argv[2]).iterdir())))\n"
        "r.close()\n"
    )
    noise = HEAD + (
        "class Noise(Scene):\n    def construct(self):\n"
        "        for _ in range(40):\n"
        "            self.add(ImageMobject(np.random.randint(0, 255, (90, 160, 3), dtype=np.uint8)).scale(5))\n"
        "            self.wait(0.2)\n"
    )
    (tmp_path / "noise.py").write_text(noise)
    mount = 'mount -t tmpfs -o size=64k none "$2" && exec "$0" -c "$4" "$1" "$2" "$3"'
    run = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount,
         sys.executable, str(tmp_path / "run"), str(tiny), str(tmp_path / "noise.py"), script],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.stdout.split() == ["disk_full", "0"], run.stderr


@pytest.mark.parametrize(("spaces", "answer"), [(50, "drawn"), (0, "jail_unavailable")])
def test_without_a_jail_nothing_runs(tmp_path: Path, spaces: int, answer: str) -> None:
    """The same calls in a place where user namespaces may be made, and in one where they may not."""
    script = (
        "import sys; from pathlib import Path; from generation.engine.render import Renderer;"
        "from generation.engine.types import Quality; from generation.engine.errors import EngineFault\n"
        "here = Path(sys.argv[1]); r = Renderer(here / 'run'); code = (here / 'code.py').read_text()\n"
        "def say(act):\n"
        "    try: print('drawn' if act().fault is None else 'fault')\n"
        "    except EngineFault as error: print(error.fault.code)\n"
        "say(lambda: r.check(code, 'Square1'))\n"
        "say(lambda: r.render(code, 'Square1', quality=Quality.LOW, out=here / 'x.mp4'))\n"
        "r.close()\n"
    )
    (tmp_path / "code.py").write_text(SQUARE)
    shut = f'echo {spaces} > /proc/sys/user/max_user_namespaces && exec "$0" -c "$2" "$1"'
    run = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", shut, sys.executable, str(tmp_path), script],
        cwd=ROOT, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert run.stdout.split() == [answer, answer], run.stderr
    assert (tmp_path / "x.mp4").exists() is (answer == "drawn")


def _warm(renderer: Renderer, run_dir: Path) -> int:
    assert renderer.check(SQUARE, "Square1").fault is None
    daemon = daemon_pid(run_dir)
    assert within(3, lambda: len(children(daemon)) == 1)
    return daemon
