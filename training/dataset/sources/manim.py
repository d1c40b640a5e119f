"""Manim's own examples, out of the package that is installed: MIT, with the licence file beside them.

An example becomes a scene of the kit: the same drawing on a Stage, with a heading, a spoken line from the docstring and
a pause. What is only added is faded in, so that something moves. The request is made from the docstring too.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generation.engine import syntax
from training.dataset import breaking, phrasing, rehearsing
from training.dataset.candidates import Candidate, chance
from training.dataset.rehearsing import Rejected
from training.dataset.rows import Origin, Task
from training.errors import TrainingFault

_DIRECTIVE = re.compile(r"^(?P<indent>\s*)\.\. manim:: (?P<name>\w+)", re.MULTILINE)
_SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ROLE = re.compile(r":\w+:`~?\.?([^`<]+)(?:<[^`]*)?`|``?([^`]+)``?")
_MIT = (b"Manim Community", b"Permission is hereby granted, free of charge")
REQUESTS = 1  # of each example
REPAIRS = 1


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a docstring: the class or function that it is about, what is said of it, and its scene."""

    owner: str
    about: str
    name: str
    code: str
    path: str


def origin() -> Origin:
    """The installed Manim. Raises TrainingFault where its licence file is not what it should be."""
    found = importlib.metadata.distribution("manim")
    licences = [file for file in found.files or [] if "licenses/" in str(file) and "LICENSE" in file.name]
    texts = {str(file): Path(str(file.locate())).read_bytes() for file in licences}
    own = next((name for name, text in sorted(texts.items()) if all(each in text for each in _MIT)), None)
    if own is None:
        raise TrainingFault(
            "The installed Manim brings no MIT licence of its own, so its examples cannot be used.",
            "Install it from requirements.txt.",
        )
    evidence = f"{own} in the installed package, sha256 {hashlib.sha256(texts[own]).hexdigest()}."
    return Origin("manim-examples", found.version, "MIT", evidence)


def folder() -> Path:
    """Where the package is, without importing it."""
    return Path(str(importlib.metadata.distribution("manim").locate_file("manim")))


def candidates(origin: Origin, root: Path | None = None) -> Iterator[Candidate]:
    """Each example with its requests, and a repair of it."""
    for example in examples(root or folder()):
        luck = chance("manim", example.path, example.name)
        for number, request in enumerate(luck.sample(requests(example), k=REQUESTS)):
            said = phrasing.said(request, "en", "secondary", luck)
            try:
                code = staged(example, rehearsing.storyboard_for(said).scenes[0].name)
            except (Rejected, ValueError, SyntaxError):
                continue  # more than one plain scene, or nothing that could be asked for
            yield _written(origin, example, said, code)
            if number == 0:
                for what, wrong in breaking.broken(code, luck, REPAIRS):
                    yield _repaired(origin, example, said, code, wrong, what)


def _written(origin: Origin, example: Example, said: str, code: str) -> Candidate:
    return Candidate(
        Task.WRITE,
        origin,
        f"manim_{example.owner}",
        said,
        lambda run: rehearsing.written(said, code, run)[0],
        path=f"{example.path}:{example.name}",
    )


def _repaired(origin: Origin, example: Example, said: str, code: str, wrong: str, what: str) -> Candidate:
    return Candidate(
        Task.REPAIR,
        origin,
        f"manim_{example.owner}",
        said,
        lambda run: rehearsing.repaired(said, wrong, code, run)[0],
        path=f"{example.path}:{example.name}/{what}",
    )


def examples(root: Path) -> Iterator[Example]:
    """The `.. manim::` examples in the docstrings of a package, file by file."""
    for path in sorted(root.rglob("*.py")):
        tree = syntax.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Module):
                text = ast.get_docstring(node) or ""
                owner = getattr(node, "name", path.stem)
                for name, code in _blocks(text):
                    yield Example(owner, _first_sentence(text), name, code, str(path.relative_to(root)))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The code of each directive, without its options."""
    for found in _DIRECTIVE.finditer(text):
        deep = len(found["indent"])
        lines: list[str] = []
        for line in text[found.end() :].split("\n")[1:]:
            if line.strip() and len(line) - len(line.lstrip()) <= deep:
                break
            lines.append(line)
        code = textwrap.dedent("\n".join(line for line in lines if not re.match(r"\s*:\w+:", line))).strip()
        code = re.sub(r"^(?:>>>|\.\.\.) ?", "", code, flags=re.MULTILINE)
        if code:
            yield found["name"], code + "\n"


def _first_sentence(text: str) -> str:
    first = " ".join(text.strip().split("\n\n")[0].split())
    plain = _ROLE.sub(lambda found: (found[1] or found[2]).split(".")[-1], first)
    return re.split(r"(?<=[.!?])\s", plain)[0].rstrip(".")[:200]


def requests(example: Example) -> list[str]:
    """What somebody could have said who wanted this example."""
    words = _SPLIT.sub(" ", re.sub(r"Example\d*$|Scene$", "", example.name)).lower().strip() or example.owner.lower()
    owner = _SPLIT.sub(" ", example.owner).replace("_", " ").strip().lower()
    about = example.about[:1].lower() + example.about[1:]
    return [
        f"Manim's {owner}: {words}",
        f"show {owner} in a short scene ({words})",
        f"an example of {owner}: {about}"[:180],
        f"{words}, made with {example.owner}",
    ]


def staged(example: Example, scene: str) -> str:
    """The example as a scene of the kit. Raises ValueError where it is no single plain scene."""
    tree = syntax.parse(example.code)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if len(classes) != 1 or [ast.unparse(base) for base in classes[0].bases] not in (["Scene"], ["MovingCameraScene"]):
        raise ValueError("not one plain scene")
    made = classes[0]
    if len(made.body) != 1 or not isinstance(construct := made.body[0], ast.FunctionDef):
        raise ValueError("more than a construct method")
    title = _SPLIT.sub(" ", example.name).strip()
    told = 10 < len(example.about) < 140 and example.about.isprintable()
    made.name, made.bases = scene, [ast.Name("Stage", ast.Load())]
    construct.body = [
        _call("heading", title[:48]),
        _call("say", f"{example.about}." if told else f"This is {title}."),
        *(_faded(each) for each in construct.body),
        *ast.parse("self.pause(1.0)").body,
    ]
    tree.body = [node for node in tree.body if not _imports_manim(node)]
    code = ast.unparse(ast.fix_missing_locations(tree)).replace("(Stage):\n\n", "(Stage):\n")
    return f"from manim import *\nfrom theorama_kit import *\n\n\n{code}\n"


def _imports_manim(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) and "manim" in ast.unparse(node)


def _call(method: str, text: str) -> ast.stmt:
    (made,) = ast.parse(f"self.{method}({text!r})").body
    return made


def _faded(statement: ast.stmt) -> ast.stmt:
    """`self.add(a, b)` as `self.play(FadeIn(a, b))`."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and ast.unparse(call.func) == "self.add" and call.args:
        inner = ast.Call(ast.Name("FadeIn", ast.Load()), call.args, [])
        return ast.Expr(ast.Call(ast.Attribute(ast.Name("self", ast.Load()), "play", ast.Load()), [inner], []))
    return statement
