"""Reads what a jailed child says through its pipes and believes none of it. Runs outside the jail, in a thread."""

from __future__ import annotations

import math
import os
import selectors
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generation.engine.limits import (
    CAPTION_LENGTH,
    INSCRIPTION_LENGTH,
    LARGEST_OUTPUT,
    LARGEST_WORD,
    LARGEST_WORDS,
    MOST_CAPTIONS,
    MOST_COLOURS,
    MOST_INSCRIPTIONS,
    MOST_KINDS,
    MOST_LAYOUT,
    MOST_PLAYS,
    Limits,
)
from generation.engine.render import faults, wire
from generation.engine.render.encoder import Encoder, is_disk_full, skip_slice
from generation.engine.render.fragments import OnPiece
from generation.engine.render.progress import Progress
from generation.engine.render.ring import MESSAGE, BadMessage, Ring
from generation.engine.types import Caption, Fault, Inscription, LayoutFault, Purpose, Sighting


class Intake:
    """Collects frames, words and output of one child until all its pipes are closed.

    After `run` returned: `fault` is set if the child broke a rule or the encoder failed, `told` if the child reported
    an error of its own.
    """

    def __init__(self, *, words_fd: int, log_fd: int, limits: Limits, frame_rate: int) -> None:
        self.plays: list[float] = []
        self.frames = 0
        self.captions: list[Caption] = []
        self.layout: list[LayoutFault] = []
        self.written: list[Inscription] = []
        self.seen: list[Sighting] = []
        self.told: dict[str, Any] | None = None
        self.done = False
        self.shown = True
        self.fault: Fault | None = None
        self.stopped = threading.Event()
        self._words_fd, self._log_fd = words_fd, log_fd
        self._limits = limits
        self._log = b""
        self._printed = 0
        self._words = b""
        self._words_total = 0
        self._most_frames = int(limits.video_seconds * frame_rate)
        self._frame_rate = frame_rate
        self._ring: Ring | None = None
        self._messages = b""
        self._encoder: Encoder | None = None
        self._progress: Progress | None = None

    def draw(
        self, ring: Ring, out: Path, purpose: Purpose, progress: Progress, on_piece: OnPiece, mark: str = ""
    ) -> None:
        """Also take frames from `ring` and encode them into `out`; `on_piece` gets what of it can be played."""
        self._ring, self._out, self._purpose, self._progress = ring, out, purpose, progress
        self._on_piece, self._mark = on_piece, mark

    @property
    def log(self) -> str:
        """Last lines of what the child printed."""
        return faults.clean_log(self._log)

    def run(self) -> None:
        """Read until the child has closed everything, a rule is broken or `stopped` is set."""
        try:
            if self._ring is not None:
                # Learnt while the child gets ready, before its first frame.
                self._skip = skip_slice(self._ring.width, self._ring.height, self._frame_rate, self._purpose)
            self._read_all()
            if self._encoder is not None and not self.stopped.is_set():
                self._encoder.finish()
                self._encoder = None
        except (BadMessage, wire.Garbled):
            self.fault = faults.BROKEN_CHANNEL
        except OverLimit as met:
            self.fault = faults.over(met.code, self._limits)
        except OSError as error:
            self.fault = faults.DISK_FULL if is_disk_full(error) else faults.RENDERER_FAILED
            self._log += f"\n{error}".encode()
        finally:
            if self._encoder is not None:
                self._encoder.abandon()

    def _read_all(self) -> None:
        readers: dict[int, Callable[[bytes], None]] = {self._words_fd: self._take_words, self._log_fd: self._take_log}
        if self._ring is not None:
            readers[self._ring.frames_out] = self._take_frames
        with selectors.DefaultSelector() as selector:
            for fd in readers:
                selector.register(fd, selectors.EVENT_READ)
            while selector.get_map() and not self.stopped.is_set():
                for key, _ in selector.select(timeout=0.2):
                    data = os.read(key.fd, 1 << 14)
                    if data:
                        readers[key.fd](data)
                    else:
                        selector.unregister(key.fd)

    def _take_log(self, data: bytes) -> None:
        self._log = (self._log + data)[-self._limits.output_bytes :]
        self._printed += len(data)
        if self._printed > LARGEST_OUTPUT:
            raise OverLimit("output")

    def _take_frames(self, data: bytes) -> None:
        self._messages += data
        while len(self._messages) >= MESSAGE.size:
            message, self._messages = self._messages[: MESSAGE.size], self._messages[MESSAGE.size :]
            self._take_frame(message)

    def _take_frame(self, message: bytes) -> None:
        assert self._ring is not None and self._progress is not None  # noqa: S101 - `draw` was called
        frame = self._ring.read(message)
        if frame is None:
            self._progress.play_begins()
            return
        if self._encoder is None:
            self._encoder = self._start_encoder(self._ring)
        part = self._ring.pixels[frame.slot, frame.top : frame.bottom, frame.left : frame.right]
        self._encoder.update(part, frame.top, frame.left)
        if frame.repeat == 0:
            return
        self._ring.give_back(frame.slot)
        if self.frames + frame.repeat > self._most_frames:
            raise OverLimit("too_long")
        for _ in range(frame.repeat):
            if self.stopped.is_set():
                return
            self._encoder.write()
            self.frames += 1
            self._progress.frame_done(self._encoder)

    def _start_encoder(self, ring: Ring) -> Encoder:
        size = ring.width, ring.height
        return Encoder(self._out, *size, self._frame_rate, self._purpose, self._skip, self._on_piece, self._mark)

    def _take_words(self, data: bytes) -> None:
        self._words += data
        self._words_total += len(data)
        *lines, self._words = self._words.split(b"\n")
        if self._words_total > LARGEST_WORDS:
            raise OverLimit("too_many_words")
        if len(self._words) > LARGEST_WORD:
            raise BadMessage("too long a word")
        for line in lines:
            self._take_word(wire.parse(line))

    def _take_word(self, word: Mapping[str, Any]) -> None:
        if "play" in word and self._ring is None:
            self.plays.append(_number(word["play"]))
            self.frames += int(_number(word.get("frames")))
            if len(self.plays) > MOST_PLAYS:
                raise OverLimit("too_many_plays")
        elif "caption" in word and len(self.captions) < MOST_CAPTIONS:
            start, end = _number(word.get("start")), _number(word.get("end"))
            text = faults.clean(word["caption"], CAPTION_LENGTH)
            if text and end > start:
                self.captions.append(Caption(start, end, text))
        elif "layout" in word and len(self.layout) < MOST_LAYOUT:
            self.layout.append(_layout(word["layout"]))
        elif "written" in word and len(self.written) < MOST_INSCRIPTIONS:
            self.written.append(_inscription(word["written"]))
        elif "seen" in word and len(self.seen) < MOST_KINDS:
            self.seen.append(_sighting(word["seen"]))
        elif "shown" in word:
            self.shown = bool(word["shown"])
        elif "fault" in word and isinstance(word["fault"], dict):
            self.told = word["fault"]
        elif "done" in word:
            self.done = True


