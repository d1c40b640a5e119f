"""Fading in and out: the ways ManimGL had a class for each of."""

from __future__ import annotations

import libcst as cst

from training.convert.code import Code, Rule
from training.convert.nodes import Arguments, call, called, closed, expression, number, text, written

# (new name, the keyword that the second argument becomes, its value where none is given)
_DIRECTED = {
    "FadeInFrom": ("FadeIn", "direction"), "FadeInFromDown": ("FadeIn", "direction"),
    "FadeOutAndShift": ("FadeOut", "direction"), "FadeOutAndShiftDown": ("FadeOut", "direction"),
}  # fmt: skip
_OPPOSITE = {"UP": "DOWN", "DOWN": "UP", "LEFT": "RIGHT", "RIGHT": "LEFT", "IN": "OUT", "OUT": "IN",
             "UL": "DR", "DR": "UL", "UR": "DL", "DL": "UR"}  # fmt: skip
ANIMATIONS_OF_ONE = frozenset(
    {*_DIRECTED, "FadeInFromPoint", "FadeOutToPoint", "FadeInFromLarge", "VFadeIn", "VFadeOut", "VFadeInThenOut",
     "ShowCreationThenDestruction", "ShowCreationThenFadeOut", "ShowCreationThenFadeAround", "CircleIndicate",
     "FlashAround", "FlashUnder", "ShowPassingFlashAround", "ShowCreationThenDestructionAround", "VShowPassingFlash",
     "ShimmerIn", "CountInFrom", "TurnInsideOut"}
)  # fmt: skip


def opposite(direction: cst.BaseExpression) -> str:
    """The direction that leads back."""
    words = text(direction)
    if words in _OPPOSITE:
        return _OPPOSITE[words]
    if isinstance(direction, cst.UnaryOperation) and isinstance(direction.operator, cst.Minus):
        return text(direction.expression)
    if isinstance(direction, cst.BinaryOperation) and text(direction.right) in _OPPOSITE:
        return f"{text(direction.left)} {text(direction.operator).strip()} {_OPPOSITE[text(direction.right)]}"
    return f"-{closed(direction)}"


class FadeShift(Rule):
    """`FadeIn(m, UP)`: the direction is a keyword."""

    differences = (9,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Name the second argument `shift` where it is no mobject."""
        if called(node) not in {"FadeIn", "FadeOut"}:
            return node
        args = Arguments(node)
        if len(args.positional) == 2 and not code.is_a(args.positional[1].value, "Mobject"):
            args.name(1, "shift")
        args.rename("shift_vect", "shift")
        args.take("remover")
        args.take("final_alpha_value")
        return args.call()


class FadeScale(Rule):
    """ManimGL's `scale` says how much it grows while fading, Manim Community's where it starts."""

    differences = (9, 56)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Turn the factor round for what fades in."""
        args = Arguments(node)
        factor = args.get("scale")
        if called(node) != "FadeIn" or factor is None or _turned(factor):
            return node
        value = number(factor)
        if value == 0:
            args.put("scale", "10")
        else:
            args.put("scale", f"1 / {written(value) if value is not None else closed(factor)}")
        return args.call()


def _turned(node: cst.BaseExpression) -> bool:
    """Whether it is `1 / x` already, which this rule writes."""
    return isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Divide) and text(node.left) == "1"


class FadeFrom(Rule):
    """`FadeInFrom(m, DOWN)`, `FadeInFromDown`, `FadeOutAndShift`: one class with `shift`."""

    differences = (19, 64)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """FadeInFrom comes from a direction, so it moves the other way; FadeOutAndShift goes there."""
        name = called(node)
        if name not in _DIRECTED:
            return node
        new, keyword = _DIRECTED[name]
        args = Arguments(node.with_changes(func=cst.Name(new)))
        if len(args.positional) >= 2:
            args.name(1, keyword)
        direction = args.take(keyword) or expression("DOWN")
        args.put("shift", opposite(direction) if new == "FadeIn" else text(direction))
        return args.call()


