"""Replaces functions of Manim by faster ones that do exactly the same, each only in the version it was written for.

A patch names the function it stands for and a digest of that function's source. Where the source is another one,
Manim's own function stays and the daemon's log says so: slower, never different.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Patch:
    """One function of Manim and what stands in for it."""

    owner: Any  # the class or module that holds the function
    name: str
    digest: str  # of the source this patch was written for
    make: Callable[[Any], Any]  # takes Manim's function, returns the one to use

    def __str__(self) -> str:
        return f"{self.owner.__name__}.{self.name}"

    def fits(self) -> bool:
        """Whether Manim's function is the one this patch was written for."""
        return source_digest(vars(self.owner)[self.name]) == self.digest

    def install(self) -> None:
        """Put the fast function in the place of Manim's."""
        plain = vars(self.owner)[self.name]
        quick = self.make(plain)
        setattr(self.owner, self.name, quick)
        if inspect.ismodule(self.owner):
            for module in _importers(self.name, plain):
                setattr(module, self.name, quick)


def install(patches: list[Patch]) -> list[Patch]:
    """Install those patches that fit, and return the others."""
    left_out = []
    for patch in patches:
        if patch.fits():
            patch.install()
        else:
            left_out.append(patch)
            sys.stderr.write(f"{patch}: not the function known; it is left as it is\n")
    return left_out


def _importers(name: str, function: Any) -> list[Any]:
    """List Manim's modules that imported this function by its name."""
    modules = [module for path, module in sys.modules.items() if path.startswith("manim.")]
    return [module for module in modules if vars(module).get(name) is function]


def source_digest(function: Any) -> str:
    """Name the source of a function, method or property setter."""
    if isinstance(function, property):
        function = function.fset
    if isinstance(function, staticmethod | classmethod):
        function = function.__func__
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]
