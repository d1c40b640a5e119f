"""Storyboards that are looked at and changed before they are drawn: begun, saved, extended, drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from generation import board_rules, drafts, orders, services, writing
from generation.engine import boards, composing, drafting, knobs
from generation.engine.boards import Card, CardKind
from generation.engine.errors import KnobFault
from generation.engine.limits import limits_for
from generation.engine.types import Quality, Storyboard
from generation.engine.understanding import understand
from generation.models import Board, Job
from projects.models import Animation, Revision
from projects.permissions import require_edit
from projects.services import create_animation, ensure_default_project, rename_animation

_THEN = re.compile(r"^\s*(and\s+)?then\b[\s,:]*", re.IGNORECASE)


def start(
    *,
    user: User,
    prompt: str,
    template: str = "",
    writer: str = "",
    sampling: Mapping[str, Any] | None = None,
    token: str = "",
    language: str = "",
) -> Board:
    """Begin the storyboard of a new animation. Asking again with the same token gives the same one.

    The library's is there at once; a model's board is empty until `suggest` asks for its scenes. Raises DomainError
    like `services.submit`.
    """
    if (earlier := _begun(user, token)) is not None:
        return earlier
    with orders.explained(user):
        wish = services.Wish(writer, dict(sampling or {}), language=language)
        draft, _values = services.drafted(user, prompt, template, services.as_allowed(user, wish))
    with transaction.atomic():
        home = ensure_default_project(owner=user)  # one person's requests take turns here
        if (earlier := _begun(user, token)) is not None:
            return earlier
        animation = create_animation(by=user, project=home, title=draft["title"])
        storyboard = drafts.storyboard_from_json(draft["storyboard"])
        cards = boards.to_json(boards.cards_of(storyboard, draft["source"]) if draft["source"] else ())
        return Board.objects.create(
            animation=animation,
            prompt=prompt,
            template=draft["template"],
            title=draft["title"],
            source=draft["source"],
            cards=cards,
            suggested=cards,
            understood=draft["understood"],
            language=storyboard.language,
            sampling=draft.get("sampling", {}),
            version=1,
            token=token,
        )


def _begun(user: User, token: str) -> Board | None:
    if not token:
        return None
    return Board.objects.filter(animation__project__owner=user, token=token).select_related("animation").first()


def board_of(animation: Animation) -> Board:
    """The storyboard as it is being changed, else that of the newest revision, not yet stored.

    Raises DomainError "no_storyboard" where there is neither.
    """
    kept = Board.objects.filter(animation=animation).select_related("job", "animation__project").first()
    if kept is not None and not (kept.job is not None and kept.job.state == Job.State.SUCCEEDED):
        return kept
    revision = animation.current_revision
    if revision is None:
        raise DomainError(
            "no_storyboard",
            _("This animation has no storyboard to change yet."),
            status=409,
            hint=_("Wait until it is made, or send its words again."),
        )
    return _over(revision, kept or Board(animation=animation))


def _over(revision: Revision, board: Board) -> Board:
    storyboard = drafts.storyboard_from_json(revision.storyboard)
    cards = boards.to_json(boards.cards_of(storyboard, revision.source))
    board.parent, board.job, board.sampling = revision, None, {}
    board.prompt, board.template, board.title = revision.prompt, revision.template, revision.title
    board.source, board.cards, board.suggested = revision.source, cards, cards
    board.understood, board.language = revision.understood, storyboard.language
    return board


def is_for_the_model(board: Board) -> bool:
    """Whether a model is to write what the board shows."""
    return not board.source


def problems(board: Board) -> list[board_rules.Problem]:
    """What keeps the board from being drawn."""
    owner = board.animation.project.owner
    cards, suggested = boards.from_json(board.cards), boards.from_json(board.suggested)
    most = limits_for(owner.tier, Quality.LOW).scenes
    return board_rules.problems(board.title, cards, suggested, board.source, most_scenes=most)


@transaction.atomic
def save(*, by: User, animation: Animation, version: int, content: Mapping[str, Any]) -> Board:
    """Keep what somebody changed. Raises DomainError "board_changed" where `version` is not the newest."""
    board = _locked(by, animation, version)
    title, cards = board_rules.read(content, boards.from_json(board.cards))
    if title == board.title and boards.to_json(cards) == board.cards:
        return board
    board.title = title
    return _stored(board, cards)


@transaction.atomic
def add_card(*, by: User, animation: Animation, version: int) -> Board:
    """Add an empty card at the end: a scene for the model to write, or one of plain words."""
    board = _locked(by, animation, version)
    cards = boards.from_json(board.cards)
    kind = CardKind.PLANNED if is_for_the_model(board) else CardKind.WORDS
    return _stored(board, (*cards, boards.new_card(kind, cards, board.source)))


def add_idea(*, by: User, animation: Animation, version: int, words: str, template: str = "") -> Board:
    """Add the scenes of one more idea from the library. Raises DomainError like `services.submit`."""
    require_edit(by, animation)
    with orders.explained(by):
        asked = _THEN.sub("", words)
        understanding = understand(asked, template=template) if template else understand(asked)
        draft = drafting.draft_understood(understanding, language=board_of(animation).language)
        orders.require_topics(by, understanding)
    part = composing.Part(draft.title, draft.storyboard, draft.source, frozenset(understanding.knobs))
    with transaction.atomic():
        board = _locked(by, animation, version)
        if is_for_the_model(board):
            raise DomainError(
                "not_for_the_model",
                _("The model writes these scenes; the library's cannot stand among them."),
                status=409,
                hint=_("Add a scene and say in it what is to be shown."),
            )
        cards = boards.from_json(board.cards)
        before, added, board.source = boards.with_idea(board.title, cards, board.source, part)
        board.template = ""
        board.understood = [*board.understood, *understanding.understood]
        board.suggested = [*board.suggested, *boards.to_json(added)]
        return _stored(board, (*before, *added))


def suggest(*, by: User, animation: Animation, version: int) -> Board:
    """Suggest the storyboard anew; cards that are pinned stay. A model is asked again, the library's is as it was.

    Raises DomainError like `save`, and the model's own codes (503) where it does not answer.
    """
    require_edit(by, animation)
    asked = board_of(animation)
    fresh = boards.from_json(asked.suggested)
    title = asked.title
    if is_for_the_model(asked):
        services.require_model(by)
        with orders.explained(by):
            found = writing.plan(asked.prompt, asked.sampling, keep=_pinned(asked))
        fresh, title = _renamed(found, boards.from_json(asked.cards)), found.title
    with transaction.atomic():
        board = _locked(by, animation, version)
        cards = boards.from_json(board.cards)
        if is_for_the_model(board):
            board.suggested = boards.to_json(fresh)
            board.title = title if not any(card.pinned for card in cards) else board.title
        return _stored(board, boards.suggested_anew(cards, fresh))


def _pinned(board: Board) -> list[tuple[int, Card]]:
    """The cards that stay, with their places among those that are drawn."""
    drawn = [card for card in boards.from_json(board.cards) if not card.left_out]
    return [(place, card) for place, card in enumerate(drawn, start=1) if card.pinned]


def _renamed(found: Storyboard, cards: Sequence[Card]) -> tuple[Card, ...]:
    """The model's cards, under names that no card of the board has had."""
    made: list[Card] = []
    for card in boards.planned(found):
        name = boards.new_card(CardKind.PLANNED, [*cards, *made], "").name
        made.append(Card(name, card.kind, card.title, shown=card.shown, said=card.said, seconds=card.seconds))
    return tuple(made)


