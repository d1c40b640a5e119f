"""Short-lived links to files. A link names one artefact and one person, and stops when she loses her right."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.text import slugify

from generation.engine.exports.formats import FORMATS
from projects.models import Artefact

LINK_SECONDS = 600
SALT = "generation.artefact"
SUFFIXES = {"video": ".mp4", "poster": ".jpg", "captions": ".vtt", "script": ".py"} | {
    each.name: each.suffix for each in FORMATS.values()
}
ROWS = {"l": "480p", "m": "720p", "h": "1080p"}


class BadLink(Exception):
    """The link was not made by us."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: which artefact, for whom, and whether its time is over."""

    artefact_id: uuid.UUID
    user_id: uuid.UUID
    expired: bool


def file_name(artefact: Artefact) -> str:
    """Return a name for the downloaded file, in ASCII: title, version and picture size, as in `a-swing_v4_720p.mp4`."""
    stem = slugify(artefact.revision.title)[:60].strip("-") or "animation"
    parts = [stem, f"v{artefact.revision.number}", ROWS.get(artefact.quality, "")]
    return "_".join(filter(None, parts)) + SUFFIXES[artefact.kind]


def artefact_path(artefact: Artefact, user: Any, *, inline: bool = False) -> str:
    """Return the address from which `user` may fetch the artefact during the next ten minutes."""
    token = signing.dumps([artefact.pk.hex, user.pk.hex], salt=SALT)
    path = reverse("artefact_file", kwargs={"token": token, "name": file_name(artefact)})
    return f"{path}?inline=1" if inline else path


def read(token: str) -> Link:
    """Return what a link says. Raises BadLink for one that was tampered with."""
    try:
        return Link(*_ids(signing.loads(token, salt=SALT, max_age=LINK_SECONDS)), expired=False)
    except signing.SignatureExpired:
        return Link(*_ids(signing.loads(token, salt=SALT)), expired=True)
    except signing.BadSignature:
        raise BadLink from None


def _ids(signed: list[str]) -> tuple[uuid.UUID, uuid.UUID]:
    artefact_id, user_id = signed
    return uuid.UUID(artefact_id), uuid.UUID(user_id)
