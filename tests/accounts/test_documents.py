"""Pictures sent as proof: what is taken, what is turned down, and what is left of a file."""

import io

import pytest
from PIL import Image, ImageFile

from accounts import documents
from core.errors import DomainError
from tests.accounts.proof import as_bytes, page_of_print


def refused(sent):
    with pytest.raises(DomainError) as error:
        documents.read_picture(sent)
    assert error.value.code == "document"
    assert error.value.hint
    return error.value.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_sharp_page_is_taken_in_every_format(kind):
    taken = documents.read_picture(as_bytes(page_of_print(), kind))
    assert Image.open(io.BytesIO(taken.jpeg)).format == "JPEG"
    assert taken.sharpness > documents.LEAST_SHARPNESS


def test_nothing_but_the_points_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "taken in the staff room"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    payload = b"PK\x03\x04 a second file hides here <script>"
    sent = as_bytes(page_of_print(), "JPEG", exif=exif, comment=b"staff room") + payload
    assert b"staff room" in sent
    assert dict(Image.open(io.BytesIO(sent)).getexif())
    kept = documents.read_picture(sent).jpeg
    assert b"staff room" not in kept
    assert payload not in kept
    assert not dict(Image.open(io.BytesIO(kept)).getexif())


def test_the_picture_is_turned_the_way_the_camera_says():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    kept = documents.read_picture(as_bytes(page_of_print(), "JPEG", exif=exif))
    assert (kept.width, kept.height) == (1400, 1000)


def test_a_blurred_page_is_turned_down_and_a_sharp_one_is_not():
    assert documents.sharpness_of(page_of_print()) > 10 * documents.LEAST_SHARPNESS
    assert documents.sharpness_of(page_of_print(blur=1.0)) > documents.LEAST_SHARPNESS
    assert "blurred" in refused(as_bytes(page_of_print(blur=4.0)))


def test_a_sharp_page_with_three_lines_is_not_called_blurred():
    empty = Image.new("RGB", (1000, 1400), "white")
    empty.paste(page_of_print().crop((0, 90, 1000, 240)), (0, 600))
    assert documents.read_picture(as_bytes(empty)).sharpness > documents.LEAST_SHARPNESS


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "HEIC"),
        (b"GIF89a" + b"\x00" * 50, "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "no picture"),
        (b"\xff\xd8\xff" + b"\x00" * 50, "no picture"),
    ],
)
def test_what_is_no_picture_is_turned_down_with_what_to_do(sent, word):
    assert word in refused(sent)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_file_cut_off_on_its_way_is_turned_down_whatever_pillow_was_told(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert "no picture" in refused(as_bytes(page_of_print(), kind)[:-2000])


def test_a_small_picture_and_a_large_file_are_turned_down():
    assert "too small" in refused(as_bytes(page_of_print().resize((400, 560))))
    assert "larger" in refused(b"\xff\xd8\xff" + b"\0" * documents.MOST_BYTES)


@pytest.mark.parametrize("side", [7_000, 20_000])
def test_a_picture_with_too_many_points_is_turned_down_before_it_is_decoded(side):
    assert "million points" in refused(header_alone(side))


def header_alone(side):
    """A PNG that promises a square of points and holds none: decoding it fails, its size is known before."""
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    data = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    return b"\x89PNG\r\n\x1a\n" + chunk + data + b"\0\0\0\0IEND\xaeB`\x82"


def test_what_is_kept_is_encrypted():
    taken = documents.read_picture(as_bytes(page_of_print()))
    sealed = documents.seal(taken)
    assert b"JFIF" not in sealed
    assert documents.unseal(sealed) == taken.jpeg
