"""What people agree to is written down and never changed; nothing is on before they say yes."""

from dataclasses import replace

import pytest

from accounts import consents
from accounts.models import Consent
from core.errors import DomainError
from core.models import AppendOnlyError, AuditEntry
from tests.factories import MembershipFactory, UserFactory
from training.feedback.consent import may_learn_from
from training.models import FeedbackEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return UserFactory()


def test_nothing_is_given_before_it_is(teacher):
    assert not any(consents.is_given(teacher, kind) for kind in consents.TEXTS)


def test_the_newest_answer_holds_and_every_one_stays(client, teacher):
    client.force_login(teacher)
    for given in ("yes", "no", "yes"):
        client.post("/account/consents/", {"kind": "training", "given": given})
        assert consents.is_given(teacher, "training") is (given == "yes")
    assert list(Consent.objects.order_by("created").values_list("given", flat=True)) == [True, False, True]
    assert AuditEntry.objects.filter(verb="consent.withdrawn").count() == 1
    with pytest.raises(AppendOnlyError):
        Consent.objects.update(given=False)


def test_a_yes_to_an_older_text_no_longer_counts(client, teacher, monkeypatch):
    consents.answer(user=teacher, kind="training", given=True)
    newer = replace(consents.TEXTS["training"], version="2027-01")
    monkeypatch.setattr(consents, "TEXTS", {"training": newer})
    assert not consents.is_given(teacher, "training")
    client.force_login(teacher)
    assert "your yes no longer counts" in client.get("/account/consents/").content.decode()


def test_training_stays_off_for_people_of_a_school(client, teacher):
    consents.answer(user=teacher, kind="training", given=True)
    MembershipFactory(user=teacher)
    assert not consents.is_given(teacher, "training")
    client.force_login(teacher)
    answer = client.post("/account/consents/", {"kind": "training", "given": "yes"})
    assert answer.status_code == 409
    assert "this stays off" in client.get("/account/consents/").content.decode()
    consents.answer(user=teacher, kind="news", given=True)
    assert consents.is_given(teacher, "news")


def test_a_question_that_nobody_asks_cannot_be_answered(client, teacher):
    client.force_login(teacher)
    assert client.post("/account/consents/", {"kind": "everything", "given": "yes"}).status_code == 404
    with pytest.raises(DomainError):
        consents.answer(user=teacher, kind="everything", given=True)


def test_what_was_given_for_training_goes_when_it_is_taken_back(teacher):
    consents.answer(user=teacher, kind="training", given=True)
    assert may_learn_from(teacher)
    FeedbackEvent.objects.create(user=teacher, kind=FeedbackEvent.Kind.values[0], consent_version="2026-11")
    consents.answer(user=teacher, kind="training", given=False)
    assert not may_learn_from(teacher)
    assert not FeedbackEvent.objects.exists()
