"""Pages for people when a request fails, whatever view it was."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_unknown_page_is_a_404_page(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_a_form_without_its_token_is_refused():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert response.status_code == 403
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.urls("tests.core.page_urls")
def test_an_error_that_no_view_expected_keeps_its_status_and_words(client):
    response = client.get("/page/")
    assert response.status_code == 409
    assert response["Content-Type"].startswith("text/html")
    assert response["Retry-After"] == "7"
    page = response.content.decode()
    assert "That title is &lt;taken&gt;." in page and "Choose another." in page


@pytest.mark.urls("tests.core.page_urls")
async def test_it_does_so_under_asgi(async_client):
    response = await async_client.get("/page/")
    assert response.status_code == 409


def test_an_unknown_address_of_the_api_is_a_problem_also_in_development(client, settings):
    settings.DEBUG = True
    response = client.get("/api/v1/no-such-thing/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
