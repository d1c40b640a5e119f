"""Draws pictures in space as Manim's three-dimensional camera does, but all shapes of a picture at once.

Manim projects, shades, sorts and draws face by face. Here the faces of a picture are projected, shaded and laid out
together. What is not an ordinary shape is left to Manim's own code, at its place in the order; and a camera that
overrides any of Manim's own methods is left alone altogether.
"""

from __future__ import annotations

import itertools as it
import operator
import types
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from manim import Mobject, VMobject
from manim.camera import three_d_camera
from manim.camera.three_d_camera import ThreeDCamera

from generation.engine.render.paths import CURVE_POINTS, Floats, pack
from generation.engine.render.space_brush import Shape, paint
from generation.engine.render.space_light import Indices, end_corners, lights

MOST_COLORS = 2  # of a gradient
SPECIAL = -1  # the row of what is left to Manim
NOWHERE = np.zeros(3)
TOLERANCE = 1e-6  # Manim's tolerance_for_point_equality

# What our way stands for: a camera or shape with a method of its own by one of these names goes Manim's way.
CAMERA_METHODS = (
    "apply_fill",
    "apply_stroke",
    "capture_mobjects",
    "display_multiple_non_background_colored_vmobjects",
    "display_multiple_vectorized_mobjects",
    "display_vectorized",
    "generate_rotation_matrix",
    "get_cairo_context",
    "get_fill_rgbas",
    "get_mobjects_to_display",
    "get_rotation_matrix",
    "get_stroke_rgbas",
    "modified_rgbas",
    "project_point",
    "project_points",
    "reset_rotation_matrix",
    "set_cairo_context_color",
    "set_cairo_context_path",
    "transform_points_pre_display",
    "type_or_raise",
)
SHAPE_METHODS = (
    "consider_points_equals_2d",
    "get_anchors",
    "get_background_image",
    "get_center",
    "get_critical_point",
    "get_end_anchors",
    "get_extremum_along_dim",
    "get_fill_rgbas",
    "get_num_points",
    "get_points_defining_boundary",
    "get_start_anchors",
    "get_stroke_rgbas",
    "get_stroke_width",
    "get_subpath_split_indices_from_points",
    "get_z_index_reference_point",
)


_SHADE = vars(three_d_camera)["get_shaded_rgb"]
_CAPTURE = ThreeDCamera.capture_mobjects


def install() -> None:
    """Let every three-dimensional camera of this process draw this way.

    Manim's methods are looked up here and not before: by now `quick` may have put its equals in their place.
    """
    setattr(ThreeDCamera, "capture_mobjects", _capture)  # noqa: B010 - for the type checker a method is no variable
    _CAMERAS_OWN.update((name, getattr(ThreeDCamera, name)) for name in CAMERA_METHODS)
    _SHAPES_OWN.update((name, getattr(VMobject, name)) for name in SHAPE_METHODS)


def _capture(camera: Any, mobjects: Iterable[Mobject], **options: Any) -> None:
    """Stand in for `ThreeDCamera.capture_mobjects`."""
    if not _is_manims_own(camera) or options not in ({}, {"include_submobjects": True}):
        _CAPTURE(camera, mobjects, **options)
        return
    camera.reset_rotation_matrix()
    _Picture(camera, _members(camera, mobjects)).draw()


def _members(camera: Any, mobjects: Iterable[Any]) -> list[Any]:
    """What `Camera.get_mobjects_to_display` returns: all that has points, each once, where it comes last."""
    found: list[Any] = []
    for mobject in mobjects:
        if mobject.submobjects or type(mobject).family_members_with_points is not Mobject.family_members_with_points:
            found += mobject.family_members_with_points()
        elif len(mobject.points):
            found.append(mobject)
    members = list(dict.fromkeys(reversed(found)))[::-1]
    return sorted(members, key=_Z_INDEX) if camera.use_z_index else members


_Z_INDEX = operator.attrgetter("z_index")
_CAMERAS_OWN: dict[str, Any] = {}
_GRADIENT = VMobject.get_gradient_start_and_end_points
_SHAPES_OWN: dict[str, Any] = {}


def _is_manims_own(camera: Any) -> bool:
    kind = type(camera)
    return (
        vars(three_d_camera)["get_shaded_rgb"] is _SHADE
        and _CAMERAS_OWN.keys().isdisjoint(vars(camera))
        and all(getattr(kind, name) is own for name, own in _CAMERAS_OWN.items())
    )


