"""The storyboard before the video: by keyboard and mouse, through reloads, lost networks and two windows."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from generation import boards
from generation.models import Board, Job
from projects.models import Animation, Artefact
from tests.browser.axe import complaints, scroll_width
from tests.browser.conftest import log_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROMPT = "Hooke's law for a spring of 40 N/m"
RENDER = 300_000  # milliseconds, on a busy machine
SAVED = "Saved."


@pytest.fixture(autouse=True)
def patient():
    """A busy machine takes its time; what is looked for comes all the same."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


def shot(page, name):
    if folder := os.environ.get("LIVE_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def begin(page, site, user, prompt=PROMPT):
    page.set_default_timeout(90_000)
    log_in(page.context, site, user)
    page.goto(f"{site.url}/dashboard/")
    page.get_by_label("What are you teaching next?").fill(prompt)
    page.get_by_label("Look at the storyboard first").check()
    page.get_by_role("button", name="Show me").click()
    page.wait_for_url("**/storyboard/")


def card(page, name):
    return page.locator(f"[data-card={name}]")


def names(page):
    return page.locator("[data-card]:not([data-left-out])").evaluate_all("all => all.map(one => one.dataset.card)")


def wait_until_saved(page):
    expect(page.locator("[data-part=line]")).to_have_text(SAVED)


def states(job):
    return {event.data["name"]: event.data["state"] for event in job.events.filter(kind="scene")}


@pytest.mark.worker
@pytest.mark.render
def test_from_words_to_cards_to_a_video_and_only_what_changed_is_drawn_again(site, worker, page, teacher):
    begin(page, site, teacher)
    assert names(page) == ["EqualSteps", "StraightLine", "TheLaw"]
    assert Job.objects.count() == 0
    card(page, "TheLaw").get_by_label("Line 1").fill("Remember this short equation.")
    law = card(page, "TheLaw").get_by_label("Title")
    law.focus()
    law.press("Alt+ArrowUp")
    law.press("Alt+ArrowUp")
    expect(law).to_be_focused()
    expect(page.locator("[data-part=live]")).to_have_text("“Hooke's law” is now scene 1 of 3.")
    law.press("Alt+ArrowUp")
    expect(page.locator("[data-part=live]")).to_contain_text("already the first")
    card(page, "StraightLine").get_by_role("button", name="Leave this scene out").click()
    expect(card(page, "StraightLine").get_by_role("button", name="Put it back")).to_be_focused()
    assert names(page) == ["TheLaw", "EqualSteps"]
    page.keyboard.press("Enter")
    assert names(page) == ["TheLaw", "EqualSteps", "StraightLine"]
    card(page, "EqualSteps").get_by_role("button", name="Leave this scene out").click()
    wait_until_saved(page)
    page.get_by_role("button", name="Draw it").click()
    page.wait_for_url(lambda url: "/storyboard/" not in url)
    expect(page.get_by_role("link", name="Download Video")).to_be_visible(timeout=RENDER)
    job = Job.objects.get()
    assert states(job) == {"TheLaw": "rendered", "StraightLine": "rendered"}
    said = captions(job)
    assert said.index("Remember this short equation.") < said.index("Now put each pair of force")
    assert "An unloaded spring" not in said

    page.get_by_role("link", name="Edit the storyboard").click()
    card(page, "StraightLine").get_by_label("Line 1").fill("Here is the graph.")
    card(page, "StraightLine").get_by_role("button", name="Move up").click()
    wait_until_saved(page)
    page.get_by_role("button", name="Draw it").click()
    page.wait_for_url(lambda url: "/storyboard/" not in url)
    expect(page.get_by_text("Version 2")).to_be_visible(timeout=RENDER)
    second = Job.objects.latest("created")
    assert states(second) == {"StraightLine": "rendered", "TheLaw": "cached"}
    assert captions(second).index("Here is the graph.") < captions(second).index("Remember this short equation.")
    page.go_back()
    expect(card(page, "StraightLine").get_by_label("Line 1")).to_have_value("Here is the graph.")


def captions(job):
    file = Artefact.objects.get(revision=job.revision, kind="captions").file
    return " ".join((Path(django_settings.MEDIA_ROOT) / file).read_text(encoding="utf-8").split())


def test_the_choice_to_look_first_is_remembered_and_enter_still_draws_at_once(site, page, teacher):
    begin(page, site, teacher)
    page.goto(f"{site.url}/dashboard/")
    expect(page.get_by_label("Look at the storyboard first")).to_be_checked()
    page.get_by_label("Look at the storyboard first").uncheck()
    page.get_by_label("What are you teaching next?").fill(PROMPT)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/animations/" in url and "storyboard" not in url)
    assert Job.objects.count() == 1
    page.goto(f"{site.url}/dashboard/")
    expect(page.get_by_label("Look at the storyboard first")).not_to_be_checked()


def test_cards_are_dragged_by_their_grip(site, page, teacher):
    begin(page, site, teacher)
    page.set_viewport_size({"width": 1366, "height": 2400})
    grip = card(page, "TheLaw").locator("[data-grip]").bounding_box()
    goal = card(page, "EqualSteps").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, grip["y"] - 40, steps=4)
    page.mouse.move(goal["x"] + 20, goal["y"] + 20, steps=20)
    page.mouse.up()
    expect(page.locator("[data-part=live]")).to_contain_text("is now scene 1 of 3")
    wait_until_saved(page)
    assert names(page) == ["TheLaw", "EqualSteps", "StraightLine"]
    page.reload()
    assert names(page) == ["TheLaw", "EqualSteps", "StraightLine"]


