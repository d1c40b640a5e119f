"""The journey of a picture: drawn with the mark on Free, exported with it, drawn without it after the upgrade."""

import av
import numpy as np
import pytest

from billing import entitlements
from billing import services as billing
from billing.models import QuotaEntry
from billing.tiers import MARK
from generation import exporting, services
from generation.engine.render.client import Renderer
from generation.engine.render.mark import Mark
from generation.models import Job
from generation.signing import artefact_path
from projects.models import Artefact
from tests.factories import AnimationFactory, give_tier
from tests.generation.factories import JobFactory
from tests.generation.running import run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.render]


def first_frame(artefact: Artefact) -> np.ndarray:
    with av.open(str(artefact.path)) as video:
        return next(video.decode(video=0)).to_ndarray(format="rgb24").astype(int)


def is_marked(artefact: Artefact) -> bool:
    """Whether there is writing in the corner, where the scene of these tests has plain ground."""
    frame = first_frame(artefact)
    top, bottom, left, right = (round(edge * frame.shape[0] / 480) for edge in Mark(MARK, 854, 480).part)
    corner = frame[top:bottom, left:right]
    return bool(corner.max() - corner.min() > 90)


def one(revision, kind: str, variant: str) -> Artefact:
    return revision.artefacts.get(kind=kind, variant=variant)


def test_the_same_revision_is_exported_clean_after_the_upgrade_and_nothing_is_charged(renderer: Renderer, client):
    teacher = AnimationFactory().project.owner
    animation = AnimationFactory(project__owner=teacher)
    job = run(renderer, JobFactory(animation=animation))
    assert job.state == "succeeded", job.fault
    revision = job.revision
    assert is_marked(one(revision, "video", "marked")) and is_marked(one(revision, "poster", "marked"))
    assert {artefact.variant for artefact in revision.artefacts.exclude(kind__in=["captions", "script"])} == {"marked"}
    free = run(renderer, exporting.order(user=teacher, revision=revision, name="webm"))
    assert free.state == "succeeded", free.fault
    assert is_marked(one(revision, "webm", "marked"))
    assert not revision.artefacts.filter(variant="clean").exists()

    grant = give_tier(teacher)
    teacher.refresh_from_db()
    left, lines = entitlements.of(teacher).allowance().left, QuotaEntry.objects.count()
    (webm,) = [each for each in exporting.overview(teacher, revision) if each.format.name == "webm"]
    assert webm.artefact is None, "it is offered anew, without the mark"
    paid = run(renderer, exporting.order(user=teacher, revision=revision, name="webm"))
    assert paid.state == "succeeded", paid.fault
    assert (paid.revision, animation.revisions.count()) == (revision, 1), "nothing was written anew"
    for kind in ("webm", "video", "poster"):
        assert not is_marked(one(revision, kind, "clean"))
    assert (entitlements.of(teacher).allowance().left, QuotaEntry.objects.count()) == (left, lines)
    again = run(renderer, exporting.order(user=teacher, revision=revision, name="gif"))
    assert again.state == "succeeded" and not again.events.filter(kind="scene").exists(), "the film is there already"

    clean = one(revision, "webm", "clean")
    assert client.get(artefact_path(clean, teacher)).status_code == 200
    billing.take_back(by=None, grant=grant)
    teacher.refresh_from_db()
    assert client.get(artefact_path(clean, teacher)).status_code == 404
    back = run(renderer, exporting.order(user=teacher, revision=revision, name="gif"))
    assert back.state == "succeeded" and is_marked(one(revision, "gif", "marked"))


def test_drawing_again_in_the_studio_gives_the_clean_video_of_the_same_revision(renderer: Renderer):
    job = run(renderer, JobFactory())
    teacher, animation = job.owner, job.animation
    animation.refresh_from_db()
    give_tier(teacher)
    again = run(renderer, services.turn_knobs(user=teacher, animation=animation, values={}, quality="l"))
    assert (again.state, again.revision) == ("succeeded", job.revision), again.fault
    assert is_marked(one(job.revision, "video", "marked")) and not is_marked(one(job.revision, "video", "clean"))


def test_who_pays_while_it_waits_gets_it_without_the_mark(renderer: Renderer):
    job = JobFactory()
    give_tier(job.owner)
    made = run(renderer, job)
    assert not is_marked(one(made.revision, "video", ""))


def test_scenes_drawn_for_one_are_not_taken_for_the_other(renderer: Renderer):
    first = run(renderer, JobFactory())
    paying = JobFactory(draft=first.draft, prompt=first.prompt)
    give_tier(paying.owner)
    second = run(renderer, paying)
    third = run(renderer, JobFactory(draft=first.draft, prompt=first.prompt))
    states = [made.revision.storyboard["scenes"][0]["state"] for made in (first, second, third)]
    assert states == ["rendered", "rendered", "cached"]
    assert [is_marked(made.revision.artefacts.get(kind="video")) for made in (first, second, third)] == [
        True,
        False,
        True,
    ]
    assert Job.objects.filter(state="succeeded").count() == 3
