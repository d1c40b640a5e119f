"""Several formulas in one run of TeX: each is a page, as it would be alone.

A page must not depend on those before it, so documents that could leave something behind go alone. What a batch gives
is only ever handed to whoever sent the whole batch, so nobody can spoil a formula for another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from generation.engine.render import dvi, dvisvg

MOST = 60  # documents
END = "\\end{document}"
ENVIRONMENTS = {
    *(
        "align*",
        "gather*",
        "multline*",
        "equation*",
        "aligned",
        "alignedat",
        "gathered",
        "split",
        "cases",
        "dcases",
        "array",
    ),
    *(
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "subarray",
        "math",
        "displaymath",
    ),
    *("center", "flushleft", "flushright", "tabular", "itemize"),
}
# What sets counters, defines for good, reads, writes or reaches into the page.
LEAVES_TRACES = re.compile(
    r"\\(?:\w*global\w*|\w*def|let|future\w*|after\w*|every\w*|new\w*|renew\w*|provide\w*|DeclareM\w*|definecolor"
    r"|\w*counter|numberwithin|label|tag|\w*ref|cite|footnote\w*|caption|\w*section|paragraph|chapter|part|csname"
    r"|expand\w*|\w*code|\w*input|include\w*|read|write|immediate|open\w*|close\w*|shipout|output|\w*page\w*|patterns"
    r"|hyphen\w*|font|fontdimen|skewchar|(?:set|copy|save|use|un\w+)box|insert|mark|vadjust|vsplit|enddocument|endinput"
    r"|begin|end|stop|dump|\w+mode|pdf\w*|protect\w*|selectlanguage|foreignlanguage|\w*standalone|\w*preview"
    r"|\w*group|[^\W_]*@)(?![A-Za-z])"
)
SPECIAL = re.compile(r"\\special\{dvisvgm:raw (?:<g id='\w+'>|</g>)\}")
ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}]*)\}")


def page_of(rest: str) -> str | None:
    """What a document (after its preamble) has between its \\begin and \\end, if it may be set among others."""
    body, end, after = rest.removeprefix("\\begin{document}").rpartition(END)
    words = SPECIAL.sub("", body)
    if not end or after.strip() or not rest.startswith("\\begin{document}"):
        return None
    if any(name not in ENVIRONMENTS for name in ENVIRONMENT.findall(words)):
        return None
    words = ENVIRONMENT.sub("", words)
    if LEAVES_TRACES.search(words) or r"\special" in words or "^^" in words or "%" in words.replace(r"\%", ""):
        return None
    return body


def joined(pages: Sequence[str]) -> str:
    """One document's body for all pages. It gives an empty page before and after them."""
    body = "".join(
        f"\\begingroup\\standalone\\ignorespaces{page}\\ifhmode\\unskip\\fi\\endstandalone\\endgroup\n"
        for page in pages
    )
    return f"\\endstandalone\n{body}\\standalone\n"  # the document's own \standalone is shut and opened again


def document(pages: Sequence[str]) -> str:
    """The document, without its preamble, that gives these pages."""
    return f"\\begin{{document}}{joined(pages)}{END}"


def pictures(count: int) -> dict[str, str]:
    """The pictures in the DVI file in this folder, by place, as far as we can draw them."""
    data = Path("formula.dvi").read_bytes()
    try:
        if len(dvi.pages(data)) != count + 2:
            return {}
    except dvi.UnknownDvi:
        return {}
    return {str(place): svg for place in range(count) if (svg := _drawn(data, place + 1)) is not None}


def _drawn(data: bytes, page: int) -> str | None:
    try:
        return dvisvg.convert(data, page)
    except dvi.UnknownDvi:
        return None  # it goes alone, to dvisvgm
