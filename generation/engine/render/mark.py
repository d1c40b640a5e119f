"""The mark in the corner of a free account's pictures: drawn once for a video, blended into whatever lies below it.

The encoder alone puts it there, outside the jail, into the picture that video, previews and segments are all made of:
there is no moment at which a frame without it exists in a file, and nothing that a scene does can move or cover it.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from generation.engine.render.ring import Part, Pixels

LONGEST = 40  # characters
LETTERS = 1 / 30  # height of the letters' line, as a part of the picture's
LEAST_LETTERS = 14  # pixels; smaller ones cannot be read in the smallest video
INSET = 1 / 40  # from the right and lower edge, as a part of the picture's height
INK = (250, 248, 243, 205)  # paper, nearly opaque
HALO = (13, 17, 20, 190)  # keeps it legible on light ground; blackboard, a little transparent


class Mark:
    """A line of text for the lower right corner of pictures of one size."""

    def __init__(self, text: str, width: int, height: int) -> None:
        """Draw it. Raises ValueError where the text is longer than fits a corner."""
        if len(text) > LONGEST:
            raise ValueError("the mark is too long")
        layer = _drawn(text, height)
        inset = round(height * INSET)
        bottom, right = height - inset, width - inset
        self.part: Part = (bottom - layer.shape[0], bottom, right - layer.shape[1], right)
        opacity = layer[:, :, 3:].astype(np.uint16)
        self._keeps = 255 - opacity
        self._adds = layer[:, :, :3].astype(np.uint16) * opacity

    def burn(self, picture: Pixels, changed: Part) -> None:
        """Blend the mark into `picture` where `changed` (fresh pixels, without the mark) meets it."""
        top, bottom = max(changed[0], self.part[0]), min(changed[1], self.part[1])
        left, right = max(changed[2], self.part[2]), min(changed[3], self.part[3])
        if top >= bottom or left >= right:
            return
        rows = slice(top - self.part[0], bottom - self.part[0])
        columns = slice(left - self.part[2], right - self.part[2])
        below = picture[top:bottom, left:right, :3]
        below[:] = (below * self._keeps[rows, columns] + self._adds[rows, columns] + 127) // 255


def _drawn(text: str, height: int) -> Pixels:
    """The text as RGBA pixels. The font comes with Pillow: every machine draws the same."""
    size = max(LEAST_LETTERS, round(height * LETTERS))
    font, halo = ImageFont.load_default(size), max(1, size // 12)
    left, top, right, bottom = font.getbbox(text, stroke_width=halo)
    layer = Image.new("RGBA", (round(right - left), round(bottom - top)), (*HALO[:3], 0))
    pen = ImageDraw.Draw(layer)
    pen.text((-left, -top), text, font=font, fill=HALO, stroke_width=halo, stroke_fill=HALO)
    pen.text((-left, -top), text, font=font, fill=INK)
    return np.asarray(layer)
