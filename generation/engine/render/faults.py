"""From what a child or a jail reported to a sentence a teacher can act on. Reported words are hostile text."""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from generation.engine import limits as declared
from generation.engine.limits import Limits
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
    "file_error": ("The code uses a file that is not there: {text}", "Scenes cannot read or write files."),
    "no_scene": ("The code has no scene named {text}.", "Check the name of the Scene class."),
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
# The limits a scene may meet, each named with what to do; {name} is a field of Limits, bytes in words.
LIMITS = {
    "timeout": (
        "This scene took longer than {wall_seconds:g} seconds to draw, the most a scene may take.",
        "Look for a loop that never ends, choose a lower quality, or split it into two scenes.",
    ),
    "cpu": (
        "This scene used more than {cpu_seconds} seconds of processor time, the most a scene may use.",
        "Look for a loop that never ends, choose a lower quality, or split it into two scenes.",
    ),
    "memory": (
        "This scene needs more than {memory_bytes} of memory, the most a scene may use.",
        "Use fewer or simpler objects, or split it into two scenes.",
    ),
    "processes": (
        "This scene starts more than {processes} processes or threads, the most a scene may start.",
        "Draw with Manim only; a scene needs no processes of its own.",
    ),
    "open_files": (
        "This scene holds more than {open_files} files open, the most a scene may hold.",
        "Scenes need no files; take out what opens them.",
    ),
    "disk": (
        "This scene leaves more than {tmp_bytes} or {tmp_inodes} files in its folder, the most it may hold.",
        "Use fewer different texts and formulas, or split it into two scenes.",
    ),
    "output": (
        "This scene prints more than {LARGEST_OUTPUT}, the most a scene may print.",
        "Take out the print calls, or the loop around them.",
    ),
    "too_long": (
        "This scene is longer than {video_seconds:g} seconds of video, the most a scene may have.",
        "Split it into two scenes.",
    ),
    "too_many_plays": (
        "This scene has more than {MOST_PLAYS} animations, the most a scene may have.",
        "Play several objects in one animation, or split it into two scenes.",
    ),
    "too_many_words": (
        "This scene has more captions and layout notes than fit into {LARGEST_WORDS}.",
        "Shorten what is said, or split it into two scenes.",
    ),
    "animation_too_long": (
        "This animation is longer than {animation_seconds:g} seconds of video, the most an animation may have.",
        "Take out a scene, or make two animations.",
    ),
    "too_many_scenes": (
        "This animation has more than {scenes} scenes, the most an animation may have.",
        "Join short scenes, or make two animations.",
    ),
    "quality_limit": (
        "This quality has more than {height} lines, the most this account may draw.",
        "Choose a lower quality.",
    ),
    "source_too_long": (
        "The code is longer than {source_bytes}, the most an animation may have.",
        "Take out what is not needed, or make two animations.",
    ),
}
# Error numbers by which the kernel says that a limit was met, as a child reports them.
LIMITS_BY_ERRNO = {
    errno.EAGAIN: "processes",
    errno.ENOMEM: "memory",
    errno.EMFILE: "open_files",
    errno.ENOSPC: "disk",
    errno.EDQUOT: "disk",
    errno.EFBIG: "disk",
}
LIMITS_BY_REASON = {"wall": "timeout", "cpu": "cpu", "memory": "memory", "disk": "disk", "output": "output"}
OWN_LIMITS = ("MOST_PLAYS", "LARGEST_OUTPUT", "LARGEST_WORDS")
IN_BYTES = {"memory_bytes", "tmp_bytes", "source_bytes", "LARGEST_OUTPUT", "LARGEST_WORDS"}
KINDS = {
    "SyntaxError": "syntax",
    "NameError": "name_error",
    "AttributeError": "attribute_error",
    "ImportError": "import_error",
    "TypeError": "type_error",
    "TexLost": "renderer_lost",
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


def reported(word: Mapping[str, Any], scene: str, log: str, limits: Limits) -> Fault:
    """Turn the error that a child described into a Fault."""
    code = _code(word)
    if code == RENDERER_LOST.code:
        return replace(RENDERER_LOST, scene=scene, log=log)
    text = clean(word.get("text", ""), 300)
    number = word.get("line")
    line = number if isinstance(number, int) and 0 < number < 1_000_000 else None
    if code in LIMITS:
        return replace(over(code, limits, scene, log), line=line)
    message, hint = ERRORS[code]
    return Fault(
        code,
        message.format(
            text=text or clean(word.get("kind", "?"), 80),
            kind=clean(word.get("kind", "?"), 80),
            formula=clean(MARKS.sub("", str(word.get("formula", ""))), 120),
        ),
        hint,
        scene,
        line,
        log,
    )


def _code(word: Mapping[str, Any]) -> str:
    family = word.get("family")
    names = [str(name) for name in family[:8]] if isinstance(family, list) else []
    number = word.get("errno")
    if "OSError" in names and isinstance(number, int) and number in LIMITS_BY_ERRNO:
        return LIMITS_BY_ERRNO[number]
    if "RuntimeError" in names and "start new thread" in str(word.get("text", "")):
        return "processes"
    return next((KINDS[name] for name in names if name in KINDS), "error")


def over(code: str, limits: Limits, scene: str = "", log: str = "") -> Fault:
    """The fault of a limit that was met: which one, how much it is, what to do."""
    message, hint = LIMITS[code]
    values = {**asdict(limits), **{name: getattr(declared, name) for name in OWN_LIMITS}}
    said = {name: in_bytes(value) if name in IN_BYTES else value for name, value in values.items()}
    shown_code = "timeout" if code == "cpu" else code
    return Fault(shown_code, message.format(**said), hint, scene, log=log)


def in_bytes(number: int) -> str:
    """A number of bytes as people say it."""
    for size, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number} bytes"


def ended(reason: str, signal: int | None, limits: Limits, scene: str, log: str) -> Fault:
    """Turn the way a child was ended into a Fault."""
    code = LIMITS_BY_REASON.get(reason)
    if code is not None:
        return over(code, limits, scene, log)
    how = f" (signal {signal})" if signal else ""
    return Fault(
        "crashed",
        f"The scene's program crashed{how}.",
        "Simplify the scene, or take out what was added last.",
        scene,
        log=log,
    )
