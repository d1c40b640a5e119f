"""Prompts that have no place in a classroom. Rules look at what is asked for, not at single words.

Teaching history, biology, chemistry or health stays allowed: a rule needs an act, and harmless contexts lift it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CRISIS = "If you or someone you know is in danger, please talk to a person you trust or a local emergency service now."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a prompt is turned away."""

    code: str
    message: str


_RULES = [
    (code, re.compile(pattern, re.IGNORECASE), message)
    for code, pattern, message in (
        (
            "unsafe_self_harm",
            r"\b(?:how (?:to|do i|can i)|ways? to|want to|going to|i will)\b.{0,30}\b(?:kill (?:myself|yourself|themsel\w+)|commit suicide"
            r"|hang (?:myself|yourself)|cut myself|end my (?:own )?life|self[- ]harm)\b",
            f"I can't help with that. {_CRISIS}",
        ),
        (
            "unsafe_sexual",
            r"\b(?:porn\w*|nudes?|naked (?:girls?|boys?|wom[ae]n|m[ae]n|child\w*|teens?|pupils?|students?|teachers?)|sex scene|erotic\w*|hentai)\b",
            "I only make animations that fit a classroom.",
        ),
        (
            "unsafe_weapon",
            r"\b(?:how (?:to|do i|can i)|show (?:me )?how to|steps to|recipe for|instructions (?:for|to)|(?:to )?(?:build|make|making|assemble))\b.{0,40}"
            r"\b(?:pipe ?bombs?|(?:nail|car|dirty|home ?made) bombs?|bombs? at home|explosives?|molotov\w*|nerve agents?|sarin|ricin|ghost guns?|silencers?|napalm|tatp)\b",
            "I don't explain how to make weapons.",
        ),
        (
            "unsafe_drugs",
            r"\b(?:how (?:to|do i|can i)|steps to|recipe for|(?:to )?(?:cook|synthesi[sz]e|make|making))\b.{0,30}\b(?:crystal meth|meth(?:amphetamine)?|heroin|crack cocaine|cocaine|fentanyl|lsd|mdma|ecstasy pills?)\b",
            "I don't explain how to make drugs.",
        ),
        (
            "unsafe_hate",
            r"\b(?:(?:prove|show|explain)\w*\b.{0,30}\b(?:superior|inferior)\b.{0,20}\b(?:races?|jews|muslims|blacks?|whites?|women|gays?)|(?:jews|muslims|blacks?|gays?|immigrants|women)\b.{0,20}\bare (?:inferior|vermin|subhuman|animals))\b",
            "I don't make animations that put people down.",
        ),
        (
            "unsafe_cheating",
            r"\b(?:hack(?:ing)? into|break into|ddos|phish\w*|steal (?:the )?passwords?|crack (?:the )?wi-?fi)\b.{0,40}\b(?:school|account|server|network|wi-?fi|website|grades?|portal|e-?mail|passwords?)\b",
            "I don't help to break into other people's systems.",
        ),
    )
]  # fmt: skip
_LESSON = re.compile(
    r"\b(?:history of|prevent\w*|awareness|detect\w*|effects? of .{0,30} on the (?:brain|body)|treaty|defend\w*|protect\w* against|dangers? of|why .{0,30} (?:is|are) (?:illegal|dangerous|banned))\b",
    re.IGNORECASE,
)


def refusal(text: str) -> Refusal | None:
    """The reason to turn a prompt away, or None."""
    plain = re.sub(r"(?<=\b\w)[.\-_*](?=\w\b)", "", text)  # b.o.m.b
    for code, pattern, message in _RULES:
        if pattern.search(plain) and not _LESSON.search(plain):
            return Refusal(code, message)
    return None
