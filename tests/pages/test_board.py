"""The storyboard page by its forms: what is typed is kept, what cannot be is said, and nobody else may see it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from generation import boards
from generation.models import Board, Job
from projects.models import Animation
from tests.factories import AnimationFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db
PROMPT = "Hooke's law for a spring of 40 N/m"


@pytest.fixture
def teacher() -> Any:
    return UserFactory()


@pytest.fixture
def browser(teacher: Any) -> Client:
    client = Client()
    client.force_login(teacher)
    return client


@pytest.fixture
def board(teacher: Any) -> Board:
    return boards.start(user=teacher, prompt=PROMPT)


def address(board: Board) -> str:
    return f"/animations/{board.animation_id}/storyboard/"


def form(board: Board, **changes: Any) -> dict[str, Any]:
    """The page's form as it is filled in."""
    data: dict[str, Any] = {"version": board.version, "title": board.title, "card": []}
    for card in board.cards:
        data["card"].append(card["name"])
        data |= {f"{card['name']}.{field}": card[field] for field in ("title", "heading")}
        data[f"{card['name']}.line"] = card["lines"]
    return data | changes


def names(html: str) -> list[str]:
    return re.findall(r'data-card="(\w+)"', html)


def test_a_prompt_goes_to_its_storyboard_when_asked_to_look_first(browser: Client) -> None:
    response = browser.post("/start/", {"prompt": PROMPT, "board": "yes", "token": "t"})
    board = Board.objects.get()
    assert response.status_code == 302 and response["Location"] == address(board)
    assert browser.cookies["board_first"].value == "yes"
    assert browser.post("/start/", {"prompt": PROMPT, "board": "yes", "token": "t"})["Location"] == address(board)
    assert b'name="board" value="yes" checked' in browser.get("/dashboard/").content
    browser.post("/start/", {"prompt": PROMPT})
    assert b'name="board" value="yes" checked' not in browser.get("/dashboard/").content
    assert Job.objects.count() == 1


def test_a_question_about_the_prompt_leads_to_the_storyboard_too(browser: Client) -> None:
    html = browser.post("/start/", {"prompt": "double pendulum", "board": "yes"}).content.decode()
    assert "Show its storyboard" in html
    template = re.search(r'name="template" value="(\w+)"', html)
    assert template
    sent = {"prompt": "double pendulum", "template": template[1], "board": "yes"}
    assert browser.post("/start/", sent)["Location"] == address(Board.objects.get())


def test_the_cards_stand_there_with_their_fields(browser: Client, board: Board) -> None:
    html = browser.get(address(board)).content.decode()
    assert names(html) == ["EqualSteps", "StraightLine", "TheLaw"]
    assert "Its weight of {weight} pulls" in html and "{weight}: worked out by the animation" in html
    assert html.count("<h1") == 1


def test_saving_by_script_answers_with_the_version_and_what_is_wrong(browser: Client, board: Board) -> None:
    sent = form(board, **{"EqualSteps.line": ["x" * 201, *board.cards[0]["lines"][1:]]})
    response = browser.post(address(board), sent | {"act": "save"}, headers={"Accept": "application/json"})
    assert response.json()["version"] == 2
    assert [problem["place"] for problem in response.json()["problems"]] == ["EqualSteps.line-0"]
    again = browser.post(address(board), sent, headers={"Accept": "application/json"})
    assert again.status_code == 409 and again.json()["data"] == {"version": 2}


