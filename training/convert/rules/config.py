"""`CONFIG` dicts: settings of scenes become class attributes, those of mobjects become parameters."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst

from generation.engine.apiindex import index
from training.convert.code import Code, Rule, Statements, expression_of
from training.convert.nodes import (
    Arguments,
    argument,
    called,
    closed,
    dictionary,
    dotted,
    entries,
    expression,
    literal,
    method,
    statements,
    text,
    tidy,
)

# In Manim Community these are measured, so a setting of that name has to be kept under another.
SIZES = ("width", "height", "depth")
# Settings of ManimGL's scenes that nothing reads here.
_UNREAD = frozenset(
    {"camera_class", "skip_animations", "always_update_mobjects", "start_at_animation_number",
    "end_at_animation_number",
     "leave_progress_bars", "file_writer_config", "frame_duration", "samples", "drag_to_pan", "window_config",
     "default_frame_orientation", "camera_config", "always_continually_update", "default_camera_config"}
)  # fmt: skip
_PAINT = frozenset({"color", "fill_color", "stroke_color", "background_stroke_color", *SIZES})
_PLANES = frozenset({"foreground_plane_kwargs", "background_plane_kwargs"})
_MUTABLE = (cst.Dict, cst.List, cst.ListComp, cst.DictComp, cst.Set)


def config_of(node: cst.ClassDef) -> tuple[int, dict[str, cst.BaseExpression]] | None:
    """Where a class has its CONFIG, and what is in it."""
    for at, line in enumerate(node.body.body):
        if not (
            isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 and isinstance(line.body[0], cst.Assign)
        ):
            continue
        only = line.body[0]
        if dotted(only.targets[0].target) == "CONFIG" and (found := entries(only.value)) is not None:
            return at, found
    return None


class SceneConfig(Rule):
    """A scene's CONFIG."""

    differences = (8,)

    def class_def(self, node: cst.ClassDef, code: Code) -> cst.ClassDef:
        """Class attributes; what Manim's own constructor takes is handed to it."""
        found = config_of(node)
        if found is None or "Scene" not in code.kinds.line(node.name.value):
            return node
        at, settings = found
        settings = {key: _plane(value) if key in _PLANES else value for key, value in settings.items()}
        taken = self._taken(node, code)
        background = _background(settings)
        own = {key: value for key, value in settings.items() if key not in _UNREAD and key not in taken}
        handed = {key: value for key, value in settings.items() if key in taken and key not in _UNREAD}
        lines = [*node.body.body[:at], *_attributes(own, node.body.body[at]), *node.body.body[at + 1 :]]
        new = node.with_changes(body=node.body.with_changes(body=lines))
        if handed:
            new = _with_init(new, handed)
        if background is not None:
            new = _with_background(new, background)
        return _never_empty(new)

    def _taken(self, node: cst.ClassDef, code: Code) -> frozenset[str]:
        """What the constructor of Manim's scene takes; it would overwrite a class attribute."""
        for each in code.kinds.line(node.name.value):
            made = index().classes.get(each)
            if made is not None and made.init is not None and each not in code.kinds.classes:
                return made.init.keywords
        return frozenset()


def _plane(node: cst.BaseExpression) -> cst.BaseExpression:
    """The settings of a plane, by their present names: a radius is half a range."""
    found = entries(node)
    if found is None:
        return node
    made: dict[str, str] = {}
    for key, value in found.items():
        if key in {"x_radius", "y_radius"}:
            made[f"{key[0]}_range"] = f"[-{closed(value)}, {text(value)}]"
        elif key == "secondary_line_ratio":
            made["faded_line_ratio"] = text(value)
        elif key in {
            "x_range",
            "y_range",
            "background_line_style",
            "axis_config",
            "faded_line_ratio",
            "x_axis_config",
            "y_axis_config",
        }:
            made[key] = text(value)
    return expression(dictionary(made))


