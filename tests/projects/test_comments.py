"""Colleagues talk about an animation."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from core.errors import DomainError
from projects import comments, sharing
from projects.models import Activity, Comment, Notice
from tests.factories import RevisionFactory, UserFactory

pytestmark = pytest.mark.django_db


def reader(user):
    client = Client()
    client.force_login(user)
    return client


def refused(code, call):
    with pytest.raises(DomainError) as error:
        call()
    assert error.value.code == code


@pytest.fixture
def owner():
    return UserFactory(name="Ada")


@pytest.fixture
def animation(owner):
    revision = RevisionFactory(animation__project__owner=owner, animation__title="A pendulum")
    revision.animation.current_revision = revision
    revision.animation.save()
    return revision.animation


def guest(animation, level="comment", name=""):
    """Somebody the animation is shared with, who has looked at it."""
    user = UserFactory(**({"name": name} if name else {}))
    sharing.share_with_person(by=animation.project.owner, target=animation, email=user.email, level=level)
    sharing.note_opened(user, animation)
    return user


def say(by, animation, text="Why?", **more):
    return comments.add_comment(by=by, animation=animation, text=text, **more)


def test_a_comment_with_a_moment_is_said_read_changed_resolved_and_deleted_on_the_page(owner, animation):
    friend = guest(animation, name="Emmy")
    theirs, hers = reader(friend), reader(owner)
    path = f"/animations/{animation.pk}/watch/"
    answer = theirs.post(f"/animations/{animation.pk}/comments/new/", {"text": "Why <this>?", "moment": "1:05,5"})
    said = Comment.objects.get()
    assert answer.url == f"{path}#comment-{said.pk}"
    assert said.seconds == 65.5
    page = hers.get(path).content.decode()
    assert all(words in page for words in ("Emmy", "Why &lt;this&gt;?", 'data-seek="65.5"', "1:05"))
    theirs.post(f"/comments/{said.pk}/edit/", {"text": "Because"})
    page = hers.get(path).content.decode()
    assert "Because" in page and "edited" in page
    hers.post(f"/comments/{said.pk}/resolve/", {"to": "resolved"})
    assert "Open again" in theirs.get(path).content.decode()
    theirs.post(f"/comments/{said.pk}/resolve/", {"to": "open"})
    hers.post(f"/comments/{said.pk}/delete/")
    assert not Comment.objects.exists()
    verbs = list(Activity.objects.filter(actor__in=[owner, friend]).order_by("created").values_list("verb", flat=True))
    assert verbs[-3:] == ["commented", "resolved", "reopened"]


@pytest.mark.parametrize(("moment", "seconds"), [("", None), ("7", 7.0), ("0:07", 7.0), ("2:30", 150.0), ("1.5", 1.5)])
def test_moments_are_read_as_teachers_write_them(owner, animation, moment, seconds):
    reader(owner).post(f"/animations/{animation.pk}/comments/new/", {"text": "x", "moment": moment})
    assert Comment.objects.get().seconds == seconds


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": " \n "}, {"text": "x" * 2001}, {"text": "kept", "moment": "soon"}], ids=str
)
def test_what_cannot_be_a_comment_is_said_and_kept(owner, animation, wrong):
    answer = reader(owner).post(f"/animations/{animation.pk}/comments/new/", wrong)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert wrong["text"].strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_mentions_are_on_the_dashboard_and_in_the_mail_until_read(owner, animation, django_capture_on_commit_callbacks):
    friend, other = guest(animation, name="Emmy"), guest(animation, name="Carl")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        say(friend, animation, "Look at 1:05", mentioned=[other.pk])
    assert [message.to for message in mail.outbox] == [[other.email]]
    assert mail.outbox[0].subject == "Emmy mentioned you on “A pendulum”"
    assert "Look at 1:05" in mail.outbox[0].body
    assert "Emmy mentioned you on" in reader(other).get("/dashboard/").content.decode()
    assert "Emmy commented on" in reader(owner).get("/dashboard/").content.decode()
    reader(other).get(f"/animations/{animation.pk}/watch/")
    assert "mentioned you" not in reader(other).get("/dashboard/").content.decode()
    assert "Said to you" not in reader(friend).get("/dashboard/").content.decode()


def test_only_who_may_see_it_can_be_mentioned(owner, animation):
    friend, stranger = guest(animation), UserFactory()
    unopened = UserFactory()
    sharing.share_with_person(by=owner, target=animation, email=unopened.email, level="view")
    assert comments.people_to_mention(owner, animation) == [friend]
    say(owner, animation, mentioned=[stranger.pk, unopened.pk, owner.pk])
    assert not Notice.objects.exists()
    say(friend, animation)
    sharing.end_person_share(by=owner, share=friend.shares.get())
    assert comments.people_to_mention(owner, animation) == []


def test_a_notice_ends_with_the_right_to_see_what_it_is_about(owner, animation):
    friend = guest(animation)
    say(owner, animation, mentioned=[friend.pk])
    assert comments.notices_for(friend).count() == 1
    sharing.end_person_share(by=owner, share=friend.shares.get())
    assert not comments.notices_for(friend).exists()


def test_each_right_ends_where_the_next_begins(owner, animation):
    watcher, friend, stranger = guest(animation, "view"), guest(animation), UserFactory()
    said = say(friend, animation)
    for user, code in ((watcher, "not_allowed"), (stranger, "not_found")):
        refused(code, lambda user=user: say(user, animation))
        refused(code, lambda user=user: comments.edit_comment(by=user, comment=said, text="x"))
        refused(code, lambda user=user: comments.resolve_comment(by=user, comment=said, resolved=True))
    refused("not_yours", lambda: comments.delete_comment(by=watcher, comment=said))
    refused("not_found", lambda: comments.delete_comment(by=stranger, comment=said))
    refused("not_yours", lambda: comments.edit_comment(by=owner, comment=said, text="x"))
    sharing.share_with_person(by=owner, target=animation, email=friend.email, level="view")
    refused("not_allowed", lambda: comments.edit_comment(by=friend, comment=said, text="x"))
    comments.delete_comment(by=friend, comment=said)  # what she said stays hers to take back


def test_open_pages_learn_of_comments_and_of_a_right_that_ended(owner, animation):
    friend = guest(animation)
    client, path = reader(friend), f"/animations/{animation.pk}/watch/pulse/"
    before = client.get(path).json()
    assert client.get(f"{path}?edit").status_code == 403
    say(owner, animation)
    assert client.get(path).json() != before
    assert "Why?" in client.get(f"/animations/{animation.pk}/watch/?part=comments").content.decode()
    sharing.end_person_share(by=owner, share=friend.shares.get())
    assert client.get(path).status_code == 404


def test_one_account_cannot_flood_a_page(owner, animation, monkeypatch):
    monkeypatch.setitem(settings.RATES, "comment", {"user": "2/hour"})
    path = f"/animations/{animation.pk}/comments/new/"
    assert [reader(owner).post(path, {"text": "x"}).status_code for _try in range(3)] == [302, 302, 429]


def test_a_page_of_many_comments_asks_the_database_as_often_as_one_of_few(
    owner, animation, django_assert_max_num_queries
):
    client, path = reader(owner), f"/animations/{animation.pk}/watch/"
    for number in range(25):
        say(owner, animation, f"Number {number}")
    with django_assert_max_num_queries(20):
        page = client.get(path)
    assert "Number 24" in page.content.decode()


def test_activity_tells_what_happened_to_those_who_work_there(owner, animation):
    friend, watcher = guest(animation, name="Emmy"), guest(animation, "view")
    say(friend, animation)
    path = f"/projects/{animation.project_id}/activity/"
    page = reader(owner).get(path).content.decode()
    assert "Emmy commented on “A pendulum”" in page
    assert "Ada shared “A pendulum”" in page
    assert reader(watcher).get(path).status_code == 404
