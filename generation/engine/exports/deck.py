"""A deck in one HTML file: clips, captions and controls inside it, nothing fetched, so it plays without a network."""

from __future__ import annotations

import base64
import html
import json
import tempfile
from pathlib import Path

from generation.engine.exports import clips
from generation.engine.exports.clips import OnPart
from generation.engine.exports.course import pinned
from generation.engine.exports.material import Material, Part
from generation.engine.exports.wording import asset, words


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write the deck. It stops after each scene; arrow keys and a presenter's remote go on and back."""
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        files = clips.cut(material.video, material.parts, Path(folder))
        told(0.4)
        parts = [_part(material, part, file) for part, file in zip(material.parts, files, strict=True)]
    told(0.8)
    out.write_text(_page(material, parts), encoding="utf-8")
    told(1.0)


def _part(material: Material, part: Part, file: Path) -> dict[str, object]:
    lines = [{"start": line.start, "end": line.end, "text": line.text} for line in material.captions_of(part)]
    clip = "data:video/mp4;base64," + base64.b64encode(file.read_bytes()).decode()
    return {"title": part.title, "shown": part.shown, "said": part.said, "lines": lines, "clip": clip}


def _page(material: Material, parts: list[dict[str, object]]) -> str:
    says = {key: html.escape(text) for key, text in words(material.language).items()}
    title, style, script = html.escape(material.title), asset("deck.css"), asset("deck.js")
    data = json.dumps(parts, ensure_ascii=False).replace("<", "\\u003c")
    policy = f"default-src 'none'; media-src data:; style-src '{pinned(style)}'; script-src '{pinned(script)}'"
    return f"""<!doctype html>
<html lang="{html.escape(material.language, quote=True)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>{style}</style></head>
<body><main><video id="film" playsinline></video><p id="said" aria-live="off"></p></main>
<div><p class="notes" id="notes" hidden></p><nav><h1>{title}</h1><span id="place" role="status"></span>
{_buttons(says)}</nav></div>
<script type="application/json" id="parts">{data}</script><script>{script}</script></body></html>
"""


def _buttons(says: dict[str, str]) -> str:
    pressed = {"loop": "false", "captions": "true", "notes-on": "false"}
    names = ("back", "next", "again", "loop", "captions", "notes-on", "full")
    states = {name: f' aria-pressed="{state}"' for name, state in pressed.items()}
    return "".join(
        f'<button id="{name}"{states.get(name, "")}>{says[name.removesuffix("-on")]}</button>' for name in names
    )
