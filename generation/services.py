"""Submit jobs and cancel them. Running them is the business of `execution`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.after_commit import after_commit
from core.errors import DomainError
from generation import drafts, periods, permissions, queue, writing
from generation.dispatch import wake
from generation.engine import pipeline
from generation.engine.errors import EngineFault, KnobFault, NotServed, RequestFault
from generation.engine.types import KnobValue, Outcome, Understanding
from generation.engine.understanding import understand
from generation.events import record
from generation.faults import said
from generation.models import Job
from projects.models import Animation, Artefact, Project, Revision
from projects.permissions import require_edit
from projects.services import create_animation, ensure_default_project

PRIORITY = {Job.Kind.GENERATE: 0, Job.Kind.KNOBS: 10}  # somebody sits in front of the knobs and waits

REPORTED = {"unsafe_minors"}  # what a school must be able to find in its audit trail


def warm_up() -> None:
    """Load what reading a prompt needs, so that nobody's first prompt waits for it."""
    understand("a pendulum")


def submit(
    *,
    user: User,
    prompt: str,
    project: Project | None = None,
    quality: str = "l",
    idempotency_key: str = "",
    writer: str = "",
    sampling: Mapping[str, Any] | None = None,
    storyboard: Mapping[str, Any] | None = None,
    language: str = "",
) -> Job:
    """Queue an animation for a teacher's sentence, into `project` or the one she worked in last.

    `language` is of captions and labels; empty: as the sentence asks or is written.

    `writer` is "library", "served" (a model, with `sampling`, and along `storyboard` where one is given) or empty: the
    library where it is sure, else the model where one is offered.

    Raises DomainError where the prompt is not served ("unclear", "refused", or the reader's own code such as
    "empty"), with the nearest templates in `data`; "quality", "not_found", "too_many_jobs" and
    "idempotency_conflict" as their names say.
    """
    wish = _Wish(writer, dict(sampling or {}), dict(storyboard) if storyboard is not None else None, language)
    return _generate(user, prompt, "", project, quality, idempotency_key, wish)


def choose(
    *,
    user: User,
    prompt: str,
    template: str,
    project: Project | None = None,
    quality: str = "l",
    idempotency_key: str = "",
    language: str = "",
) -> Job:
    """Queue the animation that the teacher picked herself from those offered. Raises DomainError like `submit`."""
    wish = _Wish(writing.LIBRARY, language=language)
    return _generate(user, prompt, template, project, quality, idempotency_key, wish)


def turn_knobs(
    *, user: User, animation: Animation, values: Mapping[str, KnobValue], quality: str = "", idempotency_key: str = ""
) -> Job:
    """Queue the current revision again with other knob values (or only another quality).

    Without a quality it is drawn in the best one that the current revision was drawn in.

    Raises DomainError "knob" for a value that does not fit, "nothing_to_turn" before the first revision.
    """
    require_edit(user, animation)
    asked = {"animation": str(animation.pk), "values": dict(values), "quality": quality}
    request = _Request(user, Job.Kind.KNOBS, idempotency_key, _digest(asked))
    if (earlier := request.earlier()) is not None:
        return earlier
    parent = animation.current_revision
    if parent is None:
        raise DomainError(
            "nothing_to_turn",
            _("This animation has no version yet."),
            status=409,
            hint=_("Wait until it is made, then turn its knobs."),
        )
    chosen = _quality(quality or best_quality(parent))
    storyboard = drafts.storyboard_from_json(parent.storyboard)
    with _explained(user):
        draft = pipeline.redraft(parent.source, storyboard, values, title=parent.title, template=parent.template)
    return request.enqueue(
        lambda: Job(
            animation=animation,
            parent=parent,
            quality=chosen,
            prompt=parent.prompt,
            draft=drafts.to_json(draft) | {"understood": parent.understood},
            values=dict(values),
        )
    )


