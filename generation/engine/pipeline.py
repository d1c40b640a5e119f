"""From a prompt to files: the steps of one animation. Knows nothing of users, jobs or the database."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from generation.engine import slices
from generation.engine.cache import CachedScene, SceneCache, animation_key, scene_key
from generation.engine.checking.card import Evidence, Item, collect
from generation.engine.drafting import Draft, file_stem, require_allowed
from generation.engine.errors import Cancelled, EngineFault, RequestFault
from generation.engine.exports.captions import webvtt
from generation.engine.exports.script import self_contained
from generation.engine.library import catalogue
from generation.engine.media import assemble
from generation.engine.progress import Progress
from generation.engine.render.client import Renderer
from generation.engine.render.faults import over as limit_fault
from generation.engine.types import (
    Caption,
    CheckReport,
    Event,
    Fault,
    LayoutFault,
    Limits,
    OnEvent,
    OnPreview,
    OnSegment,
    Quality,
    SceneCard,
    ShouldStop,
    Storyboard,
    ignore_event,
    never_stop,
)

# Two renders at a time: a scene's drawing and its encoder already share two cores.
PARALLEL_SCENES = min(4, len(os.sched_getaffinity(0)))
STOP_POLL_SECONDS = 0.1
OURS = frozenset({"jail_unavailable", "renderer_lost", "disk_full"})  # faults of the machine, not of a scene


@dataclass(frozen=True, slots=True)
class SceneOutcome:
    """What became of one scene. `start` and `seconds` place it in the finished video."""

    name: str
    title: str
    state: str  # rendered, cached or failed
    seconds: float = 0.0
    start: float = 0.0
    fault: Fault | None = None
    layout: tuple[LayoutFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Animation:
    """The files of a finished animation. Scenes that failed are reported, the rest is delivered."""

    video: Path
    poster: Path
    captions: Path
    script: Path
    scenes: tuple[SceneOutcome, ...]
    seconds: float
    checks: tuple[Item, ...] = ()  # what to look at before it is shown to a class

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults of scenes that could not be made."""
        return tuple(scene.fault for scene in self.scenes if scene.fault is not None)


def _require_within(limits: Limits, made_from: Draft, quality: Quality) -> None:
    """Raise RequestFault where the animation is larger than its limits before anything is drawn."""
    if quality.height > limits.height:
        raise RequestFault(limit_fault("quality_limit", limits))
    if len(made_from.source.encode()) > limits.source_bytes:
        raise RequestFault(limit_fault("source_too_long", limits))
    if len(made_from.storyboard.scenes) > limits.scenes:
        raise RequestFault(limit_fault("too_many_scenes", limits))


def produce(
    made_from: Draft,
    *,
    quality: Quality,
    out: Path,
    renderer: Renderer,
    cache: SceneCache,
    limits: Limits = Limits(),
    mark: str = "",
    on_event: OnEvent = ignore_event,
    on_preview: OnPreview | None = None,
    on_segment: OnSegment | None = None,
    should_stop: ShouldStop = never_stop,
) -> Animation:
    """Check and render every scene, join them and write video, poster, captions and script into `out`.

    `mark` is written into a corner of every picture, previews and segments included; empty: none.
    `on_preview` gets frames of the first scene that is not finished; `on_segment` the pieces of every scene that is
    drawn, several scenes side by side. A scene's pieces are all there before its "scene" event.
    Raises Cancelled when `should_stop` says so, RequestFault when no scene could be made, and EngineFault when
    our side failed (no jail, renderer lost, disk full).
    """
    _require_within(limits, made_from, quality)
    stem = out / file_stem(made_from)
    key = animation_key(made_from.source, made_from.storyboard, stem.name, made_from.title, quality, mark)
    finished = _finished(cache, key, stem)
    if finished is None:
        require_allowed(made_from.source)
    on_event(Event("stage", {"stage": "storyboard"}))
    on_event(Event("storyboard", asdict(made_from.storyboard)))
    run = _Run(made_from, quality, renderer, cache, limits, mark, on_event, on_preview, on_segment, should_stop)
    results = run.scenes(finished)
    outcomes = _place(made_from.storyboard, results)
    delivered = [(outcome, result) for outcome, result in zip(outcomes, results, strict=True) if outcome.fault is None]
    if sum(outcome.seconds for outcome in outcomes) > limits.animation_seconds:
        raise RequestFault(limit_fault("animation_too_long", limits))
    if not delivered:
        raise RequestFault(outcomes[0].fault or Fault("no_scene", "The animation has no scene."))
    on_event(Event("stage", {"stage": "assembling"}))
    scenes = [result.kept for _, result in delivered if result.kept]
    if finished is None:
        try:
            _write_files(made_from, stem, outcomes, scenes)
        except OSError as error:
            raise _disk_fault(error) from error
        if len(scenes) == len(outcomes):
            with contextlib.suppress(OSError):  # the animation is there; without room it is only made anew next time
                cache.keep_animation(key, stem, scenes)
    return Animation(
        video=stem.with_suffix(".mp4"),
        poster=stem.with_suffix(".jpg"),
        captions=stem.with_suffix(".vtt"),
        script=stem.with_suffix(".py"),
        scenes=outcomes,
        seconds=sum(scene.seconds for scene in scenes),
        checks=_to_check(made_from, delivered),
    )


