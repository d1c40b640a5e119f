"""A teacher watches a model write: its attempts in words, its code as it comes, as text and nothing else."""

import os

import pytest
from playwright.sync_api import expect

from generation import queue
from generation.events import record
from generation.manuscript import Manuscript
from tests.browser.conftest import log_in
from tests.factories import AnimationFactory, ProjectFactory
from tests.generation.factories import JobFactory, draft_json

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODE = """from manim import *

class Scene1LetGo(Stage):
    def construct(self):
        self.heading('<img src=x>')
"""


def shot(page, name):
    if folder := os.environ.get("LIVE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def writing_job(teacher):
    animation = AnimationFactory.create(project=ProjectFactory.create(owner=teacher), title="Falling bodies")
    job = JobFactory.create(animation=animation, draft={**draft_json(), "writer": "served"})
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    return job, claimed


def note(claimed, kind, **data):
    with queue.held(claimed) as job:
        record(job, kind, data)


def test_code_and_attempts_appear_as_they_come(site, page, teacher):
    job, claimed = writing_job(teacher)
    log_in(page.context, site, teacher)
    page.goto(f"{site.url}/animations/{job.animation_id}/")
    expect(page.locator("writing-desk")).to_be_hidden()
    note(claimed, "stage", stage="writing")
    expect(page.locator("job-stream [data-part=line]")).to_have_text("Writing the scenes")
    script = Manuscript(job.pk)
    for piece in CODE.splitlines(keepends=True):
        script.add("Scene1LetGo", piece)
    script.end()
    expect(page.locator("writing-desk pre")).to_have_text(CODE.strip())
    assert page.locator("writing-desk img").count() == 0
    note(claimed, "attempt", title="Let go", words="The scene was written. It works.", detail="")
    expect(page.locator("writing-desk li")).to_have_text("Let go: The scene was written. It works.")
    shot(page, "writing")
    script.add("Scene1LetGo", "")
    script.add("Scene1LetGo", "from")
    script.end()
    expect(page.locator("writing-desk pre")).to_have_text("from")


def test_who_polls_sees_it_too(site_without_sockets, new_context, teacher):
    job, _claimed = writing_job(teacher)
    page = new_context().new_page()
    log_in(page.context, site_without_sockets, teacher)
    script = Manuscript(job.pk)
    script.add("Scene1LetGo", CODE)
    script.end()
    page.goto(f"{site_without_sockets.url}/animations/{job.animation_id}/")
    expect(page.locator("writing-desk pre")).to_have_text(CODE.strip(), timeout=60_000)


def test_the_choice_of_writers(site, page, teacher, settings):
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    log_in(page.context, site, teacher)
    page.goto(f"{site.url}/dashboard/")
    expect(page.get_by_label("Written by")).to_have_value("")
    shot(page, "choice")
    page.get_by_label("What are you teaching next?").fill("show how a falling apple gets faster and faster")
    page.get_by_label("Written by").select_option("served")
    page.get_by_role("button", name="Show me").click()
    expect(page.locator("job-stream")).to_be_visible()
