"""Strokes, fills, colours, and the looks that only a graphics card draws."""

from __future__ import annotations

import libcst as cst

from training.convert.code import Code, Rule, Statements, expression_of
from training.convert.nodes import Arguments, called, closed, dotted, expression, method, receiver, text, tidy
from training.convert.rules.sizes import renamed

# Light, depth and smoothing: they make a picture of the graphics card's finer, and this renderer has none of them.
_FINISH = frozenset(
    {"apply_depth_test", "deactivate_depth_test", "set_shading", "set_gloss", "set_shadow", "set_reflectiveness",
     "set_anti_alias_width", "set_flat_stroke", "set_scale_stroke_with_zoom", "use_winding_fill", "make_3d",
     "refresh_unit_normal", "refresh_joint_angles", "refresh_triangulation", "refresh_bounding_box",
     "note_changed_data",
     "note_changed_family", "always_sort_to_camera", "sort_faces_back_to_front", "lock_data", "unlock_data",
     "refresh_shader_wrapper_id", "set_joint_type", "set_perpendicular_to_camera", "ensure_positive_orientation",
     "lock_matching_data", "set_backstroke_none", "set_sun_vect", "consider_points_equals"}
)  # fmt: skip
# These change what is seen.
_SEEN = {
    "set_clip_plane": "cutting off at a plane", "deactivate_clip_plane": "cutting off at a plane",
    "set_color_by_code": "colour worked out by a shader", "set_color_by_xyz_func": "colour worked out by a shader",
    "set_color_by_rgb_func": "colour worked out point by point",
    "set_color_by_rgba_func": "colour worked out point by point",
    "replace_shader_code": "a shader of its own", "set_uniform": "a setting of a shader",
    "set_uniforms": "a setting of a shader",
    "set_glow_factor": "glow", "set_radii": "dots of several sizes",
    "color_using_background_image": "a picture as colour",
    "set_rgba_array": "colours given point by point", "set_rgba_array_by_color": "colours given point by point",
    "set_field_of_view": "the camera's angle of view", "set_focal_distance": "the camera's distance",
}  # fmt: skip
_FAMILY = frozenset(
    {"set_stroke", "set_fill", "set_color", "set_opacity", "match_style", "fade", "set_style", "set_z_index"}
)
_RECURSIVE = frozenset(
    {"clear_updaters", "suspend_updating", "resume_updating", "update", "shuffle", "shuffle_submobjects"}
)


