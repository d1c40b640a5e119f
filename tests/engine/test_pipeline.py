"""From code to files: scenes render, fail, are kept and cancelled one by one. Real renders in the real jail."""

import shutil
import threading
import time

import av
import pytest

from generation.engine import drafting, pipeline
from generation.engine.cache import SceneCache
from generation.engine.errors import Cancelled, EngineFault, NotServed, RequestFault
from generation.engine.types import Event, Limits, Quality

pytestmark = [pytest.mark.render, pytest.mark.jail]

THREE = """from manim import *
from theorama_kit import *

size = knob(1.0, label="Size", minimum=0.5, maximum=3.0)
turn = knob(0.5, label="Turn", unit="rad", minimum=0.0, maximum=3.0)


class Grows(Stage):
    def construct(self):
        self.say("A square appears.")
        self.play(Create(Square(size)), run_time=0.6)
        self.pause(0.2)


class Turns(Stage):
    def construct(self):
        shape = Square(2, color=SKY)
        self.add(shape)
        self.say("It turns.")
        self.play(Rotate(shape, turn), run_time=0.6)
        self.pause(0.2)
"""
BROKEN = """

class Breaks(Stage):
    def construct(self):
        self.play(Create(Square()), run_time=0.2)
        Square().shift([UP, DOWN][5])
"""


@pytest.fixture
def produce(renderer, tmp_path):
    cache = SceneCache(tmp_path / "scenes")

    def run(draft, **options):
        options = {"quality": Quality.LOW, "out": tmp_path / "out", "renderer": renderer, "cache": cache} | options
        return pipeline.produce(draft, **options)

    return run


def frames(path):
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_scenes_that_vanish_before_the_video_is_made_are_our_fault_and_the_next_try_makes_it(produce, tmp_path):
    def remove(event: Event) -> None:
        if event.data == {"stage": "assembling"}:
            shutil.rmtree(tmp_path / "scenes")

    draft = drafting.draft_source(THREE, title="A square")
    with pytest.raises(EngineFault) as raised:
        produce(draft, on_event=remove)
    assert raised.value.fault.code == "scenes_lost"
    assert frames(produce(draft).video) > 0


def test_scenes_become_one_video_with_captions_poster_and_script(produce):
    made = produce(drafting.draft_source(THREE, title="A square"))

    assert [scene.state for scene in made.scenes] == ["rendered", "rendered"]
    assert frames(made.video) == round(15 * made.seconds)
    assert made.scenes[1].start == pytest.approx(made.scenes[0].seconds)
    assert made.poster.read_bytes()[:2] == b"\xff\xd8"
    captions = made.captions.read_text()
    assert "A square appears." in captions
    assert "It turns." in captions
    assert "def knob(" in made.script.read_text()
    assert made.faults == ()


def test_a_knob_renders_only_the_scenes_that_read_it(produce):
    first = drafting.draft_source(THREE, title="A square")
    before = produce(first)
    turned = drafting.redraft(first.source, first.storyboard, {"turn": 1.5}, title=first.title)

    after = produce(turned)

    assert [scene.state for scene in after.scenes] == ["cached", "rendered"]
    assert after.seconds == pytest.approx(before.seconds)
    assert [scene.state for scene in produce(first).scenes] == ["cached", "cached"]


def test_a_knob_turned_too_far_is_told_while_the_scene_is_drawn(produce):
    late = """

class Late(Stage):
    def construct(self):
        square = Square()
        self.play(Rotate(square, turn, run_time=40))
        square.scale(1 / (turn - 3.0))
"""
    first = drafting.draft_source(THREE + late, title="Three")
    produce(first)
    broken = drafting.redraft(first.source, first.storyboard, {"turn": 3.0}, title="Three")
    events = []
    animation = produce(broken, on_event=events.append)
    assert [outcome.state for outcome in animation.scenes] == ["cached", "rendered", "failed"]
    assert animation.scenes[2].fault.code == "zero_division"
    assert animation.scenes[2].fault.line == len((THREE + late).splitlines())
    drawn = [event.data["frame"] for event in events if event.kind == "frames" and event.data["scene"] == "Late"]
    assert max(drawn, default=0) < 40 * Quality.LOW.frame_rate, "it was drawn to its end although it could not be"


