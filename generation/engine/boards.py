"""A storyboard that a teacher changes before it is drawn: its cards over code, and the code that they ask for.

Each scene of an animation stands alone: its slice of the code holds no other scene. So any of them, in any order,
make an animation, and a card that stays as it is keeps its scene's fingerprint and so its place in the cache.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any

from generation.engine import composing, slices, spoken
from generation.engine.types import SceneCard, Storyboard

WORDS_SECONDS = (3.0, 20.0)
MOST_ROWS = 3
LONGEST_SAID = 300  # of a card, when it is made of several lines
_ENTRANCE_SECONDS = 1.6  # until all of a words scene is on the stage


class CardKind(StrEnum):
    """Where a scene comes from."""

    SCENE = "scene"  # code that is there
    WORDS = "words"  # a title and a few rows of text
    PLANNED = "planned"  # a model writes it


@dataclass(frozen=True, slots=True)
class Card:
    """One card as a teacher has it. `lines` are what a scene says, or the rows of text of a words scene."""

    name: str
    kind: CardKind
    title: str
    heading: str = ""
    lines: tuple[str, ...] = ()
    shown: str = ""
    said: str = ""
    seconds: float = 0.0
    pinned: bool = False  # stays when the storyboard is suggested anew
    left_out: bool = False  # stays on the board but is not drawn

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Card:
        """The card that `asdict` made."""
        known = {each.name for each in fields(cls)}
        kept = {name: value for name, value in data.items() if name in known}
        return cls(**{**kept, "kind": CardKind(kept["kind"]), "lines": tuple(kept.get("lines", ()))})


def to_json(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Cards as they are stored."""
    return [{**asdict(card), "kind": card.kind.value, "lines": list(card.lines)} for card in cards]


def from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Card, ...]:
    """The cards that `to_json` stored."""
    return tuple(Card.from_json(each) for each in data)


def cards_of(storyboard: Storyboard, source: str) -> tuple[Card, ...]:
    """The cards of an animation as its code has them."""
    return tuple(_card(scene, source) for scene in storyboard.scenes)


def _card(scene: SceneCard, source: str) -> Card:
    shown = _words_of(source, scene.name)
    if shown is not None:
        return Card(scene.name, CardKind.WORDS, scene.title, lines=shown.lines, said=shown.said, seconds=shown.seconds)
    script = spoken.read(source, scene.name)
    return Card(
        name=scene.name,
        kind=CardKind.SCENE,
        title=scene.title,
        heading=script.heading.text if script.heading else "",
        lines=tuple(line.text for line in script.lines),
        shown=scene.shown,
        said=scene.said,
        seconds=scene.seconds,
    )


def planned(storyboard: Storyboard) -> tuple[Card, ...]:
    """The cards of a storyboard that a model is to write."""
    return tuple(
        Card(f"Planned{number}", CardKind.PLANNED, each.title, shown=each.shown, said=each.said, seconds=each.seconds)
        for number, each in enumerate(storyboard.scenes, start=1)
    )


def new_card(kind: CardKind, cards: Sequence[Card], source: str) -> Card:
    """An empty card with a name that nothing else has."""
    taken = {card.name for card in cards} | composing.top_level_names(source)
    stem = "Words" if kind is CardKind.WORDS else "Planned"
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return Card(f"{stem}{number}", kind, "", seconds=6.0 if kind is CardKind.WORDS else 12.0)


def suggested_anew(cards: Sequence[Card], suggested: Sequence[Card]) -> tuple[Card, ...]:
    """The suggestion, with the cards that are pinned kept as they are, at their places."""
    pinned = {place: card for place, card in enumerate(cards) if card.pinned}
    names = {card.name for card in pinned.values()}
    fresh = [card for card in suggested if card.name not in names]
    merged: list[Card] = []
    for place in range(len(fresh) + len(pinned)):
        if place in pinned:
            merged.append(pinned[place])
        elif fresh:
            merged.append(fresh.pop(0))
    kept = {card.name for card in merged}
    return (*merged, *(card for card in pinned.values() if card.name not in kept))


def with_idea(
    title: str, cards: Sequence[Card], source: str, idea: composing.Part
) -> tuple[tuple[Card, ...], tuple[Card, ...], str]:
    """The cards of one more animation, without the scene that would lead to it: (as before, added, code of both)."""
    before = Storyboard(title, tuple(_scene(card) for card in cards if card.kind is not CardKind.WORDS))
    whole = composing.joined([composing.Part(title, before, source), idea])
    added = whole.storyboard.scenes[len(before.scenes) + 1 :]
    return tuple(cards), cards_of(Storyboard(title, added), whole.source), whole.source


