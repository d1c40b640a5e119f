"""What one job may use: every limit with its reason, a set per tier, and what the trusted side bounds for itself.

Nothing outside this module invents a limit. All of them are enforced outside the jail or by the kernel; the code
policy refuses some earlier, with a better line number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generation.engine.types import Quality


@dataclass(frozen=True, slots=True)
class Limits:
    """What one scene (or one program in a jail) may use, and how large its animation may be.

    The defaults are those of the free tier at the lowest quality.
    """

    # The clock outside decides: processor time alone ended late under load when measured, and a sleeper uses none.
    # A minute of lesson takes some twenty seconds at the lowest quality; this leaves room for a busy machine.
    wall_seconds: float = 300.0
    # Per process, by RLIMIT_CPU: ends a spinning helper process that the clock would let run.
    cpu_seconds: int = 300
    # Address space of one process, by RLIMIT_AS. The warm interpreter takes 0.7 GB of it, a large 3D scene 1.5 GB more.
    memory_bytes: int = 3 << 30
    # Manim needs one process and a thread or two; libraries start a few more.
    processes: int = 64
    # Manim holds a dozen; enough for images and fonts, too few to exhaust the machine's table.
    open_files: int = 256
    # /tmp is memory, so it is small: pictures of texts and formulas take a few hundred kilobytes.
    tmp_bytes: int = 64 << 20
    # Each file costs the kernel a kilobyte that no size limit sees.
    tmp_inodes: int = 4096
    # Kept of stdout and of stderr, each: some hundred lines, for the curious.
    output_bytes: int = 64 << 10
    # Of one scene. Longer ones are hard to change and to cache: a turned knob would redraw all of it.
    video_seconds: float = 300.0
    # Of all scenes together: a lesson, not a lecture.
    animation_seconds: float = 900.0
    scenes: int = 20
    # Picture height in pixels; the width follows from it.
    height: int = 1080
    # The policy reads the whole text; its time and memory grow with it (300,000 lines took 7 s and 890 MB).
    source_bytes: int = 64 << 10

    @property
    def job_memory_bytes(self) -> int:
        """Memory of all processes of a job together, its /tmp included: as much as one process may have alone."""
        return self.memory_bytes + self.tmp_bytes


FREE = "free"
_FREE = Limits()
_PAID = replace(
    _FREE,
    wall_seconds=900.0,
    cpu_seconds=900,
    memory_bytes=4 << 30,
    video_seconds=600.0,
    animation_seconds=3600.0,
    scenes=60,
)
# Memory stays within what a worker of 8 GB can lend to two jobs; who pays more gets time and length, not the machine.
TIERS: Mapping[str, Limits] = MappingProxyType(
    {
        FREE: _FREE,
        "professional": _PAID,
        "educator": _PAID,
        "school": _PAID,
        "enterprise": replace(_PAID, wall_seconds=1800.0, cpu_seconds=1800, animation_seconds=7200.0, scenes=120),
    }
)
# Twelve times the pixels and rate of the lowest quality, of which drawing pays a part only.
_TIME_BY_HEIGHT = {480: 1.0, 720: 1.5, 1080: 3.0}


def limits_for(tier: str, quality: Quality) -> Limits:
    """The limits of a tier at a quality, which needs more time the larger it is. An unknown tier has the least."""
    limits = TIERS.get(tier, _FREE)
    factor = _TIME_BY_HEIGHT[quality.height]
    return replace(limits, wall_seconds=limits.wall_seconds * factor, cpu_seconds=int(limits.cpu_seconds * factor))


# A document is a formula, not a book. TeX's own loops are endless, hence the short processor time.
TEX = Limits(wall_seconds=20.0, cpu_seconds=5, memory_bytes=1 << 30, processes=16, open_files=128, tmp_bytes=32 << 20)
# A preamble kept as a format is larger than any page.
TEX_FORMAT = replace(TEX, tmp_bytes=96 << 20)

# What the self-test's own jobs get: little, so that each limit is met within a moment.
SELF_TEST = Limits(
    wall_seconds=10, cpu_seconds=5, memory_bytes=1 << 30, processes=8, open_files=64, tmp_bytes=1 << 20, tmp_inodes=64
)

# What the trusted side takes from one job, so that no job can fill the memory of who listens to it.
MOST_PLAYS = 5000  # sixteen a second for the longest free scene; each is a number kept
MOST_CAPTIONS = 500
MOST_LAYOUT = 50  # nobody reads more
MOST_INSCRIPTIONS = 250  # lines written on one scene's stage; the library's richest has about a hundred
INSCRIPTION_LENGTH = 300  # characters
MOST_KINDS = 80  # kinds of mobjects on one stage
MOST_COLOURS = 12  # of one kind
LARGEST_WORD = 16 << 10  # bytes of one line; the longest honest one quotes 600 characters
LARGEST_WORDS = 1 << 20  # bytes of all lines
CAPTION_LENGTH = 500  # characters
LARGEST_OUTPUT = 16 << 20  # bytes printed before it counts as a flood; most of them are thrown away unread
LARGEST_PROGRAM = 16 << 20  # bytes of a program for `jail run`
