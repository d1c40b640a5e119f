"""For whom an animation is made is read and told, never taken for a value."""

import pytest

from generation.engine.understanding import understand
from generation.engine.understanding.levels import without_level


@pytest.mark.parametrize(
    ("prompt", "words", "band"),
    [
        ("pendulum period for grade 8", "grade 8", "secondary"),
        ("area of a circle for 8 year olds", "8 year olds", "primary"),
        ("how a pendulum swings, year 10", "year 10", "secondary"),
        ("Hooke's law GCSE", "GCSE", "secondary"),
        ("binomial distribution A level", "A level", "secondary"),
        ("AP physics projectile motion", "AP", "secondary"),
        ("undergraduate eigenvectors", "undergraduate", "undergraduate"),
        ("Satz des Pythagoras Klasse 9", "Klasse 9", "secondary"),
        ("théorème de Pythagore pour la 3e", "3e", "secondary"),
        ("teorema de Pitágoras 2º ESO", "2º ESO", "secondary"),
    ],
)
def test_a_level_is_taken_out_of_the_prompt(prompt, words, band):
    rest, level = without_level(prompt)

    assert (level.words, level.band) == (words, band)
    assert words not in rest


@pytest.mark.parametrize(
    "prompt",
    ["3e loi de Newton", "water level in a tank", "a level line", "plot x^3e", "energy level of an electron", "GCSE"],
)
def test_what_only_looks_like_a_level_stays(prompt):
    assert without_level(prompt) == (prompt, None)


def test_a_level_is_told_and_an_animation_for_another_says_so():
    same = understand("how the period of a pendulum depends on its length, for grade 8")
    other = understand("how the period of a pendulum depends on its length, for 8 year olds")

    assert same.understood == ("Level: grade 8.",)
    assert other.understood == ("Level: 8 year olds. This animation is made for secondary school.",)
    assert same.knobs == other.knobs == {}
