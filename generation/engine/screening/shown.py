"""What a class would see of an animation: titles, storyboard, file name and every text in its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from generation.engine import slices
from generation.engine.errors import KnobFault, RequestFault
from generation.engine.screening.finding import Finding
from generation.engine.screening.screen import screen
from generation.engine.types import Fault, Knob, KnobKind, KnobValue, Storyboard

_TEX_COMMAND = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}$&~]")
_TEX_SCRIPT = re.compile(r"[_^]")
_LABELS = 100  # characters that stand side by side; longer lists are no word in pieces


def require_fit(title: str, storyboard: Storyboard, source: str) -> None:
    """Raise RequestFault with the line and the reason where something would be shown that does not fit a classroom."""
    for text in (title, storyboard.title, *_card_texts(storyboard)):
        if found := unfit(text):
            raise RequestFault(_fault(found, f"the words “{_short(text)}”"))
    for line, text in texts_in(source):
        if found := unfit(text):
            raise RequestFault(_fault(found, f"the text in line {line}", line))


def require_fit_values(knobs: tuple[Knob, ...], values: Mapping[str, KnobValue]) -> None:
    """Raise KnobFault where a text that somebody typed into a knob does not fit a classroom."""
    for knob in knobs:
        if knob.kind is KnobKind.TEXT and knob.name in values and (found := unfit(str(knob.value))):
            raise KnobFault(knob.name, _fault(found, "this text"))


def unfit(text: str) -> Finding | None:
    """Why a text that a class would see does not fit, also where it is set in TeX."""
    found = screen(text, shown=True)
    if found is None and "\\" in text:
        found = screen(_TEX_COMMAND.sub("", _TEX_SCRIPT.sub(" ", text)), shown=True)
    return found


def texts_in(source: str) -> Iterator[tuple[int, str]]:
    """Every text in the code with its line, also those that are put together from pieces."""
    for node in ast.walk(slices.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr | ast.BinOp):
            yield node.lineno, _joined(node)
        elif isinstance(node, ast.List | ast.Tuple | ast.Call):
            parts = [_joined(part) for part in (node.args if isinstance(node, ast.Call) else node.elts)]
            if sum(map(bool, parts)) > 1 and sum(map(len, parts)) <= _LABELS:
                yield node.lineno, "".join(parts)
                yield node.lineno, " ".join(parts)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.lineno, spaced(node.name)


def spaced(name: str) -> str:
    """A name in the code as words: SideBySide is "Side By Side"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)


def _joined(node: ast.expr) -> str:
    """A text as far as it is written out; what is put in at run time is left away."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_joined, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined(node.left) + _joined(node.right)
    return ""


def _card_texts(storyboard: Storyboard) -> Iterator[str]:
    for card in storyboard.scenes:
        yield from (spaced(card.name), card.title, card.shown, card.said)


def _fault(found: Finding, place: str, line: int | None = None) -> Fault:
    return Fault(found.code, found.message, hint=f"Change {place} and try again.", line=line, log=found.words)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
