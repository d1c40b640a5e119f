"""A scene with native freedom abuses the channels it was given: the job ends in time, nothing is left, the next runs.

The control of each: `HEAD` finds the real channels, so an honest use of them (`test_the_channels_are_within_reach`)
draws what it says.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generation.engine.render import Renderer
from generation.engine.types import Limits, Quality, RenderReport
from tests.render.processes import children, daemon_pid, descendants, within
from tests.render.scenes import SQUARE

pytestmark = [pytest.mark.jail, pytest.mark.render]

GRACE = 2.0  # seconds after its limit within which everything of a job is gone
HEAD = """
from manim import *
import ctypes, fcntl, gc, os, signal, socket, threading, time, json, mmap
from generation.engine.render.ring import MESSAGE, FRAME, PLAY, SLOTS
libc = ctypes.CDLL(None, use_errno=True)

def found(kind):
    return next(o for o in gc.get_objects() if type(o).__name__ == kind)

def honest():
    return Square().animate.shift(RIGHT)
"""
SETTLED = """
        ring, task = found("Ring"), found("Task")
        say = lambda kind, slot, top, bottom, repeat, left=0, right=2: os.write(
            ring.frames_in, MESSAGE.pack(kind, slot, top, bottom, left, right, repeat))
        word = lambda text: os.write(task.words_fd, text.encode() + b"\\n")
        formula = lambda body: (lambda data: b"J" + len(data).to_bytes(4, "big") + data)(json.dumps({"document":
            "\\\\documentclass{standalone}\\n\\\\begin{document}" + body + "\\\\end{document}",
            "compilers": ["latex"], "format": ".dvi"}).encode())
