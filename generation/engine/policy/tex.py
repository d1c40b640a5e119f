"""Strings that would be TeX commands reaching files, programs or the language's own machinery."""

from __future__ import annotations

import re

_COMMANDS = (
    r"input|include|includeonly|includegraphics|includepdf|openin|openout|closein|closeout|write\w*|read|readline"
    r"|newread|newwrite|immediate|csname|endcsname|catcode|lccode|uccode|special|scantokens|directlua|latelua|luaexec"
    r"|everyjob|everypar|jobname|lstinputlisting|verbatiminput|VerbatimInput|inputminted|usepackage|RequirePackage"
    r"|documentclass|pdf(?:filedump|filesize|filemoddate|mdfivesum|obj|ximage|literal|strcmp)|ShellEscape|shellescape"
    r"|makeatletter|IfFileExists|InputIfFileExists|subimport|import|subfile|font|tracingall|batchmode|loop|openany"
    r"|ExplSyntaxOn|UseName|ExpandArgs|(?:New|Renew|Declare)CommandCopy|LoadClass\w*|endlinechar|escapechar|sfcode"
    r"|bibliography|externaldocument|pgfimage|epsfbox|lowercase|uppercase|detokenize|expanded|AddToHook|DocumentMetadata"
    r"|filecontents|includestandalone|XeTeXpicfile|XeTeXpdffile|pdfextension|pdffeedback"
)
# Any character may follow ^^: TeX reads ^^) as i. An environment's name is run as a command, so it must be written out
# (what the code puts in later ends the string or leaves the braces empty).
_REFUSED = re.compile(
    rf"\\(?:@@?input|@@?\w*|(?:{_COMMANDS})(?![A-Za-z]))|\\input|\^\^|\|\s*\"|\\\\?write18"
    rf"|\\(?:begin|end)\s*\{{\s*(?:{_COMMANDS})\s*\*?\}}"
    r"|\\(?:begin|end)(?![A-Za-z]|\s*\{\s*[A-Za-z]*\*?\s*(?:\}|\Z)|\s*\Z)"
)
_WORD = re.compile(_COMMANDS)


def runs_command(environment: str) -> bool:
    """Whether an environment of this name would run a forbidden command."""
    name = environment.strip(" {").partition("}")[0].rstrip("* ")
    return "\\" in name or _WORD.fullmatch(name) is not None


def forbidden(text: str) -> str | None:
    """The first forbidden TeX command in a string, if any."""
    if "\\" not in text and "^^" not in text:
        return None
    found = _REFUSED.search(text)
    return found[0].strip() if found else None


_PACKAGES = frozenset(
    [
        "amsmath",
        "amssymb",
        "amsfonts",
        "amsthm",
        "mathtools",
        "mathrsfs",
        "bm",
        "cancel",
        "xcolor",
        "color",
        "physics",
        "siunitx",
        "esint",
        "stmaryrd",
        "gensymb",
        "wasysym",
        "textcomp",
        "dsfont",
        "bbm",
        "mathabx",
        "mhchem",
        "chemformula",
        "nicefrac",
        "tensor",
        "braket",
        "upgreek",
    ]
)
_PACKAGE = re.compile(r"\\usepackage(?:\[[\w,= ]*\])?\{([\w, ]+)\}\s*")


def only_packages(text: str) -> bool:
    """Whether a preamble does nothing but name packages that draw formulas."""
    named = [name.strip() for names in _PACKAGE.findall(text) for name in names.split(",")]
    return not _PACKAGE.sub("", text).strip() and set(named) <= _PACKAGES
