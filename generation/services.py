"""Submit jobs and cancel them. Running them is the business of `execution`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import policies
from accounts.models import User
from core import audit
from core.errors import DomainError
from generation import drafts, filling, orders, permissions, queue, repeats, rewriting, writing
from generation.engine import drafting
from generation.engine.served.planning import storyboard_json
from generation.engine.types import KnobValue, Understanding
from generation.engine.understanding import understand
from generation.models import CheckTick, Job
from projects.models import Animation, Project, Revision
from projects.permissions import require_edit
from projects.services import create_animation, ensure_default_project


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
    templates in `data`; "quota_used" (402) where the month's new animations are used, "tier_library" and "tier_quality"
    for what the tier lacks; "quality", "not_found", "too_many_jobs" and "idempotency_conflict" as their names say.
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
    values: Mapping[str, KnobValue] | None = None,
) -> Job:
    """Queue the animation that the teacher picked herself from those offered.

    `values` of knobs that she set by hand count for more than those in her words. Raises DomainError like `submit`, and
    "knob" for a value that does not fit.
    """
    wish = Wish(writing.LIBRARY, language=language, values=dict(values or {}))
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
    request = orders.Request(user, Job.Kind.KNOBS, idempotency_key, orders.digest(asked))
    if (earlier := request.earlier()) is not None:
        return earlier
    parent = _require_version(animation)
    chosen = orders.chosen_quality(quality or orders.quality_for(user, parent))
    storyboard = drafts.storyboard_from_json(parent.storyboard)
    with orders.explained(user):
        draft = drafting.redraft(parent.source, storyboard, values, title=parent.title, template=parent.template)
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
    asked = {"animation": str(animation.pk), "edit": words}
    request = orders.Request(user, Job.Kind.GENERATE, idempotency_key, orders.digest(asked))
    parent = _require_version(animation)
    with orders.explained(user):
        wish = rewriting.read(words, parent)
    if not wish.rest:
        return turn_knobs(user=user, animation=animation, values=wish.values, idempotency_key=idempotency_key)
    if (earlier := request.earlier()) is not None:
        return earlier
    require_model(user)
    with orders.explained(user):
        draft = rewriting.brief(words, wish, parent)
    chosen = orders.chosen_quality(orders.quality_for(user, parent))
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
    require_model(user)
    with orders.explained(user):
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
    values: dict[str, Any] = field(default_factory=dict)
    no_model: bool = False  # her school allows none, not even to fill a gap in the library's words

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
    request = orders.Request(user, Job.Kind.GENERATE, idempotency_key, orders.digest(asked))
    if (earlier := request.earlier()) is not None:
        return earlier
    if project is not None:
        require_edit(user, project)
    chosen = orders.chosen_quality(quality)
    with orders.explained(user):
        draft, values = drafted(user, prompt, template, as_allowed(user, wish))
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


def as_allowed(user: User, wish: Wish) -> Wish:
    """Return the wish within what her school allows: the library alone where no model may write.

    Raises DomainError "school_policy" where she asked for the model by name.
    """
    if policies.of(user).models_write:
        return wish
    if wish.writer == writing.SERVED:
        raise policies.refused(_("Your school does not allow a language model to write scenes."))
    return replace(wish, writer=wish.writer or writing.LIBRARY, no_model=True)


def drafted(user: User, prompt: str, template: str, wish: Wish) -> tuple[dict[str, Any], dict[str, Any]]:
    """The draft as a job keeps it, with its knobs' values; for the model only a brief: it writes in the worker.

    Raises DomainError "tier_library" for a topic that her tier does not have.
    """
    if template:
        understanding = understand(prompt, template=template)
    else:
        _require_writer(wish.writer)
        understanding = understand(prompt)
        if _is_for_the_model(understanding, wish.writer):
            return writing.brief(prompt, wish.sampling, wish.storyboard), {}
    draft = drafting.draft_understood(understanding, language=wish.language)
    if wish.values:
        draft = drafting.turned(draft, wish.values)
    orders.require_topics(user, understanding)
    left = {} if wish.no_model else filling.left_over(prompt, draft)
    return drafts.to_json(draft) | left, drafts.knob_values(draft)


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


def require_model(user: User | None = None) -> None:
    """Raise DomainError "no_model" where no model is set up, "school_policy" where the user's school allows none."""
    if user is not None and not policies.of(user).models_write:
        raise policies.refused(_("Your school does not allow a language model to write scenes."))
    if not writing.is_offered():
        raise DomainError(
            "no_model",
            _("No model that writes new scenes is set up here."),
            status=422,
            hint=_("Take an animation from the library, or ask your administrator."),
        )
