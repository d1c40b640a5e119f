"""An order for a job: asking twice with one key makes one job, and a refusal says what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing import entitlements, quota
from billing import services as billing
from billing.tiers import Feature
from core import audit
from core.after_commit import after_commit
from core.errors import DomainError
from generation import periods, queue, writing
from generation.dispatch import wake
from generation.engine.errors import EngineFault, KnobFault, NotServed, RequestFault
from generation.engine.library import catalogue
from generation.engine.types import Outcome, Understanding
from generation.events import record
from generation.faults import said
from generation.models import Job
from projects.models import Artefact, Revision

# Somebody sits in front of the knobs and waits.
PRIORITY = {
    Job.Kind.GENERATE: 0,
    Job.Kind.KNOBS: 10,
    Job.Kind.STORYBOARD: 0,
    Job.Kind.EXPORT: 5,
    Job.Kind.CODE: 10,
}
REPORTED = {"unsafe_minors"}  # what a school must be able to find in its audit trail


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
            entitlement = entitlements.of(owner)
            if owner.tier != entitlement.tier:
                billing.refresh(owner)  # it ran out a moment ago
            if self.kind == Job.Kind.GENERATE:
                entitlement.require(Feature.GENERATE)
            job = build()
            job.owner, job.kind, job.priority = self.user, self.kind, PRIORITY[self.kind]
            if self.kind != Job.Kind.EXPORT:
                entitlement.require(Feature.QUALITY, job.quality)
            queue.join(job, tier=entitlement.tier, video_seconds=writing.expected_seconds(job.draft))
            job.idempotency_key, job.request_digest = self.key, self.digest
            job.save(force_insert=True)
            if self.kind == Job.Kind.GENERATE:
                quota.reserve(user=owner, job=job.pk, tier=entitlement.tier)
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
    return next(_made_qualities(revision), Job.QualityChoice.LOW)


def quality_for(user: User, revision: Revision) -> str:
    """Return the best quality that there is a video of and that the person may draw; low where there is none."""
    may = entitlements.of(user).may
    return next((one for one in _made_qualities(revision) if may(Feature.QUALITY, one)), Job.QualityChoice.LOW)


def _made_qualities(revision: Revision) -> Iterator[str]:
    """The qualities that there are videos of, best first."""
    made = set(revision.artefacts.filter(kind=Artefact.Kind.VIDEO).values_list("quality", flat=True))
    return (quality for quality in reversed(Job.QualityChoice.values) if quality in made)


def require_topics(user: User, understanding: Understanding) -> None:
    """Raise DomainError "tier_library" where a topic of the library was understood that the person's tier lacks."""
    entitlement = entitlements.of(user)
    for part in understanding.parts or (understanding,):
        template = catalogue.templates().get(part.template or "")
        if template is not None:
            entitlement.require(Feature.LIBRARY, template.level)


def digest(asked: Mapping[str, Any]) -> str:
    """What tells one request from another under the same key."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
