"""Showing that one teaches: by address, by document, by a school; and what time does to it."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import renewal, reviewing, trusting, verification
from accounts.models import (
    EducatorAddress,
    Membership,
    SchoolDomain,
    VerificationDecision,
    VerificationDocument,
    VerificationRequest,
)
from accounts.verification import is_verified_educator
from core.errors import DomainError
from core.models import AuditEntry
from tests.accounts.proof import as_bytes, page_of_print, reviewer
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
State = VerificationRequest.State
PICTURE = as_bytes(page_of_print())


def refused(code, call, **named):
    with pytest.raises(DomainError) as error:
        call(**named)
    assert error.value.code == code, error.value.message
    return error.value


def trusted(domain, audience="staff"):
    return SchoolDomain.objects.create(
        domain=domain, audience=audience, source="review", trusted_at=timezone.now() if audience == "staff" else None
    )


def send(user, **fields):
    said = {"school": "Lincoln High", "kind": "letter", "dated": timezone.localdate(), "sent": PICTURE} | fields
    return verification.verify_by_document(user=user, **said)


def decide(asked, verdict, by=None, **more):
    by = by or reviewer()
    reviewing.decide(by=by, request=asked, verdict=verdict, **more)
    asked.refresh_from_db()
    return asked


# --- By address ----------------------------------------------------------------------------------
def test_a_confirmed_address_at_a_trusted_staff_domain_verifies_at_once():
    trusted("staff.example")
    user = UserFactory(email="ada@staff.example")
    assert not is_verified_educator(user)
    asked = verification.verify_by_address(user=user, email="ada@staff.example")
    assert asked.state == State.APPROVED
    assert is_verified_educator(user)
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"verification.asked", "verification.moved"}


def test_an_address_that_is_not_confirmed_or_not_hers_does_not_count():
    trusted("staff.example")
    user = UserFactory()
    EmailAddress.objects.create(user=user, email="ada@staff.example", verified=False)
    refused("unconfirmed", verification.verify_by_address, user=user, email="ada@staff.example")
    UserFactory(email="bea@staff.example")
    refused("unconfirmed", verification.verify_by_address, user=user, email="bea@staff.example")


@pytest.mark.parametrize("audience", ["students", "mixed"])
def test_a_domain_of_students_never_passes(audience):
    trusted("nycstudents.net", audience)
    user = UserFactory(email="kid@nycstudents.net")
    told = refused("student_domain", verification.verify_by_address, user=user, email=user.email)
    assert "Students" in told.message


def test_the_public_list_of_schools_is_a_hint_and_never_enough():
    for email in ("prof@mit.edu", "kid@nycstudents.net", "x@anything.edu.cn"):
        user = UserFactory(email=email)
        refused("unknown_domain", verification.verify_by_address, user=user, email=email)
        assert not is_verified_educator(user)


def test_a_domain_known_but_not_trusted_does_not_pass():
    SchoolDomain.objects.create(domain="lincoln.example", audience="staff", source="dns")
    user = UserFactory(email="ada@lincoln.example")
    refused("unknown_domain", verification.verify_by_address, user=user, email=user.email)


def test_a_domain_below_or_beside_a_trusted_one_does_not_pass():
    trusted("lincoln.example")
    for email in ("kid@students.lincoln.example", "kid@lincoln.example.evil.com", "kid@notlincoln.example"):
        user = UserFactory(email=email)
        refused("unknown_domain", verification.verify_by_address, user=user, email=email)


@pytest.mark.parametrize("email", ["somebody@gmail.com", "somebody@mailinator.com"])
def test_addresses_that_anybody_can_have_are_turned_down(email):
    user = UserFactory(email=email)
    refused("throwaway", verification.verify_by_address, user=user, email=email)


def test_one_mailbox_verifies_one_account_whatever_its_spelling():
    trusted("staff.example")
    first, second = UserFactory(email="ada@staff.example"), UserFactory(email="other@home.example")
    EmailAddress.objects.create(user=second, email="ada+2@staff.example", verified=True)
    verification.verify_by_address(user=first, email=first.email)
    refused("address_used", verification.verify_by_address, user=second, email="ada+2@staff.example")
    assert EducatorAddress.objects.count() == 1
    assert VerificationRequest.objects.count() == 1  # the refused try left nothing behind


# --- By document ---------------------------------------------------------------------------------
def test_a_document_waits_for_a_reviewer_who_alone_may_see_it(mailoutbox, django_capture_on_commit_callbacks):
    user = UserFactory()
    asked = send(user)
    assert (asked.state, is_verified_educator(user)) == (State.PENDING, False)
    picture = asked.documents.get()
    refused("not_found", reviewing.open_document, by=user, document=picture)
    refused("not_found", reviewing.open_document, by=UserFactory(is_staff=True), document=picture)
    assert reviewing.open_document(by=reviewer(), document=picture).startswith(b"\xff\xd8")
    with django_capture_on_commit_callbacks(execute=True):
        decide(asked, "approved")
    assert is_verified_educator(user)
    assert mailoutbox[-1].to == [user.email]
    assert "verified" in mailoutbox[-1].subject


def test_the_file_itself_is_nowhere_in_the_database():
    asked = send(UserFactory())
    sealed = bytes(asked.documents.get().sealed)
    assert PICTURE[100:200] not in sealed
    assert b"JFIF" not in sealed


def test_an_old_document_and_one_of_tomorrow_are_turned_down():
    user, today = UserFactory(), timezone.localdate()
    refused("outdated", send, user=user, dated=today - timedelta(days=366))
    refused("invalid", send, user=user, dated=today + timedelta(days=1))
    assert not VerificationRequest.objects.exists()


def test_a_refusal_has_a_reason_in_words_and_is_mailed(mailoutbox, django_capture_on_commit_callbacks):
    asked, by = send(UserFactory()), reviewer()
    refused("reason", reviewing.decide, by=by, request=asked, verdict="rejected")
    refused("reason", reviewing.decide, by=by, request=asked, verdict="rejected", reason="other")
    with django_capture_on_commit_callbacks(execute=True):
        decide(asked, "rejected", by, reason="altered", note="The date is pasted over.")
    assert "looks altered" in mailoutbox[-1].body
    assert "pasted over" in mailoutbox[-1].body
    assert VerificationDecision.objects.filter(request=asked, by=by, reason="altered").exists()


def test_a_better_document_joins_the_same_request():
    user = UserFactory()
    asked = decide(send(user), "needs_info", reason="unreadable")
    again = send(user, sent=as_bytes(page_of_print(words="A clearer letter")))
    assert again.pk == asked.pk
    assert (again.state, again.documents.count()) == (State.PENDING, 2)


def test_the_same_picture_of_another_account_is_shown_to_the_reviewer():
    first, second = send(UserFactory()), send(UserFactory(), sent=as_bytes(page_of_print(), "WEBP", lossless=True))
    assert reviewing.others_with_the_same_picture(second).get().request_id == first.pk
    assert [one.repeated for one in reviewing.with_repeats(reviewing.queue())] == [True, True]
    other = send(UserFactory(), sent=as_bytes(page_of_print(words="Another letter")))
    assert not reviewing.with_repeats(reviewing.queue()).get(pk=other.pk).repeated


def test_nobody_decides_twice_or_on_her_own_request():
    asked, by = send(UserFactory()), reviewer()
    decide(asked, "approved", by)
    refused("decided", reviewing.decide, by=by, request=asked, verdict="rejected", reason="altered")
    refused("own", reviewing.decide, by=by, request=send(by), verdict="approved")


def test_an_appeal_is_heard_once_by_another_reviewer():
    user, first = UserFactory(), reviewer()
    asked = decide(send(user), "rejected", first, reason="name_differs")
    verification.appeal(user=user, request=asked, words="I married; the letter has my old name.")
    asked.refresh_from_db()
    assert asked.state == State.PENDING
    refused("own", reviewing.decide, by=first, request=asked, verdict="approved")
    decide(asked, "rejected", reason="name_differs")
    refused("no_appeal", verification.appeal, user=user, request=asked, words="Once more")


def test_an_appeal_belongs_to_whoever_asked_and_has_its_time():
    asked = decide(send(UserFactory()), "rejected", reason="altered")
    refused("not_found", verification.appeal, user=UserFactory(), request=asked, words="Let me in")
    VerificationRequest.objects.update(decided=timezone.now() - timedelta(days=31))
    refused("no_appeal", verification.appeal, user=asked.user, request=asked, words="Please")


def test_four_requests_within_thirty_days_are_one_too_many():
    user = UserFactory()
    for _try in range(3):
        decide(send(user), "rejected", reason="unreadable")
    told = refused("too_many", send, user=user)
    assert told.status == 429
    assert 0 < told.data["retry_after"] <= 30 * 86400
    VerificationRequest.objects.update(created=timezone.now() - timedelta(days=31))
    assert send(user).state == State.PENDING


def test_only_one_request_is_open_at_a_time_even_past_the_services():
    user = UserFactory()
    asked = send(user)
    refused("open", send, user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationRequest.objects.create(user=user, method="document")
    verification.withdraw(user=user, request=asked)
    assert send(user).state == State.PENDING


# --- Time ----------------------------------------------------------------------------------------
@pytest.fixture
def verified():
    trusted("staff.example")
    user = UserFactory(email="ada@staff.example")
    return verification.verify_by_address(user=user, email=user.email)


def test_it_ends_by_itself_after_a_year_and_counts_for_the_past(verified):
    user, end = verified.user, verified.expires
    assert is_verified_educator(user, end - timedelta(seconds=1))
    assert not is_verified_educator(user, end)
    assert not is_verified_educator(user, verified.decided - timedelta(seconds=1))
    renewal.end_what_ran_out(end + timedelta(days=1))
    verified.refresh_from_db()
    assert (verified.state, verified.reason) == (State.EXPIRED, "ran_out")
    assert is_verified_educator(user, end - timedelta(days=1))


def test_reminders_leave_thirty_and_seven_days_before_and_once_each(verified, mailoutbox):
    end = verified.expires
    sent = [renewal.remind(end - timedelta(days=days)) for days in (31, 29, 29, 20, 6, 6, 1)]
    assert sent == [0, 1, 0, 0, 1, 0, 0]
    assert len(mailoutbox) == 2


def test_a_reminder_that_the_mail_server_refused_is_tried_again(verified, mailoutbox, settings):
    now = verified.expires - timedelta(days=29)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert renewal.remind(now) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert renewal.remind(now) == 1


def test_she_can_renew_in_the_last_thirty_days_and_then_has_a_year_again(verified):
    user = verified.user
    refused("already", verification.verify_by_address, user=user, email=user.email)
    VerificationRequest.objects.update(expires=timezone.now() + timedelta(days=29))
    again = verification.verify_by_address(user=user, email=user.email)
    assert again.expires - timezone.now() > timedelta(days=364)
    assert verification.live_at(user).get() == again


def test_pictures_are_deleted_a_week_after_the_decision_and_not_before():
    asked = send(UserFactory())
    picture = asked.documents.get()
    now = timezone.now()
    assert renewal.delete_documents(now + timedelta(days=400)) == 0  # nobody has decided
    decide(asked, "approved")
    assert renewal.delete_documents(now + timedelta(days=6)) == 0
    assert renewal.delete_documents(now + timedelta(days=8)) == 1
    picture.refresh_from_db()
    assert picture.sealed is None
    assert picture.sha256
    refused("not_found", reviewing.open_document, by=reviewer(), document=picture)
    assert AuditEntry.objects.filter(verb="verification.document_deleted").exists()


def test_a_document_row_holds_a_picture_or_is_deleted():
    send(UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationDocument.objects.update(sealed=None)


# --- Trust ---------------------------------------------------------------------------------------
def test_trust_in_a_domain_takes_two():
    first, second = reviewer(), reviewer()
    user = UserFactory(email="ada@lincoln.example")
    domain = trusting.propose(by=first, domain="lincoln.example", audience="staff")
    refused("unknown_domain", verification.verify_by_address, user=user, email=user.email)
    refused("own", trusting.confirm, by=first, domain=domain, agree=True)
    trusting.confirm(by=second, domain=domain, agree=True)
    assert verification.verify_by_address(user=user, email=user.email).state == State.APPROVED


def test_a_domain_that_students_turn_out_to_have_takes_its_verifications_back(
    verified, mailoutbox, django_capture_on_commit_callbacks
):
    assert is_verified_educator(verified.user)
    with django_capture_on_commit_callbacks(execute=True):
        trusting.propose(by=reviewer(), domain="staff.example", audience="students")
    assert not is_verified_educator(verified.user)
    verified.refresh_from_db()
    assert (verified.state, verified.reason) == (State.REVOKED, "domain_lost")
    assert "no longer" in mailoutbox[-1].body


@pytest.mark.parametrize("call", [trusting.propose, trusting.confirm, trusting.distrust, trusting.settle])
def test_only_reviewers_decide_on_trust(call):
    domain = trusted("staff.example")
    named = {"domain": "x.example", "audience": "staff"} if call is trusting.propose else {"domain": domain}
    named |= {"agree": True} if call is trusting.confirm else {}
    named = {"claim": domain} if call is trusting.settle else named
    for by in (UserFactory(), UserFactory(is_staff=True)):
        refused("not_found", call, by=by, **named)


def test_an_inactive_account_is_no_educator(verified):
    verified.user.is_active = False
    assert not is_verified_educator(verified.user)


def test_a_verified_school_verifies_the_teachers_it_asks_in_and_ends_it_when_they_leave():
    from accounts import joining, organisations

    school = OrganisationFactory()
    admin, teacher = UserFactory(), UserFactory()
    Membership.objects.create(user=admin, organisation=school, role="owner")
    asked = joining.invite(by=admin, organisation=school, email=teacher.email, role="teacher")
    joining.answer(user=teacher, invitation=asked, accept=True)
    assert not is_verified_educator(teacher)  # nobody knows the school
    organisations.leave(user=teacher, organisation=school)
    trusting.verify_organisation(by=reviewer(), organisation=school, sure=True)
    asked = joining.invite(by=admin, organisation=school, email=teacher.email, role="teacher")
    joining.answer(user=teacher, invitation=asked, accept=True)
    assert is_verified_educator(teacher)
    organisations.leave(user=teacher, organisation=school)
    assert not is_verified_educator(teacher)
