"""Delete my account: days of grace in which its owner may keep it, then everything goes, step by step.

A step is one function of ACCOUNT_PURGES. Steps done are noted, each may be called again, and the account's row goes
last: a purge that was killed goes on where it was.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.views import redirect_to_login
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts import exporting, organisations
from accounts.models import AccountDeletion, ApiKey, DataExport, Membership, User
from core import audit
from core.after_commit import after_commit
from core.errors import DomainError

GRACE_DAYS = 14
LEASE = timedelta(minutes=10)
SESSION_KEY = "leaving"  # of sessions that began while the account was to end
# What such a session may still open: to keep the account, to take the data out, to log out.
OPEN_PAGES = {
    "account_delete", "account_keep", "account_data", "account_data_file", "account_logout", "account_reauthenticate",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip

logger = logging.getLogger(__name__)


# --- Asking and taking back ----------------------------------------------------------------------
@transaction.atomic
def ask(*, user: User, heir: User | None = None) -> AccountDeletion:
    """Let the account end in `GRACE_DAYS`. It is signed out everywhere and its keys are revoked, both for good.

    `heir` takes over what she made. Raises DomainError "not_a_colleague", "last_admin" where an organisation with
    other people would be without one. A second call changes nothing but the heir.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if heir is not None and not colleagues(user).filter(pk=heir.pk).exists():
        raise DomainError("not_a_colleague", _("Only a colleague can take over what you made."))
    organisations.require_replaceable(user)
    deletion, is_new = AccountDeletion.objects.get_or_create(
        user=user, defaults={"due": timezone.now() + timedelta(days=GRACE_DAYS), "heir": heir}
    )
    if not is_new:
        AccountDeletion.objects.filter(pk=deletion.pk, started=None).update(heir=heir)
        return deletion
    ApiKey.objects.filter(owner=user, revoked=None).update(revoked=timezone.now())
    for session in UserSession.objects.filter(user=user):
        session.end()
    data = {"due": deletion.due.isoformat(), "heir": str(heir.pk) if heir else None}
    audit.record("account.deletion_asked", actor=user, target=user, data=data)
    after_commit(_tell, user.email, deletion)
    return deletion


@transaction.atomic
def keep(*, user: User) -> None:
    """Take the end of the account back. Raises DomainError "too_late" once it has begun."""
    deletion = AccountDeletion.objects.select_for_update().filter(user=user).first()
    if deletion is None:
        return
    if deletion.started is not None:
        raise DomainError("too_late", _("The account is being removed already."), status=409)
    deletion.delete()
    audit.record("account.kept", actor=user, target=user)


def colleagues(user: User) -> QuerySet[User]:
    """People to whom `user` may hand over what she made, by name."""
    known = Q(pk__in=[])
    for path in settings.COLLEAGUES:
        known |= import_string(path)(user)
    return User.objects.filter(known, is_active=True, deletion=None).exclude(pk=user.pk).order_by("name", "email")


def same_organisation(user: User) -> Q:
    """Return the condition on people of her organisations."""
    own = Membership.objects.filter(user=user).values("organisation")
    return Q(pk__in=Membership.objects.filter(organisation__in=own).values("user"))


def _tell(email: str, deletion: AccountDeletion) -> None:
    text = _(
        "Your account and what you made will be removed on %(day)s. You are logged out everywhere. "
        "To keep the account, log in before that day."
    )
    subject = f"[{settings.PRODUCT_NAME}] {_('Your account will end')}"
    send_mail(subject, text % {"day": date_format(deletion.due)}, settings.DEFAULT_FROM_EMAIL, [email])


# --- Signing in meanwhile ------------------------------------------------------------------------
def mark_session(*, request: HttpRequest, user: Any, **signal: Any) -> None:
    """Note in a new session that its account is to end. Receives `user_logged_in`."""
    if AccountDeletion.objects.filter(user=user.pk).exists():
        request.session[SESSION_KEY] = True


def gate(request: HttpRequest) -> HttpResponse | None:
    """Show a session of an account that is to end nothing but the ways to keep it, to take its data out or to go."""
    if not request.session.get(SESSION_KEY):
        return None
    match = request.resolver_match
    if match is not None and match.url_name in OPEN_PAGES:
        return None
    return redirect("account_delete") if request.user.is_authenticated else redirect_to_login(reverse("account_delete"))


# --- Purging -------------------------------------------------------------------------------------
def purge_due() -> int:
    """Remove the accounts whose grace is over, and go on with those that a killed worker left; return how many."""
    count = 0
    while (deletion := _claim()) is not None:
        count += 1
        run(deletion)
    return count


def _claim() -> AccountDeletion | None:
    now = timezone.now()
    ready = Q(due__lte=now) & (Q(lease_until=None) | Q(lease_until__lt=now))
    for deletion in AccountDeletion.objects.filter(ready).order_by("due")[:10]:
        mine = AccountDeletion.objects.filter(ready, pk=deletion.pk, attempt=deletion.attempt)
        if mine.update(attempt=F("attempt") + 1, lease_until=now + LEASE, started=deletion.started or now):
            return AccountDeletion.objects.select_related("user", "heir").get(pk=deletion.pk)
    return None


def run(deletion: AccountDeletion) -> None:
    """Do the steps that are not done yet, then remove the account itself. A step that fails is tried again later."""
    user, heir = deletion.user, deletion.heir if deletion.heir and deletion.heir.is_active else None
    User.objects.filter(pk=user.pk).update(is_active=False)  # nothing new comes in meanwhile
    for path in settings.ACCOUNT_PURGES:
        if path in deletion.done:
            continue
        try:
            import_string(path)(user, heir)
        except Exception:
            # The lease keeps it from being tried again at once. What was done is looked at anew: something came in.
            logger.exception("Account %s: %s failed; it is tried again.", user.pk, path)
            AccountDeletion.objects.filter(pk=deletion.pk).update(done=[])
            return
        deletion.done.append(path)
        AccountDeletion.objects.filter(pk=deletion.pk).update(done=deletion.done, lease_until=timezone.now() + LEASE)
    with transaction.atomic():
        audit.record("account.purged", actor=None, target=user, data={"attempt": deletion.attempt})
        user.delete()


def purge(user: User, heir: User | None) -> None:
    """Remove archives of her data, their files, her sessions, and her address from the administration's log."""
    exporting.remove(DataExport.objects.filter(user=user))
    for session in UserSession.objects.filter(user=user):
        session.end()
    about_her = LogEntry.objects.filter(object_id=str(user.pk), content_type__model="user")
    about_her.update(object_repr="")
