"""Artefact files in S3-compatible object storage, so that workers and web servers on many machines share them.

STORAGE_URL is `s3://BUCKET[/PREFIX][?endpoint=URL&region=NAME]`. The keys come from where boto3 finds them
(AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the machine's role), never from the address, which logs may show.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from projects.storage import FOLDER, READ_BYTES, StorageFailed, Stored, file_name, regular_file

DELETE_AT_ONCE = 1000  # S3's own limit
MISSING = {"404", "NoSuchKey", "NotFound"}
CONFIG = Config(connect_timeout=5, read_timeout=30, retries={"mode": "standard", "max_attempts": 4})


class ObjectStore:
    """A bucket, or the part of it below a prefix. An upload appears whole or not at all: S3 has no half objects."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        options = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.scheme != "s3" or not parts.hostname or parts.username or options.keys() - {"endpoint", "region"}:
            raise ValueError("STORAGE_URL must look like s3://bucket/prefix?endpoint=https://host&region=name.")
        self._bucket = parts.hostname
        self._prefix = f"{prefix}/" if (prefix := parts.path.strip("/")) else ""
        self._client: Any = boto3.session.Session().client(
            "s3", endpoint_url=options.get("endpoint"), region_name=options.get("region"), config=CONFIG
        )

    def store(self, source: Path, key: str) -> Stored:
        """Upload the file with its digest, which S3 checks, and look at what arrived before anybody learns of it."""
        file = file_name(source, key)
        with regular_file(source) as reader:
            digest, size = hashlib.file_digest(reader, "sha256"), reader.tell()
            reader.seek(0)
            stored = Stored(file, digest.hexdigest(), size)
            with _told():
                self._client.put_object(
                    **self._at(file),
                    Body=reader,
                    ContentLength=size,
                    ChecksumAlgorithm="SHA256",
                    ChecksumSHA256=_checksum(stored),
                )
        self._require(stored)
        return stored

    def copy(self, stored: Stored, key: str) -> Stored:
        """Copy an object inside the storage; nothing travels through this machine."""
        copied = replace(stored, file=file_name(Path(stored.file), key))
        source = self._at(stored.file)
        with _told():
            self._client.copy_object(**self._at(copied.file), CopySource=source, ChecksumAlgorithm="SHA256")
        self._require(copied)
        return copied

    def exists(self, file: str) -> bool:
        """Say whether there is such an object."""
        try:
            with _told():
                self._client.head_object(**self._at(file))
        except FileNotFoundError:
            return False
        return True

    def read(self, file: str, first: int, length: int) -> Generator[bytes]:
        """Read a part of an object. The request is made at once; its body is fetched piece by piece."""
        part = {"Range": f"bytes={first}-{first + length - 1}"} if length else {}
        with _told():
            body = self._client.get_object(**self._at(file), **part)["Body"]
        return _pieces(body)

    def remove(self, files: Collection[str]) -> None:
        """Delete objects."""
        names = [{"Key": self._at(file)["Key"]} for file in files]
        for start in range(0, len(names), DELETE_AT_ONCE):
            with _told():
                asked = {"Objects": names[start : start + DELETE_AT_ONCE], "Quiet": True}
                answer = self._client.delete_objects(Bucket=self._bucket, Delete=asked)
            if answer.get("Errors"):
                raise StorageFailed(f"The object storage did not delete {answer['Errors'][0]}.")

    def older_than(self, seconds: float) -> Iterator[str]:
        """Names of old objects."""
        limit = datetime.now(tz=UTC) - timedelta(seconds=seconds)
        pages = self._client.get_paginator("list_objects_v2")
        with _told():
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}{FOLDER}/"):
                for found in page.get("Contents", ()):
                    if found["LastModified"] <= limit:
                        yield found["Key"].removeprefix(self._prefix)

    def _at(self, file: str) -> dict[str, str]:
        """Return bucket and key. Raises ValueError for a name that no artefact has."""
        if not file.startswith(f"{FOLDER}/") or ".." in file.split("/"):
            raise ValueError("The file lies outside the artefact store.")
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{file}"}

    def _require(self, stored: Stored) -> None:
        """Remove what arrived and raise StorageFailed where it isn't what was sent."""
        with _told():
            arrived = self._client.head_object(**self._at(stored.file), ChecksumMode="ENABLED")
        checksum = _checksum(stored)
        # Some servers keep no checksum; they checked the one that came with the upload.
        if arrived["ContentLength"] != stored.size or arrived.get("ChecksumSHA256", checksum) != checksum:
            self.remove([stored.file])
            raise StorageFailed(f"{stored.file} arrived damaged in the object storage.")


def _checksum(stored: Stored) -> str:
    """Return the digest as S3 writes it."""
    return base64.b64encode(bytes.fromhex(stored.sha256)).decode()


def _pieces(body: Any) -> Generator[bytes]:
    try:
        with _told():
            yield from body.iter_chunks(READ_BYTES)
    finally:
        body.close()


@contextmanager
def _told() -> Iterator[None]:
    """Turn the client library's errors into OSErrors, a missing object into FileNotFoundError."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in MISSING:
            raise FileNotFoundError(str(error)) from error
        raise StorageFailed(str(error)) from error
    except BotoCoreError as error:
        raise StorageFailed(str(error)) from error
