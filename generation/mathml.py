"""TeX as MathML for a page. It may come from hostile code: only listed elements get through, without attributes."""

from __future__ import annotations

import functools
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe
from latex2mathml.converter import convert

LONGEST = 300
NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "msup",
        "msub",
        "msubsup",
        "mfrac",
        "msqrt",
        "mroot",
        "mover",
        "munder",
        "munderover",
        "mtable",
        "mtr",
        "mtd",
        "mpadded",
        "mphantom",
        "mstyle",
        "menclose",
    ]
)


@functools.lru_cache(maxsize=512)
def mathml(tex: str) -> SafeString | None:
    """The formula as MathML; None where it cannot be set, and its TeX has to be shown."""
    if len(tex) > LONGEST or tex.count("{") > LONGEST // 4:
        return None
    try:
        tree = ElementTree.fromstring(convert(tex))  # noqa: S314 - of the converter's own making, without a DTD
    except Exception:
        return None
    built = _rebuilt(tree)
    if built is None:
        return None
    return mark_safe(ElementTree.tostring(built, encoding="unicode", short_empty_elements=False))  # noqa: S308 - escaped


def _rebuilt(element: ElementTree.Element) -> ElementTree.Element | None:
    name = element.tag.removeprefix(NAMESPACE)
    if name not in ELEMENTS:
        return None
    copy = ElementTree.Element(name)
    copy.text = element.text
    for child in element:
        part = _rebuilt(child)
        if part is None:
            return None
        copy.append(part)
    return copy
