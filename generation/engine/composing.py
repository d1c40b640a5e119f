"""Several animations as one: their sources side by side, names kept apart, what they have in common shared.

"First Hooke's law, then the energy of a spring" is two templates. Their scenes follow one another, a short scene leads
from one to the next, and a knob that means the same in both is one knob.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import libcst
from libcst.metadata import GlobalScope, MetadataWrapper, ScopeProvider

from generation.engine import knobs, slices
from generation.engine.errors import KnobFault
from generation.engine.languages import ENGLISH
from generation.engine.types import Knob, KnobKind, KnobValue, SceneCard, Storyboard

# What leads from one animation to the next, by language.
_BETWEEN = {
    "en": {
        "then": ", then: ",
        "card": "Towards: {0}",
        "shown": "Both ideas side by side.",
        "heading": "From one idea to the next",
        "line": "That was “{0}”. Next comes “{1}”.",
        "short": "Next comes “{0}”.",
        "same": "The same in both parts",
    },
    "es": {
        "then": "; después: ",
        "card": "Siguiente: {0}",
        "shown": "Las dos ideas, una junto a la otra.",
        "heading": "De una idea a la siguiente",
        "line": "Esto ha sido «{0}». Ahora viene «{1}».",
        "short": "Ahora viene «{0}».",
        "same": "Lo mismo en ambas partes",
    },
    "fr": {
        "then": ", puis : ",
        "card": "Ensuite : {0}",
        "shown": "Les deux idées côte à côte.",
        "heading": "D’une idée à la suivante",
        "line": "C’était « {0} ». Passons à « {1} ».",
        "short": "Passons à « {0} ».",
        "same": "Identique dans les deux parties",
    },
    "de": {
        "then": ", danach: ",
        "card": "Weiter mit: {0}",
        "shown": "Beide Ideen nebeneinander.",
        "heading": "Von einer Idee zur nächsten",
        "line": "Das war „{0}“. Nun folgt „{1}“.",
        "short": "Nun folgt „{0}“.",
        "same": "In beiden Teilen gleich",
    },
}
BRIDGE = "Bridge"
BRIDGE_SECONDS = 5.0
LONGEST_LINE = 90  # characters of a caption


@dataclass(frozen=True, slots=True)
class Part:
    """One animation. `said` are the knobs whose values somebody asked for; the others are the template's own."""

    title: str
    storyboard: Storyboard
    source: str
    said: frozenset[str] = frozenset()


def joined(parts: Sequence[Part], language: str = ENGLISH) -> Part:
    """One animation that shows `parts` in order. The code of each stays as it is written, but for names taken twice."""
    whole = parts[0]
    for part in parts[1:]:
        whole = _followed_by(whole, part, _BETWEEN[language])
    title = _BETWEEN[language]["then"].join(part.title for part in parts)
    return replace(whole, title=title, storyboard=Storyboard(title, whole.storyboard.scenes, language))


def _followed_by(first: Part, second: Part, between: Mapping[str, str]) -> Part:
    shared = _shared(first, second)
    source = knobs.apply(first.source, {name: value for name, value in shared.items() if name in second.said})
    taken = top_level_names(source)
    own = top_level_names(second.source) - shared.keys()
    renamed = _new_names(own & taken, taken | own)
    bridge = _free_name(BRIDGE, taken | own | set(renamed.values()))
    code = "\n\n\n".join(
        [
            source.rstrip(),
            _bridge(bridge, first, second, [knob for knob in knobs.extract(source) if knob.name in shared], between),
            _beside(second, shared.keys(), renamed, _imports(source)).strip("\n"),
        ]
    )
    card = SceneCard(
        bridge, between["card"].format(second.title), between["shown"], _line(first, second, between), BRIDGE_SECONDS
    )
    cards = [replace(card, name=renamed.get(card.name, card.name)) for card in second.storyboard.scenes]
    said = first.said | {renamed.get(name, name) for name in second.said}
    return Part(first.title, Storyboard(first.title, (*first.storyboard.scenes, card, *cards)), code + "\n", said)


