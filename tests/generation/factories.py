"""Jobs for tests, as the services would leave them."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, SelfAttribute, SubFactory
from factory.django import DjangoModelFactory

from generation import drafts, queue
from generation.engine.types import SceneCard, Storyboard
from generation.models import Job
from tests.factories import AnimationFactory

# The shortest scene that moves: a job over it is a whole job.
SOURCE = """from manim import *
from theorama_kit import *

side = knob(1.0, label="Side", unit="m", minimum=0.5, maximum=2.0, step=0.1)


class Turn(Scene):
    def construct(self):
        square = Square(side_length=side)
        self.add(square)
        self.play(Rotate(square, PI / 4), run_time=0.4)
"""
STORYBOARD = Storyboard("A turning square", (SceneCard("Turn", "Turn", "A square turns.", "It turns.", 0.4),))

SLOW_STORYBOARD = Storyboard("A walking dot", (SceneCard("Walk", "Walk", "A dot walks.", "It walks.", 12.0),))


def slow_source(seconds: float = 12.0) -> str:
    """Return a scene that takes a few seconds to draw."""
    return f"""from manim import *


class Walk(Scene):
    def construct(self):
        dots = VGroup(*[Dot() for _ in range(300)]).arrange_in_grid(15, 20)
        self.play(Rotate(dots, PI), run_time={seconds})
"""


def draft_json(source: str = SOURCE, storyboard: Storyboard = STORYBOARD) -> dict[str, Any]:
    """Return a draft as `generation.drafts` stores it."""
    return {
        "template": "",
        "title": storyboard.title,
        "storyboard": asdict(storyboard),
        "source": source,
        "understood": ["A square turns."],
    }


class JobFactory(DjangoModelFactory[Job]):
    """A waiting job."""

    class Meta:
        model = Job

    animation = SubFactory(AnimationFactory)
    owner = SelfAttribute("animation.project.owner")
    kind = Job.Kind.GENERATE
    state = Job.State.QUEUED
    prompt = "A square turns"
    draft = LazyAttribute(lambda _job: draft_json())
    tier = SelfAttribute("owner.tier")
    finished = LazyAttribute(lambda job: timezone.now() if job.state in Job.FINAL else None)

    @classmethod
    def _create(cls, model_class: type[Job], *args: Any, **fields: Any) -> Job:
        job = model_class(**fields)
        if job.state == Job.State.QUEUED and "turn" not in fields:
            queue.join(job, tier=job.tier, video_seconds=drafts.video_seconds(job.draft))
        job.save(force_insert=True)
        return job
