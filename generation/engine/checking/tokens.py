"""Cuts a line of a stage, TeX or plain words, into tokens. Bounded, and nothing is expanded or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generation.engine.checking.units import Unit, unit_at

LONGEST = 300
BLANKS = " ~&\u00a0\u202f\u2009$"
RELATIONS = {
    "=": "=", "≈": "≈", "≃": "≈", "≠": "≠", "<": "<", ">": ">", "≤": "≤", "≥": "≥", "≡": "=",
    r"\approx": "≈", r"\simeq": "≈", r"\ne": "≠", r"\neq": "≠", r"\lt": "<", r"\gt": ">", r"\le": "≤", r"\leq": "≤",
    r"\ge": "≥", r"\geq": "≥", r"\leqslant": "≤", r"\geqslant": "≥", r"\equiv": "=",
}  # fmt: skip
_BREAKS = {
    r"\Rightarrow", r"\Longrightarrow", r"\implies", r"\iff", r"\Leftrightarrow", r"\quad", r"\qquad", r"\\", r"\to",
    r"\rightarrow", r"\rightleftharpoons", r"\longrightarrow", "→", "⇒", "⇔", ";", "⇌",
}  # fmt: skip
_SPACES = {
    r"\,", r"\;", r"\!", r"\:", r"\ ", r"\left", r"\right", r"\big", r"\Big", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr",
    r"\displaystyle", r"\textstyle", r"\limits", r"\nolimits", r"\cr", r"\relax",
}  # fmt: skip
_SIGNS = {
    r"\cdot": "*", r"\times": "*", r"\div": "/", r"\ast": "*", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/",
    "−": "-", "–": "-", r"\lvert": "|", r"\rvert": "|", r"\lbrace": "{", r"\prime": "'", "′": "'", "*": "*", "/": "/",
    "+": "+", "-": "-", "^": "^", "_": "_", "(": "(", ")": ")", "[": "(", "]": ")", "|": "|", "!": "!", "'": "'",
    "{": "{", "}": "}", r"\{": "(", r"\}": ")", ",": ",",
}  # fmt: skip
FUNCTIONS = {
    **{name: name for name in ["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "exp", "ln", "log"]},
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "sqrt": "sqrt", "lg": "log",
}  # fmt: skip
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "pi": "π",
}  # fmt: skip
_LETTERS = "".join(_GREEK.values()) + "Δℓ"
_FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅙": "1/6", "⅛": "1/8"}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₙ", "0123456789+-n", strict=True))
_TEXT = re.compile(
    r"\\(?:text|textrm|textbf|textit|mathrm|mathbf|mathit|mathsf|mathcal|operatorname|mbox|bm|textsf)\*?\s*\{"
)
_COLOURED = re.compile(r"\{\\color\[HTML\]\{[0-9A-Fa-f]{6}\}\s*([A-Za-z0-9]|\\[A-Za-z]+)\s*\}")
_COLOUR = re.compile(r"\\(?:color|textcolor)(?:\[HTML\])?\{[^{}]*\}")
_NUMBER = re.compile(r"\d{1,3}(?:(?:\{,\}|,|\\,|\u202f|\u2009)\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_COMMA = re.compile(r"(\d+),(\d{1,2})(?![\d,])")
_MORE = re.compile(r"\s*(?:…|\.\.\.|\\(?:l|c)?dots)")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")


class Unreadable(Exception):
    """The line holds something that is not read here."""


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is num, name, func, word, sign, rel, break or cmd."""

    kind: str
    text: str
    step: float = 0.0
    unit: Unit | None = None


