"""Every screen, in both themes and on the smallest phone: nothing for axe, no sideways scroll, one h1."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from accounts import domains, trusting, verification
from accounts import joining as school_ways
from accounts.models import DomainClaim, JoinRequest, SchoolDomain, User
from billing import quotes
from generation.models import Job
from lessons import classrooms, joining, search, services
from lessons.models import Lesson
from projects import comments, sharing
from tests.accounts.proof import as_bytes, page_of_print
from tests.browser.axe import complaints, scroll_width
from tests.browser.conftest import log_in
from tests.browser.made import finished_animation
from tests.factories import (
    AnimationFactory,
    LessonFactory,
    LessonItemFactory,
    MembershipFactory,
    OrganisationFactory,
    ProjectFactory,
    UserFactory,
)
from tests.generation.factories import JobFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGNED_OUT = ["/", "/plans/", "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/", "/no-such-page/"]
SIGNED_IN = [
    "/dashboard/",
    "/new/",
    "/new/mechanics/",
    "/new/mechanics/hookes_law/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/account/keys/",
    "/account/consents/",
    "/account/data/",
    "/account/delete/",
    "/plans/",
    "/billing/",
    "/accounts/logout/",
]
FAULT = {"code": "timeout", "message": "Too long.", "hint": "Shorten it.", "scene": "", "line": None, "log": "trace"}


def lesson_addresses(teacher):
    lesson = LessonFactory.create(
        unit__subject__owner=teacher, title="How a pendulum's period depends on its length" * 2, school_year=2026
    )
    shown = finished_animation(teacher).current_revision
    LessonItemFactory.create(lesson=lesson, revision=shown)
    search.refresh([lesson])
    unit = lesson.unit
    room = classrooms.create_classroom(owner=teacher, title="Physics 10b, the second of two groups" * 2)
    hung = classrooms.hang_lesson(by=teacher, classroom=room, lesson=lesson)
    services.change_state(by=teacher, lessons=Lesson.objects.filter(pk=lesson.pk), state="published")
    behind = f"/class/{joining.token_of(joining.make_link(by=teacher, classroom=room))}/"
    joining.make_code(by=teacher, classroom=room, role="viewer")
    joining.invite(by=teacher, classroom=room, email="a.colleague.with.a.long.address@school.example", role="editor")
    return [
        "/lessons/",
        "/lessons/?q=pendulum",
        f"/lessons/subjects/{unit.subject_id}/",
        f"/lessons/{lesson.pk}/",
        "/classrooms/",
        f"/classrooms/{room.pk}/",
        f"/classrooms/lessons/{hung.pk}/",
        *share_addresses(teacher, shown.animation),
        "/join/",
        behind,
        f"{behind}lessons/{lesson.pk}/",
        f"/lessons/pick/{shown.animation_id}/",
        f"/animations/{shown.animation_id}/exports/",
        f"/animations/{shown.animation_id}/present/",
        f"/lessons/{lesson.pk}/present/?notes",
    ]


def school_addresses(teacher):
    """A district that she runs, with every list filled, and what our staff sees of it; she is staff too."""
    district = OrganisationFactory.create(kind="district", name="North District with a long name " * 2)
    MembershipFactory.create(organisation=district, user=teacher, role="owner")
    school = OrganisationFactory.create(name="East High", parent=district)
    colleague = MembershipFactory.create(organisation=district).user
    other = OrganisationFactory.create(name="West High")
    SchoolDomain.objects.create(domain="school.example", organisation=other, source="dns", joining="ask")
    SchoolDomain.objects.create(domain="north.example", organisation=district, source="dns", joining="ask")
    for domain, method in (("a-domain-of-some-length.north.example", "dns"), ("post.example", "mail")):
        domains.claim(by=teacher, organisation=district, domain=domain, method=method, mailbox="postmaster")
    DomainClaim.objects.create(organisation=other, domain="x.example", method="dns", state="disputed", expires=now())
    school_ways.invite(
        by=teacher, organisation=district, email="a.colleague.with.a.long.address@school.example", role="teacher"
    )
    JoinRequest.objects.create(organisation=district, user=UserFactory.create(), email="new@north.example")
    quote = quotes.ask(
        by=teacher, organisation=district, plan="district", seats=40, address="1 Chalk Street", email="a@b.example"
    )
    quotes.order(by=teacher, quote=quote, purchase_order="PO 4711")
    TOTP.activate(teacher, "JBSWY3DPEHPK3PXP")
    User.objects.filter(pk=teacher.pk).update(is_staff=True)
    trusting.propose(by=User.objects.get(pk=teacher.pk), domain="staff.example", audience="staff")
    said = {"school": "East High", "kind": "letter", "dated": localdate(), "sent": as_bytes(page_of_print())}
    asked = verification.verify_by_document(user=colleague, **said)
    verification.verify_by_document(user=teacher, **(said | {"sent": as_bytes(page_of_print(words="Another"))}))
    rest = ("roster", "domains", "policy", "usage", "purchases")
    return [
        "/school/",
        f"/school/{district.pk}/",
        f"/school/{school.pk}/",
        *(f"/school/{district.pk}/{page}/" for page in rest),
        f"/billing/quotes/{quote.pk}/",
        "/billing/orders/",
        "/verify/",
        "/verify/review/",
        f"/verify/review/{asked.pk}/",
        "/verify/domains/",
    ]


def share_addresses(teacher, animation):
    link = sharing.make_link(by=teacher, target=animation, level="remix", days=30)
    token = sharing.token_of(link)
    sharing.share_with_person(by=teacher, target=animation, email="colleague@school.example", level="comment")
    comments.add_comment(by=teacher, animation=animation, text="Why small angles?" * 9, seconds=65)
    return [
        f"/s/{token}/",
        f"/s/{token}/{animation.pk}/report/",
        f"/embed/{token}/",
        f"/animations/{animation.pk}/sharing/",
        f"/animations/{animation.pk}/watch/",
        f"/projects/{animation.project_id}/activity/",
        "/shared/",
    ]


def look_at(page, address):
    assert page.goto(address).status == (404 if "no-such" in address else 200), address
    expect(page.locator("h1")).to_have_count(1)
    assert complaints(page) == [], address


def studio_addresses(teacher):
    home = ProjectFactory.create(owner=teacher)
    running = JobFactory.create(animation=AnimationFactory.create(project=home, title="Running"))
    failed = JobFactory.create(
        animation=AnimationFactory.create(project=home, title="Failed"), state=Job.State.FAILED, fault=FAULT
    )
    cancelled = JobFactory.create(
        animation=AnimationFactory.create(project=home, title="Cancelled"), state=Job.State.CANCELLED
    )
    made = finished_animation(teacher)
    animations = [made.pk, running.animation_id, failed.animation_id, cancelled.animation_id]
    return [f"/animations/{animation}/" for animation in animations]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(site, new_context, teacher, scheme):
    context = new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    site.watch(page)
    for path in SIGNED_OUT:
        look_at(page, site.url + path)
    log_in(context, site, teacher)
    look_at(page, site.url + "/dashboard/")  # empty
    look_at(page, site.url + "/lessons/")  # empty
    for path in [*studio_addresses(teacher), *lesson_addresses(teacher), *school_addresses(teacher), *SIGNED_IN]:
        look_at(page, site.url + path)


def test_no_screen_scrolls_sideways_at_320_pixels(site, new_context, teacher):
    context = new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page = context.new_page()
    site.watch(page)
    wide = []
    for path in SIGNED_OUT:
        page.goto(site.url + path)
        wide += [path] if scroll_width(page) > 320 else []
    log_in(context, site, teacher)
    for path in [*studio_addresses(teacher), *lesson_addresses(teacher), *school_addresses(teacher), *SIGNED_IN]:
        assert page.goto(site.url + path).status == 200, path
        wide += [path] if scroll_width(page) > 320 else []
        assert complaints(page) == [], path
    assert wide == []


def test_the_theme_switch_is_kept(site, page):
    page.goto(site.url)
    paper = page.evaluate("() => getComputedStyle(document.body.parentElement).backgroundColor")
    page.get_by_role("button", name="Dark colours").click()
    page.reload()
    assert page.evaluate("() => getComputedStyle(document.body.parentElement).backgroundColor") != paper
    expect(page.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")


def test_stage_scenes_and_knobs_are_in_sight_on_a_small_laptop(site, new_context, teacher):
    animation = finished_animation(teacher)
    context = new_context()
    log_in(context, site, teacher)
    page = context.new_page()
    page.goto(f"{site.url}/animations/{animation.pk}/")
    for selector in ("stage-player", "scene-strip", "knob-panel"):
        box = page.locator(selector).bounding_box()
        assert box and box["y"] + box["height"] <= 768, (selector, box)


def test_injected_code_does_not_run_and_is_noticed(site, page):
    """The negative control of the watch over every other test."""
    page.goto(site.url)
    page.evaluate(
        "() => { try { const b = document.createElement('button'); b.setAttribute('onclick', 'window.hit = 1');"
        " document.body.append(b); b.click(); } catch (refused) { window.refused = refused.name; } }"
    )
    assert page.evaluate("() => [window.hit, window.refused]") == [None, "TypeError"]
    assert any("Trusted" in text for text in site.violations)
    site.violations.clear()
