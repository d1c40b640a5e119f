"""The texts in a template's code: found as patterns with numbered places, and put back in another language.

`"A string of " + metres(length) + "."` is the pattern "A string of {1}."; braces that belong to the text are doubled,
as in `str.format`. Code in another language is the same code with other texts, so it stays plain Manim.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider

# Two letters are units and names of points, but for these.
_SHORT = "an as at be by do go if in is it my no of on or so to up us we"
_WORD = re.compile(rf"[^\W\d_]{{3,}}|\b(?:{'|'.join(_SHORT.split())})\b")
_TEX = re.compile(r"\\(?:text|mathrm)\{\{[^}]*[^\W\d_]{3}")
_NEVER_READ = {"kind", "weight", "slant", "color", "colors", "mode"}  # arguments that nobody sees
_UNIT_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the code: its pattern, the code in its places, and the line where it first stands."""

    pattern: str
    places: tuple[str, ...]
    line: int
    code: str


def phrases(source: str) -> tuple[Phrase, ...]:
    """The texts that somebody may read or hear, each once, in order."""
    wrapper = MetadataWrapper(libcst.parse_module(source))
    reader = _Reader(wrapper.module)
    places = wrapper.resolve(PositionProvider)
    lines = source.splitlines()
    wrapper.module.visit(reader)
    found: dict[str, Phrase] = {}
    for node, pieces in reader.texts.items():
        line = places[node].start.line
        codes = tuple(wrapper.module.code_for_node(each) for each in pieces if not isinstance(each, str))
        pattern = pattern_of(pieces)
        found.setdefault(pattern, Phrase(pattern, codes, line, lines[line - 1].strip()))
    return tuple(sorted(found.values(), key=lambda each: each.line))


def patterns(source: str) -> tuple[str, ...]:
    """The patterns alone, which takes a small part of the time."""
    module = libcst.parse_module(source)
    reader = _Reader(module)
    module.visit(reader)
    return tuple(dict.fromkeys(pattern_of(pieces) for pieces in reader.texts.values()))


def translated(source: str, texts: Mapping[str, str]) -> str:
    """The source with each pattern of `texts` in its translation; texts that are not in it stay."""
    module = libcst.parse_module(source)
    reader = _Reader(module)
    module.visit(reader)
    return module.visit(_Writer(reader, texts)).code


def places_of(pattern: str) -> list[str]:
    """The numbers of a pattern's places, in its order. Raises ValueError where a brace stands alone."""
    return [name for _text, name, _format, _conversion in string.Formatter().parse(pattern) if name is not None]


Piece = str | libcst.BaseExpression | libcst.FormattedStringExpression


def pattern_of(pieces: Sequence[Piece]) -> str:
    """The pieces as one pattern."""
    written, count = "", 0
    for piece in pieces:
        if isinstance(piece, str):
            written += piece.replace("{", "{{").replace("}", "}}")
        else:
            count += 1
            written += f"{{{count}}}"
    return written


def _is_read(pattern: str) -> bool:
    """Whether a text has words; those of TeX commands are none."""
    if "\\" in pattern:
        return _TEX.search(pattern) is not None
    return _WORD.search(re.sub(r"\{\d+\}", " ", pattern)) is not None


class _Reader(libcst.CSTVisitor):
    """Finds the outermost expressions that build a text, with their pieces."""

    def __init__(self, module: libcst.Module) -> None:
        super().__init__()
        self._module = module
        self.texts: dict[libcst.CSTNode, list[Piece]] = {}

    def visit_Expr(self, node: libcst.Expr) -> bool:
        return not isinstance(node.value, libcst.SimpleString | libcst.ConcatenatedString)  # a docstring

    def visit_Arg(self, node: libcst.Arg) -> bool:
        return node.keyword is None or node.keyword.value not in _NEVER_READ

    def visit_Call(self, node: libcst.Call) -> bool:
        if not (isinstance(node.func, libcst.Name) and node.func.value == "knob"):
            return True
        named = {arg.keyword.value: arg.value for arg in node.args if arg.keyword}
        kind = named.get("kind")
        read = ["label", "help", "choices"]
        unit = named.get("unit")
        if unit is not None and _UNIT_WORD.search(self._module.code_for_node(unit)):
            read.append("unit")
        for name in read:
            if name in named:
                named[name].visit(self)
        if "choices" in named or (isinstance(kind, libcst.SimpleString) and kind.evaluated_value == "text"):
            node.args[0].value.visit(self)
        return False

    def visit_BinaryOperation(self, node: libcst.BinaryOperation) -> bool:
        return self._take(node)

    def visit_ConcatenatedString(self, node: libcst.ConcatenatedString) -> bool:
        return self._take(node)

    def visit_FormattedString(self, node: libcst.FormattedString) -> bool:
        return self._take(node)

    def visit_SimpleString(self, node: libcst.SimpleString) -> bool:
        return self._take(node)

    def _take(self, node: libcst.BaseExpression) -> bool:
        """Note a text; what stands in its places is looked through, its own words are not."""
        pieces = _joined(_pieces(node))
        if not any(isinstance(each, str) for each in pieces):
            return True
        if _is_read(pattern_of(pieces)):
            self.texts[node] = pieces
        for piece in pieces:
            if not isinstance(piece, str):
                (piece.expression if isinstance(piece, libcst.FormattedStringExpression) else piece).visit(self)
        return False


