"""Formulas: parts found by their text, and colours that would be lost without a word.

ManimGL finds any piece of a formula. Manim Community finds only what was isolated when the formula was made, and
colours nothing, silently, where it was not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import libcst as cst

from training.convert.code import Code, Rule, Statements, assigned
from training.convert.formulas import braced, cut, may_be_isolated, places
from training.convert.kinds import FORMULAS
from training.convert.nodes import (
    Arguments,
    call,
    called,
    closed,
    dotted,
    entries,
    expression,
    literal,
    method,
    number,
    receiver,
    string,
    text,
)

# ManimGL's newer formulas are one string whose glyphs stand side by side; the older ones are made of parts.
ONE_STRING = frozenset({"Tex", "TexText"})
OF_PARTS = frozenset({"OldTex", "OldTexText", "TexMobject", "TextMobject"})
BY_TEX = frozenset({"set_color_by_tex", "get_part_by_tex", "get_parts_by_tex", "set_opacity_by_tex",
"index_of_part_by_tex",
                    "make_number_changeable", "select_part", "select_parts", "set_fill_by_tex"})  # fmt: skip
PARTS_HELPER = '''def parts_by_tex(formula, wanted):
    """Every part of a formula that is this string."""
    found = [name for string, name in formula.matched_strings_and_ids if string == wanted]
    return VGroup(*[formula.id_to_vgroup_dict[name] for name in found])
'''


def made_by(node: cst.CSTNode | None, code: Code) -> list[cst.Call] | None:
    """The constructors of formulas that an expression's value comes from; None where something else is among them."""
    while isinstance(node, cst.Call) and method(node) and not method(node).startswith("get_"):
        node = receiver(node)
    if isinstance(node, cst.Call):
        return [node] if called(node) in FORMULAS else None
    name = dotted(node)
    if not name:
        return None
    found: list[cst.Call] = []
    for value, _ in code.kinds.values(name, code.place):
        inner = made_by(value, code)
        if inner is None:
            return None
        found += inner
    return found or None


def strings_of(node: cst.Call) -> list[str] | None:
    """The literal strings a formula is made of."""
    found = [string(each.value) if not each.star else None for each in node.args if each.keyword is None]
    return None if not found or None in found else [each for each in found if each is not None]


