"""Submit jobs and cancel them. Running them is the business of `execution`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.after_commit import after_commit
from core.errors import DomainError
from generation import drafts, filling, periods, permissions, queue, repeats, rewriting, writing
from generation.dispatch import wake
from generation.engine import pipeline
from generation.engine.errors import EngineFault, KnobFault, NotServed, RequestFault
from generation.engine.served.planning import storyboard_json
from generation.engine.types import KnobValue, Outcome, Understanding
from generation.engine.understanding import understand
from generation.events import record
from generation.faults import said
from generation.models import CheckTick, Job
from projects.models import Animation, Artefact, Project, Revision
from projects.permissions import require_edit
from projects.services import create_animation, ensure_default_project

# Somebody sits in front of the knobs and waits.
PRIORITY = {Job.Kind.GENERATE: 0, Job.Kind.KNOBS: 10, Job.Kind.STORYBOARD: 0, Job.Kind.EXPORT: 5}

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
    anew: bool = False,
    language: str = "",
) -> Job:
    """Queue an animation for a teacher's sentence, into `project` or the one she worked in last.

    `language` is of captions and labels; empty: as the sentence asks or is written.

    `writer` is "library", "served" (a model, with `sampling`, and along `storyboard` where one is given) or empty: the
    library where it is sure, else the model where one is offered. What she made before from the same reading comes back
    at once, with `made_before` set, unless it is to be made `anew`.

    Raises DomainError "made_before" where a model wrote nearly the same for her, with that animation in `data`; where
    the prompt is not served ("unclear", "refused", or the reader's own code such as "empty"), with the nearest
    templates in `data`; "quality", "not_found", "too_many_jobs" and "idempotency_conflict" as their names say.
    """
    wish = Wish(writer, dict(sampling or {}), dict(storyboard) if storyboard is not None else None, language)
    return _generate(user, prompt, "", project, quality, idempotency_key, wish, anew=anew)


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
    wish = Wish(writing.LIBRARY, language=language)
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
    request = Request(user, Job.Kind.KNOBS, idempotency_key, digest(asked))
    if (earlier := request.earlier()) is not None:
        return earlier
    parent = _require_version(animation)
    chosen = chosen_quality(quality or best_quality(parent))
    storyboard = drafts.storyboard_from_json(parent.storyboard)
    with explained(user):
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


def edit(*, user: User, animation: Animation, words: str, idempotency_key: str = "") -> Job:
    """Queue a change in words to the current revision: by its knobs where they say it all, else by the model.

    Raises DomainError like `turn_knobs`, and "no_model" where the words ask for more than knobs and there is none.
    """
    require_edit(user, animation)
    request = Request(user, Job.Kind.GENERATE, idempotency_key, digest({"animation": str(animation.pk), "edit": words}))
    parent = _require_version(animation)
    with explained(user):
        wish = rewriting.read(words, parent)
    if not wish.rest:
        return turn_knobs(user=user, animation=animation, values=wish.values, idempotency_key=idempotency_key)
    if (earlier := request.earlier()) is not None:
        return earlier
    require_model()
    with explained(user):
        draft = rewriting.brief(words, wish, parent)
    chosen = best_quality(parent)
    return request.enqueue(
        lambda: Job(
            animation=animation,
            parent=parent,
            quality=chosen,
            prompt=parent.prompt,
            draft=draft,
            values=dict(wish.values),
        )
    )


def plan(*, user: User, prompt: str, sampling: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a storyboard that the model makes for a prompt, to be changed and submitted. Nothing is kept.

    Raises DomainError like `submit`, and the model's own codes (503) where it does not answer.
    """
    require_model()
    with explained(user):
        return storyboard_json(writing.plan(prompt, dict(sampling or {})))


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


@transaction.atomic
def tick_checks(*, user: User, revision: Revision, keys: Collection[str]) -> None:
    """Keep which items of the card "check before class" this person has checked; others' ticks are their own.

    Raises DomainError "not_found" where the animation is not hers. Keys that the card does not have are ignored.
    """
    require_edit(user, revision.animation)
    known = {item["key"] for item in revision.storyboard.get("checks", [])} & set(keys)
    mine = CheckTick.objects.filter(revision=revision, user=user)
    mine.exclude(key__in=known).delete()
    CheckTick.objects.bulk_create(
        [CheckTick(revision=revision, user=user, key=key) for key in sorted(known)], ignore_conflicts=True
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to write, how, and in which language."""

    writer: str = ""
    sampling: dict[str, Any] = field(default_factory=dict)
    storyboard: dict[str, Any] | None = None
    language: str = ""

    def as_asked(self) -> dict[str, Any]:
        """What of it tells two requests apart; nothing where nothing was wished."""
        return {name: value for name, value in asdict(self).items() if value and value != writing.LIBRARY}


def _generate(
    user: User,
    prompt: str,
    template: str,
    project: Project | None,
    quality: str,
    idempotency_key: str,
    wish: Wish,
    *,
    anew: bool = False,
) -> Job:
    asked = wish.as_asked() | {
        "prompt": prompt,
        "template": template,
        "project": str(project.pk) if project else "",
        "quality": quality,
    }
    request = Request(user, Job.Kind.GENERATE, idempotency_key, digest(asked))
    if (earlier := request.earlier()) is not None:
        return earlier
    if project is not None:
        require_edit(user, project)
    chosen = chosen_quality(quality)
    with explained(user):
        draft, values = drafted(prompt, template, wish)
    reading = repeats.reading_of(draft, chosen)
    if not anew:
        if (before := repeats.made_before(user, reading, project)) is not None:
            return _again(user, before)
        if writing.is_brief(draft) and not (wish.storyboard or wish.sampling):
            _offer_nearly(user, prompt)

    def build() -> Job:
        home = project or ensure_default_project(owner=user)
        animation = create_animation(by=user, project=home, title=draft["title"])
        return Job(animation=animation, quality=chosen, prompt=prompt, draft=draft, values=values, reading=reading)

    return request.enqueue(build)


def _again(user: User, before: Job) -> Job:
    """Answer with what was made before: no new job, no cost."""
    audit.record("job.made_before", actor=user, target=before)
    before.made_before = True
    return before


def _offer_nearly(user: User, prompt: str) -> None:
    """Raise DomainError where a model made nearly this for her: she opens it, or has it made anew."""
    before = repeats.nearly(user, prompt)
    if before is not None:
        raise DomainError(
            "made_before",
            _("You made this already: “%(title)s”.") % {"title": before.animation.title},
            status=409,
            hint=_("Open it, or make it anew."),
            data={"earlier": {"animation": str(before.animation_id), "prompt": before.prompt}},
        )


def drafted(prompt: str, template: str, wish: Wish) -> tuple[dict[str, Any], dict[str, Any]]:
    """The draft as a job keeps it, with its knobs' values; for the model only a brief: it writes in the worker."""
    if template:
        draft = _chosen(prompt, template, wish.language)
    else:
        _require_writer(wish.writer)
        understanding = understand(prompt)
        if _is_for_the_model(understanding, wish.writer):
            return writing.brief(prompt, wish.sampling, wish.storyboard), {}
        draft = pipeline.draft_understood(understanding, language=wish.language)
    return drafts.to_json(draft) | filling.left_over(prompt, draft), drafts.knob_values(draft)


def _require_writer(writer: str) -> None:
    if writer not in {"", writing.LIBRARY, writing.SERVED}:
        raise DomainError("writer", _("There is no such writer."), hint=_("Choose library or served."))
    if writer == writing.SERVED:
        require_model()


def _is_for_the_model(understanding: Understanding, writer: str) -> bool:
    """Whether the model is to write. Raises NotServed for prompts that no writer may take."""
    if writer == writing.SERVED:
        writing.require_may_write(understanding)
        return True
    return not writer and writing.is_offered() and writing.leave_to_the_model(understanding)


def _require_version(animation: Animation) -> Revision:
    if animation.current_revision is None:
        raise DomainError(
            "nothing_to_turn",
            _("This animation has no version yet."),
            status=409,
            hint=_("Wait until it is made, then turn its knobs."),
        )
    return animation.current_revision


def require_model() -> None:
    """Raise DomainError "no_model" where no model is set up."""
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
class Request:
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
def explained(user: User) -> Iterator[None]:
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


def chosen_quality(name: str) -> Job.QualityChoice:
    """The quality of that name. Raises DomainError "quality"."""
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


def digest(asked: Mapping[str, Any]) -> str:
    """What tells one request from another under the same key."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
