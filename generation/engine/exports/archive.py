"""Zip files whose bytes depend on what is in them only, so that the same animation makes the same file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

EPOCH = (2020, 1, 1, 0, 0, 0)
PACKED_ALREADY = (".mp4", ".jpg", ".pdf")


def pack(out: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write `entries` (name inside the archive, content) into a zip at `out`, in their order."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            kept = zipfile.ZIP_STORED if name.endswith(PACKED_ALREADY) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, kept)
