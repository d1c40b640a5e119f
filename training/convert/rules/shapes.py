"""Shapes: arguments in other places and keywords by other names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import libcst as cst

from generation.engine.apiindex import index
from training.convert.code import Code, Rule
from training.convert.nodes import (
    Arguments,
    argument,
    called,
    entries,
    expression,
    literal,
    number,
    string,
    text,
    times,
)
from training.extract.vocabulary import vocabulary

# Calls whose arguments are handled by rules of their own, or taken in any number.
_APART = frozenset({"VGroup", "Group", "MathTex", "Tex", "FadeIn", "FadeOut", "LaggedStartMap", "Broadcast",
"Scene", "Text",
                    "Axes", "ThreeDAxes", "NumberPlane", "ComplexPlane", "Surface", "Code", "BarChart"})  # fmt: skip


class Positions(Rule):
    """Arguments without a name that stand in another order now: `Rectangle(4, 3)` is wide and high."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Give them the names that ManimGL has for those places."""
        name = called(node)
        if name in _APART or name in code.kinds.classes or name in code.kinds.functions:
            return node
        old, made = vocabulary().init(name), index().classes.get(name)
        if not old or made is None or made.init is None:
            return node
        args = Arguments(node)
        old = old[: old.index("*")] if "*" in old else old
        new = _positions(name)
        for at in range(len(args.positional)):
            if (
                at >= len(old)
                or old[at] in {"**", "pi_creature"}
                or (at < len(new) and new[at] in {old[at], _SAME.get(old[at])})
            ):
                continue
            if made.init.more and old[at] in {"mobject", "vmobject"}:
                continue
            for last in reversed(range(at, min(len(args.positional), len(old)))):
                args.name(last, old[last])
            break
        return args.call()


def _positions(name: str) -> tuple[str, ...]:
    """The parameters without a name, those handed on to a base included."""
    for each in index().line(name):
        if each.init is not None and (each.init.positional or not each.init.more):
            return each.init.positional
    return ()


# The same parameter under two names; both stand first.
_SAME = {"mobject": "mobject", "vmobject": "vmobject", "anim_func": "animation_class", "u0": "u0", "a0": "start_anchor",
         "h0": "start_handle", "h1": "end_handle", "a1": "end_anchor", "source": "mobject", "target": "target_mobject",
         "filename": "filename_or_array", "uv_func": "func", "AnimationClass": "animation_class",
         "string_mobject": "text_mobject"}  # fmt: skip


class _Keywords(Rule):
    """Keywords of some classes: by another name, or dropped where the name is empty."""

    table: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Rename and drop."""
        name = called(node)
        found = self.table.get(name) if name not in code.kinds.classes else None
        if found is None:
            return node
        args = Arguments(node)
        for old, new in found.items():
            if new:
                args.rename(old, new)
            else:
                args.take(old)
        return args.call()


_ARROWS: Mapping[str, str] = {
    "tip_angle": "", "tip_width_ratio": "", "max_width_to_length_ratio": "", "fill_color": "color",
    "use_rectangular_stem": "",
    "rectangular_stem_width": "", "preserve_tip_size_when_scaling": "", "preserve_tip_size_when_scaling_": "",
    "fill_opacity": "",
    "max_stem_width_to_tip_width_ratio": "", "max_tip_length_to_length_ratio_": "", "stroke_color": "color",
}  # fmt: skip


class ArrowKeywords(_Keywords):
    """Arrows: ManimGL fills them, Manim Community draws them as strokes."""

    differences = (34,)
    table: ClassVar[Mapping[str, Mapping[str, str]]] = dict.fromkeys(
        ("Arrow", "Vector", "DoubleArrow", "CurvedArrow", "StrokeArrow", "CurvedDoubleArrow"), _ARROWS
    )

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A thickness of 3 is a stroke of 6."""
        if called(node) not in self.table:
            return node
        args = Arguments(node)
        thickness = args.take("thickness")
        if thickness is not None:
            args.put("stroke_width", times(thickness, 2))
        made = super().call(args.call(), code)
        if isinstance(made, cst.Call) and called(made) == "StrokeArrow":
            return made.with_changes(func=cst.Name("Arrow"))
        return made