def _background(settings: dict[str, cst.BaseExpression]) -> cst.BaseExpression | None:
    camera = entries(settings.get("camera_config")) or {}
    return camera.get("background_color")


def _attributes(settings: dict[str, cst.BaseExpression], old: cst.CSTNode) -> list[cst.BaseStatement]:
    """One line for each setting, under the comments of the old one."""
    lines: list[cst.BaseStatement] = []
    for key, value in settings.items():
        lines += statements(f"{key} = {text(value)}")
    if lines and isinstance(old, cst.SimpleStatementLine) and isinstance(lines[0], cst.SimpleStatementLine):
        lines[0] = lines[0].with_changes(leading_lines=old.leading_lines)
    return lines


def _with_init(node: cst.ClassDef, handed: dict[str, cst.BaseExpression]) -> cst.ClassDef:
    """A constructor that hands settings on."""
    words = ", ".join(f"{key}={text(value)}" for key, value in handed.items())
    made = statements(f"def __init__(self, **kwargs):\n    super().__init__(**{{**dict({words}), **kwargs}})")
    simple = statements(f"def __init__(self, **kwargs):\n    super().__init__({words}, **kwargs)")
    body = list(node.body.body)
    at = next((place for place, each in enumerate(body) if isinstance(each, cst.FunctionDef)), len(body))
    below = made if node.bases and dotted(node.bases[0].value) not in index().classes else simple
    blank = cst.EmptyLine(indent=False)
    body[at:at] = [each.with_changes(leading_lines=[blank]) for each in below]
    return node.with_changes(body=node.body.with_changes(body=body))


def _with_background(node: cst.ClassDef, colour: cst.BaseExpression) -> cst.ClassDef:
    """The colour of the background is the camera's."""
    line = statements(f"self.camera.background_color = {text(colour)}")
    body = list(node.body.body)
    for at, each in enumerate(body):
        if isinstance(each, cst.FunctionDef) and each.name.value == "construct":
            inner = each.body.with_changes(body=[*line, *each.body.body])
            body[at] = each.with_changes(body=inner)
            return node.with_changes(body=node.body.with_changes(body=body))
    return node


def _never_empty(node: cst.ClassDef) -> cst.ClassDef:
    if node.body.body:
        return node
    return node.with_changes(body=node.body.with_changes(body=statements("pass")))


