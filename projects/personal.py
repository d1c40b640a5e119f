"""What a person made, for her to take away: projects, every version with its words and code, and all files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from accounts.models import User
from core.personal import Part, StoredFile, table
from projects.models import Animation, Artefact, Project, Revision
from projects.share_models import Activity, Comment, LinkHolder, Notice, PersonShare, Report


def data(user: User) -> Iterator[Part]:
    """Return her projects with all they hold, and versions that she wrote in projects of others."""
    yield table("projects/projects", Project.objects.filter(owner=user))
    yield table("projects/animations", Animation.objects.filter(project__owner=user))
    yield table("projects/revisions", Revision.objects.filter(animation__project__owner=user))
    yield table(
        "projects/revisions_elsewhere",
        Revision.objects.filter(author=user).exclude(animation__project__owner=user),
    )
    yield table("projects/comments", Comment.objects.filter(author=user))
    yield table("projects/notices", Notice.objects.filter(user=user))
    yield table("projects/activity", Activity.objects.filter(actor=user))
    yield table("projects/shared_with_her", PersonShare.objects.filter(user=user))
    yield table("projects/links_followed", LinkHolder.objects.filter(user=user))
    yield table("projects/reports", Report.objects.filter(reporter=user))
    own = Artefact.objects.filter(revision__animation__project__owner=user)
    yield table("projects/files", own, leave_out=["file"])
    for artefact in own.order_by("pk").iterator(chunk_size=500):
        name = f"media/{artefact.revision_id}/{artefact.kind}{'_' if artefact.quality else ''}{artefact.quality}"
        yield StoredFile(f"{name}{PurePosixPath(artefact.file).suffix}", artefact.file, artefact.size)
