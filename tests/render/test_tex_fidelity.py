"""Our reader of DVI files draws what dvisvgm draws, number for number, or leaves the drawing to it."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generation.engine.render import dvi, dvisvg, texbatch, texserver
from tests.render.formulas import HOUSE, MATH, TEXT
from tests.render.pictures import resolved

pytestmark = pytest.mark.render
LATEX = ("latex", "-interaction=batchmode", "-halt-on-error", "-no-shell-escape")
DVISVGM = ("dvisvgm", "--no-fonts", "--verbosity=0")
NO_OUTLINES = "tcrm1000"  # a bitmap font unless more fonts than we ask for are installed


def run(*command: str, folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def pages() -> Iterator[tuple[str, str, str]]:
    """Preamble, source of the formula, body of its document."""
    for preamble, environment, sources in (
        (texserver.PLAIN_PREAMBLE, "align*", MATH),
        (texserver.PLAIN_PREAMBLE, "center", TEXT),
        (texserver.HOUSE_PREAMBLE, "align*", HOUSE),
    ):
        for source in sources:
            yield preamble, source, f"\n\\begin{{{environment}}}\n{source}\n\\end{{{environment}}}\n"


def set_alone(preamble: str, body: str, folder: Path) -> bytes:
    folder.mkdir(exist_ok=True)
    (folder / "f.tex").write_text(f"{preamble}\n\\begin{{document}}{body}\\end{{document}}")
    run(*LATEX, "f.tex", folder=folder)
    return (folder / "f.dvi").read_bytes()


def drawn_by_dvisvgm(folder: Path) -> str:
    run(*DVISVGM, "--page=1", "--output=f.svg", "f.dvi", folder=folder)
    return (folder / "f.svg").read_text()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, Path, list[str]]]:
    """One DVI file per preamble with a formula on each page, the folder it is in, and the sources."""
    made: dict[str, tuple[bytes, Path, list[str]]] = {}
    everything = list(pages())
    for preamble in (texserver.PLAIN_PREAMBLE, texserver.HOUSE_PREAMBLE):
        folder = tmp_path_factory.mktemp("book")
        bodies = [body for wanted, _, body in everything if wanted == preamble]
        data = set_alone(preamble, texbatch.joined(bodies), folder)
        made[preamble] = (data, folder, [source for wanted, source, _ in everything if wanted == preamble])
    return made


@pytest.mark.parametrize("preamble", [texserver.PLAIN_PREAMBLE, texserver.HOUSE_PREAMBLE], ids=["manim", "house"])
def test_every_picture_is_dvisvgms_to_the_last_digit(
    book: dict[str, tuple[bytes, Path, list[str]]], preamble: str
) -> None:
    data, folder, sources = book[preamble]
    run(*DVISVGM, "--page=1-", "--output=%p.svg", "f.dvi", folder=folder)
    assert len(dvi.pages(data)) == len(sources) + 2
    theirs = {int(path.stem): path.read_text() for path in folder.glob("[0-9]*.svg")}
    left = []
    for place, source in enumerate(sources):
        try:
            ours = dvisvg.convert(data, place + 1)
        except dvi.UnknownDvi as error:
            assert NO_OUTLINES in str(error) or "two sizes" in str(error), source
            left.append(source)
            continue
        assert resolved(ours) == resolved(theirs[place + 2]), source
    assert len(left) <= 5


def test_a_formula_among_others_is_the_formula_alone(
    book: dict[str, tuple[bytes, Path, list[str]]], tmp_path: Path
) -> None:
    data, _, sources = book[texserver.PLAIN_PREAMBLE]
    bodies = {source: body for _, source, body in pages()}
    compared = 0
    for place in range(3, len(sources), 9):
        alone = set_alone(texserver.PLAIN_PREAMBLE, bodies[sources[place]], tmp_path)
        try:
            ours = dvisvg.convert(alone)
        except dvi.UnknownDvi:
            continue
        assert dvisvg.convert(data, place + 1) == ours, sources[place]
        assert resolved(ours) == resolved(drawn_by_dvisvgm(tmp_path)), sources[place]
        compared += 1
    assert compared >= 10


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (r"$x$\special{ps: 0 0 moveto 50 50 lineto stroke}", "special"),
        (r"$x$\special{color push Maroon}y\special{color pop}", "special"),
        (r"$x$\special{color push rgb 1 0 0}", "page"),
        (r"$x$\special{dvisvgm:raw <circle r='5'/>}", "special"),
        (r"$x$\special{dvisvgm:bbox new b}", "special"),
        (r"{\huge x}{\Huge x}", "two sizes"),
        (r"\font\virtual=zcmra \virtual x", "font"),
        (r"\special{dvisvgm:raw <g id='unique000'>}\special{dvisvgm:raw </g>}\hbox to 0pt{}", "page"),
    ],
)
def test_what_is_not_known_is_left_to_dvisvgm(body: str, why: str, tmp_path: Path) -> None:
    data = set_alone(texserver.PLAIN_PREAMBLE, f"\n{body}\n", tmp_path)
    with pytest.raises(dvi.UnknownDvi, match=why):
        dvisvg.convert(data)
    assert "<svg" in drawn_by_dvisvgm(tmp_path)


def test_no_dvi_file_however_broken_is_drawn_or_hurts(tmp_path: Path) -> None:
    data = set_alone(texserver.PLAIN_PREAMBLE, "\n$x^2$\n", tmp_path)
    assert "<path" in dvisvg.convert(data)
    for length in range(0, len(data) - 8, 7):
        with pytest.raises(dvi.UnknownDvi):
            dvisvg.convert(data[:length])
    for place in range(0, len(data), 3):
        changed = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        try:
            assert dvisvg.convert(changed).startswith("<?xml")
        except dvi.UnknownDvi:
            continue
