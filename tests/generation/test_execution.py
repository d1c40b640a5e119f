"""One job from its draft to its revision and files, drawn for real."""

import errno
import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from generation import execution, film, previews, queue, services
from generation.engine import pipeline
from generation.engine.errors import EngineFault
from generation.engine.render.client import Renderer
from generation.engine.types import Fault, SceneCard, Storyboard
from generation.execution import Execution
from generation.models import Job
from generation.scribe import Reason
from projects.models import Revision
from tests.generation.factories import SLOW_STORYBOARD, SOURCE, JobFactory, draft_json, slow_source
from tests.generation.running import run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.render]

BROKEN = """

class Broken(Scene):
    def construct(self):
        self.add([Square()][1])
"""
TWO_SCENES = Storyboard("Two", (SceneCard("Turn", "Turn", "", "", 0.4), SceneCard("Broken", "Broken", "", "", 1.0)))


def last_event(job: Job) -> tuple[str, dict[str, Any]]:
    event = job.events.order_by("-seq").first()
    return event.kind, event.data


def test_a_job_becomes_a_revision_with_video_poster_captions_and_script(renderer: Renderer) -> None:
    job = run(renderer, JobFactory())
    assert job.state == "succeeded", job.fault
    assert job.revision is not None and job.animation.current_revision == job.revision
    assert (job.revision.number, job.revision.origin, job.revision.source) == (1, "generated", SOURCE)
    assert job.revision.values == {"side": 1.0} and job.revision.understood == ["A square turns."]
    (scene,) = job.revision.storyboard["scenes"]
    assert (scene["state"], scene["start"], scene["fault"]) == ("rendered", 0.0, None)
    files = {artefact.kind: artefact for artefact in job.revision.artefacts.all()}
    assert set(files) == {"video", "poster", "captions", "script"}
    assert files["video"].path.read_bytes()[4:8] == b"ftyp" and files["video"].seconds == pytest.approx(0.4, abs=0.1)
    assert files["poster"].path.read_bytes()[:2] == b"\xff\xd8"
    assert files["captions"].path.read_text().startswith("WEBVTT")
    kinds = list(job.events.values_list("kind", flat=True))
    assert kinds[0] == "started" and kinds[-1] == "succeeded" and {"stage", "storyboard", "plan", "scene"} <= set(kinds)
    _kind, data = last_event(job)
    assert data["revision"] == str(job.revision.pk) and len(data["artefacts"]) == 4 and data["faults"] == []
    assert previews.load(job.pk) is not None, "a frame was shown on the way"
    assert film.load(job.pk) is None, "the finished video takes the place of its pieces"
    assert list(execution.work_folder().glob("*")) == []


def test_turning_a_knob_makes_the_next_revision(renderer: Renderer) -> None:
    first = run(renderer, JobFactory())
    turned = services.turn_knobs(user=first.owner, animation=first.animation, values={"side": 1.5})
    assert (turned.kind, turned.state) == ("knobs", "queued")
    second = run(renderer, turned)
    assert second.revision is not None and second.revision.number == 2
    assert second.revision.parent == first.revision and second.revision.origin == "knobs"
    assert second.revision.values == {"side": 1.5} and "knob(1.5" in second.revision.source
    assert first.revision is not None and "knob(1.0" in first.revision.source


def test_another_quality_of_the_same_code_is_no_new_revision(renderer: Renderer) -> None:
    first = run(renderer, JobFactory())
    finer = services.turn_knobs(user=first.owner, animation=first.animation, values={}, quality="m")
    second = run(renderer, finer)
    assert second.revision == first.revision and Revision.objects.count() == 1
    qualities = second.revision.artefacts.filter(kind="video").values_list("quality", flat=True)
    assert sorted(qualities) == ["l", "m"]


def test_a_scene_that_fails_is_reported_and_the_rest_delivered(renderer: Renderer) -> None:
    job = run(renderer, JobFactory(draft=draft_json(SOURCE + BROKEN, TWO_SCENES)))
    assert job.state == "succeeded" and job.revision is not None
    states = {scene["name"]: scene["state"] for scene in job.revision.storyboard["scenes"]}
    assert states == {"Turn": "rendered", "Broken": "failed"}
    (fault,) = last_event(job)[1]["faults"]
    assert fault["scene"] == "Broken" and fault["line"] and fault["message"]


def test_when_no_scene_can_be_made_the_job_fails_with_the_reason(renderer: Renderer) -> None:
    only = Storyboard("Broken", (TWO_SCENES.scenes[1],))
    job = run(renderer, JobFactory(draft=draft_json(SOURCE + BROKEN, only)))
    assert job.state == "failed" and job.fault["message"] and job.fault["hint"]
    assert not Revision.objects.exists() and job.prompt, "nothing is lost"


