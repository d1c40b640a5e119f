"""Known ways in which scenes go wrong, applied to scenes that work. What is then said about them is the checks' own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

from generation.engine.apiindex.check import FORMER

Breaker = Callable[[str, random.Random], str]  # the code unchanged where it finds nothing to break


def broken(code: str, chance: random.Random, most: int) -> list[tuple[str, str]]:
    """Up to `most` broken versions, each with the name of what was done to it."""
    names = list(BREAKERS)
    chance.shuffle(names)
    found: list[tuple[str, str]] = []
    for name in names:
        wrong = BREAKERS[name](code, chance)
        if wrong != code and wrong not in {each for _, each in found}:
            found.append((name, wrong))
        if len(found) == most:
            break
    return found


def _swap(pattern: str, replacements: Sequence[str] | str, *, everywhere: bool = False) -> Breaker:
    shape = re.compile(pattern)
    choices = [replacements] if isinstance(replacements, str) else replacements

    def breaker(code: str, chance: random.Random) -> str:
        new = chance.choice(choices)
        places = list(shape.finditer(code))
        if not places:
            return code
        if everywhere:
            return shape.sub(new, code)
        at = chance.choice(places)
        return code[: at.start()] + at.expand(new) + code[at.end() :]

    return breaker


def _former_name(code: str, chance: random.Random) -> str:
    """A name that Manim had once in place of the one it has now."""
    now: Mapping[str, list[str]] = {}
    now = {new: [old for old, each in FORMER.items() if each == new] for new in set(FORMER.values())}
    present = sorted(new for new in now if re.search(rf"\b{new}\(", code))
    if not present:
        return code
    new = chance.choice(present)
    return re.sub(rf"\b{new}\(", f"{chance.choice(sorted(now[new]))}(", code)


def _lost_assignment(code: str, chance: random.Random) -> str:
    """A name that is used and never made."""
    lines = code.split("\n")
    made = [n for n, line in enumerate(lines) if re.match(r"^        [a-z]\w* = [^(\[{]*\(.*\)$", line)]
    if not made:
        return code
    del lines[chance.choice(made)]
    return "\n".join(lines)


def _misspelt_local(code: str, chance: random.Random) -> str:
    """A name that is made under one spelling and used under another."""
    names = sorted(set(re.findall(r"^        ([a-z][a-z_]{3,}) = ", code, re.MULTILINE)))
    if not names:
        return code
    name = chance.choice(names)
    return re.sub(rf"^(        ){name} = ", rf"\g<1>{name}_1 = ", code, count=1, flags=re.MULTILINE)


def _unclosed(code: str, chance: random.Random) -> str:
    """A bracket too few."""
    lines = code.split("\n")
    ends = [n for n, line in enumerate(lines) if line.startswith("        self.") and line.endswith("))")]
    if not ends:
        return code
    at = chance.choice(ends)
    lines[at] = lines[at][:-1]
    return "\n".join(lines)


def _own_zone(code: str, chance: random.Random) -> str:
    """The same place for two things."""
    return re.sub(r"\bSIDE\b", "MAIN", code) if "SIDE" in code and "MAIN" in code else code


def _shifted_out(code: str, chance: random.Random) -> str:
    """A thing that leaves the frame."""
    found = list(re.finditer(r"^        self\.play\(FadeIn\((\w+)\)", code, re.MULTILINE))
    if not found:
        return code
    at = chance.choice(found)
    move = chance.choice(("9 * RIGHT", "6 * UP", "8 * LEFT", "5.5 * DOWN"))
    return code[: at.start()] + f"        {at[1]}.shift({move})\n" + code[at.start() :]


BREAKERS: Mapping[str, Breaker] = {
    "former_name": _former_name,
    "lost_assignment": _lost_assignment,
    "misspelt_local": _misspelt_local,
    "unclosed": _unclosed,
    "own_zone": _own_zone,
    "shifted_out": _shifted_out,
    "show_creation": _swap(r"\bCreate\(", "ShowCreation("),
    "fade_from": _swap(r"\bFadeIn\((\w+)\)", (r"FadeInFrom(\1, DOWN)", r"FadeIn(\1, UP)", r"FadeInFromDown(\1)")),
    "tex_mobject": _swap(r"\bformula\(", ("TexMobject(", "formulas(", "Formula(")),
    "text_mobject": _swap(r"\bwords\(", ("TextMobject(", "text(", "label(")),
    "get_width": _swap(r"\.get_(center|top|bottom|left|right)\(\)", (r".\1()", r".get_\1_point()")),
    "coords": _swap(r"\.c2p\(", (".coords_to_pt(", ".coord_to_point(", ".to_point(")),
    "axes_range": _swap(r"graph\(\(([-\d.]+), ([-\d.]+)\), ", r"graph(x_min=\1, x_max=\2, y_range="),
    "run_time": _swap(r"run_time=", ("runtime=", "duration=", "time=")),
    "colour_kwarg": _swap(r"\bcolor=", ("colour=", "fill=", "colors=")),
    "move_call": _swap(r"self\.play\((\w+)\.animate\.(\w+)\(", r"self.play(\1.\2("),
    "no_self": _swap(r"self\.(say|heading|pause)\(", (r"\1(", r"self.\1s(")),
    "wait_kwarg": _swap(r"self\.pause\([\d.]+\)", ("self.pause(seconds=1.0)", "self.wait(time=1)", "self.hold(1.0)")),
    "zone_name": _swap(r"\b(MAIN|SIDE)\b", ("LEFT_ZONE", "RIGHT_SIDE", "BODY")),
    "colour_name": _swap(r"\b(YELLOW|CORAL|SKY|MINT|LILAC|LEAF)\b", ("LIGHT_YELLOW", "CYAN", "SKYBLUE", "MAGENTA")),
    "method_name": _swap(
        r"\.(next_to|move_to|shift|arrange|set_color|set_value|get_value)\(",
        (r".\1_to(", r".set_position(", r".place(", r".do_\1("),
    ),
    "tex_typo": _swap(r"\\\\(frac|sqrt|sin|cos|pi|Delta|lambda)\b", (r"\\\\\1k", r"\\\\\1x")),
    "import_os": _swap(r"from theorama_kit import \*\n", "from theorama_kit import *\nimport os\n"),
    "underscore": _swap(r"self\.heading\(", "self.__class__.heading(self, "),
    "play_string": _swap(r"FadeIn\(words\((\"[^\"]*\")[^)]*\)\)", r"FadeIn(\1)"),
    "open_call": _swap(r"self\.pause\(1\.0\)", 'open("data.txt")\n        self.pause(1.0)'),
    "tracker": _swap(r"ValueTracker\(", ("Tracker(", "ValueTracker(value_start=", "VariableTracker(")),
    "redraw": _swap(r"always_redraw\(lambda: ", ("always_redraw(", "redraw(lambda: ", "UpdateFromFunc(lambda: ")),
    "plot_range": _swap(r"plot\((\w+), ", (r"plot(\1, x_min=0, function=", r"\1.get_graph(")),
}  # fmt: skip
