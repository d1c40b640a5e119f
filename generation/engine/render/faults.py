"""From what a child or a jail reported to a sentence a teacher can act on. Reported words are hostile text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from generation.engine.types import Fault

MARKS = re.compile(r"\\special\{dvisvgm:raw [^{}]*\}")  # Manim's own marks around the parts of a formula
TEX_PACKAGES = "texlive-latex-base texlive-latex-extra texlive-fonts-recommended dvisvgm"

# code -> (message, hint); the text of the error goes where {text} stands.
ERRORS = {
    "syntax": ("The code is not valid Python: {text}", "Look at the line named here."),
    "name_error": ("The code uses a name that does not exist: {text}", "Check the spelling, or define it first."),
    "attribute_error": ("Something in the code has no such property: {text}", "Check the spelling of the property."),
    "import_error": ("The code needs a module that is not available: {text}", "Use Manim, NumPy and math only."),
    "type_error": ("A call in the code does not fit: {text}", "Check the arguments at the line named here."),
    "value_error": ("This cannot be drawn with these values: {text}", "Change the values, or the line named here."),
    "index_error": ("The code asks for a part that does not exist: {text}", "Check the index at the line named here."),
    "zero_division": ("The code divides by zero: {text}", "Change the value that becomes zero."),
    "recursion": ("The code calls itself without end.", "Give the recursion a case in which it stops."),
    "memory": ("The scene needs more memory than a job may use.", "Use fewer or simpler objects."),
    "file_error": ("The code uses a file that is not there: {text}", "Scenes cannot read or write files."),
    "no_scene": ("The code has no scene named {text}.", "Check the name of the Scene class."),
    "too_long": ("The scene is longer than {seconds:g} seconds.", "Shorten it, or split it into several scenes."),
    "tex": (
        "TeX cannot set the formula {formula}: {text}",
        "Check the formula for a missing brace or a misspelt command.",
    ),
    "tex_missing": (
        "This scene has formulas, and TeX is not installed on this machine.",
        f"Ask whoever runs the machine to install: {TEX_PACKAGES}.",
    ),
    "stopped": ("The code ended the program instead of finishing the scene.", "Remove the call that exits."),
    "error": ("The code stopped with an error ({kind}): {text}", "Look at the line named here."),
}
KINDS = {
    "SyntaxError": "syntax",
    "NameError": "name_error",
    "AttributeError": "attribute_error",
    "ImportError": "import_error",
    "TypeError": "type_error",
    "TexMissing": "tex_missing",
    "TexError": "tex",
    "NoSuchScene": "no_scene",
    "TooLong": "too_long",
    "ZeroDivisionError": "zero_division",
    "RecursionError": "recursion",
    "MemoryError": "memory",
    "LookupError": "index_error",
    "ValueError": "value_error",
    "OSError": "file_error",
    "SystemExit": "stopped",
    "KeyboardInterrupt": "stopped",
}

DRAWS_NOTHING = Fault(
    "draws_nothing",
    "The scene draws nothing.",
    "A scene must put something on the stage and play it, for instance self.play(Create(Circle())).",
)
JAIL_UNAVAILABLE = Fault(
    "jail_unavailable",
    "This machine cannot run animation code safely, so nothing was run.",
    "Ask whoever runs the machine to look at `manage.py jail selftest`.",
)
RENDERER_LOST = Fault("renderer_lost", "The renderer stopped in the middle of the work.", "Nothing is lost; try again.")
RENDERER_FAILED = Fault("renderer_failed", "The renderer failed.", "Nothing is lost; try again.")
DISK_FULL = Fault("disk_full", "There is no room left on the disk for the video.", "Free some space, then try again.")
BROKEN_CHANNEL = Fault(
    "broken_channel",
    "The code interfered with how its frames are handed over, so it was stopped.",
    "Draw with Manim only; leave open files and processes alone.",
)
OURS = {"jail_unavailable", "renderer_lost", "renderer_failed", "disk_full"}  # not the fault of the code
CANCELLED = Fault("cancelled", "The job was cancelled.", "Start it again when you like.")


def foreign_folder(path: str) -> Fault:
    """The renderer's folder cannot be trusted."""
    return Fault(
        "renderer_failed",
        "The renderer's folder belongs to another user, so it was not used.",
        "Ask whoever runs the machine to give the folder to the user that runs the worker.",
        log=path,
    )


def clean(text: object, most: int) -> str:
    """Return hostile text as one printable line of at most `most` characters."""
    shown = "".join(
        letter if not unicodedata.category(letter).startswith("C") else " " for letter in str(text)[: 4 * most]
    )
    shown = " ".join(shown.split())
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def clean_log(data: bytes, most_lines: int = 20) -> str:
    """Return the last lines of a job's own output as printable text."""
    lines = data.decode("utf-8", "replace").splitlines()[-most_lines:]
    return "\n".join(clean(line.expandtabs(), 300) if line.strip() else "" for line in lines)


def reported(word: Mapping[str, Any], scene: str, log: str, video_seconds: float) -> Fault:
    """Turn the error that a child described into a Fault."""
    family = word.get("family")
    names = [str(name) for name in family[:8]] if isinstance(family, list) else []
    code = next((KINDS[name] for name in names if name in KINDS), "error")
    text = clean(word.get("text", ""), 300)
    message, hint = ERRORS[code]
    line = word.get("line")
    return Fault(
        code,
        message.format(
            text=text or clean(word.get("kind", "?"), 80),
            kind=clean(word.get("kind", "?"), 80),
            formula=clean(MARKS.sub("", str(word.get("formula", ""))), 120),
            seconds=video_seconds,
        ),
        hint,
        scene,
        line if isinstance(line, int) and 0 < line < 1_000_000 else None,
        log,
    )


def too_long(video_seconds: float, scene: str) -> Fault:
    """A scene with more frames than a video may have."""
    message, hint = ERRORS["too_long"]
    return Fault("too_long", message.format(seconds=video_seconds), hint, scene)


def ended(reason: str, signal: int | None, scene: str, log: str) -> Fault:
    """Turn the way a child was ended into a Fault."""
    if reason in ("wall", "cpu"):
        return Fault(
            "timeout",
            "The scene took longer to draw than a job may take.",
            "Look for a loop that never ends, or split the scene.",
            scene,
            log=log,
        )
    if reason == "memory":
        message, hint = ERRORS["memory"]
        return Fault("memory", message, hint, scene, log=log)
    how = f" (signal {signal})" if signal else ""
    return Fault(
        "crashed",
        f"The scene's program crashed{how}.",
        "Simplify the scene, or take out what was added last.",
        scene,
        log=log,
    )
