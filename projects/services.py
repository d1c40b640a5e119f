"""Every change to projects, animations, revisions and artefacts, each with its audit entry."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet, RestrictedError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.after_commit import after_commit
from core.errors import DomainError
from projects import storage
from projects.activity import tell
from projects.models import Animation, Artefact, Project, Revision
from projects.permissions import require_edit, require_own
from projects.selectors import default_project
from projects.titles import clean_title

ORPHAN_AGE_SECONDS = 3600.0  # far longer than the moment between a file's rename and its row
SWEEP_BATCH = 500
NAMES_TOLD = 5  # of what still shows something that is to be deleted


# --- Projects ------------------------------------------------------------------------------------
@transaction.atomic
def create_project(*, owner: User, title: str) -> Project:
    """Make a project. Raises DomainError "title" for an empty or over-long title."""
    project = Project.objects.create(owner=owner, title=_clean_title(title, Project))
    audit.record("project.created", actor=owner, target=project)
    return project


@transaction.atomic
def ensure_default_project(*, owner: User) -> Project:
    """Return the open project the owner worked in last, making one where there is none."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)  # two first prompts at once share one project
    return default_project(owner) or create_project(owner=owner, title=_("My animations"))


@transaction.atomic
def rename_project(*, by: User, project: Project, title: str) -> Project:
    """Give a project another title. Raises DomainError "not_found" or "title"."""
    require_own(by, project)
    project.title = _clean_title(title, Project)
    project.save(update_fields=["title", "updated"])
    audit.record("project.renamed", actor=by, target=project)
    tell(project, "renamed", actor=by)
    return project


@transaction.atomic
def archive_project(*, by: User, project: Project) -> Project:
    """Put a project out of sight; it stays readable. A second call changes nothing."""
    require_own(by, project)
    if project.archived is None:
        project.archived = timezone.now()
        project.save(update_fields=["archived", "updated"])
        audit.record("project.archived", actor=by, target=project)
    return project


@transaction.atomic
def unarchive_project(*, by: User, project: Project) -> Project:
    """Bring an archived project back. A second call changes nothing."""
    require_own(by, project)
    if project.archived is not None:
        project.archived = None
        project.save(update_fields=["archived", "updated"])
        audit.record("project.unarchived", actor=by, target=project)
    return project


@transaction.atomic
def delete_project(*, by: User, project: Project) -> None:
    """Delete a project with everything in it, files included. Raises DomainError "not_found" or "in_use"."""
    require_own(by, project)
    remove_files_of(Artefact.objects.filter(revision__animation__project=project))
    audit.record("project.deleted", actor=by, target=project)
    _delete(project)


@transaction.atomic
def hand_over_work(*, by: User, leaver: User, heir: User) -> int:
    """Give all projects of one account to another; the caller has checked that she may. Return how many."""
    moved = list(Project.objects.filter(owner=leaver).values_list("pk", flat=True))
    Project.objects.filter(pk__in=moved).update(owner=heir, updated=timezone.now())
    for project in Project.objects.filter(pk__in=moved):
        audit.record("project.handed_over", actor=by, target=project, data={"to": str(heir.pk)})
    return len(moved)


# --- Animations ----------------------------------------------------------------------------------
@transaction.atomic
def create_animation(*, by: User, project: Project, title: str) -> Animation:
    """Make an animation without revisions yet. Raises DomainError "not_found" or "title"."""
    require_edit(by, project)
    animation = Animation.objects.create(project=project, title=_clean_title(title, Animation), created_by=by)
    project.save(update_fields=["updated"])
    audit.record("animation.created", actor=by, target=animation)
    tell(animation, "created", actor=by)
    return animation


@transaction.atomic
def rename_animation(*, by: User, animation: Animation, title: str) -> Animation:
    """Give an animation another title. Raises DomainError "not_found" or "title"."""
    require_edit(by, animation)
    animation.title = _clean_title(title, Animation)
    animation.save(update_fields=["title", "updated"])
    audit.record("animation.renamed", actor=by, target=animation)
    tell(animation, "renamed", actor=by)
    return animation


