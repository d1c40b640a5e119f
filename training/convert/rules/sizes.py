"""Sizes and places: the setters, getters and helpers of mobjects."""

from __future__ import annotations

import libcst as cst

from training.convert.code import Code, Rule, Statements, assigned, expression_of
from training.convert.nodes import (
    Arguments,
    argument,
    call,
    closed,
    dotted,
    expression,
    method,
    number,
    receiver,
    statements,
    text,
    tidy,
    times,
)

_SIZES = {"set_width": "width", "set_height": "height", "set_depth": "depth"}
_GETTERS = {"get_width": "width", "get_height": "height", "get_depth": "depth"}
_RENAMED = {
    "pfp": "point_from_proportion", "quick_point_from_proportion": "point_from_proportion",
    "arrange_submobjects": "arrange", "stretch_in_place": "stretch",
    "scale_in_place": "scale", "rotate_in_place": "rotate", "reverse_submobjects": "invert",
    "insert_submobject": "insert", "get_bounding_box_point": "get_critical_point",
    "get_continuous_bounding_box_point": "get_boundary_point", "get_all_points": "get_all_points",
    "add_points": "append_points", "set_anchor_points": "set_points_as_corners", "next_to_point": "next_to",
    "get_center_of_mass": "get_center_of_mass",
    "set_submobject_colors_by_gradient": "set_submobject_colors_by_gradient",
    "highlight": "set_color", "gradient_highlight": "set_color_by_gradient", "submobject_family": "get_family",
    "add_smooth_cubic_curve_to": "add_smooth_curve_to", "make_approximately_smooth": "make_smooth",
    "get_points_without_null_curves": "get_points_defining_boundary", "deepcopy": "copy",
}  # fmt: skip


def renamed(node: cst.Call, name: str) -> cst.Call:
    """The same call of another method."""
    assert isinstance(node.func, cst.Attribute)  # noqa: S101 - callers asked `method` before
    return node.with_changes(func=node.func.with_changes(attr=cst.Name(name)))


