"""Formulas: set in a jail of their own, kept by content, and never a way out."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generation.engine.render import Renderer, texserver, wire
from tests.render.scenes import HEAD

pytestmark = pytest.mark.render


def document(body: str) -> str:
    return f"{texserver.PLAIN_PREAMBLE}\n\\begin{{document}}\n{body}\n\\end{{document}}"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "tex"


@pytest.fixture
def job(cache: Path) -> Iterator[socket.socket]:
    """A job's end of a connection to a TeX server of its own."""
    yield from _server(cache)


def _server(cache: Path, path: str | None = None) -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        ours.close()
        if path is not None:
            os.environ["PATH"] = path
        try:
            texserver.serve(theirs, cache)
        finally:
            os._exit(0)
    theirs.close()
    mine, its = socket.socketpair()
    socket.send_fds(ours, [b"job"], [its.fileno()])
    its.close()
    mine.settimeout(60)
    yield mine
    mine.close()
    ours.close()
    os.waitpid(pid, 0)


def ask(job: socket.socket, body: str, **changes: object) -> dict[str, str]:
    wire.send_json(job, {"document": document(body), "compilers": ["latex"], "format": ".dvi", **changes})
    answer = wire.receive_json(job, wire.LARGEST_SVG)
    assert answer is not None
    return answer


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


def test_an_error_quotes_tex(job: socket.socket, cache: Path) -> None:
    answer = ask(job, r"$\nonsense$")
    assert answer["code"] == "tex" and "Undefined control sequence" in answer["message"]
    assert list(cache.glob("*/*")) == []


@pytest.mark.parametrize(
    "body",
    [
        r"\input{/etc/hostname}",
        r"\newwrite\w\immediate\openout\w=../outside x",
        r"\immediate\write18{echo done > shell}\input{shell}",
        r"\input{|echo done}",
    ],
)
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
    assert renderer.check(code, "A").fault is None
    kept = len(list((run_dir / "tex").glob("*/*.svg")))
    assert renderer.check(code, "A").fault is None
    assert len(list((run_dir / "tex").glob("*/*.svg"))) == kept
    seen = renderer.check(spy, "A").fault
    assert seen is not None and "svg" not in seen.message and "tex" not in seen.message
