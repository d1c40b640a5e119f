"""Spares what Manim does again and again though nothing changed: settings and colours."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Camera, VMobject
from manim._config.utils import ManimConfig
from manim.constants import RendererType
from manim.mobject.geometry.arc import TipableVMobject
from manim.mobject.mobject import Mobject
from manim.mobject.opengl.opengl_compatibility import ConvertToOpenGL
from manim.mobject.opengl.opengl_mobject import OpenGLMobject
from manim.mobject.opengl.opengl_vectorized_mobject import OpenGLVMobject
from manim.utils.color import BLACK, ManimColor, color_to_int_rgba

from generation.engine.render.patches import Patch

RGBA = 4  # channels of a pixel
CAIRO_FOR_OPENGL: dict[type, type] = {OpenGLMobject: Mobject, OpenGLVMobject: VMobject}
OPENGL_FOR_CAIRO: dict[type, type] = {Mobject: OpenGLMobject, VMobject: OpenGLVMobject}


def _renderer(manims: property) -> property:
    """Give classes new bases only where they have others: each time makes Python forget what it knows of the class."""

    def set_renderer(self: Any, value: str | RendererType) -> None:
        renderer = RendererType(value.lower() if isinstance(value, str) else value)
        wanted = OPENGL_FOR_CAIRO if renderer == RendererType.OPENGL else CAIRO_FOR_OPENGL
        for cls in ConvertToOpenGL._converted_classes:
            if any(base in wanted for base in cls.__bases__):
                cls.__bases__ = tuple(wanted.get(base, base) for base in cls.__bases__)
        self._set_from_enum("renderer", renderer, RendererType)

    return property(manims.fget, set_renderer, manims.fdel, manims.__doc__)


def _generate_rgbas_array(manims: Any) -> Any:
    """Answer at once for one colour and one opacity, which is nearly always."""

    def generate_rgbas_array(self: VMobject, color: Any, opacity: Any) -> Any:
        if isinstance(color, list | tuple) and len(color) == 1 and not isinstance(color[0], float | int):
            (color,) = color
        if isinstance(opacity, np.ndarray) and opacity.shape == (1,):
            opacity = opacity[0]
        one = isinstance(opacity, float | int | None) and isinstance(color, ManimColor | str | None)
        if not one or self.get_sheen_factor() != 0:
            return manims(self, color, opacity)
        if not isinstance(color, ManimColor):
            color = BLACK if color is None else ManimColor(color)
        rgbas = np.empty((1, 4))
        rgbas[0] = color._internal_value
        rgbas[0, 3] = 0.0 if opacity is None else opacity
        return rgbas

    return generate_rgbas_array


def _has_tip(manims: Any) -> Any:
    """Spare the search for a tip where there never was one: Manim's ends in an exception that it makes and swallows."""

    def has_tip(self: Any) -> Any:
        return False if "tip" not in vars(self) and not hasattr(type(self), "tip") else manims(self)

    return has_tip


def _has_start_tip(manims: Any) -> Any:
    def has_start_tip(self: Any) -> Any:
        return False if "start_tip" not in vars(self) and not hasattr(type(self), "start_tip") else manims(self)

    return has_start_tip


def _init_background(manims: Any) -> Any:
    """Fill the background pixel by pixel, not byte by byte."""

    def init_background(self: Any) -> None:
        if self.background_image is not None or self.pixel_array_dtype != "uint8" or self.n_channels != RGBA:
            manims(self)
            return
        colour = np.zeros(RGBA, dtype=np.uint8)
        colour[:] = color_to_int_rgba(self.background_color, self.background_opacity)
        pixels = np.full(self.pixel_height * self.pixel_width, colour.view(np.uint32)[0], dtype=np.uint32)
        self.background = pixels.view(np.uint8).reshape(self.pixel_height, self.pixel_width, RGBA)

    return init_background


PATCHES = [
    Patch(Camera, "init_background", "fd1161dedfbf", _init_background),
    Patch(ManimConfig, "renderer", "828fe0b6f745", _renderer),
    Patch(TipableVMobject, "has_tip", "663bf62408ce", _has_tip),
    Patch(TipableVMobject, "has_start_tip", "8d2d30207c34", _has_start_tip),
    Patch(VMobject, "generate_rgbas_array", "1d83acf3c389", _generate_rgbas_array),
]
