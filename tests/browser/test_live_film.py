"""The part of a video that is drawn plays on the stage while the rest is being drawn."""

import os

import pytest
from playwright.sync_api import expect

from generation import services
from tests.browser.conftest import log_in
from tests.browser.made import finished_animation
from tests.factories import give_tier

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.render,
    pytest.mark.django_db(transaction=True),
]
RENDER = 240_000  # milliseconds, on a busy machine
PROMPT = "How does the period of a pendulum depend on its length? Use 1 and 2 m"
LIVE = "() => document.querySelector('live-film[data-live] video')?.currentTime > 0.5"
READY = "() => document.querySelector('live-film [data-part=bar]')?.inert === false"
OVER = "() => !document.querySelector('job-stream') && document.querySelector('#studio-main video')?.readyState > 1"
# Every moment the page shows is noted, so that a jump or an empty stage is seen however short it is.
WATCH = """() => {
  window.moments = [];
  const look = () => {
    const video = document.querySelector('#studio-main video');
    const cover = document.querySelector('#studio-main canvas.stage-preview');
    const film = document.querySelector('live-film') !== null;
    if (video) window.moments.push({
      film, time: video.currentTime, covered: cover !== null, picture: video.readyState > 1, paused: video.paused });
    requestAnimationFrame(look);
  };
  look();
}"""


def shot(page, name):
    if folder := os.environ.get("LIVE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def ask(page, site, teacher, words):
    give_tier(teacher)  # 1080p, which takes long enough to be watched
    """In the best quality: drawing takes long enough to be watched, on a fast machine too."""
    job = services.submit(user=teacher, prompt=words, project=None, quality="h")
    page.goto(f"{site.url}/animations/{job.animation_id}/")


def test_the_film_plays_while_the_rest_is_drawn_and_goes_on_in_the_finished_video(site, worker, page, teacher):
    log_in(page.context, site, teacher)
    ask(page, site, teacher, PROMPT + " and gravity 3.1")
    shot(page, "1-waiting")
    page.wait_for_function(LIVE, timeout=RENDER)
    shot(page, "2-live")
    expect(page.locator("job-stream [data-part=line]")).to_contain_text("Drawing scene")
    expect(page.locator("[data-preview]")).to_be_hidden()
    page.get_by_role("button", name="Pause").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_role("button", name="Play from the start").click()
    page.wait_for_function("() => document.querySelector('#studio-main video').currentTime < 0.5")
    page.wait_for_function(LIVE)
    assert page.locator("job-stream").count() == 1, "the rest is still being drawn"

    page.evaluate(WATCH)
    page.wait_for_function(OVER, timeout=RENDER)
    page.wait_for_function("() => window.moments.filter((one) => !one.film && !one.covered).length > 30")
    shot(page, "3-finished")
    moments = page.evaluate("() => window.moments")
    film = [one for one in moments if one["film"]]
    finished = [one for one in moments if not one["film"]]
    assert all(one["covered"] or one["picture"] for one in finished), "the stage is never empty"
    assert abs(finished[-1]["time"] - film[-1]["time"]) < 8
    shown = [one["time"] for one in finished if not one["covered"]]
    assert shown[0] == pytest.approx(film[-1]["time"], abs=0.5), "it goes on where the film was"
    assert not finished[-1]["paused"]


def test_whoever_wants_less_motion_starts_it_by_hand(site, worker, new_context, teacher):
    context = new_context(reduced_motion="reduce", viewport={"width": 320, "height": 640})
    log_in(context, site, teacher)
    page = context.new_page()
    site.watch(page)
    ask(page, site, teacher, PROMPT + " and gravity 3.2")
    page.wait_for_function(READY, timeout=RENDER)
    expect(page.locator("[data-preview]")).to_be_visible()
    assert page.locator("live-film[data-live]").count() == 0
    shot(page, "4-reduced")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(LIVE, timeout=RENDER)
    shot(page, "5-reduced-playing")
    page.wait_for_function(OVER, timeout=RENDER)


def test_a_paused_film_stays_paused_at_its_place(site_without_sockets, worker, new_context, teacher):
    """And all that without a socket."""
    site = site_without_sockets
    context = new_context()
    log_in(context, site, teacher)
    page = context.new_page()
    site.watch(page)
    ask(page, site, teacher, PROMPT + " and gravity 3.3")
    page.wait_for_function(LIVE, timeout=RENDER)
    page.locator("h1").click()
    page.keyboard.press("k")
    time = page.evaluate("() => document.querySelector('#studio-main video').currentTime")
    page.wait_for_function(OVER, timeout=RENDER)
    page.wait_for_function(f"() => Math.abs(document.querySelector('#studio-main video').currentTime - {time}) < 0.2")
    assert page.evaluate("() => document.querySelector('#studio-main video').paused")


def test_new_values_play_in_the_old_video_s_place_and_cancelling_brings_it_back(site, worker, page, teacher):
    animation = finished_animation(teacher)
    log_in(page.context, site, teacher)
    page.goto(f"{site.url}/animations/{animation.pk}/")
    captions = "() => document.querySelector('#studio-main video').textTracks[0].mode"
    assert page.evaluate(captions) == "showing"
    gravity = page.locator("[data-knob=gravity] [data-value]")
    gravity.fill("3.4")
    page.get_by_role("button", name="Show it").click()
    page.wait_for_function(LIVE, timeout=RENDER)
    shot(page, "6-knob")
    assert page.evaluate("() => document.querySelector('#studio-main video').src").startswith("blob:")
    assert page.evaluate(captions) == "disabled", "the old words do not belong to the new film"
    page.locator("job-stream").get_by_role("button", name="Cancel").click()
    expect(page.locator("job-stream")).to_have_count(0, timeout=RENDER)
    assert "/files/" in page.evaluate("() => document.querySelector('#studio-main video').src")
    assert page.evaluate(captions) == "showing"
    assert page.locator("canvas.stage-preview").count() == 0
