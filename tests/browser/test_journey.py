"""The whole journey: sign up, say it, watch it being drawn, turn a knob, see it play, take it away."""

import py_compile

import pytest
from django.core import mail
from playwright.sync_api import expect

from generation.models import Job
from projects.models import Revision
from tests.accounts.mail import code_in
from tests.browser.conftest import log_in
from tests.factories import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.render,
    pytest.mark.django_db(transaction=True),
]
PROMPT = "How does the period of a pendulum depend on its length? Use 1 and 2 m"
RENDER = 240_000  # milliseconds, on a busy machine
LIVE = "document.querySelector('live-film[data-live]')"
FRAMES = f"() => Number(document.querySelector('[data-preview]')?.dataset.frames ?? 0) > 1 || {LIVE}"
SHOWN = f"() => document.querySelector('[data-preview]').checkVisibility() || {LIVE}"
FINISHED = "document.querySelector('#studio-main :not(live-film) > stage-player video')"
PLAYS = f"() => {FINISHED}?.currentTime > 0.5"
SOURCE = "() => document.querySelector('#studio-main video').src"


def test_from_a_sentence_to_a_video_in_class(site, worker, page, tmp_path):
    page.goto(site.url)
    page.get_by_label("What are you teaching?").fill(PROMPT)
    page.get_by_role("button", name="Show me").click()
    page.get_by_label("Email").fill("ana@school.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign up").click()
    page.get_by_label("Code").fill(code_in(mail.outbox))
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/animations/**")

    page.wait_for_function(FRAMES, timeout=RENDER)
    page.wait_for_function(SHOWN)
    expect(page.locator("job-stream [data-part=line]")).to_contain_text("Drawing scene")
    page.wait_for_function("() => document.title.includes('%')", timeout=RENDER)
    page.wait_for_function(PLAYS, timeout=RENDER)
    assert "%" not in page.title()
    first = page.evaluate(SOURCE)

    page.locator("[data-knob=lengths] [data-value]").fill("0.5, 1, 2")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("job-stream")).to_be_visible()
    page.wait_for_function(f"() => ({SOURCE})() !== '{first}' && !document.querySelector('job-stream')", timeout=RENDER)
    page.wait_for_function(PLAYS)
    assert [job.kind for job in Job.objects.order_by("created")] == ["generate", "knobs"]
    assert Revision.objects.get(number=2).values["lengths"] == [0.5, 1.0, 2.0]
    expect(page.get_by_text("Version 2")).to_be_visible()

    with page.expect_download() as video:
        page.get_by_role("link", name="Download Video").click()
    video.value.save_as(tmp_path / "lesson.mp4")
    assert (tmp_path / "lesson.mp4").read_bytes()[4:8] == b"ftyp"
    with page.expect_download() as code:
        page.get_by_role("link", name="Download Code").click()
    code.value.save_as(tmp_path / "lesson.py")
    assert "knob([0.5, 1.0, 2.0]" in (tmp_path / "lesson.py").read_text().replace("\n", "").replace("    ", "")
    py_compile.compile(str(tmp_path / "lesson.py"), doraise=True)


def test_a_network_without_sockets_still_shows_frames_and_the_end(site_without_sockets, worker, new_context, teacher):
    site = site_without_sockets
    context = new_context()
    log_in(context, site, teacher)
    page = context.new_page()
    page.goto(site.url + "/dashboard/")
    page.get_by_label("What are you teaching next?").fill(PROMPT + " and gravity 3.7")
    page.get_by_role("button", name="Show me").click()
    page.wait_for_url("**/animations/**")
    page.wait_for_function("() => document.querySelector('job-stream')?.dataset.transport === 'polling'")
    expect(page.get_by_text("Live updates are slow here")).to_be_visible()
    page.wait_for_function(FRAMES, timeout=RENDER)
    page.wait_for_function(PLAYS, timeout=RENDER)


def test_a_bad_knob_value_is_told_at_its_field_and_cancel_stops_the_drawing(site, worker, page, teacher):
    log_in(page.context, site, teacher)
    page.goto(site.url + "/dashboard/")
    page.get_by_label("What are you teaching next?").fill(PROMPT)
    page.get_by_role("button", name="Show me").click()
    page.wait_for_url("**/animations/**")
    page.wait_for_function(PLAYS, timeout=RENDER)
    gravity = page.locator("[data-knob=gravity]")
    gravity.locator("[data-value]").fill("900")
    page.get_by_role("button", name="Show it").click()
    expect(gravity.get_by_role("alert")).to_contain_text("Gravity must be")
    expect(gravity.locator("[data-value]")).to_have_attribute("aria-invalid", "true")
    gravity.locator("[data-value]").fill("9.5")
    page.get_by_role("button", name="Show it").click()
    page.locator("job-stream").get_by_role("button", name="Cancel").click()
    expect(page.locator("job-stream")).to_have_count(0, timeout=RENDER)
    assert Job.objects.latest("created").state == Job.State.CANCELLED
    page.wait_for_function("() => document.querySelector('#studio-main video')")