def _to_check(made_from: Draft, delivered: Sequence[tuple[SceneOutcome, _Result]]) -> tuple[Item, ...]:
    """The card "check before class" of what was made."""
    evidence = [
        Evidence(outcome.name, kept.written, kept.captions, kept.layout)
        for outcome, result in delivered
        if (kept := result.kept) is not None
    ]
    template = catalogue.templates().get(made_from.template)
    return tuple(collect(evidence, made_from.knobs, made_from.source, template.summary if template else ""))


def _finished(cache: SceneCache, key: str, stem: Path) -> list[CachedScene] | None:
    """The scenes of the same animation made earlier, its files in place; None where it has to be made."""
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _disk_fault(error) from error
    return cache.take_animation(key, stem)


@dataclass(frozen=True, slots=True)
class _Result:
    state: str
    kept: CachedScene | None = None
    fault: Fault | None = None
    layout: tuple[LayoutFault, ...] = ()


class _Run:
    """One run over the scenes of a draft: checks on one thread, renders on a few.

    Nothing else starts before the first frame is there: that is what the teacher waits for. Code that somebody wrote
    is checked before it is rendered; proven code is drawn at once and checked beside that, for its length and layout
    (docs/decisions/0013).
    """

    def __init__(
        self,
        made_from: Draft,
        quality: Quality,
        renderer: Renderer,
        cache: SceneCache,
        limits: Limits,
        mark: str,
        on_event: OnEvent,
        on_preview: OnPreview | None,
        on_segment: OnSegment | None,
        should_stop: ShouldStop,
    ) -> None:
        self._draft = made_from
        self._quality = quality
        self._keys: dict[str, str] = {}
        self._renderer = renderer
        self._cache = cache
        self._limits = limits
        self._mark = mark
        self._tell_preview = on_preview
        self._tell_segment = on_segment
        self._caller_stops = should_stop
        self._aborted = threading.Event()
        self._too_long = False
        self._first_frame = threading.Event()
        self._progress = Progress(made_from.storyboard, quality, on_event)
        self._on_event = self._progress.emit

    def scenes(self, finished: list[CachedScene] | None) -> list[_Result]:
        """Make every scene that is not `finished`, in order, and return one result each."""
        cards = self._draft.storyboard.scenes
        kept = (
            self._find(cards) if finished is None else dict(zip((card.name for card in cards), finished, strict=True))
        )
        missing = [card for card in cards if kept[card.name] is None]
        first = missing[0].name if missing else ""
        self._on_event(Event("stage", {"stage": "checking"}))
        with ThreadPoolExecutor(1, "check") as checker, ThreadPoolExecutor(PARALLEL_SCENES, "scene") as workers:
            checks = {card.name: checker.submit(self._check, card, card.name == first) for card in missing}
            plan = checker.submit(self._announce, kept, checks)
            made = [
                workers.submit(self._make, card, kept[card.name], checks.get(card.name), card.name == first)
                for card in cards
            ]
            try:
                results = [future.result() for future in made]
                plan.result()
            except BaseException:
                self._aborted.set()
                if self._too_long:
                    raise RequestFault(limit_fault("animation_too_long", self._limits)) from None
                raise
        return results

    def _find(self, cards: Sequence[SceneCard]) -> dict[str, CachedScene | None]:
        self._keys = {card.name: scene_key(self._draft.source, card.name, self._quality, self._mark) for card in cards}
        return {name: self._cache.get(key) for name, key in self._keys.items()}

    def _stop(self) -> bool:
        return self._aborted.is_set() or self._caller_stops()

    def _wait_for_first_frame(self) -> None:
        while not self._first_frame.wait(STOP_POLL_SECONDS):
            if self._stop():
                raise Cancelled

    def _follow(self, card: SceneCard) -> OnEvent:
        count = self._progress.follow(card)

        def listen(event: Event) -> None:
            if event.kind == "frames":
                self._first_frame.set()
            count(event)

        return listen

    def _previews(self) -> OnPreview | None:
        tell = self._tell_preview
        if tell is None:
            return None

        def show(scene: str, jpeg: bytes) -> None:
            if self._progress.leads(scene):  # frames of two scenes in turns would only confuse
                tell(scene, jpeg)

        return show

    def _check(self, card: SceneCard, is_first: bool) -> CheckReport:
        if self._draft.proven or not is_first:
            self._wait_for_first_frame()
        if self._stop():
            raise Cancelled
        code = slices.scene_slice(self._draft.source, card.name)
        report = self._renderer.check(
            code, card.name, quality=self._quality, limits=self._limits, should_stop=self._stop
        )
        if self._stop():
            raise Cancelled
        return report

    def _announce(self, kept: Mapping[str, CachedScene | None], checks: Mapping[str, Future[CheckReport]]) -> None:
        expected = {name: _expected(scene or checks[name].result()) for name, scene in kept.items()}
        if sum(seconds for _, seconds, _ in expected.values()) > self._limits.animation_seconds:
            self._too_long = True  # what is drawn already would be thrown away: stop drawing
            self._aborted.set()
        self._progress.plan(expected)

    def _make(
        self, card: SceneCard, kept: CachedScene | None, check: Future[CheckReport] | None, is_first: bool
    ) -> _Result:
        if kept is not None or check is None:
            result = _Result("cached", kept, layout=kept.layout if kept else ())
        elif is_first:
            try:
                result = self._draw(card, check)
            finally:
                self._first_frame.set()
        else:
            self._wait_for_first_frame()
            result = self._draw(card, check)
        self._progress.scene(card, result.state, result.kept, result.fault)
        if result.layout:
            self._on_event(Event("layout", {"scene": card.name, "faults": [asdict(fault) for fault in result.layout]}))
        return result

    def _draw(self, card: SceneCard, check: Future[CheckReport]) -> _Result:
        if not self._draft.proven:
            report = check.result()
            if report.fault is not None:
                return _Result("failed", fault=self._ours_or_theirs(report.fault, card))
        return self._render(card, check)

    def _render(self, card: SceneCard, check: Future[CheckReport]) -> _Result:
        pending = self._cache.pending_file(self._keys[card.name])

        def is_hopeless() -> bool:
            return check.done() and check.exception() is None and check.result().fault is not None

        try:
            report = self._renderer.render(
                slices.scene_slice(self._draft.source, card.name),
                card.name,
                quality=self._quality,
                out=pending,
                limits=self._limits,
                mark=self._mark,
                expected_frames=check.result().frames if check.done() else None,
                on_event=self._follow(card),
                on_preview=self._previews(),
                on_segment=self._tell_segment,
                should_stop=lambda: self._stop() or is_hopeless(),
            )
            if self._stop():
                raise Cancelled
            if report.fault is not None:
                return _Result("failed", fault=self._ours_or_theirs(report.fault, card))
            self._first_frame.set()
            checked = check.result()
            return _Result("rendered", self._cache.put(self._keys[card.name], report, checked), layout=checked.layout)
        except Cancelled:
            fault = check.result().fault if is_hopeless() else None
            if self._stop() or fault is None:
                raise
            return _Result("failed", fault=self._ours_or_theirs(fault, card))
        except OSError as error:
            raise _disk_fault(error) from error
        finally:
            pending.unlink(missing_ok=True)

    def _ours_or_theirs(self, fault: Fault, card: SceneCard) -> Fault:
        """Return a scene's own fault; raise where the whole run cannot go on."""
        if fault.code == "cancelled":
            raise Cancelled
        if fault.code in OURS:
            raise EngineFault(fault)
        return Fault(fault.code, fault.message, fault.hint, card.name, fault.line, fault.log)


