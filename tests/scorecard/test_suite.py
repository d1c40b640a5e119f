"""The suites in the repository, and how a wrong one is refused."""

from collections import Counter

import pytest

from generation.engine.errors import RequestFault
from generation.engine.library import catalogue
from generation.engine.scorecard import suite

CLASSROOM = suite.load("classroom")


def test_the_classroom_suite_is_as_large_as_it_says():
    levels = Counter(prompt.level for prompt in CLASSROOM)

    assert len({prompt.prompt for prompt in CLASSROOM}) == len(CLASSROOM) >= 130
    assert len({prompt.subject for prompt in CLASSROOM}) >= 13
    assert set(levels) == set(catalogue.LEVELS)
    assert min(levels.values()) >= 15
    assert sum(len(prompt.expect) > 1 for prompt in CLASSROOM) >= 10


def test_every_template_is_asked_for():
    assert {slug for prompt in CLASSROOM for slug in prompt.expect} == set(catalogue.templates())


def test_a_sample_takes_the_first_prompts_of_each_subject():
    sample = suite.first_of_each_subject(CLASSROOM, 2)

    mechanics = [prompt for prompt in CLASSROOM if prompt.subject == "Mechanics"]
    assert set(Counter(prompt.subject for prompt in sample).values()) == {2}
    assert [prompt for prompt in sample if prompt.subject == "Mechanics"] == mechanics[:2]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "Expecting property name"),
        ('{"prompt": "a"}', "expect"),
        ('{"prompt": "a", "subject": "b", "level": "nursery", "expect": "refuse"}', "level must be one of"),
        ('{"prompt": "a", "subject": "b", "level": "primary", "expect": []}', "expect must be"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, why):
    path = tmp_path / "mine.jsonl"
    path.write_text(
        '{"prompt": "a", "subject": "b", "level": "primary", "expect": "refuse"}\n' + line, encoding="utf-8"
    )

    with pytest.raises(RequestFault, match=why) as caught:
        suite.read(path)
    assert caught.value.fault.line == 2
