"""What she was about to do is done once she has paid; staff pages; what production refuses."""

from __future__ import annotations

import uuid

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.urls import reverse

from billing.stripe import checks, refunds
from billing.stripe.models import Purchase, StripeCustomer
from billing.stripe_double import checkout
from core.errors import DomainError
from generation import exporting
from generation.models import Job
from tests.factories import ArtefactFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def animation(teacher):
    """One of hers, with its video."""
    video = ArtefactFactory(
        revision__animation__project__owner=teacher, revision__author=teacher, kind="video", quality="l"
    )
    return video.revision.animation


def wish(animation, export="slides") -> dict[str, str]:
    return {"next": reverse("studio_exports", args=[animation.pk]), "export": export, "animation": str(animation.pk)}


def test_the_export_she_wanted_starts_with_the_webhook_and_she_lands_on_it(world, client, teacher, animation):
    with pytest.raises(DomainError) as refused:
        exporting.order(user=teacher, revision=animation.revisions.get(), name="slides")
    assert refused.value.code == "tier_export"
    client.force_login(teacher)
    client.post(reverse("purchase_begin", args=["professional", "month"]), wish(animation))
    purchase = Purchase.objects.get()
    checkout.pay(world.store, purchase.session_id)
    assert not Job.objects.exists()
    world.hear()
    job = Job.objects.get()
    assert job.kind == Job.Kind.EXPORT and job.draft["export"] == "slides" and job.owner == teacher
    back = client.get(reverse("purchase_done", args=[purchase.pk]))
    assert back["Location"] == reverse("studio_exports", args=[animation.pk])
    world.hear()
    client.get(reverse("purchase_done", args=[purchase.pk]))
    assert Job.objects.count() == 1


def test_a_wish_for_anothers_animation_starts_nothing(world, client, stranger, animation):
    client.force_login(stranger)
    client.post(reverse("purchase_begin", args=["professional", "month"]), wish(animation))
    checkout.pay(world.store, Purchase.objects.get().session_id)
    world.hear()
    assert not Job.objects.exists() and Purchase.objects.get().state == "paid"


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/" + "x" * 600]
)
def test_nobody_is_led_to_another_site(world, client, teacher, next_page):
    client.force_login(teacher)
    client.post(reverse("purchase_begin", args=["professional", "month"]), {"next": next_page})
    assert Purchase.objects.get().landing == ""


# --- Staff -------------------------------------------------------------------------------------------
@pytest.fixture
def clerk(db):
    user = UserFactory(is_staff=True, is_superuser=True)
    TOTP.activate(user, generate_totp_secret())
    return user


def test_staff_give_money_back_on_the_admin_site(world, client, teacher, clerk):
    row = world.subscribed(teacher)
    address = reverse("admin:billing_stripe_refund", args=[StripeCustomer.objects.get().pk])
    client.force_login(clerk)
    invoice = refunds.invoices(row.account)[0].invoice
    assert invoice in client.get(address).content.decode()
    form = {"invoice": invoice, "amount": "5.00", "reason": "bought twice", "token": str(uuid.uuid4())}
    for _click in range(2):
        assert client.post(address, form).status_code == 302
    assert [each["amount"] for each in world.store.all("refund")] == [500]


def test_teachers_do_not_reach_the_refunds(world, client, teacher):
    world.subscribed(teacher)
    client.force_login(teacher)
    address = reverse("admin:billing_stripe_refund", args=[StripeCustomer.objects.get().pk])
    assert client.post(address, {}).status_code in {302, 403}
    assert not world.store.all("refund")


def test_dj_stripes_pages_with_keys_and_secrets_are_not_on_the_admin_site():
    assert not [model for model in admin.site._registry if model._meta.app_label == "djstripe"]


# --- Production --------------------------------------------------------------------------------------
def test_production_refuses_the_double_another_host_and_unheard_payments(settings):
    def found() -> set[str]:
        return {each.id for each in checks.payment_settings(None)}

    settings.STRIPE_SECRET_KEY, settings.STRIPE_DOUBLE, settings.SITE_URL = "", False, "https://site.example"
    assert found() == set()
    settings.STRIPE_DOUBLE = True
    assert found() == {"theorama.E021"}
    settings.STRIPE_DOUBLE = False
    settings.STRIPE_API_HOST = "http://evil.example"
    assert found() == {"theorama.E022"}
    del settings.STRIPE_API_HOST
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRETS, settings.SITE_URL = "sk_live_x", [], ""
    assert found() == {"theorama.E023", "theorama.E024"}


def test_the_double_does_not_start_without_debug(settings):
    settings.STRIPE_DOUBLE, settings.DEBUG = True, False
    with pytest.raises(CommandError):
        call_command("stripe_double")


def test_commands_say_that_there_is_no_key(settings):
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(CommandError, match="takes no cards"):
        call_command("billing", "reconcile")
