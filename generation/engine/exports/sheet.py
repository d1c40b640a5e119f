"""Pictures: a contact sheet with stills of every scene, for planning and for worksheets."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from generation.engine.exports import clips
from generation.engine.exports.clips import OnPart
from generation.engine.exports.material import Material
from generation.engine.media.assemble import jpeg

COLUMNS, EACH = 3, 3  # stills in a row; stills of one scene: soon after its beginning, in the middle, at its end
WIDTH, GAP = 480, 8
MOMENTS = (0.25, 0.6, 0.97)  # of a scene
PAPER = (250, 248, 243)


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write the sheet as a JPEG, one row a scene."""
    times = [part.start + moment * part.seconds for part in material.parts for moment in MOMENTS]
    pictures = clips.stills(material.video, times)
    told(0.8)
    height = round(WIDTH * pictures[0].height / pictures[0].width)
    size = (COLUMNS * (WIDTH + GAP) + GAP, len(material.parts) * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, PAPER)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, EACH)
        small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    out.write_bytes(jpeg(sheet))
    told(1.0)
