"""The pages and the command around a model that writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from generation.engine.served.attempts import Attempt, Step
from generation.models import Job, JobEvent
from tests.factories import AnimationFactory, ProjectFactory, RevisionFactory, UserFactory
from tests.generation.factories import JobFactory, draft_json
from tests.served.stub import serving
from tests.served.test_writer import BOARD, healthy

SERVED = {**draft_json(), "writer": "served"}
NEW = "show how a falling apple gets faster and faster"


@pytest.fixture
def teacher(client: Any, db: None) -> Any:
    user = UserFactory.create()
    client.force_login(user)
    return user


def test_who_writes_is_a_choice_only_where_there_is_a_model(client: Any, teacher: Any, settings: Any) -> None:
    assert 'name="writer"' not in client.get(reverse("dashboard")).content.decode()
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    page = client.get(reverse("dashboard")).content.decode()
    assert 'name="writer"' in page
    assert '<option value="served">' in page


def test_the_choice_reaches_the_job(client: Any, teacher: Any, settings: Any) -> None:
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    response = client.post(reverse("start"), {"prompt": NEW, "writer": "served"})
    assert response.status_code == 302
    assert Job.objects.get().draft["writer"] == "served"


def test_an_unknown_writer_is_refused(client: Any, teacher: Any, settings: Any) -> None:
    settings.MODEL_URL = "http://127.0.0.1:9/v1"
    assert client.post(reverse("start"), {"prompt": NEW, "writer": "somebody"}).status_code == 400
    assert not Job.objects.exists()


def studio_of(client: Any, teacher: Any, *, state: str, draft: dict[str, Any] = SERVED) -> str:
    animation = AnimationFactory.create(project=ProjectFactory.create(owner=teacher))
    revision = RevisionFactory.create(animation=animation) if state == "succeeded" else None
    lease = {"lease_until": "2999-01-01T00:00:00Z"} if state == "running" else {}
    job = JobFactory.create(animation=animation, state=state, draft=draft, revision=revision, **lease)
    if revision is not None:
        animation.current_revision = revision
        animation.save()
    attempt = Attempt(Step.WRITE, "A", "<b>Let go</b>", codes=("api",), line=7, detail="Circle takes no radios.")
    data = {**vars_of(attempt), "words": attempt.words}
    JobEvent.objects.create(job=job, seq=1, kind="attempt", data=data)
    return str(client.get(reverse("studio", args=[animation.pk])).content.decode())


def vars_of(attempt: Attempt) -> dict[str, Any]:
    names = ("step", "scene", "title", "round", "codes", "line", "detail")
    return {name: getattr(attempt, name) for name in names}


def test_the_page_of_a_running_job_has_a_place_for_what_is_written(client: Any, teacher: Any) -> None:
    page = studio_of(client, teacher, state="running")
    assert "<writing-desk" in page
    assert 'data-stage="writing"' in page


def test_a_job_of_the_library_has_none(client: Any, teacher: Any) -> None:
    page = studio_of(client, teacher, state="running", draft=draft_json())
    assert "<writing-desk" not in page
    assert 'data-stage="writing"' not in page


@pytest.mark.parametrize("state", ["succeeded", "failed"])
def test_what_the_model_tried_is_told_in_words_afterwards(client: Any, teacher: Any, state: str) -> None:
    page = studio_of(client, teacher, state=state)
    assert "The scene was written. It used something that Manim does not have." in page
    assert "Circle takes no radios." in page
    assert "(line 7)" in page
    assert "&lt;b&gt;Let go&lt;/b&gt;" in page


@pytest.mark.render
def test_the_command_lets_the_model_write(settings: Any, tmp_path: Path, capfd: Any, db: None) -> None:
    settings.RUN_DIR = tmp_path / "run"
    board = tmp_path / "board.json"
    board.write_text(json.dumps({**BOARD, "scenes": BOARD["scenes"][:1]}))
    with serving() as stub:
        stub.otherwise = healthy
        settings.MODEL_URL = stub.url
        more = {"storyboard": board, "temperature": 0.4, "out": tmp_path, "json": True}
        call_command("animate", NEW, writer="served", **more)
        assert stub.asked[0]["temperature"] == 0.4
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [line["step"] for line in lines if line["event"] == "attempt"] == ["write"]
    assert Path(lines[-1]["video"]).stat().st_size > 0


def test_the_command_says_what_is_missing(settings: Any) -> None:
    with pytest.raises(CommandError, match="Set MODEL_URL"):
        call_command("animate", NEW, writer="served", json=True)
