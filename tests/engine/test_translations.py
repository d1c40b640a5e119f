"""The library in other languages: the code stays the same but for its texts, and nothing is mixed."""

import ast

import pytest

from generation.engine import drafting, policy
from generation.engine.languages import TRANSLATED
from generation.engine.library import catalogue, strings, translations
from generation.engine.library.translations import Translation, problems

CODE = '''
from manim import *
from theorama_kit import *

side = knob("left", label="Which side", choices=("left", "right"), help="Where it stands.")
size = knob(2.0, label="Size", unit="cm", minimum=1.0, maximum=3.0)


class Shown(Stage):
    def construct(self):
        """Never shown."""
        name = "left side" if side == "left" else "right side"
        self.say("It stands on the " + name + f", {size:.1f} cm wide.")
        self.play(FadeIn(words("x = " + number_text(size), 26, CHALK)))
        self.play(FadeIn(formula(r"\\\\frac{a}{b}"), formula(r"a = \\\\text{size}")))
'''.replace("\\\\\\\\", "\\\\")

whole = [
    (slug, language)
    for slug, template in catalogue.templates().items()
    for language in TRANSLATED
    if translations.path_of(template, language).is_file()
]


def test_texts_are_found_with_numbered_places_and_the_rest_is_left_alone():
    found = {phrase.pattern: phrase.places for phrase in strings.phrases(CODE)}

    assert found["It stands on the {1}, {2} cm wide."] == ("name", "{size:.1f}")
    assert {"Which side", "left", "right", "Where it stands.", "left side", "right side", "Size"} <= set(found)
    assert not any("Never" in pattern or "frac" in pattern or "x =" in pattern for pattern in found)


def test_a_translation_keeps_the_code_and_may_change_the_order():
    texts = {"It stands on the {1}, {2} cm wide.": "{2} cm breit, steht es {1}.", "left": "links"}

    turned = strings.translated(CODE, texts)

    assert """self.say(f"{size:.1f} cm breit, steht es " + name + ".")""" in turned
    assert """knob("links", label="Which side", choices=("links", "right")""" in turned
    assert """side == "links" """.strip() in turned
    assert strings.translated(CODE, {}) == CODE


@pytest.mark.parametrize("slug", list(catalogue.templates())[::5])
def test_every_template_put_back_in_its_own_words_is_the_same_program(slug):
    source = catalogue.templates()[slug].source

    turned = strings.translated(source, {pattern: pattern for pattern in strings.patterns(source)})

    assert strings.patterns(turned) == strings.patterns(source)
    assert [node.name for node in ast.walk(ast.parse(turned)) if isinstance(node, ast.ClassDef)] == [
        node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)
    ]


@pytest.mark.parametrize(("slug", "language"), whole)
def test_every_catalogue_is_complete_and_its_code_passes_the_policy(slug, language):
    template = catalogue.templates()[slug]

    assert list(problems(template, translations.read(translations.path_of(template, language)))) == []
    turned = translations.in_language(template, language)
    assert policy.check(turned.source).allowed
    assert [knob.name for knob in turned.knobs] == [knob.name for knob in template.knobs]
    assert turned.title != template.title


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not translated"),
        ("Un peso.", "must have the places"),
        ("Un peso en {1} y {1}.", "must have the places"),
        (' Un peso en un hilo de {1}.', "begin and end with the spaces"),
        ("Un peso 'bueno' en {1}.", "must not hold"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found(text, reason):
    template = catalogue.templates()["pendulum_period"]
    good = translations.read(translations.path_of(template, "es"))
    pattern = next(each for each in good.texts if each.startswith("A weight on a string"))

    found = list(
        problems(
            template, Translation(good.title, good.summary, good.phrases, good.scenes, {**good.texts, pattern: text})
        )
    )

    assert len(found) == 1 and reason in found[0]


def test_choices_are_taken_over_into_the_language():
    template = catalogue.templates()["pendulum_period"]

    assert translations.values_in(template, "de", {"gravity": 1.62}) == {"gravity": 1.62}


def test_an_animation_asked_for_in_spanish_is_spanish():
    draft = drafting.draft("cómo depende el periodo de un péndulo de su longitud")

    assert draft.language == draft.storyboard.language == "es"
    assert draft.title == "El periodo de un péndulo y su longitud"
    assert [knob.label for knob in draft.knobs][:2] == ["Longitudes de los hilos", "Gravedad"]
    assert "Captions in Spanish." in draft.understanding.understood


def test_what_is_not_translated_comes_in_english_and_says_so(monkeypatch):
    monkeypatch.setattr(translations, "is_available", lambda template, language: language == "en")

    draft = drafting.draft("die Schwingungsdauer eines Pendels und seine Länge")

    assert draft.language == "en" and draft.title == catalogue.templates()["pendulum_period"].title
    assert "Captions in English: not yet translated into German." in draft.understanding.understood
