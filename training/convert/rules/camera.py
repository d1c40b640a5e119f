"""The camera: which scene has which, and how its frame moves."""

from __future__ import annotations

import re

import libcst as cst

from training.convert.code import Code, Rule, Statements, assigned, expression_of
from training.convert.nodes import (
    Arguments,
    call,
    closed,
    dotted,
    expression,
    method,
    number,
    receiver,
    statements,
    text,
    written,
)

PLAIN = frozenset({"Scene", "InteractiveScene", "MovingCameraScene", "ThreeDScene"})
_FRAMES = frozenset({"self.frame", "self.camera.frame", "self.camera_frame"})
_SOLIDS = re.compile(
    r"\b(?:ThreeDAxes|Sphere|Torus|Cylinder|Cone|Cube|VCube|Prism|VPrism|Surface|ParametricSurface|Line3D|Dot3D|Dodecahedron"
    r"|set_camera_orientation|move_camera|begin_ambient_camera_rotation|set_euler_angles|increment_theta|increment_phi"
    r"|set_theta|set_phi|add_ambient_rotation|fix_in_frame)\b"
)
_TILTED = re.compile(r"\breorient\(\s*([^,()]+)(?:,\s*([^,()]+))?(?:,\s*([^,()]+))?")
_MOVED = re.compile(r"\bself\.(?:frame|camera\.frame|camera_frame)\b")


def is_deep(source: str) -> bool:
    """Whether a scene looks at something from an angle."""
    if _SOLIDS.search(source):
        return True
    return any(_tilts(found) for found in _TILTED.findall(source))


def _tilts(angles: tuple[str, ...]) -> bool:
    """Whether some angle is not nothing."""
    return any(each.strip() not in {"", "0", "0.0"} and "=" not in each for each in angles)


class SceneBase(Rule):
    """`InteractiveScene` and scenes whose frame moves: the base with the camera they need."""

    differences = (10, 16)

    def class_def(self, node: cst.ClassDef, code: Code) -> cst.ClassDef:
        """A plain scene, one with a moving frame, or one in space."""
        at = next((at for at, base in enumerate(node.bases) if dotted(base.value) in PLAIN), None)
        if at is None:
            return node
        old = dotted(node.bases[at].value)
        new = self._base(node, old, code)
        if new == old:
            return node
        bases = list(node.bases)
        bases[at] = bases[at].with_changes(value=cst.Name(new))
        return node.with_changes(bases=bases)

    def _base(self, node: cst.ClassDef, old: str, code: Code) -> str:
        """Looks at the class and at those of the file that derive from it, which share its camera."""
        if old == "ThreeDScene":
            return old
        source = "\n".join(text(each) for each in self._family(node, code))
        if is_deep(source):
            return "ThreeDScene"
        if old == "MovingCameraScene" or _MOVED.search(source):
            return "MovingCameraScene"
        return "Scene"

    def _family(self, node: cst.ClassDef, code: Code) -> list[cst.CSTNode]:
        name = node.name.value
        below = {each for each in code.kinds.classes if name in code.kinds.line(each)} - {name}
        classes = [each for each in code.module.body if isinstance(each, cst.ClassDef)]
        return [node, *[each for each in classes if each.name.value in below]]


class FrameNames(Rule):
    """`self.frame`, `self.camera_frame`."""

    differences = (16,)

    def attribute(self, node: cst.Attribute, code: Code) -> cst.BaseExpression:
        """`self.camera.frame`."""
        if dotted(node) in {"self.frame", "self.camera_frame"} and code.in_scene():
            return expression("self.camera.frame")
        return node


def is_frame(node: cst.BaseExpression, code: Code) -> bool:
    """Whether an expression is the camera's frame, by its name or by what the name was given."""
    name = dotted(node)
    if name in _FRAMES:
        return True
    if not name or "." in name:
        return False
    values = [dotted(value) for value, _ in code.kinds.values(name, code.place)]
    return bool(values) and all(each in _FRAMES for each in values)


