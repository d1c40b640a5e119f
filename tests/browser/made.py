"""A finished animation made of the real example render, for tests that need no new one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import av
from django.conf import settings

from generation.engine.library import catalogue
from generation.models import Job
from projects.models import Animation
from projects.services import add_revision, create_animation, ensure_default_project, publish_artefact
from tests.generation.factories import JobFactory

EXAMPLE = Path(settings.ROOT) / "static" / "example"
FILES = (
    ("video", "l", "pendulum.mp4", "video/mp4"),
    ("poster", "l", "pendulum.jpg", "image/jpeg"),
    ("captions", "", "pendulum.vtt", "text/vtt"),
    ("script", "", "pendulum.vtt", "text/x-python"),
)


def finished_animation(user: Any) -> Animation:
    """An animation whose four scenes lie end to end."""
    template = catalogue.templates()["pendulum_period"]
    storyboard = asdict(template.storyboard)
    with av.open(str(EXAMPLE / "pendulum.mp4")) as video:
        seconds = video.duration / av.time_base / len(storyboard["scenes"])
    for number, scene in enumerate(storyboard["scenes"]):
        scene |= {"start": number * seconds, "seconds": seconds, "state": "rendered", "fault": None}
    animation = create_animation(by=user, project=ensure_default_project(owner=user), title=template.title)
    revision = add_revision(
        animation=animation,
        author=user,
        prompt=template.phrases[0],
        template=template.slug,
        title=template.title,
        storyboard=storyboard,
        source=template.source,
        values={},
        understood=["Lengths of the strings: 0.5, 1 and 2 m."],
        origin="generated",
        parent=None,
    )
    for kind, quality, name, content_type in FILES:
        source = EXAMPLE / name
        publish_artefact(revision=revision, kind=kind, quality=quality, source=source, content_type=content_type)
    JobFactory.create(animation=animation, state=Job.State.SUCCEEDED, revision=revision)
    animation.refresh_from_db()
    return animation
