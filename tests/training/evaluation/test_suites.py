"""The suites that come with the product."""

from __future__ import annotations

from generation.engine.library import catalogue
from generation.engine.scorecard import suite
from generation.engine.understanding import understand
from training.evaluation import tasks
from training.management.subcommands.evaluate import OWN, _require_may_write


def test_the_scenes_are_of_all_levels_with_something_to_be_seen_each() -> None:
    prompts = suite.read(tasks.SUITES / f"{OWN}.jsonl")

    assert len(prompts) == len({each.prompt for each in prompts})
    assert {each.level for each in prompts} == {"primary", "secondary", "undergraduate"}
    assert all(each.must for each in prompts)


def test_no_prompt_of_ours_is_one_that_no_model_may_have() -> None:
    for each in suite.read(tasks.SUITES / f"{OWN}.jsonl"):
        _require_may_write(each.prompt)
        assert understand(each.prompt)


def test_edits_and_forms_are_about_templates_and_knobs_that_there_are() -> None:
    for each in tasks.read("edits"):
        assert each["template"] in catalogue.templates()
        assert each["must"]
    for each in tasks.read("knobs"):
        names = {knob.name for knob in catalogue.templates()[each["template"]].knobs}
        assert set(each["fields"]) <= names