def draw(*, by: User, animation: Animation, version: int, quality: str = "", idempotency_key: str = "") -> Job:
    """Queue what the board shows; only scenes that are not kept already are drawn.

    Raises DomainError "board" with the `problems` in its data, and like `services.submit`.
    """
    require_edit(by, animation)
    board = board_of(animation)
    _require_version(board, version)
    found = problems(board)
    if found:
        raise DomainError(
            "board",
            _("The storyboard cannot be drawn yet."),
            status=422,
            hint=found[0].message,
            data={"problems": board_rules.as_json(found)},
        )
    parent = animation.current_revision
    chosen = orders.chosen_quality(quality or (orders.quality_for(by, parent) if parent else Quality.LOW))
    kind = Job.Kind.STORYBOARD if parent else Job.Kind.GENERATE
    asked = {"animation": str(animation.pk), "version": version, "quality": chosen}
    with orders.explained(by):
        draft, values = _draft(board, parent)
    request = orders.Request(by, kind, idempotency_key, orders.digest(asked))

    def build() -> Job:
        made = Job(animation=animation, parent=parent, quality=chosen, prompt=board.prompt, draft=draft, values=values)
        if board.title != animation.title:
            rename_animation(by=by, animation=animation, title=board.title)
        return made

    with transaction.atomic():
        board = _locked(by, animation, version)
        if board.job is not None and not board.job.is_final:
            return board.job  # the button was pressed twice
        board.job = request.enqueue(build)
        board.save()
    return board.job


