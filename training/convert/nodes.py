"""Small tools over libcst: text of nodes, nodes from text, arguments of calls."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import Literal

import libcst as cst

_BLANK = cst.Module([])
_COMMA = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
_SIMPLE = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.Integer, cst.Float, cst.SimpleString, cst.List,
           cst.Tuple, cst.Dict)  # fmt: skip


def text(node: cst.CSTNode) -> str:
    """The code of a node."""
    return _BLANK.code_for_node(node)


def expression(code: str) -> cst.BaseExpression:
    """The node of an expression."""
    return cst.parse_expression(code)


def statements(code: str) -> list[cst.BaseStatement]:
    """The nodes of some statements."""
    return list(cst.parse_module(code).body)


def dotted(node: cst.CSTNode | None) -> str:
    """`a.b.c` where the node is such a chain of names, else empty."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr.value}" if before else ""
    return ""


def called(node: cst.CSTNode | None) -> str:
    """The plain name that a call calls, else empty."""
    return node.func.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) else ""


def method(node: cst.CSTNode | None) -> str:
    """The name of the method that a call calls, else empty."""
    return node.func.attr.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) else ""


def receiver(node: cst.Call) -> cst.BaseExpression:
    """What a method is called on."""
    assert isinstance(node.func, cst.Attribute)  # noqa: S101 - for the type checker; callers asked `method` before
    return node.func.value


