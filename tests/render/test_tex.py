"""Formulas: set in a jail of their own, kept by content, and never a way out."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generation.engine.render import Renderer, texbatch, texseed, texserver, wire
from tests.render.processes import alive, children, descendants, open_files, within
from tests.render.scenes import HEAD

pytestmark = pytest.mark.render
ROOT = Path(__file__).resolve().parents[2]
ATTACKS = [
    r"\input{/etc/hostname}",
    r"\newwrite\w\immediate\openout\w=../outside x",
    r"\immediate\write18{echo done > shell}\input{shell}",
    r"\input{|echo done}",
]
POISON = r"$a$\gdef\sqrt#1{b}"


def document(body: str) -> str:
    return f"{texserver.PLAIN_PREAMBLE}\n\\begin{{document}}\n{body}\n\\end{{document}}"


SERVERS: list[int] = []  # process ids of the TeX servers of the running test


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "tex"


@pytest.fixture
def job(cache: Path) -> Iterator[socket.socket]:
    """A job's end of a connection to a TeX server of its own."""
    yield from _server(cache)


def _server(cache: Path, path: str | None = None) -> Iterator[socket.socket]:
    for control, pid in _empty_server(cache, path):
        mine = connected(control)
        yield mine
        mine.close()
        assert alive(pid)


def connected(control: socket.socket) -> socket.socket:
    """A job's end of a connection that the server on the other side of `control` takes over."""
    mine, its = socket.socketpair()
    witness, testifies = os.pipe()
    socket.send_fds(control, [b"job"], [its.fileno(), testifies])
    for descriptor in (witness, testifies, its.detach()):
        os.close(descriptor)
    mine.settimeout(60)
    return mine


@pytest.fixture
def server(cache: Path) -> Iterator[tuple[socket.socket, int]]:
    """The control of a TeX server, and its pid."""
    yield from _empty_server(cache)


