"""What a teacher may write on a storyboard: how it is read, and what is wrong with it, said at the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from generation.engine import spoken
from generation.engine.boards import MOST_ROWS, WORDS_SECONDS, Card, CardKind
from generation.engine.screening.shown import unfit
from generation.engine.served.replies import LENGTHS, MOST_SCENES, SECONDS
from generation.faults import said

LONGEST: Mapping[str, int] = {
    "title": LENGTHS["title"],
    "heading": 80,
    "line": 200,
    "row": 80,
    "shown": LENGTHS["shown"],
    "said": LENGTHS["said"],
}
MOST_CARDS = 40  # on a board, those that are left out included
MOST_KEPT = 2000  # characters of a text that is kept while it is too long to be drawn


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a storyboard cannot be drawn yet: the card and field it is about, both empty where it is about the whole."""

    card: str
    field: str
    message: str
    is_empty: bool = False  # nothing is there yet: no news to somebody who is still typing


def read(content: Mapping[str, Any], cards: Sequence[Card]) -> tuple[str, tuple[Card, ...]]:
    """Title and cards as somebody sent them, over those that are there; what was not sent is left out, not lost.

    Raises DomainError "board" for what is no storyboard at all. What is merely too long or unfit is kept.
    """
    known = {card.name: card for card in cards}
    sent: dict[str, Card] = {}
    scenes = content.get("scenes")
    if not isinstance(scenes, list) or len(scenes) > MOST_CARDS:
        raise _no_board()
    for scene in scenes:
        if not isinstance(scene, Mapping) or scene.get("name") not in known or scene["name"] in sent:
            raise _no_board()
        sent[scene["name"]] = _card(known[scene["name"]], scene)
    missing = (replace(card, left_out=True) for card in cards if card.name not in sent)
    return _text(content.get("title", "")), (*sent.values(), *missing)


def _no_board() -> DomainError:
    return DomainError(
        "board",
        _("This is not the storyboard that is kept here."),
        status=422,
        hint=_("Load it again and repeat the change."),
    )


def _card(card: Card, sent: Mapping[str, Any]) -> Card:
    texts = {name: _text(sent[name]) for name in ("title", "heading", "shown", "said") if name in sent}
    switches = {name: bool(sent[name]) for name in ("pinned", "left_out") if name in sent}
    changed = replace(card, **texts, **switches)  # type: ignore[arg-type] # names and kinds are those above
    if "lines" in sent:
        changed = replace(changed, lines=_lines(card, sent["lines"]))
    if card.kind is not CardKind.SCENE and "seconds" in sent:
        changed = replace(changed, seconds=_seconds(sent["seconds"], card.seconds))
    return changed


def _lines(card: Card, sent: Any) -> tuple[str, ...]:
    if not isinstance(sent, list) or not all(isinstance(each, str) for each in sent):
        raise _no_board()
    lines = [_text(each) for each in sent]
    if card.kind is CardKind.WORDS:
        return tuple(line for line in lines if line)[:MOST_ROWS]
    return tuple((*lines, *card.lines[len(lines) :])[: len(card.lines)])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _no_board()
    return " ".join("".join(each if each.isprintable() else " " for each in value[:MOST_KEPT]).split())


def _seconds(value: Any, before: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10_000:
        return before
    return float(value)


# --- what is wrong ----------------------------------------------------------------------------------


def problems(
    title: str, cards: Sequence[Card], suggested: Sequence[Card], source: str, *, most_scenes: int
) -> list[Problem]:
    """Everything that keeps a storyboard from being drawn. Words that we suggested ourselves are not judged again."""
    drawn = [card for card in cards if not card.left_out]
    ours = {card.name: card for card in suggested}
    found = list(_fit("", "title", title, LONGEST["title"], needed=True))
    if not drawn:
        found.append(Problem("", "", _("No scene is left to draw. Put one back, or add one.")))
    most = MOST_SCENES if any(card.kind is CardKind.PLANNED for card in drawn) else most_scenes
    if len(drawn) > most:
        told = _("These are %(count)d scenes; at most %(most)d can be drawn. Leave some out.")
        found.append(Problem("", "", told % {"count": len(drawn), "most": most}))
    for card in drawn:
        found += _wrong_with(card, ours.get(card.name), source)
    return found


def as_json(found: Sequence[Problem]) -> list[dict[str, str]]:
    """Problems as an answer carries them."""
    return [{"card": each.card, "field": each.field, "message": each.message} for each in found]


def _wrong_with(card: Card, before: Card | None, source: str) -> Iterator[Problem]:
    if before is None or card.title != before.title:
        yield from _fit(card.name, "title", card.title, LONGEST["title"], needed=True)
    if card.kind is CardKind.SCENE:
        yield from _wrong_with_script(card, before, source)
    elif card.kind is CardKind.WORDS:
        for place, row in enumerate(card.lines):
            yield from _fit(card.name, f"line-{place}", row, LONGEST["row"])
        yield from _fit(card.name, "said", card.said, LONGEST["said"])
        yield from _within(card, WORDS_SECONDS)
    else:
        yield from _fit(card.name, "shown", card.shown, LONGEST["shown"], needed=True)
        yield from _fit(card.name, "said", card.said, LONGEST["said"], needed=True)
        yield from _within(card, SECONDS)


def _wrong_with_script(card: Card, before: Card | None, source: str) -> Iterator[Problem]:
    script = spoken.read(source, card.name)
    if script.heading is not None and (before is None or card.heading != before.heading):
        yield from _fit(card.name, "heading", card.heading, LONGEST["heading"], needed=True)
        yield from _holds(card.name, "heading", script.heading, card.heading)
    for place, (line, text) in enumerate(zip(script.lines, card.lines, strict=False)):
        if text != line.text:
            yield from _fit(card.name, f"line-{place}", text, LONGEST["line"])
            yield from _holds(card.name, f"line-{place}", line, text)


def _fit(card: str, field: str, text: str, most: int, *, needed: bool = False) -> Iterator[Problem]:
    if needed and not text:
        yield Problem(card, field, _("Write something here."), is_empty=True)
    elif len(text) > most:
        told = _("That is too long: %(length)d characters, at most %(most)d.")
        yield Problem(card, field, told % {"length": len(text), "most": most})
    elif (found := unfit(text)) is not None:
        yield Problem(card, field, " ".join(filter(None, [said(found.message), _("Write it in other words.")])))


def _holds(card: str, field: str, line: spoken.Spoken, text: str) -> Iterator[Problem]:
    try:
        spoken.checked(line, text)
    except spoken.LineFault as fault:
        if fault.known:
            told = _("{%(unknown)s} stands for nothing in this line. It may hold: %(known)s.")
        else:
            told = _("{%(unknown)s} stands for nothing here: this line has no values. Leave the braces away.")
        known = ", ".join(f"{{{name}}}" for name in fault.known)
        yield Problem(card, field, told % {"unknown": fault.unknown, "known": known})


def _within(card: Card, bounds: tuple[float, float]) -> Iterator[Problem]:
    if not bounds[0] <= card.seconds <= bounds[1]:
        told = _("Choose %(low)g to %(high)g seconds.")
        yield Problem(card.name, "seconds", told % {"low": bounds[0], "high": bounds[1]})
