"""Closes the outlines of a text's glyphs with whole arrays, where Manim goes point by point."""

from __future__ import annotations
import __future__

import ast
import inspect
import textwrap
from typing import Any

import numpy as np
from manim import Text

from generation.engine.render.patches import Patch


def close_outlines(text: Any) -> None:
    """End each part of each glyph with a line to where it began, as `Text` does."""
    per_curve = text.n_points_per_curve
    for glyph in text:
        points = glyph.points
        if len(points) == 0:
            continue
        before, after = points[per_curve - 1 : -1 : per_curve], points[per_curve::per_curve]
        breaks = ((np.flatnonzero((before != after).any(axis=1)) + 1) * per_curve).tolist()
        first, pieces = 0, []
        for last in (*breaks, len(points)):
            pieces += [points[first:last], _line(points[last - 1], points[first], per_curve)]
            first = last
        glyph.points = np.concatenate(pieces)


def _line(start: Any, end: Any, per_curve: int) -> Any:
    if per_curve == 3:
        return np.array([start, (start + end) / 2, end])
    return np.array([start, (start + start + end) / 3, (start + end + end) / 3, end])


def _init(manims: Any) -> Any:
    """Return `Text.__init__` with `close_outlines` for its loop over the glyphs; all else is Manim's own source."""
    lines, first = inspect.getsourcelines(manims)
    module = ast.parse(textwrap.dedent("".join(lines)))
    ast.increment_lineno(module, first - 1)
    function: Any = module.body[0]
    loops = [node for node in function.body if isinstance(node, ast.For) and ast.unparse(node.target) == "each"]
    (loop,) = loops
    call = ast.parse("close_outlines(self)").body[0]
    function.body[function.body.index(loop)] = ast.copy_location(call, loop)
    maker: Any = ast.parse("def make(__class__, close_outlines):\n    return __init__").body[0]
    maker.body.insert(0, function)
    module.body = [ast.copy_location(maker, function)]
    flags = __future__.annotations.compiler_flag
    made: dict[str, Any] = {}
    code = compile(ast.fix_missing_locations(module), inspect.getfile(manims), "exec", flags, dont_inherit=True)
    exec(code, manims.__globals__, made)  # noqa: S102 - Manim's own source
    quick = made["make"](Text, close_outlines)
    quick.__qualname__, quick.__doc__ = manims.__qualname__, manims.__doc__
    Text._original__init__ = quick  # what `Text.set_default()` goes back to
    return quick


PATCHES = [Patch(Text, "__init__", "70a2bf58dc91", _init)]