def draw_again(*, by: User, job: Job) -> Job:
    """Queue a job of a storyboard, or of code, that failed or was cancelled once more, just as it was."""
    require_edit(by, job.animation)
    request = orders.Request(by, Job.Kind(job.kind), "", orders.digest({"job": str(job.pk)}))
    fields = {name: getattr(job, name) for name in ("animation", "parent", "quality", "prompt", "draft", "values")}
    return request.enqueue(lambda: Job(**fields))


def _draft(board: Board, current: Revision | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The draft as a job keeps it, marked as a board's, with its knobs' values."""
    cards = boards.from_json(board.cards)
    if is_for_the_model(board):
        drawn = [card for card in cards if not card.left_out]
        scenes = [{"title": c.title, "shown": c.shown, "said": c.said, "seconds": c.seconds} for c in drawn]
        brief = writing.brief(board.prompt, board.sampling, {"title": board.title, "scenes": scenes})
        return {**brief, "board": True}, {}
    source = _with_current_values(board, current)
    storyboard, source = boards.assembled(board.title, cards, source)
    drafting.require_allowed(source)
    storyboard = replace(storyboard, language=board.language)
    draft = drafting.Draft(board.template, board.title, storyboard, source, knobs.extract(source), proven=True)
    kept = {**drafts.to_json(draft), "understood": board.understood, "board": True}
    return kept, drafts.knob_values(draft)


def _with_current_values(board: Board, current: Revision | None) -> str:
    """The board's code with the values that knobs were turned to while the board was open."""
    source = board.source
    if current is None or board.parent_id == current.pk:
        return source
    known = {knob.name for knob in knobs.extract(source)}
    for knob in knobs.extract(current.source):
        if knob.name in known:
            try:
                source = knobs.apply(source, {knob.name: knob.value})
            except KnobFault:
                continue  # another knob of the same name: it keeps its own value
    return source


def _locked(by: User, animation: Animation, version: int) -> Board:
    require_edit(by, animation)
    held = Animation.objects.select_for_update(of=("self",)).select_related("project", "current_revision")
    board = board_of(held.get(pk=animation.pk))
    _require_version(board, version)
    return board


def _require_version(board: Board, version: int) -> None:
    if board.version != version:
        raise DomainError(
            "board_changed",
            _("This storyboard was changed in another window."),
            status=409,
            hint=_("Look at that version, or keep yours in its place."),
            data={"version": board.version},
        )


def _stored(board: Board, cards: Sequence[Card]) -> Board:
    if len(cards) > board_rules.MOST_CARDS:
        raise DomainError(
            "too_many_cards",
            _("There are already very many scenes on this storyboard."),
            status=422,
            hint=_("Draw it, then go on from there."),
        )
    board.cards = boards.to_json(cards)
    board.version += 1
    board.job = None
    board.save()
    return board


def typed_over(board: Board, content: Mapping[str, Any]) -> tuple[list[dict[str, Any]], str]:
    """Cards and title as they were typed over another version, for the reader to decide; nothing is stored."""
    try:
        title, cards = board_rules.read(content, boards.from_json(board.cards))
    except DomainError:
        return board.cards, board.title
    return boards.to_json(cards), title
