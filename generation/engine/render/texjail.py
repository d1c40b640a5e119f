"""What happens in a formula's jail: TeX, then the picture. One document, then the jail is thrown away."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.engine.render import dvisvg
from generation.engine.render.dvi import UnknownDvi
from generation.engine.types import Limits

LIMITS = Limits(
    wall_seconds=20.0, cpu_seconds=5, memory_bytes=1 << 30, processes=16, open_files=128, tmp_bytes=32 << 20
)
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/tmp",  # noqa: S108 - private to the formula's jail
    "LANG": "C.UTF-8",
    "openin_any": "p",
    "openout_any": "p",
    "shell_escape": "f",
}
TOO_LONG = {"code": "tex", "message": "it takes TeX too long."}
NO_PICTURE = {"code": "tex", "message": "TeX stopped without a picture."}
PART_OF_TEX = re.compile(r"LaTeX Error: File `[\w-]+\.(?:sty|cls|def|fd|ldf|cfg|clo)' not found")
QUIET = ("-interaction=batchmode", "-halt-on-error", "-no-shell-escape")


@dataclass(frozen=True, slots=True)
class Document:
    """A document, the programs that set it one after the other, and what the last one writes: dvi, pdf or xdv."""

    text: str
    compilers: tuple[str, ...]
    output: str


def typeset(document: Document) -> dict[str, str]:
    """Run TeX in the current folder, with the arguments Manim gives it: `svg`, or `code` and `message`."""
    Path("formula.tex").write_text(document.text, encoding="utf-8")
    for compiler in document.compilers:
        kind = [f"-output-format={document.output}"]
        if compiler == "xelatex":
            kind = ["-no-pdf"] if document.output == "xdv" else [] if document.output == "pdf" else kind
        ended = _quietly([compiler, *kind, *QUIET, "formula.tex"])
        if ended == -signal.SIGXCPU:
            return TOO_LONG
        if ended != 0 or not Path(f"formula.{document.output}").exists():
            return error_in_log()
    return picture(document.output)


def typeset_with_format(rest: str, made: Path) -> dict[str, str]:
    """The same for a document whose preamble is in a format; `rest` is what comes after the preamble."""
    return run_with_format(rest, made) or picture("dvi")


def run_with_format(rest: str, made: Path) -> dict[str, str] | None:
    """Run latex with a format; None when it has left its DVI file, else what went wrong."""
    Path("formula.tex").write_text(rest, encoding="utf-8")
    name = str(made.with_suffix(""))
    ended = _quietly(["latex", f"-fmt={name}", "-output-format=dvi", *QUIET, "formula.tex"])
    if ended == -signal.SIGXCPU:
        return TOO_LONG
    return None if ended == 0 and Path("formula.dvi").exists() else error_in_log()


def picture(output: str) -> dict[str, str]:
    """Make the picture of the document's first page: by our own reader, or by dvisvgm where that does not know how."""
    if output == "dvi":
        try:
            return {"svg": dvisvg.convert(Path("formula.dvi").read_bytes())}
        except UnknownDvi:
            pass  # dvisvgm knows more
    kind = ["--pdf"] if output == "pdf" else []
    _quietly(["dvisvgm", *kind, "--page=1", "--no-fonts", "--verbosity=0", "--output=formula.svg", f"formula.{output}"])
    drawn = Path("formula.svg")
    return {"svg": drawn.read_text(encoding="utf-8", errors="replace")} if drawn.exists() else NO_PICTURE


def error_in_log() -> dict[str, str]:
    """Read the first error from TeX's log."""
    log = Path("formula.log")
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    for number, line in enumerate(lines):
        if not line.startswith("!"):
            continue
        where = next((later for later in lines[number : number + 12] if later.startswith("l.")), "")
        if PART_OF_TEX.search(line):
            return {"code": "tex_missing", "message": line[2:]}
        return {"code": "tex", "message": f"{line[2:]} {where.partition(' ')[2].strip()}".strip()}
    return {"code": "tex", "message": "TeX stopped without saying why."}


def _quietly(command: Sequence[str]) -> int:
    null = subprocess.DEVNULL
    return subprocess.run(command, stdin=null, stdout=null, stderr=null, check=False).returncode  # noqa: S603 - fixed
