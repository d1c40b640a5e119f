"""SCORM packages: the animation as a lesson that tells a learning platform how much of it was watched.

Sources: SCORM 1.2 and SCORM 2004 4th Edition, Content Aggregation Model and Run-Time Environment (ADL).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generation.engine.exports import manifest
from generation.engine.exports.archive import pack
from generation.engine.exports.clips import OnPart
from generation.engine.exports.course import Course
from generation.engine.exports.material import Material

ENOUGH = "0.9"  # course.js says "completed" from this share on
SPACE_12, ADL_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"
SPACE_2004, ADL_2004 = "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.adlnet.org/xsd/adlcp_v1p3"
SEQUENCING = "http://www.imsglobal.org/xsd/imsss"


def write_12(material: Material, out: Path, told: OnPart) -> None:
    """Write a SCORM 1.2 package, which nearly every platform takes."""
    make = manifest.maker({None: SPACE_12, "adlcp": ADL_12})
    files = Course(material, scorm="1.2").files()
    root = make.manifest(
        make.metadata(make.schema("ADL SCORM"), make.schemaversion("1.2")),
        _organisations(make, material.title),
        _resources(make, list(files), {f"{{{ADL_12}}}scormtype": "sco"}),
        manifest.place({SPACE_12: "imscp_rootv1p1p2.xsd", ADL_12: "adlcp_rootv1p2.xsd"}),
        identifier=manifest.identifier(material, "scorm12"),
        version="1.0",
    )
    pack(out, [("imsmanifest.xml", manifest.text(root)), *files.items()])
    told(1.0)


def write_2004(material: Material, out: Path, told: OnPart) -> None:
    """Write a SCORM 2004 (4th Edition) package; it also reports the share watched."""
    spaces = {None: SPACE_2004, "adlcp": ADL_2004, "imsss": SEQUENCING}
    make = manifest.maker(spaces)
    adl, rules = (manifest.maker({**spaces, None: space}) for space in (ADL_2004, SEQUENCING))
    files = Course(material, scorm="2004").files()
    watched = (
        adl.completionThreshold(completedByMeasure="true", minProgressMeasure=ENOUGH),
        rules.sequencing(rules.deliveryControls(completionSetByContent="true")),
    )
    root = make.manifest(
        make.metadata(make.schema("ADL SCORM"), make.schemaversion("2004 4th Edition")),
        _organisations(make, material.title, *watched),
        _resources(make, list(files), {f"{{{ADL_2004}}}scormType": "sco"}),
        manifest.place({SPACE_2004: "imscp_v1p1.xsd", ADL_2004: "adlcp_v1p3.xsd", SEQUENCING: "imsss_v1p0.xsd"}),
        identifier=manifest.identifier(material, "scorm2004"),
        version="1.0",
    )
    pack(out, [("imsmanifest.xml", manifest.text(root)), *files.items()])
    told(1.0)


def _organisations(make: Any, title: str, *rules: Any) -> Any:
    item = make.item(make.title(title), *rules, identifier="animation", identifierref="page")
    return make.organizations(make.organization(make.title(title), item, identifier="all"), default="all")


def _resources(make: Any, files: list[str], kind: dict[str, str]) -> Any:
    listed = [make.file(href=name) for name in files]
    return make.resources(make.resource(*listed, kind, identifier="page", type="webcontent", href="index.html"))
