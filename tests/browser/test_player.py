"""The stage's player, by mouse and by keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.made import finished_animation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TIME = "() => document.querySelector('video').currentTime"
PAUSED = "() => document.querySelector('video').paused"
READY = "() => document.querySelector('video').readyState > 1"


@pytest.fixture
def studio(site, new_context, teacher):
    animation = finished_animation(teacher)
    context = new_context()
    log_in(context, site, teacher)
    page = context.new_page()
    site.watch(page)
    page.goto(f"{site.url}/animations/{animation.pk}/")
    page.wait_for_function(READY)
    return page


def now(page):
    return page.evaluate(TIME)


def test_it_plays(studio):
    studio.get_by_role("button", name="Play", exact=True).click()
    studio.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    expect(studio.get_by_role("button", name="Pause")).to_be_visible()


def test_keys_play_jump_and_step(studio):
    second = studio.evaluate("() => document.querySelector('video').duration") / 4  # the scenes are equally long
    studio.locator("h1").click()
    studio.keyboard.press("]")
    assert now(studio) == pytest.approx(second, abs=0.1)
    studio.keyboard.press("l")
    assert now(studio) == pytest.approx(second + 1, abs=0.1)
    studio.keyboard.press("j")
    studio.keyboard.press(".")
    assert now(studio) == pytest.approx(second + 1 / 15, abs=0.02)
    studio.keyboard.press(",")
    studio.keyboard.press("[")
    assert now(studio) == pytest.approx(0, abs=0.1)
    studio.keyboard.press("k")
    assert not studio.evaluate(PAUSED)
    studio.keyboard.press(" ")
    assert studio.evaluate(PAUSED)


def test_keys_type_in_a_field_and_can_be_turned_off(studio):
    field = studio.locator("[data-knob=lengths] [data-value]")
    field.click()
    studio.keyboard.press("l")
    assert "l" in field.input_value()
    assert now(studio) == 0
    studio.locator("h1").click()
    studio.keyboard.press("?")
    studio.get_by_label("Use these keys").uncheck()
    studio.get_by_role("button", name="Close").click()
    studio.locator("h1").click()
    studio.keyboard.press("k")
    assert studio.evaluate(PAUSED)


def test_captions_are_shown_until_turned_off(studio):
    mode = "() => document.querySelector('video').textTracks[0].mode"
    assert studio.evaluate(mode) == "showing"
    studio.get_by_role("button", name="Captions").click()
    assert studio.evaluate(mode) == "hidden"
    studio.reload()
    studio.wait_for_function(READY)
    assert studio.evaluate(mode) == "hidden"


def test_a_scene_card_shows_its_scene(studio):
    studio.get_by_role("button", name="3. From curve").click()
    studio.wait_for_function("() => document.querySelector('video').currentTime >= 30")
    expect(studio.locator("[data-scene=TheLaw]")).to_have_attribute("aria-current", "true")


def test_the_code_can_be_copied(site, new_context, teacher):
    animation = finished_animation(teacher)
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    log_in(context, site, teacher)
    page = context.new_page()
    page.goto(f"{site.url}/animations/{animation.pk}/")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.strip() == animation.revisions.get().source.strip()
