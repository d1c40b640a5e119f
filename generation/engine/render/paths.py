"""Hands whole paths to cairo in one call each, instead of one Python call per curve.

A path is laid out in memory as cairo itself lays it out (`cairo_path_t`), for many objects at once with numpy, and
given to `cairo_append_path`. pycairo has no door to that function for paths made elsewhere, so it is called through
ctypes, but only where a check at import found cairo's pointer in pycairo's object; otherwise the same memory is
replayed through pycairo's own calls.
"""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import cairo
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

MOVE, CURVE, CLOSE = 0, 2, 3  # cairo_path_data_type_t
RELATIVE = 1e-5  # numpy.isclose's, by which Manim decides whether two points are the same
CURVE_POINTS = 4  # Manim stores each cubic curve as anchor, handle, handle, anchor


class Paths:
    """The paths of several objects, as cairo keeps paths in memory.

    `addresses[i]` stands for the path of object `i` as long as this object lives.
    """

    def __init__(self, elements: Floats, starts: npt.NDArray[np.intp], counts: npt.NDArray[np.intp]) -> None:
        self._elements = elements
        headers = np.zeros((len(starts), 3), np.int64)  # status; pointer to the elements; their number
        headers[:, 1] = elements.ctypes.data + starts * elements.strides[0]
        headers[:, 2] = counts
        self._headers = headers
        first = headers.ctypes.data
        self.addresses: list[int] = list(range(first, first + headers.nbytes, headers.strides[0]))


def pack(points: Floats, sizes: Sequence[int] | npt.NDArray[np.intp], tolerance: float = 1e-6) -> Paths:
    """Lay out the outlines of `len(sizes)` objects, as Manim's camera would draw them.

    `points` has shape (sum of sizes, 2 or more): the cubic curves of one object after the other, in the plane of the
    picture, finite. `sizes` counts the points of each. A subpath ends where a curve doesn't start where the one before
    it ended, give or take `tolerance` (Manim's `tolerance_for_point_equality`); it is closed if it ends where it began.
    """
    counts = np.asarray(sizes, np.intp)
    stops = np.cumsum(counts)
    curves_of = counts // CURVE_POINTS
    first = np.cumsum(curves_of) - curves_of  # of each object, among all curves
    ends, curves = _whole_curves(points, counts, stops, curves_of, tolerance)
    total = len(curves)
    opens = np.ones(total + 1, bool)  # one more, so that an object without curves may stand last
    if total:
        opens[1:total] = ~_same(curves[:-1, 3], curves[1:, 0], tolerance)
    opens[first] = True
    begins = np.flatnonzero(opens[:total])
    lasts = np.append(begins[1:], total) - 1
    closes = _same(curves[begins, 0], ends[lasts], tolerance)
    # A subpath has two elements before its curves, a curve has four, a closing has one.
    subpath = np.cumsum(opens) - 1
    closed_before = np.concatenate([[0], np.cumsum(closes)])
    at = CURVE_POINTS * np.arange(total + 1) + 2 * (subpath + 1) + closed_before[subpath]
    elements = np.empty((int(at[-1]) - 2, 2))
    heads = elements.view(np.int32)  # a head is a type and a length of 32 bits each; a point fills the whole row
    heads[at[:total], :2] = (CURVE, CURVE_POINTS)
    for i in range(1, CURVE_POINTS):
        elements[at[:total] + i] = curves[:, i]
    heads[at[begins] - 2, :2] = (MOVE, 2)
    elements[at[begins] - 1] = curves[begins, 0]
    heads[at[lasts[closes]] + CURVE_POINTS, :2] = (CLOSE, 1)
    starts = at[first] - 2
    return Paths(elements, starts, np.append(starts[1:], len(elements)) - starts)


