"""The cache and the channel layer go away while a job runs: frames and nudges get lost, the job does not."""

from typing import Any
from uuid import uuid4

import pytest
from redis.exceptions import ConnectionError as RedisAway

from generation import events, previews
from generation.models import JobEvent
from tests.generation.factories import JobFactory


class Away:
    """A cache and a channel layer that cannot be reached."""

    def __getattr__(self, name: str) -> Any:
        def refuse(*_arguments: Any) -> None:
            raise RedisAway("Connection refused.")

        return refuse


def test_a_frame_that_cannot_be_kept_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "cache", Away())
    previews.store(uuid4(), previews.Preview("1-1", "Swing", b"jpeg"))
    assert previews.load(uuid4()) is None and previews.latest_tag(uuid4()) is None


@pytest.mark.django_db(transaction=True)
def test_an_event_is_recorded_although_nobody_can_be_nudged(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    from django.db import transaction

    settings.SHARED_CHANNEL_LAYER = True
    monkeypatch.setattr(events, "get_channel_layer", Away)
    with transaction.atomic():
        job = JobFactory()
        events.record(job, "queued", {"reason": "submitted"})
    assert JobEvent.objects.filter(job=job).count() == 1
