"""The pH of chemistry/titration_curve equals an independent solution of the equilibrium."""

import functools
import math

import numpy as np
import pytest


@pytest.fixture
def run(run_template):
    return functools.partial(run_template, "chemistry/titration_curve")


def cubic_ph(added, acid, acid_ml, base, pka):
    """The textbook cubic in [H+] for a weak monoprotic acid with a strong base."""
    total = acid_ml + added
    sodium, acid_all, ka, kw = base * added / total, acid * acid_ml / total, 10**-pka, 1e-14
    roots = np.roots([1, ka + sodium, ka * sodium - ka * acid_all - kw, -ka * kw])
    return -math.log10(max(root.real for root in roots if abs(root.imag) < 1e-12))


@pytest.mark.parametrize("pka", [3.0, 4.76, 9.0])
def test_a_weak_acid_follows_the_cubic_equation(run, pka):
    names = run(acid="weak acid", acid_strength=pka, acid_concentration=0.2, acid_volume=20.0)
    for added in (0.0, 5.0, 20.0, 39.0):
        assert names["ph_after"](added) == pytest.approx(cubic_ph(added, 0.2, 20.0, 0.1, pka), abs=1e-4)


def test_half_way_the_ph_of_a_weak_acid_is_its_pka(run):
    names = run(acid="weak acid")
    assert names["ph_after"](names["EQUIVALENCE"] / 2) == pytest.approx(4.76, abs=0.01)


def test_a_strong_acid_starts_at_its_concentration_and_is_neutral_at_equivalence(run):
    names = run(acid="strong acid", acid_concentration=0.1)
    assert names["ph_after"](0) == pytest.approx(1.0, abs=1e-3)
    assert names["ph_after"](names["EQUIVALENCE"]) == pytest.approx(7.0, abs=1e-3)


@pytest.mark.parametrize(
    ("acid", "indicator", "fits"),
    [
        ("weak acid", "phenolphthalein", True),
        ("weak acid", "methyl orange", False),
        ("strong acid", "methyl orange", True),
        ("strong acid", "bromothymol blue", True),
    ],
)
def test_indicators_are_judged_as_chemists_do(run, acid, indicator, fits):
    assert run(acid=acid, indicator=indicator)["judge"]()[0] is fits