class SetSize(Rule):
    """`set_width(w, stretch=True)` and its kin."""

    differences = (5,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Scaling keeps the shape, stretching does not."""
        side = _SIZES.get(method(node))
        if side is None or self._own(node, code):
            return node
        args = Arguments(node)
        stretch = args.take("stretch")
        if stretch is None and len(args.positional) == 2:
            stretch = args.args.pop(1).value
            args.changed = True
        if stretch is not None and text(stretch) not in {"True", "False"}:
            return node
        stretched = stretch is not None and text(stretch) == "True"
        return renamed(args.call(), f"{'stretch_to_fit' if stretched else 'scale_to_fit'}_{side}")

    def _own(self, node: cst.Call, code: Code) -> bool:
        kind = code.kind(receiver(node))
        return method(node) in code.kinds.methods.get(kind, set())


class GetSize(Rule):
    """`get_width()`, `get_height()`."""

    differences = (12,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """They are properties."""
        side = _GETTERS.get(method(node))
        if side is None or node.args:
            return node
        return cst.Attribute(receiver(node), cst.Name(side))


class MostSize(Rule):
    """`set_max_width(w)`: shrinks what is wider and leaves the rest."""

    differences = (53,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Scale to the smaller of the two."""
        for limit, choose in (("max", "min"), ("min", "max")):
            for side in ("width", "height", "depth"):
                if method(node) == f"set_{limit}_{side}" and node.args:
                    return self._scaled(node, side, choose, code)
        return node

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """`mob = Matrix(...).set_max_height(2)`: the object gets its name first."""
        pair = assigned(node)
        made = pair[1] if pair is not None else None
        if pair is None or not isinstance(made, cst.Call) or not made.args:
            return None
        limit, _, side = method(made).removeprefix("set_").partition("_")
        if limit not in {"max", "min"} or side not in {"width", "height", "depth"} or dotted(receiver(made)):
            return None
        code.left = [each for each in code.left if (each.rule, each.what) != (self.title, method(made))]
        name, choose = pair[0], "min" if limit == "max" else "max"
        fitted = f"{name}.scale_to_fit_{side}({choose}({name}.{side}, {text(made.args[0].value)}))"
        return statements(f"{name} = {text(receiver(made))}\n{fitted}")

    def _scaled(self, node: cst.Call, side: str, choose: str, code: Code) -> cst.BaseExpression:
        target = receiver(node)
        name = dotted(target)
        if not name:
            code.leave(method(node), "the object has no name to be asked for its size")
            return node
        return call(f"{name}.scale_to_fit_{side}", [f"{choose}({name}.{side}, {text(node.args[0].value)})"])


class SetShape(Rule):
    """`set_shape(w, h)` and `set_radius(r)`."""

    differences = (42,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Both are fits."""
        name = method(node)
        if name == "set_shape" and node.args:
            args = Arguments(node)
            width = args.take("width") or (args.positional[0].value if args.positional else None)
            height = args.take("height") or (args.positional[1].value if len(args.positional) > 1 else None)
            fits = [(side, value) for side, value in (("width", width), ("height", height)) if value is not None]
            chain = "".join(f".stretch_to_fit_{side}({text(value)})" for side, value in fits)
            return expression(f"{closed(receiver(node))}{chain}")
        if name == "set_radius" and len(node.args) == 1 and not code.is_a(receiver(node), "DotCloud", "GlowDot"):
            return call(f"{closed(receiver(node))}.scale_to_fit_width", [times(node.args[0].value, 2)])
        return node


class MovedMethods(Rule):
    """Methods that go by another name."""

    differences = (31,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The new name."""
        name = method(node)
        new = _RENAMED.get(name)
        if new is None or new == name or any(name in own for own in code.kinds.methods.values()):
            return node
        return renamed(node, new)

    def attribute(self, node: cst.Attribute, code: Code) -> cst.BaseExpression:
        """A method that is handed over and not called."""
        new = _RENAMED.get(node.attr.value)
        if new is None or new == node.attr.value or any(node.attr.value in own for own in code.kinds.methods.values()):
            return node
        return node.with_changes(attr=cst.Name(new))


class ScaleAbout(Rule):
    """`scale_about_point(f, p)`, `rotate(a, in_place=True)`."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The point is a keyword."""
        name = method(node)
        args = Arguments(node)
        if name in {"scale_about_point", "stretch_about_point", "rotate_about_point"} and len(args.positional) >= 2:
            args.name(len(args.positional) - 1, "about_point")
            return renamed(args.call(), name.removesuffix("_about_point"))
        if name in {"rotate", "scale"}:
            args.take("in_place")
            args.take("min_scale_factor")
            return args.call()
        return node


class GetPoints(Rule):
    """`get_points()` gives the array that is the attribute."""

    differences = (17,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The attribute."""
        if method(node) != "get_points" or node.args:
            return node
        return cst.Attribute(receiver(node), cst.Name("points"))


class Copies(Rule):
    """`replicate(n)` and `get_grid(rows, columns)`: many copies at once."""

    differences = (29, 39)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A group of copies."""
        name = method(node)
        if name == "replicate" and len(node.args) == 1:
            return call("VGroup", [f"*[{text(receiver(node))}.copy() for _ in range({text(node.args[0].value)})]"])
        if name == "get_grid" and len(Arguments(node).positional) >= 2:
            return self._grid(node)
        return node

    def _grid(self, node: cst.Call) -> cst.BaseExpression:
        args = Arguments(node)
        rows, columns = (each.value for each in args.positional[:2])
        height, group = args.take("height"), args.take("group_by_rows")
        args.take("group_by_cols")
        if len(args.positional) > 2 and height is None:
            height = args.args.pop(2).value
        one, other = number(rows), number(columns)
        many = f"{one * other:g}" if one is not None and other is not None else f"{closed(rows)} * {closed(columns)}"
        laid = call("arrange_in_grid", [f"rows={text(rows)}", f"cols={text(columns)}", *args.args[2:]])
        made = f"VGroup(*[{text(receiver(node))}.copy() for _ in range({many})]).{text(laid)}"
        made += f".scale_to_fit_height({text(height)})" if height is not None else ""
        if group is not None and text(group) == "True":
            wide = text(columns)
            made = f"VGroup(*[{made}[i * {wide}:(i + 1) * {wide}] for i in range({text(rows)})])"
        return expression(made)


class Grid(Rule):
    """`arrange_in_grid(n_rows, n_cols, h_buff=..., v_buff=...)`."""

    differences = (46,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """One `buff` for both ways, and an order of filling."""
        if method(node) != "arrange_in_grid":
            return node
        args = Arguments(node)
        args.rename("n_rows", "rows")
        args.rename("n_cols", "cols")
        wide, high = args.take("h_buff"), args.take("v_buff")
        ratio = (args.take("buff_ratio"), args.take("h_buff_ratio"), args.take("v_buff_ratio"))
        if wide is not None or high is not None:
            both = [text(each) if each is not None else "MED_SMALL_BUFF" for each in (wide, high)]
            args.put("buff", f"({both[0]}, {both[1]})")
        elif any(each is not None for each in ratio) and args.get("buff") is None:
            args.put("buff", "MED_SMALL_BUFF")
        by_rows = args.take("fill_rows_first")
        if by_rows is not None and text(by_rows) == "False":
            args.put("flow_order", '"dr"')
        aligned = args.take("aligned_edge")
        if aligned is not None:
            args.put("cell_alignment", aligned)
        for dropped in ("average_widths", "fill_cols_first"):
            args.take(dropped)
        return args.call()


class Submobjects(Rule):
    """`set_submobjects(list)` and `clear()`."""

    differences = (53,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """A plain assignment."""
        only = expression_of(node)
        if only is None or not isinstance(only, cst.Call):
            return None
        if method(only) == "set_submobjects" and len(only.args) == 1:
            return statements(f"{text(receiver(only))}.submobjects = list({text(only.args[0].value)})")
        if method(only) == "clear" and not only.args and code.is_a(receiver(only), "Mobject"):
            name = text(receiver(only))
            return statements(f"{name}.remove(*{name}.submobjects)")
        return None


class MovedTo(Rule):
    """Positions that mean something else: `arrange(RIGHT, True)`, `align_to(m, alignment_vect=UP)`, `surround`."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Keywords by their present names."""
        args = Arguments(node)
        name = method(node)
        if name == "align_to":
            args.rename("alignment_vect", "direction")
        elif name == "arrange" and len(args.positional) == 2:
            args.name(1, "center")
        elif name == "surround":
            args.rename("buff", "buffer_factor")
            if len(args.positional) > 1:
                args.args = [args.args[0], *[each for each in args.args[1:] if each.keyword is not None]]
                args.changed = True
        elif name in {"match_x", "match_y", "match_z"}:
            args.rename("mobject_or_point", "mobject")
        return args.call()


class Become(Rule):
    """Copies and states with options that are gone."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Drop what only made them faster."""
        dropped = {
            "copy": ("deep",), "save_state": ("use_deepcopy",), "generate_target": ("use_deepcopy",),
            "become": ("match_updaters", "copy_submobjects"), "set_points_smoothly": ("true_smooth", "approx"),
            "make_smooth": ("approx", "recurse"), "close_path": ("smooth",), "insert_n_curves": ("recurse",),
            "apply_function": ("make_smooth",), "embed": ("close_scene_on_exit",),
            "set_points_as_corners": ("recurse",), "remove": ("recurse", "reassemble"),
        }.get(method(node), ())  # fmt: skip
        args = Arguments(node)
        for keyword in dropped:
            args.take(keyword)
        return args.call()


def plain(args: list[cst.Arg]) -> list[cst.Arg]:
    """The arguments, tidied."""
    return list(tidy(args))


def keyword(name: str, value: str) -> cst.Arg:
    """One keyword argument."""
    return argument(value, name)
