"""Slides (PPTX): one scene a slide, as a clip that plays on a click, with what is said in the notes."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from generation.engine.exports import clips
from generation.engine.exports.clips import OnPart
from generation.engine.exports.material import Material, Part
from generation.engine.media.assemble import jpeg

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)  # 16:9, what projectors show
STAGE = RGBColor.from_string("0D1114")  # type: ignore[no-untyped-call]
CHALK = RGBColor.from_string("F2EFE6")  # type: ignore[no-untyped-call]
BLANK, TITLE_ONLY = 6, 5  # layouts of the default template


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write a presentation that opens in PowerPoint, Keynote, Slides and Impress."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = material.title
    deck.core_properties.language = material.language
    _title_slide(deck, material)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        files = clips.cut(material.video, material.parts, Path(folder))
        ends = [part.start + part.seconds - 0.05 for part in material.parts]
        for number, (part, file, last) in enumerate(
            zip(material.parts, files, clips.stills(material.video, ends), strict=True), start=1
        ):
            _clip_slide(deck, material, part, file, jpeg(last))
            told(number / len(files))
        deck.save(str(out))


def _title_slide(deck: Any, material: Material) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _dark(slide)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Inches(0.8), Inches(2.6), WIDTH - Inches(1.6), Inches(1.6)
    _write(title.text_frame, material.title, 40)
    below = slide.shapes.add_textbox(Inches(0.8), Inches(4.3), WIDTH - Inches(1.6), Inches(2))
    _write(below.text_frame, "\n".join(f"{number}. {part.title}" for number, part in enumerate(material.parts, 1)), 20)
    slide.notes_slide.notes_text_frame.text = "\n".join(material.understood)


def _clip_slide(deck: Any, material: Material, part: Part, file: Path, poster: bytes) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _dark(slide)
    movie = slide.shapes.add_movie(
        str(file), Emu(0), Emu(0), WIDTH, HEIGHT, poster_frame_image=io.BytesIO(poster), mime_type="video/mp4"
    )
    movie.name = part.title
    movie._element.nvPicPr.cNvPr.set("descr", f"{part.title}. {part.shown}".strip())
    # A slide needs a title for screen readers and for the list of slides; the clip shows its own.
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Emu(0), -Inches(1), WIDTH, Inches(0.8)
    _write(title.text_frame, part.title, 18)
    said = [line.text for line in material.captions_of(part)] or [part.said]
    slide.notes_slide.notes_text_frame.text = "\n".join([part.shown, "", *said]).strip()


def _dark(slide: Any) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = STAGE


def _write(frame: Any, text: str, size: int) -> None:
    frame.text = text
    frame.word_wrap = True
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.color.rgb = Pt(size), CHALK
