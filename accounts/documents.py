"""A picture sent as proof: looked at, drawn anew without anything but its points, and kept encrypted.

The bytes that somebody sent are never stored or shown. A PDF is refused: nothing here can draw one safely.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.sealing import box
from core.errors import DomainError

PURPOSE = b"educator-proof"
MOST_BYTES = 8 << 20
MOST_POINTS = 40_000_000
SHORTEST_SIDE = 500
LONGEST_SIDE = 2400  # of what is kept: a page of small print stays legible
SQUARE = 50
BLUR_SIDE = 1000  # the longer side at which sharpness is measured
LEAST_SHARPNESS = 60.0  # tests/accounts/test_documents.py measures a page of print on both sides of it
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew: a JPEG, the digest of its points, and how sharp it is."""

    jpeg: bytes
    sha256: str
    width: int
    height: int
    sharpness: float


def read_picture(sent: bytes) -> Picture:
    """Turn what was sent into a picture. Raises DomainError "document" with what to do instead."""
    _require_picture(sent)
    image = _decode(sent)
    if min(image.size) < SHORTEST_SIDE:
        raise _refused(
            _("The picture is too small to be read."),
            _("Send one of at least %(side)d points on each side.") % {"side": SHORTEST_SIDE},
        )
    sharpness = sharpness_of(image)
    if sharpness < LEAST_SHARPNESS:
        raise _refused(
            _("The picture is blurred, so nobody could read it."),
            _("Lay the document flat in good light, hold still, and take it again."),
        )
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85, exif=b"", icc_profile=None)
    return Picture(kept.getvalue(), hashlib.sha256(image.tobytes()).hexdigest(), *image.size, sharpness)


def sharpness_of(image: Image.Image) -> float:
    """Return the variance of the Laplacian where the grey picture has most detail, its longer side reduced to 1000.

    Over the whole picture a page with three lines would count as blurred: so it is taken square by square, and the
    twentieth with most detail decides.
    """
    grey = image.convert("L")
    grey.thumbnail((BLUR_SIDE, BLUR_SIDE))
    points = np.asarray(grey, dtype=np.float32)
    centre = points[1:-1, 1:-1]
    laplacian = points[:-2, 1:-1] + points[2:, 1:-1] + points[1:-1, :-2] + points[1:-1, 2:] - 4 * centre
    down, across = (side // SQUARE for side in laplacian.shape)
    squares = laplacian[: down * SQUARE, : across * SQUARE].reshape(down, SQUARE, across, SQUARE)
    variances = np.sort(squares.var(axis=(1, 3)).ravel())
    return float(variances[-max(1, variances.size // 20) :].mean())


def seal(picture: Picture) -> bytes:
    """Encrypt the picture for the database."""
    return box(PURPOSE).encrypt(picture.jpeg)


def unseal(sealed: bytes) -> bytes:
    """Return the JPEG that `seal` was given. Raises InvalidToken when its key is gone."""
    return box(PURPOSE).decrypt(sealed)


def _require_picture(sent: bytes) -> None:
    """Look at the first bytes: a name or a content type says nothing."""
    if not sent:
        raise _refused(_("The file is empty."), _("Choose the picture again."))
    if len(sent) > MOST_BYTES:
        raise _refused(
            _("The file is larger than %(most)d MB.") % {"most": MOST_BYTES >> 20},
            _("Take a smaller picture, or a screenshot of it."),
        )
    if sent[:5] == b"%PDF-":
        raise _refused(_("A PDF cannot be taken."), _("Open it and send a screenshot of the page, as JPEG or PNG."))
    if sent[4:8] == b"ftyp":
        raise _refused(
            _("This picture's format (HEIC or AVIF) cannot be taken."),
            _("Send a screenshot of it, or set the camera to “most compatible”."),
        )
    is_webp = sent[:4] == b"RIFF" and sent[8:12] == b"WEBP"
    if not (sent.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or is_webp) or not _is_whole(sent):
        raise _not_a_picture()


def _is_whole(sent: bytes) -> bool:
    """Whether the file reaches its own end. Pillow cannot be asked: WeasyPrint tells it to take what is cut off."""
    if sent[:4] == b"RIFF":
        return len(sent) >= int.from_bytes(sent[4:8], "little") + 8
    return (b"IEND" if sent[:1] == b"\x89" else b"\xff\xd9") in sent


def _decode(sent: bytes) -> Image.Image:
    """Decode every point and put it on a fresh white canvas, so that nothing else of the file lives on."""
    try:
        with Image.open(io.BytesIO(sent), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_POINTS:
                raise _too_many_points()
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise _too_many_points() from error
    except (OSError, ValueError, SyntaxError) as error:
        raise _not_a_picture() from error
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright, mask=upright.getchannel("A"))
    return canvas


def _too_many_points() -> DomainError:
    return _refused(
        _("The picture has more than %(most)d million points.") % {"most": MOST_POINTS // 1_000_000},
        _("Take a smaller picture, or a screenshot of it."),
    )


def _not_a_picture() -> DomainError:
    return _refused(_("This file is no picture that can be read."), _("Send a photo or screenshot: JPEG, PNG or WebP."))


def _refused(message: str, hint: str) -> DomainError:
    return DomainError("document", message, status=422, hint=hint)
