"""The audit trail is written once."""

import pytest

from core import audit
from core.models import AppendOnlyError, AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    user = UserFactory()
    return audit.record("user.looked", actor=user, target=user, data={"where": "here"})


def test_an_entry_says_who_did_what_to_which_object(entry):
    entry.refresh_from_db()
    assert entry.verb == "user.looked"
    assert entry.target_type == "accounts.user"
    assert entry.target_id == str(entry.actor.pk)
    assert entry.data == {"where": "here"}


def test_an_entry_cannot_be_changed(entry):
    entry.verb = "user.lied"
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.update(verb="user.lied")
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.bulk_update([entry], ["verb"])
    entry.refresh_from_db()
    assert entry.verb == "user.looked"


def test_an_entry_cannot_be_deleted(entry):
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1


def test_an_entry_outlives_its_actor(entry):
    entry.actor.delete()
    entry.refresh_from_db()
    assert entry.actor is None
