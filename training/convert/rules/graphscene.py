"""`GraphScene`: a scene with axes of its own, which Manim Community no longer has."""

from __future__ import annotations

from typing import ClassVar

import libcst as cst

from training.convert.code import Code, Rule, Statements, expression_of
from training.convert.nodes import Arguments, call, dotted, expression, method, receiver, statements, string, text
from training.convert.rules.axes import ranged

# The class's own settings and what they were where a scene says nothing.
DEFAULTS = {
    "x_min": "-1", "x_max": "10", "x_axis_width": "9", "x_tick_frequency": "1", "x_axis_label": '"$x$"',
    "y_min": "-1", "y_max": "10", "y_axis_height": "6", "y_tick_frequency": "1", "y_axis_label": '"$y$"',
    "graph_origin": "2.5 * DOWN + 4 * LEFT", "axes_color": "GREY", "exclude_zero_label": "True",
    "default_graph_colors": "[BLUE, GREEN, YELLOW]", "x_labeled_nums": "None", "y_labeled_nums": "None",
    "default_derivative_color": "GREEN", "default_input_color": "YELLOW", "default_riemann_start_color": "BLUE",
    "default_riemann_end_color": "GREEN", "area_opacity": "0.8",
}  # fmt: skip


class GraphSceneAxes(Rule):
    """`self.setup_axes()`: the axes are made in the scene."""

    differences = (10, 33)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """Axes with the scene's settings, placed by their origin."""
        only = expression_of(node)
        if only is None or not isinstance(only, cst.Call) or not code.scene_is("GraphScene"):
            return None
        if dotted(only.func) not in {"self.setup_axes", "GraphScene.setup_axes"} or "setup_axes" in self._own(code):
            return None
        args = Arguments(only)
        shown = args.get("animate") or (
            args.positional[0].value if args.positional and len(args.positional) == 1 else None
        )
        return statements("\n".join(self._lines(code, shown is not None and text(shown) == "True")))

    def _own(self, code: Code) -> set[str]:
        return set().union(*(code.kinds.methods.get(each, set()) for each in code.kinds.line(code.place[0])))

    def _lines(self, code: Code, animate: bool) -> list[str]:
        def setting(name: str) -> str:
            return f"self.{name}" if _has(name, code) else DEFAULTS[name]

        sizes = ", ".join(
            [
                f"x_range=[{setting('x_min')}, {setting('x_max')}, {setting('x_tick_frequency')}]",
                f"y_range=[{setting('y_min')}, {setting('y_max')}, {setting('y_tick_frequency')}]",
                f"x_length={setting('x_axis_width')}, y_length={setting('y_axis_height')}",
                f'axis_config={{"color": {setting("axes_color")}}}, tips=False',
            ]
        )
        lines = [
            f"self.axes = Axes({sizes})",
            f"self.axes.shift({setting('graph_origin')} - self.axes.c2p(0, 0))",
            "self.x_axis, self.y_axis = self.axes.x_axis, self.axes.y_axis",
        ]
        parts = ["self.axes"]
        for axis, side, edge in (("x", "right", "UR"), ("y", "top", "RIGHT")):
            if _has(f"{axis}_labeled_nums", code):
                lines.append(f"self.{axis}_axis.add_numbers({setting(f'{axis}_labeled_nums')})")
            if _text_of(f"{axis}_axis_label", code) != "":
                label = f"OldTexText({setting(f'{axis}_axis_label')})"
                place = f"next_to(self.{axis}_axis.get_{side}(), {edge}, SMALL_BUFF)"
                lines.append(f"self.{axis}_axis_label_mob = {label}.{place}")
                parts.append(f"self.{axis}_axis_label_mob")
        if animate:
            shown = ["Create(self.axes)", *[f"Write({each})" for each in parts[1:]]]
            lines.append(f"self.play({', '.join(shown)})")
        else:
            lines.append(f"self.add({', '.join(parts)})")
        return lines


def _has(name: str, code: Code) -> bool:
    """Whether a scene of the file gives this setting a value."""
    return any(True for _ in code.kinds.values(f"self.{name}", code.place)) or _class_value(name, code) is not None


def _class_value(name: str, code: Code) -> cst.BaseExpression | None:
    for each in code.kinds.line(code.place[0]):
        if each in code.kinds.classes and (found := code.kinds.settings.get((each, name))) is not None:
            return found
    return None


def _text_of(name: str, code: Code) -> str | None:
    return string(_class_value(name, code)) if _class_value(name, code) is not None else None


