"""The list of contents (imsmanifest.xml) that packages for learning platforms begin with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from generation.engine.exports.material import Material

XSI = "http://www.w3.org/2001/XMLSchema-instance"


def identifier(material: Material, kind: str) -> str:
    """Return a name for a package, the same for the same animation; XML wants it to begin with a letter."""
    told = "\x00".join([kind, material.stem, material.title, material.script])
    return f"{kind}-" + hashlib.sha256(told.encode()).hexdigest()[:24]


def maker(spaces: Mapping[str | None, str]) -> Any:
    """Return a maker of elements; `spaces` names XML namespaces by prefix, the default one by None."""
    return ElementMaker(namespace=spaces[None], nsmap={**spaces, "xsi": XSI})


def place(schemas: Mapping[str, str]) -> dict[str, str]:
    """Return the attribute that says where the schema of each namespace is found."""
    return {f"{{{XSI}}}schemaLocation": " ".join(f"{space} {file}" for space, file in schemas.items())}


def text(root: Any) -> bytes:
    """Return a document as bytes."""
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