def test_hostile_code_is_refused_before_it_runs(renderer: Renderer) -> None:
    hostile = SOURCE.replace("self.add(square)", "__import__('os').system('id')")
    job = run(renderer, JobFactory(draft=draft_json(hostile)))
    assert (job.state, job.fault["code"]) == ("failed", "policy")


class TestCancel:
    def test_a_running_job_stops_soon_and_leaves_nothing(self, renderer: Renderer) -> None:
        job = JobFactory(draft=draft_json(slow_source(), SLOW_STORYBOARD))

        def cancel_when_drawing() -> None:
            while not job.events.filter(kind="progress").exists():
                time.sleep(0.05)
            services.cancel(user=job.owner, job=job)

        cancelling = threading.Thread(target=cancel_when_drawing)
        cancelling.start()
        run(renderer, job)
        cancelling.join()
        assert (job.state, job.revision, last_event(job)[0]) == ("cancelled", None, "cancelled")
        assert not Revision.objects.exists()
        assert list(execution.work_folder().glob("*")) == []

    def test_cancelled_between_the_last_frame_and_the_end_it_ends_cancelled(
        self, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = JobFactory()
        deliver = Execution._deliver

        def cancel_first(self: Execution, *args: Any) -> None:
            services.cancel(user=job.owner, job=job)
            deliver(self, *args)

        monkeypatch.setattr(Execution, "_deliver", cancel_first)
        run(renderer, job)
        assert job.state == "cancelled" and not Revision.objects.exists()

    def test_cancelled_after_the_end_it_stays_done(self, renderer: Renderer) -> None:
        job = run(renderer, JobFactory())
        services.cancel(user=job.owner, job=job)
        job.refresh_from_db()
        assert (job.state, job.cancel_requested) == ("succeeded", False)


class TestOurFaults:
    def fail_with(self, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
        def broken(*_args: Any, **_kwargs: Any) -> None:
            raise error

        monkeypatch.setattr(pipeline, "produce", broken)

    @pytest.mark.parametrize("code", ["renderer_lost", "renderer_failed", "jail_unavailable", "scenes_lost"])
    def test_what_may_pass_is_tried_again_and_given_up_after_three_attempts(
        self, renderer: Renderer, monkeypatch: pytest.MonkeyPatch, code: str
    ) -> None:
        self.fail_with(monkeypatch, EngineFault(Fault(code, "It went wrong.", "Try again.")))
        job = JobFactory()
        states = [run(renderer, job).state for _attempt in range(3)]
        assert states == ["queued", "queued", "failed"] and job.fault["code"] == code

    def test_a_full_disk_fails_the_job_with_what_to_do(
        self, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.fail_with(monkeypatch, EngineFault(Fault("disk_full", "There is no room left.", "Free some space.")))
        job = run(renderer, JobFactory())
        assert (job.state, job.fault["code"], job.fault["hint"]) == ("failed", "disk_full", "Free some space.")

    def test_a_disk_that_fills_while_publishing_leaves_no_half_revision(
        self, renderer: Renderer, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        publish = execution.publish_artefact

        def full_for_captions(*, kind: str, **rest: Any) -> Any:
            if kind == "captions":
                raise OSError(errno.ENOSPC, "No space left on device")
            return publish(kind=kind, **rest)

        monkeypatch.setattr(execution, "publish_artefact", full_for_captions)
        job = run(renderer, JobFactory())
        assert (job.state, job.fault["code"]) == ("failed", "storage")
        assert not Revision.objects.exists()

    def test_a_bug_of_ours_fails_one_job_and_says_no_more_than_that(
        self, renderer: Renderer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.fail_with(monkeypatch, ZeroDivisionError("secret path /srv"))
        job = run(renderer, JobFactory())
        assert (job.state, job.fault["code"]) == ("failed", "internal")
        assert "secret" not in json.dumps(job.fault) and "secret" in caplog.text

    def test_a_database_that_restarts_at_the_end_costs_nothing(
        self, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        held = queue.held
        trouble = iter([True, True])

        def sometimes(claimed: queue.Claim) -> Any:
            if threading.current_thread() is threading.main_thread() and next(trouble, False):
                raise OperationalError("server closed the connection unexpectedly")
            return held(claimed)

        monkeypatch.setattr(queue, "held", sometimes)
        assert run(renderer, JobFactory()).state == "succeeded"


def test_a_stopping_worker_hands_the_job_back(renderer: Renderer) -> None:
    job = JobFactory(draft=draft_json(slow_source(), SLOW_STORYBOARD))
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    execution = Execution(claimed, renderer)
    threading.Timer(0.5, execution.stop, [Reason.WORKER_STOPPING]).start()
    execution.run()
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("queued", 0)


def test_a_job_deleted_while_it_runs_is_dropped_quietly(renderer: Renderer, tmp_path: Path) -> None:
    job = JobFactory(draft=draft_json(slow_source(), SLOW_STORYBOARD))
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    threading.Timer(0.5, job.animation.delete).start()
    Execution(claimed, renderer).run()
    assert not Job.objects.exists()
