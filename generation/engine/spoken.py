"""What a scene says and how it is headed: read from its code as plain lines, and written back into it.

A line may hold values that the code works out: they stand in it by name, in braces ("A string of {length} m"), and stay
live when the words around them change. Nothing is executed.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generation.engine import slices, syntax
from generation.engine.errors import RequestFault
from generation.engine.types import Fault

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_PLAIN = ast.Name | ast.Call | ast.Subscript | ast.Attribute | ast.JoinedStr | ast.Constant
_SAYS_NOTHING = frozenset({"number_text", "str", "round", "abs", "len", "float", "int"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of a scene. `slots` maps the names in its braces to the expressions behind them."""

    text: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """The words of one scene: its heading, where it has exactly one, and the lines it says in the order of its code."""

    heading: Spoken | None
    lines: tuple[Spoken, ...]


class LineFault(RequestFault):
    """A line that cannot be written. `unknown` is the name in it that stands for nothing."""

    def __init__(self, unknown: str, known: Sequence[str]) -> None:
        self.unknown = unknown
        self.known = tuple(known)
        these = ", ".join(f"{{{name}}}" for name in known) or "none"
        message = f"{{{unknown}}} stands for nothing in this line. It may hold: {these}."
        super().__init__(Fault("line", message, "Take it out, or write one of those."))


def read(source: str, scene: str) -> Script:
    """The words of a scene. Raises RequestFault `syntax`, and `scene` where there is none of that name."""
    heading, lines = _calls(source, scene)
    return Script(_spoken(heading.args[0]) if heading else None, tuple(_spoken(each.args[0]) for each in lines))


def write(source: str, scene: str, *, heading: str | None = None, lines: Sequence[str] | None = None) -> str:
    """The source with other words in one scene; what is the same stays as it is written.

    An empty line is not said. Raises LineFault for a name in braces that the line does not have, and like `read`.
    """
    head, calls = _calls(source, scene)
    edits: list[tuple[ast.expr, str]] = []
    if head is not None and heading is not None:
        edits += _edit(head, heading)
    for call, text in zip(calls, lines or (), strict=False):
        edits += _edit(call, text)
    return syntax.rewritten(source, edits) if edits else source


def checked(line: Spoken, text: str) -> None:
    """Raise LineFault where a text names a value in braces that the line does not have."""
    for name in _SLOT.findall(text):
        if name not in line.slots and f"{{{name}}}" not in line.text:
            raise LineFault(name, list(line.slots))


def plain(text: str) -> str:
    """A line for people who read it without its values."""
    return _SLOT.sub("…", text)


def _edit(call: ast.Call, text: str) -> list[tuple[ast.expr, str]]:
    line = _spoken(call.args[0])
    if text == line.text:
        return []
    if not text.strip() and isinstance(call.func, ast.Attribute) and call.func.attr == "say":
        return [(call, f"{ast.unparse(call.func.value)}.pause(0)")]  # what `say` does before it speaks
    checked(line, text)
    return [(call.args[0], _code(line, text))]


def _code(line: Spoken, text: str) -> str:
    """The text as code: literal pieces and the line's own expressions, joined."""
    pieces: list[str] = []
    for place, piece in enumerate(_SLOT.split(text)):
        if place % 2 == 0:
            pieces.append(_quoted(piece) if piece else "")
        else:
            pieces.append(line.slots.get(piece) or _quoted(f"{{{piece}}}"))
    return " + ".join(filter(None, pieces)) or '""'


def _quoted(text: str) -> str:
    """The text as a literal: JSON's strings are Python's."""
    return json.dumps(text, ensure_ascii=False)


def _calls(source: str, scene: str) -> tuple[ast.Call | None, list[ast.Call]]:
    found = [each for each in slices.parse(source).body if isinstance(each, ast.ClassDef) and each.name == scene]
    if not found:
        raise RequestFault(Fault("scene", f"The code has no scene called “{scene}”.", "Choose one of its scenes."))
    spoken = sorted(_own_calls(found[-1]), key=lambda call: (call.lineno, call.col_offset))
    headings = [call for call in spoken if _method(call) == "heading"]
    return headings[0] if len(headings) == 1 else None, [call for call in spoken if _method(call) == "say"]


def _own_calls(scene: ast.ClassDef) -> Iterator[ast.Call]:
    for node in ast.walk(scene):
        if isinstance(node, ast.Call) and _method(node) in {"say", "heading"} and node.args:
            yield node


def _method(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) else ""


def _spoken(argument: ast.expr) -> Spoken:
    names: dict[str, str] = {}  # code -> name
    written = ""
    for piece in _pieces(argument):
        if isinstance(piece, str):
            written += piece
            continue
        code = _as_text(piece)
        if code not in names:
            names[code] = _free(_name(piece), set(names.values()))
        written += f"{{{names[code]}}}"
    return Spoken(written, {name: code for code, name in names.items()})


def _pieces(node: ast.expr) -> Iterator[str | ast.expr]:
    """The literal texts of an argument and the expressions between them, in order."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for value in node.values:
            yield from _pieces(value)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _holds_text(node):
        yield from _pieces(node.left)
        yield from _pieces(node.right)
    else:
        yield node


def _holds_text(node: ast.BinOp) -> bool:
    """Whether a sum is one of texts: somewhere in it a text is written out."""
    return any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        or (isinstance(side, ast.BinOp) and _holds_text(side))
        for side in (node.left, node.right)
    )


def _as_text(piece: ast.expr) -> str:
    """The expression as code whose value is a text."""
    if isinstance(piece, ast.FormattedValue):
        return ast.unparse(ast.JoinedStr([piece]))
    code = ast.unparse(piece)
    return code if isinstance(piece, _PLAIN) else f"({code})"


def _name(piece: ast.expr) -> str:
    """What a value is called in a line: the thing it is of, as the code calls it."""
    inner = piece.value if isinstance(piece, ast.FormattedValue) else piece
    if isinstance(inner, ast.IfExp):
        return "wording"
    names = [node.id for node in ast.walk(inner) if isinstance(node, ast.Name)]
    meant = next((name for name in names if name not in _SAYS_NOTHING), "value")
    clean = re.sub(r"[^a-z0-9_]", "", meant.lower()).strip("_")
    return clean if clean[:1].isalpha() else "value"


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free