def _whole_curves(
    points: Floats,
    counts: npt.NDArray[np.intp],
    stops: npt.NDArray[np.intp],
    curves_of: npt.NDArray[np.intp],
    tolerance: float,
) -> tuple[Floats, Floats]:
    """Return the point at which each curve ends for the question of closing, and the curves, of shape (n, 4, 2).

    Points left over at the end of an object draw nothing, but if they go on from the last curve, Manim takes the very
    last one for the end of the subpath.
    """
    left = counts % CURVE_POINTS
    odd = np.flatnonzero(left)
    if not len(odd):
        curves = points[:, :2].reshape(-1, CURVE_POINTS, 2)
        return curves[:, 3], curves
    kept = np.ones(len(points), bool)
    for i in odd:
        kept[stops[i] - left[i] : stops[i]] = False
    curves = points[kept, :2].reshape(-1, CURVE_POINTS, 2)
    ends = curves[:, 3].copy()
    after = np.cumsum(curves_of)
    for i in odd[curves_of[odd] > 0]:
        if _same(ends[after[i] - 1], points[stops[i] - left[i], :2], tolerance):
            ends[after[i] - 1] = points[stops[i] - 1, :2]
    return ends, curves


def _same(first: Floats, second: Floats, tolerance: float) -> Any:
    """Where two points of the plane are the same to Manim."""
    return (np.abs(first - second) <= tolerance + RELATIVE * np.abs(second)).all(axis=-1)


def appender(context: Any) -> Callable[[int], None]:
    """Return a function that adds the path at an address of `Paths.addresses` to the current path of `context`."""
    if _APPEND is None:
        return partial(_replay, context)
    return partial(_APPEND, _pointer(context))


def _pointer(context: Any) -> int:
    """The address of the `cairo_t` that pycairo's object wraps, which it keeps right after Python's own head."""
    return int(ctypes.c_size_t.from_address(id(context) + object.__basicsize__).value)


def _replay(context: Any, address: int) -> None:
    """Do with pycairo's calls what `cairo_append_path` does."""
    _, data, count = (int(word) for word in (ctypes.c_int64 * 3).from_address(address))
    if not count:
        return
    elements = np.ctypeslib.as_array((ctypes.c_double * (2 * count)).from_address(data)).reshape(-1, 2)
    heads = elements.view(np.int32)
    at = 0
    while at < count:
        kind, length = (int(word) for word in heads[at, :2])
        values = elements[at + 1 : at + length].ravel().tolist()
        if kind == MOVE:
            context.move_to(*values)
        elif kind == CURVE:
            context.curve_to(*values)
        else:
            context.close_path()
        at += length


def _find_append() -> Callable[[int, int], None] | None:
    """Return cairo's function, or None where pycairo doesn't keep its pointer where we look for it.

    The check makes a context of its own through pycairo's C interface, so its pointer is known, and compares. Only then
    is the function tried on it.
    """
    try:
        library = ctypes.CDLL(
            importlib.import_module("cairo._cairo").__file__
        )  # finds the very cairo that pycairo is linked with
        create, append, destroy_surface = library.cairo_create, library.cairo_append_path, library.cairo_surface_destroy
        make_surface = library.cairo_image_surface_create
    except (AttributeError, OSError):
        return None
    make_surface.restype = create.restype = ctypes.c_void_p
    create.argtypes = destroy_surface.argtypes = [ctypes.c_void_p]
    append.argtypes, append.restype = [ctypes.c_size_t, ctypes.c_size_t], None
    pycapsule = ctypes.pythonapi.PyCapsule_GetPointer
    pycapsule.restype, pycapsule.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    table = (ctypes.c_void_p * 2).from_address(pycapsule(cairo.CAPI, b"cairo.CAPI"))
    if table[0] != id(cairo.Context):
        return None
    wrap = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(table[1] or 0)
    surface = make_surface(0, 1, 1)
    pointer = create(surface)
    destroy_surface(surface)  # the context holds it
    context = wrap(pointer, id(cairo.Context), None)
    if _pointer(context) != pointer:
        return None
    wanted = cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 1, 1))
    corner = np.array([[0.0, 0], [1, 0], [1, 1], [0, 0], [5, 5], [6, 6], [7, 7], [8, 9]])
    paths = pack(corner, [len(corner)])
    append(pointer, paths.addresses[0])
    _replay(wanted, paths.addresses[0])
    return append if str(context.copy_path()) == str(wanted.copy_path()) else None


_APPEND = _find_append()