def _empty_server(cache: Path, path: str | None = None) -> Iterator[tuple[socket.socket, int]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        ours.close()
        if path is not None:
            os.environ["PATH"] = path
        try:
            texserver.serve(theirs, cache, ahead=False)
        finally:
            os._exit(0)
    theirs.close()
    SERVERS.append(pid)
    yield ours, pid
    ours.close()
    os.waitpid(pid, 0)
    SERVERS.remove(pid)


@pytest.fixture(scope="module")
def ready_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with the formats made, and nothing else."""
    cache = tmp_path_factory.mktemp("ready")
    # In a fresh interpreter: pytest's own memory may already be more than a job may have.
    work = (
        "import sys; from pathlib import Path; from generation.engine.render import texserver\n"
        "from generation.engine.render.texformats import Formats\n"
        "sys.exit(None in [Formats(Path(sys.argv[1])).make(preamble) for preamble in texserver.OURS])"
    )
    subprocess.run([sys.executable, "-c", work, str(cache / "formats")], check=True, cwd=ROOT)
    return cache


@pytest.fixture
def ready(ready_cache: Path) -> Iterator[socket.socket]:
    """A job's end of a connection to a TeX server that has its formats."""
    yield from _server(ready_cache)


def ask_many(job: socket.socket, *bodies: str) -> dict[str, str]:
    wire.send_json(job, {"documents": [document(body) for body in bodies]})
    answer = wire.receive_json(job, wire.LARGEST_SVG)
    assert answer is not None
    return answer


def ask(job: socket.socket, body: str, **changes: object) -> dict[str, str]:
    wire.send_json(job, {"document": document(body), "compilers": ["latex"], "format": ".dvi", **changes})
    answer = wire.receive_json(job, wire.LARGEST_SVG)
    assert answer is not None
    return answer


def test_only_a_job_that_asks_gets_a_process_and_none_hears_of_another(server: tuple[socket.socket, int]) -> None:
    control, pid = server
    assert "svg" in ask(connected(control), "a")  # it is up
    assert within(5, lambda: children(pid) == [])
    before = open_files(pid)
    silent = connected(control)

    def new() -> list[str]:
        return [name for name in open_files(pid) - before if name.startswith("socket:")]

    assert within(5, lambda: len(new()) == 1)
    (its,) = new()
    asking = connected(control)
    assert "svg" in ask(asking, "b")
    (handler,) = children(pid)
    assert its not in open_files(handler)
    silent.close()
    assert within(5, lambda: its not in open_files(pid))
    assert children(pid) == [handler]
    asking.close()
    assert within(5, lambda: children(pid) == [])


def test_a_formula_is_set_once_and_then_kept(job: socket.socket, cache: Path) -> None:
    first = ask(job, "$x^2$")
    (kept,) = cache.glob("*/*.svg")
    assert first["svg"].startswith("<?xml") and "<path" in first["svg"]
    kept.write_text("kept")
    assert ask(job, "$x^2$") == {"svg": "kept"}
    assert ask(job, "$x^3$")["svg"] != "kept"


def test_the_picture_is_the_one_plain_tools_make(job: socket.socket, tmp_path: Path) -> None:
    (tmp_path / "f.tex").write_text(document(r"$\frac{a}{b}$"))
    for command in (
        ["latex", "-interaction=batchmode", "-output-format=dvi", "f.tex"],
        ["dvisvgm", "--page=1", "--no-fonts", "--verbosity=0", "--output=f.svg", "f.dvi"],
    ):
        subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    ours = [*sorted(ask(job, r"$\frac{a}{b}$")["svg"].splitlines())]
    theirs = sorted((tmp_path / "f.svg").read_text().splitlines())
    # dvisvgm signs its pictures, and lists the glyphs of several fonts in an order of its own.
    assert ours == [line for line in theirs if not line.startswith("<!--")]


@pytest.mark.parametrize("body", [r"$\color{red} x$", r"$\cancel{x}$", r"$\coloneqq$", r"$\bm{v}$"])
def test_house_packages_help_where_manims_template_fails(job: socket.socket, body: str) -> None:
    assert "svg" in ask(job, body)


@pytest.mark.parametrize(
    "body", [r"$\frac{a}{b}$", r"Words, $x$ and \textbf{more}.", r"\begin{align*}x&=1\\\\y&=2\end{align*}"]
)
def test_a_format_changes_no_picture(ready: socket.socket, job: socket.socket, body: str) -> None:
    assert ask(ready, body) == ask(job, body)


def test_a_preamble_of_ones_own_is_set_without_a_format(ready: socket.socket) -> None:
    own = document(r"$\mine$").replace(r"\begin{document}", "\\newcommand\\mine{m}\n\\begin{document}")
    assert "svg" in ask(ready, "", document=own)


def test_formulas_together_are_what_each_is_alone(ready: socket.socket) -> None:
    bodies = [r"$\frac{1}{2}$", r"$\color{red}x$", "Words.", r"$\color{blue}y$", r"$\sqrt{5}$"]
    together = ask_many(ready, *bodies)
    assert set(together) == set("01234")
    assert [together[str(place)] for place in range(5)] == [ask(ready, body)["svg"] for body in bodies]


def test_a_wrong_formula_among_others_is_told_alone(ready: socket.socket) -> None:
    assert ask_many(ready, "$u^2$", r"$\nonsense$", "$u^3$") == {}
    assert "svg" in ask(ready, "$u^2$")
    assert "Undefined" in ask(ready, r"$\nonsense$")["message"]


def test_nobody_can_spoil_a_formula_for_another(
    ready: socket.socket, ready_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = ask(ready, r"$\sqrt{w}$")["svg"]
    for kept in ready_cache.glob("??/*.svg"):
        kept.unlink()
    # What would happen if such documents were let in, and each page kept on its own.
    with monkeypatch.context() as unguarded:
        unguarded.setattr(texbatch, "LEAVES_TRACES", re.compile("(?!)"))
        for job in _server(ready_cache):
            assert ask_many(job, POISON, r"$\sqrt{w}$")["1"] != honest
            # Even then: only whoever sends the whole list again is given what came of it.
            assert ask(job, r"$\sqrt{w}$")["svg"] == honest
    assert ask_many(ready, POISON, r"$\sqrt{w}$") == {"1": honest}


@pytest.mark.parametrize(
    "body",
    [
        r"\global\let\frac\binom", r"\gdef\x{}", r"\setcounter{page}{3}", r"\begin{equation}x\end{equation}",
        r"\label{a}",
        r"\csname gdef\endcsname\x{}", r"^^5cgdef\x{}", r"\special{ps: x}", r"\input{x}", r"x % y", r"\font\f=cmr10",
        r"\begin{enumerate}\item x\end{enumerate}", r"x\end{document}\begin{document}y",
    ],
)  # fmt: skip
def test_what_could_leave_something_behind_goes_alone(body: str) -> None:
    assert texbatch.page_of(f"\\begin{{document}}\n{body}\n\\end{{document}}") is None


def test_many_wrong_words_are_refused(ready: socket.socket) -> None:
    for documents in ("x", 7, ["x"] * 500, [7, None], [document("x")]):
        wire.send_json(ready, {"documents": documents})
        assert wire.receive_json(ready, wire.LARGEST_SVG) == {}


def test_an_error_quotes_tex(job: socket.socket, cache: Path) -> None:
    answer = ask(job, r"$\nonsense$")
    assert answer["code"] == "tex" and "Undefined control sequence" in answer["message"]
    assert list(cache.glob("*/*.svg")) == []


@pytest.mark.parametrize("body", ATTACKS)
def test_tex_reaches_nothing(job: socket.socket, body: str, tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / "f.tex").write_text(document(body))
    open_doors = {**os.environ, "openin_any": "a", "openout_any": "a"}
    command = ["latex", "-shell-escape", "-interaction=batchmode", "-halt-on-error", "f.tex"]
    subprocess.run(command, cwd=place, env=open_doors, check=True, stdout=subprocess.DEVNULL)  # it works outside
    assert ask(job, body)["code"] == "tex"


def test_an_endless_formula_is_stopped(job: socket.socket) -> None:
    answer = ask(job, r"\def\x{\x}\x")
    assert answer["code"] == "tex" and "too long" in answer["message"]


@pytest.mark.parametrize(
    "changes",
    [{"compilers": ["sh"]}, {"compilers": []}, {"compilers": "latex"}, {"format": "../x"}, {"document": 7}],
)
def test_only_tex_can_be_started(job: socket.socket, changes: dict[str, object]) -> None:
    assert ask(job, "x", **changes)["code"] == "tex"


def waiting() -> set[int]:
    """TeX processes of the test's servers that have been started ahead."""
    found = set()
    for pid in (below for server in SERVERS for below in descendants(server)):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() in {"latex", "pdftex"}:
                found.add(pid)
    return found


def waiting_soon(job: socket.socket) -> set[int]:
    ask(job, "warm up")  # kept after the first time; asking is what fills the pool
    ask(job, f"warm up ${time.monotonic_ns()}$")
    assert within(20, lambda: len(waiting()) == 2)
    return waiting()


def test_tex_waits_for_the_next_formula_and_serves_one_only(ready: socket.socket) -> None:
    before = waiting_soon(ready)
    assert "svg" in ask(ready, rf"\gdef\leak{{y}}${time.monotonic_ns()}$")
    assert within(20, lambda: len(before & waiting()) == 1)
    waiting_soon(ready)
    for _ in range(3):
        assert "Undefined" in ask(ready, r"$\leak$")["message"]


def test_killing_a_waiting_process_hurts_no_formula(ready: socket.socket) -> None:
    for round_number in range(2):
        for pid in waiting_soon(ready):
            os.kill(pid, signal.SIGKILL)
        for formula in range(2):
            assert "svg" in ask(ready, f"${time.monotonic_ns()}+{round_number}+{formula}$")


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_tex_reaches_through_a_waiting_process_is_as_little(ready: socket.socket, attack: str) -> None:
    waiting_soon(ready)
    assert ask(ready, attack)["code"] == "tex"


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_tex_reaches_through_a_format_is_as_little(ready: socket.socket, attack: str) -> None:
    assert ask(ready, attack)["code"] == "tex"


def test_without_tex_the_missing_packages_are_named(cache: Path, tmp_path: Path) -> None:
    for job in _server(cache, path=str(tmp_path)):
        assert ask(job, "$x$")["code"] == "tex_missing"


def test_a_scene_without_tex_on_the_machine_says_what_to_install() -> None:
    from generation.engine.render import faults

    fault = faults.reported({"family": ["TexMissing", "TexError", "ValueError"], "line": 4}, "A", "", 300)
    assert fault.code == "tex_missing" and "texlive" in fault.hint


def test_jobs_share_kept_formulas_but_no_folder(renderer: Renderer, run_dir: Path) -> None:
    code = HEAD + "class A(Scene):\n    def construct(self):\n        self.play(Write(MathTex(r'\\sqrt{271}')))\n"
    spy = (
        HEAD
        + "import os\nclass A(Scene):\n    def construct(self):\n        raise ValueError(str(os.listdir('/tmp')))\n"
    )
    sown(renderer, run_dir)
    assert renderer.check(code, "A").fault is None
    kept = len(list((run_dir / "tex").glob("*/*.svg")))
    assert renderer.check(code, "A").fault is None
    assert len(list((run_dir / "tex").glob("*/*.svg"))) == kept
    seen = renderer.check(spy, "A").fault
    assert seen is not None and "svg" not in seen.message and "tex" not in seen.message


def sown(renderer: Renderer, run_dir: Path) -> set[Path]:
    """What is kept once the common formulas are."""
    renderer.check(HEAD + "class A(Scene):\n    def construct(self): self.wait(0.1)\n", "A")
    wanted = [
        texserver.place_of(run_dir / "tex", text) for preamble in texserver.OURS for text in texseed.documents(preamble)
    ]
    assert within(120, lambda: all(place.is_file() for place in wanted))
    return set((run_dir / "tex").glob("*/*.svg"))


def test_digits_and_axes_need_no_tex(renderer: Renderer, run_dir: Path) -> None:
    code = (
        HEAD + "class A(Scene):\n    def construct(self):\n"
        "        axes = Axes(x_range=[-3, 3], y_range=[-2, 8, 2]).add_coordinates()\n"
        "        self.add(axes, axes.get_axis_labels(x_label='x', y_label='f(x)'))\n"
        "        self.add(DecimalNumber(-12.345, unit=r'\\%', show_ellipsis=True), Integer(1000, unit='m'))\n"
        "        self.wait(0.1)\n"
    )
    before = sown(renderer, run_dir)
    assert renderer.check(code, "A").fault is None
    assert set((run_dir / "tex").glob("*/*.svg")) == before


def test_a_scenes_formulas_are_foreseen_exactly(renderer: Renderer, run_dir: Path) -> None:
    code = HEAD + (
        "PARTS = [r'\\frac{77}{x}', '=', 'y']\n"
        "class Other(Scene):\n    def construct(self): self.add(MathTex('never'))\n"
        "class A(Scene):\n    def construct(self):\n"
        "        self.add(MathTex(r'\\sqrt{78}'), MathTex('79', '+', 'x', tex_to_color_map={'x': RED}))\n"
        "        self.add(Tex('$80$ words'), MathTex('{{81}} + {{x}}', font_size=20))\n"
        "        self.add(MathTex(*PARTS), MathTex('82', substrings_to_isolate='8'))\n"
        "        self.wait(0.1)\n"
    )
    before = sown(renderer, run_dir)
    assert renderer.check(code, "A").fault is None
    # One list for the five it can read, one picture for the formula whose parts only running can tell.
    assert len(set((run_dir / "tex").glob("*/*.svg")) - before) == 2
