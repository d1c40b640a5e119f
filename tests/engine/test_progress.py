"""Progress adds up over scenes and stays honest."""

from generation.engine import progress as progress_module
from generation.engine.progress import Progress
from generation.engine.types import Event, Quality, RenderReport, SceneCard, Storyboard

CARDS = (SceneCard("A", "First", "", "", 2.0), SceneCard("B", "Second", "", "", 2.0))


def run(monkeypatch, clock):
    events: list[Event] = []
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: clock[0])
    return Progress(Storyboard("Two", CARDS), Quality.LOW, events.append), events


def kinds(events):
    return [event.kind for event in events]


def test_the_plan_names_every_scene_and_adds_up_its_frames(monkeypatch):
    progress, events = run(monkeypatch, [0.0])

    progress.plan({"A": (30, 2.0, False), "B": (45, 3.0, True)})

    assert events[0].data["frames"] == 75
    assert [scene["cached"] for scene in events[0].data["scenes"]] == [False, True]


def test_percent_counts_frames_of_all_scenes_and_ends_at_100(monkeypatch):
    clock = [100.0]
    progress, events = run(monkeypatch, clock)
    progress.plan({"A": (30, 2.0, False), "B": (30, 2.0, False)})
    listen = progress.follow(CARDS[0])

    clock[0] = 101.0
    listen(Event("frames", {"done": 15, "total": 30}))
    assert events[-1].data["percent"] == 25

    for card in CARDS:
        progress.scene(card, "rendered", RenderReport(card.name, None, frames=30, seconds=2.0), None)
    assert events[-1].data["percent"] == 100
    assert events[-1].data["scene_number"] == 2


def test_at_most_four_progress_events_a_second(monkeypatch):
    clock = [100.0]
    progress, events = run(monkeypatch, clock)
    listen = progress.follow(CARDS[0])

    for number in range(100):
        clock[0] = 101.0 + number / 100
        listen(Event("frames", {"done": number, "total": 100}))

    assert kinds(events).count("progress") <= 4


def test_seconds_left_are_told_only_after_five_seconds_and_count_rendered_frames(monkeypatch):
    clock = [100.0]
    progress, events = run(monkeypatch, clock)
    progress.plan({"A": (100, 2.0, False), "B": (100, 2.0, True)})
    progress.scene(CARDS[1], "cached", RenderReport("B", None, frames=100, seconds=2.0), None)
    listen = progress.follow(CARDS[0])

    clock[0] = 104.0
    listen(Event("frames", {"done": 40, "total": 100}))
    assert events[-1].data["eta_seconds"] is None
    clock[0] = 110.0
    listen(Event("frames", {"done": 50, "total": 100}))
    assert events[-1].data["eta_seconds"] == 10.0


def test_the_first_unfinished_scene_leads_whichever_moves(monkeypatch):
    clock = [100.0]
    progress, events = run(monkeypatch, clock)
    listen = progress.follow(CARDS[1])

    clock[0] = 101.0
    listen(Event("frames", {"done": 5, "total": 30}))
    assert events[-1].data["scene"] == "A"
    assert (progress.leads("A"), progress.leads("B")) == (True, False)

    progress.scene(CARDS[0], "rendered", RenderReport("A", None, frames=30, seconds=2.0), None)
    assert events[-1].data["scene"] == "B"
    assert progress.leads("B")
