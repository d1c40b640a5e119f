"""Sharing with people, schools and by link, and handing a project over. Every change is its owner's, and audited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import Organisation, User
from core import audit, links
from core.after_commit import after_commit
from core.errors import DomainError
from projects.activity import tell
from projects.models import Animation, Project
from projects.permissions import not_allowed, not_found, require_own
from projects.share_models import RIGHTS, Level, LinkHolder, PersonShare, Right, SchoolShare, ShareLink

Target = Project | Animation
MOST = 200  # people, schools and links of one project or animation, each
LINK_DAYS = (7, 30, 180, 365)
SALT = "projects.share_link"


def of_target(target: Target) -> dict[str, Any]:
    """Return the field that names the target of a share, with it."""
    return {"project": target} if isinstance(target, Project) else {"animation": target}


# --- People --------------------------------------------------------------------------------------
@transaction.atomic
def share_with_person(*, by: User, target: Target, email: str, level: str) -> PersonShare:
    """Give the person with this address a level, or another one than before; she is told by mail the first time.

    The same happens whether or not an account has the address: one that confirms it later finds the share then.
    Raises DomainError "not_found", "not_allowed" or "invalid".
    """
    _locked(by, target)
    _require_level(level)
    email = email.strip().lower()
    if email == by.email:
        raise DomainError("invalid", _("This is your own address."), hint=_("Everything here is yours already."))
    if PersonShare.objects.filter(**of_target(target)).exclude(email=email).count() >= MOST:
        raise _too_many()
    confirmed = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    share, is_new = PersonShare.objects.update_or_create(**of_target(target), email=email, defaults={"level": level})
    _grant(share, confirmed.user if confirmed else None)
    audit.record("share.person", actor=by, target=target, data={"level": level, "share": str(share.pk)})
    tell(target, "shared", actor=by)
    if is_new:
        after_commit(_mail_share, by.display_name, target.title, email, reverse("shared_list"))
    return share


@transaction.atomic
def end_person_share(*, by: User, share: PersonShare) -> None:
    """Take a share away, or leave it oneself. Raises DomainError "not_found" or "not_allowed"."""
    if share.user_id != by.pk:
        _locked(by, share.target)
    _grant(share, None)
    share.delete()
    audit.record("share.person_ended", actor=by, target=share.target)
    tell(share.target, "unshared", actor=by)


@transaction.atomic
def find_shares(user: User, email: str) -> int:
    """Give a user who has confirmed an address what was shared with it; return how much that is."""
    waiting = PersonShare.objects.select_for_update(of=("self",)).filter(email=email.lower(), user=None)
    found = list(waiting.select_related("project", "animation"))
    for share in found:
        _grant(share, user)
    return len(found)


def find_all_shares(user: User) -> int:
    """Give a user what was shared with any of her confirmed addresses."""
    addresses = EmailAddress.objects.filter(user=user.pk, verified=True).values("email")
    waiting = PersonShare.objects.filter(email__in=addresses, user=None).order_by().values_list("email", flat=True)
    return sum(find_shares(user, email) for email in set(waiting))


def note_opened(user: Any, target: Target) -> None:
    """Keep that a person has looked at what was shared with her: from then on others may mention her."""
    PersonShare.objects.filter(user=user.pk, opened=None, **of_target(target)).update(opened=timezone.now())


def _grant(share: PersonShare, user: User | None) -> None:
    """Make the rows of rights say what the share says: all of its level for `user`, none for anybody before."""
    kind = "project" if share.project_id else "animation"
    for right in Right:
        if share.user is not None:
            remove_perm(f"projects.{right}_{kind}", share.user, share.target)
        if user is not None and right in RIGHTS[share.level]:
            assign_perm(f"projects.{right}_{kind}", user, share.target)
    share.user = user
    share.save(update_fields=["user", "updated"])


def _mail_share(sharer: str, title: str, email: str, path: str) -> None:
    words = _("%(who)s shares “%(title)s” with you.") % {"who": sharer, "title": title}
    way = _("Log in, or sign up with this address, and open: %(address)s") % {"address": f"{settings.SITE_URL}{path}"}
    send_mail(words.replace("\n", " ")[:200], f"{words}\n\n{way}\n", None, [email])


# --- Schools -------------------------------------------------------------------------------------
@transaction.atomic
def share_with_school(*, by: User, target: Target, organisation: Organisation, level: str) -> SchoolShare:
    """Give everybody in one of the owner's own schools a level. Raises DomainError like `share_with_person`."""
    _locked(by, target)
    _require_level(level)
    if not schools_of(by).filter(pk=organisation.pk).exists():
        raise DomainError("invalid", _("You can share with a school that you are in."))
    share, _new = SchoolShare.objects.update_or_create(
        **of_target(target), organisation=organisation, defaults={"level": level}
    )
    audit.record("share.school", actor=by, target=target, data={"level": level, "organisation": str(organisation.pk)})
    tell(target, "shared", actor=by)
    return share


