"""Who gets which variant of a file, and that the clean one is out of reach on Free."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from billing import services as billing
from core.errors import DomainError
from generation import exporting, services, signing
from generation.studio import Studio
from projects.models import Artefact, Revision
from projects.permissions import draws_clean
from projects.selectors import artefacts_visible_to, variants_for
from projects.services import publish_artefact, restore_revision, variant_for
from tests.browser.made import finished_animation
from tests.factories import AnimationFactory, RevisionFactory, UserFactory, give_tier

Variant = Artefact.Variant
pytestmark = pytest.mark.django_db


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"a film")
    return path


@pytest.fixture
def teacher():
    return UserFactory()


@pytest.fixture
def revision(teacher) -> Revision:
    return RevisionFactory(animation=AnimationFactory(project__owner=teacher))


@pytest.fixture
def draw(film):
    def publish(revision: Revision, *, marked: bool, kind: str = "video", quality: str = "l") -> Artefact:
        variant = variant_for(revision, marked=marked)
        return publish_artefact(
            revision=revision, kind=kind, quality=quality, source=film, content_type="video/mp4", variant=variant
        )

    return publish


def shown(user, revision) -> list[str]:
    found = variants_for(user, Artefact.objects.filter(revision=revision))
    return sorted(found.values_list("variant", flat=True))


def answers(client, artefact, user) -> int:
    return client.get(signing.artefact_path(artefact, user)).status_code


def test_the_two_lie_side_by_side_and_each_sees_hers(revision, teacher, draw):
    marked = draw(revision, marked=True)
    give_tier(teacher)
    clean = draw(revision, marked=False)
    assert (marked.variant, clean.variant) == (Variant.MARKED, Variant.CLEAN)
    assert shown(teacher, revision) == [Variant.CLEAN]
    billing.take_back(by=None, grant=teacher.billing_account.grants.get())
    teacher.refresh_from_db()
    assert shown(teacher, revision) == [Variant.MARKED]


def test_on_free_no_link_opens_the_clean_file(revision, teacher, draw, client):
    marked = draw(revision, marked=True)
    grant = give_tier(teacher)
    clean = draw(revision, marked=False)
    link = signing.artefact_path(clean, teacher)
    assert client.get(link).status_code == 200
    billing.take_back(by=None, grant=grant)
    teacher.refresh_from_db()
    assert client.get(link).status_code == 404, "a link signed while she paid"
    assert answers(client, clean, teacher) == 404, "one signed now"
    assert answers(client, marked, teacher) == 200
    assert clean not in artefacts_visible_to(teacher)


def test_a_link_is_bound_to_its_object_and_variant(revision, teacher, draw, client):
    marked = draw(revision, marked=True)
    give_tier(teacher)
    clean = draw(revision, marked=False)
    links = [signing.artefact_path(one, teacher) for one in (marked, clean)]
    tokens = [link.split("/")[2] for link in links]
    assert tokens[0] != tokens[1]
    for token, artefact in zip(tokens, (marked, clean), strict=True):
        assert signing.read(token).artefact_id == artefact.pk
    forged = tokens[1].split(":")[0] + ":" + ":".join(tokens[0].split(":")[1:])
    assert client.get(links[1].replace(tokens[1], forged)).status_code == 404
    other_name = client.get(links[0].replace("480p", "1080p") + "?variant=clean&quality=h")
    assert (other_name.status_code, "1080p" in other_name["Content-Disposition"]) == (200, False)


def test_the_api_lists_the_variant_that_she_may_have(revision, teacher, draw):
    revision.animation.current_revision = revision
    revision.animation.save()
    draw(revision, marked=True)
    grant = give_tier(teacher)
    clean = draw(revision, marked=False)
    client, url = APIClient(), f"/api/v1/animations/{revision.animation_id}/"
    client.force_authenticate(teacher)
    assert [one["id"] for one in client.get(url).json()["artefacts"]] == [str(clean.pk)]
    billing.take_back(by=None, grant=grant)
    teacher.refresh_from_db()
    assert [one["variant"] for one in client.get(url).json()["artefacts"]] == ["marked"]


def test_what_began_without_the_mark_is_not_lost_with_the_tier(revision, teacher, draw, client):
    grant = give_tier(teacher)
    plain = draw(revision, marked=False)
    assert plain.variant == Variant.PLAIN
    billing.take_back(by=None, grant=grant)
    teacher.refresh_from_db()
    assert answers(client, plain, teacher) == 200
    draw(revision, marked=True, quality="m")
    assert answers(client, plain, teacher) == 200
    assert draw(revision, marked=False, quality="h").variant == Variant.PLAIN


def test_the_owner_who_pays_pays_for_those_who_watch_and_nobody_else_does(revision, teacher, draw):
    draw(revision, marked=True)
    stranger = UserFactory()
    give_tier(teacher)
    draw(revision, marked=False)
    for who in (stranger, None):
        assert shown(who, revision) == [Variant.CLEAN]
    billing.take_back(by=None, grant=teacher.billing_account.grants.get())
    for who in (stranger, None):
        assert shown(who, revision) == [Variant.MARKED]
    give_tier(stranger)
    stranger.refresh_from_db()
    assert shown(stranger, revision) == [Variant.CLEAN]


def test_who_pays_draws_without_the_mark(teacher):
    project = AnimationFactory(project__owner=teacher).project
    other = UserFactory()
    assert not draws_clean(teacher, project)
    give_tier(other)
    assert (draws_clean(other, project), draws_clean(teacher, project)) == (True, False)
    give_tier(teacher, until=timezone.now() + timedelta(days=1))
    assert draws_clean(teacher, project)


def test_a_version_that_is_brought_back_keeps_its_variants(revision, teacher, draw):
    draw(revision, marked=True)
    give_tier(teacher)
    draw(revision, marked=False)
    RevisionFactory(animation=revision.animation)
    restored = restore_revision(by=teacher, revision=revision)
    assert sorted(restored.artefacts.values_list("variant", flat=True)) == [Variant.CLEAN, Variant.MARKED]


@pytest.mark.parametrize("name", ["slides", "deck", "notebook", "zip"])
def test_formats_of_professional_are_refused_on_free_with_what_to_do(teacher, name):
    animation = finished_animation(teacher)
    with pytest.raises(DomainError) as refused:
        exporting.order(user=teacher, revision=animation.current_revision, name=name)
    assert (refused.value.code, refused.value.status) == ("tier_export", 402)
    assert refused.value.hint
    give_tier(teacher)
    assert exporting.order(user=teacher, revision=animation.current_revision, name=name)


def test_high_quality_is_refused_on_free_with_what_to_do(teacher):
    animation = finished_animation(teacher)
    for ask in (
        lambda: services.turn_knobs(user=teacher, animation=animation, values={}, quality="h"),
        lambda: services.submit(user=teacher, prompt="How the period of a pendulum depends on its length", quality="h"),
    ):
        with pytest.raises(DomainError) as refused:
            ask()
        assert (refused.value.code, refused.value.status) == ("tier_quality", 402)
    give_tier(teacher)
    assert services.turn_knobs(user=teacher, animation=animation, values={}, quality="h").quality == "h"


def test_after_the_end_of_a_plan_knobs_are_drawn_in_the_best_quality_that_is_left(teacher, draw):
    grant = give_tier(teacher)
    animation = finished_animation(teacher)
    draw(animation.current_revision, marked=False, quality="h")
    assert services.turn_knobs(user=teacher, animation=animation, values={}).quality == "h"
    billing.take_back(by=None, grant=grant)
    assert services.turn_knobs(user=teacher, animation=animation, values={}).quality == "l"


@pytest.mark.parametrize("words", ["Show the dot product of two vectors", "The fundamental theorem of calculus"])
def test_university_topics_are_refused_on_free_and_free_ones_are_named(teacher, words):
    with pytest.raises(DomainError) as refused:
        services.submit(user=teacher, prompt=words)
    assert (refused.value.code, refused.value.status) == ("tier_library", 402)
    assert "school" in refused.value.hint
    give_tier(teacher)
    assert services.submit(user=teacher, prompt=words)


def test_a_university_topic_cannot_be_slipped_in_beside_another(teacher):
    with pytest.raises(DomainError) as refused:
        services.submit(user=teacher, prompt="A pendulum with 1 m, then the dot product of two vectors")
    assert refused.value.code == "tier_library"
    with pytest.raises(DomainError) as chosen:
        services.choose(user=teacher, prompt="A pendulum", template="dot_product")
    assert chosen.value.code == "tier_library"


def test_the_studio_offers_to_draw_it_clean_to_her_who_may(revision, teacher, draw):
    revision.animation.current_revision = revision
    revision.animation.save()
    draw(revision, marked=True)
    assert (Studio(teacher, revision.animation, revision).is_marked, _offered(teacher, revision)) == (True, False)
    give_tier(teacher)
    assert _offered(teacher, revision)
    draw(revision, marked=False)
    assert not _offered(teacher, revision)


def _offered(teacher, revision) -> bool:
    return Studio(teacher, revision.animation, revision).can_be_cleaned
