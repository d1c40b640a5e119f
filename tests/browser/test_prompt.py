"""The prompt field: by keyboard alone, without scripts, and when the answer is a question."""

import pytest
from playwright.sync_api import expect

from generation.models import Job
from tests.browser.axe import complaints
from tests.browser.conftest import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PENDULUM = "How the period of a pendulum depends on its length"
REFUSED = "Explain the causes of the French Revolution"


def test_the_keyboard_alone_gets_from_the_top_to_a_job(site, page, teacher):
    log_in(page.context, site, teacher)
    page.goto(site.url + "/dashboard/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What are you teaching next?")).to_be_focused()
    page.keyboard.type(PENDULUM)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/animations/**")
    assert Job.objects.get().prompt == PENDULUM


def test_every_stop_of_the_tab_key_can_be_seen(site, page):
    page.goto(site.url)
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("() => document.activeElement.outerHTML")


def test_a_refusal_keeps_the_words_and_offers_what_is_closest(site, page, teacher):
    log_in(page.context, site, teacher)
    page.goto(site.url + "/dashboard/")
    page.get_by_label("What are you teaching next?").fill(REFUSED)
    page.get_by_role("button", name="Show me").click()
    expect(page.locator("#answer-title")).to_be_visible()
    assert page.get_by_label("What are you teaching next?").input_value() == REFUSED
    assert complaints(page) == []
    assert Job.objects.count() == 0


def test_picking_an_offered_animation_draws_it(site, page, teacher):
    log_in(page.context, site, teacher)
    page.goto(site.url + "/dashboard/")
    page.get_by_label("What are you teaching next?").fill("double pendulum")
    page.get_by_role("button", name="Show me").click()
    page.get_by_role("button", name="Draw this one").first.click()
    page.wait_for_url("**/animations/**")
    assert Job.objects.get().prompt == "double pendulum"


def test_an_example_fills_the_field(site, page):
    page.goto(site.url)
    page.get_by_role("link", name="A pendulum's period and its length").click()
    expect(page.get_by_label("What are you teaching?")).to_have_value(PENDULUM)
    expect(page.get_by_label("What are you teaching?")).to_be_focused()


def test_it_works_without_scripts(site, new_context, teacher):
    context = new_context(java_script_enabled=False)
    log_in(context, site, teacher)
    page = context.new_page()
    site.watch(page)
    page.goto(site.url + "/dashboard/")
    page.get_by_label("What are you teaching next?").fill(REFUSED)
    page.get_by_role("button", name="Show me").click()
    expect(page.locator("#answer-title")).to_be_visible()
    page.get_by_label("What are you teaching next?").fill(PENDULUM)
    page.get_by_role("button", name="Show me").click()
    page.wait_for_url("**/animations/**")
    expect(page.get_by_text("loads itself again")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("You cancelled this")).to_be_visible()
    assert Job.objects.get().state == Job.State.CANCELLED