def test_another_window_is_told_and_what_was_typed_stays_in_the_form(browser: Client, board: Board) -> None:
    browser.post(address(board), form(board, **{"TheLaw.title": "Theirs"}))
    response = browser.post(address(board), form(board, **{"TheLaw.title": "Mine"}))
    html = response.content.decode()
    assert response.status_code == 409
    assert 'value="Mine"' in html and 'value="Theirs"' not in html and 'name="version" value="2"' in html
    kept = Board.objects.get()
    assert kept.cards[2]["title"] == "Theirs"
    browser.post(address(board), form(board, **{"TheLaw.title": "Mine", "version": 2}))
    kept.refresh_from_db()
    assert kept.cards[2]["title"] == "Mine"


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("up TheLaw", ["EqualSteps", "TheLaw", "StraightLine"]),
        ("down EqualSteps", ["StraightLine", "EqualSteps", "TheLaw"]),
        ("up EqualSteps", ["EqualSteps", "StraightLine", "TheLaw"]),
        ("up Nobody", ["EqualSteps", "StraightLine", "TheLaw"]),
    ],
)
def test_buttons_move_a_card(browser: Client, board: Board, act: str, order: list[str]) -> None:
    assert browser.post(address(board), form(board, act=act)).status_code == 302
    board.refresh_from_db()
    assert [card["name"] for card in board.cards] == order


def test_ideas_are_added_or_asked_about(browser: Client, board: Board) -> None:
    fragment = {"HX-Request": "true"}
    sent = form(board, act="idea", idea="the causes of the French Revolution")
    refused = browser.post(address(board), sent, headers=fragment).content.decode()
    assert 'value="the causes of the French Revolution"' in refused and "idea " in refused
    sent = form(board, act="idea", idea="then show the titration curve of a weak acid")
    html = browser.post(address(board), sent, headers=fragment).content.decode()
    assert names(html)[-2:] == ["DropByDrop", "ReadTheCurve"]
    assert 'data-new="DropByDrop"' in html


def test_drawing_goes_to_the_studio_once(browser: Client, board: Board) -> None:
    response = browser.post(address(board), form(board, act="draw"), headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == f"/animations/{board.animation_id}/"
    browser.post(address(board), form(board, act="draw"))
    assert Job.objects.count() == 1


def test_words_that_do_not_fit_a_classroom_are_said_at_their_field(browser: Client, board: Board) -> None:
    sent = form(board, act="draw", **{"TheLaw.title": "You are a stupid bitch"})
    html = browser.post(address(board), sent).content.decode()
    assert 'id="card-TheLaw-title-error"' in html and "Write it in other words." in html
    assert Job.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_get_404_and_strangers_the_log_in(board: Board, method: str) -> None:
    other = Client()
    assert getattr(other, method)(address(board)).status_code == 302
    other.force_login(UserFactory())
    assert getattr(other, method)(address(board)).status_code == 404
    assert Board.objects.get().version == 1


def test_an_animation_without_scenes_leads_back_to_its_studio(browser: Client, teacher: Any) -> None:
    animation = AnimationFactory(project=ProjectFactory(owner=teacher))
    response = browser.get(f"/animations/{animation.pk}/storyboard/")
    assert response["Location"] == f"/animations/{animation.pk}/"


def test_a_storyboard_that_waits_is_reached_from_its_animation(browser: Client, board: Board) -> None:
    html = browser.get(f"/animations/{board.animation_id}/").content.decode()
    assert address(board) in html
    shelf = unescape(browser.get("/dashboard/").content.decode())
    assert Animation.objects.get().title in shelf and "Not drawn yet" in shelf


def test_sampling_is_offered_with_a_model_only_and_bounds_are_told(browser: Client, settings: Any) -> None:
    assert b"temperature" not in browser.get("/dashboard/").content
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    assert b"temperature" in browser.get("/dashboard/").content
    sent = {"prompt": "show a falling apple", "writer": "served", "board": "yes", "temperature": "7"}
    html = browser.post("/start/", sent).content.decode()
    assert "temperature is 7, outside 0 to 1.5." in html
    assert "are numbers" in browser.post("/start/", sent | {"temperature": "hot"}).content.decode()
    browser.post("/start/", sent | {"temperature": "0,7", "seed": "3"})
    board = Board.objects.get()
    assert board.sampling == {"temperature": 0.7, "seed": 3}
    assert "data-ask" in browser.get(address(board)).content.decode()