def _angles(args: Arguments) -> dict[str, cst.BaseExpression]:
    """What `reorient` is told, by name."""
    found: dict[str, cst.BaseExpression] = {}
    for each, name in zip(args.positional, ("theta", "phi", "gamma", "center", "height"), strict=False):
        found[name] = each.value
    for each in args.args:
        if each.keyword is not None:
            found[each.keyword.value.removesuffix("_degrees")] = each.value
    return {name: value for name, value in found.items() if text(value) != "None"}


class FlatReorient(Rule):
    """`frame.reorient(0, 0, 0, center, height)` in a plane: the frame is moved and scaled."""

    differences = (11,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`move_to` and a height."""
        if code.scene_is("ThreeDScene") or not method(node):
            return node
        of = receiver(node)
        base = of.value if isinstance(of, cst.Attribute) and of.attr.value == "animate" else _unanimated(of)
        if not is_frame(base, code):
            return node
        if method(node) == "to_default_state":
            return expression(f"{text(of)}.move_to(ORIGIN).scale_to_fit_height(config.frame_height)")
        if method(node) != "reorient":
            return node
        found = _angles(Arguments(node))
        steps = ""
        if "height" in found:
            steps += f".scale_to_fit_height({text(found['height'])})"
        if "center" in found:
            center = found["center"]
            steps += f".move_to({text(center) if not isinstance(center, cst.Tuple) else _point(center)})"
        turned = found.get("gamma")
        if turned is not None and number(turned) != 0:
            steps += f".rotate({text(turned)} * DEGREES)"
        return expression(f"{text(of)}{steps or '.shift(ORIGIN)'}")


def _unanimated(node: cst.BaseExpression) -> cst.BaseExpression:
    """The mobject in `mob.animate(...)`."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value == "animate":
        return node.func.value
    return node


def _point(node: cst.Tuple) -> str:
    inside = [text(each.value) for each in node.elements]
    return f"[{', '.join(inside)}]"


def orientation(found: dict[str, cst.BaseExpression], *, degrees: bool = True) -> list[str]:
    """Keywords for Manim Community's camera: its theta starts a quarter turn away, its zoom is 8 over the height."""
    unit = " * DEGREES" if degrees else ""
    made: list[str] = []
    for name in ("phi", "theta", "gamma"):
        value = found.get(name)
        if value is None:
            continue
        if name == "theta":
            known = number(value)
            if degrees and known is not None:
                made.append(f"theta={written(known - 90)} * DEGREES")
            else:
                made.append(f"theta={closed(value)}{unit} - 90 * DEGREES")
        else:
            made.append(f"{name}={closed(value)}{unit}")
    if "center" in found:
        center = found["center"]
        made.append(f"frame_center={_point(center) if isinstance(center, cst.Tuple) else text(center)}")
    if "height" in found:
        height = number(found["height"])
        made.append(
            f"zoom={written(8 / height)}" if height else f"zoom=config.frame_height / {closed(found['height'])}"
        )
    return made


class DeepOrientation(Rule):
    """`frame.reorient(...)`, `set_euler_angles`, `increment_theta` in space."""

    differences = (11,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """The scene's own methods do it; a play with the frame in it is a `move_camera`."""
        if not code.scene_is("ThreeDScene"):
            return None
        only = expression_of(node)
        if only is None or not isinstance(only, cst.Call):
            return self._name(node, code)
        if method(only) == "play" and text(receiver(only)) == "self":
            made = self._play(only, code)
            return None if made is None else statements(text(made))
        new = self._set(only, code)
        return None if new is None else statements(new) if new else []

    def _name(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """`frame = self.camera.frame` and chains on it: the name is not needed any more."""
        pair = assigned(node)
        if pair is None:
            return None
        name, value = pair
        if dotted(value) in _FRAMES and is_frame(cst.Name(name), code):
            return []
        if isinstance(value, cst.Call) and (new := self._set(value, code)) is not None:
            return statements(new) if new else []
        return None

    def _set(self, node: cst.Call, code: Code) -> str | None:
        """One call on the frame, or a chain of them; empty where nothing is to be done, None where it is none."""
        steps: list[cst.Call] = []
        inner: cst.BaseExpression = node
        while isinstance(inner, cst.Call) and method(inner):
            steps.append(inner)
            inner = receiver(inner)
        if not steps or not is_frame(inner, code):
            return None
        lines: list[str] = []
        told: list[str] = []
        for each in reversed(steps):
            name, args = method(each), Arguments(each)
            if name == "clear_updaters":
                lines.append("self.stop_ambient_camera_rotation()")
            elif name == "add_ambient_rotation":
                rate = text(args.args[0].value) if args.args else "1 * DEGREES"
                lines.append(f"self.begin_ambient_camera_rotation(rate={rate})")
            elif name == "add_updater" and (speed := _speed(args)) is not None:
                lines.append(f"self.begin_ambient_camera_rotation(rate={speed})")
            elif (keywords := _keywords(each)) is not None:
                told += keywords
            else:
                code.leave(name, "the camera in space has no such method")
                return None
        if told:
            lines.insert(0, f"self.set_camera_orientation({', '.join(told)})")
        return "\n".join(lines)

    def _play(self, node: cst.Call, code: Code) -> cst.BaseExpression | None:
        args = Arguments(node)
        moves = [(at, each) for at, each in enumerate(args.positional) if _frame_in(each.value, code) is not None]
        if len(moves) != 1:
            return None
        at, move = moves[0]
        steps = _frame_in(move.value, code) or []
        told: list[str] = []
        for each in steps:
            if each.node is not None and method(each.node) == "animate":
                continue
            keywords = _keywords(each.node) if each.node is not None else []
            if keywords is None:
                code.leave(method(each.node), "the camera in space has no such method")
                return None
            told += keywords
        others = [
            text(each.value) if not each.star else f"*{text(each.value)}"
            for place, each in enumerate(args.args)
            if place != at and each.keyword is None
        ]
        rest = [each for each in args.args if each.keyword is not None]
        rest += [
            each for each in _options(move.value) if each.keyword is not None and args.place(each.keyword.value) is None
        ]
        added = [f"added_anims=[{', '.join(others)}]"] if others else []
        return call("self.move_camera", [*told, *added, *rest])


class _Step:
    def __init__(self, node: cst.Call) -> None:
        self.node = node


def _frame_in(node: cst.BaseExpression, code: Code) -> list[_Step] | None:
    """The calls after `frame.animate`, in their order; None where it is nothing of the frame's."""
    steps: list[_Step] = []
    inner = node
    while isinstance(inner, cst.Call):
        if not isinstance(inner.func, cst.Attribute):
            return None
        if inner.func.attr.value == "animate":
            return list(reversed(steps)) if is_frame(inner.func.value, code) else None
        steps.append(_Step(inner))
        inner = inner.func.value
    if isinstance(inner, cst.Attribute) and inner.attr.value == "animate" and is_frame(inner.value, code):
        return list(reversed(steps))
    return None


def _options(node: cst.BaseExpression) -> list[cst.Arg]:
    """The timing given to `animate`."""
    while isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        if node.func.attr.value == "animate":
            return list(node.args)
        node = node.func.value
    return []


def _keywords(node: cst.Call | None) -> list[str] | None:  # noqa: PLR0911 - one answer for each method
    """What one call on the frame tells the camera."""
    if node is None:
        return []
    name, args = method(node), Arguments(node)
    first = args.args[0].value if args.args else None
    if name == "reorient":
        return orientation(_angles(args))
    if name == "set_euler_angles":
        found = _angles(args)
        found.pop("units", None)
        return orientation(found, degrees="DEG" in text(node) and "units" in text(node))
    if name in {"set_theta", "set_phi", "set_gamma"} and first is not None:
        return orientation({name[4:]: first}, degrees=False)
    if name in {"increment_theta", "increment_phi", "increment_gamma"} and first is not None:
        angle = name.removeprefix("increment_")
        return [f"{angle}=self.camera.get_{angle}() + {closed(first)}"]
    if name in {"move_to"} and first is not None:
        return orientation({"center": first})
    if name in {"set_height", "scale_to_fit_height"} and first is not None:
        return orientation({"height": first})
    if name == "scale" and first is not None:
        return [f"zoom=self.camera.get_zoom() / {closed(first)}"]
    if name == "shift" and first is not None:
        return [f"frame_center=self.camera._frame_center.get_center() + {closed(first)}"]
    if name in {"to_default_state", "center"}:
        return (
            ["phi=0", "theta=-90 * DEGREES", "gamma=0", "zoom=1", "frame_center=ORIGIN"]
            if name != "center"
            else ["frame_center=ORIGIN"]
        )
    return None


def _speed(args: Arguments) -> str | None:
    """The speed in `lambda m, dt: m.increment_theta(speed * dt)`."""
    function = args.args[0].value if args.args else None
    if not isinstance(function, cst.Lambda) or len(function.params.params) != 2:
        return None
    time = function.params.params[1].name.value
    body = function.body
    if not isinstance(body, cst.Call) or method(body) != "increment_theta" or not body.args:
        return None
    words = text(body.args[0].value)
    for pattern in (rf"^(.*?)\s*\*\s*{time}$", rf"^{time}\s*\*\s*(.*)$"):
        found = re.match(pattern, words)
        if found:
            return found[1]
    found = re.match(rf"^(.*?)\s*\*\s*{time}\s*\*\s*(.*)$", words)
    return f"{found[1]} * {found[2]}" if found else None


class FixedInFrame(Rule):
    """`title.fix_in_frame()`: it stays where it is while the camera moves."""

    differences = (26,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """The scene is told."""
        only = expression_of(node)
        if only is None or not isinstance(only, cst.Call):
            return self._assigned(node, code)
        if method(only) not in {"fix_in_frame", "unfix_from_frame"} or not code.in_scene():
            return None
        if not code.scene_is("ThreeDScene"):
            return []
        word = "add_fixed_in_frame_mobjects" if method(only) == "fix_in_frame" else "remove_fixed_in_frame_mobjects"
        return statements(f"self.{word}({text(receiver(only))})")

    def _assigned(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """`title = Text("a").fix_in_frame()`."""
        pair = assigned(node)
        plain = _unfixed(pair[1]) if pair is not None else None
        if pair is None or plain is None or not code.in_scene():
            return None
        made = f"{pair[0]} = {text(plain)}"
        told = [f"self.add_fixed_in_frame_mobjects({pair[0]})"] if code.scene_is("ThreeDScene") else []
        return statements("\n".join([made, *told]))

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Inside an expression there is nothing to be told in a plane."""
        name = method(node)
        if name == "is_fixed_in_frame":
            return node
        if name in {"fix_in_frame", "unfix_from_frame"} and isinstance(receiver(node), cst.Call):
            return node
        return node


def _unfixed(node: cst.BaseExpression) -> cst.BaseExpression | None:
    """A chain of calls without its `fix_in_frame()`; None where it has none."""
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return None
    if node.func.attr.value == "fix_in_frame":
        return node.func.value
    inner = _unfixed(node.func.value)
    return None if inner is None else node.with_changes(func=node.func.with_changes(value=inner))


class OldCamera(Rule):
    """The camera of three dimensions in the older scenes."""

    differences = (16,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The distance is the camera's own; the rest has its names."""
        name = method(node)
        args = Arguments(node)
        if name in {"set_camera_orientation", "move_camera"}:
            if args.take("distance") is not None:
                pass
            args.rename("center_x", "frame_center")
            args.take("center_y")
            args.take("center_z")
        if name == "set_camera_to_default_orientation":
            return call("self.set_camera_orientation", ["phi=0", "theta=-90 * DEGREES"])
        return args.call()


class FramePart(Rule):
    """`set_width(frame...)` on the frame by other names."""

    differences = (16,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`frame.set_shape` and the angle of view have no like in a plane."""
        if method(node) in {"set_field_of_view", "set_focal_distance"} and is_frame(receiver(node), code):
            code.leave(method(node), "the camera's angle of view")
        return node
