"""A page with the animation for learning platforms: player, captions, scenes, transcript; files lie beside it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import dataclass

from generation.engine.exports.bundle import transcript
from generation.engine.exports.captions import webvtt
from generation.engine.exports.material import Material
from generation.engine.exports.wording import asset, words

NAMES = {"es": "Español", "fr": "Français", "de": "Deutsch", "en": "English"}  # as browsers list captions


@dataclass(frozen=True, slots=True)
class Course:
    """The page and its files by name. `scorm` is the version whose platform it reports to; empty for none."""

    material: Material
    scorm: str = ""

    def files(self) -> dict[str, bytes]:
        """Return every file by its name; the page comes first."""
        material = self.material
        return {
            "index.html": self._page().encode(),
            "video.mp4": material.video.read_bytes(),
            "poster.jpg": material.poster.read_bytes(),
            "captions.vtt": webvtt(material.captions, material.language).encode(),
        }

    def _page(self) -> str:
        material, says = self.material, words(self.material.language)
        title, style, script = html.escape(material.title), asset("course.css"), asset("course.js")
        policy = (
            "default-src 'none'; media-src 'self'; img-src 'self'; "
            f"style-src '{pinned(style)}'; script-src '{pinned(script)}'"
        )
        about = json.dumps({"scorm": self.scorm, "seconds": round(material.seconds, 3)})
        scenes = "".join(
            f'<li><button type="button" data-start="{part.start:.3f}">{html.escape(part.title)}</button></li>'
            for part in material.parts
        )
        language = html.escape(material.language, quote=True)
        return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1>
<video id="film" controls playsinline preload="metadata" poster="poster.jpg" aria-label="{title}"><source
src="video.mp4" type="video/mp4"><track kind="captions" src="captions.vtt" srclang="{language}"
label="{NAMES.get(material.language, material.language)}" default></video>
<h2>{html.escape(says["scenes"])}</h2><ol>{scenes}</ol>
<details><summary>{html.escape(says["transcript"])}</summary><pre>{html.escape(transcript(material))}</pre></details></main>
<script type="application/json" id="course">{about}</script><script>{script}</script></body></html>
"""


def pinned(text: str) -> str:
    """Return how a Content-Security-Policy names exactly this script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
