"""Units as they are written on a stage: "m/s²", "kN·m", "mol L⁻¹". Factors and dimensions are pint's.

Only units of a school are read, so that a letter of a formula is not taken for a rare one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pint

Dimensions = Mapping[str, float]
PLAIN: Dimensions = MappingProxyType({})

# as written=as pint knows it, where that is another name
_WRITTEN = """
m cm mm km µm=um um nm pm dm s ms µs=us us ns min h=hour d=day kg g mg µg=ug t=metric_ton K N kN mN J kJ MJ mJ
eV keV MeV W kW MW mW Pa kPa MPa hPa bar mbar atm V mV kV A mA µA=uA Ω=ohm kΩ=kohm MΩ=Mohm F mF µF=uF nF pF C mC
µC=uC nC T mT Wb H mH Hz kHz MHz GHz mol mmol kmol L l mL ml dL rad u=amu ly=light_year AU=au pc=parsec
Wh=watt_hour kWh=kilowatt_hour lm lx cd Bq kBq Gy Sv mSv kcal cal ha ft=foot mi=mile mph lb=pound bit
byte kB MB year years=year hours=hour hour minutes=minute minute seconds=second second metres=meter metre=meter
meters=meter newtons=newton joules=joule volts=volt watts=watt days=day day kilograms=kilogram grams=gram
litres=liter radians=radian radian
"""
_NAMES = {name: known or name for name, _, known in (entry.partition("=") for entry in _WRITTEN.split())}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_UNIT = r"(?:" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")(?![A-Za-zµΩ_])"
_POWER = r"(?:\^\{?-?\d\}?|⁻?[¹²³⁴])?"
_ONE = rf"{_UNIT}{_POWER}"
_UNDER = rf"(?:\(\s?{_ONE}(?:\s?[·⋅* ]\s?{_ONE})*\s?\)|{_ONE})"
_WHOLE = re.compile(rf"{_ONE}(?:\s?[·⋅*]\s?{_ONE}|\s?/\s?{_UNDER}| (?={_UNIT}(?:\^\{{?-|⁻)){_ONE})*")
_PART = re.compile(rf"(?P<sign>/)?\s?(?P<open>\()?\s?(?P<unit>{_UNIT})(?P<power>{_POWER})(?P<close>\s?\))?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its text, how many base units it is, and what it measures."""

    text: str
    factor: float
    dimensions: Dimensions


DEGREE = Unit("°", 0.017453292519943295, PLAIN)
PERCENT = Unit("%", 0.01, PLAIN)


def unit_at(text: str, start: int) -> tuple[Unit, int] | None:
    """The unit that begins at `start`, and where it ends."""
    if text.startswith("°C", start):
        return None  # a point on a scale, no multiple of a unit
    if text[start : start + 1] == "°":
        return DEGREE, start + 1
    if text[start : start + 1] == "%":
        return PERCENT, start + 1
    match = _WHOLE.match(text, start)
    return (_unit(match[0]), match.end()) if match else None


@functools.lru_cache(maxsize=512)
def _unit(text: str) -> Unit:
    factor, dimensions, inside = 1.0, dict[str, float](), False
    for match in _PART.finditer(text):
        inside = inside or bool(match["open"])
        written = float((match["power"].translate(_SUPERSCRIPTS).strip("^{}")) or 1)
        power = -written if match["sign"] or inside else written
        inside = inside and not match["close"]
        part, parts = _base(_NAMES[match["unit"]])
        factor *= part**power
        for dimension, exponent in parts.items():
            dimensions[dimension] = dimensions.get(dimension, 0) + exponent * power
    return Unit(text, factor, clean(dimensions))


@functools.cache
def _registry() -> pint.UnitRegistry[float]:
    return pint.UnitRegistry(cache_folder=None)


@functools.cache
def _base(name: str) -> tuple[float, Dimensions]:
    quantity = _registry().Quantity(1.0, name).to_base_units()
    powers: Mapping[str, Any] = quantity.dimensionality
    dimensions = {str(dimension): float(exponent) for dimension, exponent in powers.items()}
    return float(quantity.magnitude), MappingProxyType(dimensions)


def clean(dimensions: Dimensions) -> Dimensions:
    """The same without those that cancel out."""
    return {name: round(power, 9) for name, power in dimensions.items() if abs(power) > 1e-9}
