"""Honest progress of one run: which scene of how many, frames done of all, seconds left."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Protocol

from generation.engine.types import Event, Fault, OnEvent, Quality, SceneCard, Storyboard

EVENT_PERIOD_SECONDS = 0.25
ETA_AFTER_SECONDS = 5.0


class MadeScene(Protocol):
    """What progress needs to know of a finished scene."""

    @property
    def frames(self) -> int:
        """Frames in the scene."""

    @property
    def seconds(self) -> float:
        """Length of the scene in seconds."""


class Progress:
    """Adds up frames over scenes made side by side and tells the caller, a few times a second at most."""

    def __init__(self, storyboard: Storyboard, quality: Quality, on_event: OnEvent) -> None:
        self._cards = storyboard.scenes
        self._on_event = on_event
        self._lock = threading.Lock()
        self._expected = {card.name: round(card.seconds * quality.frame_rate) for card in self._cards}
        self._done = dict.fromkeys(self._expected, 0)
        self._free: set[str] = set()  # scenes that cost no rendering
        self._finished: set[str] = set()
        self._started: float | None = None
        self._last = 0.0

    def leads(self, scene: str) -> bool:
        """Say whether `scene` is the first that is not finished: the one people are shown, though several run."""
        return self._leading().name == scene

    def _leading(self) -> SceneCard:
        return next((card for card in self._cards if card.name not in self._finished), self._cards[-1])

    def emit(self, event: Event) -> None:
        """Pass one event on; several threads may call."""
        with self._lock:
            self._on_event(event)

    def plan(self, expected: Mapping[str, tuple[int, float, bool]]) -> None:
        """Announce what each scene will be: frames, seconds and whether it is kept from an earlier run."""
        with self._lock:
            scenes = []
            for card in self._cards:
                frames, seconds, cached = expected[card.name]
                self._expected[card.name] = frames
                if cached:
                    self._free.add(card.name)
                scenes.append(
                    {"name": card.name, "title": card.title, "seconds": seconds, "frames": frames, "cached": cached}
                )
            self._on_event(Event("plan", {"scenes": scenes, "frames": sum(self._expected.values())}))

    def follow(self, card: SceneCard) -> OnEvent:
        """Return a listener for one scene's render."""

        def listen(event: Event) -> None:
            if event.kind == "frames":
                self._frames(card, int(event.data["done"]))

        with self._lock:
            if self._started is None:
                self._started = time.monotonic()
                self._on_event(Event("stage", {"stage": "rendering"}))
        return listen

    def scene(self, card: SceneCard, state: str, made: MadeScene | None, fault: Fault | None) -> None:
        """Announce what became of a scene."""
        with self._lock:
            frames = made.frames if made else 0
            self._expected[card.name] = self._done[card.name] = frames
            self._finished.add(card.name)
            if state == "cached":
                self._free.add(card.name)
            self._on_event(
                Event(
                    "scene",
                    {
                        "name": card.name,
                        "title": card.title,
                        "state": state,
                        "seconds": made.seconds if made else 0.0,
                        "fault": asdict(fault) if fault else None,
                    },
                )
            )
            self._tell()

    def _frames(self, card: SceneCard, done: int) -> None:
        with self._lock:
            self._done[card.name] = done
            now = time.monotonic()
            if now - self._last >= EVENT_PERIOD_SECONDS:
                self._last = now
                self._tell()

    def _tell(self) -> None:
        card = self._leading()
        done = sum(self._done.values())
        total = max(done, sum(self._expected.values()))
        self._on_event(
            Event(
                "progress",
                {
                    "scene": card.name,
                    "scene_number": self._cards.index(card) + 1,
                    "scenes": len(self._cards),
                    "frames_done": done,
                    "frames_total": total,
                    "percent": round(100 * done / total) if total else 0,
                    "eta_seconds": self._seconds_left(total - done),
                },
            )
        )

    def _seconds_left(self, frames: int) -> float | None:
        if self._started is None or frames <= 0:
            return None
        elapsed = time.monotonic() - self._started
        rendered = sum(done for name, done in self._done.items() if name not in self._free)
        if elapsed < ETA_AFTER_SECONDS or rendered == 0:
            return None
        return round(frames * elapsed / rendered, 1)
