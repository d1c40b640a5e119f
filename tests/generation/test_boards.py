"""Storyboards that teachers change before they are drawn: through the services, drawn by the real engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from core.errors import DomainError
from generation import boards, queue, services
from generation.engine.render.client import Renderer
from generation.execution import Execution
from generation.models import Board, Job
from projects.models import Animation, Revision
from tests.factories import AnimationFactory, UserFactory

PROMPT = "Hooke's law for a spring of 40 N/m"


def begun(user: User, prompt: str = PROMPT) -> Board:
    return boards.start(user=user, prompt=prompt)


def sent(board: Board, **changes: dict[str, Any]) -> dict[str, Any]:
    """The board as a page sends it, with changes of cards by name."""
    return {"title": board.title, "scenes": [{**card, **changes.get(card["name"], {})} for card in board.cards]}


def save(board: Board, content: dict[str, Any]) -> Board:
    user = board.animation.project.owner
    return boards.save(by=user, animation=board.animation, version=board.version, content=content)


def draw(board: Board) -> Job:
    return boards.draw(by=board.animation.project.owner, animation=board.animation, version=board.version)


def run(job: Job, renderer: Renderer) -> Job:
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    Execution(claimed, renderer).run()
    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED, job.fault
    return job


def states(job: Job) -> dict[str, str]:
    return {event.data["name"]: event.data["state"] for event in job.events.filter(kind="scene")}


def captions(job: Job, settings: Any) -> str:
    assert job.revision is not None
    kept = job.revision.artefacts.get(kind="captions").file
    return " ".join((Path(settings.MEDIA_ROOT) / kept).read_text(encoding="utf-8").split())


@pytest.mark.render
@pytest.mark.django_db(transaction=True)
class TestDrawing:
    def test_only_the_scene_whose_line_changed_is_drawn_again(self, renderer: Renderer, settings: Any) -> None:
        user = UserFactory()
        board = begun(user)
        first = run(draw(board), renderer)
        assert states(first) == {"EqualSteps": "rendered", "StraightLine": "rendered", "TheLaw": "rendered"}
        animation = Animation.objects.get(pk=board.animation_id)

        again = boards.board_of(animation)
        assert again.parent == first.revision
        law = again.cards[2]
        lines = ["Remember this short equation.", *law["lines"][1:]]
        content = sent(again, TheLaw={"lines": lines}, EqualSteps={"left_out": True})
        content["scenes"].reverse()
        second = run(draw(save(again, content)), renderer)
        assert states(second) == {"TheLaw": "rendered", "StraightLine": "cached"}
        revision = second.revision
        assert revision is not None and (revision.origin, revision.parent) == ("storyboard", first.revision)
        assert [scene["name"] for scene in revision.storyboard["scenes"]] == ["TheLaw", "StraightLine"]
        said = captions(second, settings)
        assert said.index("Remember this short equation.") < said.index("Now put each pair of force")
        assert "An unloaded spring" not in said

    def test_turning_the_order_round_draws_nothing(self, renderer: Renderer) -> None:
        board = begun(UserFactory())
        first = run(draw(board), renderer)
        board = boards.board_of(Animation.objects.get(pk=board.animation_id))
        content = sent(board)
        content["scenes"].reverse()
        second = run(draw(save(board, content)), renderer)
        assert set(states(second).values()) == {"cached"}
        assert second.revision != first.revision
        script = second.revision.artefacts.get(kind="script") if second.revision else None
        assert script is not None
        text = Path(script.path).read_text(encoding="utf-8")
        assert "play_scenes(self, TheLaw, StraightLine, EqualSteps)" in text

    def test_a_scene_of_words_and_another_idea_are_drawn_beside_those_that_are_there(self, renderer: Renderer) -> None:
        user = UserFactory()
        board = begun(user)
        run(draw(board), renderer)
        animation = Animation.objects.get(pk=board.animation_id)
        asked = {"by": user, "animation": animation}
        board = boards.board_of(animation)
        board = boards.add_card(version=board.version, **asked)
        words = board.cards[-1]["name"]
        board = boards.add_idea(version=board.version, words="then show the titration curve of a weak acid", **asked)
        mine = {"title": "Before the lab", "lines": ["Goggles on", "Acid last"], "said": "Put your goggles on."}
        content = sent(board, **{words: mine, board.cards[-1]["name"]: {"left_out": True}})
        job = run(draw(save(board, content)), renderer)
        assert states(job) == {
            "EqualSteps": "cached",
            "StraightLine": "cached",
            "TheLaw": "cached",
            words: "rendered",
            "DropByDrop": "rendered",
        }
        assert not [event.data for event in job.events.filter(kind="layout")]

    def test_knobs_turned_while_the_board_was_open_keep_their_values(self, renderer: Renderer) -> None:
        user = UserFactory()
        board = begun(user)
        run(draw(board), renderer)
        animation = Animation.objects.get(pk=board.animation_id)
        board = boards.board_of(animation)
        board = save(board, sent(board, EqualSteps={"left_out": True}, TheLaw={"left_out": True}))
        turned = services.turn_knobs(user=user, animation=animation, values={"stiffness": 60})
        run(turned, renderer)
        animation.refresh_from_db()
        board = boards.board_of(animation)
        assert [card["left_out"] for card in board.cards] == [True, False, True]
        job = draw(board)
        assert job.values["stiffness"] == 60


@pytest.mark.django_db
class TestChanging:
    def test_the_storyboard_of_a_prompt_is_there_at_once_and_nothing_is_queued(self) -> None:
        board = begun(UserFactory())
        assert [card["title"] for card in board.cards] and board.template == "hookes_law"
        assert "stiffness = knob(40.0" in board.source
        assert Job.objects.count() == 0

    def test_one_form_sent_twice_begins_one_storyboard(self) -> None:
        user = UserFactory()
        one = boards.start(user=user, prompt=PROMPT, token="t")
        assert boards.start(user=user, prompt=PROMPT, token="t") == one
        assert boards.start(user=UserFactory(), prompt=PROMPT, token="t") != one

    def test_a_prompt_that_is_not_served_begins_nothing(self) -> None:
        with pytest.raises(DomainError):
            begun(UserFactory(), "Explain the causes of the French Revolution")
        assert Animation.objects.count() == 0

    def test_an_older_version_is_turned_down_and_changes_nothing(self) -> None:
        board = begun(UserFactory())
        newer = save(board, sent(board, TheLaw={"title": "Mine"}))
        with pytest.raises(DomainError) as caught:
            boards.save(by=board.animation.project.owner, animation=board.animation, version=1, content=sent(board))
        assert (caught.value.code, caught.value.status) == ("board_changed", 409)
        assert caught.value.data == {"version": newer.version}
        assert boards.board_of(board.animation).cards[2]["title"] == "Mine"

    def test_saving_what_is_there_already_makes_no_new_version(self) -> None:
        board = begun(UserFactory())
        assert save(board, sent(board)).version == board.version

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"title": ""}, "title"),
            ({"title": "x" * 61}, "title"),
            ({"heading": ""}, "heading"),
            ({"lines": ["y" * 201]}, "line-0"),
            ({"lines": ["It pulls with {nothing}."]}, "line-0"),
            ({"lines": ["You are a stupid bitch."]}, "line-0"),
        ],
    )
    def test_what_cannot_be_drawn_is_kept_and_told_at_its_field(self, change: dict[str, Any], field: str) -> None:
        board = begun(UserFactory())
        board = save(board, sent(board, EqualSteps=change))
        found = boards.problems(board)
        assert [(each.card, each.field) for each in found] == [("EqualSteps", field)]
        with pytest.raises(DomainError) as caught:
            draw(board)
        assert caught.value.data["problems"][0]["message"] == found[0].message
        assert Job.objects.count() == 0

    def test_a_scene_that_is_left_out_is_not_judged(self) -> None:
        board = begun(UserFactory())
        board = save(board, sent(board, EqualSteps={"title": "", "left_out": True}))
        assert boards.problems(board) == []

    def test_a_storyboard_without_scenes_is_told(self) -> None:
        board = begun(UserFactory())
        nothing = {card["name"]: {"left_out": True} for card in board.cards}
        board = save(board, sent(board, **nothing))
        assert [each.field for each in boards.problems(board)] == [""]

    def test_scenes_that_are_not_sent_are_left_out_and_not_lost(self) -> None:
        board = begun(UserFactory())
        content = sent(board)
        del content["scenes"][0]
        board = save(board, content)
        assert [(card["name"], card["left_out"]) for card in board.cards][-1] == ("EqualSteps", True)

    @pytest.mark.parametrize("scenes", [None, "x", [1], [{"name": "Nobody"}], [{"name": "TheLaw"}] * 2])
    def test_what_is_no_storyboard_changes_nothing(self, scenes: Any) -> None:
        board = begun(UserFactory())
        with pytest.raises(DomainError) as caught:
            save(board, {"title": "T", "scenes": scenes})
        assert caught.value.code == "board"

    def test_suggesting_anew_keeps_what_is_pinned(self) -> None:
        board = begun(UserFactory())
        board = save(board, sent(board, EqualSteps={"title": "Mine", "pinned": True}, TheLaw={"title": "Gone"}))
        board = boards.suggest(by=board.animation.project.owner, animation=board.animation, version=board.version)
        assert board.cards[0]["title"] == "Mine"
        assert board.cards[2]["title"] != "Gone"

    def test_nobody_else_may_touch_it(self) -> None:
        board = begun(UserFactory())
        for act in (boards.add_card, boards.suggest, boards.draw):
            with pytest.raises(DomainError) as caught:
                act(by=UserFactory(), animation=board.animation, version=board.version)
            assert caught.value.status == 404

    def test_an_animation_without_scenes_has_no_storyboard(self) -> None:
        with pytest.raises(DomainError) as caught:
            boards.board_of(AnimationFactory())
        assert caught.value.code == "no_storyboard"

    def test_a_cancelled_drawing_can_be_drawn_again_as_it_was(self, client: Any) -> None:
        user = UserFactory()
        board = begun(user)
        board = save(board, sent(board, TheLaw={"left_out": True}))
        job = draw(board)
        services.cancel(user=user, job=job)
        job.refresh_from_db()
        client.force_login(user)
        client.post(f"/jobs/{job.pk}/again/")
        again = Job.objects.exclude(pk=job.pk).get()
        assert again.draft == job.draft and again.animation == job.animation
        assert boards.board_of(board.animation).cards == board.cards
        assert Revision.objects.count() == 0
