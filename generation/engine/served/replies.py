"""A model's reply is data: one fenced Python module is taken out of it, and everything else in it is dropped."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any

from generation.engine import slices
from generation.engine.errors import RequestFault
from generation.engine.screening import shown
from generation.engine.types import Fault, SceneCard, Storyboard

LARGEST_SCENE = 16 << 10  # bytes; four scenes of them fit into a module
MOST_SCENES = 5
LENGTHS: Mapping[str, int] = {"title": 60, "shown": 400, "said": 300}
SECONDS = (4.0, 40.0)
# A reply of the wrong form is asked for once more; a second one shows that the model does not follow.
FORM = frozenset({"no_code", "two_blocks", "cut", "too_long", "leak"})
_MARK = re.compile(r" {0,3}```(.*)")

STORYBOARD_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": LENGTHS["title"]},
        "scenes": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_SCENES,
            "items": {
                "type": "object",
                "properties": {
                    **{name: {"type": "string", "minLength": 1, "maxLength": most} for name, most in LENGTHS.items()},
                    "seconds": {"type": "number", "minimum": SECONDS[0], "maximum": SECONDS[1]},
                },
                "required": [*LENGTHS, "seconds"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["title", "scenes"],
    "additionalProperties": False,
}


def fenced_module(reply: str, *, cut: bool = False) -> str:
    """The one fenced block of a reply. Raises RequestFault `no_code`, `two_blocks`, `cut` or `too_long`."""
    blocks, is_open = _fenced_blocks(reply)
    if len(blocks) > 1:
        raise _form("two_blocks", "The answer holds several fenced blocks.", "Answer with one fenced Python block.")
    if cut or is_open:
        raise _form("cut", "The code breaks off before its end.", "Write a shorter scene, and close the fence.")
    if not blocks or blocks[0][0].lower() not in {"", "python", "py", "python3"} or not blocks[0][1].strip():
        raise _form("no_code", "The answer holds no fenced Python block.", "Answer with one fenced Python block.")
    code = blocks[0][1]
    if len(code.encode("utf-8", "surrogatepass")) > LARGEST_SCENE:
        message = f"The code is longer than {LARGEST_SCENE >> 10} kB."
        raise _form("too_long", message, "Write a shorter scene.")
    return code.expandtabs(4)


def _fenced_blocks(reply: str) -> tuple[list[tuple[str, str]], bool]:
    """The fenced blocks as (language, text), and whether one is left open. Line by line: a reply may be hostile."""
    blocks: list[tuple[str, str]] = []
    language, lines, is_open = "", [""], False
    for line in reply.replace("\r\n", "\n").split("\n"):
        mark = _MARK.fullmatch(line)
        if mark is None:
            lines.append(line)
        elif not is_open:
            language, lines, is_open = (mark[1].split() or [""])[0], [], True
        elif not mark[1].strip():
            blocks.append((language, "".join(f"{each}\n" for each in lines)))
            is_open = False
        else:
            lines.append(line)
    return blocks, is_open


def require_scene(code: str, name: str) -> None:
    """Raise RequestFault `syntax`, or `shape` where the module holds not exactly the one scene asked for."""
    found = slices.scene_names(code)
    if found != (name,):
        held = ", ".join(found) or "no scene"
        message = f"The module must hold exactly one scene, called {name}; it holds {held}."
        raise RequestFault(Fault("shape", message, "Derive one class from Stage and give it a construct method."))
    for statement in slices.parse(code).body:
        if not isinstance(statement, _AT_THE_TOP) and not _is_text(statement):
            message = f"Line {statement.lineno} does something at the top of the module."
            hint = "Keep only imports, knobs, constants, functions and the scene there."
            raise RequestFault(Fault("shape", message, hint, line=statement.lineno))


_AT_THE_TOP = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.FunctionDef, ast.ClassDef)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def storyboard_of(reply: str) -> Storyboard:
    """The storyboard in a model's reply. Raises RequestFault `storyboard`."""
    blocks, _ = _fenced_blocks(reply)
    try:
        # Not strict: grammars of real servers let raw control characters into strings; what is shown has none.
        found = json.loads(blocks[0][1] if len(blocks) == 1 else reply, strict=False)
    except (ValueError, RecursionError) as error:
        raise _storyboard("It is not JSON.") from error
    return read_storyboard(found)


def read_storyboard(found: Any) -> Storyboard:
    """A storyboard as the schema has it, from a model or from a teacher who changed it. Raises RequestFault.

    The names of the scenes are made here, so that none can mean anything else in the code.
    """
    scenes = found.get("scenes") if isinstance(found, dict) else None
    if not isinstance(scenes, list) or not 1 <= len(scenes) <= MOST_SCENES:
        raise _storyboard(f"It needs 1 to {MOST_SCENES} scenes.")
    title = _text(found, "title", "The storyboard")
    cards: list[SceneCard] = []
    for number, scene in enumerate(scenes, start=1):
        where = f"Scene {number}"
        if not isinstance(scene, dict):
            raise _storyboard(f"{where} is no scene.")
        said = {name: _text(scene, name, where) for name in LENGTHS}
        cards.append(SceneCard(name=f"Scene{number}{_camel(said['title'])}", seconds=_seconds(scene, where), **said))
    storyboard = Storyboard(title, tuple(cards))
    shown.require_fit(title, storyboard, "")
    return storyboard


def _text(found: Mapping[str, Any], name: str, where: str) -> str:
    text = found.get(name)
    if not isinstance(text, str) or not text.strip():
        raise _storyboard(f"{where} has no text “{name}”.")
    text = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    if len(text) > LENGTHS[name]:
        raise _storyboard(f"{where}: “{name}” is longer than {LENGTHS[name]} characters.")
    return text


def _seconds(scene: Mapping[str, Any], where: str) -> float:
    seconds = scene.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not SECONDS[0] <= seconds <= SECONDS[1]:
        raise _storyboard(f"{where} must last {SECONDS[0]:g} to {SECONDS[1]:g} seconds.")
    return float(seconds)


def _camel(title: str) -> str:
    return "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", title))[:40]


def _form(code: str, message: str, hint: str) -> RequestFault:
    return RequestFault(Fault(code, message, hint))


def _storyboard(message: str) -> RequestFault:
    return RequestFault(Fault("storyboard", message, "Change the storyboard and try again."))
