"""Every export is opened again by a reader that is not ours and holds what the animation holds."""

import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import av
import nbformat
import numpy as np
import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from generation.engine.errors import Cancelled
from generation.engine.exports import bundle, clips, formats, handout
from generation.engine.exports.captions import read_webvtt, webvtt
from generation.engine.exports.material import Material, Part
from generation.engine.media import assemble
from generation.engine.types import Caption, Knob, KnobKind
from tests.engine.videos import decode, times, write_video

SHADES, FRAMES, RATE = (20, 120, 220), (30, 21, 45), 15
TITLE = 'Newton <2nd> "law" & Δx → 0'


@pytest.fixture
def material(tmp_path: Path) -> Material:
    scenes = [
        write_video(tmp_path / f"{n}.mp4", frames=frames, shade=shade)
        for n, (frames, shade) in enumerate(zip(FRAMES, SHADES, strict=True))
    ]
    video, poster = tmp_path / "whole.mp4", tmp_path / "poster.jpg"
    assemble.join(scenes, video)
    assemble.poster(video, poster)
    starts = np.cumsum((0, *FRAMES[:-1])) / RATE
    parts = tuple(
        Part(f"Scene {n}", f"Grey number {n}", f"Said {n}", float(start), frames / RATE)
        for n, (start, frames) in enumerate(zip(starts, FRAMES, strict=True), 1)
    )
    lines = [Caption(part.start + 0.2, part.start + 1.1, f"Line <{n}> & more") for n, part in enumerate(parts, 1)]
    return Material(
        title=TITLE,
        video=video,
        poster=poster,
        captions=lines,
        script="from manim import *\n\n\nclass Whole(Scene):\n    pass\n",
        parts=parts,
        knobs=(Knob("mass", KnobKind.NUMBER, 1.0, "Mass"),),
        understood=("mass 1 kg",),
        address="https://theorama.example/a/1",
    )


def made(name: str, material: Material, folder: Path) -> Path:
    return formats.make(name, material, folder / f"x{formats.FORMATS[name].suffix}")


def test_pieces_hold_exactly_their_own_frames_without_encoding_again(material, tmp_path):
    files = clips.cut(material.video, material.parts, tmp_path)
    for file, frames, shade in zip(files, FRAMES, SHADES, strict=True):
        pictures = decode(file)
        assert len(pictures) == frames
        assert max(abs(picture.mean() - shade) for picture in pictures) < 12
        assert times(file)[0] == 0
    assert sum(file.stat().st_size for file in files) < 2 * material.video.stat().st_size


def test_a_piece_that_begins_between_key_frames_has_its_own_frames_too(material, tmp_path):
    (file,) = clips.cut(material.video, [Part("x", "", "", 1.0, 2.0)], tmp_path)
    levels = [picture.mean() for picture in decode(file)]
    assert np.allclose(levels, [20] * 15 + [120] * 15, atol=12)
    assert times(file)[0] == 0


def test_stills_are_the_frames_of_their_moments(material):
    levels = [np.asarray(still).mean() for still in clips.stills(material.video, [0.0, 1.9, 2.01, 3.5, 99.0])]
    assert np.allclose(levels, [20, 20, 120, 220, 220], atol=12)


def test_slides_have_one_clip_a_scene_with_a_picture_notes_and_a_title(material, tmp_path):
    deck = Presentation(str(made("slides", material, tmp_path)))
    first, *others = deck.slides
    assert first.shapes.title.text_frame.text == TITLE
    assert deck.core_properties.title == TITLE
    assert first.notes_slide.notes_text_frame.text == "mass 1 kg"
    assert len(others) == 3
    for number, slide in enumerate(others, 1):
        assert slide.shapes.title.text_frame.text == f"Scene {number}"
        assert f"Line <{number}> & more" in slide.notes_slide.notes_text_frame.text
        (movie,) = [shape for shape in slide.shapes if shape.element.xpath(".//a:videoFile")]
        assert movie.element.xpath(".//p:cNvPr")[0].get("descr") == f"Scene {number}. Grey number {number}"
        kinds = {part.target_part.content_type for part in slide.part.rels.values() if not part.is_external}
        assert {"video/mp4", "image/jpeg"} <= kinds