class ObjectConfig(Rule):
    """The CONFIG of a mobject or an animation."""

    differences = (8, 68)

    def module(self, node: cst.Module, code: Code) -> cst.Module:
        """Remember which class of the file takes what."""
        self._configs = {}
        for each in node.body:
            if isinstance(each, cst.ClassDef) and (found := config_of(each)) is not None:
                self._configs[each.name.value] = found[1]
        return node

    def class_def(self, node: cst.ClassDef, code: Code) -> cst.ClassDef:
        """Parameters with defaults, kept in attributes, and handed on where the base takes them."""
        found = config_of(node)
        line = code.kinds.line(node.name.value)
        if found is None or "Scene" in line:
            return node
        at, settings = found
        body = [*node.body.body[:at], *node.body.body[at + 1 :]]
        inherited = self._taken_above(line[1:], code)
        settings = {key: value for key, value in settings.items() if key not in {"background_image_file"}}
        init = next((place for place, each in enumerate(body) if _is_init(each)), None)
        if init is None:
            new: cst.BaseStatement = self._made(settings, inherited)
            where = next((place for place, each in enumerate(body) if isinstance(each, cst.FunctionDef)), len(body))
            body.insert(where, new)
        else:
            old = cst.ensure_type(body[init], cst.FunctionDef)
            body[init] = self._changed(old, settings, inherited, code)
        sizes = {key for key in settings if key in SIZES and key not in inherited}
        body = [_kept_sizes(each, sizes) for each in body] if sizes else body
        return node.with_changes(body=node.body.with_changes(body=body))

    def _taken_above(self, line: Iterable[str], code: Code) -> frozenset[str]:
        """The keywords that the bases take."""
        taken: set[str] = set()
        for each in line:
            taken |= set(self._configs.get(each, ()))
            made = index().classes.get(each)
            if made is not None and each not in code.kinds.classes:
                return frozenset(taken | (set(made.init.keywords) if made.init else set()))
        return frozenset(taken)

    def _made(self, settings: dict[str, cst.BaseExpression], inherited: frozenset[str]) -> cst.BaseStatement:
        """A constructor where the class has none."""
        given = "".join(f", {key}={_default(value)}" for key, value in settings.items())
        lines = _kept(settings, inherited)
        handed = "".join(f", {key}={key}" for key in settings if key in inherited)
        body = "\n".join(f"    {each}" for each in [*lines, f"super().__init__(*args{handed}, **kwargs)"])
        return statements(f"def __init__(self, *args{given}, **kwargs):\n{body}")[0]

    def _changed(
        self, node: cst.FunctionDef, settings: dict[str, cst.BaseExpression], inherited: frozenset[str], code: Code
    ) -> cst.FunctionDef:
        """The class's own constructor with the settings among its parameters."""
        have = {each.name.value for each in (*node.params.params, *node.params.kwonly_params)}
        new = {key: value for key, value in settings.items() if key not in have}
        params = _with_parameters(node.params, new)
        lines = [*statements("\n".join(_kept(new, inherited)))] if _kept(new, inherited) else []
        doc = 1 if _starts_with_text(node.body) else 0
        body = [*node.body.body[:doc], *lines, *node.body.body[doc:]]
        handed = [key for key in new if key in inherited]
        changed = node.with_changes(params=params, body=node.body.with_changes(body=body))
        return cst.ensure_type(changed.visit(_HandOn(handed, code)), cst.FunctionDef)


def _is_init(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.FunctionDef) and node.name.value == "__init__"


def _starts_with_text(body: cst.BaseSuite) -> bool:
    first = body.body[0] if body.body else None
    return isinstance(first, cst.SimpleStatementLine) and isinstance(expression_of(first), cst.SimpleString)


def _default(value: cst.BaseExpression) -> str:
    """A default; what could be changed by one object for all is made anew for each."""
    return "None" if isinstance(value, _MUTABLE) else text(value)


def _kept(settings: dict[str, cst.BaseExpression], inherited: frozenset[str]) -> list[str]:
    """The lines that keep settings in attributes."""
    lines = []
    for key, value in settings.items():
        if isinstance(value, _MUTABLE):
            lines.append(f"{key} = {text(value)} if {key} is None else {key}")
        if key not in _PAINT or key not in inherited:  # those the base sets itself, and can't be set before it
            lines.append(f"self.{_attribute(key, inherited)} = {key}")
    return lines


def _attribute(key: str, inherited: frozenset[str]) -> str:
    """The attribute a setting is kept in."""
    return f"given_{key}" if key in SIZES and key not in inherited else key


def _kept_sizes(line: cst.BaseStatement | cst.BaseSmallStatement, sizes: set[str]) -> cst.BaseStatement:
    new = line.visit(_KeepSizes(sizes))
    assert isinstance(new, cst.BaseStatement)  # noqa: S101 - a statement of a class's block stays one
    return new


class _KeepSizes(cst.CSTTransformer):
    """Reads sizes that were set from where they are kept."""

    def __init__(self, names: set[str]) -> None:
        self.names = {f"self.{each}" for each in names}

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.BaseExpression:
        if dotted(updated_node) in self.names:
            return updated_node.with_changes(attr=cst.Name(f"given_{updated_node.attr.value}"))
        return updated_node


def _with_parameters(params: cst.Parameters, new: dict[str, cst.BaseExpression]) -> cst.Parameters:
    """Parameters with more of them, by name only where a star takes the rest."""
    made = [
        cst.Param(
            cst.Name(key),
            default=expression(_default(value)),
            equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
        )
        for key, value in new.items()
    ]
    if isinstance(params.star_arg, cst.Param):
        return params.with_changes(kwonly_params=[*params.kwonly_params, *made])
    return params.with_changes(params=[*_spaced(params.params), *made])


