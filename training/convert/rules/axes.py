"""Axes, number lines and graphs: ranges in one list, lengths by another name."""

from __future__ import annotations

from typing import ClassVar

import libcst as cst

from training.convert.code import Code, Rule
from training.convert.nodes import (
    Arguments,
    argument,
    call,
    called,
    closed,
    dictionary,
    dotted,
    entries,
    expression,
    literal,
    method,
    minus,
    number,
    receiver,
    text,
    written,
)
from training.convert.rules.sizes import renamed

LINES = frozenset({"NumberLine", "UnitInterval"})
PLANES = frozenset({"NumberPlane", "ComplexPlane"})
AXES = frozenset({"Axes", "ThreeDAxes", *PLANES})
# What ManimGL takes where nothing is said.
_DEFAULT = {"x": ("-8", "8"), "y": ("-4", "4"), "z": ("-4", "4")}
_DEFAULT_3D = {"x": ("-6", "6"), "y": ("-5", "5"), "z": ("-4", "4")}
_LINE_KEYWORDS = {
    "numbers_to_show": "numbers_to_include", "default_numbers_to_display": "numbers_to_include", "width": "length",
    "line_to_number_direction": "label_direction", "big_tick_numbers": "numbers_with_elongated_ticks", "tip_config": "",
    "tick_offset": "", "leftmost_tick": "", "number_at_center": "", "big_tick_spacing": "", "numerical_radius": "",
    "number_scale_val": "", "number_scale_value": "", "line_to_number_vect": "label_direction",
    "space_unit_to_num": "unit_size",
    "unit_length_to_spatial_width": "unit_size", "exclude_zero_from_default_numbers": "",
    "propogate_style_to_family": "",
    "include_background_rectangle": "", "decimal_number_config_": "", "longer_tick_multiple": "longer_tick_multiple",
}  # fmt: skip


