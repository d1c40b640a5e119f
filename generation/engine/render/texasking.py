"""Formulas in the jail: TeX pictures come from the TeX server, over a socket that was open before the jail shut.

The documents are exactly those Manim would compile itself, so the pictures are the same.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import manim.utils.tex_file_writing as tex_files
from manim import config
from manim.mobject.text import tex_mobject

from generation.engine.render import wire

FOLDER = Path("/tmp/tex")  # noqa: S108 - private to this jail


class TexError(ValueError):
    """A formula that TeX could not set. Manim's own code raises ValueError here, so code that catches it still does."""

    def __init__(self, code: str, message: str, formula: str) -> None:
        super().__init__(message)
        self.code = code
        self.formula = formula


class TexMissing(TexError):
    """TeX is not installed on this machine."""


def use(fd: int) -> None:
    """Let Manim ask the TeX server on the connected socket `fd` for every formula."""
    server = socket.socket(fileno=fd)

    def tex_to_svg_file(expression: str, environment: str | None = None, tex_template: Any = None) -> Path:
        template = tex_template or config["tex_template"]
        document = (
            template.get_texcode_for_expression(expression)
            if environment is None
            else template.get_texcode_for_expression_in_env(expression, environment)
        )
        picture = FOLDER / f"{tex_files.tex_hash(document)}.svg"
        if picture.exists():
            return picture
        compilers = template.tex_compiler
        wire.send_json(
            server,
            {
                "document": document,
                "compilers": [compilers] if isinstance(compilers, str) else list(compilers),
                "format": template.output_format,
            },
        )
        answer = wire.receive_json(server, wire.LARGEST_SVG)
        if answer is None:
            raise TexError("tex", "The formula service ended.", expression)
        if "svg" not in answer:
            kind = TexMissing if answer.get("code") == "tex_missing" else TexError
            raise kind(str(answer.get("code")), str(answer.get("message")), expression)
        FOLDER.mkdir(exist_ok=True)
        picture.write_text(answer["svg"], encoding="utf-8")
        return picture

    tex_files.tex_to_svg_file = tex_to_svg_file
    vars(tex_mobject)["tex_to_svg_file"] = tex_to_svg_file  # it imported the name