def test_what_is_wrong_is_said_at_its_field(site, page, teacher):
    begin(page, site, teacher)
    line = card(page, "EqualSteps").get_by_label("Line 1")
    line.fill("It pulls with {wieght}.")
    expect(card(page, "EqualSteps").get_by_text("{wieght} stands for nothing")).to_be_visible()
    expect(line).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Draw it").click()
    expect(page.get_by_text("The storyboard cannot be drawn yet.")).to_be_visible()
    expect(card(page, "EqualSteps").get_by_label("Line 1")).to_be_focused()
    assert complaints(page) == []
    shot(page, "fault")
    card(page, "EqualSteps").get_by_label("Line 1").fill("It pulls.")
    expect(card(page, "EqualSteps").get_by_text("stands for nothing")).to_be_hidden()
    page.get_by_role("button", name="Draw it").click()
    page.wait_for_url(lambda url: "/storyboard/" not in url)


def test_words_survive_a_lost_network_and_a_reload(site, page, teacher):
    begin(page, site, teacher)
    page.route("**/storyboard/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    card(page, "EqualSteps").get_by_label("Title").fill("My own title")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    assert Board.objects.get().cards[0]["title"] != "My own title"
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/storyboard/")
    page.reload()
    expect(card(page, "EqualSteps").get_by_label("Title")).to_have_value("My own title")
    wait_until_saved(page)
    assert Board.objects.get().cards[0]["title"] == "My own title"


def test_of_two_windows_the_later_one_wins_only_when_told(site, page, teacher):
    begin(page, site, teacher)
    other = page.context.new_page()
    site.watch(other)
    other.goto(page.url)
    card(other, "EqualSteps").get_by_label("Title").fill("From the other window")
    wait_until_saved(other)
    card(page, "TheLaw").get_by_label("Title").fill("From this window")
    expect(page.get_by_text("This storyboard was changed in another window.").first).to_be_visible()
    expect(card(page, "TheLaw").get_by_label("Title")).to_have_value("From this window")
    assert Board.objects.get().cards[0]["title"] == "From the other window"
    assert complaints(page) == []
    shot(page, "conflict")
    page.get_by_role("button", name="Keep mine in its place").click()
    expect(page.locator("[data-part=conflict]")).to_be_hidden()
    stored = Board.objects.get().cards
    assert stored[2]["title"] == "From this window" and stored[0]["title"] != "From the other window"


def test_scenes_are_added_in_words_and_as_a_title_card(site, page, teacher):
    begin(page, site, teacher)
    page.get_by_label("Then show").fill("the causes of the French Revolution")
    page.keyboard.press("Enter")
    expect(page.locator("#board-idea-error")).not_to_be_empty()
    expect(page.get_by_label("Then show")).to_be_focused()
    page.get_by_label("Then show").fill("the titration curve of a weak acid")
    page.get_by_role("button", name="Add its scenes").click()
    expect(card(page, "DropByDrop")).to_be_visible()
    assert names(page)[-2:] == ["DropByDrop", "ReadTheCurve"]
    page.get_by_role("button", name="Add a title card").click()
    expect(card(page, "Words1").get_by_label("Title")).to_be_focused()
    page.keyboard.type("Before the lab")
    card(page, "Words1").get_by_label("Line 1").fill("Goggles on")
    wait_until_saved(page)
    assert complaints(page) == []
    shot(page, "added")
    assert boards.problems(Board.objects.get()) == []


def test_nobody_else_sees_a_storyboard(site, page, teacher):
    begin(page, site, teacher)
    address = page.url
    log_in(page.context, site, UserFactory.create())
    assert page.goto(address).status == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1366])
def test_it_fits_every_screen(site, new_context, teacher, scheme, width):
    context = new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 800})
    page = context.new_page()
    site.watch(page)
    begin(page, site, teacher, "titration curve of a weak acid")
    card(page, "ReadTheCurve").get_by_role("button", name="Leave this scene out").click()
    wait_until_saved(page)
    shot(page, f"board-{width}-{scheme}")
    assert complaints(page) == []
    assert scroll_width(page) <= width
    fields = "story-board button:visible:not([aria-hidden]), story-board input:visible:not([type=checkbox])"
    small = page.locator(fields).evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(box => box.height < 44 && box.height > 1).length"
    )
    assert small == 0


def test_it_works_without_scripts(site, new_context, teacher):
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    site.watch(page)
    begin(page, site, teacher)
    card(page, "TheLaw").get_by_label("Title").fill("Mine")
    card(page, "TheLaw").get_by_role("button", name="Move up").click()
    assert names(page) == ["EqualSteps", "TheLaw", "StraightLine"]
    card(page, "EqualSteps").get_by_role("button", name="Leave this scene out").click()
    card(page, "TheLaw").get_by_label("Line 1").fill("It is {strange}.")
    page.get_by_role("button", name="Draw it").click()
    expect(card(page, "TheLaw").get_by_text("{strange} stands for nothing")).to_be_visible()
    expect(card(page, "TheLaw").get_by_label("Title")).to_have_value("Mine")
    card(page, "TheLaw").get_by_label("Line 1").fill("It is short.")
    page.get_by_role("button", name="Draw it").click()
    page.wait_for_url(lambda url: "/storyboard/" not in url)
    animation = Animation.objects.get()
    assert [scene["title"] for scene in Job.objects.get(animation=animation).draft["storyboard"]["scenes"]] == [
        "Mine",
        "A straight line",
    ]
