"""Texts and bundles: a transcript, and a zip of everything there is."""

from __future__ import annotations

from pathlib import Path

from generation.engine.exports.archive import pack
from generation.engine.exports.captions import webvtt
from generation.engine.exports.clips import OnPart
from generation.engine.exports.material import Material


def transcript(material: Material) -> str:
    """Return what is shown and said, scene by scene, as plain text."""
    pieces = [material.title]
    for number, part in enumerate(material.parts, start=1):
        said = [f"{_clock(part.start + line.start)}  {line.text}" for line in material.captions_of(part)]
        pieces.append("\n".join([f"{number}. {part.title}", f"[{part.shown}]", *said]))
    return "\n\n".join(pieces) + "\n"


def write_transcript(material: Material, out: Path, told: OnPart) -> None:
    """Write the transcript."""
    out.write_text(transcript(material), encoding="utf-8")
    told(1.0)


def write_zip(material: Material, out: Path, told: OnPart) -> None:
    """Write video, picture, captions, transcript and code into one zip."""
    stem = material.stem
    pack(
        out,
        (
            (f"{stem}.mp4", material.video.read_bytes()),
            (f"{stem}.jpg", material.poster.read_bytes()),
            (f"{stem}.vtt", webvtt(material.captions).encode()),
            (f"{stem}.txt", transcript(material).encode()),
            (f"{stem}.py", material.script.encode()),
        ),
    )
    told(1.0)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