def plan(*, user: User, prompt: str, sampling: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a storyboard that the model makes for a prompt, to be changed and submitted. Nothing is kept.

    Raises DomainError like `submit`, and the model's own codes (503) where it does not answer.
    """
    _require_model()
    with _explained(user):
        return writing.plan(prompt, dict(sampling or {}))


@transaction.atomic
def cancel(*, user: User, job: Job) -> Job:
    """Ask a job to stop: at once while it waits, within half a second while it runs. Final jobs stay as they are."""
    permissions.require_cancel(user, job)
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.is_final or locked.cancel_requested:
        return locked
    audit.record("job.cancel_requested", actor=user, target=locked)
    locked.cancel_requested = True
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    if locked.state == Job.State.QUEUED:
        queue.close(locked, Job.State.CANCELLED)
    return locked


@dataclass(frozen=True, slots=True)
class _Wish:
    """Who is to write, how, and in which language."""

    writer: str = ""
    sampling: dict[str, Any] = field(default_factory=dict)
    storyboard: dict[str, Any] | None = None
    language: str = ""

    def as_asked(self) -> dict[str, Any]:
        """What of it tells two requests apart; nothing where nothing was wished."""
        return {name: value for name, value in asdict(self).items() if value and value != writing.LIBRARY}


def _generate(
    user: User, prompt: str, template: str, project: Project | None, quality: str, idempotency_key: str, wish: _Wish
) -> Job:
    asked = wish.as_asked() | {
        "prompt": prompt,
        "template": template,
        "project": str(project.pk) if project else "",
        "quality": quality,
    }
    request = _Request(user, Job.Kind.GENERATE, idempotency_key, _digest(asked))
    if (earlier := request.earlier()) is not None:
        return earlier
    if project is not None:
        require_edit(user, project)
    chosen = _quality(quality)
    with _explained(user):
        draft, values = _draft(prompt, template, wish)

    def build() -> Job:
        home = project or ensure_default_project(owner=user)
        animation = create_animation(by=user, project=home, title=draft["title"])
        return Job(animation=animation, quality=chosen, prompt=prompt, draft=draft, values=values)

    return request.enqueue(build)


def _draft(prompt: str, template: str, wish: _Wish) -> tuple[dict[str, Any], dict[str, Any]]:
    """The draft as a job keeps it, with its knobs' values; for the model only a brief: it writes in the worker."""
    if template:
        draft = _chosen(prompt, template, wish.language)
    else:
        _require_writer(wish.writer)
        understanding = understand(prompt)
        if _is_for_the_model(understanding, wish.writer):
            return writing.brief(prompt, wish.sampling, wish.storyboard), {}
        draft = pipeline.draft_understood(understanding, language=wish.language)
    return drafts.to_json(draft), drafts.knob_values(draft)


def _require_writer(writer: str) -> None:
    if writer not in {"", writing.LIBRARY, writing.SERVED}:
        raise DomainError("writer", _("There is no such writer."), hint=_("Choose library or served."))
    if writer == writing.SERVED:
        _require_model()


def _is_for_the_model(understanding: Understanding, writer: str) -> bool:
    """Whether the model is to write. Raises NotServed for prompts that no writer may take."""
    if writer == writing.SERVED:
        writing.require_may_write(understanding)
        return True
    return not writer and writing.is_offered() and writing.leave_to_the_model(understanding)


def _require_model() -> None:
    if not writing.is_offered():
        raise DomainError(
            "no_model",
            _("No model that writes new scenes is set up here."),
            status=422,
            hint=_("Take an animation from the library, or ask your administrator."),
        )


def _chosen(prompt: str, template: str, language: str) -> pipeline.Draft:
    return pipeline.draft_understood(understand(prompt, template=template), language=language)


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for, so that asking twice with one key makes one job."""

    user: User
    kind: Job.Kind
    key: str
    digest: str

    def earlier(self) -> Job | None:
        """Return the job made for this key. Raises DomainError where the key belongs to another request."""
        if not self.key:
            return None
        job = Job.objects.filter(owner=self.user, idempotency_key=self.key).first()
        if job is not None and (job.request_digest, job.kind) != (self.digest, self.kind):
            raise DomainError(
                "idempotency_conflict",
                _("This idempotency key was already used for another request."),
                status=409,
                hint=_("Use a new key for a new request."),
            )
        return job

    def enqueue(self, build: Callable[[], Job]) -> Job:
        """Store the job that `build` makes, together with all it creates, and wake a worker after the commit."""
        with transaction.atomic():
            # One person's jobs join one by one: her room is counted right and no two get one turn. A second request
            # with the same key waits here and finds the first one's job. (Left to the index, it would wait for a worker
            # that claims that job, while the worker's commit waits for this lock.)
            owner = User.objects.select_for_update(no_key=True).get(pk=self.user.pk)
            if (earlier := self.earlier()) is not None:
                return earlier
            self._require_room()
            job = build()
            job.owner, job.kind, job.priority = self.user, self.kind, PRIORITY[self.kind]
            queue.join(job, tier=owner.tier, video_seconds=writing.expected_seconds(job.draft))
            job.idempotency_key, job.request_digest = self.key, self.digest
            job.save(force_insert=True)
            record(job, "queued", {"reason": "submitted", "attempt": 0})
            audit.record("job.submitted", actor=self.user, target=job, data={"kind": self.kind})
            after_commit(wake, job.pk)
        return job

    def _require_room(self) -> None:
        waiting = Job.objects.filter(owner=self.user, state=Job.State.QUEUED).count()
        if waiting >= periods.queue_limit():
            raise DomainError(
                "too_many_jobs",
                _("You already have %(count)d animations waiting.") % {"count": waiting},
                status=429,
                hint=_("Wait until one is done, or cancel one."),
                data={"retry_after": 30},
            )


@contextmanager
def _explained(user: User) -> Iterator[None]:
    """Turn the engine's refusals into domain errors that carry everything a page needs to go on."""
    try:
        yield
    except NotServed as error:
        understanding = error.understanding
        if understanding.code in REPORTED:
            audit.record("prompt.stopped", actor=user, target=user, data={"code": understanding.code})
        raise DomainError(
            understanding.code or ("unclear" if understanding.outcome is Outcome.ASK else "refused"),
            said(understanding.message),
            status=422,
            hint=said(error.fault.hint),
            data={
                "outcome": understanding.outcome.value,
                "alternatives": [asdict(choice) for choice in understanding.alternatives],
                "understood": list(understanding.understood),
                "rewrite": said(understanding.rewrite),
                "stop": understanding.stop,
            },
        ) from error
    except RequestFault as error:
        fault = error.fault
        data: dict[str, Any] = {"knob": error.knob} if isinstance(error, KnobFault) else {}
        if fault.line is not None:
            data["line"] = fault.line
        raise DomainError(fault.code, said(fault.message), status=422, hint=said(fault.hint), data=data) from error
    except EngineFault as error:
        fault = error.fault
        raise DomainError(fault.code, said(fault.message), status=503, hint=said(fault.hint)) from error


def _quality(name: str) -> Job.QualityChoice:
    try:
        return Job.QualityChoice(name)
    except ValueError:
        raise DomainError(
            "quality", _("There is no such quality."), hint=_("Choose l, m or h: draft, standard or high.")
        ) from None


def best_quality(revision: Revision) -> str:
    """Return the best quality there is a video of; low where there is none yet."""
    videos = revision.artefacts.filter(kind=Artefact.Kind.VIDEO)
    made = set(videos.values_list("quality", flat=True))
    return next((quality for quality in reversed(Job.QualityChoice.values) if quality in made), Job.QualityChoice.LOW)


def _digest(asked: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
