"""Glyphs, words and numbers within a text or a formula."""

from __future__ import annotations

import libcst as cst

from training.convert.code import Code, Rule, Statements, assigned
from training.convert.formulas import glyphs
from training.convert.nodes import (
    Arguments,
    call,
    called,
    dotted,
    expression,
    method,
    number,
    receiver,
    statements,
    string,
    text,
)
from training.convert.rules.tex import ONE_STRING, made_by, subscript_string


class GlyphsOfOneString(Rule):
    """`tex[2:5]` of one string counts glyphs; in Manim Community they are in the string's one part."""

    differences = (7,)

    def subscript(self, node: cst.Subscript, code: Code) -> cst.BaseExpression:
        """Go into the part first."""
        makers = made_by(node.value, code) if dotted(node.value) else None
        if (
            not makers
            or any(called(each) not in ONE_STRING or len(_plain(each)) != 1 for each in makers)
            or not code.new
        ):
            return node
        if subscript_string(node) is not None or any(_names_text(each) for each in node.slice):
            return node
        return node.with_changes(value=expression(f"{text(node.value)}[0]"))


def _plain(node: cst.Call) -> list[cst.Arg]:
    return [each for each in node.args if each.keyword is None]


def _names_text(element: cst.SubscriptElement) -> bool:
    return '"' in text(element) or "'" in text(element)


class ChangingNumbers(Rule):
    """`number = tex.make_number_changeable("0.00")`: a number in the place of a piece of a formula."""

    differences = (41,)

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """A number of the piece's size in its place; the piece is not seen any more."""
        pair = assigned(node)
        made = pair[1] if pair is not None else None
        if pair is None or not isinstance(made, cst.Call) or method(made) != "make_number_changeable":
            return None
        name = pair[0]
        of = dotted(receiver(made))
        args = Arguments(made)
        if not of or not args.positional:
            code.leave("make_number_changeable", "the formula has no name")
            return None
        piece = string(args.positional[0].value) or text(args.positional[0].value)
        options = [
            each
            for each in args.args[1:]
            if each.keyword is not None and each.keyword.value not in {"index", "replace_all"}
        ]
        decimals = len(piece.partition(".")[2])
        value = piece if number(expression(piece)) is not None else "0"
        kind = "DecimalNumber" if decimals else "Integer"
        given = [value] + (
            [f"num_decimal_places={decimals}"] if decimals and args.place("num_decimal_places") is None else []
        )
        part = f'{of}.get_part_by_tex("{piece}")'
        lines = [
            f"{name} = {text(call(kind, [*given, *options]))}",
            f"{name}.replace({part}, dim_to_match=1)",
            f"{part}.set_opacity(0)",
            f"{of}.add({name})",
        ]
        return statements("\n".join(lines))


class WordsOfText(Rule):
    """`text["word"]` of a plain text."""

    differences = (7,)

    def subscript(self, node: cst.Subscript, code: Code) -> cst.BaseExpression:
        """The glyphs of the word, counted."""
        piece = subscript_string(node)
        where = self._where(node.value, piece, code) if piece is not None else None
        if not where:
            return node
        slices = [f"{text(node.value)}[{begin}:{end}]" for begin, end in where]
        return expression(slices[0] if len(slices) == 1 else f"VGroup({', '.join(slices)})")

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`get_part_by_text` and `set_color_by_text`."""
        if method(node) not in {"get_part_by_text", "set_color_by_text"} or not node.args:
            return node
        where = self._where(receiver(node), string(node.args[0].value), code)
        if not where:
            return node
        begin, end = where[0]
        part = f"{text(receiver(node))}[{begin}:{end}]"
        if method(node) == "get_part_by_text":
            return expression(part)
        return expression(f"{part}.set_color({text(node.args[1].value)})")

    def _where(self, node: cst.BaseExpression, piece: str | None, code: Code) -> list[tuple[int, int]] | None:
        if piece is None or code.kind(node) != "Text" or not dotted(node):
            return None
        values = [value for value, _ in code.kinds.values(dotted(node), code.place)]
        whole = _text_of(values[0]) if len(values) == 1 else None
        return glyphs(whole, piece) if whole is not None else None


def _text_of(node: cst.BaseExpression) -> str | None:
    """The literal string a text is made of."""
    while isinstance(node, cst.Call) and method(node):
        node = receiver(node)
    return string(node.args[0].value) if isinstance(node, cst.Call) and called(node) == "Text" and node.args else None