class Page(HTMLParser):
    """Collects what a page would fetch and the data it carries."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.data = self.title = ""
        self._open = ""

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self._open = named.get("id") or tag
        self.fetched += [value for name, value in attrs if name in {"src", "href"} and value]

    def handle_data(self, data):
        if self._open == "parts":
            self.data += data
        elif self._open == "title":
            self.title += data

    def handle_endtag(self, tag):
        self._open = ""


def test_the_deck_fetches_nothing_and_cannot_be_broken_out_of(material, tmp_path):
    nasty = material.captions[0].__class__(0.2, 1.1, "</script><img src=https://evil.example/x>")
    material.captions[0:1] = [nasty]
    page = Page()
    text = made("deck", material, tmp_path).read_text(encoding="utf-8")
    page.feed(text)
    assert page.fetched == []
    assert page.title == TITLE
    parts = json.loads(page.data)
    assert [part["title"] for part in parts] == ["Scene 1", "Scene 2", "Scene 3"]
    assert parts[0]["lines"][0]["text"] == nasty.text
    assert all(part["clip"].startswith("data:video/mp4;base64,") for part in parts)
    assert "default-src &#x27;none&#x27;" in text


def test_a_video_can_be_had_as_webm_and_gif(material, tmp_path):
    for name, codec in (("webm", "vp9"), ("gif", "gif")):
        with av.open(str(made(name, material, tmp_path))) as opened:
            stream = opened.streams.video[0]
            assert stream.codec_context.name.removeprefix("libvpx-") == codec
            levels = [frame.to_ndarray(format="gray").mean() for frame in opened.decode(video=0)]
        assert abs(levels[0] - SHADES[0]) < 15
        assert abs(levels[-1] - SHADES[-1]) < 15
        assert len(levels) == (sum(FRAMES) if name == "webm" else pytest.approx(sum(FRAMES) / RATE * 12, abs=2))


def test_the_contact_sheet_has_a_row_of_pictures_for_each_scene(material, tmp_path):
    sheet = np.asarray(Image.open(made("sheet", material, tmp_path)).convert("L")).astype(float)
    rows = np.array_split(sheet[:, 100:1300], 3)
    assert np.allclose([np.median(row) for row in rows], SHADES, atol=15)


def test_the_handout_is_a_tagged_pdf_with_three_questions(material, tmp_path):
    sheet = PdfReader(made("handout", material, tmp_path))
    assert sheet.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert sheet.metadata.title == TITLE
    text = " ".join(page.extract_text() for page in sheet.pages)
    assert all(words in text for words in ("Scene 1", "Line <2> & more", "mass 1 kg", "Questions"))
    assert len({image.data for page in sheet.pages for image in page.images}) == 3
    questions = handout.asked(material)
    assert len(questions) == len(set(questions)) == 3
    assert "Mass" in questions[0]


@pytest.mark.parametrize("language", ["es", "fr", "de", "de-AT", "xx"])
def test_the_handout_speaks_the_language_of_the_animation(material, language):
    other = Material(**{name: getattr(material, name) for name in material.__slots__} | {"language": language})
    assert (handout.asked(other) == handout.asked(material)) is (language == "xx")


def test_a_handout_fetches_nothing(material, tmp_path, caplog):
    (tmp_path / "secret.txt").write_text("secret")
    title = f'<img src="file://{tmp_path}/secret.txt">'
    parts = [Part(title, "", "", part.start, part.seconds) for part in material.parts]
    named = {name: getattr(material, name) for name in material.__slots__} | {"parts": tuple(parts)}
    sheet = PdfReader(made("handout", Material(**named), tmp_path))
    assert "<img src=" in sheet.pages[0].extract_text(), "the title is only text"
    assert not [one for one in caplog.records if one.levelname == "ERROR"], "nothing was to be fetched"


def test_the_notebook_is_valid_and_holds_the_script(material, tmp_path):
    book = nbformat.read(made("notebook", material, tmp_path), as_version=4)
    nbformat.validate(book)
    codes = [cell.source for cell in book.cells if cell.cell_type == "code"]
    assert material.script in codes
    assert codes[-1].endswith(" Whole")


def test_the_zip_holds_everything_and_is_the_same_each_time(material, tmp_path):
    first = made("zip", material, tmp_path).read_bytes()
    assert made("zip", material, tmp_path).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "x.zip") as opened:
        assert opened.testzip() is None
        kinds = {Path(name).suffix for name in opened.namelist()}
    assert kinds == {".mp4", ".jpg", ".vtt", ".txt", ".py"}


def test_the_transcript_says_scene_by_scene_what_is_shown_and_said(material):
    text = bundle.transcript(material)
    places = [text.index(words) for words in ("1. Scene 1", "[Grey number 1]", "Line <1>", "2. Scene 2", "3. Scene 3")]
    assert places == sorted(places)


def test_captions_are_read_back_as_they_were_written(material):
    again = read_webvtt(webvtt(material.captions))
    assert [line.text for line in again] == [line.text for line in material.captions]
    assert np.allclose([line.start for line in again], [line.start for line in material.captions], atol=1e-3)
    assert read_webvtt(webvtt([])) == []


@pytest.mark.parametrize("name", ["webm", "deck", "slides"])
def test_what_is_stopped_half_way_leaves_nothing(material, tmp_path, name):
    def stop(share: float) -> None:
        raise Cancelled

    before = set(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        formats.make(name, material, tmp_path / "x", stop)
    assert set(tmp_path.iterdir()) == before
