"""Presenting, as a teacher does it: one key, then on and back."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import complaints
from tests.browser.conftest import log_in
from tests.browser.made import finished_animation
from tests.factories import LessonFactory, LessonItemFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TIME = "() => [...document.querySelectorAll('.present video')].find((one) => !one.hidden)?.currentTime"
PAUSED = "() => [...document.querySelectorAll('.present video')].find((one) => !one.hidden)?.paused"
STROKES = (
    "() => { const glass = document.querySelector('.present-glass');"
    " return glass.getContext('2d').getImageData(0, 0, glass.width, glass.height).data.some((value) => value > 0); }"
)


def opened(site, new_context, teacher, address):
    context = new_context()
    log_in(context, site, teacher)
    page = context.new_page()
    site.watch(page)
    page.goto(site.url + address)
    return page


def place(page, words):
    expect(page.locator(".present-place")).to_contain_text(words)


def test_one_key_fills_the_screen_and_the_network_may_drop(site, new_context, teacher):
    animation = finished_animation(teacher)
    page = opened(site, new_context, teacher, f"/animations/{animation.pk}/")
    page.keyboard.press("p")
    page.wait_for_selector("[data-whole]")
    assert page.evaluate("() => document.fullscreenElement?.className").startswith("present-screen")
    page.wait_for_function("() => document.querySelector('.present video').currentTime > 0.2")
    assert complaints(page) == []
    page.context.set_offline(True)
    place(page, "Step 1 of 4")
    page.keyboard.press("PageDown")  # to the end of the first scene
    page.wait_for_function(f"() => ({PAUSED})()")
    end = page.evaluate(TIME)
    page.keyboard.press("PageDown")
    place(page, "Step 2 of 4")
    page.wait_for_function(f"() => ({TIME})() > {end} + 0.3")
    page.keyboard.press(" ")
    assert page.evaluate(PAUSED)
    page.keyboard.press("End")
    place(page, "Step 4 of 4")
    page.keyboard.press("ArrowLeft")
    place(page, "Step 3 of 4")
    page.get_by_role("button", name="Leave").click()
    expect(page.locator(".present")).to_have_count(0)
    assert page.evaluate("() => document.fullscreenElement") is None


def test_it_stops_by_itself_on_the_last_picture_of_a_sentence_and_can_be_drawn_on(site, new_context, teacher):
    animation = finished_animation(teacher)
    page = opened(site, new_context, teacher, f"/animations/{animation.pk}/present/")
    page.get_by_role("link", name="Present").click()
    page.wait_for_selector("[data-whole]")
    page.keyboard.press("s")
    page.keyboard.press("Home")
    page.wait_for_function(f"() => ({PAUSED})() && ({TIME})() > 0.5")
    stopped = page.evaluate(TIME)
    page.wait_for_timeout(300)
    assert page.evaluate(TIME) == stopped
    page.mouse.move(400, 300)
    page.mouse.down()
    page.mouse.move(600, 420, steps=4)
    page.mouse.up()
    assert page.evaluate(STROKES)
    page.keyboard.press("x")
    assert not page.evaluate(STROKES)
    with page.expect_popup() as popup:
        page.keyboard.press("n")
    expect(popup.value.get_by_text("1 / ")).to_be_visible()


def test_a_lesson_is_one_deck_and_its_notes_are_in_a_second_window(site, new_context, teacher):
    lesson = LessonFactory.create(unit__subject__owner=teacher, title="Pendulums")
    for position, note in enumerate(["Guess before you see", "Now with a spring"]):
        shown = finished_animation(teacher).current_revision
        LessonItemFactory.create(lesson=lesson, revision=shown, note=note, position=position)
    page = opened(site, new_context, teacher, f"/lessons/{lesson.pk}/")
    page.get_by_role("link", name="Present").click()
    page.wait_for_selector("[data-whole]")
    place(page, "Step 1 of 8")
    with page.expect_popup() as popup:
        page.keyboard.press("n")
    notes = popup.value
    site.watch(notes)
    expect(notes.get_by_text("Guess before you see")).to_be_visible()
    assert complaints(notes) == []
    for _press in range(8):  # to the end of each of four scenes, and on to the next
        notes.get_by_role("button", name="Next", exact=True).click()
        page.wait_for_timeout(150)
    place(page, "Step 5 of 8")
    expect(notes.get_by_text("Now with a spring")).to_be_visible()