class OverLimit(Exception):
    """A limit of ours was met; `code` is its fault."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _number(value: Any) -> float:
    """A finite number that is not below zero, as JSON gives it. Raises BadMessage."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not 0 <= value < 1e9
        or not math.isfinite(value)
    ):
        raise BadMessage("not a number")
    return float(value)


def _layout(value: Any) -> LayoutFault:
    if not isinstance(value, dict):
        raise BadMessage("not a layout fault")
    code, message = faults.clean(value.get("code", ""), 40), faults.clean(value.get("message", ""), 200)
    return LayoutFault(code, message, int(_number(value.get("play"))), _number(value.get("seconds")))


def _inscription(value: Any) -> Inscription:
    if not isinstance(value, dict):
        raise BadMessage("not an inscription")
    text = faults.clean(value.get("text", ""), INSCRIPTION_LENGTH)
    start, end = _number(value.get("start")), _number(value.get("end"))
    return Inscription(text, value.get("is_formula") is True, start, max(start, end))


def _sighting(value: Any) -> Sighting:
    if not isinstance(value, dict) or not isinstance(value.get("colours"), list):
        raise BadMessage("not a sighting")
    colours = tuple(faults.clean(each, 7) for each in value["colours"][:MOST_COLOURS])
    kind, moves = faults.clean(value.get("kind", ""), 60), value.get("moves") is True
    return Sighting(kind, int(_number(value.get("most"))), moves, colours)
