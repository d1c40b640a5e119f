"""Chemical formulas inside a sentence, and the reaction they belong to: "balance C3H8 + O2"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generation.engine.types import KnobValue

_ELEMENT = r"(?:H|He|Li|Be|B|C|N|O|F|Ne|Na|Mg|Al|Si|P|S|Cl|Ar|K|Ca|Ti|Cr|Mn|Fe|Co|Ni|Cu|Zn|Br|Ag|Sn|I|Ba|Pt|Au|Hg|Pb|U)"
_FORMULA = re.compile(rf"(?<![A-Za-z])(?:(?:{_ELEMENT}|[()])\d*){{1,12}}(?![A-Za-z])")


def substances(text: str) -> frozenset[str]:
    """The formulas of substances in a text. One letter alone, or a word such as I, is none."""
    found = (match.group() for match in _FORMULA.finditer(text))
    return frozenset(each for each in found if re.search(r"\d", each) or len(re.findall(r"[A-Z]", each)) > 1)


def reaction_of(text: str, names: Mapping[str, KnobValue]) -> tuple[KnobValue | None, str]:
    """The one reaction that holds every substance of the text, or why there is none.

    Names with an arrow ("N2 + H2 -> NH3") say which substances take part in a reaction.
    """
    said = substances(text)
    if not said:
        return None, ""
    known = [(re.findall(r"\w+", name.lower()), value) for name, value in names.items() if "->" in name]
    fitting = {str(value): value for formulas, value in known if {each.lower() for each in said} <= set(formulas)}
    listed = " and ".join(sorted(said))
    if not fitting:
        return None, f"I have no reaction with {listed}; choose one of the list."
    if len(fitting) > 1:
        return None, f"Several reactions have {listed}: {', '.join(fitting)}. Say which."
    return next(iter(fitting.values())), ""
