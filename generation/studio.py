"""What the studio page shows of one animation: gathered once, for people; programs read the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

from billing import entitlements
from billing.entitlements import Entitlement
from billing.tiers import Feature
from core.errors import DomainError
from generation import signing, writing
from generation.checks import Card, card
from generation.engine import knobs
from generation.engine.languages import ENGLISH
from generation.engine.served.attempts import DONE, HOLDS, OTHER, REASONS, Step
from generation.engine.types import Knob, KnobKind, KnobValue, Quality
from generation.faults import said, translated
from generation.models import Board, Job, JobEvent
from generation.selectors import latest_job, ticked
from generation.waiting import waiting_note
from projects.models import Animation, Artefact, Revision
from projects.permissions import draws_clean, is_owner
from projects.selectors import variants_for


@dataclass(frozen=True, slots=True)
class KnobField:
    """A knob as its control shows it. `text` is its value as typed, `error` why that cannot be."""

    knob: Knob
    text: str
    error: str = ""

    @property
    def is_on(self) -> bool:
        """Whether its switch is on."""
        return bool(self.text)

    @property
    def control(self) -> str:
        """Which control fits: a slider needs both ends."""
        number = self.knob.kind in {KnobKind.NUMBER, KnobKind.INTEGER}
        if number:
            bounded = self.knob.minimum is not None and self.knob.maximum is not None
            return "slider" if bounded else "number"
        return {KnobKind.CHOICE: "choice", KnobKind.COLOUR: "colour", KnobKind.TOGGLE: "toggle"}.get(
            self.knob.kind, "text"
        )

    @property
    def step(self) -> str:
        """The step of the slider and its number."""
        if self.knob.step is not None:
            return f"{self.knob.step:g}"
        return "1" if self.knob.kind is KnobKind.INTEGER else "any"

    @property
    def bounds(self) -> str:
        """What the control says of the ends of its range."""
        low, high = self.knob.minimum, self.knob.maximum
        if low is None or high is None:
            return ""
        return _("%(low)s to %(high)s") % {"low": f"{low:g}", "high": f"{high:g} {self.knob.unit}".strip()}


class Studio:
    """One animation at one revision, with the job its page follows. Everything is read when it is first used."""

    def __init__(self, user: Any, animation: Animation, revision: Revision | None) -> None:
        self.user = user
        self.animation = animation
        self.revision = revision
        self.words = ""  # typed to change the animation, where they could not be done
        self.words_error = ""

    @cached_property
    def job(self) -> Job | None:
        """The newest job of the animation."""
        return latest_job(self.user, self.animation.pk)

    @property
    def is_own(self) -> bool:
        """Whether the animation is the reader's own, and not shared with her."""
        return is_owner(self.user, self.animation)

    @property
    def active(self) -> Job | None:
        """The job that is being run now, or waits."""
        return self.job if self.job is not None and not self.job.is_final else None

    @property
    def failed(self) -> Job | None:
        """The newest job, where it failed."""
        return self.job if self.job is not None and self.job.state == Job.State.FAILED else None

    @property
    def cancelled(self) -> Job | None:
        """The newest job, where it was cancelled."""
        return self.job if self.job is not None and self.job.state == Job.State.CANCELLED else None

    @cached_property
    def has_board(self) -> bool:
        """Whether a storyboard waits to be drawn."""
        return Board.objects.filter(animation=self.animation).exists()

    @property
    def is_current(self) -> bool:
        """Whether the newest revision is the one shown."""
        return self.revision is None or self.revision.pk == self.animation.current_revision_id

    @property
    def prompt(self) -> str:
        """The teacher's words."""
        if self.revision is not None:
            return self.revision.prompt
        return self.job.prompt if self.job is not None else ""

    @property
    def understood(self) -> list[str]:
        """What her words were taken to mean, as sentences."""
        if self.revision is not None:
            return list(self.revision.understood)
        return list(self.job.draft.get("understood", [])) if self.job is not None else []

    @cached_property
    def attempts(self) -> list[Mapping[str, Any]]:
        """What the model tried for what is shown, in the reader's language; empty where no model was asked."""
        job = self.job if self.revision is None else self.revision.jobs.exclude(kind=Job.Kind.KNOBS).first()
        found = job.events.filter(kind__in=["attempt", "fallback"]) if job is not None else JobEvent.objects.none()
        return [_told(event.data) for event in found.order_by("seq")]

    @property
    def scenes(self) -> list[Mapping[str, Any]]:
        """The storyboard's scenes; with their place in the video once it is made."""
        if self.revision is not None:
            return list(self.revision.storyboard.get("scenes", []))
        return list(self.job.draft["storyboard"]["scenes"]) if self.job is not None else []

    @property
    def marks(self) -> list[Mapping[str, Any]]:
        """Where the scenes that were made start, for the player."""
        return [
            {"name": scene["name"], "title": scene["title"], "start": scene.get("start", 0.0)}
            for scene in self.scenes
            if not scene.get("fault")
        ]

    @property
    def broken(self) -> list[Mapping[str, Any]]:
        """Scenes that could not be made."""
        return [{**scene, "fault": translated(scene["fault"])} for scene in self.scenes if scene.get("fault")]

    @cached_property
    def _artefacts(self) -> dict[str, Artefact]:
        """The best file of each kind."""
        if self.revision is None:
            return {}
        order = {quality: rank for rank, quality in enumerate(["", *Quality])}
        files = variants_for(self.user, Artefact.objects.filter(revision=self.revision))
        found = sorted(files, key=lambda artefact: order.get(artefact.quality, -1))
        return {artefact.kind: artefact for artefact in found}

    def _address(self, kind: str, *, inline: bool) -> str:
        artefact = self._artefacts.get(kind)
        return signing.artefact_path(artefact, self.user, inline=inline) if artefact else ""

    @property
    def video(self) -> str:
        """Address of the video for the player, empty where there is none yet."""
        return self._address("video", inline=True)

    @property
    def poster(self) -> str:
        """Address of the poster for the player."""
        return self._address("poster", inline=True)

    @property
    def captions(self) -> str:
        """Address of the captions for the player."""
        return self._address("captions", inline=True)

    @property
    def language(self) -> str:
        """The language of the captions."""
        return str(self.revision.storyboard.get("language", ENGLISH)) if self.revision else ENGLISH

    @property
    def quality(self) -> Quality:
        """The quality of the video shown, or of the one being drawn."""
        video = self._artefacts.get("video")
        if video is None:
            return Quality(self.job.quality) if self.job is not None else Quality.LOW
        return Quality(video.quality)

    @property
    def better(self) -> list[tuple[str, str]]:
        """Qualities that have not been made of this revision and that her tier has."""
        made = {artefact.quality for artefact in self.revision.artefacts.all()} if self.revision else set()
        may = self.entitlement.may
        choices = [(value, str(label)) for value, label in Job.QualityChoice.choices if value not in made]
        return [choice for choice in choices if may(Feature.QUALITY, choice[0])]

    @cached_property
    def entitlement(self) -> Entitlement:
        """What the reader may."""
        return entitlements.as_kept(self.user)

    @property
    def is_marked(self) -> bool:
        """Whether the video shown has the mark in its corner."""
        video = self._artefacts.get("video")
        return video is not None and video.variant == Artefact.Variant.MARKED

    @property
    def can_be_cleaned(self) -> bool:
        """Whether it may be drawn again without the mark."""
        return self.is_marked and self.is_current and draws_clean(self.user, self.animation.project)

    @property
    def downloads(self) -> list[Mapping[str, Any]]:
        """Files to take away, each with what it is good for."""
        words = {
            "video": (_("Video"), _("MP4, for slides and lesson pages")),
            "script": (_("Code"), _("Python, renders with plain Manim")),
            "captions": (_("Captions"), _("WebVTT, for the video's captions")),
            "poster": (_("Picture"), _("JPEG, for worksheets")),
        }
        return [
            {
                "label": words[kind][0],
                "note": words[kind][1],
                "size": self._artefacts[kind].size,
                "url": self._address(kind, inline=False),
            }
            for kind in words
            if kind in self._artefacts
        ]

    @cached_property
    def knobs(self) -> list[KnobField]:
        """The knobs of the revision shown."""
        if self.revision is None:
            return []
        return [KnobField(knob, value_text(knob.value)) for knob in knobs.extract(self.revision.source)]

    @property
    def takes_words(self) -> bool:
        """Whether the version shown can be changed in words."""
        return writing.is_offered() and self.revision is not None and self.is_current

    @property
    def is_experimental(self) -> bool:
        """Whether a small model wrote what is shown, or a part of it."""
        return writing.EXPERIMENTAL in self.understood

    def refuse_words(self, words: str, error: DomainError) -> None:
        """Keep the words that were typed, with why they cannot be done."""
        self.words, self.words_error = words, " ".join(filter(None, [error.message, error.hint]))

    def refuse(self, values: Mapping[str, KnobValue], error: DomainError) -> None:
        """Show the knobs as they were typed, with what is wrong at the one that the error names."""
        said = " ".join(filter(None, [error.message, error.hint]))
        self.knobs = [
            replace(
                field,
                text=value_text(values.get(field.knob.name, field.text)),
                error=said if field.knob.name == error.data.get("knob") else "",
            )
            for field in self.knobs
        ]

    @cached_property
    def card(self) -> Card | None:
        """What to check before class; None where nothing is made, or it was made before there was a card."""
        if self.revision is None:
            return None
        return card(self.revision.storyboard, ticked(self.user, self.revision))

    @property
    def code(self) -> SafeString:
        """The code, highlighted. Pygments escapes every character of it."""
        source = self.revision.source if self.revision else ""
        formatter = HtmlFormatter(nowrap=True)
        return mark_safe(highlight(source, PythonLexer(), formatter))  # noqa: S308 - escaped by Pygments

    @property
    def versions(self) -> list[Revision]:
        """All revisions, newest first."""
        return list(self.animation.revisions.order_by("-number").select_related("author"))

    @cached_property
    def waiting(self) -> Mapping[str, Any] | None:
        """Why the job has not begun, in words; None where it has."""
        return waiting_note(self.active) if self.active is not None else None

    @property
    def fault(self) -> Mapping[str, Any] | None:
        """Why the newest job failed, in the reader's language, with the scene's title for its name."""
        if self.failed is None:
            return None
        fault = translated(self.failed.fault) or {}
        titles = {scene["name"]: scene["title"] for scene in self.failed.draft["storyboard"]["scenes"]}
        return {**fault, "scene": titles.get(fault.get("scene", ""), "")}


