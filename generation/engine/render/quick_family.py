"""Walks the families of Manim's objects, and measures them, without a generator for each object and a call for each
point."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Mobject, VMobject
from manim.utils import iterables

from generation.engine.render.patches import Patch

FLOAT = np.dtype(np.float64)


def _get_family(manims: Any) -> Any:
    """List families without a generator for each object; where one is met twice, Manim decides which of them counts."""

    def walk(mobject: Any, family: list[Any]) -> None:
        family.append(mobject)
        for part in mobject.submobjects:
            if part.submobjects:
                walk(part, family)
            else:
                family.append(part)

    def get_family(self: Any, recurse: bool = True) -> Any:
        if not self.submobjects:
            return [self]
        family: list[Any] = []
        try:
            walk(self, family)
        except RecursionError:  # something holds itself
            return manims(self, recurse)
        return family if len(set(family)) == len(family) else manims(self, recurse)

    return get_family


def _family_members_with_points(manims: Any) -> Any:
    """Ask each object for its number of points only where its class has an answer of its own."""
    count = Mobject.get_num_points

    def family_members_with_points(self: Any) -> Any:
        return [
            member
            for member in self.get_family()
            if (len(member.points) if type(member).get_num_points is count else member.get_num_points()) > 0
        ]

    return family_members_with_points


def _remove_list_redundancies(manims: Any) -> Any:
    def remove_list_redundancies(lst: Any) -> Any:
        result = list(dict.fromkeys(reversed(lst)))
        result.reverse()
        return result

    return remove_list_redundancies


def _get_points_defining_boundary(manims: Any) -> Any:
    """Take first and last point of all curves of an object at once."""
    anchors, starts, ends = VMobject.get_anchors, VMobject.get_start_anchors, VMobject.get_end_anchors

    def get_points_defining_boundary(self: Any) -> Any:
        found = []
        for member in self.get_family():
            cls = type(member)
            points, per_curve = member.points, getattr(member, "n_points_per_cubic_curve", 0)
            usual = getattr(cls, "get_anchors", None) is anchors and cls.get_start_anchors is starts
            if not (usual and cls.get_end_anchors is ends and points.dtype == FLOAT and points.shape[1:] == (3,)):
                return manims(self)
            count = len(points)
            if count == 1:
                found.append(points)
            elif count:
                if per_curve < 2 or count % per_curve:
                    return manims(self)
                found.append(points.reshape(-1, per_curve, 3)[:, :: per_curve - 1].reshape(-1, 3))
        return np.concatenate(found) if found else manims(self)

    return get_points_defining_boundary


def _get_critical_point(manims: Any) -> Any:
    measure = Mobject.get_extremum_along_dim

    def get_critical_point(self: Any, direction: Any) -> Any:
        if type(self).get_extremum_along_dim is not measure:
            return manims(self, direction)
        result = np.zeros(self.dim)
        points = self.get_points_defining_boundary()
        if len(points) == 0:
            return result
        for dim in range(self.dim):
            values, key = points[:, dim], direction[dim]
            if key < 0:
                result[dim] = np.minimum.reduce(values)
            elif key == 0:
                result[dim] = (np.minimum.reduce(values) + np.maximum.reduce(values)) / 2
            else:
                result[dim] = np.maximum.reduce(values)
        return result

    return get_critical_point


def _reduce_across_dimension(manims: Any) -> Any:
    """Let NumPy find the greatest and the least; where it could differ (zeros of both signs, not a number), Manim."""
    reducers: dict[Any, Any] = {max: np.maximum.reduce, min: np.minimum.reduce, np.max: np.maximum.reduce}
    reducers[np.min] = np.minimum.reduce

    def reduce_across_dimension(self: Any, reduce_func: Any, dim: int) -> Any:
        reducer = reducers.get(reduce_func)
        cls = type(self)
        if reducer is None or cls.reduce_across_dimension is not reduce_across_dimension or dim not in {0, 1, 2}:
            return manims(self, reduce_func, dim)
        found = []
        for member in self.get_family():
            if type(member).reduce_across_dimension is not reduce_across_dimension:
                return manims(self, reduce_func, dim)
            if len(member.points):
                found.append(reducer(member.points[:, dim]))
        if not found:
            return manims(self, reduce_func, dim)
        value = reduce_func(found)
        return value if abs(value) > 0 else manims(self, reduce_func, dim)

    return reduce_across_dimension


PATCHES = [
    Patch(Mobject, "get_family", "d0b2953532b4", _get_family),
    Patch(Mobject, "family_members_with_points", "fc69ac2726f2", _family_members_with_points),
    Patch(iterables, "remove_list_redundancies", "4fd66b34afb4", _remove_list_redundancies),
    Patch(VMobject, "get_points_defining_boundary", "13057979b204", _get_points_defining_boundary),
    Patch(Mobject, "get_critical_point", "8f9226390677", _get_critical_point),
    Patch(Mobject, "reduce_across_dimension", "ab90aae167a0", _reduce_across_dimension),
]
