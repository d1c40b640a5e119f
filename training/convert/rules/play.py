"""What is given to `play`: methods with their arguments, timings, animations of methods."""

from __future__ import annotations

import libcst as cst

from generation.engine.apiindex import index
from training.convert.code import Code, Rule, Statements
from training.convert.nodes import (
    Arguments,
    argument,
    call,
    called,
    closed,
    entries,
    expression,
    method,
    minus,
    number,
    receiver,
    text,
    tidy,
)
from training.extract.vocabulary import vocabulary

# Methods that read; given to play they would be something else.
_READS = ("get_", "is_", "has_")
_OLDEST = frozenset(
    {"highlight", "gradient_highlight", "arrange_submobjects", "scale_in_place", "rotate_in_place", "stretch_in_place"}
)


def is_method(node: cst.BaseExpression, code: Code) -> bool:
    """Whether it is a mobject's method that is not called, as in `play(mob.shift, UP)`."""
    if not isinstance(node, cst.Attribute) or text(node.value) == "self":
        return False
    name = node.attr.value
    if name.startswith(_READS) or name in {"animate", "target", "copy", "saved_state"}:
        return False
    own = any(name in methods for methods in code.kinds.methods.values())
    return own or name in vocabulary().mobject_methods or name in _OLDEST


def animated(target: str, steps: list[tuple[str, list[str]]], options: str = "") -> str:
    """`mob.animate.first(1).second(2)`."""
    start = f"{target}.animate({options})" if options else f"{target}.animate"
    return start + "".join(f".{name}({', '.join(args)})" for name, args in steps)