def _pieces(node: libcst.CSTNode) -> list[Piece]:
    match node:
        case libcst.SimpleString():
            return [str(node.evaluated_value)]
        case libcst.ConcatenatedString():
            return [*_pieces(node.left), *_pieces(node.right)]
        case libcst.FormattedString():
            return [_text_in(node, each) for each in node.parts]
        case libcst.BinaryOperation(operator=libcst.Add()):
            sides = [*_pieces(node.left), *_pieces(node.right)]
            return sides if any(isinstance(each, str | libcst.FormattedStringExpression) for each in sides) else [node]
    return [node]  # type: ignore[list-item] # every node that comes here is an expression


def _text_in(whole: libcst.FormattedString, part: libcst.BaseFormattedStringContent) -> Piece:
    if isinstance(part, libcst.FormattedStringText):
        plain = part.value.replace("{{", "{").replace("}}", "}")
        raw = "r" in whole.prefix.lower()
        return plain if raw else str(libcst.SimpleString(f"{whole.quote}{plain}{whole.quote}").evaluated_value)
    if isinstance(part, libcst.FormattedStringExpression):
        return part
    raise TypeError(f"a template string holds {type(part).__name__}")


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbouring texts as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


class _Writer(libcst.CSTTransformer):
    """Puts translations in the place of texts."""

    def __init__(self, reader: _Reader, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._reader = reader
        self._texts = texts

    def on_visit(self, node: libcst.CSTNode) -> bool:
        return self._wanted(node) is None

    def on_leave(
        self, original_node: libcst.CSTNodeT, updated_node: libcst.CSTNodeT
    ) -> libcst.CSTNodeT | libcst.RemovalSentinel | libcst.FlattenSentinel[libcst.CSTNodeT]:
        wanted = self._wanted(original_node)
        if wanted is None:
            return super().on_leave(original_node, updated_node)
        places = [each.visit(self) for each in self._reader.texts[original_node] if not isinstance(each, str)]
        filled: list[Piece] = []
        for text, number, _format, _conversion in string.Formatter().parse(wanted):
            filled += [text] if text else []
            filled += [cast(Piece, places[int(number) - 1])] if number is not None else []
        original = cast(libcst.BaseExpression, original_node)
        built = _built(filled, _quote_of(original)).with_changes(lpar=original.lpar, rpar=original.rpar)
        return cast(libcst.CSTNodeT, built)

    def _wanted(self, node: libcst.CSTNode) -> str | None:
        pieces = self._reader.texts.get(node)
        return None if pieces is None else self._texts.get(pattern_of(pieces))


def _quote_of(node: libcst.CSTNode) -> str:
    """The quotation mark that a text is written in, which one inside another must keep."""
    match node:
        case libcst.SimpleString():
            return node.quote[0]
        case libcst.FormattedString():
            return node.quote[0]
        case libcst.ConcatenatedString() | libcst.BinaryOperation():
            return _quote_of(node.left) or _quote_of(node.right)
    return ""


def _built(pieces: Sequence[Piece], quote: str) -> libcst.BaseExpression:
    """The pieces as code: one text, or texts and expressions added up."""
    terms: list[libcst.BaseExpression] = []
    run: list[str | libcst.FormattedStringExpression] = []
    for piece in [*pieces, None]:
        if isinstance(piece, str | libcst.FormattedStringExpression):
            run.append(piece)
            continue
        if run:
            terms.append(_text(run, quote))
            run = []
        if piece is not None:
            terms.append(piece)
    built = terms[0] if terms else _text([""], quote)
    for term in terms[1:]:
        built = libcst.BinaryOperation(built, libcst.Add(), term)
    return built


def _text(parts: Sequence[str | libcst.FormattedStringExpression], quote: str) -> libcst.BaseExpression:
    if all(isinstance(part, str) for part in parts):
        return libcst.SimpleString(quote + "".join(_escaped(str(part), quote) for part in parts) + quote)
    inner = [
        libcst.FormattedStringText(_escaped(part, quote).replace("{", "{{").replace("}", "}}"))
        if isinstance(part, str)
        else part
        for part in parts
    ]
    return libcst.FormattedString(inner, start=f"f{quote}", end=cast(Literal['"', "'"], quote))


def _escaped(text: str, quote: str) -> str:
    return text.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", "\\n")
