"""Keys for programs: shown once, kept as a digest, useless once revoked or expired."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import ApiKey
from core.errors import DomainError
from core.models import AuditEntry
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
KEYS = "/account/keys/"
api = pytest.mark.urls("tests.accounts.api_urls")


@pytest.fixture
def teacher():
    return UserFactory(email="ada@school.example", tier="professional")


@pytest.fixture
def new(teacher):
    return services.create_api_key(owner=teacher, name="Homework script")


@pytest.fixture
def page(client, teacher):
    """A browser that has just typed its password again."""
    client.post("/accounts/login/", {"login": teacher.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def call(secret, path="/api/v1/who/", **extra):
    return Client().get(path, headers={"Authorization": f"Bearer {secret}"}, **extra)


@api
def test_a_key_acts_as_its_owner(new, teacher):
    response = call(new.secret)
    assert response.status_code == 200
    assert response.json() == {"id": str(teacher.pk), "key": "Homework script"}


@api
def test_a_key_needs_no_csrf_token_and_a_session_does(new, teacher):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/v1/who/", headers={"Authorization": f"Bearer {new.secret}"}).status_code == 200
    strict.force_login(teacher)
    assert strict.post("/api/v1/who/").status_code == 403


@api
@pytest.mark.parametrize(
    "forge",
    [
        lambda secret: secret[:-1],
        lambda secret: secret[:-1] + ("x" if secret[-1] != "x" else "y"),
        lambda secret: secret.rpartition("_")[0] + "_",
        lambda secret: secret.replace("thk", "abc"),
        lambda secret: "thk_000000000000_" + "a" * 43,
        lambda secret: "",
        lambda secret: "a b c",
        lambda secret: "thk_' OR 1=1 --",
        lambda secret: "\xff\xfe",
    ],
)
def test_a_wrong_key_is_refused(new, forge):
    response = call(forge(new.secret))
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["code"] == "authentication_failed"


@api
def test_a_revoked_key_is_refused_at_once(new, teacher):
    assert call(new.secret).status_code == 200
    services.revoke_api_key(by=teacher, key=new.key)
    assert call(new.secret).status_code == 401


@api
def test_an_expired_key_is_refused(teacher):
    new = services.create_api_key(owner=teacher, name="Short", expires=timezone.now() + timedelta(hours=1))
    assert call(new.secret).status_code == 200
    ApiKey.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert call(new.secret).status_code == 401


@api
def test_the_key_of_a_closed_account_is_refused(new, teacher):
    teacher.is_active = False
    teacher.save()
    assert call(new.secret).status_code == 401


@api
def test_using_a_key_is_noted_but_not_on_every_call(new, django_assert_num_queries):
    call(new.secret)
    new.key.refresh_from_db()
    first = new.key.last_used
    assert first is not None
    with django_assert_num_queries(3):  # the key with its owner, the limit of the API and that of her tier
        call(new.secret)
    new.key.refresh_from_db()
    assert new.key.last_used == first


def test_the_key_itself_is_nowhere_in_the_database(new):
    stored = ApiKey.objects.values().get()
    assert new.secret not in str(stored)
    assert new.secret.split("_", 2)[2] not in str(stored)
    assert new.secret.startswith(stored["prefix"] + "_")
    assert len(new.secret.removeprefix(stored["prefix"] + "_")) >= 43


def test_keys_are_never_alike(teacher):
    secrets = {services.create_api_key(owner=teacher, name=f"Key {n}").secret for n in range(10)}
    assert len(secrets) == 10


def test_making_and_revoking_is_written_down(new, teacher):
    services.revoke_api_key(by=teacher, key=new.key)
    services.revoke_api_key(by=teacher, key=new.key)
    written = AuditEntry.objects.filter(target_id=str(new.key.pk))
    assert sorted(written.values_list("verb", flat=True)) == ["api_key.created", "api_key.revoked"]
    assert new.secret not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\0"])
def test_a_key_needs_a_name(teacher, name):
    with pytest.raises(DomainError) as refused:
        services.create_api_key(owner=teacher, name=name)
    assert refused.value.code == "name"


def test_a_key_cannot_be_born_expired(teacher):
    with pytest.raises(DomainError) as refused:
        services.create_api_key(owner=teacher, name="Late", expires=timezone.now())
    assert refused.value.code == "expires"


def test_there_is_a_most_of_live_keys_and_revoking_makes_room(teacher):
    made = [services.create_api_key(owner=teacher, name=f"Key {n}") for n in range(services.MOST_LIVE_KEYS)]
    with pytest.raises(DomainError) as refused:
        services.create_api_key(owner=teacher, name="One more")
    assert refused.value.code == "too_many_keys"
    services.revoke_api_key(by=teacher, key=made[0].key)
    services.create_api_key(owner=teacher, name="One more")


def test_nobody_revokes_the_key_of_another(new):
    with pytest.raises(DomainError) as refused:
        services.revoke_api_key(by=UserFactory(), key=new.key)
    assert refused.value.status == 404
    new.key.refresh_from_db()
    assert new.key.is_live()


def test_the_page_shows_a_new_key_once(page):
    response = page.post(KEYS, {"name": "Homework script", "lifetime": "90"})
    assert response.status_code == 200
    secret = response.context["new"].secret
    assert secret in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    again = page.get(KEYS).content.decode()
    assert secret not in again
    assert "Homework script" in again


def test_making_a_key_asks_for_the_password_again(client, teacher):
    client.force_login(teacher)
    response = client.post(KEYS, {"name": "Stolen laptop", "lifetime": "90"})
    assert response.url.startswith("/accounts/reauthenticate/")
    assert not ApiKey.objects.exists()


def test_the_page_says_what_is_wrong_with_the_form(page):
    response = page.post(KEYS, {"name": "", "lifetime": "7"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name", "lifetime"}


def test_the_page_revokes(page, new):
    assert page.post(f"{KEYS}{new.key.pk}/revoke/").status_code == 302
    new.key.refresh_from_db()
    assert not new.key.is_live()