def literal(node: cst.CSTNode | None) -> object:
    """The value of a literal; None where it is none."""
    if node is None:
        return None
    try:
        return ast.literal_eval(text(node).strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def string(node: cst.CSTNode | None) -> str | None:
    """The value of a literal string."""
    value = literal(node) if isinstance(node, cst.SimpleString | cst.ConcatenatedString) else None
    return value if isinstance(value, str) else None


def number(node: cst.CSTNode | None) -> float | None:
    """The value of a literal number."""
    value = literal(node)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def closed(node: cst.BaseExpression) -> str:
    """The text of an expression that may stand as an operand, in parentheses where it needs them."""
    words = text(node)
    return words if isinstance(node, _SIMPLE) or (node.lpar and node.rpar) else f"({words})"


def written(value: float) -> str:
    """A number as people write it."""
    return str(int(value)) if float(value).is_integer() else repr(round(value, 6))


def minus(right: cst.BaseExpression, left: cst.BaseExpression) -> str:
    """`right - left`, worked out where both are numbers."""
    one, other = number(right), number(left)
    if one is not None and other is not None:
        return written(one - other)
    return text(right) if other == 0 else f"{text(right)} - {closed(left)}"


def times(node: cst.BaseExpression, factor: float) -> str:
    """`factor * node`, worked out where it is a number."""
    value = number(node)
    return written(value * factor) if value is not None else f"{written(factor)} * {closed(node)}"


def argument(value: str | cst.BaseExpression, keyword: str = "", star: Literal["", "*", "**"] = "") -> cst.Arg:
    """One argument of a call."""
    node = expression(value) if isinstance(value, str) else value
    if not keyword:
        return cst.Arg(node, star=star)
    tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return cst.Arg(node, keyword=cst.Name(keyword), equal=tight)


class Arguments:
    """The arguments of a call, to be changed one by one; those left alone keep their looks."""

    def __init__(self, node: cst.Call) -> None:
        self.node = node
        self.args = list(node.args)
        self.changed = False

    @property
    def positional(self) -> list[cst.Arg]:
        """The plain arguments without a name, up to the first star."""
        found = []
        for each in self.args:
            if each.keyword is not None or each.star:
                break
            found.append(each)
        return found

    @property
    def starred(self) -> bool:
        """Whether some arguments come out of a list or a dict."""
        return any(each.star for each in self.args)

    def place(self, keyword: str) -> int | None:
        """Where a keyword is given."""
        for place, each in enumerate(self.args):
            if each.keyword is not None and each.keyword.value == keyword:
                return place
        return None

    def get(self, keyword: str) -> cst.BaseExpression | None:
        """The value of a keyword."""
        place = self.place(keyword)
        return None if place is None else self.args[place].value

    def take(self, keyword: str) -> cst.BaseExpression | None:
        """Remove a keyword and return its value."""
        place = self.place(keyword)
        if place is None:
            return None
        self.changed = True
        return self.args.pop(place).value

    def put(self, keyword: str, value: str | cst.BaseExpression) -> None:
        """Give a keyword a value, in its old place where it has one."""
        self.changed = True
        place = self.place(keyword)
        new = argument(value, keyword)
        if place is not None:
            self.args[place] = self.args[place].with_changes(value=new.value)
            return
        stars = [at for at, each in enumerate(self.args) if each.star == "**"]
        self.args.insert(stars[0] if stars else len(self.args), new)

    def rename(self, keyword: str, new: str) -> bool:
        """Give a keyword another name; dropped where the new one is there already."""
        place = self.place(keyword)
        if place is None:
            return False
        self.changed = True
        if self.place(new) is not None:
            self.args.pop(place)
        else:
            self.args[place] = self.args[place].with_changes(keyword=cst.Name(new))
        return True

    def name(self, at: int, keyword: str) -> None:
        """Turn the argument at a position into a keyword, behind those that stay without a name."""
        self.changed = True
        if any(each.keyword is None and each.star != "**" for each in self.args[at + 1 :]):
            self.put(keyword, self.args.pop(at).value)
            return
        old = self.args[at]
        self.args[at] = argument(old.value, keyword).with_changes(
            comma=old.comma, whitespace_after_arg=old.whitespace_after_arg
        )

    def call(self) -> cst.Call:
        """The call with these arguments; the same node where nothing was changed."""
        return self.node.with_changes(args=tidy(self.args)) if self.changed else self.node


def tidy(args: Iterable[cst.Arg]) -> Sequence[cst.Arg]:
    """Arguments with commas between them; names behind those without."""
    found = list(args)
    for place, each in enumerate(found):
        last = place == len(found) - 1
        if last and isinstance(each.comma, cst.Comma) and not _breaks(each.comma):
            found[place] = each.with_changes(comma=cst.MaybeSentinel.DEFAULT, whitespace_after_arg=_NOTHING)
        elif not last and not isinstance(each.comma, cst.Comma):
            found[place] = each.with_changes(comma=_COMMA, whitespace_after_arg=_NOTHING)
    return found


_NOTHING = cst.SimpleWhitespace("")


def _breaks(comma: cst.Comma) -> bool:
    return isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace)


def call(function: str, args: Iterable[str | cst.Arg]) -> cst.Call:
    """A new call; text arguments may be `name=value`."""
    made = cst.parse_expression(f"{function}({', '.join(each for each in args if isinstance(each, str))})")
    assert isinstance(made, cst.Call)  # noqa: S101 - as written above
    rest = [each for each in args if not isinstance(each, str)]
    return made.with_changes(args=tidy([*made.args, *rest])) if rest else made


def entries(node: cst.BaseExpression | None) -> dict[str, cst.BaseExpression] | None:
    """The entries of a literal dict with literal string keys, or of `dict(a=1)`; None where it is neither."""
    found: dict[str, cst.BaseExpression] = {}
    if isinstance(node, cst.Dict):
        for each in node.elements:
            key = string(each.key) if isinstance(each, cst.DictElement) else None
            if key is None or not isinstance(each, cst.DictElement):
                return None
            found[key] = each.value
        return found
    if called(node) == "dict" and isinstance(node, cst.Call):
        for arg in node.args:
            if arg.keyword is None:
                return None
            found[arg.keyword.value] = arg.value
        return found
    return None


def dictionary(found: dict[str, str]) -> str:
    """A literal dict of texts."""
    return "{" + ", ".join(f'"{key}": {value}' for key, value in found.items()) + "}"
