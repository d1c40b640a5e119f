"""What happens in a formula's jail: TeX, then the picture. One document, then the jail is thrown away."""

from __future__ import annotations

import contextlib
import json
import mmap
import re
import signal
import socket
import struct
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generation.engine import jail
from generation.engine.render import dvisvg, texbatch, wire
from generation.engine.render.dvi import UnknownDvi

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
NO_REASON = {"code": "tex", "message": "TeX stopped without saying why."}
PART_OF_TEX = re.compile(r"LaTeX Error: File `[\w-]+\.(?:sty|cls|def|fd|ldf|cfg|clo)' not found")
LENGTH = struct.Struct(">I")
QUIET = ("-interaction=batchmode", "-halt-on-error", "-no-shell-escape")


class Result:
    """Memory shared with a jail, in which it leaves its answer."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, wire.LARGEST_SVG)

    def put(self, answer: Mapping[str, str]) -> None:
        """In the jail: leave an answer, unless it is too large."""
        told = json.dumps(answer).encode()
        if len(told) <= len(self._memory) - LENGTH.size:
            self._memory[: LENGTH.size + len(told)] = LENGTH.pack(len(told)) + told

    def answer(self, ended: jail.Ended) -> dict[str, str]:
        """Outside: what the jail has left, which may be anything; texts by name."""
        (length,) = LENGTH.unpack(self._memory[: LENGTH.size])
        if not 0 < length <= len(self._memory) - LENGTH.size:
            return TOO_LONG if ended.reason in ("wall", "cpu") else NO_PICTURE
        try:
            told = wire.parse(self._memory[LENGTH.size : LENGTH.size + length])
        except wire.Garbled:
            return NO_PICTURE
        return {name: value for name, value in told.items() if isinstance(value, str)}


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
    return _left_nothing(_quietly(_latex(made)))


def typeset_pages(pages: Sequence[str], made: Path) -> dict[str, str]:
    """Set the pages of a batch: pictures by place, or `code` and `message`."""
    return run_with_format(texbatch.document(pages), made) or texbatch.pictures(len(pages))


def typeset_when_told(told: socket.socket, made: Path) -> dict[str, str]:
    """Start latex with a format, then wait for its document: `rest`, or `pages` of a batch."""
    Path("formula.tex").symlink_to("/proc/self/fd/0")  # TeX reads its first file when it has read its format
    null = subprocess.DEVNULL
    with subprocess.Popen(_latex(made), stdin=subprocess.PIPE, stdout=null, stderr=null) as latex:  # noqa: S603 - fixed
        words = wire.receive_json(told, wire.LARGEST_SVG)
        pages = None if words is None else words.get("pages")
        rest = "" if words is None else texbatch.document(pages) if pages else str(words["rest"])
        with contextlib.suppress(BrokenPipeError):
            latex.communicate(rest.encode())
    wrong = _left_nothing(latex.returncode)
    if wrong is not None:
        return wrong
    return texbatch.pictures(len(pages)) if pages else picture("dvi")


def _latex(made: Path) -> list[str]:
    name = str(made.with_suffix(""))
    return ["latex", f"-fmt={name}", "-no-parse-first-line", "-output-format=dvi", *QUIET, "formula.tex"]


def _left_nothing(ended: int) -> dict[str, str] | None:
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
    return NO_REASON


def _quietly(command: Sequence[str]) -> int:
    null = subprocess.DEVNULL
    return subprocess.run(command, stdin=null, stdout=null, stderr=null, check=False).returncode  # noqa: S603 - fixed
