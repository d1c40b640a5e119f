"""Prompts in Spanish, French and German, and wishes for the captions' language."""

import pytest

from generation.engine.types import Outcome
from generation.engine.understanding import understand
from generation.engine.understanding.languages import language_of, spoken


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("muestra cómo el periodo de un péndulo depende de su longitud", "es"),
        ("le théorème de Pythagore", "fr"),
        ("Doppelpendel", "de"),
        ("how a pendulum's period depends on its length", "en"),
        ("Snell's law", "en"),
        ("le Chatelier's principle", "en"),
        ("la legge di Hooke per una molla", "it"),
        ("теорема Пифагора", ""),
    ],
)
def test_the_language_of_a_prompt_is_known(prompt, language):
    assert language_of(prompt) == language


@pytest.mark.parametrize(
    ("prompt", "template", "values"),
    [
        ("péndulos de longitud 0,5 y 2 m en la Luna", "pendulum_period", {"lengths": [0.5, 2.0], "gravity": 1.62}),
        ("lancer d'une balle à 15 m/s sous un angle de 60 degrés", "projectile", {"speed": 15, "angle": 60}),
        ("Satz des Pythagoras mit den Katheten 5 und 12 cm", "pythagoras_rearrangement", {"leg_a": 5, "leg_b": 12}),
        ("dibuja la gráfica de y = sen(x)", "function_plot", {"function": "sin(x)"}),
    ],
)
def test_values_are_read_in_the_prompts_own_words(prompt, template, values):
    found = understand(prompt)

    assert (found.outcome, found.template) == (Outcome.SERVED, template)
    assert {name: found.knobs.get(name) for name in values} == values
    assert found.language == language_of(prompt)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("masa de 1.500 kg", "1500"),
        ("de 0,5 à 2 m, la longueur", "from 0.5 to 2"),
        ("la longitud de -2 a 5", "from -2 to 5"),
        ("die Längen von 0,5 bis 2 m", "from 0.5 to 2"),
    ],
)
def test_numbers_are_written_as_they_are_in_english(text, english):
    assert english in spoken(text).text


@pytest.mark.parametrize(
    ("prompt", "captions", "rest"),
    [
        ("pendulum with captions in Spanish", "es", "pendulum"),
        ("a pendulum, auf Deutsch", "de", "a pendulum"),
        ("péndulo con subtítulos en francés", "fr", "pendulum"),
        ("pendulum with German subtitles please", "de", "pendulum"),
    ],
)
def test_the_captions_language_can_be_asked_for(prompt, captions, rest):
    found = spoken(prompt)

    assert (found.captions, found.text.strip()) == (captions, rest)


def test_a_language_that_captions_do_not_come_in_is_told():
    found = understand("how a pendulum's period depends on its length, captions in Polish")

    assert found.outcome is Outcome.SERVED and found.language == "en"
    assert any("Captions cannot be in Polish" in sentence for sentence in found.understood)


def test_a_language_that_is_not_read_is_refused_in_its_own_words_too():
    found = understand("la legge di Hooke per una molla")

    assert found.code == "language"
    assert found.message.startswith("Leggo solo inglese") and "English, Spanish, French and German" in found.message


def test_a_prompt_of_which_most_is_not_known_is_asked_about():
    found = understand("péndulo zurriburri chirimbolo tarambana")

    assert found.outcome is Outcome.ASK and "zurriburri" in found.message
