"""What happens to projects when an account ends: a colleague takes them over, or they go with their files."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import ngettext

from accounts.models import User
from core import audit
from projects.models import Animation, Artefact, Project
from projects.services import remove_files_of


def purge(user: User, heir: User | None) -> None:
    """Give her projects to `heir`, or delete them one by one, each with its files."""
    for project in Project.objects.filter(owner=user).order_by("created"):
        with transaction.atomic():
            if heir is None:
                remove_files_of(Artefact.objects.filter(revision__animation__project=project))
                project.delete()
            else:
                Project.objects.filter(pk=project.pk).update(owner=heir)
                audit.record("project.handed_over", actor=None, target=project, data={"user": str(heir.pk)})


def words(user: User) -> list[str]:
    """Say how much would go."""
    count = Animation.objects.filter(project__owner=user).count()
    said = ngettext(
        "%(count)d animation with all its versions and files.",
        "%(count)d animations with all their versions and files.",
        count,
    )
    return [said % {"count": count}] if count else []
