"""A hand-out (PDF) to print: a still of every scene, what was said, three questions, a code to the animation."""

from __future__ import annotations

import base64
import html
import io
from pathlib import Path

import segno
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from generation.engine.exports import clips
from generation.engine.exports.clips import OnPart
from generation.engine.exports.material import Material, Part
from generation.engine.exports.wording import asset, words
from generation.engine.media.assemble import jpeg
from generation.engine.types import Knob, KnobKind


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write the sheet. Its text may hold any letters: fonts are found as on a page."""
    moments = [part.start + 0.92 * part.seconds for part in material.parts]
    pictures = clips.stills(material.video, moments)
    told(0.5)
    parts = "".join(
        _part(material, part, jpeg(picture)) for part, picture in zip(material.parts, pictures, strict=True)
    )
    says = words(material.language)
    title = html.escape(material.title)
    questions = "".join(f"<li>{html.escape(one)}</li>" for one in asked(material))
    page = f"""<!doctype html><html lang="{html.escape(material.language, quote=True)}"><head><meta charset="utf-8">
<title>{title}</title><style>{asset("handout.css")}</style></head><body>
<div class="head"><div><h1>{title}</h1><p class="name">{says["name"]}</p></div>{_code(material, says["watch"])}</div>
{_list(says["understood"], material.understood)}{parts}
<div class="questions"><h2>{says["questions"]}</h2><ol>{questions}</ol></div>
</body></html>"""
    fetch_nothing = URLFetcher(allowed_protocols=("data",))
    HTML(string=page, url_fetcher=fetch_nothing).write_pdf(str(out), pdf_variant="pdf/ua-1")
    told(1.0)


def asked(material: Material) -> list[str]:
    """Return three questions about the animation, made from its knobs and scenes."""
    says = words(material.language)
    turned = next((knob for knob in material.knobs if _is_larger_or_smaller(knob)), None)
    middle = material.parts[len(material.parts) // 2].title if material.parts else material.title
    whole = says["explain"].format(title=material.title)
    first = says["larger"].format(knob=turned.label) if turned else whole
    return [first, says["explain"].format(title=middle), says["outside"]]


def _is_larger_or_smaller(knob: Knob) -> bool:
    return knob.kind in {KnobKind.NUMBER, KnobKind.INTEGER}


def _part(material: Material, part: Part, picture: bytes) -> str:
    said = material.captions_of(part)
    lines = "".join(f"<li>{html.escape(line.text)}</li>" for line in said)
    data = base64.b64encode(picture).decode()
    alt = html.escape(part.shown or part.title, quote=True)
    return (
        f'<div class="part"><img src="data:image/jpeg;base64,{data}" alt="{alt}">'
        f"<div><h2>{html.escape(part.title)}</h2><ul>{lines}</ul></div></div>"
    )


def _list(title: str, lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return f'<h2>{html.escape(title)}</h2><ul class="understood">{items}</ul>'


def _code(material: Material, watch: str) -> str:
    """Return a QR code to the animation; nothing where it has no address."""
    if not material.address:
        return ""
    buffer = io.BytesIO()
    segno.make(material.address, error="m").save(buffer, kind="svg", xmldecl=False, svgns=True, border=1)
    label = f'<svg role="img" aria-label="{html.escape(material.address, quote=True)}" '
    drawn = buffer.getvalue().decode().replace("<svg ", label, 1)
    return f'<div class="code">{drawn}<p>{html.escape(watch)}</p></div>'
