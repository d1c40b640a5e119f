"""The shelf follows running jobs by itself."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from generation.models import Job, JobEvent
from tests.browser.conftest import log_in
from tests.browser.made import finished_animation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_progress_and_end_arrive_without_a_reload(site, page, teacher):
    animation = finished_animation(teacher)
    job = Job.objects.get()
    Job.objects.update(state=Job.State.QUEUED, finished=None)
    log_in(page.context, site, teacher)
    page.goto(site.url + "/dashboard/")
    expect(page.get_by_role("heading", name="Being drawn now")).to_be_visible()
    page.get_by_label("What are you teaching next?").fill("half a sentence")
    JobEvent.objects.create(job=job, seq=1, kind="progress", data={"percent": 42})
    expect(page.get_by_text("42%")).to_be_visible()
    Job.objects.update(state=Job.State.SUCCEEDED, finished=timezone.now())
    expect(page.get_by_role("heading", name="Being drawn now")).to_have_count(0)
    expect(page.get_by_role("link", name=animation.title)).to_be_visible()
    assert page.get_by_label("What are you teaching next?").input_value() == "half a sentence"
