"""A run is kept, read back, shown and compared."""

import json
from html.parser import HTMLParser

import pytest

from generation.engine.errors import RequestFault
from generation.engine.scorecard import comparing, page, report
from generation.engine.scorecard.rows import SceneRow
from generation.engine.types import LayoutFault

OFF = LayoutFault("off_frame", "The label leaves the frame.", 2, 4.5)
SMALL = LayoutFault("too_small", "The label is too small.", 2, 4.5)


def test_a_report_reads_back_as_it_was_written(tmp_path, make_row, make_report):
    scene = SceneRow("Two", "Two", first_try=False, runs=True, seconds=3.5, layout=(OFF,))
    made = make_report(
        make_row("one", values=(4, "x^2"), missing=("x^2",), scenes=(scene,), first_frame_seconds=0.5, tokens=12),
        make_row("two", expect=(), outcome="refused", shown=(), offered=("a", "b", "c"), policy=None, scenes=()),
    )

    report.write(made, tmp_path / "run.json")

    assert report.read(tmp_path / "run.json") == made


def test_the_file_holds_the_rates_for_other_programs(tmp_path, make_row, make_report):
    report.write(make_report(make_row("one"), make_row("two", shown=("pendulum_period",))), tmp_path / "run.json")

    data = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert data["summary"]["rates"]["understood"]["rate"] == 0.5
    assert data["by_subject"]["Mechanics"]["prompts"] == 2


@pytest.mark.parametrize("text", ["", "[]", '{"format": 0}', '{"format": 1, "rows": [{}]}', "null"])
def test_another_file_is_refused_in_words(tmp_path, text):
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RequestFault, match="is not a scorecard of this version"):
        report.read(path)


def test_trouble_of_a_provider_is_in_no_rate(make_row):
    found = report.summed([make_row("one"), make_row("two", outcome="trouble", shown=(), policy=None, scenes=())])

    assert found.trouble == 1
    assert {each.rate for name, each in found.rates.items() if each.of} == {1.0}
    assert found.rates["understood"].of == 1


def test_a_mended_scene_counts_after_repair_only(make_row):
    mended = SceneRow("One", "One", first_try=False, runs=True, seconds=3.0)

    rates = report.summed([make_row("one", scenes=(mended,))]).rates

    assert (rates["first_try"].rate, rates["after_repair"].rate) == (0.0, 1.0)


def test_faults_at_the_frames_edge_are_counted_among_and_beside_the_others(make_row):
    scene = SceneRow("One", "One", first_try=True, runs=True, seconds=3.0, layout=(OFF, SMALL))

    found = report.summed([make_row("one", scenes=(scene,)), make_row("two")])

    assert (found.layout_faults, found.off_frame) == (2, 1)
    assert (found.rates["clean_layout"].rate, found.rates["in_frame"].rate) == (0.5, 0.5)


def test_a_refusal_is_honest_only_with_the_nearest_three(make_row):
    none = {"outcome": "refused", "shown": (), "policy": None, "scenes": ()}

    assert make_row("one", offered=("a", "b", "c"), **none).honest
    assert not make_row("two", offered=("a", "b"), **none).honest
    assert not make_row("three", expect=()).honest  # shows something where nothing fits


def test_numbers_are_judged_only_where_some_were_asked_for(make_row):
    rows = [make_row("one"), make_row("two", values=(4,)), make_row("three", values=(4,), missing=(4,))]

    assert [row.numbers for row in rows] == [None, True, False]


def test_the_comparison_tells_what_changed_and_which_prompts_are_new(make_row, make_report):
    first = make_report(make_row("same"), make_row("worse"), make_row("gone"))
    refused = make_row("worse", outcome="refused", shown=(), policy=None, scenes=())

    found = comparing.compare(first, make_report(make_row("same", tokens=9), refused, make_row("new")))

    assert (found.same, found.only_first, found.only_second) == (1, ("gone",), ("new",))
    (change,) = found.changes
    assert change.prompt == "worse"
    assert change.what[:3] == ("outcome: served → refused", "shown: hookes_law → nothing", "as labelled: yes → no")


class Links(HTMLParser):
    """Collects what a page would load or go to."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.found += [value for name, value in attrs if name in {"src", "href"}]


def test_the_page_needs_nothing_else_and_runs_nothing(make_row, make_report):
    links = Links()
    links.feed(page.page(make_report(make_row("<script>alert(1)</script>", sheet="QUJD"), make_row("two"))))

    assert links.found == ["data:image/jpeg;base64,QUJD"]
    assert "script" not in links.tags
    assert links.tags.count("table") == 4
