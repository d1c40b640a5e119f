"""The audit trail is a chain: whatever somebody does to it in the database, `audit verify` names."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from core import audit
from core.models import AuditChain, AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def write(user, *verbs, data=None):
    entries = [audit.record(verb, actor=user, target=user, data=data) for verb in verbs]
    audit.seal()
    return entries


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def findings():
    return [(breach.place, breach.what) for breach in audit.verify()]


def places():
    return [place for place, _what in findings()]


def test_a_chain_that_nobody_touched_is_whole(user):
    write(user, "a.one", "a.two", "a.three", data={"share": 0.5, "big": 1e22, "whole": 3.0, "name": "Zoë"})
    assert findings() == []
    assert list(AuditEntry.objects.order_by("place").values_list("place", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'a.lie'",
        "target_id = 'somebody else'",
        "actor_key = 'somebody else'",
        "created = '2020-01-01 00:00:00+00:00'",
        'data = \'{"role": "owner"}\'',
        "digest = 'abc'",
        "seal = 'abc'",
    ],
)
def test_a_changed_entry_is_found(user, change):
    _one, two, _three = write(user, "a.one", "a.two", "a.three")
    sql(f"UPDATE core_auditentry SET {change} WHERE id = %s", two.pk)
    assert 2 in places()


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_removed_entry_is_found_the_first_and_the_last_included(user, which):
    entries = write(user, "a.one", "a.two", "a.three")
    sql("DELETE FROM core_auditentry WHERE id = %s", entries[which].pk)
    assert findings() == [(which + 1, "an entry was removed")]


def test_a_last_entry_removed_with_the_chains_end_set_back_is_found(user):
    one, two = write(user, "a.one", "a.two")
    one.refresh_from_db()
    sql("DELETE FROM core_auditentry WHERE id = %s", two.pk)
    sql("UPDATE core_auditchain SET last_place = 1, last_seal = %s", one.seal)
    assert findings() == [(None, "the record of the chain's ends was changed")]


def test_an_entry_put_in_is_found_with_and_without_a_place(user):
    one, two = write(user, "a.one", "a.two")
    columns = "actor_id, actor_key, verb, target_type, target_id, data, created, digest, seal"
    copy = (
        f"INSERT INTO core_auditentry ({columns}, place) SELECT actor_id, actor_key, 'a.lie', target_type, target_id, "
    )
    copy += "data, created, digest, seal, {} FROM core_auditentry WHERE id = %s"
    sql(copy.format("NULL"), one.pk)
    assert [what for place, what in findings() if place is None and "put in" in what]
    assert audit.seal() == 0
    sql(copy.format("3"), two.pk)
    assert 3 in places()


def test_two_entries_that_changed_places_are_found(user):
    one, two = write(user, "a.one", "a.two")
    sql("UPDATE core_auditentry SET place = 9 WHERE id = %s", one.pk)
    sql("UPDATE core_auditentry SET place = 1 WHERE id = %s", two.pk)
    sql("UPDATE core_auditentry SET place = 2 WHERE id = %s", one.pk)
    assert {1, 2} <= set(places())


def test_a_chain_written_anew_without_the_key_is_found(user, settings):
    (entry,) = write(user, "a.one")
    settings.SECRET_KEY = settings.AUDIT_KEY = "the key of a thief"
    digest = audit._sign("the key of a thief", audit._content(AuditEntry(**{**vars_of(entry), "verb": "a.lie"})))
    seal = audit._sign("the key of a thief", audit._place("", 1, digest))
    sql("UPDATE core_auditentry SET verb = 'a.lie', digest = %s, seal = %s", digest, seal)
    assert findings() == [(None, "the record of the chain's ends was changed")]
    settings.SECRET_KEY, settings.AUDIT_KEY = "our own key", ""
    assert len(findings()) == 3


def vars_of(entry):
    return {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}


def test_entries_outlive_a_change_of_the_secret_key(user, settings):
    write(user, "a.one")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    write(user, "a.two")
    assert findings() == []


def test_the_end_of_an_account_leaves_the_chain_whole_and_says_no_more_who_it_was(user):
    write(user, "a.one", "a.two")
    key = user.pk
    user.delete()
    entry = AuditEntry.objects.latest("place")
    assert entry.actor_id is None
    assert entry.actor_key == audit.actor_key(key)
    assert str(key) not in entry.actor_key
    assert findings() == []


def test_entries_whose_time_is_over_go_from_the_old_end_and_the_rest_stays_whole(user):
    now = timezone.now()
    for days in (900, 800, 10):
        entry = AuditEntry(
            actor_key="x", verb="a.deed", target_type="t", target_id="1", created=now - timedelta(days=days)
        )
        entry.digest = audit._sign(audit._keys()[0], audit._content(entry))
        entry.save()
    audit.seal()
    assert audit.prune(now - timedelta(days=365)) == 2
    assert findings() == []
    assert list(AuditEntry.objects.order_by("place").values_list("verb", flat=True)) == ["a.deed", "audit.pruned"]
    sql("UPDATE core_auditchain SET first_place = 3")
    assert findings()


def test_what_a_rolled_back_deed_wrote_leaves_no_gap(user):
    write(user, "a.one")
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record("a.undone", actor=user, target=user)
        raise RuntimeError
    write(user, "a.two")
    assert findings() == []


def test_the_command_says_what_is_wrong_and_fails(user):
    (entry,) = write(user, "a.one")
    out = StringIO()
    call_command("audit", "head", stdout=out)
    call_command("audit", "verify", expect=out.getvalue().strip(), stdout=StringIO())
    with pytest.raises(CommandError, match="1 findings"):
        call_command("audit", "verify", expect="1:abc", stderr=StringIO())
    sql("UPDATE core_auditentry SET verb = 'a.lie' WHERE id = %s", entry.pk)
    errors = StringIO()
    with pytest.raises(CommandError, match="1 findings"):
        call_command("audit", "verify", stderr=errors)
    assert "place 1: what the entry says was changed" in errors.getvalue()


def test_entries_from_before_the_chain_are_sealed_by_the_migration(user):
    entries = write(user, "a.one", "a.two", data={"share": 2.0})
    sql("UPDATE core_auditentry SET actor_key = '', digest = '', seal = '', place = NULL")
    AuditChain.objects.all().delete()
    import_module("core.migrations.0002_audit_chain").seal_existing(apps, None)
    assert findings() == []
    assert [AuditEntry.objects.get(pk=entry.pk).place for entry in entries] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain():
    people = [UserFactory() for _number in range(4)]

    def write_ten(user):
        try:
            for _number in range(10):
                with transaction.atomic():
                    audit.record("a.deed", actor=user, target=user)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write_ten, people))
    assert AuditEntry.objects.filter(place=None).count() == 0
    assert list(AuditEntry.objects.order_by("place").values_list("place", flat=True)) == list(range(1, 41))
    assert findings() == []
