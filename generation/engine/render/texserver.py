"""Sets formulas: a light process beside the fork server, one handler per job, one jail per document.

Only this process writes the cache of pictures. A document's key is the hash of everything that decides its picture,
so a job can at worst spoil the picture of a document that only it would write.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import selectors
import shutil
import signal
import socket
import struct
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from generation.engine import jail
from generation.engine.limits import TEX
from generation.engine.render import wire
from generation.engine.render.lineage import die_with_parent

COMPILERS = {"latex", "pdflatex", "xelatex", "lualatex"}
FORMATS = {".dvi": "dvi", ".pdf": "pdf", ".xdv": "xdv"}
LARGEST_CACHE = 256 << 20  # bytes; trimmed to half when the server starts
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": "/tmp",  # noqa: S108 - private to the formula's jail
    "LANG": "C.UTF-8",
    "openin_any": "p",
    "openout_any": "p",
    "shell_escape": "f",
}
# Manim's own preamble knows neither colours nor \cancel. A document that fails with it gets a second try with ours.
PLAIN_PREAMBLE = r"""\documentclass[preview]{standalone}
\usepackage[english]{babel}
\usepackage{amsmath}
\usepackage{amssymb}
\begin{document}"""
HOUSE_PACKAGES = "xcolor,cancel,mathtools,bm"
TOO_LONG = {"code": "tex", "message": "it takes TeX too long."}
NO_PICTURE = {"code": "tex", "message": "TeX stopped without a picture."}
PART_OF_TEX = re.compile(r"LaTeX Error: File `[\w-]+\.(?:sty|cls|def|fd|ldf|cfg|clo)' not found")
LENGTH = struct.Struct(">I")


def serve(control: socket.socket, cache: Path) -> None:
    """Take over connected sockets that arrive on `control` until it closes; each gets a process once it asks."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # handlers need no waiting for
    _trim(cache)
    silent = selectors.DefaultSelector()
    silent.register(control, selectors.EVENT_READ)
    while True:
        for key, _ in silent.select():
            if key.fileobj is control:
                message, descriptors, _, _ = socket.recv_fds(control, 16, 1)
                if not message:
                    return
                for descriptor in descriptors:
                    silent.register(socket.socket(fileno=descriptor), selectors.EVENT_READ)
                continue
            with cast(socket.socket, key.fileobj) as job:
                silent.unregister(job)
                if _asks(job):
                    _fork_handler(job, silent, cache)


