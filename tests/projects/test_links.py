"""What anybody sees behind a share link, and what it lets her do."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from core.models import AuditEntry
from projects import services, sharing
from projects.models import Animation, LinkHolder, Report
from projects.reporting import handle
from tests.factories import AnimationFactory, RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db
BOARD = {"language": "en", "scenes": [{"name": "Swing", "title": "Swing", "shown": "A bob", "said": "It swings"}]}
FILES = [
    ("video", "a.mp4", "video/mp4"),
    ("poster", "a.jpg", "image/jpeg"),
    ("captions", "a.vtt", "text/vtt"),
    ("script", "a.py", "text/x-python"),
]
CODE = 'from theorama_kit import *\n\nlength = knob({}, label="Length", unit="m")\n'


@pytest.fixture
def owner():
    return UserFactory(name="Ada", email="ada.secret@school.example")


@pytest.fixture
def animation(owner, tmp_path):
    """An animation with a video, captions and code, at one metre."""
    animation = AnimationFactory(project__owner=owner, title="A pendulum")
    add_version(animation, tmp_path, 1.0, "generated")
    return animation


def add_version(animation, tmp_path, length, origin):
    revision = RevisionFactory(
        animation=animation, storyboard=BOARD, source=CODE.format(length), prompt="my words", origin=origin,
        parent=animation.current_revision,
    )  # fmt: skip
    for kind, name, content_type in FILES:
        (tmp_path / name).write_bytes(f"{kind} {length}".encode())
        services.publish_artefact(
            revision=revision, kind=kind, quality="", source=tmp_path / name, content_type=content_type
        )
    animation.current_revision = revision
    animation.save()
    return revision


def link_to(target, level="view", **more):
    by = target.owner if hasattr(target, "owner") else target.project.owner
    link = sharing.make_link(by=by, target=target, level=level, days=30, **more)
    return link, f"/s/{sharing.token_of(link)}/"


def body(answer):
    return b"".join(answer.streaming_content)


def reader(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_visitor_watches_without_cookie_and_learns_neither_words_nor_address(client, owner, animation):
    link, path = link_to(animation)
    answer = client.get(path)
    page = answer.content.decode()
    assert all(words in page for words in ("A pendulum", "by Ada", "It swings", '<track kind="captions"'))
    video = re.search(r'<video src="([^"]+)"', page)[1]
    assert body(client.get(video)) == b"video 1.0"
    assert not client.cookies
    assert not [said for said in (owner.email, "my words", "knob(", "csrf") if said in page]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex" in page
    sharing.revoke_link(by=owner, link=link)
    assert [client.get(each).status_code for each in (path, video, path.replace("/s/", "/embed/"))] == [404] * 3


def test_only_a_listed_link_may_be_listed(client, animation):
    _link, path = link_to(animation, listed=True)
    answer = client.get(path)
    assert "X-Robots-Tag" not in answer.headers
    assert "noindex" not in answer.content.decode()


def test_versions_made_with_knobs_are_there_to_choose_unless_left_out(client, animation, tmp_path):
    add_version(animation, tmp_path, 2.5, "knobs")
    add_version(animation, tmp_path, 9.0, "edited")
    unlike = add_version(animation, tmp_path, 3.0, "knobs")
    _link, path = link_to(animation)
    page = client.get(path).content.decode()
    assert "Length: 9 m" in page
    assert "Length: 2.5 m" not in page  # another code
    assert client.get(f"{path}?version={unlike.number}").status_code == 200
    old = client.get(f"{path}?version=3").content.decode()
    video = re.search(r'<video src="([^"]+)"', old)[1]
    assert body(client.get(video)) == b"video 9.0"
    assert client.get(f"{path}?version=1").status_code == 404
    bare = link_to(animation, variants=False)[1]
    assert "Length" not in client.get(bare).content.decode()
    assert client.get(video.replace(path, bare)).status_code == 404


def test_neither_code_nor_what_another_link_shows_is_behind_it(client, animation, tmp_path):
    _link, path = link_to(animation)
    other = add_version(AnimationFactory(project=animation.project), tmp_path, 1.0, "generated")
    script = animation.current_revision.artefacts.get(kind="script")
    for artefact in (script, other.artefacts.get(kind="video")):
        assert client.get(f"{path}files/{artefact.pk}/x").status_code == 404
    assert client.get(f"{path}{other.animation_id}/").status_code == 404


def test_a_link_to_a_project_lists_what_can_be_watched(client, animation):
    AnimationFactory(project=animation.project, title="Not drawn yet")
    _link, path = link_to(animation.project, "comment")
    page = client.get(path).content.decode()
    assert "A pendulum" in page and "Not drawn yet" not in page
    assert "It swings" in client.get(f"{path}{animation.pk}/").content.decode()
    assert client.get(path.replace("/s/", "/embed/")).status_code == 404


def test_bad_links_are_counted_and_good_ones_are_not(client, animation, monkeypatch):
    monkeypatch.setitem(settings.RATES, "bad_link", {"address": "3/hour"})
    _link, path = link_to(animation)
    bad = path.replace(":", ":x")
    paths = [bad, bad.replace("/s/", "/embed/"), f"{bad}{animation.pk}/", bad]
    assert [client.get(each).status_code for each in paths] == [404, 404, 404, 429]
    assert client.get(path).status_code == 200


# --- Frames --------------------------------------------------------------------------------------
def test_only_the_frame_may_be_framed(client, animation):
    _link, path = link_to(animation)
    framed, plain = client.get(path.replace("/s/", "/embed/")), client.get(path)
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]
    assert plain.headers["X-Frame-Options"] == "DENY"
    for kept in ("default-src 'none'", "require-trusted-types-for 'script'", "form-action 'self'"):
        assert kept in framed.headers["Content-Security-Policy"]
    page = framed.content.decode()
    assert "<form" not in page and "csrf" not in page
    assert not client.cookies


def test_oembed_in_json_and_xml_names_the_frame_of_the_link(client, animation):
    _link, path = link_to(animation)
    page = client.get(path).content.decode()
    found = re.findall(r'type="(?:application/json|text/xml)\+oembed" href="http://testserver([^"]+)"', page)
    spoken = [client.get(address.replace("&amp;", "&")) for address in found]
    answer, root = spoken[0].json(), ElementTree.fromstring(spoken[1].content)
    assert (answer["type"], answer["title"], answer["author_name"]) == ("video", "A pendulum", "Ada")
    assert f"http://testserver{path.replace('/s/', '/embed/')}" in answer["html"]
    assert root.find("html").text == answer["html"]
    assert body(client.get(answer["thumbnail_url"])) == b"poster 1.0"
    small = client.get("/oembed", {"url": f"http://testserver{path}", "maxwidth": "320"}).json()
    assert (small["width"], small["height"]) == (320, 180)


@pytest.mark.parametrize(
    ("url", "form", "status"),
    [("http://evil.example{}", "json", 404), ("http://testserver/lessons/", "json", 404), ("", "json", 404),
     ("http://testserver{}x/", "json", 404), ("http://testserver{}", "yaml", 501), ("http://[", "json", 404)],
)  # fmt: skip
def test_oembed_of_anything_else_is_refused(client, animation, url, form, status):
    _link, path = link_to(animation)
    assert client.get("/oembed", {"url": url.format(path), "format": form}).status_code == status


def test_a_title_cannot_leave_the_snippet(client, animation):
    Animation.objects.update(title='"><script>alert(1)</script>')
    _link, path = link_to(animation)
    snippet = client.get("/oembed", {"url": f"http://testserver{path}"}).json()["html"]
    assert "<script>" not in snippet
    page = client.get(path).content.decode()
    assert "<script>alert" not in page
    assert "<iframe" not in page
    assert "&lt;iframe src=" in page  # to copy, not to run


# --- Ways on -------------------------------------------------------------------------------------
def test_the_wish_to_remix_outlives_the_login_and_the_copy_says_whose_it_was(client, owner, animation):
    _link, path = link_to(animation, "remix")
    wish = f"{path}{animation.pk}/remix/"
    assert wish in client.get(path).content.decode()
    assert client.get(wish).url == f"/accounts/login/?next={wish.replace(':', '%3A')}"
    user = UserFactory()
    mine = reader(user)
    assert mine.get(wish).status_code == 200
    assert Animation.objects.count() == 1  # opening the page copies nothing
    made = mine.post(wish)
    copy = Animation.objects.exclude(pk=animation.pk).get()
    assert made.url == f"/animations/{copy.pk}/"
    assert copy.project.owner == user
    assert copy.current_revision.source == animation.current_revision.source
    assert {one.kind for one in copy.current_revision.artefacts.all()} == {"video", "poster", "captions", "script"}
    assert "A remix of “A pendulum” by Ada" in mine.get(f"/animations/{copy.pk}/watch/").content.decode()
    services.delete_animation(by=owner, animation=animation)
    again = link_to(copy)[1]
    assert "A remix of “A pendulum” by Ada" in client.get(again).content.decode()


@pytest.mark.parametrize("level", ["view", "comment"])
def test_a_link_that_does_not_say_remix_copies_nothing(animation, level):
    _link, path = link_to(animation, level)
    client = reader(UserFactory())
    assert "/remix/" not in client.get(path).content.decode()
    answers = [getattr(client, method)(f"{path}{animation.pk}/remix/").status_code for method in ("get", "post")]
    assert answers == [404, 403]
    assert Animation.objects.count() == 1


def test_a_link_is_kept_by_pressing_and_never_by_opening(animation):
    _link, path = link_to(animation, "comment")
    client = reader(UserFactory())
    assert client.get(f"{path}keep/").status_code == 200
    assert not LinkHolder.objects.exists()
    assert client.post(f"{path}keep/").url == f"/animations/{animation.pk}/watch/"
    assert "A pendulum" in client.get("/shared/").content.decode()
    client.post(f"/shared/kept/{LinkHolder.objects.get().pk}/drop/")
    assert "A pendulum" not in client.get("/shared/").content.decode()


# --- Reports -------------------------------------------------------------------------------------
def test_anybody_reports_and_staff_stop_the_link(client, animation):
    link, path = link_to(animation)
    form = f"{path}{animation.pk}/report/"
    assert client.post(form, {"reason": "nonsense"}).status_code == 422
    assert client.post(form, {"reason": "wrong", "words": "g is 9.81"}).status_code == 302
    waiting = Report.objects.get()
    assert (waiting.reporter, waiting.outcome) == (None, "open")
    assert AuditEntry.objects.filter(verb="report.made").count() == 1
    staff = UserFactory(is_staff=True, is_superuser=True)
    handle(by=staff, report=waiting, stop=True)
    handle(by=staff, report=waiting, stop=False)
    waiting.refresh_from_db()
    link.refresh_from_db()
    assert (waiting.outcome, link.is_open) == ("stopped", False)
    assert client.get(path).status_code == 404
    assert AuditEntry.objects.get(verb="report.handled").actor == staff


def test_reports_from_one_address_are_limited(client, animation, monkeypatch):
    monkeypatch.setitem(settings.RATES, "report", {"address": "2/hour"})
    _link, path = link_to(animation)
    answers = [client.post(f"{path}{animation.pk}/report/", {"reason": "other"}).status_code for _try in range(3)]
    assert answers == [302, 302, 429]
    assert Report.objects.count() == 2
