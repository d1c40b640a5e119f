"""A server that speaks S3 on loopback, and a bucket on it that the settings name."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from projects import storage

BUCKET = "films"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket that the settings name, seen by another client than the product's."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    settings.STORAGE_URL = f"s3://{BUCKET}/theorama?endpoint={endpoint}&region=eu-central-1"
    found = boto3.resource("s3", endpoint_url=endpoint, region_name="eu-central-1").Bucket(BUCKET)
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield found
    found.objects.all().delete()
    found.delete()
    storage._object_store.cache_clear()