def is_ordinary_kind(kind: type) -> bool:
    """Whether shapes of this class are drawn this way, because it overrides nothing that Manim's camera would ask."""
    return (
        issubclass(kind, VMobject)
        and kind.get_family is Mobject.get_family
        and all(getattr(kind, name) is own for name, own in _SHAPES_OWN.items())
    )


class _Picture:
    """All that one picture shows. `ordinary` are the shapes drawn our way; arrays have a row for each of them."""

    def __init__(self, camera: Any, mobjects: list[Any]) -> None:
        self.camera = camera
        self.mobjects = mobjects
        kinds = {kind: is_ordinary_kind(kind) for kind in {type(mobject) for mobject in mobjects}}
        self.ordinary = [mobject for mobject in mobjects if kinds[type(mobject)] and self._is_ordinary(mobject)]
        while not self._project():
            pass

    def _is_ordinary(self, shape: Any) -> bool:
        return bool(
            len(shape.points)
            and len(shape.points) % CURVE_POINTS == 0
            and shape.n_points_per_cubic_curve == CURVE_POINTS
            and shape.tolerance_for_point_equality == TOLERANCE
            and not shape.background_image
            and shape.background_stroke_width == 0
            and len(shape.fill_rgbas) <= MOST_COLORS
            and len(shape.stroke_rgbas) <= MOST_COLORS
            and shape not in self.camera.fixed_orientation_mobjects
            and _SHAPES_OWN.keys().isdisjoint(vars(shape))
        )

    def _project(self) -> bool:
        """Place all shapes on the picture; False if some can't be placed, which are no longer ordinary then."""
        self.sizes: Indices = np.array([len(shape.points) for shape in self.ordinary], np.intp)
        self.starts: Indices = np.cumsum(self.sizes) - self.sizes
        if not self.ordinary:
            return True
        self.points: Floats = np.concatenate([shape.points for shape in self.ordinary])
        self.places = self._placed(self.points)
        fixed = self.camera.fixed_in_frame_mobjects
        for i, shape in enumerate(self.ordinary) if fixed else ():
            if shape in fixed:
                mine = slice(self.starts[i], self.starts[i] + self.sizes[i])
                self.places[mine] = self.points[mine]
        finite = np.logical_and.reduceat(np.isfinite(self.places).all(axis=1), self.starts)
        self.ordinary = list(it.compress(self.ordinary, finite))
        return bool(finite.all())

    def _placed(self, points: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            places: Floats = self.camera.project_points(points)
        return places

    def draw(self) -> None:
        """Paint everything, the farthest first."""
        depths = self._depths()
        order = sorted(range(len(self.mobjects)), key=depths.__getitem__)
        row = {id(shape): i for i, shape in enumerate(self.ordinary)}
        rows = [row.get(id(mobject), SPECIAL) for mobject in self.mobjects]
        shapes = self._shapes() if self.ordinary else []
        for is_ordinary, group in it.groupby(order, lambda i: rows[i] != SPECIAL):
            if is_ordinary:
                mine = [rows[i] for i in group]
                context = self.camera.get_cairo_context(self.camera.pixel_array)
                paint(context, [shapes[i] for i in mine], self.heights[mine])
                continue
            for kind, batch in it.groupby((self.mobjects[i] for i in group), self.camera.type_or_raise):
                self.camera.display_funcs[kind](list(batch), self.camera.pixel_array)

    def _depths(self) -> list[float]:
        """How near each of `mobjects` is to the camera; what is not shaded comes last."""
        centers = self._centers()
        found: list[Any] = []
        for mobject in self.mobjects:
            if not getattr(mobject, "shade_in_3d", False):
                found.append(NOWHERE)
                continue
            key = id(getattr(mobject, "z_index_group", mobject))
            if key not in centers:
                centers[key] = mobject.get_z_index_reference_point()
            found.append(centers[key])
        # A stack of one-row matrices: it is multiplied row by row, to the same last bit as Manim's single rows. Shapes
        # equally far away are told apart by it.
        depths = np.matmul(np.array(found).reshape(-1, 1, 3), self.camera.get_rotation_matrix().T)[:, 0, 2]
        return [np.inf if center is NOWHERE else depth for center, depth in zip(found, depths.tolist(), strict=True)]

    def _centers(self) -> dict[int, Floats]:
        """Middles of the ordinary shapes without parts, by their id."""
        if not self.ordinary:
            return {}
        anchors = self.points.reshape(-1, CURVE_POINTS, 3)[:, [0, 3]]
        first = self.starts // CURVE_POINTS
        lowest = np.minimum.reduceat(anchors.min(axis=1), first)
        highest = np.maximum.reduceat(anchors.max(axis=1), first)
        middles = (lowest + highest) / 2
        return {id(s): middle for s, middle in zip(self.ordinary, middles, strict=True) if not s.submobjects}

    def _shapes(self) -> list[Shape]:
        self._paths = pack(self.places, self.sizes, TOLERANCE)
        ys = self.places[:, 1]
        self.heights = np.stack([np.minimum.reduceat(ys, self.starts), np.maximum.reduceat(ys, self.starts)], axis=1)
        shading = self.camera.should_apply_shading
        shaded = np.array([bool(shading and shape.shade_in_3d) for shape in self.ordinary])
        added = np.zeros((len(self.ordinary), 2))
        some = np.flatnonzero(shaded)
        source = self.camera.light_source.points[0]
        faces = [self.ordinary[i] for i in some]
        added[some] = lights(faces, self.points, self.starts[some], self.sizes[some], source)
        multiple = self.camera.cairo_line_width_multiple
        return [
            Shape(address, ends, fill, stroke, width * multiple, shape.joint_type, shape.cap_style)
            for shape, width, address, ends, fill, stroke in zip(
                self.ordinary,
                [shape.get_stroke_width() for shape in self.ordinary],
                self._paths.addresses,
                self._ends(),
                _colors([shape.fill_rgbas for shape in self.ordinary], shaded, added),
                _colors([shape.stroke_rgbas for shape in self.ordinary], shaded, added),
                strict=True,
            )
        ]

    def _ends(self) -> list[list[float]]:
        """Where the gradient of each shape begins and ends on the picture: x, y, x, y."""
        corners = np.stack([self.starts, end_corners(self.starts, self.sizes)], axis=1)
        ends = self.places[corners, :2].reshape(-1, 4)
        kinds = {type(shape) for shape in self.ordinary}
        manims = {kind for kind in kinds if kind.get_gradient_start_and_end_points is _GRADIENT}
        asked: dict[Any, list[int]] = {}
        for i, shape in enumerate(self.ordinary):
            own = vars(shape).get("get_gradient_start_and_end_points")
            if shape.shade_in_3d:
                from_corners = own is None and type(shape) in manims
            else:
                from_corners = len(shape.fill_rgbas) == len(shape.stroke_rgbas) == 1  # no gradient at all
            if not from_corners:
                key = shape in self.camera.fixed_in_frame_mobjects, _likeness(own, i)
                asked.setdefault(key, []).append(i)
        for (is_fixed, _), rows in asked.items():
            points = np.array(self.ordinary[rows[0]].get_gradient_start_and_end_points())
            ends[rows] = (points if is_fixed else self._placed(points))[:, :2].ravel()
        result: list[list[float]] = ends.tolist()
        return result


def _likeness(function: Any, otherwise: int) -> Any:
    """Something equal for functions that say the same: of one piece of code, over the same objects."""
    if not isinstance(function, types.FunctionType) or function.__defaults__ or function.__kwdefaults__:
        return otherwise
    over = tuple(id(cell.cell_contents) for cell in function.__closure__ or ())
    return id(function.__code__), id(function.__globals__), over


def _colors(rgbas: list[Floats], shaded: npt.NDArray[np.bool_], added: Floats) -> list[Any]:
    """The one or two colours of each shape with its light, as blue, green, red, opacity; None if it can't be seen."""
    counts = np.array([len(rows) for rows in rgbas])
    first = np.cumsum(counts) - counts
    both = np.concatenate(rgbas)[np.stack([first, first + (counts > 1)], axis=1)]
    both[:, :, :3] += added[:, :, None]
    seen = both[:, :, 3].any(axis=1)
    single = (counts == 1) & ~shaded
    return [
        (colors[:1] if is_single else colors) if is_seen else None
        for colors, is_single, is_seen in zip(
            both[:, :, [2, 1, 0, 3]].tolist(), single.tolist(), seen.tolist(), strict=True
        )
    ]
