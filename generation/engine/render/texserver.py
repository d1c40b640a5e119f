"""Sets formulas: a light process beside the fork server, one handler per job, one jail per document.

Only this process writes the cache of pictures. A document's key is the hash of everything that decides its picture,
so a job can at worst spoil the picture of a document that only it would write.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from generation.engine import jail
from generation.engine.limits import TEX
from generation.engine.render import texbatch, texfonts, texformats, texjail, texpool, texseed, wire
from generation.engine.render.lineage import die_with_parent
from generation.engine.render.texformats import Formats
from generation.engine.render.texjail import Document, Result
from generation.engine.render.texpool import Asker, Pool, hung_up
from generation.engine.types import ShouldStop, never_stop

COMPILERS = {"latex", "pdflatex", "xelatex", "lualatex"}
OUTPUTS = {".dvi": "dvi", ".pdf": "pdf", ".xdv": "xdv"}
LARGEST_CACHE = 256 << 20  # bytes; trimmed to half when the server starts
# Manim's own preamble knows neither colours nor \cancel. A document that fails with it gets a second try with ours,
# which is that of the kit's template.
PLAIN_PREAMBLE = r"""\documentclass[preview]{standalone}
\usepackage[english]{babel}
\usepackage{amsmath}
\usepackage{amssymb}"""
HOUSE_PREAMBLE = (
    PLAIN_PREAMBLE
    + r"""
\usepackage{xcolor}
\usepackage{mathtools,bm}
\usepackage{cancel}"""
)
OURS = (PLAIN_PREAMBLE, HOUSE_PREAMBLE)
# Unknown to Manim's preamble: a document with one of these cannot succeed at the first try.
HOUSE_WORDS = re.compile(r"\\(?:\w*color\w*|f?colorbox|[bx]?cancel(?:to)?|bm|coloneqq)(?![A-Za-z])")
LARGEST_SUM = wire.LARGEST_SVG * 3 // 4  # characters of pictures in one answer, before JSON escapes them


def serve(control: socket.socket, cache: Path, *, ahead: bool = True) -> None:
    """Take over connected sockets that arrive on `control` until it closes; each gets a process once it asks.

    With each comes a pipe, its witness: a word in it says that whoever served the job was not killed.
    `ahead`: make formats and common formulas in the background, as far as they are not there.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # handlers need no waiting for
    _trim(cache)
    silent: dict[int, int] = {}  # sockets of jobs that have asked for nothing yet (most never do), and their witnesses
    fork = partial(_fork, silent)
    formats = Formats(cache / "formats")
    installed = shutil.which("latex") is not None and shutil.which("kpsewhich") is not None
    if installed:
        if ahead:
            fork(lambda: _prepare(cache, formats))
        texfonts.load(texfonts.COMMON)  # every fork has them then
    pool = Pool(OURS, formats, fork)
    while True:
        ready = texpool.readable([control.fileno(), *pool.watched(), *silent])
        for descriptor in silent.keys() & set(ready):
            witness = silent.pop(descriptor)
            if _asks(descriptor):
                answer_all = partial(_answer_all, descriptor, control, partial(Desk, cache, formats), pool)
                fork(partial(_testify, witness, answer_all))
            else:
                _testify(witness, lambda: None)
            os.close(descriptor)
            os.close(witness)
        if control.fileno() in ready:
            message, descriptors, _, _ = socket.recv_fds(control, 16, 2)
            if not message:
                return
            job, witness = descriptors
            silent[job] = witness
            if installed:
                pool.fill()
        pool.attend()


def _testify(witness: int, work: Callable[[], None]) -> None:
    """Do it, and leave a word for the keeper however it ends: only who is killed leaves none."""
    try:
        work()
    finally:
        with contextlib.suppress(BrokenPipeError):
            os.write(witness, b".")


