"""Names that only changed: classes, functions, constants, colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import libcst as cst

from training.convert.code import Code, Rule
from training.convert.nodes import Arguments, argument, call, called, dotted, expression, text, tidy


class _Renamed(Rule):
    """Names of ManimGL and what stands in their place."""

    table: ClassVar[Mapping[str, str]] = {}

    def name(self, node: cst.Name, code: Code) -> cst.BaseExpression:
        """Put the new name or expression in the place of the old one."""
        new = self.table.get(node.value)
        if new is None or node.value in code.kinds.own:
            return node
        return expression(new)


class FormulaNames(_Renamed):
    """ManimGL's names for formulas and for text set by LaTeX; its `Tex` is mathematics."""

    differences = (1, 3, 6, 18)
    table: ClassVar[Mapping[str, str]] = {
        "OldTex": "MathTex", "TexMobject": "MathTex", "Tex": "MathTex", "OldTexText": "Tex", "TextMobject": "Tex",
        "TexText": "Tex", "SingleStringTex": "SingleStringMathTex", "SingleStringTexMobject": "SingleStringMathTex",
        "TexTextFromPresetString": "Tex", "StringMobject": "MathTex",
    }  # fmt: skip


class CreationNames(_Renamed):
    """Animations that go by another name and take the same arguments."""

    differences = (2, 38, 47, 58, 61)
    table: ClassVar[Mapping[str, str]] = {
        "ShowCreation": "Create", "WiggleOutThenIn": "Wiggle", "ParametricCurve": "ParametricFunction",
        "ParametricSurface": "Surface", "TransformMatchingParts": "TransformMatchingShapes", "TexMatrix": "Matrix",
        "VGroup3D": "VGroup", "SGroup": "VGroup", "VCube": "Cube", "VPrism": "Prism",
        "ExponentialValueTracker": "ValueTracker", "TransformMatchingStrings": "TransformMatchingShapes",
        "ArrowTip": "ArrowTriangleFilledTip",
    }  # fmt: skip

    def name(self, node: cst.Name, code: Code) -> cst.BaseExpression:
        """Say where the new animation is not quite the old one."""
        if node.value == "ExponentialValueTracker":
            code.leave(node.value, "the value now runs evenly", shows=False)
        return super().name(node, code)


class FrameConstants(_Renamed):
    """The size of the frame is asked of the configuration."""

    differences = (13, 22, 62)
    table: ClassVar[Mapping[str, str]] = {
        "FRAME_WIDTH": "config.frame_width", "FRAME_HEIGHT": "config.frame_height",
        "FRAME_X_RADIUS": "config.frame_x_radius", "FRAME_Y_RADIUS": "config.frame_y_radius",
        "FRAME_SHAPE": "(config.frame_width, config.frame_height)", "ASPECT_RATIO": "config.aspect_ratio",
        "TOP": "config.top", "BOTTOM": "config.bottom", "LEFT_SIDE": "config.left_side",
        "RIGHT_SIDE": "config.right_side", "DEFAULT_PIXEL_WIDTH": "config.pixel_width",
        "DEFAULT_PIXEL_HEIGHT": "config.pixel_height",
        "DEFAULT_RESOLUTION": "(config.pixel_width, config.pixel_height)",
        "DEFAULT_FRAME_RATE": "config.frame_rate", "SPACE_WIDTH": "config.frame_x_radius",
        "SPACE_HEIGHT": "config.frame_y_radius",
    }  # fmt: skip


class Constants(_Renamed):
    """Other constants and the functions that numpy has."""

    differences = (15, 23, 28)
    table: ClassVar[Mapping[str, str]] = {
        "DEG": "DEGREES", "RADIANS": "1", "EPSILON": "0.0001", "DEFAULT_ANIMATION_RUN_TIME": "1.0",
        "DEFAULT_ANIMATION_LAG_RATIO": "0", "DEFAULT_FADE_LAG_RATIO": "0", "DEFAULT_LAGGED_START_LAG_RATIO": "0.05",
        "DEFAULT_MOBJECT_TO_EDGE_BUFF": "DEFAULT_MOBJECT_TO_EDGE_BUFFER",
        "DEFAULT_MOBJECT_TO_MOBJECT_BUFF": "DEFAULT_MOBJECT_TO_MOBJECT_BUFFER", "get_norm": "np.linalg.norm",
        "cross": "np.cross", "fdiv": "np.true_divide", "arr_clip": "np.clip", "angle_between": "angle_between_vectors",
        "interpolate_color_by_hsl": "interpolate_color", "choose_using_cache": "choose", "gen_choose": "choose",
        "ORIGIN_POINT": "ORIGIN", "DEFAULT_LINE_SPACING_SCALE": "0.3", "TEX_MOB_SCALE_FACTOR": "0.05",
    }  # fmt: skip


