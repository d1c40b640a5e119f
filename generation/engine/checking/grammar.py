"""The grammar of sides: recursive descent from tokens to trees, bounded in depth. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from generation.engine.checking.tokens import Token, Unreadable
from generation.engine.checking.tree import EULER, Apply, Bound, Call, Name, Node, Number

MOST_NESTING = 24
CALLED = frozenset("fghFGHPpqyuvVNTQ")  # letters before a bracket that are functions rather than factors
_BIG = {"sum": "sum", "prod": "prod", "int": "integral", "lim": "lim"}
_FRACTIONS = {"frac", "tfrac", "dfrac", "cfrac"}
_ACCENTS = {"vec", "bar", "hat", "overline", "dot", "tilde", "boldsymbol"}


def parsed(side: Sequence[Token]) -> Node:
    """A side as a tree. Raises Unreadable."""
    return _Grammar(side).whole()


class _Grammar:
    """Recursive descent; each method reads one level of precedence."""

    def __init__(self, found: Sequence[Token], nesting: int = 0) -> None:
        self.found = found
        self.at = 0
        self.nesting = nesting
        self.bars = 0

    def whole(self) -> Node:
        node = self.sum()
        if self.at < len(self.found):
            raise Unreadable
        return node

    def here(self, kind: str, text: str = "") -> bool:
        if self.at >= len(self.found):
            return False
        token = self.found[self.at]
        return token.kind == kind and (not text or token.text == text)

    def take(self, kind: str = "", text: str = "") -> Token:
        if self.at >= len(self.found) or (kind and not self.here(kind, text)):
            raise Unreadable
        self.at += 1
        return self.found[self.at - 1]

    def sum(self) -> Node:
        self.nesting += 1
        if self.nesting > MOST_NESTING:
            raise Unreadable
        node = self.product()
        while self.here("sign", "+") or self.here("sign", "-"):
            node = Apply(self.take().text, (node, self.product()))
        self.nesting -= 1
        return node

    def product(self) -> Node:
        node = self.signed()
        while True:
            if self.here("sign", "*") or self.here("sign", "/"):
                sign = self.take().text
                node = Apply(sign, (node, self.signed()))
            elif self.starts_factor():
                node = Apply("*", (node, self.power()))
            else:
                return node

    def starts_factor(self) -> bool:
        if self.at >= len(self.found):
            return False
        token = self.found[self.at]
        if token.kind == "num":
            if self.found[self.at - 1].kind == "num":
                raise Unreadable
            return True
        if token.kind == "sign":
            return token.text in "({" or (token.text == "|" and not self.bars)
        return token.kind in {"name", "func"} or (token.kind == "cmd")

    def signed(self) -> Node:
        if self.here("sign", "+") or self.here("sign", "-"):
            self.nesting += 1
            if self.nesting > MOST_NESTING:
                raise Unreadable
            sign, part = self.take().text, self.signed()
            self.nesting -= 1
            return Apply("-", (part,)) if sign == "-" else part
        return self.power()

    def power(self) -> Node:
        node = self.atom()
        while True:
            if self.here("sign", "!"):
                self.take()
                node = Apply("!", (node,))
            elif self.here("sign", "^"):
                self.take()
                node = Apply("^", (node, self.argument()))
            else:
                return node

    def argument(self) -> Node:
        """What stands in braces, or one token."""
        if self.here("sign", "{"):
            self.take()
            node = self.sum()
            self.take("sign", "}")
            return node
        if self.here("sign", "-"):
            self.take()
            return Apply("-", (self.argument(),))
        if self.here("num") and len(self.found[self.at].text) > 1 and self.found[self.at].unit is None:
            token = self.take()
            return Number(float(token.text), token.step)
        return self.atom()

    def atom(self) -> Node:
        token = self.take()
        match token.kind:
            case "num":
                return self.number(token)
            case "name":
                return self.name(token.text)
            case "func":
                return self.function(token.text)
            case "cmd":
                return self.command(token.text)
            case "sign" if token.text in "({":
                node = self.sum()
                self.take("sign", ")" if token.text == "(" else "}")
                return node
            case "sign" if token.text == "|" and not self.bars:
                self.bars += 1
                node = self.sum()
                self.bars -= 1
                self.take("sign", "|")
                return Apply("abs", (node,))
        raise Unreadable

    def number(self, token: Token) -> Node:
        if self.here("sign", "_"):  # 1011 in base 2
            self.take()
            base = self.argument()
            if not isinstance(base, Number) or not 2 <= base.value <= 36 or not token.text.isdecimal():
                raise Unreadable
            try:
                return Number(float(int(token.text, int(base.value))))
            except ValueError as error:
                raise Unreadable from error
        return Number(float(token.text), token.step, token.unit)

    def name(self, letter: str) -> Node:
        if letter == "Δ" and self.here("name"):
            letter += self.take().text
        if letter == "e" and self.here("sign", "^"):
            return Name(EULER)
        if self.here("sign", "_"):
            self.take()
            letter += "_" + self.subscript()
        while self.here("sign", "'"):
            self.take()
            letter += "'"
        if self.here("sign", "(") and letter[0] in CALLED:
            start = self.at
            self.take()
            try:
                argument = self.sum()
                self.take("sign", ")")
            except Unreadable:
                self.at = start
                raise
            return Call(letter, argument)
        return Name(letter)

    def subscript(self) -> str:
        if not self.here("sign", "{"):
            return self.take().text
        self.take()
        depth, text = 1, ""
        while depth:
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
            text += token.text if depth else ""
        return text

    def function(self, name: str) -> Node:
        if name == "sqrt":
            return self.root()
        if name == "log" and self.here("sign", "_"):
            self.take()
            base = self.argument()
            return Apply("logb", (base, self.operand()))
        if self.here("sign", "^"):
            self.take()
            exponent = self.argument()
            inner = self.operand()
            if isinstance(exponent, Apply) and exponent.function == "-":
                if f"a{name}" not in {"asin", "acos", "atan"}:
                    raise Unreadable
                return Apply(f"a{name}", (inner,))
            return Apply("^", (Apply(name, (inner,)), exponent))
        return Apply(name, (self.operand(),))

    def operand(self) -> Node:
        """What a function without brackets takes: sin 2x is sin(2x), sin x cos x a product."""
        if self.here("sign", "("):
            return self.atom()
        negative = self.here("sign", "-")
        if negative:
            self.take()
        node = self.power()
        while (
            (self.here("num") and self.found[self.at - 1].kind != "num")
            or self.here("name")
            or self.here("cmd", "frac")
        ):
            node = Apply("*", (node, self.power()))
        return Apply("-", (node,)) if negative else node

    def root(self) -> Node:
        degree: Node = Number(2.0)
        if self.here("sign", "(") and self.is_tex_root:
            self.take()
            degree = self.sum()
            self.take("sign", ")")
        if self.here("num") and (unit := self.found[self.at].unit) is not None:
            token = self.take()  # √2 cm is the root of two, in centimetres
            bare = Apply("root", (Number(float(token.text), token.step), degree))
            return Apply("*", (bare, Number(1.0, 0.0, unit)))
        inner = self.argument() if self.here("sign", "{") else self.power()
        return Apply("root", (inner, degree))

    is_tex_root = False

    def command(self, name: str) -> Node:  # noqa: PLR0911
        if name in _FRACTIONS:
            return self.fraction()
        if name == "sqrt":
            self.is_tex_root = True
            node = self.root()
            self.is_tex_root = False
            return node
        if name in {"binom", "tbinom", "dbinom"}:
            return Apply("binom", (self.argument(), self.argument()))
        if name in _BIG:
            return self.big(_BIG[name])
        if name == "Delta":
            return self.name("Δ")
        if name == "ell":
            return self.name("ℓ")
        if name in _ACCENTS:
            inner = self.argument()
            if not isinstance(inner, Name):
                raise Unreadable
            return self.name(f"{name} {inner.name}")
        raise Unreadable

    def fraction(self) -> Node:
        over, under = self.braced(), self.braced()
        order = _order(over, under)
        if order:
            return self.derivative(under, order)
        rate = _rate(over, under)
        if rate:
            return Name(rate)
        return Apply("/", (_Grammar(over, self.nesting).whole(), _Grammar(under, self.nesting).whole()))

    def braced(self) -> list[Token]:
        """The tokens in braces, or one token; \\frac12 takes one digit each."""
        if not self.here("sign", "{"):
            token = self.take()
            if token.kind == "num" and len(token.text) == 2 and token.text.isdecimal():
                self.at -= 1
                halves = [Token("num", token.text[0]), Token("num", token.text[1])]
                self.found = [*self.found[: self.at], *halves, *self.found[self.at + 1 :]]
                token = self.take()
            return [token]
        self.take()
        depth, inside = 1, list[Token]()
        while True:
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
            if not depth:
                return inside
            inside.append(token)

    def derivative(self, under: Sequence[Token], order: int) -> Node:
        variable = under[1].text
        return Bound("diff", variable, self.product(), order=order)

    def big(self, kind: str) -> Node:
        variable, low, high = "", None, None
        while self.here("sign", "_") or self.here("sign", "^"):
            if self.take().text == "^":
                high = self.argument()
            elif kind == "integral":
                low = self.argument()
            else:
                variable, low = self.index(kind)
        if kind != "integral":
            return Bound(kind, variable, self.product(), low, high)
        depth = 0
        for place in range(self.at, len(self.found) - 1):
            token = self.found[place]
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
            if not depth and token == Token("name", "d") and self.found[place + 1].kind == "name":
                inside = self.found[self.at : place]
                self.at = place + 2
                body = _Grammar(inside, self.nesting).whole() if inside else Number(1.0)
                return Bound(kind, self.found[place + 1].text, body, low, high)
        raise Unreadable

    def index(self, kind: str) -> tuple[str, Node]:
        inside = self.braced()
        if len(inside) < 3 or inside[0].kind != "name":
            raise Unreadable
        if inside[1].kind not in {"rel", "break"} or (kind == "lim") != (inside[1].kind == "break"):
            raise Unreadable
        return inside[0].text, _Grammar(inside[2:], self.nesting).whole()


def _order(over: Sequence[Token], under: Sequence[Token]) -> int:
    """The order of the derivative that a fraction d/dx means; 0 where it is a fraction."""
    texts = [token.text for token in over]
    if [token.text for token in under[:1]] != ["d"] or len(under) < 2 or under[1].kind != "name" or texts[:1] != ["d"]:
        return 0
    if len(over) == 1 and len(under) == 2:
        return 1
    if len(over) == 3 and texts[1] == "^" and texts[2].isdecimal() and len(under) == 4 and under[3].text == texts[2]:
        return int(texts[2]) if int(texts[2]) <= 2 else 0
    return 0


def _rate(over: Sequence[Token], under: Sequence[Token]) -> str:
    """dy/dx as the name of a quantity."""
    small = [token.text for token in (*over, *under)]
    if len(over) == 2 and len(under) == 2 and small[0] == small[2] == "d" and over[1].kind == under[1].kind == "name":
        return "".join(small[:2]) + "/" + "".join(small[2:])
    return ""