def _expected(looked: CachedScene | CheckReport) -> tuple[int, float, bool]:
    """Return frames, seconds and whether the scene is already there."""
    return looked.frames, looked.seconds, isinstance(looked, CachedScene)


def _place(storyboard: Storyboard, results: list[_Result]) -> tuple[SceneOutcome, ...]:
    outcomes = []
    start = 0.0
    for card, result in zip(storyboard.scenes, results, strict=True):
        seconds = result.kept.seconds if result.kept else 0.0
        outcomes.append(SceneOutcome(card.name, card.title, result.state, seconds, start, result.fault, result.layout))
        start += seconds
    return tuple(outcomes)


def _write_files(made_from: Draft, stem: Path, outcomes: tuple[SceneOutcome, ...], kept: list[CachedScene]) -> None:
    video = stem.with_suffix(".mp4")
    assemble.join([scene.file for scene in kept], video)
    assemble.poster(video, stem.with_suffix(".jpg"))
    starts = [outcome.start for outcome in outcomes if outcome.fault is None]
    spoken = [
        Caption(start + line.start, start + line.end, line.text)
        for start, scene in zip(starts, kept, strict=True)
        for line in scene.captions
    ]
    stem.with_suffix(".vtt").write_text(webvtt(spoken, made_from.language), encoding="utf-8")
    order = [card.name for card in made_from.storyboard.scenes]
    script = self_contained(made_from.source, title=made_from.title, order=order)
    stem.with_suffix(".py").write_text(script, encoding="utf-8")


def _disk_fault(error: OSError) -> EngineFault:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EngineFault(
            Fault("disk_full", "There is no room left to store the video.", hint="Free some space, then try again.")
        )
    if error.errno == errno.ENOENT:
        return EngineFault(
            Fault("scenes_lost", "Scenes were removed before the video was made of them.", hint="Try again.")
        )
    return EngineFault(
        Fault("storage", "The video could not be stored.", hint="Try again; if it persists, tell the administrator.")
    )
