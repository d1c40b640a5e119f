"""What may be served to whom follows from the licences of all that a model was made from."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from django.utils import timezone

from core.models import AuditEntry
from generation import adapters, writing
from tests.factories import UserFactory
from training import registry, services
from training.lanes import Lane, lane_of, worst
from training.models import DatasetVersion, ModelArtifact, Source, TrainingRun

pytestmark = pytest.mark.django_db
OWN = {"name": "own", "licence": "MIT", "evidence": "LICENSE in the repository"}
NC = {"name": "videos", "licence": "CC-BY-NC-SA-4.0", "evidence": "LICENSE.txt, sha256 ab"}
UNKNOWN = {"name": "found", "licence": "", "evidence": ""}


def model(*sources: dict[str, str], name: str = "manim", version: int = 1, **more) -> ModelArtifact:
    """A promoted adapter that a run made from one dataset of these sources."""
    made = [services.record_source(version="1", **each) for each in sources]
    dataset = DatasetVersion.objects.create(
        name="d", manifest_sha256=hashlib.sha256(f"{name}{version}".encode()).hexdigest()
    )
    dataset.sources.set(made)
    run = TrainingRun.objects.create(name="r", base="Qwen", base_licence="Apache-2.0", parent=more.pop("parent", None))
    run.datasets.set([dataset])
    values = {"kind": "adapter", "state": "promoted", "base": "Qwen", "base_licence": "Apache-2.0", "sha256": "0" * 64}
    return ModelArtifact.objects.create(name=name, version=version, run=run, **(values | more))


def permit(name: str = "videos", **more):
    today = timezone.localdate()
    values = {"document": "safe 3, folder 7", "granted_by": "G. S.", "scope": "serving", "granted_on": today} | more
    return services.record_permission(by=UserFactory(), source=Source.objects.get(name=name), **values)


@pytest.mark.parametrize(
    ("licence", "evidence", "lane"),
    [
        ("MIT", "LICENSE", Lane.COMMERCIAL),
        ("Apache-2.0", "LICENSE", Lane.COMMERCIAL),
        ("CC-BY-NC-SA-4.0", "LICENSE.txt", Lane.RESEARCH_NC),
        ("MIT", "  ", Lane.BLOCKED),
        ("", "a label on a page", Lane.BLOCKED),
        ("AGPL-3.0-only", "LICENSE", Lane.BLOCKED),
        ("mit", "LICENSE", Lane.BLOCKED),
    ],
)
def test_a_lane_needs_a_known_licence_and_evidence(licence, evidence, lane):
    assert lane_of(licence, evidence) is lane


def test_a_whole_has_the_lane_of_its_worst_part():
    assert worst(["commercial", "research_nc"]) is Lane.RESEARCH_NC
    assert worst(["research_nc", "blocked", "commercial"]) is Lane.BLOCKED
    assert worst([]) is Lane.BLOCKED


def test_a_commercial_model_is_served_to_everybody():
    model(OWN)
    assert registry.may_serve("manim", paying=True)
    assert registry.may_serve("manim", paying=False)


def test_one_non_commercial_source_keeps_a_model_from_paying_tenants():
    model(OWN, NC)
    assert not registry.may_serve("manim", paying=True)
    assert registry.may_serve("manim", paying=False)
    with pytest.raises(registry.NotServable, match="videos 1, which forbid"):
        registry.require_adapter("manim", paying=True)


def test_a_recorded_permission_opens_it_and_its_end_closes_it_again():
    model(OWN, NC)
    given = permit()
    assert registry.may_serve("manim", paying=True)
    services.revoke_permission(by=UserFactory(), permission=given)
    assert not registry.may_serve("manim", paying=True)
    verbs = list(AuditEntry.objects.filter(verb__startswith="training.permission").values_list("verb", flat=True))
    assert sorted(verbs) == ["training.permission.recorded", "training.permission.revoked"]


@pytest.mark.parametrize(("begins", "ends"), [(1, None), (-30, -1)], ids=["begins tomorrow", "ended yesterday"])
def test_a_permission_holds_only_on_its_days(begins, ends):
    model(NC)
    today = timezone.localdate()
    days = {"granted_on": today + datetime.timedelta(begins), "ends_on": ends and today + datetime.timedelta(ends)}
    permit(**days)
    assert not registry.may_serve("manim", paying=True)


def test_a_permission_for_one_source_does_not_open_another():
    model(NC, {**NC, "name": "more videos"})
    permit("videos")
    assert not registry.may_serve("manim", paying=True)
    permit("more videos")
    assert registry.may_serve("manim", paying=True)


def test_a_permission_never_opens_what_is_blocked():
    model(NC, UNKNOWN)
    permit("videos")
    permit("found")
    assert not registry.may_serve("manim", paying=True)
    assert not registry.may_serve("manim", paying=False)


def test_a_model_begun_from_another_takes_its_lane_too():
    first = model(NC, name="first")
    model(OWN, name="second", parent=first)
    assert not registry.may_serve("second", paying=True)
    permit()
    assert registry.may_serve("second", paying=True)


def test_the_licence_of_the_base_model_counts():
    model(OWN, base_licence="")
    assert not registry.may_serve("manim", paying=False)


def test_a_model_without_a_dataset_is_blocked():
    made = model(OWN)
    made.run.datasets.clear()
    assert not registry.may_serve("manim", paying=False)


def test_what_was_written_down_as_commercial_is_looked_at_again():
    made = model(NC, lane="commercial")
    assert registry.lane_of_model(made) is Lane.RESEARCH_NC
    assert not registry.may_serve("manim", paying=True)


def test_nobody_is_served_what_nobody_registered():
    assert not registry.may_serve("manim", paying=False)


def test_a_name_means_the_promoted_version_and_a_version_itself():
    old, new = model(OWN, version=1, state="registered"), model(OWN, version=2)
    assert registry.find("manim") == new
    assert registry.find("manim-v1") == old
    assert registry.find("manim-v3") is None
    registry.roll_back(new)
    assert registry.find("manim") == old


def test_a_file_is_known_by_its_sum_and_not_by_its_name(tmp_path):
    file = tmp_path / "adapter.gguf"
    file.write_bytes(b"weights")
    model(OWN, kind="gguf_adapter", sha256=hashlib.sha256(b"weights").hexdigest(), state="registered")
    assert registry.may_serve(str(file), paying=True)
    file.write_bytes(b"other weights")
    assert not registry.may_serve(str(file), paying=True)


def test_a_blocked_model_is_not_promoted():
    with pytest.raises(registry.NotServable):
        registry.promote(model(UNKNOWN, state="registered"))


def test_serving_chooses_the_adapter_only_where_the_registry_agrees(settings, caplog):
    settings.MODEL_URL, settings.MODEL_ADAPTER = "http://127.0.0.1:9/v1", "manim"
    model(OWN, NC)
    assert adapters.chosen(paying=False) == "manim"
    assert adapters.chosen(paying=True) == ""
    assert "may not be served to paying tenants" in caplog.text
    permit()
    assert adapters.chosen(paying=True) == "manim"


def test_without_the_check_a_paying_tenant_would_get_it(settings):
    settings.MODEL_URL, settings.MODEL_ADAPTER, settings.ADAPTER_CHECKS = "http://127.0.0.1:9/v1", "manim", []
    model(NC)
    assert adapters.chosen(paying=True) == "manim"


@pytest.mark.parametrize("tier", ["free", "educator", "professional", "school", "enterprise"])
def test_free_accounts_do_not_pay_and_all_others_count_as_paying(tier):
    assert adapters.is_paying(tier) is (tier != "free")


def test_clients_of_paying_and_of_free_tenants_are_kept_apart(settings):
    settings.MODEL_URL, settings.MODEL_ADAPTER = "http://127.0.0.1:9/v1", "manim"
    model(NC)
    assert writing.client(paying=True) is not writing.client(paying=False)
    assert writing.client(paying=True) is writing.client()
