"""The part of the API index that a scene is likely to need: true signatures instead of what a model remembers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from generation.engine.apiindex import Index, index
from generation.engine.policy.names import names

MOST_CHOSEN = 14
# What nearly every scene uses; the same for every request, so that a server's prefix cache holds it.
EVERYDAY = (
    "Dot", "Line", "Arrow", "Circle", "Rectangle", "Square", "Polygon", "VGroup", "Text", "MathTex", "DecimalNumber",
    "Brace", "Axes", "NumberLine", "Create", "Write", "FadeIn", "FadeOut", "Transform", "ReplacementTransform",
    "LaggedStart", "Indicate", "MoveAlongPath", "Rotate", "ValueTracker", "always_redraw",
)  # fmt: skip
MEMBERS = {
    "Mobject": (
        "shift", "move_to", "next_to", "align_to", "to_edge", "scale", "rotate", "set_color", "arrange", "copy",
        "add_updater", "get_center", "get_top",
    ),
    "Axes": ("plot", "c2p", "p2c", "get_area", "get_riemann_rectangles", "get_vertical_line", "get_graph_label"),
    "Scene": ("play", "wait", "add", "remove"),
}  # fmt: skip
# A teacher's word, and what Manim calls it. Words that are part of Manim's names need none.
MEANT = {
    "graph": "Axes plot ParametricFunction", "curve": "ParametricFunction", "derivative": "TangentLine plot",
    "slope": "TangentLine SecantLine", "tangent": "TangentLine", "integral": "get_riemann_rectangles get_area",
    "area": "get_area get_riemann_rectangles", "wave": "FunctionGraph ParametricFunction", "matrix": "Matrix",
    "vector": "Vector Arrow ArrowVectorField", "field": "ArrowVectorField StreamLines", "bars": "BarChart",
    "chart": "BarChart", "histogram": "BarChart", "network": "Graph", "tree": "Graph", "nodes": "Graph",
    "vertices": "Graph", "angle": "Angle RightAngle", "triangle": "Polygon Triangle", "orbit": "Ellipse MoveAlongPath",
    "path": "TracedPath MoveAlongPath", "trace": "TracedPath", "table": "Table MathTable", "sphere": "Sphere",
    "surface": "Surface", "cube": "Cube", "plane": "NumberPlane", "complex": "ComplexPlane", "grid": "NumberPlane",
    "number": "NumberLine", "sector": "Sector AnnularSector", "pie": "Sector", "arc": "Arc", "code": "Code",
    "spring": "ParametricFunction", "colour": "set_color", "highlight": "Indicate Circumscribe",
}  # fmt: skip
# Manim's networks have the name of what a teacher calls the curve of a function.
_ONLY_WHEN_MEANT = frozenset({"Graph", "DiGraph"})
_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def everyday() -> str:
    """The signatures every request carries."""
    known = index()
    lines = [_short(known, name) for name in EVERYDAY]
    lines += [_member(known, of, name) for of, found in MEMBERS.items() for name in found]
    return "\n".join(lines)


def chosen_for(*texts: str) -> str:
    """The signatures that what is shown and said seems to need, beyond the everyday ones; empty where none does."""
    known = index()
    words = {_singular(word) for text in texts for word in re.findall(r"[a-z]{3,}", text.lower())}
    meant = {name for word in words for name in MEANT.get(word, "").split()}
    scored = {name: _score(name, words, meant) for name in _open_names()}
    best = sorted((name for name, score in scored.items() if score >= 1), key=lambda name: (-scored[name], name))
    lines = [_short(known, name) for name in best if name not in EVERYDAY][:MOST_CHOSEN]
    lines += [_member(known, "Axes", name) for name in sorted(meant) if known.method("Axes", name)]
    return "\n".join(dict.fromkeys(lines))


def signatures_named(names_on_line: Iterable[str]) -> list[str]:
    """The true signatures of what a line of code names: for the message about what is wrong there."""
    known = index()
    found = []
    for name in dict.fromkeys(names_on_line):
        if name in known.exported and (name in known.classes or name in known.functions):
            found.append(_short(known, name))
        elif signature := known.method("Axes", name) or known.method("VMobject", name) or known.method("Stage", name):
            found.append(f".{name}{signature.shown}")
    return found


@functools.cache
def _open_names() -> tuple[str, ...]:
    """Classes and functions of Manim that scenes may use."""
    known = index()
    return tuple(sorted(name for name in names().manim if name in known.classes or name in known.functions))


def _score(name: str, words: set[str], meant: set[str]) -> float:
    if name in meant:
        return 2.0
    if name in _ONLY_WHEN_MEANT:
        return 0.0
    parts = {_singular(part.lower()) for part in _PART.findall(name) if len(part) > 2}
    return len(parts & words) / len(parts) if parts else 0.0


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and word not in MEANT else word


def _short(known: Index, name: str) -> str:
    """One line: a name with its own parameters. What `**kwargs` may be is the same for nearly all and said once."""
    made = known.classes[name].init if name in known.classes else known.functions[name]
    return f"{name}{made.shown if made else '()'}"


def _member(known: Index, of: str, name: str) -> str:
    signature = known.method(of, name)
    return f"{of}.{name}{signature.shown if signature else '(...)'}"
