"""The quicker list of an object's parts is Manim's."""

import pytest
from manim import Mobject, Square, VGroup

from generation.engine.render import families


def nested(levels: int) -> VGroup:
    group = VGroup(Square())
    for _ in range(levels):
        group = VGroup(Square(), group, Square())
    return group


def shared() -> VGroup:
    twice = VGroup(Square(), Square())
    return VGroup(VGroup(twice), Square(), twice)


def containing_itself() -> VGroup:
    inner = VGroup(Square())
    outer = VGroup(inner, Square())
    inner.submobjects.append(outer)
    return outer


@pytest.mark.parametrize("group", [Square(), Mobject(), nested(3), nested(40), shared(), containing_itself()])
def test_the_parts_and_their_order_are_manims(group: Mobject, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = Mobject.get_family(group)
    monkeypatch.setattr(Mobject, "get_family", Mobject.get_family)  # puts it back afterwards
    families.install()
    assert Mobject.get_family is families._get_family
    assert all(one is two for one, two in zip(group.get_family(), expected, strict=True))
