"""The pages on training are for staff behind the admin site's door; everybody else finds nothing there."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.factories import UserFactory
from training import registry, services
from training.models import DatasetVersion, Evaluation, ModelArtifact, Permission, Source, TrainingRun
from training.urls import urlpatterns

pytestmark = pytest.mark.django_db
FORM = {
    "document": "safe 3, folder 7", "granted_by": "G. S.", "scope": "Serving to schools.", "granted_on": "2026-01-02",
    "ends_on": "", "sure": "on",
}  # fmt: skip
CURVE = [{"step": step, "loss": 2.0 / step, "eval_loss": 2.2 / step} for step in range(1, 60)]


@pytest.fixture
def staff():
    user = UserFactory(is_staff=True, is_superuser=True)
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def made():
    """One of everything, from a source that forbids commercial use."""
    source = services.record_source(name="videos", version="ab12", licence="CC-BY-NC-SA-4.0", evidence="LICENSE.txt")
    tables = {"task": {"write": {"rows": 30, "tokens": 900}, "edit": {"rows": 12, "tokens": 100}}}
    dataset = DatasetVersion.objects.create(
        name="research", manifest_sha256="a" * 64, folder="/nowhere", manifest={"tables": tables}, card="# Card",
        rows=42, tokens=1000, lane="research_nc",
    )  # fmt: skip
    dataset.sources.add(source)
    run = TrainingRun.objects.create(
        name="first run", base="Qwen", base_licence="Apache-2.0", metrics=CURVE, recipe={"r": 16}, state="succeeded"
    )
    run.datasets.add(dataset)
    artifact = ModelArtifact.objects.create(
        name="manim", kind="adapter", state="promoted", base="Qwen", base_licence="Apache-2.0", run=run, sha256="b" * 64
    )
    scores = {"render@1": {"rate": 0.62, "low": 0.5, "high": 0.7}, "parses": 0.98, "note": "odd"}
    evaluation = Evaluation.objects.create(
        artifact=artifact, model="manim", suite="core", suite_sha256="c" * 64, samples=120, scores=scores
    )
    permission = services.record_permission(
        by=UserFactory(), source=source, document="old letter", granted_by="G. S.", scope="s", granted_on="2026-01-01"
    )
    return {
        "dataset_id": dataset, "source_id": source, "run_id": run, "artifact_id": artifact,
        "evaluation_id": evaluation, "permission_id": permission,
    }  # fmt: skip


def address(pattern, made) -> str:
    names = pattern.pattern.converters
    return reverse(pattern.name, kwargs={name: made[name].pk for name in names})


WAYS = [(pattern, method) for pattern in urlpatterns for method in ("get", "post")]


@pytest.mark.parametrize(("pattern", "method"), WAYS, ids=[f"{p.name}-{m}" for p, m in WAYS])
def test_for_everybody_else_there_is_nothing(client, made, pattern, method):
    for who in (None, UserFactory(), UserFactory(is_staff=True, is_superuser=True)):  # the last has no second factor
        if who is not None:
            client.force_login(who)
        response = getattr(client, method)(address(pattern, made), FORM if method == "post" else {})
        assert response.status_code in {404, 405}
    assert Permission.objects.count() == 1
    assert not Permission.objects.exclude(revoked=None).exists()


@pytest.mark.parametrize("pattern", [p for p in urlpatterns if "permission" not in p.name], ids=lambda p: p.name)
def test_staff_see_every_page(client, staff, made, pattern):
    client.force_login(staff)
    response = client.get(address(pattern, made))
    assert response.status_code == 200
    assert "style=" not in response.content.decode()


def test_the_overview_says_what_may_be_served_to_whom(client, staff, made, settings):
    settings.MODEL_ADAPTER = "manim"
    services.revoke_permission(by=staff, permission=made["permission_id"])
    client.force_login(staff)
    page = client.get(reverse("training_overview")).content.decode()
    assert "videos ab12, which forbid commercial use" in page
    assert "research aaaaaaaaaaaa" in page


def test_a_run_has_its_curve_and_the_same_as_a_table(client, staff, made):
    client.force_login(staff)
    page = client.get(reverse("training_run", args=[made["run_id"].pk])).content.decode()
    assert page.count("<polyline") == 2
    assert '<td class="numbers">2.2</td>' in page


def test_an_evaluation_shows_its_rates_with_their_intervals_and_leaves_out_what_is_none(client, staff, made):
    client.force_login(staff)
    page = client.get(reverse("training_evaluation", args=[made["evaluation_id"].pk])).content.decode()
    assert "0.62 (0.5 to 0.7)" in page
    assert "odd" not in page


def test_staff_record_a_permission_and_end_it(client, staff, made):
    services.revoke_permission(by=staff, permission=made["permission_id"])
    assert not registry.may_serve("manim", paying=True)
    client.force_login(staff)
    source = made["source_id"]
    response = client.post(reverse("training_permission_record", args=[source.pk]), FORM, follow=True)
    assert "The permission is recorded." in response.content.decode()
    recorded = Permission.objects.get(document="safe 3, folder 7")
    assert recorded.recorded_by == staff
    assert registry.may_serve("manim", paying=True)
    client.post(reverse("training_permission_revoke", args=[recorded.pk]))
    assert not registry.may_serve("manim", paying=True)


@pytest.mark.parametrize(
    "wrong",
    [{"document": ""}, {"granted_on": "2999-01-01"}, {"ends_on": "2025-01-01"}, {"sure": ""}, {"granted_by": ""}],
    ids=lambda each: next(iter(each)),
)
def test_a_permission_that_is_not_whole_is_not_recorded_and_nothing_typed_is_lost(client, staff, made, wrong):
    client.force_login(staff)
    response = client.post(reverse("training_permission_record", args=[made["source_id"].pk]), FORM | wrong)
    assert response.status_code == 422
    assert "Serving to schools." in response.content.decode()
    assert Permission.objects.count() == 1


def test_the_admin_site_links_to_the_pages_and_lets_nobody_change_a_lane(client, staff, made):
    client.force_login(staff)
    assert reverse("training_overview") in client.get("/admin/").content.decode()
    source = made["source_id"]
    client.post(f"/admin/training/source/{source.pk}/change/", {"lane": "commercial"})
    assert Source.objects.get(pk=source.pk).lane == "research_nc"


def test_the_overview_asks_the_database_a_bounded_number_of_times(client, staff, made, django_assert_max_num_queries):
    for number in range(5):
        DatasetVersion.objects.create(name="d", manifest_sha256=f"{number:064}")
        TrainingRun.objects.create(name=f"r{number}", base="Qwen")
    client.force_login(staff)
    with django_assert_max_num_queries(30):
        client.get(reverse("training_overview"))
