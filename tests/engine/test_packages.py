"""Packages for learning platforms, read by a zip reader, an XML parser and, where they are, the schemas."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from generation.engine.exports import formats, h5p, handout
from generation.engine.exports.material import Material
from tests.engine.test_exports import TITLE, made, material  # noqa: F401

SCHEMAS = os.environ.get("SCORM_SCHEMAS")  # a folder with those of ADL, which are not ours to ship
SPACES = {
    "c": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "i": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "cc": "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1",
    "q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2",
}


def opened(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def schema_of(edition: str, manifest: etree._Element) -> etree.XMLSchema:
    """One schema of all those that the manifest names; the edition's own file leaves some out."""
    (places,) = manifest.xpath(
        "/*/@xsi:schemaLocation", namespaces={"xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    )
    words = places.split()
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{(Path(SCHEMAS or "") / edition / file).as_uri()}"/>'
        for space, file in zip(words[::2], words[1::2], strict=True)
    )
    return etree.XMLSchema(
        etree.fromstring(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    )


@pytest.mark.skipif(not SCHEMAS, reason="SCORM_SCHEMAS names no folder with ADL's schemas")
@pytest.mark.parametrize(("name", "edition"), [("scorm12", "scorm12edition"), ("scorm2004", "scorm20044thedition")])
def test_a_scorm_manifest_keeps_the_published_schema(name, edition, material, tmp_path):  # noqa: F811
    manifest = etree.fromstring(opened(made(name, material, tmp_path))["imsmanifest.xml"])
    schema_of(edition, manifest).assertValid(manifest)


@pytest.mark.parametrize(("name", "space"), [("scorm12", "c"), ("scorm2004", "i")])
def test_a_scorm_package_lists_exactly_its_files(name, space, material, tmp_path):  # noqa: F811
    files = opened(made(name, material, tmp_path))
    manifest = etree.fromstring(files.pop("imsmanifest.xml"))
    assert manifest.xpath(f"string(//{space}:organization/{space}:title)", namespaces=SPACES) == TITLE
    (start,) = manifest.xpath(f"//{space}:resource/@href", namespaces=SPACES)
    assert manifest.xpath(f"//{space}:file/@href", namespaces=SPACES) == list(files)
    assert start == "index.html"
    assert files["video.mp4"] == material.video.read_bytes()


def test_the_page_of_a_package_loads_its_own_files_only_and_cannot_be_broken_out_of(material, tmp_path):  # noqa: F811
    material.captions[0:1] = [material.captions[0].__class__(0.2, 1.1, "</script><img src=https://evil.example/x>")]
    text = opened(made("scorm12", material, tmp_path))["index.html"].decode()
    page = etree.HTML(text)
    assert page.xpath("//@src | //@poster | //@href") == ["poster.jpg", "video.mp4", "captions.vtt"]
    assert page.xpath("//img") == []
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert [button.text for button in page.xpath("//button")] == ["Scene 1", "Scene 2", "Scene 3"]


def test_h5p_stops_at_the_end_of_each_scene_and_asks_what_the_hand_out_asks(material, tmp_path):  # noqa: F811
    files = opened(made("h5p", material, tmp_path))
    about, content = (json.loads(files[name]) for name in ("h5p.json", "content/content.json"))
    assert about["mainLibrary"] == "H5P.InteractiveVideo"
    assert about["title"] == TITLE
    video = content["interactiveVideo"]
    named = [video["video"]["files"][0]["path"], video["video"]["textTracks"]["videoTrack"][0]["track"]["path"]]
    assert {f"content/{path}" for path in named} < set(files)
    stops = video["assets"]["interactions"]
    assert [round(stop["duration"]["to"] + 0.1, 2) for stop in stops] == [
        round(part.start + part.seconds, 2) for part in material.parts
    ]
    text = "".join(stop["action"]["params"]["text"] for stop in stops)
    assert all(text.count(etree.tounicode(_paragraph(question))[3:-4]) == 1 for question in handout.asked(material))
    declared = {
        f"{each['machineName']} {each['majorVersion']}.{each['minorVersion']}"
        for each in about["preloadedDependencies"]
    }
    assert {stop["action"]["library"] for stop in stops} < declared


def _paragraph(text: str) -> etree._Element:
    found = etree.Element("p")
    found.text = text
    return found


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_question_is_asked_once_however_many_scenes_there_are(count, material):  # noqa: F811
    few = Material(**{name: getattr(material, name) for name in Material.__slots__} | {"parts": material.parts[:count]})
    asked = "".join(stop["action"]["params"]["text"] for stop in h5p._stops(few))
    assert asked.count("<strong>") == 3


def test_moodle_questions_hold_the_stills_a_matching_question_and_three_to_write_about(material, tmp_path):  # noqa: F811
    quiz = etree.parse(made("moodle", material, tmp_path)).getroot()
    kinds = [question.get("type") for question in quiz]
    assert kinds == ["category", "description", "matching", "essay", "essay", "essay"]
    assert [file.get("name") for file in quiz.iter("file")] == ["scene-1.jpg", "scene-2.jpg", "scene-3.jpg"]
    assert [answer.findtext("text") for answer in quiz.iter("answer")] == ["Scene 1", "Scene 2", "Scene 3"]
    first = quiz.find("question[@type='matching']/subquestion/text").text
    assert first == "<p>Line &lt;1&gt; &amp; more</p>"


def test_a_cartridge_has_a_page_and_questions_and_names_every_file(material, tmp_path):  # noqa: F811
    files = opened(made("cartridge", material, tmp_path))
    manifest = etree.fromstring(files.pop("imsmanifest.xml"))
    assert sorted(manifest.xpath("//cc:file/@href", namespaces=SPACES)) == sorted(files)
    assert manifest.xpath("//cc:item/@identifierref", namespaces=SPACES) == ["page", "questions"]
    assert set(manifest.xpath("//cc:resource/@identifier", namespaces=SPACES)) == {"page", "questions"}
    questions = etree.fromstring(files["questions/questions.xml"])
    assert len(questions.xpath("//q:item", namespaces=SPACES)) == 3


@pytest.mark.parametrize("name", ["scorm12", "scorm2004", "h5p", "moodle", "cartridge", "zip"])
def test_the_same_animation_makes_the_same_package(name, material, tmp_path):  # noqa: F811
    assert made(name, material, tmp_path).read_bytes() == made(name, material, tmp_path).read_bytes()
    assert formats.FORMATS[name].name == name
