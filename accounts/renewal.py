"""What time does to verifications: reminders, the end after a year, and pictures that are deleted."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import pairwise
from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import letters
from accounts.models import Reason, User, VerificationDocument, VerificationRequest
from accounts.verification import State, move
from core import audit

REMIND_DAYS = (30, 7)  # before the end, the farthest first
BATCH = 200

logger = logging.getLogger(__name__)


def tend(now: datetime | None = None) -> None:
    """Do all that is due. Safe to call as often as one likes, from several workers at once."""
    now = now or timezone.now()
    end_what_ran_out(now)
    remind(now)
    delete_documents(now)


def end_what_ran_out(now: datetime) -> int:
    """Close verifications whose year is over, and tell their owners. Return how many."""
    due = VerificationRequest.objects.filter(state=State.APPROVED, expires__lte=now).values_list("pk", "user")
    ended = 0
    for pk, user in due[:BATCH]:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user)
            held = VerificationRequest.objects.filter(pk=pk, state=State.APPROVED, expires__lte=now).first()
            if held is None:
                continue
            held.ended = held.expires
            move(held, State.EXPIRED, by=None, reason=Reason.RAN_OUT, save=["ended"])
            letters.send_later(
                held.user.email,
                _("Your verification as an educator has ended"),
                [
                    _("A year has passed. All your work is as it was; only the educator's price ends."),
                    _("Verify again here: %(page)s") % {"page": letters.address_of("verify")},
                ],
            )
            ended += 1
    return ended


def remind(now: datetime) -> int:
    """Write to those whose verification ends within 30 and within 7 days, once each. Return how many letters left."""
    sent, limits = 0, [*REMIND_DAYS, 0]
    for days, next_days in pairwise(limits):
        due = VerificationRequest.objects.filter(
            state=State.APPROVED, expires__gt=now + timedelta(days=next_days), expires__lte=now + timedelta(days=days)
        )
        for held in due.exclude(reminded__lte=days).select_related("user")[:BATCH]:
            sent += _remind(held, days)
    return sent


def delete_documents(now: datetime) -> int:
    """Delete the pictures of requests decided more than VERIFICATION_DOCUMENT_DAYS ago. Return how many.

    A request that was abandoned while a better document was asked for is decided too: by that question.
    """
    before = now - timedelta(days=settings.VERIFICATION_DOCUMENT_DAYS)
    due = VerificationDocument.objects.filter(deleted=None, request__decided__lte=before)
    deleted = 0
    for document in due.exclude(request__state=State.PENDING).select_related("request")[:BATCH]:
        with transaction.atomic():
            gone = VerificationDocument.objects.filter(pk=document.pk, deleted=None).update(sealed=None, deleted=now)
            if gone:
                audit.record("verification.document_deleted", actor=None, target=document.request)
            deleted += gone
    return deleted


def _remind(held: VerificationRequest, days: int) -> int:
    """Claim the reminder, then send it; a letter that the mail server refuses is tried again at the next call."""
    unsent = VerificationRequest.objects.filter(pk=held.pk, state=State.APPROVED).exclude(reminded__lte=days)
    if not held.expires or not unsent.update(reminded=days):
        return 0
    try:
        letters.send(
            held.user.email,
            _("Your verification as an educator ends soon"),
            [
                _("It is good until %(day)s.") % {"day": date_format(held.expires)},
                _("Renew it here; it takes a minute: %(page)s") % {"page": letters.address_of("verify")},
            ],
        )
    except (OSError, SMTPException) as error:
        logger.warning("A reminder could not be sent: %s", error)
        VerificationRequest.objects.filter(pk=held.pk, reminded=days).update(reminded=held.reminded)
        return 0
    return 1