@transaction.atomic
def end_school_share(*, by: User, share: SchoolShare) -> None:
    """Take a share with a school away. Raises DomainError "not_found" or "not_allowed"."""
    _locked(by, share.target)
    share.delete()
    audit.record("share.school_ended", actor=by, target=share.target)
    tell(share.target, "unshared", actor=by)


def schools_of(user: User) -> QuerySet[Organisation]:
    """Return the organisations that a user is in."""
    return Organisation.objects.filter(memberships__user=user).order_by("name")


# --- Links ---------------------------------------------------------------------------------------
@transaction.atomic
def make_link(
    *, by: User, target: Target, level: str, days: int, variants: bool = True, listed: bool = False
) -> ShareLink:
    """Make an address that gives a level to whoever has it. Raises DomainError like `share_with_person`."""
    _locked(by, target)
    _require_level(level)
    if days not in LINK_DAYS:
        raise DomainError("invalid", _("A link lasts 7, 30, 180 or 365 days."))
    open_now = ShareLink.objects.filter(revoked=None, expires__gt=timezone.now(), **of_target(target))
    if open_now.count() >= MOST:
        raise _too_many()
    expires = timezone.now() + timedelta(days=days)
    link = ShareLink.objects.create(**of_target(target), level=level, expires=expires, variants=variants, listed=listed)
    audit.record("share.link_made", actor=by, target=target, data={"level": level, "link": str(link.pk)})
    tell(target, "link_made", actor=by)
    return link


@transaction.atomic
def revoke_link(*, by: User, link: ShareLink) -> None:
    """End a link, and the rights of all who keep it, at once. Raises DomainError "not_found" or "not_allowed"."""
    _locked(by, link.target)
    stop_link(by=by, link=link)


def stop_link(*, by: User, link: ShareLink) -> None:
    """End a link. Whoever calls has checked the right: its owner, or staff after a report."""
    ShareLink.objects.filter(pk=link.pk, revoked=None).update(revoked=timezone.now())
    audit.record("share.link_revoked", actor=by, target=link.target, data={"link": str(link.pk)})
    tell(link.target, "link_revoked", actor=by)


def token_of(link: ShareLink) -> str:
    """Return what stands in the link's address."""
    return links.token_of(link, SALT)


def open_link(token: str) -> ShareLink:
    """Return the link of an address. Raises DomainError "not_found" where it was never made, is revoked or too old."""
    key = links.key_of(token, SALT)
    if key is None:
        raise not_found()
    found = ShareLink.objects.select_related("project__owner", "animation__project__owner")
    link = found.filter(pk=key).first()
    if link is None or not link.is_open:
        raise not_found()
    return link


def keep_link(*, user: User, link: ShareLink) -> None:
    """Put what a link gives among what is shared with `user`; her own stays her own."""
    LinkHolder.objects.get_or_create(link=link, user=user)


def behind(link: ShareLink) -> QuerySet[Animation]:
    """Return the animations that a link shows."""
    here = Q(project=link.project_id) if link.project_id else Q(pk=link.animation_id)
    return Animation.objects.filter(here, current_revision__isnull=False).select_related(
        "project__owner", "current_revision"
    )


# --- Handing over --------------------------------------------------------------------------------
@transaction.atomic
def hand_over(*, by: User, project: Project, share: PersonShare) -> None:
    """Make an editor of a project its owner; who owned it becomes an editor.

    Raises DomainError "not_found", "not_allowed", "invalid" where the share is no editor's with an account.
    """
    _locked(by, project)
    heir = share.user
    if share.project_id != project.pk or share.level != Level.EDIT or heir is None or not heir.is_active:
        raise DomainError("invalid", _("Only somebody who can edit the project can take it over."))
    _grant(share, None)
    share.delete()
    project.owner = heir
    project.save(update_fields=["owner", "updated"])
    kept, _new = PersonShare.objects.update_or_create(
        project=project, email=by.email, defaults={"level": Level.EDIT, "opened": timezone.now()}
    )
    _grant(kept, by)
    audit.record("project.handed_over", actor=by, target=project, data={"to": str(heir.pk)})
    tell(project, "handed_over", actor=by)


# --- Rules ---------------------------------------------------------------------------------------
def _locked(by: User, target: Target) -> None:
    """Hold the project, so that two changes take turns, and let only its owner pass."""
    project = target.project if isinstance(target, Animation) else target
    fresh = Project.objects.select_for_update(no_key=True).filter(pk=project.pk).first()
    if fresh is None:
        raise not_found()
    require_own(by, target)
    if fresh.owner_id != by.pk:
        raise not_allowed()  # handed over a moment ago


def _require_level(level: str) -> None:
    if level not in RIGHTS:
        raise DomainError("invalid", _("Choose what the others may do."))


def _too_many() -> DomainError:
    return DomainError(
        "invalid",
        _("This is shared in %(most)d ways already.") % {"most": MOST},
        hint=_("End one that is not needed, or share it with your school."),
    )