def tokens(text: str, *, tex: bool) -> list[Token]:
    """Cut a line into tokens. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable
    return list(_powers(list(_cut(plain(text) if tex else text, tex=tex))))


def plain(tex: str) -> str:
    """TeX without its colours."""
    return " ".join(_COLOUR.sub("", _COLOURED.sub(r" \1", tex)).split())


def _powers(cut: list[Token]) -> Iterator[Token]:
    """10^8 m/s is no power of eight metres: the unit belongs to the whole."""
    for place, token in enumerate(cut):
        if token.unit is not None and token.unit.dimensions and place and cut[place - 1] == Token("sign", "^"):
            yield from (replace(token, unit=None), _sign("*"), Token("num", "1", 0.0, token.unit))
        else:
            yield token


def _cut(text: str, *, tex: bool) -> Iterator[Token]:
    at = 0
    while at < len(text):
        found, at = _next(text, at, tex=tex)
        yield from found


def _next(text: str, at: int, *, tex: bool) -> tuple[list[Token], int]:  # noqa: PLR0911 - one for each kind of mark
    """The tokens that begin at a place, and where they end."""
    letter = text[at]
    if letter in BLANKS:
        return [], at + 1
    if letter.isdecimal() or (letter == "." and text[at + 1 : at + 2].isdecimal()):
        token, end = _number(text, at, tex=tex)
        return [token], end
    if tex and letter == "\\":
        return _tex(text, at)
    if letter in _FRACTIONS:
        over, under = _FRACTIONS[letter].split("/")
        return [_sign("("), Token("num", over), _sign("/"), Token("num", under), _sign(")")], at + 1
    if letter in _RAISED or letter in _LOWERED:
        return _script(text, at)
    if letter in _SINGLE:
        return [_SINGLE[letter]], at + 1
    match = _WORD.match(text, at)
    if match is None:
        return [Token("word", letter)], at + 1  # a mark of punctuation: formulas end there
    return ([Token("name", letter)], at + 1) if tex else ([_word(match[0])], match.end())


def _tex(text: str, at: int) -> tuple[list[Token], int]:
    """A command; words set upright are read as words, and as a unit after a bracket."""
    words = _TEXT.match(text, at)
    if words is not None:
        end = _closing(text, words.end())
        behind = text[:at].rstrip(" ~\\,;:").endswith(("}", ")"))
        unit, after = _unit(text, at, tex=True) if behind else (None, at)
        found = _times(unit) if unit is not None else list(_cut(text[words.end() : end], tex=False))
        return found, max(end + 1, after)
    match = _COMMAND.match(text, at)
    if match is None:
        raise Unreadable
    return _command(match[0]), match.end()


def _script(text: str, at: int) -> tuple[list[Token], int]:
    """Raised or lowered digits; after a power of ten a unit belongs to the whole."""
    table, sign = (_RAISED, "^") if text[at] in _RAISED else (_LOWERED, "_")
    end = at
    while end < len(text) and text[end] in table:
        end += 1
    inner = "".join(table[letter] for letter in text[at:end])
    found = [_sign(sign), _sign("{"), *_cut(inner, tex=True), _sign("}")]
    unit, after = _unit(text, end, tex=False) if text[:at].endswith("10") else (None, end)
    return ([*found, *_times(unit)], after) if unit is not None else (found, end)


def _times(unit: Unit) -> list[Token]:
    return [_sign("*"), Token("num", "1", 0.0, unit)]


def _sign(text: str) -> Token:
    return Token("sign", text)


def _closing(text: str, start: int) -> int:
    depth = 1
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return at
    raise Unreadable


def _number(text: str, at: int, *, tex: bool) -> tuple[Token, int]:
    match = _COMMA.match(text, at) if not tex or text[at - 1 : at] not in "([," else None
    if match is not None and not text[match.end() :].lstrip().startswith((")", "]")):
        digits, end = f"{match[1]}.{match[2]}", match.end()
    else:
        grouped = _NUMBER.match(text, at)
        if grouped is None:
            raise Unreadable
        digits, end = re.sub(r"\{,\}|\\,|[,\u202f\u2009]", "", grouped[0]), grouped.end()
    if re.match(r"0[0-9]", digits) and set(digits) > set("01"):
        raise Unreadable  # a row of digits; of ones and zeros it may be a binary number
    step = 10.0 ** -len(digits.partition(".")[2]) if "." in digits else 0.0
    if more := _MORE.match(text, end):
        step, end = 2 * (step or 1.0), more.end()
    unit, end = _unit(text, end, tex=tex)
    return Token("num", digits, step, unit), end


def _unit(text: str, at: int, *, tex: bool) -> tuple[Unit | None, int]:
    """The unit after a number; in TeX it is set upright."""
    start = at
    while at < len(text) and (
        text[at] in " ~\u00a0\u202f\u2009" or (tex and text[at : at + 2] in (r"\,", r"\;", r"\ ", r"\:"))
    ):
        at += 1 if text[at] != "\\" else 2
    if tex:
        for degree in (r"^\circ", r"^{\circ}"):
            if text.startswith(degree, at):
                found = unit_at("°", 0)
                return (found[0] if found else None), at + len(degree)
        if text.startswith(r"\%", at):
            found = unit_at("%", 0)
            return (found[0] if found else None), at + 2
        match = _TEXT.match(text, at)
        if match is None:
            return None, start
        end = _closing(text, match.end())
        inner = text[match.end() : end].strip()
        found = unit_at(inner, 0)
        if found is not None and (found[1] == len(inner) or not inner[found[1]].isalnum()):
            rest = inner[found[1] :].strip()
            return (found[0], end + 1) if not rest else (None, start)
        return None, start
    found = unit_at(text, at)
    return found if found is not None else (None, start)


def _command(command: str) -> list[Token]:
    name = command[1:]
    if command in _SPACES:
        return []
    if command in _TEX:
        return [_TEX[command]]
    if name in FUNCTIONS and name != "sqrt":
        return [Token("func", FUNCTIONS[name])]
    return [Token("name", _GREEK[name])] if name in _GREEK else [Token("cmd", name)]


def _word(word: str) -> Token:
    if word in FUNCTIONS:
        return Token("func", FUNCTIONS[word])
    return Token("name" if len(word) == 1 else "word", word)


_SINGLE = {
    **{letter: Token("name", letter) for letter in _LETTERS},
    **{sign: Token("sign", plain_) for sign, plain_ in _SIGNS.items()},
    **{sign: Token("break", sign) for sign in _BREAKS},
    **{sign: Token("rel", relation) for sign, relation in RELATIONS.items()},
    "√": Token("func", "sqrt"),
}
_TEX = {sign: token for sign, token in _SINGLE.items() if sign.startswith("\\")}
