"""What scenes do beside drawing: windows, sounds, skipping, and animations that never ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import libcst as cst

from training.convert.code import Code, Rule, Statements, assigned, expression_of
from training.convert.nodes import (
    Arguments,
    call,
    called,
    closed,
    dotted,
    expression,
    method,
    receiver,
    statements,
    text,
)
from training.extract.blockers import DRAWINGS, GL_NAMES, PI_NAMES

_TOOLS = frozenset(
    {"embed", "interact", "force_skipping", "revert_to_original_skipping_status", "stop_skipping", "skip_to",
     "interactive_embed", "show_frame", "set_floor_plane", "hold_loop", "checkpoint_paste", "set_light_source",
     "set_variables_as_attrs_", "reset_camera", "print_mobject_names", "write_to_movie", "go_to_start", "update_frame_"}
)  # fmt: skip


class Tools(Rule):
    """`self.embed()`, `self.force_skipping()`: for working on a scene, not for its picture."""

    differences = (60,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """The line goes."""
        only = expression_of(node)
        if (
            isinstance(only, cst.Call)
            and text(only.func).startswith("self.")
            and method(only) in _TOOLS
            and text(receiver(only)) == "self"
        ):
            return []
        target = assigned(node)
        if target is not None and target[0] in {"self.always_continually_update", "self.skip_animations"}:
            return []
        return None


class Sounds(Rule):
    """`self.add_sound(...)`: the file is not there."""

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """The picture is the same without it; it is reported."""
        only = expression_of(node)
        if isinstance(only, cst.Call) and dotted(only.func) == "self.add_sound":
            code.leave("add_sound", "a sound whose file is not here", shows=False)
            return []
        return None


class Light(Rule):
    """`self.camera.light_source` and other parts of a camera that this renderer has not."""

    differences = (49,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """The line goes where it only sets the light."""
        words = text(node)
        if "self.camera.light_source" in words or "camera.init_background" in words or "set_sun_vect" in words:
            code.leave("light_source", "light of the graphics card", shows=False)
            return []
        return None


class SceneMethods(Rule):
    """Methods of scenes by other names."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`get_mobjects()` is a list; foreground mobjects are added one way."""
        if not method(node) or text(receiver(node)) != "self" or not code.in_scene():
            return node
        name = method(node)
        if name == "get_mobjects" and not node.args:
            return expression("self.mobjects")
        if name == "clear" and not node.args:
            return node
        if name in {"remove_all_except"}:
            kept = ", ".join(text(each.value) for each in node.args)
            return call("self.remove", [f"*[mob for mob in self.mobjects if mob not in [{kept}]]"])
        if name == "get_mobject_copies":
            return expression("[mob.copy() for mob in self.mobjects]")
        return node


class Continual(Rule):
    """Animations that ran on beside the others: `self.add(ContinualUpdate(mob, f))`."""

    differences = (68,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """Updaters of the mobjects."""
        only = expression_of(node)
        if not isinstance(only, cst.Call) or dotted(only.func) != "self.add" or len(only.args) != 1:
            return None
        made = only.args[0].value
        if not isinstance(made, cst.Call) or not made.args:
            return None
        line = _updater(made)
        if line is None:
            return None
        what = text(made.args[0].value)
        adding = [f"self.add({what})"] if dotted(made.args[0].value) else []
        return statements("\n".join([*adding, line]))


def _updater(node: cst.Call) -> str | None:
    """The line that makes the mobject do it."""
    args = Arguments(node)
    what = closed(args.args[0].value)
    name = called(node)
    second = args.positional[1].value if len(args.positional) > 1 else None
    if name in {"ContinualUpdate", "ContinualUpdateFromFunc", "ContinualUpdateFromTimeFunc"} and second is not None:
        return f"{what}.add_updater({text(second)})"
    rate = args.get("rate")
    if name in {"AmbientRotation", "ContinualRotation"}:
        return f"{what}.add_updater(lambda m, dt: m.rotate({text(rate) if rate is not None else 'DEGREES * 10'} * dt))"
    if name in {"AmbientMovement", "ContinualMovement"}:
        direction = args.get("direction") or second or expression("RIGHT")
        speed = text(rate) if rate is not None else "0.05"
        return f"{what}.add_updater(lambda m, dt: m.shift({speed} * dt * {closed(direction)}))"
    if name in {"CycleAnimation", "NormalAnimationAsContinualAnimation"}:
        word = "cycle_animation" if name == "CycleAnimation" else "turn_animation_into_updater"
        return f"{word}({text(args.args[0].value)})"
    return None


class StaticMethods(Rule):
    """`VGroup(*[...]).arrange` and friends are the same; `Scene.construct(self)` of a base that changed is not."""

    differences = ()

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`super()` says the same for `setup`."""
        name = dotted(node.func)
        if "." not in name or not code.place:
            return node
        base, _, what = name.rpartition(".")
        if (
            what in {"setup", "tear_down"}
            and base in {"Scene", "InteractiveScene", "ThreeDScene", "MovingCameraScene"}
            and node.args
        ):
            return call(f"super().{what}", [])
        return node


class NoEqual(Rule):
    """What Manim Community does not have at all."""

    differences = (14, 35, 45, 55)
    pi_creatures = PI_NAMES - {"Blink"}  # Manim Community has a Blink of its own
    gone: ClassVar[Mapping[str, str]] = {**GL_NAMES, **DRAWINGS, "ContinualAnimation": "an animation that never ended"}

    def name(self, node: cst.Name, code: Code) -> cst.BaseExpression:
        """It stays in the code, where the check finds it, and in the report."""
        name = node.value
        if name in code.kinds.classes or name in code.kinds.functions:
            return node
        if name in self.pi_creatures:
            code.leave(name, "pi creatures")
        elif name in self.gone:
            code.leave(name, self.gone[name])
        return node

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The same for what pi creatures do."""
        if method(node) in {"says", "debubble", "change_mode", "change", "blink", "look_at", "student_says",
        "teacher_says",
                            "change_student_modes", "change_students", "pin_to"} and not any(
            method(node) in own for own in code.kinds.methods.values()
        ):  # fmt: skip
            code.leave(method(node), "pi creatures")
        return node
