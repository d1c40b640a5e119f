"""Captions as WebVTT."""

from generation.engine.exports.captions import webvtt
from generation.engine.types import Caption


def test_cues_are_numbered_and_timed_to_the_millisecond():
    text = webvtt([Caption(0.0, 1.5, "One."), Caption(61.0005, 3725.25, "Two.")])

    head, cues = text.split("\n\n", 1)
    assert head == "WEBVTT\nLanguage: en"
    assert cues == ("1\n00:00:00.000 --> 00:00:01.500\nOne.\n\n2\n00:01:01.000 --> 01:02:05.250\nTwo.\n")


def test_hostile_text_cannot_open_a_cue_or_a_tag():
    text = webvtt([Caption(0, 1, "a\n\n00:00:09.000 --> 00:00:10.000\n<b>b</b> & c")])

    body = text.split("\n\n", 1)[1]
    assert body.count("-->") == 1
    assert "\n\n" not in body.rstrip("\n")
    assert "<b>" not in text
    assert "&amp; c" in text


def test_long_lines_are_broken():
    text = webvtt([Caption(0, 5, "word " * 40)])

    assert max(len(line) for line in text.splitlines()) <= 48


def test_no_captions_make_an_empty_but_valid_file():
    assert webvtt([]) == "WEBVTT\nLanguage: en\n"


def test_the_file_says_its_language_and_keeps_a_sign_with_its_word():
    text = webvtt([Caption(0, 2, "Quelle est la période\u00a0?")], "fr")

    assert text.startswith("WEBVTT\nLanguage: fr\n\n")
    assert "période\u00a0?" in text
