"""How long accounts keep what nobody needs any more."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts import exporting
from accounts.models import ApiKey, DataExport, User
from core.retention import Rule, in_batches


def _sessions(before: datetime) -> int:
    removed = in_batches(Session.objects.filter(expire_date__lt=before))
    live = Session.objects.filter(session_key=OuterRef("session_key"))
    return removed + in_batches(UserSession.objects.filter(~Exists(live), created_at__lt=before))


def _archives(before: datetime) -> int:
    return exporting.remove(DataExport.objects.filter(expires__lt=timezone.now()))


def _archive_rows(before: datetime) -> int:
    return in_batches(DataExport.objects.filter(state__in=["gone", "failed"], updated__lt=before))


def _keys(before: datetime) -> int:
    revoked = in_batches(ApiKey.objects.filter(revoked__lt=before))
    return revoked + in_batches(ApiKey.objects.filter(expires__lt=before))


def _never_confirmed(before: datetime) -> int:
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    asked = EmailAddress.objects.filter(user=OuterRef("pk"))
    never = User.objects.filter(
        Exists(asked), ~Exists(confirmed), created__lt=before, last_login=None, is_staff=False, memberships=None
    )
    return in_batches(never)


def _admin_log(before: datetime) -> int:
    return in_batches(LogEntry.objects.filter(action_time__lt=before))


RULES = [
    Rule("sessions", "sessions that ended, with address and browser", 0, "nobody can use them", _sessions),
    Rule("data_archives", "archives that people had made of their data (7 days from when they were ready)", 0,
         "long enough to download; they hold everything", _archives),
    Rule("data_archive_rows", "that an archive was made, and when", 365, "to answer who asked for what", _archive_rows),
    Rule("api_keys", "keys revoked or run out: name, first letters, last use", 365, "to find out what one did", _keys),
    Rule("never_confirmed", "accounts whose address was never confirmed", 30, "somebody else may have typed it",
         _never_confirmed),
    Rule("admin_log", "the administration's own log of changes", 730, "to find out what staff changed", _admin_log),
]  # fmt: skip