def _spaced(params: Iterable[cst.Param]) -> list[cst.Param]:
    return [each.with_changes(comma=cst.MaybeSentinel.DEFAULT) for each in params]


class _HandOn(cst.CSTTransformer):
    """Hands settings on in the call of the base's constructor, which also loses `self` where `super()` has it."""

    def __init__(self, names: list[str], code: Code) -> None:
        self.names = names
        self.code = code

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if not (isinstance(updated_node.func, cst.Attribute) and updated_node.func.attr.value == "__init__"):
            return updated_node
        args = Arguments(updated_node)
        for name in self.names:
            if args.place(name) is None:
                args.put(name, name)
        return args.call()


class DigestedConfig(Rule):
    """`digest_config(self, kwargs)` and `digest_locals(self)`: parameters were kept by magic."""

    differences = (68,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """The first has nothing left to do; the second is written out."""
        only = expression_of(node)
        if not isinstance(only, cst.Call) or called(only) not in {"digest_config", "digest_locals"}:
            return None
        if called(only) == "digest_config":
            return [] if "locals" not in text(only) else self._kept(code)
        return self._kept(code)

    def _kept(self, code: Code) -> Statements:
        function = _function(code)
        names = [each.name.value for each in function.params.params[1:]] if function is not None else []
        return statements("\n".join(f"self.{name} = {name}" for name in names)) if names else []


def _function(code: Code) -> cst.FunctionDef | None:
    """The method this place is in."""
    for each in code.module.body:
        if isinstance(each, cst.ClassDef) and code.place and each.name.value == code.place[0]:
            for part in each.body.body:
                if isinstance(part, cst.FunctionDef) and part.name.value == code.place[-1]:
                    return part
    return None


class ConstructorCalls(Rule):
    """`VMobject.__init__(self, **kwargs)`: `super()` says the same, whatever the base is called by now."""

    differences = (68,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Only for the first base."""
        if not isinstance(node.func, cst.Attribute) or node.func.attr.value != "__init__" or not code.place:
            return node
        base = dotted(node.func.value)
        if not base or base not in code.kinds.classes.get(code.place[0], [])[:1] or not node.args:
            return node
        if dotted(node.args[0].value) != "self":
            return node
        return node.with_changes(func=expression("super().__init__"), args=tidy(node.args[1:]))


class DrawnPoints(Rule):
    """`init_points` and `generate_points`: where a mobject makes its outline."""

    differences = (68,)

    def function_def(self, node: cst.FunctionDef, code: Code) -> cst.FunctionDef:
        """One name of them; animations by their present names."""
        if len(code.place) != 2:
            return node
        line = code.kinds.line(code.place[0])
        new = {"init_points": "generate_points"} if "Mobject" in line else {}
        if "Animation" in line:
            new = {
                "update_mobject": "interpolate_mobject",
                "update_submobject": "interpolate_submobject",
                "update": "interpolate",
            }
        if node.name.value not in new:
            return node
        return node.with_changes(name=cst.Name(new[node.name.value]))

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Calls of it."""
        if method(node) == "init_points" and isinstance(node.func, cst.Attribute):
            return node.with_changes(func=node.func.with_changes(attr=cst.Name("generate_points")))
        return node


class LeftConfig(Rule):
    """What asks for CONFIG itself."""

    differences = (8,)

    def attribute(self, node: cst.Attribute, code: Code) -> cst.BaseExpression:
        """`self.CONFIG` and the CONFIG of other classes are gone."""
        if node.attr.value == "CONFIG":
            code.leave("CONFIG", "settings are read out of a CONFIG at run time")
        return node


def value_of(node: cst.BaseExpression) -> object:
    """A literal value, for tests of settings."""
    return literal(node)


def keyword(name: str, value: str) -> cst.Arg:
    """One keyword argument."""
    return argument(value, name)