"""


def scene(*lines: str) -> str:
    body = "\n".join(f"        {line}" for line in lines)
    return f"{HEAD}\nclass A(Scene):\n    def construct(self):{SETTLED}\n{body}\n"


@pytest.fixture
def below(renderer: Renderer, run_dir: Path) -> Iterator[set[int]]:
    """What runs below the daemon before the attack; after it nothing more does, and the next job works."""
    assert renderer.check(SQUARE, "Square1").fault is None
    daemon = daemon_pid(run_dir)
    assert within(5, lambda: len(children(daemon)) == 1)
    before = set(descendants(daemon))
    yield before
    assert within(GRACE, lambda: set(descendants(daemon)) <= before)
    assert renderer.check(SQUARE, "Square1").fault is None


def draw(renderer: Renderer, code: str, out: Path, *, wall: float = 20.0, **more: float) -> RenderReport:
    began = time.monotonic()
    quality = Quality(str(more.pop("quality", "l")))
    limits = Limits(wall_seconds=wall, **more)  # type: ignore[arg-type]
    report = renderer.render(code, "A", quality=quality, out=out, limits=limits)
    assert time.monotonic() - began < wall + GRACE, "it lived on after its limit"
    assert out.exists() == (report.fault is None)
    assert list(out.parent.glob(".*.part")) == []
    return report


def test_the_channels_are_within_reach(renderer: Renderer, below: set[int], tmp_path: Path) -> None:
    """The control: said honestly, the same words on the same channels make a video of seven frames."""
    code = scene(
        "slot = os.read(ring.credits_out, 1)[0]",
        "ring.pixels[slot] = 255",
        "say(PLAY, 0, 0, 0, 0)",
        "say(FRAME, slot, 0, ring.height, 7)",
        "word(json.dumps({'caption': 'by hand', 'start': 0, 'end': 1}))",
        "os.write(task.tex_fd, formula('$x$'))",
        "self.answer = os.read(task.tex_fd, 5)",
        "assert self.answer[:1] == b'J'",
    )
    report = draw(renderer, code, tmp_path / "x.mp4")
    assert report.fault is None
    assert report.frames == 7
    assert [caption.text for caption in report.captions] == ["by hand"]


@pytest.mark.parametrize(
    "numbers",
    ["3, 0, 0, 0, 1", "0, 0, 0, 0, 1", "2**32 - 1, 0, 0, 0, 1", "FRAME, SLOTS, 0, 1, 1", "FRAME, 2**31, 0, 1, 1",
     "FRAME, 0, 2, 1, 1", "FRAME, 0, 0, ring.height + 1, 1", "FRAME, 0, 2**32 - 1, 2**32 - 1, 1", "FRAME, 0, 0, 1, 0",
     "FRAME, 0, 0, 1, 1, 0, ring.width + 1", "FRAME, 0, 0, 1, 1, 2, 1", "FRAME, 0, 0, 1, 1, 2**31, 2**31"],
)  # fmt: skip
def test_wrong_numbers_end_the_job(numbers: str, renderer: Renderer, below: set[int], tmp_path: Path) -> None:
    code = scene("self.play(honest(), run_time=0.2)", f"say({numbers})", "time.sleep(60)")
    report = draw(renderer, code, tmp_path / "x.mp4")
    assert report.fault is not None
    assert report.fault.code == "broken_channel"


CHANNELS = {
    "a billion repeats": (["say(FRAME, 0, 0, 1, 10**9)", "time.sleep(60)"], {"too_long"}),
    "frames without waiting for slots": (
        ["while True: say(FRAME, 0, 0, 0, 1)"], {"too_long", "timeout"},
    ),
    "half a message": (["os.write(ring.frames_in, b'x' * (MESSAGE.size - 1))", "os._exit(0)"], {"stopped"}),
    "plays without end": (["while True: say(PLAY, 0, 0, 0, 0)"], {"timeout", "broken_channel"}),
    "credits never read, in a pipe made small": (
        ["fcntl.fcntl(ring.credits_out, 1031, 4096)",
         "for _ in range(9000): say(FRAME, 0, 0, 0, 1)",
         "time.sleep(60)"],
        {"timeout", "too_long", "broken_channel"},
    ),
    "the other ends of its pipes held": (
        ["libc.prctl(4, 1, 0, 0, 0)",  # or its own /proc would be closed to it
         "ends = (ring.frames_in, ring.credits_out, task.words_fd, 1)",
         "held = [os.open(f'/proc/self/fd/{fd}', how) for fd in ends",
         "        for how in (os.O_RDONLY, os.O_WRONLY)]",
         "for fd in held[2:4]: os.set_blocking(fd, False)",
         "os.write(held[3], bytes(range(256)) * 8)",
         "os._exit(0)"],
        {"stopped", "file_error"},
    ),
    "output without end": (["while True: os.write(1, b'x' * 65536)"], {"output", "timeout"}),
    "words without end": (["while True: word('{\"caption\": 1}')"], {"broken_channel"}),
    "one word without end": (["while True: os.write(task.words_fd, b'x' * 4096)"], {"broken_channel"}),
    "everything closed": (["os.closerange(0, 256)", "time.sleep(60)"], {"timeout"}),
    "children that keep the pipes open": (
        ["if os.fork() == 0: time.sleep(60)", "os._exit(0)"], {"stopped"},
    ),
    "daemons of daemons": (
        ["for _ in range(5):",
         "    if os.fork() == 0:",
         "        os.setsid()",
         "        if os.fork() == 0:",
         "            for n in range(1, 65):",
         "                try: signal.signal(n, signal.SIG_IGN)",
         "                except (OSError, ValueError): pass",
         "            while True: ring.pixels[0, 0] = 1; time.sleep(0.1)",
         "        os._exit(0)",
         "time.sleep(0.3)", "os._exit(0)"],
        {"stopped"},
    ),
    "a child that stops itself": (
        ["pid = os.fork()", "if pid == 0: os.kill(os.getpid(), signal.SIGSTOP)", "os.waitpid(pid, 0)"], {"timeout"},
    ),
    "signals to all": (["os.kill(-1, signal.SIGKILL) if os.fork() else time.sleep(60)", "time.sleep(60)"], {"timeout"}),
    "the ring unmapped": (
        ["libc.munmap(ctypes.c_void_p(ring.pixels.ctypes.data), ctypes.c_size_t(ring.pixels.nbytes))",
         "ring.pixels[0] = 1"],
        {"crashed"},
    ),
    "the ring's memory given back": (
        ["start, size = ctypes.c_void_p(ring.pixels.ctypes.data), ctypes.c_size_t(ring.pixels.nbytes)",
         "for advice in (4, 9): libc.madvise(start, size, advice)",
         "say(FRAME, 0, 0, ring.height, 3)", "os._exit(0)"],
        {"stopped"},
    ),
    "the ring grown beyond its size": (
        ["libc.mremap.restype = ctypes.c_void_p",
         "size = ring.pixels.nbytes",
         "start = ctypes.c_void_p(ring.pixels.ctypes.data)",
         "new = libc.mremap(start, ctypes.c_size_t(size), ctypes.c_size_t(2 * size), 1)",
         "ctypes.memset(new + size + 8192, 1, 8192)"],
        {"crashed"},
    ),
    "threads that each take processor time": (
        ["for _ in range(6): threading.Thread(target=lambda: [sum(range(10**7)) for _ in range(10**9)]).start()",
         "time.sleep(60)"],
        {"timeout"},
    ),
    "garbage to the TeX server": (["os.write(task.tex_fd, b'\\xff' * 9999)", "MathTex('x')"], {"tex", "file_error"}),
    "a huge length to the TeX server": (
        ["os.write(task.tex_fd, b'J\\xff\\xff\\xff\\xff')", "MathTex('x')"],
        {"tex", "file_error"},
    ),
    "half a request to the TeX server": (["os.write(task.tex_fd, formula('x')[:-1])", "time.sleep(60)"], {"timeout"}),
    "descriptors to the TeX server": (
        ["s = socket.socket(fileno=os.dup(task.tex_fd))", "fds = [os.open('/dev/null', 0) for _ in range(50)]",
         "for _ in range(50): socket.send_fds(s, [b'J'], fds)", "time.sleep(60)"],
        {"timeout", "file_error"},
    ),
    "answers of the TeX server never read": (
        ["threading.Thread(target=lambda: [os.write(task.tex_fd, formula('$x$')) for _ in range(10**6)]).start()",
         "time.sleep(60)"],
        {"timeout"},
    ),
    "a formula without end, left behind": (
        ["os.write(task.tex_fd, formula(r'\\def\\x{\\x}\\x'))", "time.sleep(1)", "os._exit(0)"], {"stopped"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", CHANNELS)
def test_abuse_of_a_channel_ends_with_the_job(how: str, renderer: Renderer, below: set[int], tmp_path: Path) -> None:
    lines, codes = CHANNELS[how]
    report = draw(renderer, scene("self.play(honest(), run_time=0.2)", *lines), tmp_path / "x.mp4", wall=2)
    assert report.fault is not None
    assert report.fault.code in codes, report.fault


def test_frames_claimed_but_not_drawn_do_not_outlast_the_wall_clock(
    renderer: Renderer, below: set[int], tmp_path: Path
) -> None:
    """One message may claim minutes of frames at the best quality, which take far longer to encode than to say."""
    code = scene("self.play(honest(), run_time=0.1)", "say(FRAME, 0, 0, ring.height, 17000)", "time.sleep(60)")
    report = draw(renderer, code, tmp_path / "x.mp4", wall=2, quality="h")  # type: ignore[arg-type]
    assert report.fault is not None
    assert report.fault.code == "timeout"


WORDS = [
    '{"fault": {"family": 5, "text": {"a": [1]}, "line": true, "kind": [], "formula": 3}}',
    '{"fault": {"family": [null, {}, []], "text": null, "line": -1e400, "kind": {}}}',
    '{"fault": {"family": ["TexError"], "formula": "{text}{0.__class__}", "text": "{kind}", "line": 1e30}}',
    '{"fault": []}', '{"fault": {}}', '{"play": true, "frames": NaN}', '{"play": 1e308, "frames": -1}',
    '{"caption": {"a": 1}, "start": 0, "end": 1}', '{"caption": "x", "start": "0", "end": 1}',
    '{"layout": 5}', '{"layout": {"code": [], "message": {}, "play": 1.5, "seconds": null}}', '{"shown": []}',
    "[" * 9000, '{"a":' * 3000, '{"play": ' + "9" * 9000 + "}", '{"caption": "\\ud800", "start": 0, "end": 9}',
    "\\u0000", "{}", "null", '"' + "x" * 9000 + '"',
]  # fmt: skip


@pytest.mark.parametrize("act", ["check", "render"])
def test_no_word_is_taken_for_a_failure_of_ours(act: str, renderer: Renderer, below: set[int], tmp_path: Path) -> None:
    """Each word alone, so that one does not hide another; ours would be raised and tried again by the worker."""
    for word in WORDS:
        code = scene("self.play(honest(), run_time=0.1)", f"word({word!r})", "os._exit(0)").replace(
            'found("Ring")', "None"
        )
        if act == "check":
            report = renderer.check(code, "A", limits=Limits(wall_seconds=20))
        else:
            report = renderer.render(code, "A", quality=Quality.LOW, out=tmp_path / "x.mp4")
        assert report.fault is not None, word
        assert report.fault.message.isprintable()
        assert report.fault.code not in {"renderer_failed", "renderer_lost"}
