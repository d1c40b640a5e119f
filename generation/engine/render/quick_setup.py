"""Spares what Manim does again and again though nothing changed: settings and colours."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VMobject
from manim._config.utils import ManimConfig
from manim.constants import RendererType
from manim.mobject.mobject import Mobject
from manim.mobject.opengl.opengl_compatibility import ConvertToOpenGL
from manim.mobject.opengl.opengl_mobject import OpenGLMobject
from manim.mobject.opengl.opengl_vectorized_mobject import OpenGLVMobject
from manim.utils.color import ManimColor

from generation.engine.render.patches import Patch

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
        if type(color) is ManimColor and type(opacity) in {float, int, type(None)} and self.get_sheen_factor() == 0:
            rgbas = np.empty((1, 4))
            rgbas[0] = color._internal_value
            rgbas[0, 3] = 0.0 if opacity is None else opacity
            return rgbas
        return manims(self, color, opacity)

    return generate_rgbas_array


PATCHES = [
    Patch(ManimConfig, "renderer", "828fe0b6f745", _renderer),
    Patch(VMobject, "generate_rgbas_array", "1d83acf3c389", _generate_rgbas_array),
]