class Colours(_Renamed):
    """Colours by names that are gone, and the colour class."""

    differences = (57,)
    table: ClassVar[Mapping[str, str]] = {
        "Color": "ManimColor", "GREEN_SCREEN": "PURE_GREEN", "LIGHT_GRAY": "LIGHT_GREY", "DARK_GRAY": "DARK_GREY",
        "BLUE_SCREEN": "PURE_BLUE", "DEFAULT_FILL_COLOR": "GREY_C", "DEFAULT_STROKE_COLOR": "GREY_A",
        "COLORMAP_3B1B": "[BLUE_E, GREEN, YELLOW, RED]", "X_COLOR": "GREEN_C", "Y_COLOR": "RED_C", "Z_COLOR": "BLUE_D",
    }  # fmt: skip

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`color_to_hex(c)` asks the colour; `Color(rgb=...)` takes the numbers."""
        if called(node) == "color_to_hex" and len(node.args) == 1:
            return expression(f"ManimColor({text(node.args[0].value)}).to_hex()")
        args = Arguments(node)
        if called(node) == "ManimColor" and args.get("rgb") is not None:
            value = args.take("rgb")
            return call("ManimColor", [text(value)]) if value is not None else node
        return node

    def attribute(self, node: cst.Attribute, code: Code) -> cst.BaseExpression:
        """The channels of a colour."""
        if called(node.value) == "ManimColor" and node.attr.value in {"rgb", "hex", "hex_l"}:
            return expression(f"{text(node.value)}.to_{node.attr.value[:3]}()")
        return node


class GetHex(Rule):
    """A colour's own methods."""

    differences = (57,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`.get_hex()` and `.get_rgb()` become `.to_hex()` and `.to_rgb()`."""
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in {"get_hex", "get_hex_l", "get_rgb"}:
            new = {"get_rgb": "to_rgb"}.get(node.func.attr.value, "to_hex")
            return node.with_changes(func=node.func.with_changes(attr=cst.Name(new)))
        return node


class SmallFunctions(Rule):
    """Functions that are one expression of numpy or of Python."""

    differences = (23, 28)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:  # noqa: PLR0911 - one answer for each function
        """Write the expression out."""
        name = called(node)
        if name in code.kinds.functions or not node.args:
            return node
        first = text(node.args[0].value)
        if name == "shuffled":
            return expression(f"random.sample(list({first}), len(list({first})))")
        if name == "norm_squared":
            return expression(f"np.dot({first}, {first})")
        if name == "rotation_matrix_transpose":
            return expression(f"{text(node.with_changes(func=cst.Name('rotation_matrix')))}.T")
        if name == "project_along_vector" and len(node.args) == 2:
            along = text(node.args[1].value)
            return expression(f"({first} - np.dot({first}, {along}) * {along})")
        if name in {"VGroup", "Group"} and isinstance(node.args[0].value, cst.GeneratorExp) and name == "Group":
            return node.with_changes(args=[argument(node.args[0].value, star="*")])
        return node


class OverShoot(Rule):
    """The rate functions of ManimGL that are not Manim's."""

    differences = ()

    def name(self, node: cst.Name, code: Code) -> cst.BaseExpression:
        """`overshoot` is nearly `ease_out_back`; `wiggle` and the others are the same."""
        if node.value == "overshoot" and "overshoot" not in code.kinds.functions:
            return expression("rate_functions.ease_out_back")
        return node


class NoRateFunction(Rule):
    """`rate_func=None` was a steady pace."""

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`linear` is the name of a steady pace."""
        args = Arguments(node)
        value = args.get("rate_func")
        if isinstance(value, cst.Name) and value.value == "None":
            args.put("rate_func", "linear")
        return args.call()


class OldAnimationKeywords(Rule):
    """Keywords of the oldest animations."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`submobject_mode` became `lag_ratio`; `rate_func` and `run_time` stayed."""
        args = Arguments(node)
        mode = args.take("submobject_mode")
        args.take("lag_factor")
        if mode is not None and "lagged" in text(mode):
            args.put("lag_ratio", "0.05")
        if mode is None and args.get("lag_factor") is None and not args.changed:
            return node
        return args.call()


class LocalName(Rule):
    """A name of Manim's that the file itself gives to something else would hide Manim's."""

    def module(self, node: cst.Module, code: Code) -> cst.Module:
        """Say when the file's own `config` would be asked for the frame."""
        if "config" in code.kinds.functions or "config" in code.kinds.classes:
            code.leave("config", "the file's own `config` hides Manim's")
        return node


def strip_star(node: cst.Call) -> cst.Call:
    """A call without its dict of keywords."""
    return node.with_changes(args=tidy([each for each in node.args if each.star != "**"]))


def is_name(node: cst.CSTNode | None, name: str) -> bool:
    """Whether a node is this plain name."""
    return dotted(node) == name
