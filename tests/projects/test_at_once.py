"""Two workers or two browser tabs at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from projects import services
from projects.models import Animation, Artefact, Project, Revision
from tests.factories import AnimationFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


def at_once(act: Callable[[int], Any]) -> list[Any]:
    def run(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_revisions_get_one_number_each():
    animation = AnimationFactory()
    at_once(
        lambda number: services.add_revision(
            animation=Animation.objects.get(pk=animation.pk),
            author=None, prompt="", template="", title=f"Take {number}", storyboard={}, source="", values={},
            origin="generated",
        )
    )  # fmt: skip
    assert sorted(Revision.objects.values_list("number", flat=True)) == list(range(1, THREADS + 1))


def test_first_prompts_share_one_default_project():
    user = UserFactory()
    at_once(lambda _number: services.ensure_default_project(owner=user))
    assert Project.objects.count() == 1


def test_publishers_of_one_artefact_leave_one_row_and_one_file(tmp_path, settings):
    revision = RevisionFactory()
    for number in range(THREADS):
        (tmp_path / f"{number}.mp4").write_bytes(b"film" * (number + 1))
    at_once(
        lambda number: services.publish_artefact(
            revision=revision, kind="video", quality="l", source=tmp_path / f"{number}.mp4", content_type="video/mp4"
        )
    )
    artefact = Artefact.objects.get()
    assert artefact.path.stat().st_size == artefact.size
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == [artefact.path]


def test_publishing_for_an_animation_deleted_meanwhile_leaves_nothing(tmp_path, settings):
    revision = RevisionFactory()
    (tmp_path / "film.mp4").write_bytes(b"film")
    Animation.objects.all().delete()
    with pytest.raises(Animation.DoesNotExist):
        services.publish_artefact(
            revision=revision, kind="video", quality="l", source=tmp_path / "film.mp4", content_type="video/mp4"
        )
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
