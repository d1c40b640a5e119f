"""One run of the engine for one claimed job, from its draft to its revision and artefacts."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from billing.tiers import MARK
from core.errors import DomainError
from generation import adapters, drafts, exporting, faults, feedback, filling, queue, rewriting, writing
from generation.engine import pipeline
from generation.engine.cache import SceneCache
from generation.engine.checking.card import as_json
from generation.engine.drafting import Draft
from generation.engine.errors import Cancelled, EngineError
from generation.engine.limits import limits_for
from generation.engine.pipeline import Animation
from generation.engine.render.client import Renderer
from generation.engine.types import Fault, Quality
from generation.models import Job
from generation.scribe import DATABASE_PATIENCE_SECONDS, DATABASE_RETRY_SECONDS, Reason, Scribe
from projects.models import Artefact, Revision
from projects.permissions import draws_clean
from projects.services import add_revision, publish_artefact, stored_files, variant_for

# Faults of ours that the next attempt may not meet.
WORTH_ANOTHER_TRY = {"renderer_lost", "renderer_failed", "jail_unavailable", "scenes_lost"}
CONTENT_TYPES = {
    "video": "video/mp4",
    "poster": "image/jpeg",
    "captions": "text/vtt; charset=utf-8",
    "script": "text/x-python; charset=utf-8",
}
PICTURES = {"video", "poster"}  # of those, what the mark is in
ORIGINS = {
    Job.Kind.GENERATE: Revision.Origin.GENERATED,
    Job.Kind.KNOBS: Revision.Origin.KNOBS,
    Job.Kind.STORYBOARD: Revision.Origin.STORYBOARD,
    Job.Kind.CODE: Revision.Origin.EDITED,
}

SAME_CODE = {Job.Kind.KNOBS, Job.Kind.CODE}  # only another quality is asked for where their code is the parent's

logger = logging.getLogger(__name__)


def work_folder() -> Path:
    """Return the folder in which running jobs keep their unfinished files."""
    return Path(settings.DATA_DIR) / "work"


class Execution:
    """A claimed job on its way to exactly one end."""

    def __init__(self, claimed: queue.Claim, renderer: Renderer) -> None:
        self.claimed = claimed
        self._renderer = renderer
        self._scribe = Scribe(claimed)
        self._marked = True

    def stop(self, reason: Reason) -> None:
        """Make the run stop soon; safe from any thread."""
        self._scribe.stop(reason)

    def run(self) -> None:
        """Make the animation and write the job's end. Never raises: every outcome is written or somebody else's now."""
        out = work_folder() / f"{self.claimed.job_id}-{self.claimed.fence}"
        try:
            self._patiently(self._make(out))
        except queue.LeaseLost:
            logger.warning("Job %s went to another worker; nothing more is written for it.", self.claimed.job_id)
        except (DatabaseError, InterfaceError):
            logger.exception("The end of job %s could not be written; its lease will run out.", self.claimed.job_id)
        finally:
            self._scribe.forget_film()
            shutil.rmtree(out, ignore_errors=True)

    def _make(self, out: Path) -> Callable[[], None]:
        """Run the engine and return what is to be written at the end."""
        try:
            job = Job.objects.filter(pk=self.claimed.job_id).first()
            if job is None:
                raise queue.LeaseLost
            # Asked when it is drawn, not when it was ordered: she may have paid meanwhile.
            self._marked = not draws_clean(job.owner, job.animation.project)
            if job.kind == Job.Kind.EXPORT:
                return self._export(job, out)
            with self._scribe:
                if writing.is_brief(job.draft) or filling.is_unfilled(job.draft):
                    self._write(job)
                draft = drafts.from_json(job.draft)
                made = self._produce(draft, job, out)
        except Cancelled:
            return self._stopped
        except EngineError as error:
            return self._failure(error.fault)
        except (queue.LeaseLost, DatabaseError, InterfaceError):
            raise
        except Exception:
            # Whatever a scene or a bug of ours does, the job ends and the next one runs.
            logger.exception("Job %s failed.", self.claimed.job_id)
            return self._failure(faults.INTERNAL)
        return lambda: self._deliver(draft, made)

    def _export(self, job: Job, out: Path) -> Callable[[], None]:
        with self._scribe:
            drawn = None
            if job.parent is not None and exporting.has_to_be_drawn(job, marked=self._marked):
                drawn = self._produce(exporting.draft_of(job.parent), job, out / "film")
            made = exporting.make(job, out, self._scribe, drawn)
        return lambda: exporting.deliver(self.claimed, made)

    def _write(self, job: Job) -> None:
        """Let the model do its part of the draft, and keep it with the job: another attempt draws the same."""
        paying = adapters.is_paying(job.tier)
        mended: list[tuple[str, str, tuple[str, ...]]] = []
        adapter = ""
        if filling.is_unfilled(job.draft):
            draft = filling.fill(job.prompt, job.draft, self._scribe, paying=paying)
        elif rewriting.is_wish(job.draft):
            draft = rewriting.change(job.draft, self._renderer, self._scribe, paying=paying)
        else:
            adapter = adapters.chosen(paying=paying, key=str(job.owner_id))
            draft = writing.write(
                job.prompt,
                job.draft,
                self._renderer,
                self._scribe,
                adapter=adapter,
                on_mended=lambda *mending: mended.append(mending),
            )
        self._scribe.end_code()
        with queue.held(self.claimed) as mine:
            mine.draft = job.draft = draft
            mine.save(update_fields=["draft"])
            feedback.drafted(job, adapter, mended, paying=paying)

    def _produce(self, draft: Draft, job: Job, out: Path) -> Animation:
        quality = Quality(job.quality)
        return pipeline.produce(
            draft,
            quality=quality,
            out=out,
            limits=limits_for(job.tier, quality),
            mark=MARK if self._marked else "",
            renderer=self._renderer,
            cache=SceneCache(Path(settings.SCENE_CACHE_DIR)),
            on_event=self._scribe.event,
            on_preview=self._scribe.preview,
            on_segment=self._scribe.segment,
            should_stop=self._scribe.should_stop,
        )

    def _patiently(self, write: Callable[[], None]) -> None:
        """Write the end, trying again while the database restarts. Raises LeaseLost, DatabaseError."""
        give_up = time.monotonic() + DATABASE_PATIENCE_SECONDS
        while True:
            try:
                return write()
            except DomainError as error:
                write = self._failure(Fault(error.code, str(error.message), str(error.hint)))
            except OSError:
                logger.exception("The files of job %s could not be stored.", self.claimed.job_id)
                write = self._failure(faults.STORAGE)
            except (DatabaseError, InterfaceError):
                if time.monotonic() > give_up:
                    raise
                close_old_connections()
                time.sleep(DATABASE_RETRY_SECONDS)

    def _stopped(self) -> None:
        if self._scribe.reason is Reason.WORKER_STOPPING:
            queue.hand_back(self.claimed)
        elif self._scribe.reason is Reason.CANCELLED:
            with queue.held(self.claimed) as job:
                queue.close(job, Job.State.CANCELLED)
        else:
            raise queue.LeaseLost

    def _failure(self, fault: Fault) -> Callable[[], None]:
        def write() -> None:
            if fault.code in WORTH_ANOTHER_TRY:
                queue.retry(self.claimed, fault)
                return
            with queue.held(self.claimed) as job:
                if job.cancel_requested:
                    queue.close(job, Job.State.CANCELLED)
                else:
                    queue.close(job, Job.State.FAILED, fault=fault)

        return write

    def _deliver(self, draft: Draft, made: Animation) -> None:
        """Store the files, then revision, artefacts and final state in one transaction, unless it was cancelled."""
        files = {"video": made.video, "poster": made.poster, "captions": made.captions, "script": made.script}
        with stored_files(files) as stored, queue.held(self.claimed) as job:
            if job.cancel_requested:
                queue.close(job, Job.State.CANCELLED)
                return
            left_out = job.draft.get("left_out", [])
            storyboard = _as_made(draft, made, left_out)
            job.revision = _revision_for(job, draft, storyboard)
            variant = variant_for(job.revision, marked=self._marked)
            artefacts = [
                publish_artefact(
                    revision=job.revision,
                    kind=kind,
                    quality="" if kind in {"script", "captions"} else job.quality,
                    source=stored.pop(kind),
                    content_type=CONTENT_TYPES[kind],
                    seconds=made.seconds if kind == "video" else None,
                    variant=variant if kind in PICTURES else Artefact.Variant.PLAIN,
                )
                for kind in files
            ]
            data = {
                "animation": str(job.animation_id),
                "revision": str(job.revision.pk),
                "number": job.revision.number,
                "seconds": made.seconds,
                "scenes": storyboard["scenes"],
                "faults": [*(asdict(fault) for fault in made.faults), *(scene["fault"] for scene in left_out)],
                "artefacts": [{"id": str(a.pk), "kind": a.kind, "quality": a.quality} for a in artefacts],
            }
            queue.close(job, Job.State.SUCCEEDED, data=data)
            feedback.made(job)


def _revision_for(job: Job, draft: Draft, storyboard: dict[str, Any]) -> Revision:
    """Return the revision that the job makes; only another quality of the same code belongs to the one it came from."""
    if job.kind in SAME_CODE and job.parent is not None and job.parent.source == draft.source:
        return job.parent
    return add_revision(
        animation=job.animation,
        author=job.owner,
        prompt=job.prompt,
        template=draft.template,
        title=draft.title,
        storyboard=storyboard,
        source=draft.source,
        values=drafts.knob_values(draft),
        understood=job.draft["understood"],
        origin=Revision.Origin.EDITED if rewriting.is_wish(job.draft) else ORIGINS[Job.Kind(job.kind)],
        parent=job.parent,
    )


def _as_made(draft: Draft, made: Animation, left_out: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the storyboard with each scene's place in the video, and its state and fault.

    Scenes that a model could not write come last: there is no code of them.
    """
    cards = {card.name: card for card in draft.storyboard.scenes}
    scenes = [
        {
            **asdict(cards[scene.name]),
            "seconds": cards[scene.name].seconds if scene.fault else scene.seconds,
            "start": scene.start,
            "state": scene.state,
            "fault": asdict(scene.fault) if scene.fault else None,
            "layout": [asdict(fault) for fault in scene.layout],
        }
        for scene in made.scenes
    ]
    gone = [{**scene, "start": made.seconds, "state": "left_out", "layout": []} for scene in left_out]
    board = draft.storyboard
    return {
        "title": board.title,
        "language": draft.language,
        "scenes": [*scenes, *gone],
        "checks": as_json(made.checks),
    }
