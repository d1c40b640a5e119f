"""What the storyboard page shows: cards with their fields, what is wrong at each, and what its scripts say."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from generation import boards
from generation.engine import knobs, slices, spoken, syntax
from generation.engine.boards import MOST_ROWS, WORDS_SECONDS, Card, CardKind, from_json
from generation.engine.served.replies import SECONDS
from generation.engine.types import Knob
from generation.models import Board

LEAST_SAMPLE = 12  # characters of a text that can stand for a whole line


@dataclass(frozen=True, slots=True)
class LineField:
    """A line as it can be typed. `values` say what each name in its braces stands for."""

    text: str
    number: int
    error: str
    values: Sequence[str] = ()

    @property
    def place(self) -> str:
        """Its number among the lines, from zero, as faults name it."""
        return str(self.number - 1)


@dataclass(frozen=True, slots=True)
class CardFields:
    """A card as its form shows it."""

    card: Card
    number: int  # among those that are drawn; 0 where it is left out
    lines: Sequence[LineField]
    has_heading: bool
    errors: Mapping[str, str]
    heading_values: Sequence[str] = ()

    @property
    def is_words(self) -> bool:
        """Whether it is a title with rows of text."""
        return self.card.kind is CardKind.WORDS

    @property
    def is_planned(self) -> bool:
        """Whether a model is to write it."""
        return self.card.kind is CardKind.PLANNED

    @property
    def bounds(self) -> tuple[float, float]:
        """The seconds that can be chosen."""
        return SECONDS if self.is_planned else WORDS_SECONDS

    @property
    def seconds_text(self) -> str:
        """Its seconds as typed."""
        return f"{self.card.seconds:g}"

    @property
    def seconds_note(self) -> str:
        """Which seconds can be chosen."""
        return _("%(low)g to %(high)g seconds") % {"low": self.bounds[0], "high": self.bounds[1]}


class BoardPage:
    """One storyboard for its page. `error` is what the last act was refused for, `new` the card it brought."""

    def __init__(
        self, board: Board, *, error: DomainError | None = None, verb: str = "", idea: str = "", new: str = ""
    ) -> None:
        self.board = board
        self.error = error
        self.verb = verb
        self.idea = idea
        self.new = new

    @property
    def animation(self) -> Any:
        """The animation that it is the storyboard of."""
        return self.board.animation

    @property
    def is_for_the_model(self) -> bool:
        """Whether a model writes what it shows."""
        return boards.is_for_the_model(self.board)

    @property
    def is_empty(self) -> bool:
        """Whether the model has yet to be asked."""
        return not self.board.cards

    @property
    def is_changed_elsewhere(self) -> bool:
        """Whether somebody else saved meanwhile."""
        return self.error is not None and self.error.code == "board_changed"

    @property
    def alternatives(self) -> Sequence[Mapping[str, Any]]:
        """Animations of the library to choose from, where an idea was not clear."""
        return list(self.error.data.get("alternatives", [])) if self.error and self.verb == "idea" else []

    @property
    def rewrite(self) -> str:
        """Words to add in place of those that were turned down."""
        return str(self.error.data.get("rewrite", "")) if self.error and self.verb == "idea" else ""

    @cached_property
    def problems(self) -> Mapping[str, str]:
        """What is wrong, by the place where it is said: `Name.field`, or "" for the whole."""
        found: dict[str, str] = {}
        for each in boards.problems(self.board):
            if each.is_empty and self.verb != "draw":
                continue
            place = f"{each.card}.{each.field}" if each.card else each.field
            found.setdefault(place, each.message)
        return found

    @property
    def title_label(self) -> str:
        """What the field of the whole title is called."""
        return _("Title of the animation")

    @property
    def sum(self) -> str:
        """How many scenes there are, and how long they take, roughly."""
        drawn = [card for card in from_json(self.board.cards) if not card.left_out]
        seconds = sum(card.seconds for card in drawn)
        return _("Scenes: %(count)d · about %(seconds)d s") % {"count": len(drawn), "seconds": round(seconds)}

    @cached_property
    def cards(self) -> list[CardFields]:
        """The cards in order, those that are left out among them."""
        fields: list[CardFields] = []
        number = 0
        for card in from_json(self.board.cards):
            number += not card.left_out
            fields.append(self._fields(card, 0 if card.left_out else number, self.problems))
        return fields

    def _fields(self, card: Card, number: int, told: Mapping[str, str]) -> CardFields:
        own = {key.partition(".")[2]: text for key, text in told.items() if key.startswith(f"{card.name}.")}
        script = spoken.read(self.board.source, card.name) if card.kind is CardKind.SCENE else None
        texts = list(card.lines)
        if card.kind is CardKind.WORDS:
            texts += [""] * (MOST_ROWS - len(texts))
        spoken_lines = script.lines if script else ()
        lines = [
            LineField(text, place + 1, own.get(f"line-{place}", ""), values)
            for place, text in enumerate(texts)
            for values in [self._values(spoken_lines[place]) if place < len(spoken_lines) else ()]
        ]
        heading = script.heading if script else None
        values = self._values(heading) if heading else ()
        return CardFields(card, number, lines, heading is not None, own, values)

    def _values(self, line: spoken.Spoken) -> list[str]:
        return [f"{{{name}}}: {self._stands_for(name, code)}" for name, code in line.slots.items()]

    def _stands_for(self, name: str, code: str) -> str:
        knob = self._knobs.get(name)
        if knob is not None and len({each.id for each in _names(code)} & self._knobs.keys()) == 1:
            return f"{knob.label}, {_('now')} {knobs.worded(knob, knob.value)}"
        samples = _samples(code, self.board.source)
        if samples:
            return _(" or ").join(f"“{each}”" for each in samples[:3])
        return _("worked out by the animation")

    @cached_property
    def _knobs(self) -> Mapping[str, Knob]:
        return {knob.name: knob for knob in knobs.extract(self.board.source)} if self.board.source else {}


def _names(code: str) -> list[ast.Name]:
    return [node for node in ast.walk(syntax.parse(code)) if isinstance(node, ast.Name)]


def _samples(code: str, source: str) -> list[str]:
    """Whole lines that a value may be: written in its expression, or in the function that it calls."""
    called = {each.id for each in _names(code)}
    trees: list[ast.AST] = [syntax.parse(code)]
    trees += [each for each in slices.parse(source).body if isinstance(each, ast.FunctionDef) and each.name in called]
    returned = [node for tree in trees[1:] for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value]
    texts = [node for root in (trees[0], *returned) for node in ast.walk(root)]
    return [
        node.value
        for node in texts
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) >= LEAST_SAMPLE
    ]


def words() -> dict[str, str]:
    """Sentences that the storyboard's scripts say. `{name}` is filled in by the script."""
    return {
        "saving": _("Saving…"),
        "saved": _("Saved."),
        "unsaved": _("Not saved yet: the network does not answer. Your words stay here; we keep trying."),
        "refused": _("This could not be saved: {why}"),
        "restored": _("Words that had not been saved when this page closed are back."),
        "moved": _("“{title}” is now scene {n} of {of}."),
        "first": _("“{title}” is already the first scene."),
        "last": _("“{title}” is already the last scene."),
        "left_out": _("“{title}” is left out. You can put it back."),
        "put_back": _("“{title}” is back as scene {n} of {of}."),
        "asking": _("Asking the model. The first scene comes in a few seconds…"),
        "sum": _("Scenes: {n} · about {seconds} s"),
    }
