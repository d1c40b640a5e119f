"""Shadow runs: another adapter answers again what was answered already, and only its measurements are kept."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from generation.engine.errors import EngineError
from generation.engine.render.client import Renderer
from generation.engine.served import splitting
from generation.engine.served.attempts import Attempt, Step
from generation.engine.served.client import ModelClient
from generation.engine.served.profile import PROFILES
from generation.engine.served.replies import read_storyboard
from generation.engine.served.request import Endpoint
from generation.engine.served.writer import ServedWriter
from training.models import ShadowRun


@dataclass(frozen=True, slots=True)
class Made:
    """What the shadow's answer is worth."""

    first_try: bool = False
    ran: bool = False
    codes: tuple[str, ...] = ()
    blemishes: int = 0
    tokens: int = 0


def after_draft(*, job: str, prompt: str, storyboard: Mapping[str, Any], served: str, paying: bool) -> None:
    """Ask for a shadow run of a share of the jobs, by a hash of the job. What may not be served runs in no shadow."""
    adapter = chosen(job)
    if not adapter or adapter == served or not settings.MODEL_URL:
        return
    if all(import_string(path)(adapter, paying=paying) for path in settings.ADAPTER_CHECKS):
        task = current_app.signature("training.tasks.run_shadow", (job, prompt, dict(storyboard), served, adapter))
        transaction.on_commit(task.delay, robust=True)


def chosen(job: str) -> str:
    """The adapter that runs in the shadow of a job; none for most."""
    for name, share in splitting.shares(settings.MODEL_SHADOW).items():
        if splitting.place(job, f"shadow {name}") < share:
            return name
    return ""


def run(job: str, prompt: str, storyboard: Mapping[str, Any], served: str, adapter: str) -> None:
    """Write in the shadow and keep what it is worth; a second time does nothing."""
    if ShadowRun.objects.filter(job=job, adapter=adapter).exists():
        return
    began = time.monotonic()
    renderer = Renderer(Path(settings.RUN_DIR))
    try:
        made = _made(prompt, storyboard, adapter, renderer)
    finally:
        renderer.close()
    ShadowRun.objects.get_or_create(
        job=job,
        adapter=adapter,
        defaults={
            "served": served,
            "first_try": made.first_try,
            "ran": made.ran,
            "codes": list(made.codes),
            "blemishes": made.blemishes,
            "tokens": made.tokens,
            "seconds": round(time.monotonic() - began, 2),
        },
    )


def _made(prompt: str, storyboard: Mapping[str, Any], adapter: str, renderer: Renderer) -> Made:
    profile = PROFILES[settings.MODEL_PROFILE]
    endpoint = Endpoint(settings.MODEL_URL, settings.MODEL_NAME, adapter, settings.MODEL_KEY)
    writer = ServedWriter(ModelClient([endpoint], patience=profile.patience), renderer.check, profile)
    attempts: list[Attempt] = []
    try:
        plan = read_storyboard(storyboard) if storyboard.get("scenes") else None
        written = writer.write(prompt, storyboard=plan, on_attempt=attempts.append)
    except EngineError as error:  # the shadow failed: that is what is measured
        return Made(codes=_codes(attempts) or (error.fault.code,), tokens=sum(each.tokens for each in attempts))
    first = [each for each in attempts if each.step is Step.WRITE]
    return Made(
        first_try=bool(first) and all(each.codes in ((), ("layout",)) for each in first) and not written.faults,
        ran=not written.faults,
        codes=_codes(attempts),
        blemishes=sum(len(each) for each in written.layout.values()),
        tokens=sum(each.tokens for each in attempts),
    )


def _codes(attempts: list[Attempt]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for each in attempts for code in each.codes))
