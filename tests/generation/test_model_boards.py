"""Storyboards by a served model: suggested, changed, suggested again around what is kept, then written and drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from core.errors import DomainError
from generation import boards
from generation.engine.render.client import Renderer
from generation.models import Board
from projects.models import Animation
from tests.factories import UserFactory
from tests.generation.test_boards import draw, run, save, sent, states
from tests.served.stub import Stub, refuses, says, serving
from tests.served.test_writer import BOARD, healthy

NEW = "show how a falling apple gets faster and faster"


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    with serving() as running:
        settings.MODEL_URL = running.url
        running.otherwise = healthy
        yield running


def suggest(board: Board) -> Board:
    return boards.suggest(by=board.animation.project.owner, animation=board.animation, version=board.version)


def begun() -> Board:
    return boards.start(user=UserFactory(), prompt=NEW, writer="served", sampling={"temperature": 0.7})


def titles(board: Board) -> list[str]:
    return [card["title"] for card in board.cards]


@pytest.mark.django_db
def test_the_board_is_empty_until_the_model_is_asked(stub: Stub) -> None:
    board = begun()
    assert board.cards == [] and not stub.asked
    board = suggest(board)
    assert titles(board) == ["Let go", "Faster"] and board.title == "Falling bodies"
    assert stub.asked[0]["temperature"] == 0.7


@pytest.mark.django_db
def test_kept_scenes_stay_and_the_model_hears_of_them(stub: Stub) -> None:
    board = suggest(begun())
    mine = {"title": "My apple", "shown": "An apple hangs in a tree.", "pinned": True}
    board = save(board, sent(board, **{board.cards[1]["name"]: mine}))
    fresh = {**BOARD, "scenes": [{**BOARD["scenes"][0], "title": "Another beginning"}]}
    stub.otherwise = lambda body: says(json.dumps(fresh))
    board = suggest(board)
    assert titles(board) == ["Another beginning", "My apple"]
    assert "Scene 2: My apple. An apple hangs in a tree." in stub.asked[-1]["messages"][-1]["content"]
    assert len({card["name"] for card in board.cards}) == 2


@pytest.mark.django_db
def test_a_model_that_is_away_loses_nothing(stub: Stub) -> None:
    board = suggest(begun())
    stub.otherwise = lambda body: refuses(401)
    with pytest.raises(DomainError) as caught:
        suggest(board)
    assert caught.value.status == 503
    assert titles(boards.board_of(board.animation)) == ["Let go", "Faster"]


@pytest.mark.django_db
def test_limits_are_told_at_their_fields(stub: Stub) -> None:
    board = suggest(begun())
    first, second = (card["name"] for card in board.cards)
    board = save(board, sent(board, **{first: {"seconds": 90, "shown": ""}, second: {"said": "x" * 301}}))
    found = [(each.card, each.field) for each in boards.problems(board)]
    assert found == [(first, "shown"), (first, "seconds"), (second, "said")]
    asked = {"by": board.animation.project.owner, "animation": board.animation}
    for _ in range(4):
        board = boards.add_card(version=board.version, **asked)
    assert any("at most 5" in each.message for each in boards.problems(board))


@pytest.mark.render
@pytest.mark.django_db(transaction=True)
def test_what_was_changed_is_what_the_model_writes_and_its_lines_can_be_changed_after(
    stub: Stub, renderer: Renderer
) -> None:
    board = suggest(begun())
    first, second = (card["name"] for card in board.cards)
    content = sent(board, **{first: {"title": "Let it fall"}, second: {"left_out": True}})
    job = run(draw(save(board, content)), renderer)
    assert states(job) == {"Scene1LetItFall": "rendered"}
    assert job.revision is not None and job.revision.animation_id == board.animation_id
    asked = len(stub.asked)
    again = boards.board_of(Animation.objects.get(pk=board.animation_id))
    assert not boards.is_for_the_model(again)
    job = run(draw(save(again, sent(again, Scene1LetItFall={"title": "It falls"}))), renderer)
    assert states(job) == {"Scene1LetItFall": "cached"}
    assert len(stub.asked) == asked
