"""Tries every template of the library at many knob settings, in the jail, without drawing.

    python -m tests.library.sweep [slug ...] [--seeded N] [--language es]

Reports exceptions, statements that are wrong, layout faults, lengths outside 20 to 90 seconds and bad captions.
Exits 1 if it found any.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from generation.engine import knobs, policy, slices
from generation.engine.checking.card import Evidence, collect
from generation.engine.checking.judging import Verdict
from generation.engine.languages import ENGLISH, LANGUAGES
from generation.engine.library import catalogue, translations
from generation.engine.library.catalogue import Template
from generation.engine.render.client import Renderer
from generation.engine.types import CheckReport, Quality
from tests.library.knob_settings import Setting, settings

AT_ONCE = 2
SHORTEST, LONGEST = 20.0, 90.0  # seconds of a whole animation
LONGEST_LINE = 100  # characters of a caption
READING = 20.0  # characters a second, at most
LONGEST_SILENCE = 12.0  # seconds of a scene without a caption


@dataclass
class Swept:
    """What was found on one template. `flaws` maps a flaw to the settings that show it."""

    slug: str
    tried: int = 0
    refused: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    flaws: dict[str, list[str]] = field(default_factory=dict)
    scenes: dict[str, float] = field(default_factory=dict)  # seconds of every scene at the first setting
    wall: float = 0.0

    def add(self, flaw: str, setting: str) -> None:
        """Note a flaw; the same one at several settings is one entry."""
        self.flaws.setdefault(flaw, []).append(setting)


def sweep(template: Template, renderer: Renderer, tried: Iterable[tuple[str, Setting]]) -> Swept:
    """Check every scene of a template at the settings to be tried; equal scenes are checked once."""
    found, began = Swept(template.slug), time.monotonic()
    done: dict[str, CheckReport] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, values in tried:
            found.tried += 1
            source = knobs.apply(template.source, values)
            verdict = policy.check(source)
            if not verdict.allowed:
                found.add(f"policy: {verdict.message} (line {verdict.line})", name)
            scenes = {scene: slices.fingerprint(source, scene) for scene in slices.scene_names(source)}
            new = {scene: key for scene, key in scenes.items() if key not in done}
            checks = pool.map(lambda scene, code=source: renderer.check(slices.scene_slice(code, scene), scene), new)
            done |= dict(zip(new.values(), checks, strict=True))
            judge(found, name, source, [done[key] for key in scenes.values()])
    found.wall = time.monotonic() - began
    return found


def judge(found: Swept, setting: str, source: str, reports: list[CheckReport]) -> None:
    """Add the flaws of one setting."""
    lines = source.splitlines()
    refusals = {r.fault.message for r in reports if r.fault and is_refusal(r, lines)}
    if refusals:
        found.refused.append(f"{setting}: {' / '.join(sorted(refusals))}")
        return
    for report in reports:
        found.scenes.setdefault(report.scene, lasts(report))
        for flaw in flaws(report):
            found.add(f"{report.scene}: {flaw}", setting)
    if not any(report.fault for report in reports):
        seconds = sum(lasts(report) for report in reports)
        found.seconds.append(seconds)
        if not SHORTEST <= seconds <= LONGEST:
            found.add(f"lasts {'too long' if seconds > LONGEST else 'too short'}", f"{setting} ({seconds:.1f} s)")


def lasts(report: CheckReport) -> float:
    """Seconds of the video: whole frames, which differ from what short plays ask for."""
    return report.frames / Quality.LOW.frame_rate


def is_refusal(report: CheckReport, lines: list[str]) -> bool:
    """Whether the template itself says, with a sentence of its own, that these values show nothing."""
    fault = report.fault
    line = lines[fault.line - 1] if fault and fault.line else ""
    return bool(fault and fault.code == "value_error" and "raise ValueError" in line)


def flaws(report: CheckReport) -> Iterator[str]:
    """What is wrong with one scene, in words that leave out moments, so that equal flaws read alike."""
    if report.fault:
        yield f"{report.fault.code}: {report.fault.message} (line {report.fault.line})"
        return
    for item in collect([Evidence(report.scene, report.written, report.captions)]):
        if item.verdict is Verdict.WRONG:
            yield f"it states what is wrong ({item.note} {item.value}): {item.text}"
    for fault in report.layout:
        yield f"{fault.code}: {fault.message}"
    if not report.captions:
        yield "it has no captions"
    for line in report.captions:
        if len(line.text) > LONGEST_LINE:
            yield f"a caption has {len(line.text)} characters: {line.text}"
        if len(line.text) > READING * (line.end - line.start):
            yield f"a caption is too quick to read: {line.text}"
        if line.end > lasts(report) + 0.1:
            yield f"a caption outlasts the scene: {line.text}"
    for first, second in pairwise(report.captions):
        if second.start < first.end - 1e-3:
            yield f"captions overlap: {second.text}"
    edges = [0.0, *(edge for line in report.captions for edge in (line.start, line.end)), lasts(report)]
    silence = max(end - start for start, end in zip(edges[::2], edges[1::2], strict=True))
    if silence > LONGEST_SILENCE:
        yield f"nothing is said for more than {LONGEST_SILENCE:g} seconds"


def main() -> int:
    """Run the sweep and print what it found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slugs", nargs="*", metavar="slug")
    parser.add_argument("--seeded", type=int, default=6, help="random settings for each template")
    parser.add_argument("--language", choices=LANGUAGES, default=ENGLISH, help="of the captions, English by default")
    wanted = parser.parse_args()
    library = catalogue.templates()
    translated = [slug for slug in library if translations.is_available(library[slug], wanted.language)]
    flawed = 0
    with tempfile.TemporaryDirectory(prefix="sweep-") as folder:
        renderer = Renderer(Path(folder))
        for slug in wanted.slugs or translated:
            template = translations.in_language(library[slug], wanted.language)
            found = sweep(template, renderer, settings(template.knobs, seeded=wanted.seeded))
            flawed += bool(found.flaws)
            sys.stdout.write(row(found))
            sys.stdout.flush()
        renderer.close()
    return 1 if flawed else 0


def row(found: Swept) -> str:
    """One template's row, then its flaws and refusals."""
    length = f"{min(found.seconds):5.1f} to {max(found.seconds):5.1f} s" if found.seconds else "never ran"
    said = [f"{found.slug:28} {found.tried:3} settings  {length}  {len(found.flaws)} flaws  ({found.wall:.0f} s)"]
    for flaw, where in found.flaws.items():
        more = f" and {len(where) - 3} more" if len(where) > 3 else ""
        said.append(f"    {flaw}\n        at {'; '.join(where[:3])}{more}")
    said += [f"    refused: {refusal}" for refusal in found.refused]
    return "\n".join(said) + "\n"


if __name__ == "__main__":
    sys.exit(main())