@transaction.atomic
def delete_animation(*, by: User, animation: Animation) -> None:
    """Delete an animation with its revisions and files. Raises DomainError "not_found" or "in_use"."""
    require_own(by, animation)
    remove_files_of(Artefact.objects.filter(revision__animation=animation))
    audit.record("animation.deleted", actor=by, target=animation)
    tell(animation, "deleted", actor=by)
    _delete(animation)


# --- Revisions -----------------------------------------------------------------------------------
@transaction.atomic
def add_revision(
    *,
    animation: Animation,
    author: User | None,
    prompt: str,
    template: str,
    title: str,
    storyboard: Mapping[str, Any],
    source: str,
    values: Mapping[str, Any],
    understood: Sequence[str] = (),
    origin: str,
    parent: Revision | None = None,
) -> Revision:
    """Write the next revision and make it the current one. Whoever calls has checked the author's right.

    Raises ValueError when `parent` belongs to another animation, Animation.DoesNotExist when the
    animation was deleted meanwhile.
    """
    if parent is not None and parent.animation_id != animation.pk:
        raise ValueError("A revision's parent belongs to the same animation.")
    Animation.objects.select_for_update().get(pk=animation.pk)  # numbers are given one at a time
    last = Revision.objects.filter(animation=animation).aggregate(last=Max("number"))["last"] or 0
    revision: Revision = Revision.objects.create(
        animation=animation,
        author=author,
        number=last + 1,
        prompt=prompt,
        template=template,
        title=title,
        storyboard=dict(storyboard),
        source=source,
        values=dict(values),
        understood=list(understood),
        origin=Revision.Origin(origin),
        parent=parent,
    )
    animation.current_revision = revision
    animation.save(update_fields=["current_revision", "updated"])
    tell(animation, "version", actor=author)
    audit.record("revision.added", actor=author, target=revision, data={"number": revision.number, "origin": origin})
    return revision


@transaction.atomic
def restore_revision(*, by: User, revision: Revision) -> Revision:
    """Write an earlier revision, with its files, once more as the newest one; the current one is returned as it is.

    Raises DomainError "not_found" for others, "files_missing" where a file of it cannot be read.
    """
    require_edit(by, revision.animation)
    animation = Animation.objects.select_for_update().get(pk=revision.animation_id)
    if animation.current_revision_id == revision.pk:
        return revision
    restored = add_revision(
        animation=animation,
        author=by,
        prompt=revision.prompt,
        template=revision.template,
        title=revision.title,
        storyboard=revision.storyboard,
        source=revision.source,
        values=revision.values,
        understood=revision.understood,
        origin=Revision.Origin.RESTORED,
        parent=revision,
    )
    for artefact in revision.artefacts.all():
        copy_artefact(artefact, restored)
    return restored


# --- Artefacts -----------------------------------------------------------------------------------
@contextmanager
def stored_files(sources: Mapping[str, Path]) -> Iterator[dict[str, storage.Stored]]:
    """Store copies of files before the transaction that gives them rows, so that no lock is held while they travel.

    Yields them under the same keys. Whoever publishes one takes it out; those left at the end are deleted. Raises
    DomainError and OSError as `publish_artefact`.
    """
    kept: dict[str, storage.Stored] = {}
    try:
        for key, source in sources.items():
            kept[key] = storage.current().store(source, uuid.uuid4().hex)
        yield kept
    finally:
        storage.current().remove([stored.file for stored in kept.values()])