def assembled(title: str, cards: Sequence[Card], source: str) -> tuple[Storyboard, str]:
    """The storyboard and the code of the cards that are drawn, in their order.

    Code that no scene of theirs needs is taken out. Raises RequestFault where a line cannot be written.
    """
    drawn = [card for card in cards if not card.left_out]
    for card in drawn:
        source = _with_words(source, card)
    names = [card.name for card in drawn]
    return Storyboard(title, tuple(_scene(card) for card in drawn)), _pruned(source, names)


def spoken_by(card: Card) -> str:
    """What a card says in all, for people."""
    if card.kind is CardKind.SCENE and card.lines:
        whole = " ".join(spoken.plain(line) for line in card.lines if line.strip())
        return whole if len(whole) <= LONGEST_SAID else f"{whole[: LONGEST_SAID - 1].rsplit(' ', 1)[0]}…"
    return card.said


def _scene(card: Card) -> SceneCard:
    shown = card.shown or " ".join(row for row in card.lines if row) if card.kind is CardKind.WORDS else card.shown
    return SceneCard(card.name, card.title, shown, card.said, card.seconds)


def _with_words(source: str, card: Card) -> str:
    if card.kind is CardKind.WORDS:
        return _with_words_scene(source, card)
    return spoken.write(source, card.name, heading=card.heading or None, lines=card.lines)


# --- scenes of words --------------------------------------------------------------------------------


def _with_words_scene(source: str, card: Card) -> str:
    if _words_of(source, card.name) == replace(card, pinned=False, shown="", heading=""):
        return source
    written = _words_scene(card)
    for statement in slices.parse(source).body:
        if isinstance(statement, ast.ClassDef) and statement.name == card.name:
            lines = source.splitlines(keepends=True)
            end = statement.end_lineno or statement.lineno
            return "".join([*lines[: statement.lineno - 1], written, *lines[end:]])
    return f"{source.rstrip()}\n\n\n{written}"


def _words_scene(card: Card) -> str:
    rows = [row for row in card.lines if row.strip()]
    hold = max(0.4, card.seconds - _ENTRANCE_SECONDS)
    written = [
        f"class {card.name}(Stage):",
        f"    card_title = {json.dumps(card.title, ensure_ascii=False)}",
        f"    card_rows = {json.dumps(rows, ensure_ascii=False)}",
        f"    card_said = {json.dumps(card.said, ensure_ascii=False)}",
        f"    card_seconds = {float(card.seconds)!r}",
        "",
        "    def construct(self):",
        "        title = fit(words(self.card_title, 54), zone(-6.2, 6.2, 0.6, 2.2))",
        "        if self.card_said:",
        "            self.say(self.card_said)",
        "        self.play(FadeIn(title, shift=0.2 * UP), run_time=0.8)",
        "        if self.card_rows:",
        "            rows = [words(row, 32, CHALK2) for row in self.card_rows]",
        "            text = stack(*rows, area=zone(-6.2, 6.2, -2.6, 0.2), align=UP)",
        "            self.play(FadeIn(text, shift=0.2 * UP), run_time=0.8)",
        f"        self.wait({hold:g})",
        "        self.pause(0)",
    ]
    return "\n".join(written) + "\n"


def _words_of(source: str, name: str) -> Card | None:
    """The card of a words scene, read from the code that `_words_scene` wrote; None for any other scene."""
    facts: dict[str, Any] = {}
    for statement in slices.parse(source).body:
        if isinstance(statement, ast.ClassDef) and statement.name == name:
            facts = dict(_literals(statement))
    try:
        rows = tuple(str(row) for row in facts["card_rows"])
        return Card(
            name,
            CardKind.WORDS,
            str(facts["card_title"]),
            lines=rows,
            said=str(facts["card_said"]),
            seconds=float(facts["card_seconds"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _literals(scene: ast.ClassDef) -> Iterable[tuple[str, Any]]:
    for statement in scene.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.startswith("card_"):
                try:
                    yield name, ast.literal_eval(value)
                except ValueError:
                    continue


# --- code that nobody needs -------------------------------------------------------------------------


def _pruned(source: str, names: Sequence[str]) -> str:
    """The source without the statements that only other scenes need."""
    if set(slices.scene_names(source)) <= set(names):
        return source
    reach = slices.scenes_by_line(source)
    wanted = set(names)
    lines = re.split(r"(?<=\n)", source)
    kept: list[str] = []
    dropping = False
    for number, line in enumerate(lines, start=1):
        if number in reach:
            dropping = not wanted & set(reach[number])
        elif line.strip():
            dropping = False  # a comment between statements
        if not dropping:
            kept.append(line)
    return "".join(kept).rstrip() + "\n"