def _shared(first: Part, second: Part) -> dict[str, KnobValue]:
    """Knobs of the second that are the first's as well, and the value that both get."""
    before = {knob.name: knob for knob in knobs.extract(first.source)}
    found: dict[str, KnobValue] = {}
    for knob in knobs.extract(second.source):
        other = before.get(knob.name)
        if other is None or not _alike(other, knob):
            continue
        asked_of_both = knob.name in first.said and knob.name in second.said
        value = knob.value if knob.name in second.said else other.value
        if not (asked_of_both and knob.value != other.value) and _takes(other, value) and _takes(knob, value):
            found[knob.name] = value
    return found


def _alike(one: Knob, other: Knob) -> bool:
    return (one.kind, one.unit, one.label.casefold(), one.choices) == (
        other.kind,
        other.unit,
        other.label.casefold(),
        other.choices,
    )


def _takes(knob: Knob, value: KnobValue) -> bool:
    try:
        knobs.checked(knob, value)
    except KnobFault:
        return False
    return True


def _new_names(clashing: Iterable[str], taken: set[str]) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for name in sorted(clashing):
        renamed[name] = _free_name(name, taken | set(renamed.values()), first=2)
    return renamed


def _free_name(name: str, taken: set[str], first: int = 1) -> str:
    """The name, or the name with the lowest number that nothing else is called."""
    number = first
    joint = "" if name[0].isupper() and not name.isupper() else "_"
    while (free := name if number == 1 else f"{name}{joint}{number}") in taken:
        number += 1
    return free


def top_level_names(source: str) -> set[str]:
    """What the module of a source calls its own, imports aside."""
    own = [each for each in ast.parse(source).body if not isinstance(each, ast.Import | ast.ImportFrom)]
    return {name for statement in own for name in slices.bound_names(statement)}


def _imports(source: str) -> set[str]:
    return {ast.unparse(node) for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)}


def _beside(part: Part, dropped: Iterable[str], renamed: Mapping[str, str], imported: set[str]) -> str:
    """The part's source without imports that are there already and the knobs of these names, others renamed."""
    wrapper = MetadataWrapper(libcst.parse_module(part.source))
    nodes = _places(wrapper, renamed)
    return wrapper.module.visit(_Rewriter(part.title, set(dropped), nodes, imported)).code


def with_names(source: str, renamed: Mapping[str, str]) -> str:
    """The source with names of its top level changed wherever they are meant. Its form stays as it is."""
    wrapper = MetadataWrapper(libcst.parse_module(source))
    return wrapper.module.visit(_Renamer(_places(wrapper, renamed))).code


def _places(wrapper: MetadataWrapper, renamed: Mapping[str, str]) -> dict[libcst.CSTNode, str]:
    """Where the names are bound and meant, with the new name."""
    scopes = wrapper.resolve(ScopeProvider).values()
    (scope,) = {each for each in scopes if isinstance(each, GlobalScope)}
    nodes: dict[libcst.CSTNode, str] = {}
    for old, new in renamed.items():
        for assignment in scope[old]:
            nodes[assignment.node] = new  # type: ignore[attr-defined] # only built-in names have none
            nodes |= dict.fromkeys((access.node for access in assignment.references), new)
    return nodes


class _Renamer(libcst.CSTTransformer):
    """Changes the names of nodes."""

    def __init__(self, nodes: Mapping[libcst.CSTNode, str]) -> None:
        super().__init__()
        self._nodes = nodes

    def leave_Name(self, original_node: libcst.Name, updated_node: libcst.Name) -> libcst.Name:
        new = self._nodes.get(original_node)
        return updated_node.with_changes(value=new) if new else updated_node

    def leave_FunctionDef(
        self, original_node: libcst.FunctionDef, updated_node: libcst.FunctionDef
    ) -> libcst.FunctionDef:
        new = self._nodes.get(original_node)
        return updated_node.with_changes(name=libcst.Name(new)) if new else updated_node

    def leave_ClassDef(self, original_node: libcst.ClassDef, updated_node: libcst.ClassDef) -> libcst.ClassDef:
        new = self._nodes.get(original_node)
        return updated_node.with_changes(name=libcst.Name(new)) if new else updated_node


