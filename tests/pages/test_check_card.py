"""The card "check before class": what it shows, and ticks that are each person's own."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from generation.engine.checking.card import Item, Kind, as_json
from generation.engine.checking.judging import Verdict
from generation.mathml import mathml
from generation.models import CheckTick
from projects.models import Revision
from tests.factories import AnimationFactory, ProjectFactory, RevisionFactory, UserFactory
from tests.generation.factories import SOURCE, draft_json

pytestmark = pytest.mark.django_db

ITEMS = [
    Item(Kind.EQUALITY, "3 · 4 = 21", "Turn", 0.2, Verdict.WRONG, "should_be", "12"),
    Item(Kind.EQUALITY, "2 + 2 = 4", "Turn", 0.1, Verdict.RIGHT, "computed"),
    Item(Kind.FORMULA, r"F = k x <script>", "Turn", 0.3, tex=True),
    Item(Kind.CLAIM, "It always turns. <b>", "Turn", 0.0),
    Item(Kind.LAYOUT, "“a” lies over “b”.", "Turn", 0.4),
]


@pytest.fixture
def teacher(client: Client) -> User:
    user = UserFactory.create()
    client.force_login(user)
    return user


@pytest.fixture
def revision(teacher: User) -> Revision:
    card = draft_json()["storyboard"]["scenes"][0]
    scene = card | {"start": 10.0, "state": "rendered", "fault": None}
    storyboard = {"title": "A turning square", "scenes": [scene], "checks": as_json(ITEMS)}
    animation = AnimationFactory.create(project=ProjectFactory.create(owner=teacher))
    made = RevisionFactory.create(animation=animation, storyboard=storyboard, source=SOURCE)
    animation.current_revision = made
    animation.save()
    return made


def page(client: Client, revision: Revision) -> str:
    return client.get(reverse("studio", args=[revision.animation_id])).content.decode()


def tick(client: Client, revision: Revision, *keys: str) -> Any:
    address = reverse("studio_checks", args=[revision.animation_id, revision.number])
    return client.post(address, {"done": list(keys)})


def test_it_says_in_words_what_was_recomputed_and_what_was_not(client: Client, revision: Revision) -> None:
    shown = unescape(page(client, revision))
    assert "Check before class" in shown
    assert "5 things to check. 2 were recomputed. 1 looks wrong." in shown
    assert "Recomputed: it should be 12." in shown and "Recomputed: right." in shown and "Not recomputed." in shown
    assert "lies over" in shown


def test_hostile_text_stays_text_and_nothing_is_styled_inline(client: Client, revision: Revision) -> None:
    shown = page(client, revision)
    assert "<math>" in shown and "It always turns. &lt;b&gt;" in shown
    card = shown[shown.index('aria-labelledby="check-title"') : shown.index("</check-list>")]
    assert re.search(r"\s(?:style|on\w+)=", card) is None and "<script" not in card


@pytest.mark.parametrize(
    "tex", [r"\href{javascript:alert(1)}{x}", r"\style{color:red}{x}", r"\color{red}{x}", "{" * 200]
)
def test_formulas_carry_no_attributes_and_no_links(tex: str) -> None:
    found = mathml(tex)
    assert found is None or ("=" not in found and "href" not in found)


def test_ticks_are_kept_for_each_person_and_revision(client: Client, revision: Revision, teacher: User) -> None:
    key = ITEMS[0].key
    assert tick(client, revision, key, "unknown").status_code == 302
    assert list(CheckTick.objects.values_list("key", "user")) == [(key, teacher.pk)]
    assert page(client, revision).count(" checked aria-describedby") == 1
    tick(client, revision)
    assert not CheckTick.objects.exists()


def test_others_can_tick_nothing(client: Client, revision: Revision) -> None:
    client.force_login(UserFactory.create())
    assert tick(client, revision, ITEMS[0].key).status_code == 404
    assert not CheckTick.objects.exists()


def test_programs_read_the_card(revision: Revision, teacher: User) -> None:
    api = APIClient()
    api.force_authenticate(teacher)
    found = api.get(f"/api/v1/animations/{revision.animation_id}/").json()["checks"]
    assert [item["verdict"] for item in found] == ["wrong", "right", "unknown", "unknown", "unknown"]
    assert found[0]["value"] == "12" and found[0]["key"] == ITEMS[0].key


def test_one_that_was_made_before_there_was_a_card_has_none(client: Client, revision: Revision) -> None:
    old = RevisionFactory.create(animation=revision.animation, source=SOURCE, storyboard={"title": "", "scenes": []})
    shown = client.get(reverse("studio", args=[revision.animation_id]), {"version": old.number}).content.decode()
    assert "Check before class" not in shown
