"""Every format an animation can be taken away in. One entry a format; `make` writes the file or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from generation.engine.exports import bundle, clips, deck, notebook, sheet
from generation.engine.exports.clips import OnPart
from generation.engine.exports.material import Material

GIF_WIDTH, GIF_RATE = 640, 12
Write = Callable[[Material, Path, OnPart], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: `slow` where making it takes more than a few seconds."""

    name: str
    suffix: str
    content_type: str
    write: Write
    slow: bool = False


def _late(name: str, function: str = "write") -> Write:
    """Import the module when a file is written: PPTX and PDF libraries take a second, and only workers need them."""

    def write(material: Material, out: Path, told: OnPart) -> None:
        getattr(import_module(f"generation.engine.exports.{name}"), function)(material, out, told)

    return write


def _webm(material: Material, out: Path, told: OnPart) -> None:
    clips.webm(material.video, out, told)


def _gif(material: Material, out: Path, told: OnPart, *, width: int, rate: int) -> None:
    clips.gif(material.video, out, told, width=width, rate=rate)


OFFICE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FORMATS = {
    each.name: each
    for each in (
        Format("slides", ".pptx", OFFICE, _late("slides")),
        Format("deck", ".html", "text/html; charset=utf-8", deck.write),
        Format("handout", ".pdf", "application/pdf", _late("handout")),
        Format("webm", ".webm", "video/webm", _webm, slow=True),
        Format("gif", ".gif", "image/gif", partial(_gif, width=GIF_WIDTH, rate=GIF_RATE), slow=True),
        Format("sheet", ".sheet.jpg", "image/jpeg", sheet.write),
        Format("transcript", ".txt", "text/plain; charset=utf-8", bundle.write_transcript),
        Format("notebook", ".ipynb", "application/x-ipynb+json", notebook.write),
        Format("zip", ".zip", "application/zip", bundle.write_zip),
        Format("scorm12", ".scorm12.zip", "application/zip", _late("scorm", "write_12")),
        Format("scorm2004", ".scorm2004.zip", "application/zip", _late("scorm", "write_2004")),
        Format("h5p", ".h5p", "application/zip", _late("h5p")),
        Format("moodle", ".moodle.xml", "application/xml", _late("moodle")),
        Format("cartridge", ".imscc", "application/zip", _late("cartridge")),
    )
}


def make(name: str, material: Material, out: Path, told: OnPart = lambda share: None) -> Path:
    """Write the file of a format at `out`, whole or not at all, and return `out`.

    Raises KeyError for a format there is not, OSError where the disk is full or a file is damaged, and whatever `told`
    raises.
    """
    wanted = FORMATS[name]
    pending = out.with_name(f".{os.urandom(4).hex()}{out.name}")
    try:
        wanted.write(material, pending, told)
        pending.replace(out)
    finally:
        pending.unlink(missing_ok=True)
    return out
