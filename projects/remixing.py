"""A remix: somebody else's animation copied into one's own project, with credit."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import DomainError
from projects.activity import tell
from projects.models import Animation, Artefact
from projects.permissions import not_allowed, require
from projects.services import add_revision, copy_artefact, create_animation, ensure_default_project
from projects.share_models import RIGHTS, Remix, Right, ShareLink

COPIED = ("video", "poster", "captions", "script", "transcript")


@transaction.atomic
def remix(*, by: User, animation: Animation, link: ShareLink | None = None) -> Animation:
    """Copy the newest version of an animation into a project of one's own; the link, or a share, gives the right.

    Raises DomainError "not_found", "not_allowed", "no_video" before there is a version, "files_missing".
    """
    if link is None:
        require(by, animation, Right.REMIX)
    elif Right.REMIX not in RIGHTS[link.level]:
        raise not_allowed()
    original = animation.current_revision
    if original is None:
        raise DomainError("no_video", _("There is nothing to remix yet."), hint=_("Wait until it is made."))
    made = create_animation(by=by, project=ensure_default_project(owner=by), title=animation.title)
    copied = add_revision(
        animation=made,
        author=by,
        prompt=original.prompt,
        template=original.template,
        title=original.title,
        storyboard=original.storyboard,
        source=original.source,
        values=original.values,
        understood=original.understood,
        origin=original.origin if original.origin != "restored" else "generated",
    )
    for artefact in Artefact.objects.filter(revision=original, kind__in=COPIED):
        copy_artefact(artefact, copied)
    Remix.objects.create(animation=made, source=original, title=animation.title, author=animation.project.owner.name)
    audit.record("animation.remixed", actor=by, target=animation, data={"copy": str(made.pk)})
    tell(animation, "remixed", actor=by)
    return made
