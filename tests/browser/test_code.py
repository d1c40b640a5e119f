"""Code is edited in a real editor: kept while it is typed, told at its line, drawn by a real worker, and compared."""

import os

import pytest
from playwright.sync_api import expect

from generation import coding
from generation.models import CodeDraft
from tests.browser.axe import complaints, scroll_width
from tests.browser.conftest import log_in
from tests.browser.made import finished_animation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODE = """from theorama_kit import *


class Only(Stage):
    def construct(self):
        self.add(Circle())
        self.wait(1)
"""


@pytest.fixture
def edited(site, new_context, teacher):
    animation = finished_animation(teacher)
    context = new_context()
    log_in(context, site, teacher)
    page = context.new_page()
    site.watch(page)
    page.goto(f"{site.url}/animations/{animation.pk}/code/")
    return animation, page


def shot(page, name):
    if folder := os.environ.get("CODE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def type_anew(page, text):
    content = page.locator(".cm-content")
    content.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")  # Chromium styles what it puts in a selection's place, and the policy forbids it
    page.keyboard.insert_text(text)


def test_what_is_typed_is_kept_checked_and_survives_a_lost_network(edited):
    animation, page = edited
    line = page.locator("[data-part=line]")
    type_anew(page, CODE.replace("Circle()", "Circl()"))
    expect(line).to_have_text("Your code is kept.")
    problem = page.locator("[data-part=problems] li")
    expect(problem).to_contain_text("Circl")
    expect(page.locator(".cm-lint-marker-warning")).to_be_visible()
    shot(page, "problem")
    assert coding.draft_of(animation).source == CODE.replace("Circle()", "Circl()")
    page.get_by_role("button", name="Show changes").click()
    expect(page.locator(".cm-insertedLine").first).to_be_visible()
    shot(page, "changes")
    page.context.set_offline(True)
    type_anew(page, CODE)
    expect(line).to_contain_text("The network did not answer")
    page.context.set_offline(False)
    expect(line).to_have_text("Your code is kept.")
    expect(problem).to_have_count(0)
    assert coding.draft_of(animation).source == CODE


def test_another_window_is_told_and_the_reader_chooses(edited, teacher):
    animation, page = edited
    coding.save(by=teacher, animation=animation, version=0, source=CODE + "# the other window\n")
    type_anew(page, CODE + "# this window\n")
    expect(page.locator("[data-part=conflict]")).to_be_visible()
    assert "the other window" in CodeDraft.objects.get().source
    page.get_by_role("button", name="Keep mine in its place").click()
    expect(page.locator("[data-part=line]")).to_have_text("Your code is kept.")
    assert "this window" in CodeDraft.objects.get().source


def test_nobody_is_caught_in_the_editor_and_axe_finds_nothing(edited):
    _, page = edited
    page.locator(".cm-content").click()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.cm-editor')") is None
    assert complaints(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert scroll_width(page) <= 320
    shot(page, "phone")


@pytest.mark.worker
@pytest.mark.render
def test_edited_code_is_drawn_and_compared(edited, site, worker):
    animation, page = edited
    type_anew(page, CODE)
    expect(page.locator("[data-part=line]")).to_have_text("Your code is kept.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/animations/{animation.pk}/")
    expect(page.get_by_role("link", name="Compare versions")).to_be_visible(timeout=120_000)
    page.get_by_role("link", name="Compare versions").click()
    expect(page.locator("image-wipe[data-on] img")).to_have_count(2)
    page.locator("#wipe").focus()
    page.keyboard.press("End")
    expect(page.locator(".diff ins").first).to_be_visible()
    assert complaints(page) == []
    shot(page, "compare")