class FadePoint(Rule):
    """Fading in from a point or out to one."""

    differences = (51,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The point is `target_position`; the thing is nothing there."""
        name = called(node)
        if name not in {"FadeInFromPoint", "FadeOutToPoint"}:
            return node
        args = Arguments(node.with_changes(func=cst.Name("FadeIn" if name == "FadeInFromPoint" else "FadeOut")))
        if len(args.positional) >= 2:
            args.name(1, "target_position")
        args.rename("point", "target_position")
        args.put("scale", "1 / 10" if name == "FadeInFromPoint" else "0.1")
        return args.call()


class FadeLarge(Rule):
    """`FadeInFromLarge(m)` shrinks into place."""

    differences = (56,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """It starts at a size of its own, 2 where none is given."""
        if called(node) != "FadeInFromLarge":
            return node
        args = Arguments(node.with_changes(func=cst.Name("FadeIn")))
        if len(args.positional) >= 2:
            args.name(1, "scale_factor")
        factor = args.take("scale_factor")
        words = "2" if factor is None else text(factor)
        args.put("scale", f"1 / (1 / {words})" if factor is not None and number(factor) is None else words)
        return args.call()


class VFade(Rule):
    """ManimGL's fades for vector shapes."""

    differences = (30,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The plain fades do the same; the one that goes again is a fade there and back."""
        name = called(node)
        if name in {"VFadeIn", "VFadeOut"}:
            args = Arguments(node.with_changes(func=cst.Name(name[1:])))
            args.take("suspend_mobject_updating")
            args.changed = True
            return args.call()
        if name == "VFadeInThenOut":
            args = Arguments(node.with_changes(func=cst.Name("FadeIn")))
            if args.get("rate_func") is None:
                args.put("rate_func", "there_and_back")
            args.put("remover", "True")
            return args.call()
        return node


class Shimmer(Rule):
    """`ShimmerIn` was a fade that runs through the parts."""

    differences = (38,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """A fade with a lag."""
        if called(node) != "ShimmerIn":
            return node
        args = Arguments(node.with_changes(func=cst.Name("FadeIn")))
        if args.get("lag_ratio") is None:
            args.put("lag_ratio", "0.1")
        return args.call()


class MappedAnimations(Rule):
    """`map(FadeInFromDown, mobs)`: the class alone can't carry what its new form needs."""

    differences = (19, 2)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Write the loop out."""
        if called(node) != "map" or len(node.args) != 2:
            return node
        name = text(node.args[0].value)
        if name not in ANIMATIONS_OF_ONE:
            return node
        return expression(f"[{name}(mob) for mob in {text(node.args[1].value)}]")


class LaggedMap(Rule):
    """`LaggedStartMap` with a class that changed, or with a function that gives positional arguments."""

    differences = (9, 19, 4)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Write the loop out, with the call inside it."""
        args = Arguments(node)
        places = args.positional
        if called(node) == "LaggedStart" and places and _is_class(places[0].value, code):
            return self.call(node.with_changes(func=cst.Name("LaggedStartMap")), code)
        if called(node) != "LaggedStartMap" or len(places) < 2:
            return node
        function = places[2].value if len(places) > 2 else args.get("arg_creator")
        animation = text(places[0].value)
        if animation == "FadeInFromDown" and function is None:
            args.args[0] = args.args[0].with_changes(value=cst.Name("FadeIn"))
            args.put("shift", "UP")
            return args.call()
        if function is None and animation not in ANIMATIONS_OF_ONE:
            return node
        made = _one(animation, function)
        if made is None:
            return node
        variable, one = made
        args.take("arg_creator")
        rest = [each for each in args.args if each.keyword is not None or each.star]
        if not any(each.keyword is not None and each.keyword.value == "run_time" for each in rest):
            rest.append(call("f", ["run_time=2"]).args[0])
        return call("LaggedStart", [f"*[{one} for {variable} in {text(places[1].value)}]", *rest])


def _is_class(node: cst.BaseExpression, code: Code) -> bool:
    """Whether it is an animation's class and not an animation."""
    return isinstance(node, cst.Name) and "Animation" in code.kinds.line(node.value)


def _one(animation: str, function: cst.BaseExpression | None) -> tuple[str, str] | None:
    """The variable and the call for one mobject."""
    if function is None:
        return "mob", f"{animation}(mob)"
    if not (isinstance(function, cst.Lambda) and len(function.params.params) == 1):
        return None
    body = function.body
    if not isinstance(body, cst.Tuple):
        return None
    inside = [text(each.value) for each in body.elements]
    return function.params.params[0].name.value, f"{animation}({', '.join(inside)})"