class ShapeKeywords(_Keywords):
    """Keywords of shapes that go by another name."""

    differences = (63,)
    table: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "Arc": {"n_components": "num_components", "anchors_span_full_range": ""},
        "Circle": {"anchors_span_full_range": "", "n_components": "num_components", "start_angle": ""},
        "Sector": {"outer_radius": "radius", "inner_radius": ""},
        "Annulus": {"fill_color": "color", "center": ""},
        "DashedLine": {"positive_space_ratio": "dashed_ratio", "dash_spacing": ""},
        "DashedVMobject": {"positive_space_ratio": "dashed_ratio"},
        "TracedPath": {"time_traced": "dissipating_time", "time_per_anchor": "", "min_distance_to_new_point": ""},
        "Line3D": {"width": "thickness"},
        "Torus": {"r1": "major_radius", "r2": "minor_radius"},
        "Cylinder": {"axis": "direction", "u_range": ""},
        "Cone": {"u_range": ""},
        "Cube": {"opacity": "fill_opacity", "color": "fill_color", "square_resolution": ""},
        "CubicBezier": {"a0": "start_anchor", "h0": "start_handle", "h1": "end_handle", "a1": "end_anchor"},
        "Underline": {"stretch_factor": ""},
        "Brace": {"tex_string": ""},
        "BulletedList": {"aligned_edge": "", "dot_color": "", "alignment": ""},
        "Title": {"underline_width": "", "underline_style": "", "scale_factor": ""},
        "Point": {"artificial_width": "", "artificial_height": ""},
        "Text": {"size": "", "lsh": "line_spacing", "isolate": "", "use_labelled_svg": "", "unpack_groups": "",
                 "local_configs": "", "global_config": "", "text2color": "t2c", "text2font": "t2f",
                 "text2weight": "t2w",
                 "text2slant": "t2s", "text2gradient": "t2g", "line_width": "", "indent": "", "justify": ""},
        "MarkupText": {"lsh": "line_spacing", "isolate": "", "t2c": "", "alignment": ""},
        "SVGMobject": {"unpack_groups": ""},
        "Rotating": {"radians": "angle"},
        "Rotate": {"in_place": "", "radians": "angle"},
        "ArrowTip": {"angle": "start_angle"},
        "VMobject": {"opacity": "fill_opacity"},
        "DecimalNumber": {"num_decimal_points": "num_decimal_places"},
        "Dot": {"size": "radius"},
        "SampleSpace": {"full_space_config_": ""},
    }  # fmt: skip


class DotsOfOneSize(Rule):
    """`SmallDot()` is a dot of a smaller radius."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The radius of small dots is 0.04."""
        if called(node) != "SmallDot":
            return node
        args = Arguments(node.with_changes(func=cst.Name("Dot")))
        if args.get("radius") is None:
            args.put("radius", "0.04")
        return args.call()


