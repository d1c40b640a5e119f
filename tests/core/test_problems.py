"""Every error of the API has one shape."""

import pytest

from core.problems import CONTENT_TYPE

pytestmark = [pytest.mark.urls("tests.core.problem_urls"), pytest.mark.django_db]
MEMBERS = {"type", "title", "status", "detail", "code", "message", "hint", "data"}


def problem(response, status, code):
    assert response.status_code == status
    assert response["Content-Type"].startswith(CONTENT_TYPE)
    body = response.json()
    assert set(body) == MEMBERS
    assert (body["status"], body["code"], body["detail"]) == (status, code, body["message"])
    assert body["message"]
    assert "secret details" not in response.content.decode()
    return body


def test_a_domain_error_keeps_its_code_words_and_data(client):
    body = problem(client.get("/api/v1/fail/domain/"), 422, "unclear")
    assert body["message"] == "Which pendulum?"
    assert body["hint"] == "Name one."
    assert body["data"] == {"alternatives": ["a"]}


def test_an_invalid_field_is_named(client):
    response = client.post("/api/v1/validate/", {"x": "wide"}, content_type="application/json")
    body = problem(response, 400, "invalid")
    assert body["message"].startswith("x: ")
    assert body["data"]["fields"]["x"][0]["code"] == "invalid"


def test_an_invalid_item_of_a_list_is_described(client):
    response = client.post("/api/v1/validate/", {"x": 1, "names": ["ok", "too long"]}, content_type="application/json")
    body = problem(response, 400, "invalid")
    assert "3" in body["message"]


def test_a_list_instead_of_an_object_is_described(client):
    assert problem(client.post("/api/v1/validate/", [], content_type="application/json"), 400, "invalid")["message"]


def test_broken_json_is_described(client):
    problem(client.post("/api/v1/validate/", "{", content_type="application/json"), 400, "parse_error")


def test_a_wrong_content_type_is_described(client):
    problem(client.post("/api/v1/validate/", "x", content_type="text/plain"), 415, "unsupported_media_type")


def test_a_wrong_method_is_described(client):
    response = client.delete("/api/v1/validate/")
    problem(response, 405, "method_not_allowed")
    assert "POST" in response["Allow"]


@pytest.mark.parametrize(
    ("kind", "status", "code"), [("http404", 404, "not_found"), ("denied", 403, "permission_denied")]
)
def test_djangos_own_errors_are_described_without_details(client, kind, status, code):
    problem(client.get(f"/api/v1/fail/{kind}/"), status, code)


def test_too_many_requests_say_when_to_come_back(client):
    response = client.get("/api/v1/fail/throttled/")
    assert "7" in problem(response, 429, "throttled")["hint"]
    assert response["Retry-After"] == "7"


def test_a_missing_key_is_answered_by_401(client):
    response = client.get("/api/v1/private/")
    problem(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_unknown_address_of_the_api_is_a_problem_too(client):
    problem(client.get("/api/v1/nothing-here/"), 404, "not_found")


def test_an_unexpected_error_says_nothing_of_its_cause(client):
    client.raise_request_exception = False
    problem(client.get("/api/v1/fail/bug/"), 500, "server_error")


def test_brackets_without_end_are_malformed(client):
    body = "[" * 100_000 + "]" * 100_000
    problem(client.post("/api/v1/validate/", body, content_type="application/json"), 400, "parse_error")


def test_a_body_that_is_too_large_is_refused(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post("/api/v1/validate/", {"x": 1, "names": ["a" * 200]}, content_type="application/json")
    assert "100" in problem(response, 413, "too_large")["hint"]
