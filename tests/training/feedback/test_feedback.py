"""Feedback: kept only with consent, cleaned, capped, and gone when consent goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Membership, Organisation, User
from tests.factories import UserFactory
from training import services
from training.feedback import consent, pairs, poisoning
from training.feedback.recording import heard, withdraw
from training.models import FeedbackEvent
from training.tune import rows

pytestmark = pytest.mark.django_db
CODE = "from manim import *\nfrom theorama_kit import *\n\n\nclass A(Stage):\n    def construct(self):\n"
KINDS = ("Dot", "Circle", "Square", "Line", "Arrow", "Triangle", "Star", "Ellipse")
AGREED: set[Any] = set()


def agreed(user: User) -> str:
    """Stands for the records of consent."""
    return "2026-11" if user.pk in AGREED else ""


def any_organisation(organisation: Organisation) -> bool:
    return True


@pytest.fixture(autouse=True)
def records(settings: Any) -> None:
    AGREED.clear()
    settings.TRAINING_CONSENT_RECORD = f"{__name__}.agreed"


@pytest.fixture
def teacher() -> User:
    user = UserFactory(name="Ada Byron")
    AGREED.add(user.pk)
    return user


def code(*things: str, text: str = "hello") -> str:
    body = "".join(f"        self.play(FadeIn({thing}()))\n" for thing in things or ("Dot",))
    return f'{CODE}{body}        self.say("{text}")\n'


def tell(user: User, after: str, *, kind: str = "accepted", before: str = "", prompt: str = "a dot") -> Any:
    return heard(kind=kind, user=user, subject="1", prompt=prompt, before=before, after=after, model="manim")


def test_nothing_is_kept_of_who_did_not_agree_and_with_consent_it_is(teacher: User) -> None:
    assert tell(UserFactory(), code()) is None
    kept = tell(teacher, code())

    assert kept.consent_version == "2026-11"
    assert FeedbackEvent.objects.count() == 1


def test_without_records_of_consent_nothing_is_kept(teacher: User, settings: Any) -> None:
    settings.TRAINING_CONSENT_RECORD = ""
    assert tell(teacher, code()) is None


@pytest.mark.parametrize("kind", ["school", "district"])
def test_members_of_schools_give_nothing_whatever_is_set(teacher: User, settings: Any, kind: str) -> None:
    settings.TRAINING_ORGANISATION_CONSENT = f"{__name__}.any_organisation"
    Membership.objects.create(user=teacher, organisation=Organisation.objects.create(name="S", kind=kind))

    assert tell(teacher, code()) is None
    assert not consent.may_learn_from(teacher)


def test_nobody_and_those_who_left_give_nothing(teacher: User) -> None:
    assert consent.version_for(None) == ""
    teacher.is_active = False
    assert consent.version_for(teacher) == ""


def test_what_points_to_people_is_taken_out_before_it_is_kept(teacher: User) -> None:
    secret = "For Byron, write to ada@school.example or call +44 20 7946 0958"
    kept = tell(teacher, code(text=secret), before=code("Circle", text=secret), kind="edited", prompt=secret)

    for text in (kept.prompt, kept.before, kept.after):
        assert not any(word in text for word in ("Byron", "ada@", "7946"))
        assert "<e-mail>" in text


@pytest.mark.parametrize(
    "after",
    ["", "import os\nos.system('id')\n", CODE + "        open('/etc/passwd')\n", "x = (", "x = 1\n" * 20000],
    ids=["empty", "import", "file", "syntax", "long"],
)
def test_code_that_may_not_run_teaches_nothing(teacher: User, after: str) -> None:
    assert tell(teacher, after) is None


def test_a_flood_of_the_same_thing_ends_after_three_of_one_and_twelve_of_all(teacher: User) -> None:
    mine = [tell(teacher, code("Dot", text=f"number {number}")) for number in range(6)]
    assert sum(each is not None for each in mine) == poisoning.ALIKE_OF_ONE

    for number in range(8):
        other = UserFactory()
        AGREED.add(other.pk)
        for again in range(3):
            tell(other, code("Dot", text=f"{number} {again}"))
    assert FeedbackEvent.objects.count() == poisoning.ALIKE_OF_ALL
    assert tell(teacher, code("Circle")) is not None


def test_one_person_gives_at_most_so_much_a_day(teacher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poisoning, "PER_DAY", 4)
    kept = [tell(teacher, code(*KINDS[: number + 1])) for number in range(6)]

    assert sum(each is not None for each in kept) == 4


def test_likeness_is_of_structure_and_not_of_words() -> None:
    assert poisoning.likeness(code("Dot", text="a")) == poisoning.likeness(code("Dot", text="b"))
    assert poisoning.likeness(code("Dot")) != poisoning.likeness(code("Circle"))
    assert poisoning.likeness("x = (") == ""


def test_an_edit_becomes_a_preference_with_where_it_came_from(teacher: User, tmp_path: Path) -> None:
    tell(teacher, code("Circle"), before=code("Square"), kind="edited")
    tell(teacher, code("Star"))  # accepted: nothing to compare with

    assert pairs.write(tmp_path) == 1

    dataset = rows.open_dataset(tmp_path)
    (found,) = dataset.rows("train")
    question, chosen, rejected = rows.preference_of(found) or ([], "", "")
    assert "Circle" in chosen
    assert "Square" in rejected
    assert "a dot" in question[-1]["content"]
    assert (found["source"], found["source_version"], found["lane"]) == ("feedback", "2026-11", "commercial")
    assert str(teacher.pk) not in json.dumps(found)


def test_who_withdraws_is_in_no_later_dataset(teacher: User, tmp_path: Path) -> None:
    tell(teacher, code("Circle"), before=code("Square"), kind="edited")
    assert len(list(pairs.pairs())) == 1
    assert len(list(services.given_feedback())) == 1

    AGREED.clear()
    assert list(pairs.pairs()) == []
    assert list(services.given_feedback()) == []
    assert withdraw(teacher) == 1
    assert not FeedbackEvent.objects.exists()


def test_a_teacher_who_joins_a_school_takes_her_rows_out_of_the_next_dataset(teacher: User) -> None:
    tell(teacher, code("Circle"), before=code("Square"), kind="edited")
    Membership.objects.create(user=teacher, organisation=Organisation.objects.create(name="S", kind="school"))

    assert list(pairs.pairs()) == []
    assert list(services.given_feedback()) == []


def test_no_person_fills_the_preferences(teacher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST_OF_A_USER", 2)
    for number in range(4):
        tell(teacher, code(*KINDS[: number + 1]), before=code(*KINDS[number + 2 :]), kind="edited")

    assert len(list(pairs.pairs())) == 2
