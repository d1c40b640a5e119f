"""Storyboards through the API: begun, changed by version, drawn; nobody else's."""

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from generation.models import Board, Job
from tests.api.test_generations import assert_problem
from tests.factories import AnimationFactory, ProjectFactory

pytestmark = pytest.mark.django_db
PROMPT = "Hooke's law for a spring of 40 N/m"
URL = "/api/v1/storyboards/"


def begun(api: APIClient) -> dict[str, Any]:
    response = api.post(URL, {"prompt": PROMPT}, format="json")
    assert response.status_code == 201, response.content
    body: dict[str, Any] = response.json()
    return body


def address(board: dict[str, Any], act: str = "") -> str:
    return f"/api/v1/animations/{board['animation']}/storyboard/{act}"


def test_a_storyboard_is_begun_changed_and_drawn(api: APIClient) -> None:
    board = begun(api)
    assert [scene["name"] for scene in board["scenes"]] == ["EqualSteps", "StraightLine", "TheLaw"]
    assert board["problems"] == [] and board["version"] == 1
    board["scenes"].reverse()
    board["scenes"][0]["lines"][0] = "Remember this short equation."
    board["scenes"][1]["left_out"] = True
    saved = api.put(address(board), board, format="json")
    assert saved.status_code == 200, saved.content
    assert api.get(address(board)).json() == saved.json()
    drawn = api.post(address(board, "draw/"), {"version": saved.json()["version"]}, format="json")
    assert drawn.status_code == 202 and drawn.json()["animation"] == board["animation"]
    job = Job.objects.get()
    assert [scene["name"] for scene in job.draft["storyboard"]["scenes"]] == ["TheLaw", "EqualSteps"]
    assert "Remember this short equation." in job.draft["source"]


def test_an_older_version_is_409_for_every_change(api: APIClient) -> None:
    board = begun(api)
    api.post(address(board, "scenes/"), {"version": 1}, format="json")
    for response in (
        api.put(address(board), board, format="json"),
        api.post(address(board, "scenes/"), {"version": 1}, format="json"),
        api.post(address(board, "suggest/"), {"version": 1}, format="json"),
        api.post(address(board, "draw/"), {"version": 1}, format="json"),
    ):
        assert assert_problem(response, 409, "board_changed")["data"] == {"version": 2}


def test_what_cannot_be_drawn_is_told_by_card_and_field(api: APIClient) -> None:
    board = begun(api)
    board["scenes"][0]["title"] = ""
    saved = api.put(address(board), board, format="json").json()
    assert [(each["card"], each["field"]) for each in saved["problems"]] == [("EqualSteps", "title")]
    refused = api.post(address(board, "draw/"), {"version": saved["version"]}, format="json")
    assert assert_problem(refused, 422, "board")["data"]["problems"] == saved["problems"]


def test_an_idea_that_is_not_clear_comes_with_alternatives(api: APIClient) -> None:
    board = begun(api)
    asked = {"version": 1, "idea": "the causes of the French Revolution"}
    refused = api.post(address(board, "scenes/"), asked, format="json")
    assert refused.status_code == 422 and refused.json()["data"]["alternatives"]
    added = api.post(
        address(board, "scenes/"), {"version": 1, "template": "titration_curve", "idea": "pH"}, format="json"
    )
    assert [scene["name"] for scene in added.json()["scenes"]][-2:] == ["DropByDrop", "ReadTheCurve"]


def test_a_repeated_request_begins_one_storyboard(api: APIClient) -> None:
    for _ in range(2):
        api.post(URL, {"prompt": PROMPT}, format="json", headers={"Idempotency-Key": "one"})
    assert Board.objects.count() == 1


def test_a_stranger_finds_none_of_it(api: APIClient, stranger: APIClient) -> None:
    board = begun(api)
    missing = {"animation": str(uuid4())}
    for other in (board, missing):
        for response in (
            stranger.get(address(other)),
            stranger.put(address(other), board, format="json"),
            stranger.post(address(other, "scenes/"), {"version": 1}, format="json"),
            stranger.post(address(other, "suggest/"), {"version": 1}, format="json"),
            stranger.post(address(other, "draw/"), {"version": 1}, format="json"),
        ):
            assert_problem(response, 404, "not_found")
    assert Board.objects.get().version == 1 and Job.objects.count() == 0


def test_who_is_not_signed_in_is_turned_away(api: APIClient) -> None:
    board = begun(api)
    assert APIClient().get(address(board)).status_code == 401
    assert APIClient().post(URL, {"prompt": PROMPT}, format="json").status_code == 401


def test_an_animation_that_has_no_scenes_yet_has_no_storyboard(api: APIClient, teacher: User) -> None:
    animation = AnimationFactory(project=ProjectFactory(owner=teacher))
    assert_problem(api.get(address({"animation": str(animation.pk)})), 409, "no_storyboard")


@pytest.mark.parametrize(
    "sent",
    [{}, {"version": "x"}, {"version": 1, "scenes": "x", "title": ""}, {"version": 1, "scenes": [{}], "title": ""}],
)
def test_what_is_malformed_is_400(api: APIClient, sent: dict[str, Any]) -> None:
    assert api.put(address(begun(api)), sent, format="json").status_code == 400