class _Rewriter(_Renamer):
    """Writes a part's code so that it stands beside another's."""

    def __init__(self, title: str, dropped: set[str], nodes: Mapping[libcst.CSTNode, str], imported: set[str]) -> None:
        super().__init__(nodes)
        self._title, self._dropped, self._imported = title, dropped, imported

    def leave_SimpleStatementLine(
        self, original_node: libcst.SimpleStatementLine, updated_node: libcst.SimpleStatementLine
    ) -> libcst.SimpleStatementLine | libcst.RemovalSentinel:
        code = libcst.Module([original_node.with_changes(leading_lines=())]).code.strip()
        name = _knob_of(original_node)
        if code in self._imported or (name is not None and name.value in self._dropped):
            return libcst.RemoveFromParent()
        if name is not None and name in self._nodes:
            return updated_node.visit(_Labeller(self._title))  # type: ignore[return-value]
        return updated_node


class _Labeller(libcst.CSTTransformer):
    """Says in a knob's label which part of the animation it belongs to."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def leave_Arg(self, original_node: libcst.Arg, updated_node: libcst.Arg) -> libcst.Arg:
        if not (updated_node.keyword and updated_node.keyword.value == "label"):
            return updated_node
        label = ast.literal_eval(libcst.Module([]).code_for_node(updated_node.value))
        return updated_node.with_changes(value=libcst.SimpleString(_written(f"{label} ({self._title})")))


def _knob_of(line: libcst.SimpleStatementLine) -> libcst.Name | None:
    """The name that a line declares as a knob."""
    match line.body:
        case [
            libcst.Assign(
                targets=[libcst.AssignTarget(target=libcst.Name() as name)],
                value=libcst.Call(func=libcst.Name(value="knob")),
            )
        ]:
            return name
    return None


def _bridge(name: str, first: Part, second: Part, shared: Sequence[Knob], between: Mapping[str, str]) -> str:
    """The scene between two animations: what was shown, what follows, and what stays the same."""
    numbers = [knob for knob in shared if knob.kind in (KnobKind.NUMBER, KnobKind.INTEGER)][:3]
    rows = [
        f"            words({label} + number_text({knob.name}) + {unit}, 28),"
        for knob in numbers
        for label, unit in [(_written(f"{knob.label}: "), _written(f" {knob.unit}"))]
    ]
    lines = [
        f"class {name}(Stage):",
        "    def construct(self):",
        f"        self.heading({_written(between['heading'])})",
        f"        before = fit(words({_written(first.title)}, 34, CHALK2), zone(-6.4, -1.3, 0.4, 1.6))",
        f"        after = fit(words({_written(second.title)}, 38, YELLOW), zone(1.3, 6.4, 0.4, 1.6))",
        "        way = arrow([-0.9, 1, 0], [0.9, 1, 0], CHALK3)",
        f"        self.say({_written(_line(first, second, between))})",
        "        self.play(FadeIn(before), run_time=0.6)",
        "        self.play(Create(way), FadeIn(after, shift=0.3 * RIGHT), run_time=1.0)",
    ]
    if rows:
        lines += [
            "        same = stack(",
            f"            words({_written(between['same'])}, 26, CHALK2),",
            *rows,
            "            area=zone(-6.4, 6.4, -2.6, -0.3),",
            "            align=UP,",
            "        )",
            "        self.play(FadeIn(same, shift=0.2 * UP), run_time=0.7)",
        ]
    return "\n".join([*lines, "        self.pause(0.8)"])


def _line(first: Part, second: Part, between: Mapping[str, str]) -> str:
    line = between["line"].format(first.title, second.title)
    return line if len(line) <= LONGEST_LINE else between["short"].format(second.title)


def _written(text: str) -> str:
    """The text as it stands in code: JSON's strings are Python's."""
    return json.dumps(text, ensure_ascii=False)