def _asks(descriptor: int) -> bool:
    """Whether a job that stirred has a question, or has only ended."""
    with socket.socket(fileno=os.dup(descriptor)) as job:
        try:
            return bool(job.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except OSError:
            return False


def _fork(others: Mapping[int, int], work: Callable[[], None]) -> int:
    """Do something in a process of its own, which ends with this one and leaves the sockets of others alone."""
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            die_with_parent(parent)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for descriptor in (*others, *others.values()):
                os.close(descriptor)
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    return pid


def _prepare(cache: Path, formats: Formats) -> None:
    """Make what most documents need, without being in anyone's way."""
    os.nice(10)
    for preamble in OURS:
        formats.make(preamble)
    desk = Desk(cache, formats)
    for preamble in OURS:
        desk.sow(texseed.documents(preamble), preamble)


def _answer_all(descriptor: int, control: socket.socket, seat: Callable[[Asker, ShouldStop], Desk], pool: Pool) -> None:
    control.close()
    job = socket.socket(fileno=descriptor)
    desk = seat(pool.asker(), lambda: hung_up(job))
    while True:
        try:
            request = wire.receive_json(job, wire.LARGEST_DOCUMENT)
            if request is None:
                return
            wire.send_json(job, desk.answer_many(request) if "documents" in request else desk.answer(request))
        except (wire.Garbled, OSError):
            return  # the job is gone or talks nonsense; it hears nothing more


class Desk:
    """Answers requests for pictures from the cache, or has them made."""

    def __init__(
        self, cache: Path, formats: Formats, asker: Asker | None = None, gone: ShouldStop = never_stop
    ) -> None:
        """`gone`: whether who asks has hung up, since what it asked for must not outlive it."""
        self._cache, self._formats, self._asker, self._gone = cache, formats, asker, gone

    def answer(self, request: Mapping[str, Any]) -> dict[str, str]:
        """`svg`, or `code` and `message`."""
        document, compilers, output = (request.get(name) for name in ("document", "compilers", "format"))
        if not isinstance(document, str) or not isinstance(compilers, list) or output not in OUTPUTS:
            return {"code": "tex", "message": "The TeX template cannot be used here."}
        if not compilers or any(name not in COMPILERS for name in compilers) or len(compilers) > 3:
            return {"code": "tex", "message": "The TeX template names a compiler that cannot be used here."}
        missing = [name for name in (*compilers, "dvisvgm") if shutil.which(name) is None]
        if missing:
            return {"code": "tex_missing", "message": f"{missing[0]} is not installed."}
        kept = place_of(self._cache, document, compilers, output)
        if kept.is_file():
            os.utime(kept)
            return {"svg": kept.read_text(encoding="utf-8")}
        answer = self._set(Document(document, tuple(compilers), OUTPUTS[output]))
        if "svg" in answer:
            _keep(kept, answer["svg"])
        return answer

    def answer_many(self, request: Mapping[str, Any]) -> dict[str, str]:
        """Pictures of documents that will be asked for, by place in the list, as far as they are cheap to have."""
        documents = request.get("documents")
        if not isinstance(documents, list) or len(documents) > texbatch.MOST or shutil.which("latex") is None:
            return {}
        texts = {str(place): text for place, text in enumerate(documents) if isinstance(text, str)}
        answer: dict[str, str] = {}
        for preamble in OURS:
            pages = {place: page for place, text in texts.items() if (page := _page(text, preamble)) is not None}
            answer |= self._set_many(preamble, pages, {place: texts[place] for place in pages})
        while sum(map(len, answer.values())) > LARGEST_SUM:
            answer.popitem()
        return answer

    def sow(self, documents: Iterable[str], preamble: str) -> None:
        """Keep pictures of documents of our own choice, each under its own key."""
        kept = {text: place_of(self._cache, text) for text in documents}
        missing = [text for text, place in kept.items() if not place.is_file()]
        made = self._formats.find(preamble)
        while missing and made is not None:
            some, missing = missing[: texbatch.MOST], missing[texbatch.MOST :]
            pages = [page for text in some if (page := _page(text, preamble)) is not None]
            told = self._batch(preamble, pages, made) if len(pages) == len(some) else {}
            for number, text in enumerate(some):
                if str(number) in told:
                    _keep(kept[text], told[str(number)])

    def _set_many(self, preamble: str, pages: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
        """Kept under the key of the whole list, as a page may do something to the others; single ones are read only."""
        whole = _place(self._cache, [preamble, *pages.values()])
        if whole.is_file():
            told = wire.parse(whole.read_bytes())
            return {place: told[str(number)] for number, place in enumerate(pages) if str(number) in told}
        kept = {place: place_of(self._cache, text) for place, text in texts.items()}
        answer = {place: path.read_text(encoding="utf-8") for place, path in kept.items() if path.is_file()}
        wanted = [place for place in pages if place not in answer]
        made = self._formats.find(preamble)
        if made is not None and len(wanted) > 1:
            told = self._batch(preamble, [pages[place] for place in wanted], made)
            if "code" not in told:  # else one of them is wrong; each will be told so when it is asked for
                answer |= {place: told[str(number)] for number, place in enumerate(wanted) if str(number) in told}
                _keep(whole, json.dumps({str(n): answer[place] for n, place in enumerate(pages) if place in answer}))
        return answer

    def _batch(self, preamble: str, pages: list[str], made: Path) -> dict[str, str]:
        answer = self._asker.ask(preamble, {"pages": pages}, self._gone) if self._asker else None
        return answer or _in_jail(lambda: texjail.typeset_pages(pages, made), (made,), self._gone)

    def _set(self, document: Document) -> dict[str, str]:
        answer = typeset(document, self._formats, self._asker, self._gone)
        preamble, rest = texformats.split(document.text)
        if preamble == PLAIN_PREAMBLE and "undefined" in answer.get("message", "").lower():
            # The script letters' font is not in every installation, and loading its package without it always fails.
            more = "\n" + r"\usepackage{mathrsfs}" if r"\mathscr" in rest else ""
            changed = replace(document, text=f"{HOUSE_PREAMBLE}{more}\n{rest}")
            second = typeset(changed, self._formats, self._asker, self._gone)
            answer = second if "svg" in second else answer
        return answer


def place_of(cache: Path, document: str, compilers: Sequence[str] = ("latex",), output: str = ".dvi") -> Path:
    """Where the picture of a document is kept."""
    return _place(cache, [document, list(compilers), output])


def _place(cache: Path, decisive: list[Any]) -> Path:
    key = hashlib.sha256(json.dumps(decisive).encode()).hexdigest()
    return cache / key[:2] / f"{key}.svg"


def _page(document: str, preamble: str) -> str | None:
    """The page a document gives in a batch with that preamble, if it belongs there."""
    own, rest = texformats.split(document)
    if own == PLAIN_PREAMBLE and HOUSE_WORDS.search(rest):
        own = HOUSE_PREAMBLE
    return texbatch.page_of(rest) if own == preamble else None


def _keep(kept: Path, svg: str) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    pending = kept.with_suffix(f".{os.getpid()}.part")
    pending.write_text(svg, encoding="utf-8")
    pending.replace(kept)


def typeset(
    document: Document, formats: Formats, asker: Asker | None = None, gone: ShouldStop = never_stop
) -> dict[str, str]:
    """Set one document in a jail of its own: `svg`, or `code` and `message`."""
    preamble, rest = texformats.split(document.text)
    made = formats.find(preamble) if (document.compilers, document.output) == (("latex",), "dvi") else None
    if made is not None:
        answer = asker.ask(preamble, {"rest": rest}, gone) if asker else None
        return answer or _in_jail(lambda: texjail.typeset_with_format(rest, made), (made,), gone)
    return _in_jail(lambda: texjail.typeset(document), (), gone)


def _in_jail(work: Callable[[], dict[str, str]], read_only: tuple[Path, ...], gone: ShouldStop) -> dict[str, str]:
    answer = _once_in_jail(work, read_only, gone)
    if answer in (texjail.NO_PICTURE, texjail.NO_REASON) and not gone():
        # TeX always says why it stops, unless somebody killed it: the machine short of memory, for instance.
        answer = _once_in_jail(work, read_only, gone)
    return answer


def _once_in_jail(work: Callable[[], dict[str, str]], read_only: tuple[Path, ...], gone: ShouldStop) -> dict[str, str]:
    result = Result()
    box = jail.Box(limits=TEX, env=texjail.ENVIRONMENT, may_exec=True, read_only=read_only)
    with jail.spawn(lambda: result.put(work()), box) as jailed:
        return result.answer(jailed.wait(None, gone))


def _trim(cache: Path) -> None:
    """Remove the pictures not used for longest once the cache has grown too large."""
    cache.mkdir(parents=True, exist_ok=True)
    for unfinished in cache.glob("*/*.part"):
        unfinished.unlink(missing_ok=True)
    kept = sorted(((path.stat(), path) for path in cache.glob("*/*.svg")), key=lambda pair: -pair[0].st_atime)
    total = sum(stat.st_size for stat, _ in kept)
    if total <= LARGEST_CACHE:
        return
    while kept and total > LARGEST_CACHE // 2:
        stat, path = kept.pop()
        path.unlink(missing_ok=True)
        total -= stat.st_size
