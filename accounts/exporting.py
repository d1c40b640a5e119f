"""Export my data: one archive with all that is hers, asked for on a page, made by a worker, fetched by a short link."""

from __future__ import annotations

import json
import logging
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import DataExport, User
from core import audit
from core.after_commit import after_commit
from core.errors import DomainError
from core.personal import Part, StoredFile, Table

LEASE = timedelta(minutes=3)  # renewed with every part
MOST_ATTEMPTS = 3
KEPT_DAYS = 7
LINK_SECONDS = 600
SALT = "accounts.data_export"
READ_ME = """\
All that {product} keeps about your account, made on {day}.

The JSON files hold one list each. Times are in UTC. "projects/revisions.json" has every version of your animations
with its prompt, storyboard and code; the files made for a version are in "media/" under the version's key.
Passwords, secrets of second factors and API keys themselves are not here: we keep only what cannot be turned back.
"""

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has the export now."""


class Store(Protocol):
    """What this module needs of the store that FILE_STORE names; `projects.storage` says what each does."""

    def store(self, source: Path, key: str) -> Any:
        """Keep a copy of a file."""

    def read(self, file: str, first: int, length: int) -> Iterator[bytes]:
        """Read a part of a file."""

    def remove(self, files: Collection[str]) -> None:
        """Delete files."""


def store() -> Store:
    """Return the store that the settings name."""
    found: Store = import_string(settings.FILE_STORE)()
    return found


# --- Asking --------------------------------------------------------------------------------------
@transaction.atomic
def ask(*, user: User) -> DataExport:
    """Have an archive made. While one is being made, that one is returned."""
    User.objects.select_for_update().get(pk=user.pk)
    under_way = DataExport.objects.filter(user=user, state__in=["waiting", "running"]).first()
    if under_way is not None:
        return under_way
    export = DataExport.objects.create(user=user)
    audit.record("data_export.asked", actor=user, target=export)
    return export


def link_token(export: DataExport) -> str:
    """Return what stands in the address of the archive during the next ten minutes."""
    return signing.dumps([export.pk.hex, export.user_id.hex], salt=SALT)


def open_link(token: str, user: Any) -> DataExport:
    """Return the archive of an address. Raises DomainError "not_found" for any but its owner, "link_expired"."""
    try:
        export_id, user_id = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except signing.SignatureExpired:
        raise DomainError(
            "link_expired",
            _("This link is older than ten minutes."),
            status=410,
            hint=_("Open the page “Your data” again to get a new one."),
        ) from None
    except signing.BadSignature:
        raise _not_found() from None
    export = DataExport.objects.filter(pk=UUID(export_id), user=user.pk, state=DataExport.State.READY).first()
    if export is None or UUID(user_id) != user.pk:
        raise _not_found()
    return export


# --- Making --------------------------------------------------------------------------------------
def make_waiting() -> int:
    """Make the archives that wait, and those that a killed worker left; return how many were tried."""
    count = 0
    while (export := claim()) is not None:
        count += 1
        _try(export)
    return count


def claim() -> DataExport | None:
    """Take the next archive that waits, or whose worker is gone. None where there is none."""
    now = timezone.now()
    free = Q(state="waiting") | Q(state="running", lease_until__lt=now)
    for export in DataExport.objects.filter(free).order_by("created")[:10]:
        mine = DataExport.objects.filter(free, pk=export.pk, attempt=export.attempt)
        if export.attempt >= MOST_ATTEMPTS:
            mine.update(state="failed", lease_until=None)
        elif mine.update(state="running", attempt=F("attempt") + 1, lease_until=now + LEASE, done=0):
            return DataExport.objects.select_related("user").get(pk=export.pk)
    return None


def _try(export: DataExport) -> None:
    try:
        make(export)
    except LeaseLost:
        logger.info("Data export %s is made by another worker now.", export.pk)
    except (DomainError, OSError):
        logger.exception("Data export %s did not work at attempt %d.", export.pk, export.attempt)
        if export.attempt >= MOST_ATTEMPTS:  # else it is tried again when the lease is over
            _mine(export).update(state="failed", lease_until=None)


def make(export: DataExport) -> None:
    """Write the archive, keep it, and tell its owner. Raises LeaseLost, DomainError "disk_full" or OSError."""
    user = export.user
    _note(export, total=sum(1 for _part in _parts(user)))
    folder = Path(settings.DATA_DIR) / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "data.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            archive.writestr(
                "README.txt", READ_ME.format(product=settings.PRODUCT_NAME, day=f"{timezone.now():%Y-%m-%d}")
            )
            for number, part in enumerate(_parts(user), start=1):
                _write(archive, part)
                _note(export, done=number)
        kept = store().store(path, f"{export.pk.hex}{export.attempt}")
    try:
        _finish(export, kept)
    except BaseException:
        store().remove([kept.file])
        raise


@transaction.atomic
def _finish(export: DataExport, kept: Any) -> None:
    expires = timezone.now() + timedelta(days=KEPT_DAYS)
    changed = _mine(export).update(
        state="ready", lease_until=None, file=kept.file, sha256=kept.sha256, size=kept.size, expires=expires
    )
    if not changed:
        raise LeaseLost
    audit.record("data_export.made", actor=None, target=export, data={"bytes": kept.size})
    after_commit(_tell, export.user)


def _parts(user: User) -> Iterator[Part]:
    for path in settings.PERSONAL_DATA:
        yield from import_string(path)(user)


def _write(archive: zipfile.ZipFile, part: Part) -> None:
    if isinstance(part, Table):
        _write_table(archive, part)
        return
    info = zipfile.ZipInfo(part.name, timezone.now().timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED  # videos and pictures are packed already
    with archive.open(info, "w", force_zip64=True) as target:
        for piece in _content(part):
            target.write(piece)


def _write_table(archive: zipfile.ZipFile, part: Table) -> None:
    with archive.open(f"{part.name}.json", "w", force_zip64=True) as target:
        before = "[\n"
        for row in part.rows:
            text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            target.write((before + text).encode())
            before = ",\n"
        target.write(b"[]\n" if before == "[\n" else b"\n]\n")


def _content(part: StoredFile) -> Iterator[bytes]:
    """Read a stored file; one that was replaced or lost meanwhile becomes a line that says so."""
    try:
        yield from store().read(part.file, 0, part.size)
    except FileNotFoundError:
        logger.warning("File %s of a data export is missing.", part.file)
        yield b"This file was replaced or lost while the archive was made.\n"


def _mine(export: DataExport) -> Any:
    return DataExport.objects.filter(pk=export.pk, attempt=export.attempt, state="running")


def _note(export: DataExport, **progress: int) -> None:
    if not _mine(export).update(lease_until=timezone.now() + LEASE, **progress):
        raise LeaseLost


def _tell(user: User) -> None:
    text = _(
        "The archive with your data is ready. Log in and open “Account”, “Your data” to download it. "
        "It is kept for %(days)d days."
    )
    subject = f"[{settings.PRODUCT_NAME}] {_('Your data is ready')}"
    send_mail(subject, text % {"days": KEPT_DAYS}, settings.DEFAULT_FROM_EMAIL, [user.email])


# --- Keeping -------------------------------------------------------------------------------------
def kept_files(files: Collection[str]) -> set[str]:
    """Return those of the files that are archives still kept."""
    return set(DataExport.objects.filter(state="ready", file__in=files).values_list("file", flat=True))


def remove(exports: Any) -> int:
    """Take archives away; their rows say that they were there. Returns how many."""
    gone = [(export.pk, export.file) for export in exports.filter(state="ready")]
    DataExport.objects.filter(pk__in=[pk for pk, _file in gone]).update(state="gone", file="")
    after_commit(store().remove, [file for _pk, file in gone])  # killed before it, the sweep of orphans takes them
    return len(gone)


def _not_found() -> DomainError:
    return DomainError("not_found", _("There is no such archive."), status=404, hint=_("Have a new one made."))