def _told(attempt: Mapping[str, Any]) -> Mapping[str, Any]:
    """An attempt with its words in the reader's language."""
    if "step" not in attempt:
        return {"words": said(attempt["words"])}
    outcome = REASONS.get(attempt["codes"][0], OTHER) if attempt["codes"] else HOLDS
    return {**attempt, "words": f"{said(DONE[Step(attempt['step'])])} {said(outcome)}"}


def value_text(value: KnobValue) -> str:
    """A knob's value as it is typed; lists with commas, an unticked switch as nothing."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, list):
        return ", ".join(f"{each:g}" for each in value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def words() -> dict[str, str]:
    """Sentences that the page's scripts say. `{name}` is filled in by the script."""
    return {
        "stage_queued": _("Waiting to start"),
        "stage_storyboard": _("Planning the scenes"),
        "stage_writing": _("Writing the scenes"),
        "stage_checking": _("Checking every scene"),
        "stage_rendering": _("Drawing"),
        "stage_assembling": _("Putting the scenes together"),
        "drawing": _("Drawing scene {n} of {of}"),
        "left": _("about {time} left"),
        "outcome_succeeded": _("Done"),
        "outcome_failed": _("It did not work"),
        "outcome_cancelled": _("Cancelled"),
        "scene_waiting": _("Waiting"),
        "scene_drawing": _("Being drawn"),
        "scene_rendered": _("Ready"),
        "scene_cached": _("Ready"),
        "scene_failed": _("Failed"),
        "knob_sending": _("Sending the new values…"),
        "knob_drawing": _("Drawing with the new values."),
        "knob_bad_number": _("Type a number, such as 1.5."),
        "knob_bad_integer": _("Type a whole number, such as 3."),
        "knob_bad_numbers": _("Type numbers with a comma between them, such as 0.5, 1, 2."),
        "check_kept": _("Kept."),
        "check_lost": _("Your ticks could not be kept. Try again."),
        "offline": _("The network did not answer. Your values are still here; try again."),
    }
