"""Formulas of the scene kit: a formula in one variable as a function and as TeX, read without eval."""

import math

import numpy as np

# --- formulas in one variable, read without eval ---------------------------------------------------
FUNCTIONS = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "ln": np.log, "log": np.log10, "sqrt": np.sqrt,
    "abs": np.abs, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh,
    "tanh": np.tanh,
}  # fmt: skip
CONSTANTS = {"pi": (math.pi, r"\pi"), "e": (math.e, "e")}
WRITTEN = {"**": "^", "×": "*", "·": "*", "−": "-", "π": "pi", "²": "^2", "³": "^3", "√": "sqrt"}


def tokens_of(text, letters="xt"):
    """Cut a formula into numbers, names and signs: "2xsin(x)" gives 2, x, sin, (, x, )."""
    for written, plain in WRITTEN.items():
        text = text.replace(written, plain)
    tokens, at = [], 0
    names = sorted([*FUNCTIONS, *CONSTANTS, *letters], key=len, reverse=True)
    while at < len(text):
        end = at
        while end < len(text) and (text[end].isdecimal() or text[end] == "."):
            end += 1
        known = [name for name in names if text.startswith(name, at)]
        if end == at:
            end = at + (len(known[0]) if known else 1)
            if not known and text[at] not in "+-*/^() ":
                raise ValueError("The formula has a part that can't be read here: " + text[at:])
        if text[at] != " ":
            tokens.append(text[at:end])
        at = end
    return [*tokens, ""]


def parse(text, letters=""):
    """Read a formula; returns (function, TeX). Raises ValueError with a sentence when it can't be read.

    With `letters` the function takes the list of their values.
    """
    tokens, place = tokens_of(text, letters or "xt"), [0]
    nothing = (lambda at: 0 * at[0]) if letters else (lambda x: 0 * x)

    def peek():
        return tokens[place[0]]

    def take(wanted=""):
        token = peek()
        if wanted and token != wanted:
            raise ValueError(
                "The formula " + text + " needs a " + wanted + (" before " + token if token else " at its end")
            )
        place[0] += 1
        return token

    def grouped(node, level):
        return node[1] if node[2] >= level else r"\left(" + node[1] + r"\right)"

    def total():
        node = product()
        while peek() in ("+", "-"):
            sign, left, right = take(), node, product()
            node = (
                combined(np.add if sign == "+" else np.subtract, left, right),
                left[1] + sign + grouped(right, 1),
                0,
            )
        return node

    def product():
        node = signed()
        while peek() not in ("", "+", "-", ")", "^"):
            sign = take() if peek() in ("*", "/") else "*"
            left, right = node, signed()
            if sign == "/":
                node = (combined(np.divide, left, right), r"\frac{" + left[1] + "}{" + right[1] + "}", 2)
            else:
                dot = r" \cdot " if right[1][0].isdecimal() or right[1][0] == "-" else " "
                node = (combined(np.multiply, left, right), grouped(left, 1) + dot + grouped(right, 1), 1)
        return node

    def signed():
        if peek() in ("+", "-"):
            sign, node = take(), signed()
            return node if sign == "+" else (lambda x: -node[0](x), "-" + grouped(node, 1), 1)
        base = atom()
        if peek() != "^":
            return base
        take()
        power = signed()
        return (combined(np.power, base, power), grouped(base, 4) + "^{" + power[1] + "}", 3)

    def atom():
        token = take()
        if token == "(":
            node = total()
            take(")")
            return node if node[2] < 4 else (node[0], node[1], 4)
        if token in FUNCTIONS:
            return called(token)
        if token and token in letters:
            return (lambda at: at[letters.index(token)], token, 4)
        if not letters and token in ("x", "t"):
            return (lambda x: x, token, 4)
        if token in CONSTANTS:
            return (lambda x: CONSTANTS[token][0] + nothing(x), CONSTANTS[token][1], 4)
        if not token or token.count(".") > 1 or not token.strip(".").replace(".", "").isdecimal():
            raise ValueError(
                "The formula " + text + " can't be read" + (" at " + token if token else ": its end is missing")
            )
        return (lambda x: float(token) + nothing(x), token, 4)

    def called(name):
        power = None
        if peek() == "^":
            take()
            power = atom()
        bracket = peek() == "("
        inner = atom() if bracket else signed()
        while not bracket and (peek()[:1].isdecimal() or peek() in [*(letters or "xt"), "pi"]):
            left, right = inner, signed()
            inner = (combined(np.multiply, left, right), left[1] + right[1], 1)
        run, special = FUNCTIONS[name], {"sqrt": r"\sqrt{", "abs": r"\left|", "exp": "e^{"}
        if name in special:
            node = (lambda x: run(inner[0](x)), special[name] + inner[1] + (r"\right|" if name == "abs" else "}"), 3)
        else:
            shown = "arc" + name[1:] if name in ("asin", "acos", "atan") else name
            raised = "^{" + power[1] + "}" if power else ""
            body = " " + inner[1] if inner[2] >= 4 and not bracket else r"\left(" + inner[1] + r"\right)"
            node = (lambda x: run(inner[0](x)), "\\" + shown + raised + body, 3)
        return (combined(np.power, node, power), node[1], 3) if power else node

    node = total()
    if peek():
        raise ValueError("The formula " + text + " can't be read at " + peek())
    return node[0], node[1]


def combined(operation, left, right):
    """The function x -> operation(left(x), right(x))."""
    return lambda x: operation(left[0](x), right[0](x))


def expression(text, letters=""):
    """A formula in x (or t) as a function of a number or an array; nan where it has no real value.

    With `letters`, such as "xy", the function takes a value for each of them.
    """
    run = parse(text, letters)[0]

    def function(*values):
        with np.errstate(all="ignore"):
            given = [np.asarray(value, dtype=float) for value in values]
            return run(given if letters else given[0]) * 1.0

    return function


def expression_tex(text, letters=""):
    """A formula as TeX."""
    return parse(text, letters)[1]


def derivative(function, x, step=1e-3):
    """The slope at x, from four points close by (error about the fourth power of `step`)."""
    h = step * max(1.0, abs(x))
    near, far = function(x + h) - function(x - h), function(x + 2 * h) - function(x - 2 * h)
    return (8 * near - far) / (12 * h)
