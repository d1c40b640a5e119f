"""The ways into a classroom: a code to type, an invitation by address, and a link under which anybody may watch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.models import User
from core import audit, links
from core.errors import DomainError
from lessons.classrooms import let_in, locked
from lessons.models import ClassLink, Classroom, Invitation, JoinCode, Lesson, Role
from lessons.permissions import TEACHERS, not_found, require_role

CODE_DAYS, LINK_DAYS, INVITATION_DAYS = 7, 180, 30
MOST_USES = 100
MOST_OPEN = 50  # codes, links and invitations of one classroom, each
SALT = "lessons.class_link"


# --- Codes ---------------------------------------------------------------------------------------
@transaction.atomic
def make_code(*, by: User, classroom: Classroom, role: str, most_uses: int = 30, days: int = CODE_DAYS) -> JoinCode:
    """Make a code; only owners give the right to edit. Raises DomainError "not_found", "role" or "invalid"."""
    locked(classroom)
    require_role(by, classroom, *([Role.OWNER] if role == Role.EDITOR else TEACHERS))
    _require_joinable(role)
    if not (1 <= most_uses <= MOST_USES and 1 <= days <= LINK_DAYS):
        raise DomainError("invalid", _("A code is good for 1 to %(most)d people.") % {"most": MOST_USES})
    _require_few(JoinCode.objects.filter(classroom=classroom, revoked=None, expires__gt=timezone.now()))
    code = JoinCode.objects.create(classroom=classroom, role=role, most_uses=most_uses, expires=_in(days))
    audit.record("classroom.code_made", actor=by, target=classroom, data={"role": str(role)})
    return code


def find_code(typed: str) -> JoinCode:
    """Return the code that somebody typed, dashes and capitals as they come. Raises DomainError "bad_code" for any that
    lets nobody in, whatever the reason."""
    plain = "".join(typed.split()).replace("-", "").upper()
    code = JoinCode.objects.select_related("classroom").filter(code=plain[:20], uses__lt=F("most_uses")).first()
    if code is None or not code.is_open or code.classroom.archived:
        raise _bad_code()
    return code


@transaction.atomic
def join(*, user: User, typed: str) -> Classroom:
    """Become a member by a code; a member stays what she is and uses none up. Raises DomainError "bad_code"."""
    classroom = find_code(typed).classroom
    locked(classroom)
    code = find_code(typed)  # as it is now that nobody else can use it
    if let_in(user, classroom, code.role):
        JoinCode.objects.filter(pk=code.pk).update(uses=F("uses") + 1)
    return classroom


@transaction.atomic
def revoke(*, by: User, grant: JoinCode | ClassLink) -> None:
    """End a code or link at once. Raises DomainError "not_found" or "role"."""
    locked(grant.classroom)
    require_role(by, grant.classroom, *TEACHERS)
    type(grant).objects.filter(pk=grant.pk, revoked=None).update(revoked=timezone.now())
    verb = "classroom.code_revoked" if isinstance(grant, JoinCode) else "classroom.link_revoked"
    audit.record(verb, actor=by, target=grant.classroom)


# --- Invitations ---------------------------------------------------------------------------------
@transaction.atomic
def invite(*, by: User, classroom: Classroom, email: str, role: str) -> Invitation:
    """Ask a teacher in; the same happens whether or not an account has the address. Raises DomainError "not_found",
    "role" or "invalid"."""
    locked(classroom)
    require_role(by, classroom, Role.OWNER)
    _require_joinable(role)
    _require_few(Invitation.objects.filter(classroom=classroom).exclude(email=email.lower()))
    asked, _is_new = Invitation.objects.update_or_create(
        classroom=classroom, email=email.lower(), defaults={"role": role, "expires": _in(INVITATION_DAYS)}
    )
    audit.record("classroom.invited", actor=by, target=classroom, data={"role": str(role)})
    return asked


def invitations_for(user: Any) -> QuerySet[Invitation]:
    """Open invitations to one of the user's confirmed addresses."""
    confirmed = EmailAddress.objects.filter(user=user.pk, verified=True).values("email")
    return Invitation.objects.filter(email__in=confirmed, expires__gt=timezone.now()).select_related("classroom")


@transaction.atomic
def answer(*, user: User, invitation: Invitation, accept: bool) -> None:
    """Accept or decline. Raises DomainError "not_found" where it is withdrawn, too old or somebody else's."""
    locked(invitation.classroom)
    asked = invitations_for(user).filter(pk=invitation.pk).first()
    if asked is None:
        raise not_found()
    if accept:
        let_in(user, asked.classroom, asked.role)
    asked.delete()


@transaction.atomic
def withdraw(*, by: User, invitation: Invitation) -> None:
    """Take an invitation back. Raises DomainError "not_found" or "role"."""
    locked(invitation.classroom)
    require_role(by, invitation.classroom, Role.OWNER)
    audit.record("classroom.invitation_withdrawn", actor=by, target=invitation.classroom)
    invitation.delete()


# --- Links for students --------------------------------------------------------------------------
@transaction.atomic
def make_link(*, by: User, classroom: Classroom, days: int = LINK_DAYS) -> ClassLink:
    """Make an address for students without accounts. Raises DomainError "not_found" or "role"."""
    locked(classroom)
    require_role(by, classroom, *TEACHERS)
    if not policies.of(by).links:
        raise policies.refused(_("Your school does not allow links without a login."))
    _require_few(ClassLink.objects.filter(classroom=classroom, revoked=None, expires__gt=timezone.now()))
    link = ClassLink.objects.create(classroom=classroom, expires=_in(days))
    audit.record("classroom.link_made", actor=by, target=classroom)
    return link


def token_of(link: ClassLink) -> str:
    """Return what stands in the link's address."""
    return links.token_of(link, SALT)


def open_link(token: str) -> ClassLink:
    """Return the link of an address. Raises DomainError "not_found" where it was never made, is revoked or too old."""
    pk = links.key_of(token, SALT)
    found = ClassLink.objects.select_related("classroom").filter(classroom__archived=None)
    link = found.filter(pk=pk).first() if pk is not None else None
    if link is None or not link.is_open or not _owner_may_link(link.classroom):
        raise not_found()
    return link


def lessons_behind(link: ClassLink) -> QuerySet[Lesson]:
    """What students see: published lessons of the classroom, in their order."""
    shown = Lesson.objects.filter(hung__classroom=link.classroom_id, state=Lesson.State.PUBLISHED, archived=None)
    return shown.defer("search_text", "about").order_by("hung__position", "hung__created")


# --- Rules ---------------------------------------------------------------------------------------
def _owner_may_link(classroom: Classroom) -> bool:
    """Whether the owner's school still allows links: its no ends those that were made before."""
    owner = classroom.members.filter(role=Role.OWNER).select_related("user").first()
    return owner is None or policies.of(owner.user).links


def _in(days: int) -> Any:
    return timezone.now() + timedelta(days=days)


def _require_joinable(role: str) -> None:
    if role not in (Role.EDITOR, Role.VIEWER):
        raise DomainError("invalid", _("A member is an editor or a viewer."))


def _require_few(rows: QuerySet[Any]) -> None:
    if rows.count() >= MOST_OPEN:
        raise DomainError("invalid", _("This classroom has enough of those."), hint=_("End one that is not needed."))


def _bad_code() -> DomainError:
    return DomainError(
        "bad_code",
        _("This code lets nobody in."),
        hint=_("Check it letter by letter. It may have ended; then ask your colleague for a new one."),
    )
