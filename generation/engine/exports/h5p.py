"""An H5P Interactive Video: it stops at the end of each scene and asks, with captions and chapters.

H5P's own player is not in the file: the platform must have the content type "Interactive Video" in the version named
here. Sources: H5P specification (h5p.json, content folder), semantics.json of H5P.InteractiveVideo and H5P.Text.
"""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from generation.engine.exports.archive import pack
from generation.engine.exports.captions import webvtt
from generation.engine.exports.clips import OnPart
from generation.engine.exports.course import NAMES
from generation.engine.exports.handout import asked
from generation.engine.exports.manifest import identifier
from generation.engine.exports.material import Material, Part

LIBRARIES = {"H5P.InteractiveVideo": (1, 27), "H5P.Text": (1, 1)}
COPYRIGHT = {"license": "U"}  # undisclosed: the teacher decides, not we
TITLE_MOST = 60  # characters, by the schema of the content type


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write the package (.h5p)."""
    about, content = _about(material), _content(material)
    pack(
        out,
        [
            ("h5p.json", json.dumps(about, ensure_ascii=False).encode()),
            ("content/content.json", json.dumps(content, ensure_ascii=False).encode()),
            ("content/videos/video.mp4", material.video.read_bytes()),
            ("content/images/poster.jpg", material.poster.read_bytes()),
            ("content/files/captions.vtt", webvtt(material.captions, material.language).encode()),
        ],
    )
    told(1.0)


def _about(material: Material) -> dict[str, Any]:
    return {
        "title": material.title,
        "language": material.language,
        "mainLibrary": "H5P.InteractiveVideo",
        "embedTypes": ["iframe"],
        "license": "U",
        "defaultLanguage": material.language,
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, (major, minor) in LIBRARIES.items()
        ],
    }


def _content(material: Material) -> dict[str, Any]:
    poster = {"path": "images/poster.jpg", "mime": "image/jpeg", "copyright": COPYRIGHT}
    track = {
        "label": NAMES.get(material.language, material.language),
        "kind": "captions",
        "srcLang": material.language,
        "track": {"path": "files/captions.vtt", "mime": "text/vtt", "copyright": COPYRIGHT},
    }
    video = {
        "files": [{"path": "videos/video.mp4", "mime": "video/mp4", "copyright": COPYRIGHT}],
        "startScreenOptions": {"title": material.title[:TITLE_MOST], "hideStartTitle": False, "poster": poster},
        "textTracks": {"videoTrack": [track]},
    }
    marks = [{"time": round(part.start, 2), "label": part.title} for part in material.parts]
    assets = {"interactions": _stops(material), "bookmarks": marks, "endscreens": []}
    return {
        "interactiveVideo": {"video": video, "assets": assets},
        "override": {"autoplay": False, "loop": False, "showBookmarksmenuOnLoad": False, "showRewind10": True},
    }


def _stops(material: Material) -> list[dict[str, Any]]:
    """Return a stop at the end of each scene; the three questions of the hand-out come at the last ones."""
    questions, count = asked(material), len(material.parts)
    first = max(0, count - len(questions))  # the scene that gets the first question
    stops = []
    for number, part in enumerate(material.parts):
        here = questions[number - first :] if number == count - 1 else questions[number - first : number - first + 1]
        stops.append(_stop(material, part, number, here if number >= first else []))
    return stops


def _stop(material: Material, part: Part, number: int, questions: list[str]) -> dict[str, Any]:
    said = part.said or " ".join(line.text for line in material.captions_of(part))
    paragraphs = [f"<p>{html.escape(said)}</p>", *(f"<p><strong>{html.escape(one)}</strong></p>" for one in questions)]
    end = part.start + part.seconds
    major, minor = LIBRARIES["H5P.Text"]
    return {
        "duration": {"from": round(max(part.start, end - 0.6), 2), "to": round(end - 0.1, 2)},
        "pause": True,
        "displayType": "button",
        "buttonOnMobile": False,
        "label": f"<p>{html.escape(part.title)}</p>",
        "x": 45,
        "y": 82,
        "libraryTitle": "Text",
        "action": {
            "library": f"H5P.Text {major}.{minor}",
            "params": {"text": "".join(paragraphs)},
            "subContentId": str(uuid5(NAMESPACE_URL, f"{identifier(material, 'h5p')}/{number}")),
            "metadata": {"contentType": "Text", "license": "U", "title": part.title},
        },
    }
