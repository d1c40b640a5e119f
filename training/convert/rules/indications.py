"""Drawing attention: flashes, circles and boxes around something."""

from __future__ import annotations

import libcst as cst

from training.convert.code import Code, Rule
from training.convert.nodes import Arguments, argument, call, called, dotted, expression, text

_AROUND = {"FlashAround", "ShowCreationThenFadeAround", "ShowPassingFlashAround", "ShowCreationThenDestructionAround",
           "AnimationOnSurroundingRectangle"}  # fmt: skip


class Around(Rule):
    """A box that is drawn around something and goes again."""

    differences = (37,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`Circumscribe` draws it; it fades where it faded before."""
        name = called(node)
        if name not in _AROUND:
            return node
        args = Arguments(node.with_changes(func=cst.Name("Circumscribe")))
        if len(args.positional) > 1:
            args.args = [args.args[0], *[each for each in args.args[1:] if each.keyword is not None]]
        args.rename("stroke_color", "color")
        args.rename("surrounding_rectangle_config", "_config")
        args.take("_config")
        args.take("taper_width")
        args.take("time_width")
        args.take("n_inserted_curves")
        if name == "ShowCreationThenFadeAround":
            args.put("fade_out", "True")
        args.changed = True
        return args.call()


class CircleAround(Rule):
    """A circle around something."""

    differences = (37,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`Circumscribe` with a circle."""
        if called(node) != "CircleIndicate":
            return node
        args = Arguments(node.with_changes(func=cst.Name("Circumscribe")))
        args.take("scale_factor")
        args.rename("stroke_color", "color")
        args.put("shape", "Circle")
        return args.call()


class FlashBelow(Rule):
    """A line that flashes under something."""

    differences = (52,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A passing flash along an underline."""
        if called(node) != "FlashUnder" or not node.args:
            return node
        args = Arguments(node)
        colour = args.take("color") or args.take("stroke_color")
        args.take("stroke_width")
        args.take("taper_width")
        args.take("n_inserted_curves")
        line = f"Underline({text(args.args[0].value)}, color={text(colour) if colour is not None else 'YELLOW'})"
        rest = [each for each in args.args[1:] if each.keyword is not None]
        if args.place("time_width") is None:
            rest.append(argument("0.5", "time_width"))
        return call("ShowPassingFlash", [line, *rest])


class PassingFlash(Rule):
    """Lines that are drawn and go again."""

    differences = (52,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """One class for three."""
        name = called(node)
        if name not in {"ShowCreationThenDestruction", "VShowPassingFlash"}:
            return node
        args = Arguments(node.with_changes(func=cst.Name("ShowPassingFlash")))
        args.take("taper_width")
        args.take("remover")
        if name == "ShowCreationThenDestruction" and args.get("time_width") is None:
            args.put("time_width", "1")
        args.changed = True
        return args.call()


class CreateThenFade(Rule):
    """Drawn, then faded out."""

    differences = (43,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Two animations, one after the other."""
        if called(node) != "ShowCreationThenFadeOut" or not node.args:
            return node
        what = text(node.args[0].value)
        rest = [each for each in Arguments(node).args if each.keyword is not None and each.keyword.value != "remover"]
        if not dotted(node.args[0].value):  # made on the spot: one and the same has to be drawn and faded
            return call(f"(lambda mob: {text(call('Succession', ['Create(mob)', 'FadeOut(mob)', *rest]))})", [what])
        return call("Succession", [f"Create({what})", f"FadeOut({what})", *rest])


class CountIn(Rule):
    """A number that counts up to itself."""

    differences = (65,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The value it has is taken before the counting starts."""
        if called(node) != "CountInFrom" or not node.args:
            return node
        args = Arguments(node)
        what = text(args.args[0].value)
        start = args.positional[1].value if len(args.positional) > 1 else args.take("source_number")
        rest = [each for each in args.args[1:] if each.keyword is not None]
        begin = text(start) if start is not None else "0"
        return call("ChangingDecimal", [what, f"lambda a, end={what}.get_value(): interpolate({begin}, end, a)", *rest])


class Flashes(Rule):
    """`Flash(point, RED)` and `Broadcast(point)`: positions that mean something else."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Broadcast wants the thing that spreads."""
        name = called(node)
        args = Arguments(node)
        if name == "Broadcast" and args.positional and not code.is_a(args.positional[0].value, "Circle"):
            point = text(args.positional[0].value)
            colour, count, radius = args.take("color"), args.take("n_circles"), args.take("big_radius")
            args.take("small_radius")
            args.take("start_stroke_width")
            circle = ", ".join(
                [f"radius={text(radius) if radius is not None else '4'}"]
                + ([f"color={text(colour)}"] if colour is not None else [])
            )
            rest = [each for each in args.args[1:] if each.keyword is not None]
            if count is not None:
                rest.append(argument(count, "n_mobs"))
            return call("Broadcast", [f"Circle({circle})", f"focal_point={point}", *rest])
        return node


class TurnedAnimations(Rule):
    """`Rotating(m, radians=...)` and the ways of transforming by a path."""

    differences = (69,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The angle is called an angle."""
        name = called(node)
        args = Arguments(node)
        if name == "Rotating":
            args.rename("radians", "angle")
        if name in {"TransformMatchingTex", "TransformMatchingShapes"}:
            self._matching(args, code)
        if name == "Uncreate":
            args.take("should_match_start")
        if name == "AnimationGroup" and args.take("group_type") is not None:
            pass
        return args.call()

    def _matching(self, args: Arguments, code: Code) -> None:
        for keyword in ("matched_keys", "matched_pairs", "match_animation", "mismatch_animation"):
            if args.take(keyword) is not None:
                code.leave(keyword, "parts are matched by themselves", shows=False)
        if args.get("key_map") is not None and text(args.node.func) == "TransformMatchingShapes":
            args.take("key_map")
            code.leave("key_map", "shapes are matched, not strings", shows=False)


class WholeStrings(Rule):
    """`TransformMatchingTex` between formulas of one string: Manim Community matches parts, and there is one part."""

    differences = (54, 61)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Match shapes instead."""
        if called(node) != "TransformMatchingTex" or not code.new or len(node.args) < 2:
            return node
        return expression(text(node.with_changes(func=cst.Name("TransformMatchingShapes"))))
