"""A project's history as a git repository: one commit a revision, made anew from the rows and always the same."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any, cast

from django.utils.text import slugify
from django.utils.translation import gettext as _
from dulwich.bundle import create_bundle_from_repo, write_bundle
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.protocol import ReceivableProtocol
from dulwich.refs import HEADREF, Ref
from dulwich.repo import MemoryRepo
from dulwich.server import DictBackend, UploadPackHandler

from core.errors import DomainError
from generation.engine.exports.script import KIT_MODULE
from generation.engine.kit import KIT_SOURCE
from projects.models import Project, Revision

BRANCH = Ref(b"refs/heads/main")
FILE, FOLDER = 0o100644, 0o040000
NOT_SAID = "Theorama"  # author of what nobody's account stands behind any more


def repository(project: Project) -> MemoryRepo:
    """Return the history of a project: a folder an animation, with its code, knobs, storyboard and the scene kit."""
    repo = MemoryRepo()
    folders: dict[bytes, ObjectID] = {}
    before: list[ObjectID] = []
    kit = _stored(repo, Blob.from_string(KIT_SOURCE.encode()))
    for revision in _revisions(project):
        name = f"{slugify(revision.animation.title)[:60] or 'animation'}-{revision.animation_id.hex[:8]}".encode()
        folders[name] = _stored(repo, _tree((file, FILE, key) for file, key in _files(repo, revision, kit)))
        whole = _stored(repo, _tree((folder, FOLDER, key) for folder, key in folders.items()))
        before = [_stored(repo, _commit(revision, whole, before))]
    if before:
        repo.refs[BRANCH] = before[0]
    repo.refs.set_symbolic_ref(HEADREF, BRANCH)
    return repo


def bundle(project: Project) -> bytes:
    """Return the history as a git bundle: `git clone FILE.bundle` makes a working copy of it.

    Raises DomainError "no_history" where nothing was made yet.
    """
    repo, out = repository(project), io.BytesIO()
    if repo.refs.read_ref(BRANCH) is None:
        raise DomainError("no_history", _("There is no version in this project yet."), status=409, hint=_("Make one."))
    write_bundle(out, create_bundle_from_repo(repo, refs=[HEADREF, BRANCH]))
    return out.getvalue()


def advertise(project: Project) -> bytes:
    """Answer a client that asks what there is to fetch (git's smart HTTP protocol, `info/refs`)."""
    out = io.BytesIO()
    handler = _handler(project, b"", out, advertise=True)
    handler.proto.write_pkt_line(b"# service=git-upload-pack\n")
    handler.proto.write_pkt_line(None)
    handler.handle()
    return out.getvalue()


def upload(project: Project, asked: bytes) -> bytes:
    """Answer a client that says what it has and wants (`git-upload-pack`). Raises GitProtocolError for nonsense."""
    out = io.BytesIO()
    _handler(project, asked, out, advertise=False).handle()
    return out.getvalue()


def _handler(project: Project, asked: bytes, out: io.BytesIO, *, advertise: bool) -> UploadPackHandler:
    protocol = ReceivableProtocol(io.BytesIO(asked).read, out.write)
    backend = DictBackend({b"/": cast(Any, repository(project))})
    return UploadPackHandler(backend, ["/"], protocol, stateless_rpc=True, advertise_refs=advertise)


def _revisions(project: Project) -> Iterable[Revision]:
    found = Revision.objects.filter(animation__project=project).select_related("animation", "author", "parent")
    return found.order_by("created", "animation", "number")


def _files(repo: MemoryRepo, revision: Revision, kit: ObjectID) -> Iterable[tuple[bytes, ObjectID]]:
    for name, text in (
        ("animation.py", revision.source),
        ("knobs.json", _json(revision.values)),
        ("storyboard.json", _json(revision.storyboard)),
    ):
        yield name.encode(), _stored(repo, Blob.from_string(text.encode()))
    yield f"{KIT_MODULE}.py".encode(), kit


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _tree(entries: Iterable[tuple[bytes, int, ObjectID]]) -> Tree:
    tree = Tree()
    for name, mode, key in entries:
        tree.add(name, mode, key)
    return tree


def _stored(repo: MemoryRepo, thing: Blob | Tree | Commit) -> ObjectID:
    repo.object_store.add_object(thing)
    return thing.id


def _commit(revision: Revision, tree: ObjectID, parents: list[ObjectID]) -> Commit:
    commit = Commit()
    commit.tree, commit.parents = tree, parents
    commit.author = commit.committer = _author(revision)
    commit.author_time = commit.commit_time = int(revision.created.timestamp())
    commit.author_timezone = commit.commit_timezone = 0
    commit.encoding = b"UTF-8"
    commit.message = _message(revision).encode()
    return commit


def _author(revision: Revision) -> bytes:
    """Name the author without an address: a repository goes to people whom she never wrote to."""
    name = revision.author.display_name if revision.author else NOT_SAID
    safe = " ".join(name.replace("<", " ").replace(">", " ").split()) or NOT_SAID
    return f"{safe} <{revision.author_id or 'nobody'}@users.invalid>".encode()


def _message(revision: Revision) -> str:
    title = " ".join(revision.title.split())
    parts = [f"{title}, version {revision.number}: {revision.get_origin_display()}"]
    if revision.prompt:
        parts.append(revision.prompt.strip())
    if revision.values:
        parts.append("\n".join(f"{name} = {value}" for name, value in sorted(revision.values.items())))
    parts.append(f"Revision: {revision.pk}")
    return "\n\n".join(parts) + "\n"
