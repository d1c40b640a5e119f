"""The code policy: may this source be tried in the jail? It is parsed, never compiled, imported or run."""

from __future__ import annotations

import ast
import warnings

from generation.engine import syntax
from generation.engine.policy import gate
from generation.engine.policy.check import check_tree
from generation.engine.policy.gate import MOST_BYTES
from generation.engine.policy.verdict import Refused, Verdict

__all__ = ["MOST_BYTES", "Verdict", "check"]


def check(source: str | bytes) -> Verdict:
    """Allowed, or the first rule broken with its line and a sentence."""
    try:
        text = gate.read(source)
        gate.look_alikes(text)
        check_tree(_parse(text))
    except Refused as refused:
        return refused.verdict
    except (RecursionError, MemoryError):
        return Verdict(False, "depth", None, "The code is nested too deeply. Break it into simpler steps.")
    return Verdict(True)


def _parse(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in a TeX string is no news here
            return syntax.parse(text)
    except SyntaxError as error:
        raise Refused("syntax", error.lineno, f"The code can't be read as Python: {error.msg}.") from error
    except ValueError as error:
        raise Refused("syntax", None, "The code can't be read as Python.") from error
