"""Questions for Moodle's question bank (Moodle XML): match what is said with its scene, and three to write about.

Source: Moodle documentation, "Moodle XML format".
"""

from __future__ import annotations

import base64
import html
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from generation.engine.exports import clips, manifest
from generation.engine.exports.clips import OnPart
from generation.engine.exports.handout import asked
from generation.engine.exports.material import Material, Part
from generation.engine.exports.wording import words
from generation.engine.media.assemble import jpeg

make = ElementMaker()
FEWEST = 3  # pairs below which matching is no question


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write the questions in a category of their own, named after the animation; stills are inside the file."""
    says = words(material.language)
    pictures = clips.stills(material.video, [part.start + 0.92 * part.seconds for part in material.parts])
    told(0.6)
    quiz = make.quiz(
        make.question(make.category(make.text(f"$course$/top/{material.title.replace('/', ' ')}")), type="category")
    )
    stills = [jpeg(picture) for picture in pictures]
    quiz.append(_description(material, stills, says))
    if (pairs := _pairs(material)) is not None:
        quiz.append(_matching(material, pairs, says))
    for number, question in enumerate(asked(material), start=1):
        quiz.append(_essay(f"{material.title} {number}", question))
    out.write_bytes(manifest.text(quiz))
    told(1.0)


def _pairs(material: Material) -> list[tuple[Part, str]] | None:
    """Return each scene with what is said first in it; None where two of them could not be told apart."""
    pairs = [(part, lines[0].text) for part in material.parts if (lines := material.captions_of(part))]
    titles, texts = {part.title for part, _ in pairs}, {text for _, text in pairs}
    return pairs if len(pairs) == len(titles) == len(texts) >= FEWEST else None


def _description(material: Material, stills: list[bytes], says: dict[str, str]) -> Any:
    shown = "".join(
        f'<h4>{html.escape(part.title)}</h4><p><img src="@@PLUGINFILE@@/scene-{number}.jpg" '
        f'alt="{html.escape(part.shown or part.title, quote=True)}" width="640"></p>'
        for number, part in enumerate(material.parts, start=1)
    )
    address = html.escape(material.address, quote=True)
    link = f'<p><a href="{address}">{html.escape(says["watch"])}</a></p>' if address else ""
    files = [
        make.file(base64.b64encode(data).decode(), name=f"scene-{number}.jpg", path="/", encoding="base64")
        for number, data in enumerate(stills, start=1)
    ]
    return _question("description", material.title, link + shown, *files)


def _matching(material: Material, pairs: list[tuple[Part, str]], says: dict[str, str]) -> Any:
    found = _question("matching", f"{material.title}: {says['match']}", f"<p>{html.escape(says['match'])}</p>")
    found.append(make.defaultgrade(str(len(pairs))))
    found.append(make.shuffleanswers("true"))
    for part, text in pairs:
        asks = make.subquestion(
            _marked(f"<p>{html.escape(text)}</p>"), make.answer(make.text(part.title)), format="html"
        )
        found.append(asks)
    return found


def _essay(name: str, question: str) -> Any:
    found = _question("essay", name, f"<p>{html.escape(question)}</p>")
    for setting in (
        make.defaultgrade("1"),
        make.responseformat("editor"),
        make.responserequired("1"),
        make.responsefieldlines("10"),
        make.attachments("0"),
    ):
        found.append(setting)
    return found


def _question(kind: str, name: str, text: str, *files: Any) -> Any:
    asks = make.questiontext(_marked(text), *files, format="html")
    return make.question(make.name(make.text(name)), asks, type=kind)


def _marked(text: str) -> Any:
    element = make.text()
    element.text = etree.CDATA(text)
    return element