def test_another_quality_is_rendered_anew(produce):
    draft = drafting.draft_source(THREE, title="A square")
    produce(draft)

    made = produce(draft, quality=Quality.MEDIUM)

    assert [scene.state for scene in made.scenes] == ["rendered", "rendered"]
    with av.open(str(made.video)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (1280, 720)


def test_a_scene_that_fails_is_reported_and_the_rest_delivered(produce):
    events: list[Event] = []
    source = THREE + BROKEN

    made = produce(drafting.draft_source(source, title="A square"), on_event=events.append)

    assert [scene.state for scene in made.scenes] == ["rendered", "rendered", "failed"]
    (fault,) = made.faults
    assert fault.scene == "Breaks"
    assert source.splitlines()[fault.line - 1].strip() == "Square().shift([UP, DOWN][5])"
    assert fault.message
    assert frames(made.video) == round(15 * made.seconds)
    told = [event.data for event in events if event.kind == "scene" and event.data["fault"]]
    assert [data["name"] for data in told] == ["Breaks"]


def test_when_no_scene_can_be_made_the_reason_is_the_first_scenes(produce):
    source = "from manim import *\nfrom theorama_kit import *\n" + BROKEN

    with pytest.raises(RequestFault) as refused:
        produce(drafting.draft_source(source, title="Broken"))

    assert refused.value.fault.line


def test_the_policy_stands_before_everything(produce, tmp_path):
    source = "from manim import *\nimport os\n\n\nclass A(Scene):\n    def construct(self):\n        self.wait()\n"

    with pytest.raises(RequestFault) as refused:
        drafting.draft_source(source, title="A")

    assert refused.value.fault.code == "policy"
    assert refused.value.fault.line == 2
    assert not (tmp_path / "out").exists()


def test_events_tell_the_plan_the_progress_and_every_scene(produce):
    events: list[Event] = []
    previews: list[tuple[str, bytes]] = []

    produce(
        drafting.draft_source(THREE, title="A square"),
        on_event=events.append,
        on_preview=lambda scene, jpeg: previews.append((scene, jpeg)),
    )

    plan = next(event.data for event in events if event.kind == "plan")
    assert [scene["name"] for scene in plan["scenes"]] == ["Grows", "Turns"]
    progress = [event.data for event in events if event.kind == "progress"]
    assert progress[-1]["percent"] == 100
    assert progress[-1]["frames_done"] == plan["frames"]
    stages = [event.data["stage"] for event in events if event.kind == "stage"]
    assert stages == ["storyboard", "checking", "rendering", "assembling"]
    assert previews[0][0] == "Grows"
    assert all(jpeg[:2] == b"\xff\xd8" for _, jpeg in previews)


def test_stopping_ends_the_run_soon_and_keeps_nothing_unfinished(produce, tmp_path):
    stop = threading.Event()
    slow = THREE.replace("run_time=0.6", "run_time=200")

    threading.Timer(2.0, stop.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        produce(drafting.draft_source(slow, title="Slow"), should_stop=stop.is_set)

    assert time.monotonic() - started < 10
    assert not list((tmp_path / "scenes").rglob("*.mp4"))
    assert not list((tmp_path / "out").rglob("*"))


def test_a_damaged_entry_of_the_cache_is_rendered_again(produce, tmp_path):
    draft = drafting.draft_source(THREE, title="A square")
    produce(draft)
    for video in (tmp_path / "scenes").rglob("*.mp4"):
        video.write_bytes(video.read_bytes()[:100])

    assert [scene.state for scene in produce(draft).scenes] == ["rendered", "rendered"]


def test_the_cache_forgets_what_was_used_longest_ago(produce, tmp_path):
    draft = drafting.draft_source(THREE, title="A square")
    produce(draft)
    small = SceneCache(tmp_path / "scenes", capacity_bytes=1)

    assert small.prune() > 0
    assert not list((tmp_path / "scenes").rglob("*.mp4"))


def forget_scenes(folder):
    """Remove the scenes of a cache, leaving whole animations."""
    for video in folder.rglob("*.mp4"):
        if not video.with_suffix(".vtt").exists():
            video.unlink()


def test_the_same_animation_asked_for_again_comes_whole_from_the_cache(produce, tmp_path):
    draft = drafting.draft_source(THREE, title="A square")
    first = produce(draft)
    files = [path.read_bytes() for path in (first.video, first.poster, first.captions, first.script)]
    forget_scenes(tmp_path / "scenes")
    events: list[Event] = []

    again = produce(draft, out=tmp_path / "again", on_event=events.append)

    assert [path.read_bytes() for path in (again.video, again.poster, again.captions, again.script)] == files
    assert [scene.state for scene in again.scenes] == ["cached", "cached"]
    assert [(scene.start, scene.seconds) for scene in again.scenes] == [(s.start, s.seconds) for s in first.scenes]
    assert again.seconds == first.seconds
    assert [event.data["name"] for event in events if event.kind == "scene"] == ["Grows", "Turns"]


@pytest.mark.parametrize("title, source", [("Another", THREE), ("A square", THREE.replace("It turns.", "See."))])
def test_an_animation_that_differs_in_a_word_is_made_anew(produce, tmp_path, title, source):
    produce(drafting.draft_source(THREE, title="A square"))
    forget_scenes(tmp_path / "scenes")

    made = produce(drafting.draft_source(source, title=title))

    assert [scene.state for scene in made.scenes] == ["rendered", "rendered"]


def test_what_is_written_into_a_delivered_file_does_not_reach_the_cache(produce, tmp_path):
    draft = drafting.draft_source(THREE, title="A square")
    first = produce(draft)
    kept = first.video.read_bytes()
    with first.video.open("r+b") as video:
        video.write(b"x" * 1000)

    assert produce(draft, out=tmp_path / "again").video.read_bytes() == kept


def test_an_animation_with_a_failed_scene_is_not_kept_whole(produce, tmp_path):
    draft = drafting.draft_source(THREE + BROKEN, title="A square")
    produce(draft)
    forget_scenes(tmp_path / "scenes")

    assert [scene.state for scene in produce(draft).scenes] == ["rendered", "rendered", "failed"]


def test_a_kept_animation_is_still_held_to_its_limits(produce):
    draft = drafting.draft_source(THREE, title="A square")
    produce(draft)

    with pytest.raises(RequestFault) as refused:
        produce(draft, limits=Limits(animation_seconds=0.5))

    assert refused.value.fault.code == "animation_too_long"


def test_a_prompt_nobody_can_draw_is_refused_with_what_is_closest():
    with pytest.raises(NotServed) as refused:
        drafting.draft("the history of the Roman empire")

    assert refused.value.understanding.alternatives
    assert refused.value.fault.message