class MethodInPlay(Rule):
    """`self.play(mob.shift, UP, mob.set_color, RED)`: methods and their arguments side by side."""

    differences = (4,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Group each mobject's methods into one `.animate`."""
        if method(node) != "play" or not any(is_method(each.value, code) for each in node.args if not each.star):
            return node
        return node.with_changes(args=tidy(self.grouped(list(node.args), code)))

    def grouped(self, args: list[cst.Arg], code: Code) -> list[cst.Arg]:
        """Arguments with methods and their own arguments put together."""
        made: list[cst.Arg] = []
        at = 0
        while at < len(args):
            arg = args[at]
            if arg.keyword is not None or arg.star or not is_method(arg.value, code):
                made.append(arg)
                at += 1
                continue
            target, steps, at = self._steps(args, at, code)
            new = expression(animated(target, steps))
            made.append(
                arg.with_changes(
                    value=new, comma=args[at - 1].comma, whitespace_after_arg=args[at - 1].whitespace_after_arg
                )
            )
        return made

    def _steps(self, args: list[cst.Arg], at: int, code: Code) -> tuple[str, list[tuple[str, list[str]]], int]:
        """The methods of one mobject from here on, with their arguments."""
        first = args[at].value
        assert isinstance(first, cst.Attribute)  # noqa: S101 - is_method saw that
        target = closed(first.value)
        steps: list[tuple[str, list[str]]] = []
        while at < len(args):
            value = args[at].value
            if args[at].keyword is not None or args[at].star:
                break
            if isinstance(value, cst.Attribute) and is_method(value, code):
                if closed(value.value) != target:
                    break
                steps.append((value.attr.value, []))
            elif _is_animation(value, code):
                break
            elif (options := entries(value)) is not None and isinstance(value, cst.Dict):
                steps[-1][1].extend(f"{key}={text(each)}" for key, each in options.items())
            else:
                steps[-1][1].append(text(value))
            at += 1
        return target, steps, at


def _is_animation(node: cst.BaseExpression, code: Code) -> bool:
    """Whether it is an animation and so no argument of the method before."""
    if isinstance(node, cst.Call):
        name = called(node)
        if name in vocabulary().animations or "Animation" in code.kinds.line(name) or name.startswith(("Fade", "Show")):
            return True
        return ".animate" in text(node.func)
    return code.is_a(node, "Animation")


class ChainedMethods(Rule):
    """`play(*it.chain(*[[m.shift, UP] for m in mobs]))`: methods and arguments in a list of lists."""

    differences = (4,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """One `.animate` for each mobject."""
        if text(node.func) not in {"it.chain", "itertools.chain"} or len(node.args) != 1 or node.args[0].star != "*":
            return node
        loop = node.args[0].value
        if not isinstance(loop, cst.ListComp | cst.GeneratorExp) or not isinstance(loop.elt, cst.List | cst.Tuple):
            return node
        parts = [each.value for each in loop.elt.elements]
        if not parts or not is_method(parts[0], code):
            return node
        first = parts[0]
        assert isinstance(first, cst.Attribute)  # noqa: S101 - is_method saw that
        new = expression(animated(closed(first.value), [(first.attr.value, [text(each) for each in parts[1:]])]))
        return cst.ListComp(elt=new, for_in=loop.for_in)


class ListedMethods(Rule):
    """`anims += [mob.shift, UP]`, `play(*[mob.shift, UP])`: methods and arguments in a list for `play`."""

    differences = (4,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The list of a star, and what is added to a list."""
        if method(node) not in {"play", "extend"}:
            return node
        wanted = [each.star == "*" or method(node) == "extend" for each in node.args]
        new = [
            each.with_changes(value=_animations(each.value, code)) if one else each
            for each, one in zip(node.args, wanted, strict=True)
        ]
        return (
            node
            if all(a.value is b.value for a, b in zip(new, node.args, strict=True))
            else node.with_changes(args=new)
        )

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """A list that grows, or is made by hand."""
        only = node.body[0] if len(node.body) == 1 else None
        if not isinstance(only, cst.AugAssign | cst.Assign):
            return None
        new = _animations(only.value, code)
        return None if new is only.value else [node.with_changes(body=[only.with_changes(value=new)])]


def _animations(node: cst.BaseExpression, code: Code) -> cst.BaseExpression:
    """A list of methods and arguments as a list of animations."""
    if not isinstance(node, cst.List) or len(node.elements) < 2 or not is_method(node.elements[0].value, code):
        return node
    args = [cst.Arg(each.value, star="*" if isinstance(each, cst.StarredElement) else "") for each in node.elements]
    made = MethodInPlay().grouped(args, code)
    return cst.List([cst.StarredElement(each.value) if each.star else cst.Element(each.value) for each in made])


class AppliedMethod(Rule):
    """`ApplyMethod(mob.set_width, 3)`: a method that Manim Community has under another name."""

    differences = (4, 5)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """An `.animate` with the same timing."""
        if called(node) != "ApplyMethod" or not node.args:
            return node
        args = Arguments(node)
        first = args.args[0].value
        if not isinstance(first, cst.Attribute) or (
            index().method("VMobject", first.attr.value) and not self._dict(args)
        ):
            return node
        timing = [each for each in args.args if each.keyword is not None and _is_timing(each.keyword.value)]
        inner: list[str] = []
        for each in args.args[1:]:
            if each in timing:
                continue
            options = entries(each.value) if isinstance(each.value, cst.Dict) else None
            if options is None:
                inner.append(text(each.with_changes(comma=cst.MaybeSentinel.DEFAULT)))
                continue
            timing += [argument(value, key) for key, value in options.items() if _is_timing(key)]
            inner += [f"{key}={text(value)}" for key, value in options.items() if not _is_timing(key)]
        timed = ", ".join(f"{each.keyword.value}={text(each.value)}" for each in timing if each.keyword is not None)
        return expression(animated(closed(first.value), [(first.attr.value, inner)], timed))

    def _dict(self, args: Arguments) -> bool:
        return any(isinstance(each.value, cst.Dict) for each in args.args[1:])


def _is_timing(keyword: str) -> bool:
    return keyword in {"run_time", "rate_func", "lag_ratio", "path_arc", "remover", "introducer"}


class RestoreInPlay(Rule):
    """`play(mob.animate.restore())` and the like have animations of their own."""

    differences = (4,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`Restore(mob)`."""
        if method(node) == "restore" and text(receiver(node)).endswith(".animate"):
            return call("Restore", [text(receiver(node)).removesuffix(".animate")])
        return node


class AnimationArguments(Rule):
    """`mob.animate.shift(UP).set_anim_args(run_time=2)`."""

    differences = (25,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The timing goes to `animate` itself."""
        if method(node) != "set_anim_args":
            return node
        chain = receiver(node)
        options = list(node.args)
        timing = {each.keyword.value: each for each in options if each.keyword is not None}
        span = timing.pop("time_span", None)
        if span is not None:
            timing["time_span"] = span
        new = _with_options(chain, tuple(timing.values()))
        return new if new is not None else node


def _with_options(node: cst.BaseExpression, options: tuple[cst.Arg, ...]) -> cst.BaseExpression | None:
    """The chain with options given to its `animate`."""
    if isinstance(node, cst.Attribute):
        if node.attr.value == "animate":
            return cst.Call(node, args=tidy(options))
        inner = _with_options(node.value, options)
        return None if inner is None else node.with_changes(value=inner)
    if isinstance(node, cst.Call):
        if isinstance(node.func, cst.Attribute) and node.func.attr.value == "animate":
            return node.with_changes(args=tidy([*node.args, *options]))
        inner = _with_options(node.func, options)
        return None if inner is None else node.with_changes(func=inner)
    return None


class TimeSpan(Rule):
    """`time_span=(a, b)`: an animation that takes part of the time of its play."""

    differences = (21,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """An animation that starts later waits first; what has a time of its own is told no other by the play."""
        if method(node) == "play":
            return self._play(node)
        args = Arguments(node)
        span = args.get("time_span")
        if span is None or method(node) == "set_anim_args":
            return node
        if not isinstance(span, cst.Tuple | cst.List) or len(span.elements) != 2:
            code.leave("time_span", "the span is not written out here", shows=False)
            args.take("time_span")
            return args.call()
        begin, end = (each.value for each in span.elements)
        args.take("time_span")
        args.put("run_time", minus(end, begin))
        made = args.call()
        if number(begin) == 0:
            return made
        return call("Succession", [f"Wait({text(begin)})", argument(made)])

    def _play(self, node: cst.Call) -> cst.BaseExpression:
        args = Arguments(node)
        span = args.take("time_span")
        if isinstance(span, cst.Tuple | cst.List) and len(span.elements) == 2:
            args.put("run_time", span.elements[1].value)
        if span is not None:
            return args.call()
        whole = args.get("run_time")
        if whole is None or args.starred or not any(_has_own_time(each.value) for each in args.positional):
            return node
        for at, each in enumerate(args.positional):
            if not _has_own_time(each.value):
                timed = _timed(each.value, whole)
                if timed is None:
                    return node
                args.args[at] = each.with_changes(value=timed)
        args.take("run_time")
        return args.call()


def _has_own_time(node: cst.BaseExpression) -> bool:
    if not isinstance(node, cst.Call):
        return False
    if called(node) == "Succession" and node.args and called(node.args[0].value) == "Wait":
        return True
    own = Arguments(node).get("run_time") is not None
    return own or (isinstance(node.func, cst.Attribute) and ".animate(run_time=" in text(node.func))


def _timed(node: cst.BaseExpression, whole: cst.BaseExpression) -> cst.BaseExpression | None:
    """An animation told to take so long."""
    if not isinstance(node, cst.Call):
        return None
    if called(node) and called(node)[0].isupper():
        args = Arguments(node)
        args.put("run_time", whole)
        return args.call()
    return _with_options(node, (argument(whole, "run_time"),))


class WaitNote(Rule):
    """`wait(note=...)` was for the narrator."""

    differences = (63,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Manim Community's wait has no note; `dither` was its first name."""
        if method(node) == "dither" and text(receiver(node)) == "self":
            return node.with_changes(func=expression("self.wait"))
        if method(node) not in {"wait", "play"}:
            return node
        args = Arguments(node)
        for keyword in ("note", "ignore_presenter_mode", "skip_animations"):
            args.take(keyword)
        return args.call()


class BareAnimation(Rule):
    """`play(FadeIn)` of several lists: animations joined by `+` need no change; a dict at the end does."""

    differences = (4,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`play(Write(a), {"run_time": 2})` is not known; keywords in a dict become keywords."""
        if (
            method(node) != "play"
            or not node.args
            or not isinstance(node.args[-1].value, cst.Dict)
            or node.args[-1].star
        ):
            return node
        options = entries(node.args[-1].value)
        if not options:
            return node
        return node.with_changes(
            args=tidy([*node.args[:-1], *[argument(value, key) for key, value in options.items()]])
        )