class TexKeywords(Rule):
    """`t2c` and `isolate`, and options of ManimGL's own way of setting."""

    differences = (24,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """The keywords' names; what has no equal is left out and said."""
        if called(node) not in FORMULAS:
            return node
        args = Arguments(node)
        args.rename("t2c", "tex_to_color_map")
        args.rename("isolate", "substrings_to_isolate")
        for keyword in ("alignment", "use_labelled_svg", "organize_left_to_right_", "template_tex_file_body"):
            args.take(keyword)
        for keyword in ("additional_preamble", "template"):
            if args.take(keyword) is not None:
                code.leave(keyword, "a preamble of its own")
        isolate = args.get("substrings_to_isolate")
        if isolate is not None and string(isolate) is not None:
            args.put("substrings_to_isolate", f"[{text(isolate)}]")
        return args.call()


class _Wanted(cst.CSTVisitor):
    """The strings by which formulas' parts are asked for: by the formula's name, or by none where it has none."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.by_name: dict[str, set[str]] = defaultdict(set)
        self.anywhere: set[str] = set()
        self.place: list[str] = []

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self.place.append(node.name.value)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self.place.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.place.append(node.name.value)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self.place.pop()

    def visit_Subscript(self, node: cst.Subscript) -> None:
        piece = subscript_string(node)
        if piece is not None:
            self._note(node.value, piece)

    def visit_Call(self, node: cst.Call) -> None:
        if method(node) in BY_TEX and node.args:
            value = node.args[0].value
            piece = string(value)
            if piece is None and number(value) is not None:
                piece = text(value)
            if piece is not None:
                self._note(receiver(node), piece)
        elif method(node) == "set_color_by_tex_to_color_map" and node.args:
            for each in _keys(node.args[0].value, self.code):
                self._note(receiver(node), each)

    def _note(self, of: cst.BaseExpression, piece: str) -> None:
        self.code.place = self.place
        name = dotted(of)
        if name and made_by(of, self.code):
            self.by_name[name].add(piece)
        else:
            self.anywhere.add(piece)


def _keys(node: cst.BaseExpression, code: Code) -> list[str]:
    """The keys of a dict, written here or given to a name."""
    found = entries(node)
    if found is None and dotted(node):
        for value, _ in code.kinds.values(dotted(node), code.place):
            found = entries(value) or found
    return list(found or ())


def subscript_string(node: cst.Subscript) -> str | None:
    """The string in `tex["x"]`."""
    only = node.slice[0].slice if len(node.slice) == 1 else None
    return string(only.value) if isinstance(only, cst.Index) else None


class IsolateParts(Rule):
    """What is asked for by its text has to be isolated when the formula is made."""

    differences = (7, 24)

    def module(self, node: cst.Module, code: Code) -> cst.Module:
        """Look who asks for what."""
        self._wanted = _Wanted(code)
        node.visit(self._wanted)
        code.place = []
        return node

    def statement(self, node: cst.SimpleStatementLine, code: Code) -> Statements | None:
        """Give the formulas of this line what is asked of them."""
        pair = assigned(node)
        names = {pair[0]} if pair else {dotted(target.target) for target in _targets(node)}
        pieces = set(self._wanted.anywhere).union(*(self._wanted.by_name.get(name, set()) for name in names))
        changed = node.visit(_Isolate(sorted(pieces, key=lambda each: (-len(each), each)), code))
        if changed is node or not isinstance(changed, cst.SimpleStatementLine) or changed.deep_equals(node):
            return None
        return [changed]


def _targets(node: cst.SimpleStatementLine) -> Iterator[cst.AssignTarget]:
    for each in node.body:
        if isinstance(each, cst.Assign):
            yield from each.targets


class _Isolate(cst.CSTTransformer):
    """Adds to each formula of a line what is to be isolated in it."""

    def __init__(self, pieces: Sequence[str], code: Code) -> None:
        self.pieces = pieces
        self.code = code

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        if called(updated_node) not in FORMULAS:
            return updated_node
        strings = strings_of(updated_node)
        args = Arguments(updated_node)
        mapped = _keys(args.get("tex_to_color_map") or cst.Name("None"), self.code)
        listed = _listed(args.get("substrings_to_isolate"))
        if strings is None or listed is None:
            return updated_node
        asked = [each for each in self.pieces if any(places(whole, each)[0] for whole in strings)]
        wanted = [each for each in dict.fromkeys([*asked, *mapped, *listed]) if each not in strings]
        if not wanted:
            return updated_node
        if all(may_be_isolated(strings, each) for each in wanted):
            new = [each for each in wanted if each not in listed and each not in mapped]
            if new:
                listed_text = ", ".join(_quoted(each) for each in [*listed, *new])
                args.put("substrings_to_isolate", f"[{listed_text}]")
            return _rewritten(args, [braced(whole, wanted) for whole in strings], strings)
        return self._cut(args, strings, wanted)

    def _cut(self, args: Arguments, strings: list[str], wanted: list[str]) -> cst.BaseExpression:
        """Cut by hand where the search would break a command."""
        sound = [each for each in wanted if any(places(whole, each)[0] for whole in strings)]
        parts = [part for whole in strings for part in cut(braced(whole, sound), sound)]
        if len(strings) > 1 and parts != strings:
            self.code.leave(", ".join(wanted), "parts are counted anew where strings had to be cut", shows=False)
        args.take("substrings_to_isolate")
        kept = [each for each in args.args if each.keyword is not None or each.star]
        mapping = args.get("tex_to_color_map")
        if mapping is not None:  # given to the constructor it would be searched for again
            kept = [each for each in kept if each.keyword is None or each.keyword.value != "tex_to_color_map"]
        made = call(text(args.node.func), [*[_quoted(each) for each in parts], *kept])
        if mapping is None:
            return made
        return expression(f"{text(made)}.set_color_by_tex_to_color_map({text(mapping)})")


def _listed(node: cst.BaseExpression | None) -> list[str] | None:
    """The strings of a literal list; None where they are not written out."""
    if node is None:
        return []
    found = literal(node)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list | tuple) else None


def _rewritten(args: Arguments, new: list[str], old: list[str]) -> cst.Call:
    """The call with other strings where they differ."""
    for at, (one, other) in enumerate(zip(new, old, strict=True)):
        if one != other:
            args.args[at] = args.args[at].with_changes(value=expression(_quoted(one)))
            args.changed = True
    return args.call()


def _quoted(value: str) -> str:
    """A string of LaTeX as people write it."""
    if "\\" in value and '"' not in value and "\n" not in value and not value.endswith("\\"):
        return f'r"{value}"'
    return repr(value) if '"' in value or "\n" in value or "\\" in value else f'"{value}"'


class OldParts(Rule):
    """The older formulas find every part that contains a string; Manim Community only a part that is the string."""

    differences = (36,)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Say which parts they are, where they are written out."""
        name = method(node)
        if (
            name not in {"set_color_by_tex", "get_part_by_tex", "get_parts_by_tex", "index_of_part_by_tex"}
            or not node.args
        ):
            return node
        of, piece = receiver(node), string(node.args[0].value)
        makers = made_by(of, code)
        if piece is None or not makers or called(makers[0]) not in OF_PARTS:
            return node
        found = [strings_of(each) for each in makers]
        if len(found) != 1 or found[0] is None or not dotted(of):
            return node
        holding = [at for at, each in enumerate(found[0]) if piece in each]
        exact = [at for at, each in enumerate(found[0]) if piece == each]
        return self._written(node, name, holding, exact)

    def _written(self, node: cst.Call, name: str, holding: list[int], exact: list[int]) -> cst.BaseExpression:
        of = dotted(receiver(node))
        if not holding:
            return node
        if name == "index_of_part_by_tex":
            return cst.Integer(str(holding[0]))
        if name == "get_part_by_tex":
            return node if exact and exact[0] == holding[0] else expression(f"{of}[{holding[0]}]")
        if name == "set_color_by_tex" and holding == exact:
            return _without_options(node)
        parts = f"{of}[{holding[0]}]" if len(holding) == 1 else f"VGroup({', '.join(f'{of}[{at}]' for at in holding)})"
        if name == "get_parts_by_tex":
            return expression(parts if len(holding) > 1 else f"VGroup({parts})")
        colour = node.args[1].value if len(node.args) > 1 else expression("YELLOW")
        return expression(f"{parts}.set_color({text(colour)})")


def _without_options(node: cst.Call) -> cst.Call:
    args = Arguments(node)
    for keyword in ("case_sensitive", "substring"):
        args.take(keyword)
    return args.call()


class PartsByText(Rule):
    """`tex["x"]`, `get_parts_by_tex`: parts by their text."""

    differences = (7, 36)

    def subscript(self, node: cst.Subscript, code: Code) -> cst.BaseExpression:
        """The part that was isolated, or all of them."""
        inner = node.value
        if (
            isinstance(inner, cst.Call) and _by_tex(inner) and number_of(node) == 0
        ):  # `tex["x"][0]`, whose inside was changed already
            return inner.with_changes(
                func=expression(f"{text(inner.args[0].value)}.get_part_by_tex"), args=inner.args[1:]
            )
        piece = subscript_string(node)
        if piece is None or not self._is_formula(node.value, piece, code):
            return node
        return self._parts(node.value, cst.ensure_type(node.slice[0].slice, cst.Index).value, piece, code)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """`get_parts_by_tex` in full; colours of all parts at once."""
        name = method(node)
        if name == "get_parts_by_tex" and node.args:
            code.helpers["parts_by_tex"] = PARTS_HELPER
            return call("parts_by_tex", [text(receiver(node)), text(node.args[0].value)])
        if name in {"select_part", "select_parts"} and node.args and string(node.args[0].value) is not None:
            return self._parts(receiver(node), node.args[0].value, string(node.args[0].value) or "", code)
        if name == "set_color" and isinstance(node.func, cst.Attribute) and _by_tex(node.func.value):
            inner = cst.ensure_type(node.func.value, cst.Call)
            of, piece = (text(each.value) for each in inner.args)
            colour = [text(each.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for each in node.args]
            return call(f"{of}.set_color_by_tex", [piece, *colour])
        return node

    def _parts(self, of: cst.BaseExpression, piece: cst.BaseExpression, words: str, code: Code) -> cst.BaseExpression:
        makers = made_by(of, code) or []
        counts = [sum(len(places(each, words)[0]) for each in strings_of(maker) or [""]) for maker in makers]
        if counts and max(counts) <= 1:
            return call(f"{closed(of)}.get_part_by_tex", [text(piece)])
        code.helpers["parts_by_tex"] = PARTS_HELPER
        return call("parts_by_tex", [text(of), text(piece)])

    def _is_formula(self, node: cst.BaseExpression, piece: str, code: Code) -> bool:
        """A formula by what is known of it, or by having such a piece where it is no dict."""
        kind = code.kind(node)
        if kind:
            return kind in FORMULAS
        if _holds_dict(node, code) or dotted(node).endswith(("kwargs", "CONFIG", "config", "dict")):
            return False
        return any(piece in each for each in _all_strings(code.module))


def _holds_dict(node: cst.BaseExpression, code: Code) -> bool:
    """Whether the name at the root of an expression was given a dict."""
    while isinstance(node, cst.Subscript | cst.Call):
        node = node.value if isinstance(node, cst.Subscript) else node.func
    name = dotted(node)
    values = [value for value, _ in code.kinds.values(name, code.place)] if name else []
    own = [value for (_, key), value in code.kinds.settings.items() if name == f"self.{key}"]
    return any(isinstance(each, cst.Dict | cst.DictComp) or called(each) == "dict" for each in [*values, *own])


def number_of(node: cst.Subscript) -> float | None:
    """The number in `a[0]`."""
    only = node.slice[0].slice if len(node.slice) == 1 else None
    return number(only.value) if isinstance(only, cst.Index) else None


def _by_tex(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and called(node) == "parts_by_tex" and len(node.args) == 2


def _all_strings(module: cst.Module) -> list[str]:
    found: list[str] = []

    class Strings(cst.CSTVisitor):
        def visit_Call(self, node: cst.Call) -> None:
            if called(node) in FORMULAS:
                found.extend(strings_of(node) or [])

    module.visit(Strings())
    return found


class LostColours(Rule):
    """Colours and parts by a text that was not isolated: nothing would happen, and nobody would be told."""

    differences = (7, 24)

    def call(self, node: cst.Call, code: Code) -> cst.BaseExpression:
        """Report what could not be mended."""
        name = method(node)
        if called(node) == "parts_by_tex" and len(node.args) == 2:
            self._overlapping(node, code)
        if name in {"set_color_by_tex", "get_part_by_tex", "set_opacity_by_tex"} and node.args:
            self._judge(node, name, code)
        elif name == "set_color_by_tex_to_color_map" and node.args and not _keys(node.args[0].value, code):
            code.leave(name, "which strings are coloured is not written out here")
        elif name == "set_color_by_tex_to_color_map":
            args = _without_options(node)
            return args if len(args.args) != len(node.args) else node
        return node

    def _overlapping(self, node: cst.Call, code: Code) -> None:
        """A piece that is within another isolated piece is not found there."""
        piece = string(node.args[1].value)
        for maker in made_by(node.args[0].value, code) or []:
            longer = [each for each in _isolated(maker, code) if piece and piece != each and piece in each]
            if longer:
                code.leave(f"{text(node)}", f"it is also within {', '.join(longer)}, where it is no part of its own")

    def _judge(self, node: cst.Call, name: str, code: Code) -> None:
        piece = string(node.args[0].value)
        words = f"{name}({text(node.args[0].value)})"
        if piece is None:
            if number(node.args[0].value) is None:
                code.leave(words, "which string it is, is not written out here")
            return
        makers = made_by(receiver(node), code)
        for maker in makers or []:
            known = strings_of(maker)
            isolated = _isolated(maker, code)
            if known is not None and (piece in known or piece in isolated or not any(piece in each for each in known)):
                continue
            if known is None and piece in isolated:
                continue
            code.leave(words, "the string is not a part of its own in this formula")


def _isolated(node: cst.Call, code: Code) -> list[str]:
    args = Arguments(node)
    return [
        *(_listed(args.get("substrings_to_isolate")) or []),
        *_keys(args.get("tex_to_color_map") or cst.Name("None"), code),
    ]
