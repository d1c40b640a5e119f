"""Constants of nature that a lesson states, against CODATA and the rounded values of school books."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from scipy import constants

from generation.engine.checking.judging import Finding, Verdict
from generation.engine.checking.tree import Mismatch, Name, Node, Number, Quantity, Setting, Unknown, value, walk
from generation.engine.checking.units import clean, unit_at

ROUNDED = 2e-3  # of a value given to three digits or so
NEAR = 0.2  # c = 340 m/s is another speed, not the speed of light


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant: what it is called, its value in base units, how its unit is written, and other values in use."""

    title: str
    value: float
    unit: str
    also: tuple[float, ...] = ()
    universal: bool = True  # otherwise its letter and unit may well mean something else


CONSTANTS: Mapping[str, Constant] = {
    "g": Constant("acceleration of free fall", constants.g, "m/s²", (9.81, 9.8, 10.0), universal=False),
    "c": Constant("speed of light", constants.c, "m/s", (3e8,), universal=False),
    "h": Constant("Planck constant", constants.h, "J·s", (), universal=False),
    "G": Constant("gravitational constant", constants.G, "N·m²/kg²"),
    "R": Constant("gas constant", constants.R, "J/(mol K)", (8.31, 8.3)),
    "N_A": Constant("Avogadro constant", constants.N_A, "mol⁻¹", (6e23,)),
    "k_B": Constant("Boltzmann constant", constants.k, "J/K"),
    "e": Constant("elementary charge", constants.e, "C"),
    "m_e": Constant("mass of the electron", constants.m_e, "kg"),
    "m_p": Constant("mass of the proton", constants.m_p, "kg"),
    "F": Constant("Faraday constant", constants.physical_constants["Faraday constant"][0], "C/mol", (96500.0,)),
    "ε_0": Constant("electric constant", constants.epsilon_0, "F/m"),
    "μ_0": Constant("magnetic constant", constants.mu_0, "N/A²"),
    "σ": Constant("Stefan–Boltzmann constant", constants.sigma, "W/m²", (), universal=False),
}
PLAIN_NUMBERS = {"π": math.pi, "e": math.e}


@functools.cache
def _dimensions(symbol: str) -> Mapping[str, float]:
    found = unit_at(CONSTANTS[symbol].unit, 0)
    if found is None:
        raise LookupError(symbol)
    return clean(found[0].dimensions)


def judge_constant(symbol: str, side: Node) -> tuple[Constant, Finding] | None:
    """Compare "symbol = value unit" with the constant of that symbol; None where it is something else."""
    constant = CONSTANTS.get(symbol)
    if constant is None or any(isinstance(node, Name) for node in walk(side)):
        return None
    try:
        shown: Quantity = value(side, Setting(with_units=True))
    except (Unknown, Mismatch):
        return None
    if not shown.dimensions or clean(shown.dimensions) != _dimensions(symbol):
        return None
    apart = abs(shown.value / constant.value - 1)
    if any(math.isclose(shown.value, other, rel_tol=ROUNDED) for other in (constant.value, *constant.also)):
        return constant, Finding(Verdict.RIGHT, "constant")
    if not constant.universal and (apart > NEAR or symbol == "g"):
        return (constant, Finding(Verdict.UNKNOWN, "other_value")) if symbol == "g" else None
    return constant, Finding(Verdict.WRONG, "should_be", f"{constant.value:.4g} {constant.unit}")


def judge_plain(symbol: str, side: Node) -> Finding | None:
    """Compare "π = 3.14" with the number; None where the letter means something else."""
    true = PLAIN_NUMBERS.get(symbol)
    if true is None or not isinstance(side, Number) or side.unit is not None or abs(side.value / true - 1) > NEAR:
        return None
    if abs(side.value - true) <= max(side.step, 1e-12):  # cut off or rounded
        return Finding(Verdict.RIGHT, "constant")
    return Finding(Verdict.WRONG, "should_be", f"{true:.6g}")