class OpenLines(Rule):
    """`Polyline(*points)` and `TracingTail(mob)`."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A path with corners; a traced path that fades."""
        name = called(node)
        args = Arguments(node)
        if name == "Polyline" and node.args:
            points = [each for each in args.args if each.keyword is None]
            rest = ", ".join(
                text(each.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for each in args.args if each.keyword
            )
            one = text(points[0].value) if len(points) == 1 and points[0].star == "*" else None
            listed = (
                one
                or "[" + ", ".join(text(each.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for each in points) + "]"
            )
            return expression(f"VMobject({rest}).set_points_as_corners({listed})")
        if name == "TracingTail" and args.positional:
            first = args.positional[0].value
            args = Arguments(node.with_changes(func=cst.Name("TracedPath")))
            if not isinstance(first, cst.Lambda) and not text(first).rpartition(".")[2].startswith("get_"):
                args.args[0] = args.args[0].with_changes(value=expression(f"{text(first)}.get_center"))
            time = args.take("time_traced")
            args.put("dissipating_time", time if time is not None else "1.0")
            for dropped in ("stroke_opacity", "time_per_anchor"):
                args.take(dropped)
            return args.call()
        return node


class FullScreen(Rule):
    """`FullScreenFadeRectangle()` dims everything."""

    differences = (48,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A black rectangle over the whole frame."""
        if called(node) != "FullScreenFadeRectangle":
            return node
        args = Arguments(node.with_changes(func=cst.Name("FullScreenRectangle")))
        for keyword, value in (("stroke_width", "0"), ("fill_color", "BLACK"), ("fill_opacity", "0.7")):
            if args.get(keyword) is None:
                args.put(keyword, value)
        return args.call()


class Marks(Rule):
    """`Checkmark()` and `Exmark()`."""

    differences = (67,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The signs of LaTeX, in the colours they had."""
        signs = {"Checkmark": (r'r"\checkmark"', "GREEN"), "Exmark": (r'r"\times"', "RED")}
        name = called(node)
        if name not in signs or name in code.kinds.classes:
            return node
        sign, colour = signs[name]
        args = Arguments(node.with_changes(func=cst.Name("MathTex")))
        if args.get("color") is None:
            args.put("color", colour)
        args.args.insert(0, argument(sign))
        return args.call()


class AlignedText(Rule):
    """`Text("a\\nb", alignment="LEFT")`: lines of text set to one side."""

    differences = (59,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A paragraph of the same lines."""
        args = Arguments(node)
        if called(node) not in {"Text", "MarkupText"} or args.get("alignment") is None:
            return node
        side = args.take("alignment")
        words = string(args.positional[0].value) if args.positional else None
        where = string(side)
        if called(node) == "Text" and words and "\n" in words and where is not None:
            lines = [argument(repr(line)) for line in words.split("\n")]
            args.args[0:1] = lines
            args.put("alignment", f'"{where.lower()}"')
            return args.call().with_changes(func=cst.Name("Paragraph"))
        return args.call()


class Matrices(Rule):
    """Matrices: options for their entries."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The entries' options are a dict, a height is a scaling."""
        name = called(node)
        if name not in {"Matrix", "IntegerMatrix", "DecimalMatrix", "MobjectMatrix"}:
            return node
        args = Arguments(node)
        args.rename("element_config", "element_to_mobject_config")
        args.rename("decimal_config", "element_to_mobject_config")
        places = args.take("num_decimal_places")
        if places is not None:
            args.put("element_to_mobject_config", f'{{"num_decimal_places": {text(places)}}}')
        height = args.take("height")
        if code.new:  # the space between entries, where Manim Community counts from middle to middle
            args.take("v_buff")
            args.take("h_buff")
        for dropped in ("ellipses_row", "ellipses_col"):
            if args.take(dropped) is not None:
                code.leave(dropped, "dots in place of a row or column")
        made = args.call()
        return expression(f"{text(made)}.scale_to_fit_height({text(height)})") if height is not None else made


class MatrixParts(Rule):
    """`matrix.get_column(0)`."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """One of all the columns."""
        if not (
            isinstance(node.func, cst.Attribute) and node.func.attr.value in {"get_column", "get_row"} and node.args
        ):
            return node
        if not code.is_a(node.func.value, "Matrix"):
            return node
        plural = f"{node.func.attr.value}s"
        return expression(f"{text(node.func.value)}.{plural}()[{text(node.args[0].value)}]")


class Solids(Rule):
    """Solids and surfaces: ranges for both parameters, sizes of a prism."""

    differences = (58,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`u_min` and `u_max` are a range; a prism has dimensions."""
        name = called(node)
        args = Arguments(node)
        if name in {"Surface", "Sphere", "ParametricSurface", "Torus", "Cylinder"}:
            for each in ("u", "v"):
                low, high = args.take(f"{each}_min"), args.take(f"{each}_max")
                if low is not None or high is not None:
                    begin, end = (
                        text(one) if one is not None else default for one, default in ((low, "0"), (high, "TAU"))
                    )
                    args.put(f"{each}_range", f"[{begin}, {end}]")
            if name == "Surface":
                args.rename("uv_func", "func")
                args.rename("color", "fill_color")
        if name == "Prism":
            sides = [args.take(each) for each in ("width", "height", "depth")]
            if any(each is not None for each in sides):
                listed = [
                    text(each) if each is not None else default for each, default in zip(sides, "321", strict=True)
                ]
                args.put("dimensions", f"[{', '.join(listed)}]")
            args.rename("color", "fill_color")
        if name == "Cube":
            args.rename("opacity", "fill_opacity")
        return args.call()


class Bars(Rule):
    """A bar chart by its largest value."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The largest value and the number of ticks are a range."""
        if called(node) != "BarChart":
            return node
        args = Arguments(node)
        most, ticks = args.take("max_value"), args.take("n_ticks")
        if most is not None:
            count = text(ticks) if ticks is not None else "4"
            step = number(most)
            divided = f"{step / float(count):g}" if step is not None and count.isdigit() else f"{text(most)} / {count}"
            args.put("y_range", f"[0, {text(most)}, {divided}]")
        args.rename("width", "x_length")
        args.rename("height", "y_length")
        for dropped in ("label_y_axis", "tick_width", "tick_height", "y_axis_label_height", "include_x_ticks",
                        "bar_label_scale_val", "bar_stroke_width_"):  # fmt: skip
            args.take(dropped)
        return args.call()


class ManyValues(Rule):
    """Keywords spelled out in a dict that is given with `**`: they are read like the others."""

    differences = (63,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`f(**{"a": 1})` and `f(**dict(a=1))` become `f(a=1)`."""
        if not any(each.star == "**" for each in node.args):
            return node
        made: list[cst.Arg] = []
        changed = False
        for each in node.args:
            found = entries(each.value) if each.star == "**" else None
            if found is None:
                made.append(each)
                continue
            changed = True
            made += [argument(value, key) for key, value in found.items()]
        args = Arguments(node)
        args.args, args.changed = made, changed
        return args.call()


class Integers(Rule):
    """Numbers made from what is no number."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`DecimalNumber()` without a value shows 0 in both; a string is none."""
        if called(node) in {"Integer", "DecimalNumber"} and node.args and isinstance(literal(node.args[0].value), str):
            return expression(text(node.with_changes(func=cst.Name("MathTex"))))
        return node
