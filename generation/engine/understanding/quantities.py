"""Numbers in a sentence with their units: "0.5, 1 and 2 m", "half a metre", "2 pi", "-3", "1.2e-3 mol/L"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_LARGER = "thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 thousand=1000 dozen=12"
NUMBER_WORDS: Mapping[str, float] = dict(
    [(word, float(value)) for value, word in enumerate(_WORDS.split())]
    + [(word, float(value)) for word, _, value in (each.partition("=") for each in _LARGER.split())]
    + [("half", 0.5), ("quarter", 0.25)]
)
# symbol or name -> (what it measures, how many of the first unit of that kind it is)
_KINDS = {
    "length": "m=1 cm=0.01 mm=0.001 km=1000 µm=1e-6 um=1e-6 nm=1e-9 nanometre=1e-9 nanometer=1e-9 micrometre=1e-6 "
    "micrometer=1e-6 AU=149597870700 au=149597870700 ft=0.3048 in=0.0254 inch=0.0254 foot=0.3048 yard=0.9144 "
    "mile=1609.344 "
    "metre=1 meter=1 centimetre=0.01 centimeter=0.01 millimetre=0.001 millimeter=0.001 kilometre=1000 kilometer=1000",
    "time": "s=1 ms=0.001 min=60 h=3600 second=1 sec=1 millisecond=0.001 minute=60 hour=3600 hr=3600 day=86400 "
    "week=604800 month=2629800 year=31557600 decade=315576000 century=3155760000",
    "mass": "kg=1 g=0.001 gram=0.001 kilogram=1 kilo=1 gramme=0.001 mg=1e-6 tonne=1000 lb=0.45359237 "
    "ounce=0.028349523125 oz=0.028349523125 stone=6.35029318",
    "star's mass": "solar_masses=1 solar_mass=1",
    "mass of a length": "g/m=1 kg/m=1000 gram_per_metre=1 gram_per_meter=1",
    "rate": "1/s=1 per_second=1 1/year=3.168808781402895e-8 per_year=3.168808781402895e-8",
    "temperature": "K=1 kelvin=1",
    "degrees Celsius": "°C=1 degree_celsius=1 degree_Celsius=1 degree_C=1 deg_C=1 celsius=1",
    "degrees Fahrenheit": "°F=1 degree_fahrenheit=1 degree_Fahrenheit=1 degree_F=1 deg_F=1 fahrenheit=1",
    "force": "N=1 kN=1000 newton=1 kilonewton=1000",
    "angle": "°=1 deg=1 degree=1 rad=57.29577951308232 radian=57.29577951308232",
    "stiffness": "N/m=1 N/cm=100 N/mm=1000 kN/m=1000 newton_per_metre=1 newton_per_meter=1",
    "speed": "m/s=1 km/h=0.2777777777777778 kph=0.2777777777777778 mph=0.44704 ft/s=0.3048 cm/s=0.01 "
    "metre_per_second=1 meter_per_second=1 kilometre_per_hour=0.2777777777777778 kilometer_per_hour=0.2777777777777778 "
    "mile_per_hour=0.44704 km/s=1000 mile/h=0.44704 knot=0.5144444444444445",
    "acceleration": "m/s^2=1 m/s^-2=1 m/s2=1 N/kg=1 cm/s^2=0.01 ft/s^2=0.3048",
    "frequency": "Hz=1 kHz=1000 hz=1 khz=1000 hertz=1 kilohertz=1000",
    "pressure": "Pa=1 kPa=1000 atm=101325 pascal=1 bar=100000 mbar=100 hPa=100 atmosphere=101325",
    "voltage": "V=1 mV=0.001 kV=1000 volt=1",
    "resistance": "ohm=1 Ω=1 kΩ=1000 MΩ=1e6 kohm=1000 kilohm=1000 kiloohm=1000 kilo-ohm=1000 megohm=1e6",
    "capacitance": "µF=1 uF=1 microfarad=1 nF=0.001 nanofarad=0.001 pF=1e-6 mF=1000 farad=1e6",
    "charge": "nC=1 µC=1000 uC=1000 nanocoulomb=1 microcoulomb=1000 pC=0.001",
    "current": "A=1 mA=0.001 amp=1 ampere=1 milliampere=0.001",
    "amount": "mol=1 mole=1 mmol=0.001 kmol=1000",
    "energy of an amount": "kJ/mol=1 J/mol=0.001 kilojoule_per_mole=1",
    "density": "kg/m^3=1 g/cm^3=1000 g/mL=1000 g/ml=1000 kg/L=1000 kg/l=1000 g/L=1 g/l=1",
    "concentration": "mol/L=1 mol/l=1 M=1 mol/dm^3=1 mol/dm3=1 mmol/L=0.001 mmol/l=0.001 mM=0.001 molar=1",
    "volume": "mL=1 ml=1 cm^3=1 cm3=1 L=1000 l=1000 dm^3=1000 dm3=1000 millilitre=1 milliliter=1 litre=1000 liter=1000 "
    "centilitre=10 cl=10 cL=10 m^3=1e6 m3=1e6 gallon=3785.411784 pint=568.26125",
    "energy": "J=1 kJ=1000 MJ=1e6 joule=1 kilojoule=1000 kWh=3.6e6 Wh=3600 kilowatt_hour=3.6e6 cal=4.184 kcal=4184 "
    "calorie=4.184 kilocalorie=4184",
    "power": "W=1 kW=1000 MW=1e6 watt=1 kilowatt=1000 hp=745.6998715822702 horsepower=745.6998715822702",
    "money": "€=1 $=1 £=1",
    "share": "%=1 percent=1 per_cent=1",
}
UNITS: Mapping[str, tuple[str, float]] = {
    name.replace("_", " "): (kind, float(factor))
    for kind, entries in _KINDS.items()
    for name, _, factor in (entry.partition("=") for entry in entries.split())
}

_PLAIN = r"\d+(?:\.\d+)?|(?<!\.)\.\d+"
_NUMBER = re.compile(
    rf"""(?P<pi>(?:(?P<times>{_PLAIN})\s*\*?\s*)?(?:(?<![a-z])pi\b|π)(?:\s*/\s*(?P<over>{_PLAIN}))?)
    | (?P<fraction>(?P<upper>\d+)\s*/\s*(?P<lower>\d+)(?![\d.]))
    | (?P<power>(?P<front>{_PLAIN})\s*[x*]\s*10\s*\^\s*(?P<exponent>-?\d+))
    | (?P<thousands>\d{{1,3}}(?:,\d{{3}})+(?![\d,]))
    | (?P<comma>(?<![\d,\[(])\d+,\d{{1,2}}(?![\d]|,\s*\d))
    | (?P<plain>(?:{_PLAIN})(?:[eE][-+]?\d+)?)
    | (?P<word>\b(?:{"|".join(NUMBER_WORDS)})\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*(?:,\s*(?:and|or)\b|,|;|\band\b(?:\s+an?\b)?|\bor\b|&|\bvs\.?|\bversus\b|\bthen\b)\s*\+?|\s+\+?", re.IGNORECASE
)
# "77 in binary" is no length, "10 A level students" no current, "r = 0.4 K = 800" no temperature
_INCHES = re.compile(
    r"in(?!\w)(?=\s*(?:$|[^\sa-z]|(?:long|wide|high|tall|deep|thick|across|and|or|to|by|of|with|radius|legs?|sides?)\b))",
    re.IGNORECASE,
)
_A_LEVEL = re.compile(r"A[\s-]levels?\b")
_ALIASES = {
    "feet": "foot", "inches": "inch",
    "centuries": "century", "hrs": "hr", "lbs": "lb", "mins": "min", "secs": "sec",
    "kmh": "km/h", "km/hr": "km/h", "mol/litre": "mol/L",
    "dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pound": "£", "pounds": "£",
}  # fmt: skip
_OF_A_CLASS = re.compile(
    r"\b(?:year|grade|class|form|key stage|ks|chapter|lesson|exercise|page|question|unit|part|section|module|slide"
    r"|topic|figure|room|aged?|ages)\s*$",
    re.IGNORECASE,
)
_LEARNERS = re.compile(r"\s+(?:pupils|students|kids|children|learners|teenagers)\b", re.IGNORECASE)
_MY_CLASS = re.compile(r"\b(?:class|group|set|course|for|my|our)\s+(?:of\s+|my\s+|our\s+|about\s+)*$", re.IGNORECASE)
_AGE = re.compile(r"[\s-]*(?:years?[\s-]*olds?|yos?)\b", re.IGNORECASE)
_TIMETABLE = re.compile(
    r"[\s-]*(?:minute|min|hour|second)s?[\s-]+(?:(?:long\s+)?(?:lesson|class|video|clip|animation|talk|lecture"
    r"|presentation|activity|slot|intro|period|film)|at\s+most|max|or\s+less|in\s+total)",
    re.IGNORECASE,
)
_CALENDAR = re.compile(r"\b(?:in|since)\s+$", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?![\w.,]*\d)(?!\s+\w+s\b)")
_UNDERS = (
    "metre=m meter=m second=s sec=s hour=h hr=h minute=min mole=mol litre=L liter=L gram=g kilogram=kg newton=N "
    "joule=J kilojoule=kJ kilometre=km kilometer=km foot=ft feet=ft centimetre=cm centimeter=cm"
)
_SYMBOLS = dict(each.split("=") for each in _UNDERS.split())
_COMPOUND = re.compile(
    r"\s*(?P<top>[A-Za-zµ]+)\s*(?:(?:/|\bper\b)\s*(?P<cubic>cubic\s+)?(?P<under>[A-Za-z]+)"
    r"(?:(?P<square>\s*(?:\^\s*2|²|2\b|squared\b))|(?P<cube>\s*(?:\^\s*3|³|3\b|cubed\b)))?"
    r"|[\s·.*](?P<inverse>[A-Za-z]+)\s*(?:\^\s*[({]?-|⁻|-)\s*(?P<order>[123¹²³])[)}]?)"
)
_ANGLE_SUM = re.compile(
    r"\b(?:add(?:s|ing)?(?:\s+up)?\s+to|sums?\s+(?:to|of)|sum\b[^.,;:!?\d]*\b(?:is|are|equals))\s+(?:always\s+)?$",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\s*(?:°|deg)")
_CURRENCY = re.compile(r"[€$£]\s?$")
_PART_OF_A_WORD = re.compile(r"-[a-z]|\s?-?li(?:fe|ves)\b", re.IGNORECASE)  # half-life, two-sided
_KELVIN_AT_0_C = 273.15


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text, with the unit written after it."""

    value: float
    unit: str
    start: int
    end: int
    worded: bool = False  # said in a word: "two" is more often talk than a value


def quantities(text: str) -> list[Quantity]:
    """All numbers of the text in order."""
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        if found and match.start() < found[-1].end:
            continue  # the 2 of m/s^2
        if match.start() and text[match.start() - 1].isalpha() and match.lastgroup != "pi":
            continue  # the 2 of CO2 or x2
        if text[match.start() - 1 : match.start()] == "^":
            continue  # the 2 of a^2
        if re.match(r"x\d", text[match.end() :]):
            continue  # a 2x2 matrix
        if _is_about_the_class(text, match):
            continue
        value = _value(match)
        start = match.start()
        if _is_negative(text, start):
            value, start = -value, _sign_start(text, start)
        unit, end = _unit_after(text, match.end())
        if match["word"] and not unit and _PART_OF_A_WORD.match(text[match.end() :]):
            continue
        currency = _CURRENCY.search(text[:start])
        if currency and not unit:
            unit, start = currency.group().strip(), currency.start()
        found.append(Quantity(value, unit, start, end, worded=match["word"] is not None))
    return _scaled_words(text, found)


def _is_about_the_class(text: str, number: re.Match[str]) -> bool:
    """Year 12, the 9th grade, 28 students, 8 year olds, a 45 minute lesson, in 1905, a sum of 180°: never drawn."""
    before, after = text[: number.start()], text[number.end() :]
    return (
        _OF_A_CLASS.search(before) is not None
        or re.match(r"(?:st|nd|rd|th)\b", after) is not None
        or _AGE.match(after) is not None
        or _TIMETABLE.match(after) is not None
        or (_LEARNERS.match(after) is not None and _MY_CLASS.search(before) is not None)
        or (_ANGLE_SUM.search(before) is not None and _DEGREES.match(after) is not None)
        or (_CALENDAR.search(before) is not None and _YEAR.match(text[number.start() :]) is not None)
    )


def groups(text: str, found: Sequence[Quantity]) -> list[list[Quantity]]:
    """Numbers that stand together as a list; a unit at the end of the list is every number's."""
    lists: list[list[Quantity]] = []
    for each in found:
        if lists and _continues(text, lists[-1][-1], each):
            lists[-1].append(each)
        else:
            lists.append([each])
    return [_with_shared_unit(each) for each in lists]


def _continues(text: str, last: Quantity, each: Quantity) -> bool:
    """Whether a number goes on with the list: joined to it, and not of another kind ("20 m/s and 60 degrees")."""
    if (
        last.worded
        or (each.worded and (last.unit or not each.unit))
        or not _JOINT.fullmatch(text[last.end : each.start])
    ):
        return False
    return not last.unit or (each.unit != "" and UNITS[last.unit][0] == UNITS[each.unit][0])


def converted(quantity: Quantity, unit: str, *, difference: bool = False) -> float | None:
    """The value in `unit`; None when the two measure different things. A bare number is taken in `unit`.

    With `difference` a temperature is one of "10 degrees warmer".
    """
    if not quantity.unit or quantity.unit == unit:
        return quantity.value
    theirs, ours = UNITS.get(quantity.unit), UNITS.get(plain_unit(unit))
    if theirs is None or ours is None:
        return None
    if ours[0] in _TEMPERATURES:
        return _temperature(quantity.value, theirs, ours, difference=difference)
    if theirs[0] != ours[0]:
        return None
    return float(f"{quantity.value * theirs[1] / ours[1]:.10g}")


_TEMPERATURES = ("temperature", "degrees Celsius")


def _temperature(value: float, theirs: tuple[str, float], ours: tuple[str, float], *, difference: bool) -> float | None:
    """Kelvin and degrees Celsius; bare degrees are Celsius where a temperature is wanted."""
    if theirs[0] == "degrees Fahrenheit":
        value, theirs = (value - (0 if difference else 32)) / 1.8, UNITS["°C"]
    celsius = theirs[0] == "degrees Celsius" or theirs == UNITS["°"]
    if not celsius and theirs[0] != "temperature":
        return None
    if difference or celsius == (ours[0] == "degrees Celsius"):
        return value
    return float(f"{value + (_KELVIN_AT_0_C if celsius else -_KELVIN_AT_0_C):.10g}")


def same_unit(left: str, right: str) -> bool:
    """Whether two names mean one unit: metre and m. What is no unit ("none", "points") is like nothing else."""
    left, right = plain_unit(left), plain_unit(right)
    if left == right:
        return True
    if is_money(left):
        return False  # currencies have no fixed rate
    return left in UNITS and UNITS[left] == UNITS.get(right)


def is_money(unit: str) -> bool:
    """Whether a unit is a currency."""
    return UNITS.get(unit, ("", 0.0))[0] == "money"


def plain_unit(unit: str) -> str:
    """The unit as the table writes it: m/s² is m/s^2, seconds are second."""
    unit = unit.strip().replace("²", "^2").replace("³", "^3").replace("\u03bc", "\u00b5").replace("\u2126", "\u03a9")
    return unit if unit in UNITS else _singular(unit)


def _singular(unit: str) -> str:
    words = unit.split(" ")
    words[0] = _ALIASES.get(words[0].lower(), words[0].removesuffix("s") if len(words[0]) > 3 else words[0])
    name = " ".join(words)
    return name if name in UNITS else name.lower()


def _value(match: re.Match[str]) -> float:
    if match["pi"]:
        return float(match["times"] or 1) * math.pi / float(match["over"] or 1)
    if match["fraction"]:
        lower = float(match["lower"])
        return float(match["upper"]) / lower if lower else math.inf
    if match["word"]:
        return NUMBER_WORDS[match["word"].lower()]
    if match["power"]:
        return float(f"{match['front']}e{match['exponent']}")
    text = match.group()
    return float(text.replace(",", "." if match["comma"] else ""))


def _is_negative(text: str, start: int) -> bool:
    before = text[:start]
    if re.search(r"\b(?:minus|negative)\s+$", before, re.IGNORECASE):
        return True
    bare = before.rstrip()
    if not bare or bare[-1] not in "-":
        return False
    earlier = bare[:-1].rstrip()
    return not (earlier and (earlier[-1].isdigit() or earlier[-1] == ")")) and (bare == before or before[-1] == " ")


def _sign_start(text: str, start: int) -> int:
    found = re.search(r"(?:\b(?:minus|negative)|-)\s*$", text[:start], re.IGNORECASE)
    return found.start() if found else start


def _unit_after(text: str, end: int) -> tuple[str, int]:
    """The longest unit that follows, and where it ends."""
    compound = _COMPOUND.match(text, end)
    if compound is not None and (name := _compounded(compound)) in UNITS:
        return name, compound.end()
    match = re.match(r"\s*(?:(?:of\s+)?an?\s+)?[-\s]?", text[end:])
    start = end + (match.end() if match else 0)
    for length in range(min(28, len(text) - start), 0, -1):
        piece, follows = text[start : start + length], text[start + length : start + length + 1]
        if (piece[-1].isalnum() and follows.isalnum()) or follows == "^" or piece[-1] == " ":
            continue
        unit = plain_unit(piece)
        if unit in UNITS and _is_meant(unit, text[start:], length):
            return unit, start + length
    return "", end


def _compounded(found: re.Match[str]) -> str:
    """ "metres per second squared", "kJ mol^-1": the unit as the table writes it."""
    under = found["under"] or found["inverse"]
    squared = bool(found["square"]) or found["order"] in ("2", "²")
    cubed = bool(found["cube"] or found["cubic"]) or found["order"] in ("3", "³")
    return f"{_symbol(found['top'])}/{_symbol(under)}{'^2' if squared else '^3' if cubed else ''}"


def _symbol(name: str) -> str:
    return _SYMBOLS.get(name.lower(), _SYMBOLS.get(name.lower().removesuffix("s"), name))


def _is_meant(unit: str, text: str, length: int) -> bool:
    """Whether what looks like a unit is one, not a word or the letter of the next value."""
    if (unit == "in" and not _INCHES.match(text)) or (unit == "A" and _A_LEVEL.match(text)):
        return False
    return re.match(r"\s*=", text[length:]) is None


def _scaled_words(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "two thousand" and "3 dozen" are one number."""
    joined: list[Quantity] = []
    for each in found:
        last = joined[-1] if joined else None
        if (
            last
            and each.worded
            and each.value in (12, 100, 1000)
            and not last.unit
            and text[last.end : each.start] == " "
        ):
            joined[-1] = replace(each, value=last.value * each.value, start=last.start, worded=last.worded)
        else:
            joined.append(each)
    return joined


def _with_shared_unit(members: list[Quantity]) -> list[Quantity]:
    unit = ""
    shared: list[Quantity] = []
    for each in reversed(members):
        unit = each.unit or unit
        shared.append(each if each.unit or not unit else replace(each, unit=unit))
    return shared[::-1]


def numbers_in(text: str) -> Iterator[float]:
    """Just the values."""
    return (each.value for each in quantities(text))