def _asks(job: socket.socket) -> bool:
    """Whether a job that stirred has a question; most have none and only end."""
    try:
        return bool(job.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except OSError:
        return False


def _fork_handler(job: socket.socket, silent: selectors.BaseSelector, cache: Path) -> None:
    parent = os.getpid()
    if os.fork() != 0:
        return
    try:
        die_with_parent(parent)
        for key in list(silent.get_map().values()):  # the control and the other jobs' sockets
            cast(socket.socket, key.fileobj).close()
        silent.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _answer_all(job, cache)
    finally:
        os._exit(0)


def _answer_all(job: socket.socket, cache: Path) -> None:
    while True:
        try:
            request = wire.receive_json(job, wire.LARGEST_DOCUMENT)
            if request is None:
                return
            wire.send_json(job, _answer(request, cache))
        except (wire.Garbled, OSError):
            return  # the job is gone or talks nonsense; it hears nothing more


def _answer(request: Mapping[str, Any], cache: Path) -> dict[str, str]:
    document, compilers, output = (request.get(name) for name in ("document", "compilers", "format"))
    if not isinstance(document, str) or not isinstance(compilers, list) or output not in FORMATS:
        return {"code": "tex", "message": "The TeX template cannot be used here."}
    if not compilers or any(name not in COMPILERS for name in compilers) or len(compilers) > 3:
        return {"code": "tex", "message": "The TeX template names a compiler that cannot be used here."}
    missing = [name for name in (*compilers, "dvisvgm") if shutil.which(name) is None]
    if missing:
        return {"code": "tex_missing", "message": f"{missing[0]} is not installed."}
    key = hashlib.sha256(json.dumps([document, compilers, output]).encode()).hexdigest()
    kept = cache / key[:2] / f"{key}.svg"
    if kept.is_file():
        os.utime(kept)
        return {"svg": kept.read_text(encoding="utf-8")}
    answer = typeset(document, compilers, FORMATS[output])
    if "undefined" in answer.get("message", "").lower() and document.startswith(PLAIN_PREAMBLE):
        second = typeset(_with_house_packages(document), compilers, FORMATS[output])
        answer = second if "svg" in second else answer
    if "svg" in answer:
        kept.parent.mkdir(parents=True, exist_ok=True)
        pending = kept.with_suffix(f".{os.getpid()}.part")
        pending.write_text(answer["svg"], encoding="utf-8")
        pending.replace(kept)
    return answer


def _with_house_packages(document: str) -> str:
    # The script letters' font is not in every TeX installation, and loading its package without it always fails.
    packages = HOUSE_PACKAGES + (",mathrsfs" if r"\mathscr" in document else "")
    begin = r"\begin{document}"
    return document.replace(begin, rf"\usepackage{{{packages}}}" + "\n" + begin, 1)


def typeset(document: str, compilers: Sequence[str], output: str) -> dict[str, str]:
    """Compile one document in a jail of its own: `svg`, or `code` and `message`."""
    result = mmap.mmap(-1, wire.LARGEST_SVG)

    def run() -> None:
        told = json.dumps(_typeset_here(document, compilers, output)).encode()
        if len(told) <= len(result) - LENGTH.size:
            result[: LENGTH.size + len(told)] = LENGTH.pack(len(told)) + told

    box = jail.Box(limits=TEX, env=ENVIRONMENT, may_exec=True)
    with jail.spawn(run, box) as jailed:
        ended = jailed.wait()
    (length,) = LENGTH.unpack(result[: LENGTH.size])
    if not 0 < length <= len(result) - LENGTH.size:
        took_long = ended.reason in ("wall", "cpu")
        return TOO_LONG if took_long else NO_PICTURE
    try:
        told = wire.parse(result[LENGTH.size : LENGTH.size + length])
    except wire.Garbled:
        return NO_PICTURE
    return {name: str(told[name]) for name in ("svg", "code", "message") if name in told}


def _typeset_here(document: str, compilers: Sequence[str], output: str) -> dict[str, str]:
    """Run TeX and dvisvgm in the current folder, with the arguments Manim gives them."""
    Path("formula.tex").write_text(document, encoding="utf-8")
    for compiler in compilers:
        kind = ["-no-pdf"] if compiler == "xelatex" and output == "xdv" else [f"-output-format={output}"]
        kind = [] if compiler == "xelatex" and output == "pdf" else kind
        command = [compiler, *kind, "-interaction=batchmode", "-halt-on-error", "-no-shell-escape", "formula.tex"]
        done = _quietly(command)
        if done == -signal.SIGXCPU:
            return TOO_LONG
        if done != 0 or not Path(f"formula.{output}").exists():
            return _tex_error()
    kind = ["--pdf"] if output == "pdf" else []
    _quietly(["dvisvgm", *kind, "--page=1", "--no-fonts", "--verbosity=0", "--output=formula.svg", f"formula.{output}"])
    picture = Path("formula.svg")
    if not picture.exists():
        return NO_PICTURE
    return {"svg": picture.read_text(encoding="utf-8", errors="replace")}


def _quietly(command: Sequence[str]) -> int:
    null = subprocess.DEVNULL
    return subprocess.run(command, stdin=null, stdout=null, stderr=null, check=False).returncode  # noqa: S603 - fixed


def _tex_error() -> dict[str, str]:
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


def _trim(cache: Path) -> None:
    """Remove the pictures not used for longest once the cache has grown too large."""
    cache.mkdir(parents=True, exist_ok=True)
    kept = sorted(((path.stat(), path) for path in cache.glob("*/*.svg")), key=lambda pair: -pair[0].st_atime)
    total = sum(stat.st_size for stat, _ in kept)
    if total <= LARGEST_CACHE:
        return
    while kept and total > LARGEST_CACHE // 2:
        stat, path = kept.pop()
        path.unlink(missing_ok=True)
        total -= stat.st_size
