"""Draws pictures in space as Manim's three-dimensional camera does, but all shapes of a picture at once.

Manim projects, shades, sorts and draws face by face. Here the faces of a picture are projected, shaded and laid out
together. What is not an ordinary shape is left to Manim's own code, at its place in the order; and a camera that
overrides any of Manim's own methods is left alone altogether.
"""

from __future__ import annotations

import itertools as it
from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Mobject, VMobject
from manim.camera import three_d_camera
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP, Camera
from manim.camera.three_d_camera import ThreeDCamera

from generation.engine.render.paths import CURVE_POINTS, Floats, pack
from generation.engine.render.space_brush import Shape, paint
from generation.engine.render.space_light import Indices, end_corners, lights

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
    "get_family",
    "get_fill_rgbas",
    "get_gradient_start_and_end_points",
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
    """Let every three-dimensional camera of this process draw this way."""
    setattr(ThreeDCamera, "capture_mobjects", _capture)  # noqa: B010 - for the type checker a method is no variable


def _capture(camera: Any, mobjects: Iterable[Mobject], **options: Any) -> None:
    """Stand in for `ThreeDCamera.capture_mobjects`."""
    if not _is_manims_own(camera) or not options.get("include_submobjects", True):
        _CAPTURE(camera, mobjects, **options)
        return
    camera.reset_rotation_matrix()
    _Picture(camera, Camera.get_mobjects_to_display(camera, mobjects, **options)).draw()


_CAMERAS_OWN = {name: getattr(ThreeDCamera, name) for name in CAMERA_METHODS} | {"capture_mobjects": _capture}
_SHAPES_OWN = {name: getattr(VMobject, name) for name in SHAPE_METHODS}


def _is_manims_own(camera: Any) -> bool:
    kind = type(camera)
    return (
        vars(three_d_camera)["get_shaded_rgb"] is _SHADE
        and _CAMERAS_OWN.keys().isdisjoint(vars(camera))
        and all(getattr(kind, name) is own for name, own in _CAMERAS_OWN.items())
    )


def _is_ordinary_kind(kind: type) -> bool:
    return issubclass(kind, VMobject) and all(getattr(kind, name) is own for name, own in _SHAPES_OWN.items())


class _Picture:
    """All that one picture shows. `ordinary` are the shapes drawn our way; arrays have a row for each of them."""

    def __init__(self, camera: Any, mobjects: list[Any]) -> None:
        self.camera = camera
        self.mobjects = mobjects
        kinds = {kind: _is_ordinary_kind(kind) for kind in {type(mobject) for mobject in mobjects}}
        self.ordinary = [mobject for mobject in mobjects if kinds[type(mobject)] and self._is_ordinary(mobject)]
        while not self._project():
            pass

    def _is_ordinary(self, shape: Any) -> bool:
        values = vars(shape)
        shaded = self.camera.should_apply_shading and shape.shade_in_3d
        return bool(
            len(shape.points)
            and len(shape.points) % CURVE_POINTS == 0
            and shape.n_points_per_cubic_curve == CURVE_POINTS
            and shape.tolerance_for_point_equality == TOLERANCE
            and not shape.background_image
            and shape.background_stroke_width == 0
            and (shaded or len(shape.fill_rgbas) == len(shape.stroke_rgbas) == 1)
            and shape not in self.camera.fixed_orientation_mobjects
            and _SHAPES_OWN.keys().isdisjoint(values)
        )

    def _project(self) -> bool:
        """Place all shapes on the picture; False if some can't be placed, which are no longer ordinary then."""
        self.sizes: Indices = np.array([len(shape.points) for shape in self.ordinary], np.intp)
        self.starts: Indices = np.cumsum(self.sizes) - self.sizes
        if not self.ordinary:
            return True
        self.points: Floats = np.concatenate([shape.points for shape in self.ordinary])
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            self.places: Floats = self.camera.project_points(self.points)
        fixed = self.camera.fixed_in_frame_mobjects
        if fixed:
            for i, shape in enumerate(self.ordinary):
                if shape in fixed:
                    mine = slice(self.starts[i], self.starts[i] + self.sizes[i])
                    self.places[mine] = self.points[mine]
        finite = np.logical_and.reduceat(np.isfinite(self.places).all(axis=1), self.starts)
        self.ordinary = list(it.compress(self.ordinary, finite))
        return bool(finite.all())

    def draw(self) -> None:
        """Paint everything, the farthest first."""
        shapes = self._shapes() if self.ordinary else []
        index = {id(shape): i for i, shape in enumerate(self.ordinary)}
        depth = self._depths()
        order = sorted(self.mobjects, key=lambda mobject: depth.get(id(mobject), np.inf))
        for is_ordinary, group in it.groupby(order, lambda mobject: id(mobject) in index):
            if is_ordinary:
                rows = [index[id(shape)] for shape in group]
                context = self.camera.get_cairo_context(self.camera.pixel_array)
                paint(context, [shapes[i] for i in rows], self.heights[rows])
                continue
            for kind, batch in it.groupby(group, self.camera.type_or_raise):
                self.camera.display_funcs[kind](list(batch), self.camera.pixel_array)

    def _depths(self) -> dict[int, float]:
        """How near each shaded shape, by its id, is to the camera."""
        rotation = self.camera.get_rotation_matrix().T
        centers = self._centers()
        groups: dict[int, Floats] = {}
        result = {}
        for mobject in self.mobjects:
            if not getattr(mobject, "shade_in_3d", False):
                continue
            group = getattr(mobject, "z_index_group", mobject)
            center = centers.get(id(group))
            if center is None:
                center = groups.get(id(group))
            if center is None:
                center = groups[id(group)] = mobject.get_z_index_reference_point()
            # One by one, since shapes equally far away are told apart by the last bit.
            result[id(mobject)] = np.dot(center, rotation)[2]
        return result

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
        shaded = np.array([bool(self.camera.should_apply_shading and shape.shade_in_3d) for shape in self.ordinary])
        added = np.zeros((len(self.ordinary), 2))
        some = np.flatnonzero(shaded)
        faces = [self.ordinary[i] for i in some]
        source = self.camera.light_source.points[0]
        added[some] = lights(faces, self.points, self.starts[some], self.sizes[some], source)
        ends = np.hstack([self.places[self.starts, :2], self.places[end_corners(self.starts, self.sizes), :2]])
        multiple = self.camera.cairo_line_width_multiple
        return [
            Shape(
                address,
                gradient if is_shaded else None,
                fill if fill[0][3] or fill[1][3] else None,
                stroke if shape.get_stroke_width() and (stroke[0][3] or stroke[1][3]) else None,
                shape.get_stroke_width() * multiple,
                LINE_JOIN_MAP[shape.joint_type],
                CAP_STYLE_MAP[shape.cap_style],
            )
            for shape, address, gradient, is_shaded, fill, stroke in zip(
                self.ordinary,
                self._paths.addresses,
                ends.tolist(),
                shaded.tolist(),
                _colors([shape.fill_rgbas for shape in self.ordinary], added),
                _colors([shape.stroke_rgbas for shape in self.ordinary], added),
                strict=True,
            )
        ]


def _colors(rgbas: list[Floats], added: Floats) -> list[Any]:
    """Both colours of each shape with its light, as blue, green, red, opacity."""
    counts = np.array([len(rows) for rows in rgbas])
    first = np.cumsum(counts) - counts
    both = np.concatenate(rgbas)[np.stack([first, first + (counts > 1)], axis=1)]
    both[:, :, :3] += added[:, :, None]
    result: list[Any] = both[:, :, [2, 1, 0, 3]].tolist()
    return result