def publish_artefact(
    *,
    revision: Revision,
    kind: str,
    quality: str,
    source: Path | storage.Stored,
    content_type: str,
    seconds: float | None = None,
    variant: str = Artefact.Variant.PLAIN,
) -> Artefact:
    """Make `source` the revision's artefact of this kind, quality and variant; a second call replaces the first.

    A path is copied into the store first: the file is safe there before its row exists. Raises DomainError
    "disk_full" or "not_a_file", OSError when `source` cannot be read, Animation.DoesNotExist when the animation was
    deleted meanwhile; then neither file nor row is left.
    """
    stored = storage.current().store(source, uuid.uuid4().hex) if isinstance(source, Path) else source
    try:
        with transaction.atomic():
            Animation.objects.select_for_update().get(pk=revision.animation_id)  # two publishers take turns
            slot: dict[str, Any] = {
                "revision": revision,
                "kind": Artefact.Kind(kind),
                "quality": quality,
                "variant": variant,
            }
            remove_files_of(Artefact.objects.filter(**slot))
            artefact, _created = Artefact.objects.update_or_create(
                **slot,
                defaults={
                    "file": stored.file,
                    "sha256": stored.sha256,
                    "size": stored.size,
                    "content_type": content_type,
                    "seconds": seconds,
                    "created": timezone.now(),
                },
            )
    except BaseException:
        storage.current().remove([stored.file])
        raise
    return artefact


def variant_for(revision: Revision, *, marked: bool) -> Artefact.Variant:
    """Return the variant that a picture of a revision is, drawn with or without the mark.

    What began without it stays plain: nobody loses what she made while she paid.
    """
    if marked:
        return Artefact.Variant.MARKED
    films = set(revision.artefacts.filter(kind=Artefact.Kind.VIDEO).values_list("variant", flat=True))
    began_marked = Artefact.Variant.MARKED in films and Artefact.Variant.PLAIN not in films
    return Artefact.Variant.CLEAN if began_marked else Artefact.Variant.PLAIN


def copy_artefact(artefact: Artefact, revision: Revision) -> None:
    """Give a revision a copy of another one's file. Raises DomainError "files_missing"."""
    try:
        kept = storage.Stored(artefact.file, artefact.sha256, artefact.size)
        publish_artefact(
            revision=revision,
            kind=artefact.kind,
            quality=artefact.quality,
            source=storage.current().copy(kept, uuid.uuid4().hex),
            content_type=artefact.content_type,
            seconds=artefact.seconds,
            variant=artefact.variant,
        )
    except OSError as error:
        raise DomainError(
            "files_missing",
            _("The files of that version cannot be read, so it was not brought back."),
            status=409,
            hint=_("Nothing has changed. Turn a knob of the newest version instead, or tell your administrator."),
        ) from error


def sweep_orphans(*, older_than: float = ORPHAN_AGE_SECONDS) -> int:
    """Delete files without a row that are older than `older_than` seconds; return how many."""
    store = storage.current()
    candidates = store.older_than(older_than)
    removed = 0
    while batch := list(islice(candidates, SWEEP_BATCH)):
        known = set(Artefact.objects.filter(file__in=batch).values_list("file", flat=True))
        for path in settings.FILE_KEEPERS:
            known |= import_string(path)(batch)
        orphans = [file for file in batch if file not in known]
        store.remove(orphans)
        removed += len(orphans)
    return removed


def remove_files_of(artefacts: QuerySet[Artefact]) -> None:
    """Delete the files once the rows are gone for good: a rolled back deletion keeps them."""
    files = list(artefacts.values_list("file", flat=True))
    if files:
        after_commit(storage.current().remove, files)


def _clean_title(title: str, model: type[Project] | type[Animation]) -> str:
    return clean_title(title, model._meta.get_field("title").max_length or 0)


def _delete(target: Project | Animation) -> None:
    """Delete the row with all it holds. Raises DomainError "in_use" where something else still shows a part of it."""
    try:
        target.delete()
    except RestrictedError as error:
        names = sorted({str(one) for one in error.restricted_objects})
        raise DomainError(
            "in_use",
            _("“%(title)s” is still shown elsewhere, so it was not deleted.") % {"title": target.title},
            status=409,
            hint=_("Take it out of these first: %(names)s.") % {"names": ", ".join(names[:NAMES_TOLD])},
            data={"used_by": names},
        ) from error
