"""Every change to accounts of our own making; sign-up, login and factors belong to allauth."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiKey, User
from accounts.permissions import can_end, can_revoke
from core import audit
from core.errors import DomainError

KEY_MARK = "thk"
PREFIX_BYTES = 6
SECRET_BYTES = 32
KEY_SHAPE = re.compile(rf"(?P<prefix>{KEY_MARK}_[0-9a-f]{{{2 * PREFIX_BYTES}}})_[A-Za-z0-9_-]+")
MOST_LIVE_KEYS = 20
LONGEST_NAME = 120
LAST_USED_RESOLUTION = timedelta(minutes=1)  # a busy program must not write a row on every call


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made. `secret` is the whole key; it exists nowhere else and is shown once."""

    key: ApiKey
    secret: str


@transaction.atomic
def rename(*, user: User, name: str) -> User:
    """Give the user another name; an empty one is none. Raises DomainError "name" for one that is too long."""
    name = " ".join(name.replace("\0", " ").split())
    if len(name) > LONGEST_NAME:
        raise DomainError("name", _("Use at most %(longest)d characters for your name.") % {"longest": LONGEST_NAME})
    user.name = name
    user.save(update_fields=["name", "updated"])
    audit.record("user.renamed", actor=user, target=user)
    return user


@transaction.atomic
def create_api_key(*, owner: User, name: str, expires: datetime | None = None) -> NewKey:
    """Make a key. Raises DomainError "name", "expires" or "too_many_keys"."""
    name = " ".join(name.replace("\0", " ").split())
    if not name or len(name) > 80:
        raise DomainError("name", _("Give the key a name of 1 to 80 characters, so that you know it again."))
    if expires is not None and expires <= timezone.now():
        raise DomainError("expires", _("The key would already have expired."), hint=_("Choose a later day."))
    User.objects.select_for_update().get(pk=owner.pk)
    live = ApiKey.objects.filter(owner=owner, revoked__isnull=True)
    if live.filter(_unexpired(timezone.now())).count() >= MOST_LIVE_KEYS:
        raise DomainError(
            "too_many_keys",
            _("You have %(most)d keys in use, which is the most one account can have.") % {"most": MOST_LIVE_KEYS},
            status=409,
            hint=_("Revoke one you no longer need."),
        )
    prefix = f"{KEY_MARK}_{secrets.token_hex(PREFIX_BYTES)}"
    secret = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    key = ApiKey.objects.create(owner=owner, name=name, prefix=prefix, sha256=digest(secret), expires=expires)
    audit.record("api_key.created", actor=owner, target=key)
    return NewKey(key=key, secret=secret)


@transaction.atomic
def revoke_api_key(*, by: User, key: ApiKey) -> ApiKey:
    """Make a key useless at once. A second call changes nothing. Raises DomainError "not_found"."""
    if not can_revoke(by, key):
        raise DomainError("not_found", _("There is no such key."), status=404)
    if key.revoked is None:
        key.revoked = timezone.now()
        key.save(update_fields=["revoked", "updated"])
        audit.record("api_key.revoked", actor=by, target=key)
    return key


@transaction.atomic
def end_session(*, by: User, session: UserSession) -> None:
    """Sign a browser out at once, the one in use included. Raises DomainError "not_found"."""
    if not can_end(by, session):
        raise DomainError("not_found", _("There is no such session."), status=404)
    audit.record("session.ended", actor=by, target=session)
    session.end()


def find_live_key(secret: str) -> ApiKey | None:
    """Return the key that `secret` opens, with its owner, or None; notes when it was used."""
    shape = KEY_SHAPE.fullmatch(secret)
    if shape is None:
        return None
    key = ApiKey.objects.select_related("owner").filter(prefix=shape["prefix"]).first()
    now = timezone.now()
    if key is None or not secrets.compare_digest(key.sha256, digest(secret)):
        return None
    if not key.is_live(now) or not key.owner.is_active:
        return None
    if key.last_used is None or now - key.last_used >= LAST_USED_RESOLUTION:
        ApiKey.objects.filter(pk=key.pk).update(last_used=now)
        key.last_used = now
    return key


def digest(secret: str) -> str:
    """The digest a key is kept as. A fast hash is enough: the secret has 256 bits of chance."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _unexpired(now: datetime) -> Q:
    return Q(expires__isnull=True) | Q(expires__gt=now)