class Backstroke(Rule):
    """`set_backstroke(color, width)`: a stroke behind the fill."""

    differences = (27,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A background stroke, black and 3 wide where nothing else is said."""
        name = method(node)
        if name not in {"set_backstroke", "set_bstroke", "set_background_stroke"}:
            return node
        args = Arguments(node)
        for at, keyword in reversed(list(enumerate(["color", "width"]))):
            if len(args.positional) > at:
                args.name(at, keyword)
        if name != "set_background_stroke":
            args.put("color", args.get("color") or expression("BLACK"))
            args.put("width", args.get("width") or expression("3" if name == "set_backstroke" else "4"))
            return renamed(args.call(), "set_background_stroke")
        return args.call()


class StrokeKeywords(Rule):
    """`set_stroke(behind=True)`, `set_fill(border_width=0)`, `recurse=`."""

    differences = (50, 63)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """What only the graphics card needs goes, the rest has other names."""
        name = method(node)
        if name not in _FAMILY and name not in _RECURSIVE:
            return node
        args = Arguments(node)
        args.rename("recurse", "family" if name in _FAMILY else "recursive")
        if name == "set_stroke":
            args.rename("behind", "background")
            args.take("flat")
            if len(args.positional) > 3:
                args.name(3, "background")
        if name == "set_fill":
            args.take("border_width")
            if len(args.positional) > 2:
                args.args.pop(2)
                args.changed = True
        if name == "set_z_index":
            args.rename("z_index", "z_index_value")
        if name == "set_style":
            args.rename("stroke_behind", "background_stroke")
            for keyword in ("fill_border_width", "flat_stroke", "shading", "background_stroke"):
                args.take(keyword)
        return args.call()


class ColourAndOpacity(Rule):
    """`set_color(RED, 0.5)`: colour and opacity in one call."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Two calls."""
        if method(node) != "set_color":
            return node
        args = Arguments(node)
        opacity = args.take("opacity")
        if opacity is None and len(args.positional) == 2:
            opacity = args.args.pop(1).value
            args.changed = True
        if opacity is None:
            return node
        return expression(f"{text(args.call())}.set_opacity({text(opacity)})")


class Finish(Rule):
    """Light, depth and smoothing of the graphics card: this renderer has none, and the picture is much the same."""

    differences = (49,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Leave the call out; say so where the picture differs."""
        name = method(node)
        if any(name in own for own in code.kinds.methods.values()):
            return node
        if name in _SEEN:
            code.leave(name, _SEEN[name])
            return node
        if name not in _FINISH:
            return node
        code.leave(name, "light and depth of the graphics card", shows=False)
        return receiver(node)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """A line that does nothing any more goes."""
        only = expression_of(node)
        if only is not None and dotted(only) and not isinstance(only, cst.Call):
            return []
        return None


class FinishKeywords(Rule):
    """The same as keywords of a constructor."""

    differences = (49, 50)
    dropped = frozenset(
        {"mark_paths_closed", "close_new_points", "n_points_per_cubic_curve",
         "shading", "gloss", "shadow", "reflectiveness", "depth_test", "anti_alias_width", "flat_stroke", "joint_type",
         "fill_border_width", "scale_stroke_with_zoom", "use_winding_fill", "is_fixed_in_frame", "stroke_behind",
         "long_lines", "use_simple_quadratic_approx", "make_smooth_after_applying_functions_", "background_image_file",
         "prefered_creation_axis", "epsilon", "should_subdivide_sharp_curves", "should_remove_null_curves"}
    )  # fmt: skip

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Leave them out where a mobject is made."""
        name = called(node) or (method(node) if text(node.func).startswith("super()") else "")
        if not (name and (name[0].isupper() or name == "__init__")) and not dotted(node.func).endswith(".__init__"):
            return node
        args = Arguments(node)
        for keyword in self.dropped:
            if args.take(keyword) is not None and keyword == "background_image_file":
                code.leave(keyword, "a picture as colour")
        return args.call()


class Updaters(Rule):
    """`add_updater(f, call=False)`, `f_always`, continual animations."""

    differences = (40,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The keyword's name."""
        args = Arguments(node)
        if method(node) == "add_updater":
            args.rename("call", "call_updater")
            args.rename("update_func", "update_function")
            if len(args.positional) == 2 and text(args.positional[1].value) in {"True", "False"}:
                args.name(1, "call_updater")
        return args.call()


class FollowFunctions(Rule):
    """`mob.f_always.set_value(tracker.get_value)`: each frame with what the functions give then."""

    differences = (40,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """An updater that calls them."""
        if not method(node):
            return node
        chain = receiver(node)
        if not (isinstance(chain, cst.Attribute) and chain.attr.value == "f_always"):
            return node
        inside = ", ".join(
            f"{each.keyword.value}={text(each.value)}" if each.keyword is not None else _asked(each.value)
            for each in node.args
        )
        return expression(f"{text(chain.value)}.add_updater(lambda m: m.{method(node)}({inside}))")


def _asked(function: cst.BaseExpression) -> str:
    """What a function gives when it is called."""
    if isinstance(function, cst.Lambda) and not function.params.params:
        return text(function.body)
    return f"{closed(function)}()"


class Redrawn(Rule):
    """`always_redraw(Brace, square, UP)`: a function and what it is given."""

    differences = (40,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A function of nothing."""
        if called(node) != "always_redraw" or len(node.args) < 2:
            return node
        inner = cst.Call(node.args[0].value, args=tidy(node.args[1:]))
        if isinstance(node.args[0].value, cst.Lambda):
            inner = cst.Call(expression(f"({text(node.args[0].value)})"), args=tidy(node.args[1:]))
        return expression(f"always_redraw(lambda: {text(inner)})")


class HandedMethods(Rule):
    """A scene's own method given to a graph: copies of the graph would copy the scene with it."""

    differences = (20,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A function that calls it."""
        takes = {"get_graph", "plot", "get_parametric_curve", "plot_parametric_curve"}
        if method(node) not in takes and called(node) not in {"FunctionGraph", "ParametricFunction", "ParametricCurve"}:
            return node
        args = Arguments(node)
        first = args.positional[0].value if args.positional else None
        if not code.in_scene() or not isinstance(first, cst.Attribute) or text(first.value) != "self":
            return node
        variable = "t" if "arametric" in text(node.func) else "x"
        args.args[0] = args.args[0].with_changes(value=expression(f"lambda {variable}: {text(first)}({variable})"))
        args.changed = True
        return args.call()