class GraphSceneMethods(Rule):
    """The methods of `GraphScene` are those of its axes."""

    differences = (10, 20)
    names: ClassVar[dict[str, str]] = {
        "coords_to_point": "c2p", "point_to_coords": "p2c", "get_graph": "plot", "input_to_graph_point": "i2gp",
        "get_graph_label": "get_graph_label", "angle_of_tangent": "angle_of_tangent",
        "slope_of_tangent": "slope_of_tangent",
        "get_derivative_graph": "plot_derivative_graph", "get_riemann_rectangles": "get_riemann_rectangles",
        "get_area": "get_area",
        "get_secant_slope_group": "get_secant_slope_group",
    }  # fmt: skip
    unknown: ClassVar[frozenset[str]] = frozenset(
        {"animate_secant_slope_group_change", "add_T_label", "transform_between_riemann_rects",
        "get_riemann_rectangles_list",
         "change_area_bounds", "get_animation_integral_bounds_change", "add_rightmost_derivative_change",
         "add_derivative_slope"}
    )  # fmt: skip

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Ask the axes."""
        name = method(node)
        if not name or text(receiver(node)) != "self" or not code.scene_is("GraphScene"):
            return node
        if any(name in code.kinds.methods.get(each, set()) for each in code.kinds.line(code.place[0])):
            return node
        args = Arguments(node)
        if name in {"get_vertical_line_to_graph", "get_vertical_lines_to_graph"}:
            return self._lines(name, args)
        if name in self.unknown:
            code.leave(name, "Manim Community's axes have no such animation")
            return node
        if name not in self.names:
            return node
        self._keywords(name, args)
        return args.call().with_changes(func=expression(f"self.axes.{self.names[name]}"))

    def _keywords(self, name: str, args: Arguments) -> None:
        self._ranges(name, args)
        if name == "get_graph_label" and len(args.positional) > 1:
            args.name(1, "label")
        if name == "get_secant_slope_group" and len(args.positional) > 1:
            for at, key in reversed(list(enumerate(["x", "graph"]))):
                args.name(at, key)

    def _ranges(self, name: str, args: Arguments) -> None:
        if name == "get_graph" and len(args.positional) > 1:
            for at, key in reversed(list(enumerate(["function", "color", "x_min", "x_max"]))):
                if 0 < at < len(args.positional):
                    args.name(at, key)
        if name == "get_area":
            for at, key in reversed(list(enumerate(["graph", "t_min", "t_max"]))):
                if 0 < at < len(args.positional):
                    args.name(at, key)
            low, high = args.take("t_min"), args.take("t_max")
            if low is not None and high is not None:
                args.put("x_range", f"[{text(low)}, {text(high)}]")
        if name == "get_graph":
            low, high = args.take("x_min"), args.take("x_max")
            if low is not None or high is not None:
                begin = text(low) if low is not None else "self.axes.x_range[0]"
                args.put("x_range", f"[{begin}, {text(high) if high is not None else 'self.axes.x_range[1]'}]")
        if name == "get_riemann_rectangles":
            ranged(args, "x")
            start, end = args.take("start_color"), args.take("end_color")
            if start is not None and end is not None:
                args.put("color", f"[{text(start)}, {text(end)}]")
            for dropped in ("width_scale_factor_", "show_signed_area_"):
                args.take(dropped)

    def _lines(self, name: str, args: Arguments) -> cst.BaseExpression:
        if name == "get_vertical_line_to_graph" and len(args.positional) >= 2:
            x, graph = (text(each.value) for each in args.positional[:2])
            kind = args.take("line_class")
            rest = [each for each in args.args[2:] if each.keyword is not None]
            line = f"line_func={text(kind) if kind is not None else 'Line'}"
            return call("self.axes.get_vertical_line", [f"self.axes.i2gp({x}, {graph})", line, *rest])
        if name == "get_vertical_lines_to_graph" and args.positional:
            for at, key in reversed(list(enumerate(["graph", "x_min", "x_max", "num_lines"]))):
                if 0 < at < len(args.positional):
                    args.name(at, key)
            ranged(args, "x")
            args.take("line_class")
            return args.call().with_changes(func=expression("self.axes.get_vertical_lines_to_graph"))
        return args.node


class GraphSceneBase(Rule):
    """The class itself: a plain scene."""

    differences = (10,)

    def class_def(self, node: cst.ClassDef, code: Code) -> cst.ClassDef:
        """Another base."""
        if not any(dotted(base.value) == "GraphScene" for base in node.bases):
            return node
        others = [base for base in node.bases if dotted(base.value) != "GraphScene"]
        scene = any(dotted(base.value).endswith("Scene") for base in others)
        return node.with_changes(bases=others if scene else [cst.Arg(cst.Name("Scene")), *others])

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`GraphScene.setup(self)` has nothing to do any more."""
        if dotted(node.func) in {"GraphScene.setup", "GraphScene.construct"}:
            return expression("None")
        return node

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """So the line goes."""
        only = expression_of(node)
        return [] if isinstance(only, cst.Name) and only.value == "None" else None
