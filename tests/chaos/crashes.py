"""Kills its process at a chosen step of the job engine: CRASH_AT names it, CRASH_MARK makes it happen only once.

The product knows nothing of this; the steps are wrapped from outside when the process starts.
"""

import functools
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import AppConfig

Wrapper = Callable[[Callable[..., Any]], Callable[..., Any]]


def die() -> None:
    """End this process as the kernel's out-of-memory killer would, unless it did so before."""
    mark = os.environ.get("CRASH_MARK")
    if mark:
        try:
            Path(mark).touch(exist_ok=False)
        except FileExistsError:
            return
    os.kill(os.getpid(), signal.SIGKILL)


def before(condition: Callable[..., bool] = lambda *_args, **_kwargs: True) -> Wrapper:
    """Die before the step does anything."""

    def wrap(step: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(step)
        def stepped(*args: Any, **kwargs: Any) -> Any:
            if condition(*args, **kwargs):
                die()
            return step(*args, **kwargs)

        return stepped

    return wrap


def after(condition: Callable[..., bool] = lambda *_args, **_kwargs: True) -> Wrapper:
    """Die when the step has done its part."""

    def wrap(step: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(step)
        def stepped(*args: Any, **kwargs: Any) -> Any:
            result = step(*args, **kwargs)
            if condition(*args, **kwargs):
                die()
            return result

        return stepped

    return wrap


def is_stage(name: str) -> Callable[..., bool]:
    """Say yes for the engine's event of this stage."""
    return lambda _scribe, event: event.kind == "stage" and event.data["stage"] == name


# step -> (module, name inside it, how to wrap)
STEPS: dict[str, tuple[str, str, Wrapper]] = {
    "claimed, not committed": ("generation.queue", "record", before(lambda _job, kind, *_rest: kind == "started")),
    "claimed": ("generation.worker", "Execution", before()),
    "starting": ("generation.execution", "Execution._produce", before()),
    "checking": ("generation.scribe", "Scribe.event", after(is_stage("checking"))),
    "rendering": ("generation.scribe", "Scribe.event", after(lambda _scribe, event: event.kind == "progress")),
    "assembling": ("generation.scribe", "Scribe.event", after(is_stage("assembling"))),
    "rendered": ("generation.execution", "Execution._deliver", before()),
    "revision added": ("generation.execution", "_revision_for", after()),
    "file renamed": ("generation.execution", "publish_artefact", after()),
    "closed, not committed": ("generation.queue", "close", after()),
    "committed": ("generation.execution", "Execution._deliver", after()),
}


class CrashesConfig(AppConfig):
    """Arms the step that the environment names."""

    name = "tests.chaos"

    def ready(self) -> None:
        """Wrap it."""
        from importlib import import_module

        wanted = os.environ.get("CRASH_AT")
        if not wanted:
            return
        module, path, wrap = STEPS[wanted]
        owner: Any = import_module(module)
        *outer, name = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        setattr(owner, name, wrap(getattr(owner, name)))