class OldRanges(Rule):
    """`x_min`, `x_max` and the frequency of ticks."""

    differences = (33,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A range `[min, max, step]`."""
        name = called(node)
        if name not in {*LINES, *AXES} or name in code.kinds.classes:
            return node
        args = Arguments(node)
        for axis in "xyz" if name in AXES else "x":
            self._range(args, axis, name)
        return args.call()

    def _range(self, args: Arguments, axis: str, name: str) -> None:
        low, high = args.take(f"{axis}_min"), args.take(f"{axis}_max")
        step = args.take(f"{axis}_tick_frequency") or (
            args.take("tick_frequency") if axis == "x" and name in LINES else None
        )
        step = step or args.take(f"{axis}_line_frequency")
        config = args.get(f"{axis}_axis_config")
        found = entries(config)
        if found and "tick_frequency" in found:
            step = step or found.pop("tick_frequency")
            args.put(f"{axis}_axis_config", dictionary({key: text(value) for key, value in found.items()}))
        if low is None and high is None and step is None:
            return
        begin, end = _DEFAULT[axis]
        parts = [text(low) if low is not None else begin, text(high) if high is not None else end]
        args.put(f"{axis}_range", f"[{', '.join([*parts, *([text(step)] if step is not None else [])])}]")


class OldRadius(Rule):
    """`NumberPlane(x_radius=..., secondary_line_ratio=...)` of the oldest scenes."""

    differences = (32, 33)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A radius is half a range; the lines between are faded ones."""
        if called(node) not in PLANES:
            return node
        args = Arguments(node)
        for axis in "xy":
            radius = args.take(f"{axis}_radius")
            if radius is not None:
                args.put(f"{axis}_range", f"[-{closed(radius)}, {text(radius)}]")
        args.rename("secondary_line_ratio", "faded_line_ratio")
        args.rename("secondary_color", "_secondary")
        for dropped in ("_secondary", "x_unit_size", "y_unit_size", "center_point", "written_coordinate_height",
                        "propagate_style_to_family", "line_frequency", "num_pair_at_center",
                        "make_smooth_after_applying_functions_", "axes_color"):  # fmt: skip
            args.take(dropped)
        return args.call()


class AxisKeywords(Rule):
    """`number_line_config`, and what number lines take."""

    differences = (33, 32)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The keywords' names, on axes and in the dicts for each axis."""
        name = called(node)
        if name not in {*LINES, *AXES} or name in code.kinds.classes:
            return node
        args = Arguments(node)
        if name in LINES:
            self._line(args)
            return args.call()
        args.rename("number_line_config", "axis_config")
        for each in ("axis_config", "x_axis_config", "y_axis_config", "z_axis_config"):
            found = entries(args.get(each))
            if found is not None and (new := self._config(found)) is not None:
                args.put(each, new)
        for dropped in ("num_sampled_graph_points_per_tick", "z_normal", "center_point", "graph_style"):
            args.take(dropped)
        return args.call()

    def _line(self, args: Arguments) -> None:
        scale = args.get("number_scale_val") or args.get("number_scale_value")
        if scale is not None and args.get("font_size") is None and number(scale) is not None:
            args.put("font_size", written(48 * (number(scale) or 1)))
        zero = args.take("exclude_zero_from_default_numbers")
        if zero is not None and text(zero) == "True":
            args.put("numbers_to_exclude", "[0]")
        for old, new in _LINE_KEYWORDS.items():
            if new == old:
                continue
            if new:
                args.rename(old, new)
            else:
                args.take(old)

    def _config(self, found: dict[str, cst.BaseExpression]) -> str | None:
        made: dict[str, str] = {}
        for key, value in found.items():
            new = _LINE_KEYWORDS.get(key, key)
            if new == "length":
                continue
            if key in {"number_scale_val", "number_scale_value"} and number(value) is not None:
                made["font_size"] = written(48 * (number(value) or 1))
            elif key == "exclude_zero_from_default_numbers":
                made["numbers_to_exclude"] = "[0]"
            elif new and new not in {"x_min", "x_max", "min", "max"}:
                made[new] = text(value)
        return dictionary(made) if list(made) != list(found) else None


class AxisLengths(Rule):
    """`Axes(width=10, height=6)`; without them a unit is a unit long."""

    differences = (32,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`x_length` and `y_length`, worked out from the range where ManimGL would count units; no tips."""
        name = called(node)
        if name not in AXES or name in code.kinds.classes:
            return node
        args = Arguments(node)
        if "x_length" in _names(args) or "tips" in _names(args):
            return node
        positions = ["x_range", "y_range", *(["z_range"] if name == "ThreeDAxes" else [])]
        for at in reversed(range(min(len(args.positional), len(positions)))):
            args.name(at, positions[at])
        unit = args.take("unit_size")
        for axis, side in zip("xyz", ("width", "height", "depth"), strict=True):
            self._length(args, axis, side, name, unit)
        told = any(self._tips(args, each) for each in ("axis_config", "x_axis_config", "y_axis_config"))
        if code.new and name in {"Axes", "ThreeDAxes"} and not told:
            args.put("tips", "False")
        return args.call()

    def _tips(self, args: Arguments, config: str) -> bool:
        return "include_tip" in (entries(args.get(config)) or {})

    def _length(self, args: Arguments, axis: str, side: str, name: str, unit: cst.BaseExpression | None) -> None:
        given = args.take(side)
        if given is not None:
            args.put(f"{axis}_length", given)
            return
        if (name in PLANES and unit is None) or (axis == "z" and name != "ThreeDAxes"):
            return
        own = self._own_unit(args, axis) or unit
        ends = _ends(args.get(f"{axis}_range"), axis, name)
        if ends is None:
            return
        length = minus(expression(ends[1]), expression(ends[0]))
        if own is not None:
            size = number(own)
            known = number(expression(length)) if _is_number(length) else None
            length = written(known * size) if known is not None and size is not None else f"({length}) * {closed(own)}"
        if args.get(f"{axis}_range") is None and name != "NumberPlane":
            args.put(f"{axis}_range", f"[{ends[0]}, {ends[1]}]")
        args.put(f"{axis}_length", length)

    def _own_unit(self, args: Arguments, axis: str) -> cst.BaseExpression | None:
        """`unit_size` of one axis or of all, out of its dict."""
        for config in (f"{axis}_axis_config", "axis_config"):
            found = entries(args.get(config))
            if found and "unit_size" in found:
                size = found["unit_size"]
                if config != "axis_config":
                    found.pop("unit_size")
                    args.put(config, dictionary({key: text(value) for key, value in found.items()}))
                return size
        return None


def _is_number(words: str) -> bool:
    return literal(expression(words)) is not None


def _names(args: Arguments) -> set[str]:
    return {each.keyword.value for each in args.args if each.keyword is not None}


def _ends(node: cst.BaseExpression | None, axis: str, name: str) -> tuple[str, str] | None:
    """The two ends of a range that is written out."""
    if node is None:
        return (_DEFAULT_3D if name == "ThreeDAxes" else _DEFAULT)[axis]
    if isinstance(node, cst.List | cst.Tuple) and len(node.elements) >= 2:
        return text(node.elements[0].value), text(node.elements[1].value)
    if dotted(node):
        return f"{dotted(node)}[0]", f"{dotted(node)}[1]"
    return None


class Graphs(Rule):
    """`axes.get_graph(f, x_min=0, x_max=3)`."""

    differences = (20,)
    names: ClassVar[dict[str, str]] = {
        "get_graph": "plot", "get_parametric_curve": "plot_parametric_curve", "get_v_line": "get_vertical_line",
        "get_h_line": "get_horizontal_line", "get_area_under_graph": "get_area",
        "get_implicit_graph": "plot_implicit_curve",
        "add_coordinate_labels": "add_coordinates", "get_derivative_graph": "plot_derivative_graph",
    }  # fmt: skip

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`plot`, with a range."""
        name = method(node)
        own = any(name in methods for methods in code.kinds.methods.values())
        if name not in self.names or (own and text(receiver(node)) == "self"):
            return node
        args = Arguments(node)
        if name == "get_graph" and code.is_a(receiver(node), "ThreeDAxes"):
            return self._surface(args)
        for each in "xt":
            ranged(args, each)
        if name == "get_graph" and len(args.positional) == 2:
            args.name(1, "x_range")
        for dropped in ("bind", "step_size", "discontinuities_") if name == "get_graph" else ("fill_color_",):
            args.take(dropped)
        if name == "get_area_under_graph":
            if len(args.positional) > 1:
                args.name(1, "x_range")
            args.rename("fill_color", "color")
            args.rename("fill_opacity", "opacity")
        if name == "add_coordinate_labels":
            args.take("num_decimal_places_")
        return renamed(args.call(), self.names[name])

    def _surface(self, args: Arguments) -> cst.BaseExpression:
        """In space a graph is a surface over the plane of the axes."""
        of = text(receiver(args.node))
        for keyword, axis in (("u_range", "x"), ("v_range", "y")):
            if args.get(keyword) is None:
                args.put(keyword, f"{of}.{axis}_range[:2]")
        args.rename("color", "fill_color")
        args.rename("opacity", "fill_opacity")
        return renamed(args.call(), "plot_surface")


def ranged(args: Arguments, letter: str) -> None:
    """Turn `x_min` and `x_max` into `x_range`."""
    low, high = args.take(f"{letter}_min"), args.take(f"{letter}_max")
    if low is not None and high is not None:
        args.put(f"{letter}_range", f"[{text(low)}, {text(high)}]")
    elif low is not None or high is not None:
        one = low if low is not None else high
        assert one is not None  # noqa: S101 - one of the two was given
        axis = text(receiver(args.node)) if method(args.node) else ""
        other = f"{axis}.{letter}_range" if axis else f"config.frame_{letter}_radius"
        if axis:
            pair = [text(one), f"{other}[1]"] if low is not None else [f"{other}[0]", text(one)]
        else:
            pair = [text(one), other] if low is not None else [f"-{other}", text(one)]
        args.put(f"{letter}_range", f"[{', '.join(pair)}]")


class GraphParts(Rule):
    """Lines to a graph, its tangent, its label, its rectangles."""

    differences = (20, 66)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The methods that Manim Community has, with their keywords."""
        name = method(node)
        args = Arguments(node)
        axes = closed(receiver(node)) if name else ""
        if name in {"get_v_line_to_graph", "get_h_line_to_graph"} and len(args.positional) >= 2:
            x, graph = (text(each.value) for each in args.positional[:2])
            line = "get_vertical_line" if "_v_" in name else "get_horizontal_line"
            return call(f"{axes}.{line}", [f"{axes}.i2gp({x}, {graph})", *args.args[2:]])
        if name == "get_tangent_line" and len(args.positional) >= 2:
            return self._tangent(args, axes)
        if name == "get_riemann_rectangles":
            self._rectangles(args)
            return args.call()
        if name == "get_graph_label":
            args.rename("x", "x_val")
            args.rename("label_tex", "label")
            return args.call()
        if name in {"get_axis_labels", "get_x_axis_label", "get_y_axis_label"}:
            args.rename("x_label_tex", "x_label")
            args.rename("y_label_tex", "y_label")
            args.rename("label_tex", "label")
            return args.call()
        return node

    def _tangent(self, args: Arguments, axes: str) -> cst.BaseExpression:
        x, graph = (text(each.value) for each in args.positional[:2])
        length = args.take("length")
        rest = [
            text(each.with_changes(comma=cst.MaybeSentinel.DEFAULT))
            for each in args.args[2:]
            if each.keyword is not None
        ]
        line = f"Line(LEFT, RIGHT{''.join(f', {each}' for each in rest)})"
        turned = (
            f".set_length({text(length) if length is not None else 5}).rotate({axes}.angle_of_tangent({x}, {graph}))"
        )
        return expression(f"{line}{turned}.move_to({axes}.i2gp({x}, {graph}))")

    def _rectangles(self, args: Arguments) -> None:
        ranged(args, "x")
        start, end = args.take("start_color"), args.take("end_color")
        args.rename("colors", "color")
        if start is not None and end is not None:
            args.put("color", f"[{text(start)}, {text(end)}]")
        for dropped in ("negative_color", "stroke_background"):
            args.take(dropped)


class AddedNumbers(Rule):
    """`line.add_numbers(0, 1, 2)`."""

    differences = (44,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The numbers in a list."""
        if method(node) not in {"add_numbers", "add_coordinates"}:
            return node
        args = Arguments(node)
        plain = args.positional
        if method(node) == "add_numbers" and plain and all(number(each.value) is not None for each in plain):
            listed = "[" + ", ".join(text(each.value) for each in plain) + "]"
            args.args = [argument(listed), *args.args[len(plain) :]]
            args.changed = True
        if method(node) == "add_numbers":
            for dropped in ("buff_", "height"):
                args.take(dropped)
        return args.call()


class FreeGraphs(Rule):
    """`FunctionGraph(f, x_min=..., x_max=...)` and curves with `t_min`, `t_max`."""

    differences = (33, 47)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Ranges, with the step in them."""
        name = called(node)
        if name not in {"FunctionGraph", "ParametricFunction", "ParametricCurve"}:
            return node
        args = Arguments(node)
        for each in ("x", "t"):
            ranged(args, each)
        step = args.take("step_size")
        key = "x_range" if name == "FunctionGraph" else "t_range"
        found = args.get(key)
        if step is not None and isinstance(found, cst.List | cst.Tuple) and len(found.elements) == 2:
            args.put(key, f"[{', '.join(text(each.value) for each in found.elements)}, {text(step)}]")
        args.take("num_graph_points_per_unit")
        args.take("num_anchor_points")
        return args.call()


class VectorFields(Rule):
    """Vector fields and stream lines over a plane."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Ranges instead of ends; options that only ManimGL has are left out."""
        name = called(node)
        if name not in {"VectorField", "ArrowVectorField", "StreamLines"}:
            return node
        args = Arguments(node)
        for each in "xy":
            low, high, step = (args.take(f"{each}_{part}") for part in ("min", "max", "delta"))
            step = step or args.take(f"delta_{each}")
            if low is not None and high is not None:
                parts = [text(low), text(high), *([text(step)] if step is not None else [])]
                args.put(f"{each}_range", f"[{', '.join(parts)}]")
        for dropped in ("density", "magnitude_range", "color_map_name", "max_vect_len_to_step_size",
        "max_magnitude", "min_magnitude",
                        "color_by_arc_length", "color_by_magnitude", "cutoff_norm", "vector_config_",
                        "max_time_steps", "arc_len",
                        "n_samples_per_line", "solution_time", "taper_stroke_width", "tip_width_ratio",
                        "max_vect_len"):  # fmt: skip
            args.take(dropped)
        made = args.call()
        return made.with_changes(func=cst.Name("ArrowVectorField")) if name == "VectorField" else made


class Coordinates(Rule):
    """A graph's own function."""

    differences = ()

    def attribute(self, node: cst.Attribute, code: Code) -> cst.BaseExpression:
        """`axes.coordinate_labels` and `graph.underlying_function` are the same in both; `x_axis.numbers` too."""
        if node.attr.value == "parametric_function":
            return node.with_changes(attr=cst.Name("function"))
        return node
