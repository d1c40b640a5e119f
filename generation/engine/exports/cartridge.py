"""A Common Cartridge 1.3: the animation as a page, and three questions to write about, for any platform that takes one.

Source: 1EdTech Common Cartridge Profile 1.3, with questions in its profile of QTI 1.2.1.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from generation.engine.exports import manifest
from generation.engine.exports.archive import pack
from generation.engine.exports.clips import OnPart
from generation.engine.exports.course import Course
from generation.engine.exports.handout import asked
from generation.engine.exports.material import Material
from generation.engine.exports.wording import words

SPACE = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PROFILE = "http://www.imsglobal.org/profile/cc/ccv1p3"
FOLDER, QUESTIONS = "animation", "questions/questions.xml"


def write(material: Material, out: Path, told: OnPart) -> None:
    """Write the cartridge (.imscc)."""
    files = {f"{FOLDER}/{name}": data for name, data in Course(material).files().items()}
    entries = [("imsmanifest.xml", _manifest(material, list(files))), *files.items(), (QUESTIONS, _questions(material))]
    pack(out, entries)
    told(1.0)


def _manifest(material: Material, files: list[str]) -> bytes:
    spaces = {None: SPACE, "lomimscc": LOM}
    make, about = manifest.maker(spaces), manifest.maker({**spaces, None: LOM})
    title = about.title(about.string(material.title, language=material.language))
    says = words(material.language)
    items = make.item(
        make.item(make.title(material.title), identifier="item-page", identifierref="page"),
        make.item(make.title(says["questions"]), identifier="item-questions", identifierref="questions"),
        identifier="root",
    )
    listed = [make.file(href=name) for name in files]
    root = make.manifest(
        make.metadata(
            make.schema("IMS Common Cartridge"),
            make.schemaversion("1.3.0"),
            about.lom(about.general(title)),
        ),
        make.organizations(make.organization(items, identifier="all", structure="rooted-hierarchy")),
        make.resources(
            make.resource(*listed, identifier="page", type="webcontent", href=files[0]),
            make.resource(
                make.file(href=QUESTIONS), identifier="questions", type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
            ),
        ),
        manifest.place(
            {SPACE: f"{PROFILE}/ccv1p3_imscp_v1p2_v1p0.xsd", LOM: f"{PROFILE}/LOM/ccv1p3_lommanifest_v1p0.xsd"}
        ),
        identifier=manifest.identifier(material, "cartridge"),
    )
    return manifest.text(root)


def _questions(material: Material) -> bytes:
    make = manifest.maker({None: QTI})
    items = [_essay(make, number, question) for number, question in enumerate(asked(material), start=1)]
    title = f"{words(material.language)['questions']}: {material.title}"
    root = make.questestinterop(
        make.assessment(
            _facts(make, {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination"}),
            make.section(*items, ident="all"),
            ident=manifest.identifier(material, "questions"),
            title=title,
        ),
        manifest.place({QTI: f"{PROFILE}/ccv1p3_qtiasiv1p2p1_v1p0.xsd"}),
    )
    return manifest.text(root)


def _essay(make: Any, number: int, question: str) -> Any:
    text = make.material(make.mattext(f"<p>{html.escape(question)}</p>", texttype="text/html"))
    box = make.response_str(
        make.render_fib(rows="8", columns="60", prompt="Box"), ident="answer", rcardinality="Single"
    )
    return make.item(
        make.itemmetadata(_facts(make, {"cc_profile": "cc.essay.v0p1", "qmd_computerscored": "No"})),
        make.presentation(text, box),
        ident=f"question-{number}",
        title=str(number),
    )


def _facts(make: Any, facts: dict[str, str]) -> Any:
    fields = [make.qtimetadatafield(make.fieldlabel(key), make.fieldentry(value)) for key, value in facts.items()]
    return make.qtimetadata(*fields)
