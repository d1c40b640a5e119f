"""What browsers are told to allow."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import AsyncRequestFactory

from core.middleware import ContentSecurityPolicy


def directives(response) -> dict[str, str]:
    header = response["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


def answer(request) -> HttpResponse:
    return HttpResponse(request.csp_nonce)


def test_pages_run_only_code_that_carries_the_nonce_of_their_response():
    response = ContentSecurityPolicy(answer)(RequestFactory().get("/"))
    nonce = response.content.decode()
    policy = directives(response)
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == f"'nonce-{nonce}' 'strict-dynamic'"
    assert policy["style-src"] == f"'self' 'nonce-{nonce}'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "http" not in response["Content-Security-Policy"]


def test_every_response_has_another_nonce():
    middleware = ContentSecurityPolicy(answer)
    nonces = {middleware(RequestFactory().get("/")).content for _ in range(20)}
    assert len(nonces) == 20
    assert all(len(nonce) >= 22 for nonce in nonces)


def test_the_admin_site_has_a_policy_of_its_own_without_inline_code():
    policy = directives(ContentSecurityPolicy(answer)(RequestFactory().get("/admin/")))
    assert policy["script-src"] == "'self'"
    assert "require-trusted-types-for" not in policy
    assert "unsafe" not in str(policy)


def test_a_view_may_bring_a_stricter_policy():
    def view(request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    assert ContentSecurityPolicy(view)(RequestFactory().get("/"))["Content-Security-Policy"] == "sandbox"


def test_sensors_and_payment_are_off_and_passkeys_are_on():
    policy = ContentSecurityPolicy(answer)(RequestFactory().get("/"))["Permissions-Policy"]
    assert "camera=()" in policy
    assert "payment=()" in policy
    assert "publickey-credentials-get=(self)" in policy
    assert re.fullmatch(r"[a-z-]+=\((self)?\)(, [a-z-]+=\((self)?\))*", policy)


async def test_it_works_under_asgi_without_a_thread():
    async def view(request):
        return HttpResponse(request.csp_nonce)

    response = await ContentSecurityPolicy(view)(AsyncRequestFactory().get("/"))
    assert f"'nonce-{response.content.decode()}'" in response["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/accounts/login/", "/no-such-page/", "/admin/"])
def test_real_responses_carry_all_headers(client, path):
    response = client.get(path)
    for header in (
        "Content-Security-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ):
        assert response.has_header(header), header
