"""The languages that captions come in."""

from __future__ import annotations

ENGLISH = "en"
# By their own names, as people choose them.
LANGUAGES = {"en": "English", "es": "español", "fr": "français", "de": "Deutsch"}
TRANSLATED = tuple(code for code in LANGUAGES if code != ENGLISH)
IN_ENGLISH = {"en": "English", "es": "Spanish", "fr": "French", "de": "German"}
