"""What is wrong with a scene that a model wrote, one check after the other, each with a message to correct it by."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from generation.engine import policy
from generation.engine.apiindex import ApiFault, check_api
from generation.engine.errors import RequestFault
from generation.engine.policy import Verdict
from generation.engine.screening import shown
from generation.engine.served.joining import with_head
from generation.engine.served.mending import mended
from generation.engine.served.prompts import CANARY
from generation.engine.served.replies import fenced_module, require_scene
from generation.engine.served.signatures import signatures_named
from generation.engine.types import CheckReport, Fault, LayoutFault, Storyboard

DryRun = Callable[[str, str], CheckReport]  # code, scene
MOST_TOLD = 6  # faults in one message: more confuse a model than help it
LOG_LINES = 8


@dataclass(frozen=True, slots=True)
class Tried:
    """A scene as far as it came. It can be shown where `fault` is None; `layout` are blemishes that remain."""

    code: str = ""
    fault: Fault | None = None
    layout: tuple[LayoutFault, ...] = ()
    codes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()  # what the model is told, fault by fault
    api: int | None = None  # how many things it uses that Manim does not have; None where there is no code

    @property
    def runs(self) -> bool:
        """Whether it can be shown."""
        return self.fault is None and bool(self.code)

    @property
    def line(self) -> int | None:
        """The line of the first fault."""
        return self.fault.line if self.fault else None

    @property
    def detail(self) -> str:
        """The first reason against it, with its names and numbers."""
        return self.fault.message if self.fault else self.layout[0].message if self.layout else ""


def tried(reply: str, name: str, dry_run: DryRun, *, cut: bool = False) -> Tried:
    """Take the scene `name` out of a reply and check it: form, syntax, policy, names, a run without drawing, layout."""
    code = ""
    try:
        if CANARY in reply:
            raise RequestFault(Fault("leak", "The answer repeats its instructions.", "Answer with the scene only."))
        code = fenced_module(reply, cut=cut)
        require_scene(code, name)
        code = mended(with_head(code))
        shown.require_fit("", Storyboard("", ()), code)
    except RequestFault as error:
        return _stopped(code, error.fault)
    found = check_api(code)
    return replace(_judged(code, name, found, dry_run), api=len(found))


def _judged(code: str, name: str, found: Sequence[ApiFault], dry_run: DryRun) -> Tried:
    """What the checks say about code of the right form."""
    verdict = policy.check(code)
    told = tuple(_about_api(code, each) for each in found[:MOST_TOLD])
    if not verdict.allowed and not _is_unknown(verdict, found):
        fault = Fault("policy", verdict.message, "Change that line and try again.", name, verdict.line, verdict.rule)
        return Tried(code, fault, codes=("policy",), told=(_about(code, fault), *told))
    if found:
        return Tried(code, Fault("api", found[0].message, "", name, found[0].line), codes=("api",), told=told)
    return _run(code, name, dry_run)


def _is_unknown(verdict: Verdict, found: Sequence[ApiFault]) -> bool:
    """Whether the policy only refuses a name that Manim does not have, of which the index knows more to say."""
    return verdict.rule in {"name", "attribute"} and any(each.line == verdict.line for each in found)


def _run(code: str, name: str, dry_run: DryRun) -> Tried:
    report = dry_run(code, name)
    if report.fault is not None:
        return _stopped(code, report.fault)
    layout = report.layout
    told = tuple(_about_layout(each) for each in layout[:MOST_TOLD])
    return Tried(code, layout=layout, codes=("layout",) if layout else (), told=told)


def _stopped(code: str, fault: Fault) -> Tried:
    return Tried(code, fault, codes=(fault.code,), told=(_about(code, fault),))


def _about(code: str, fault: Fault) -> str:
    """A fault with its line, the true signatures of what the line calls, and the last lines of the log."""
    text = _line(code, fault.line)
    where = f"line {fault.line}, `{text}`: " if text else ""
    parts = [f"{where}{fault.message} {fault.hint}".strip()]
    if text and fault.code not in {"policy", "syntax"} and (true := signatures_named(re.findall(r"\w+", text))):
        parts.append(f"True signatures: {'; '.join(true)}")
    log = [line.strip() for line in fault.log.splitlines() if line.strip()][-LOG_LINES:]
    if log and fault.code != "policy":
        parts.append("Last lines of the log: " + " | ".join(log))
    return " ".join(parts)


def _about_api(code: str, fault: ApiFault) -> str:
    parts = [f"line {fault.line}, `{_line(code, fault.line)}`: {fault.message}"]
    if fault.close:
        parts.append(f"Perhaps you mean {' or '.join(fault.close)}.")
    if fault.signature:
        parts.append(f"True signature: {fault.signature}")
    return " ".join(parts)


def _about_layout(fault: LayoutFault) -> str:
    return f"at {fault.seconds:g} s, animation {fault.play}: {fault.message} {_REMEDIES.get(fault.code, '')}".strip()


_REMEDIES = {
    "off_frame": "Place it in a zone with fit or stack.",
    "clipped": "Place it in a zone with fit or stack.",
    "text_over_text": "Put them one under the other with stack, or remove the first with FadeOut before.",
    "too_small": "Give it a larger size, or less text.",
    "low_contrast": "Use CHALK or another light colour of the palette.",
    "blank_end": "Keep the final picture on the stage.",
    "nothing_moves": "Show something with FadeIn or Create.",
}


def _line(code: str, number: int | None) -> str:
    lines: Sequence[str] = code.split("\n")
    return lines[number - 1].strip()[:160] if number and 0 < number <= len(lines) else ""
