"""Each of our functions gives what the function of Manim gives that it stands for, to the last bit."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import (
    BLUE,
    HSV,
    PI,
    RED,
    UL,
    Arrow,
    Axes,
    Camera,
    Circle,
    Create,
    CurvedArrow,
    DecimalNumber,
    Dot,
    Group,
    LinearBase,
    LogBase,
    ManimColor,
    Mobject,
    NumberLine,
    NumberPlane,
    Square,
    Star,
    Surface,
    Text,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
    config,
)

from generation.engine.render import patches, quick
from generation.engine.render.patches import Patch
from tests.render.described import described

pytestmark = pytest.mark.render


def pair(name: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Manim's function and ours."""
    (patch,) = (patch for patch in quick.PATCHES if str(patch) == name)
    plain = vars(patch.owner)[patch.name]
    return plain, patch.make(plain)


def with_updaters() -> Mobject:
    tracker = ValueTracker(2)
    square = Square().add_updater(lambda mobject: mobject.set_x(tracker.get_value()))
    square.tracker, square.again = tracker, [tracker, (tracker, {"key": tracker})]
    square.target = Circle().add(square.submobjects[0] if square.submobjects else Dot())
    return square


def with_itself_inside() -> Mobject:
    square, group = Square(), VGroup(Circle(), Dot())
    square.friend, group.friend = group, square
    square.itself = square
    return Group(square, group)


def with_shared_numbers() -> Mobject:
    square, circle = Square(), Circle()
    circle.points = square.points
    square.colors = [RED, RED, BLUE]
    return VGroup(square, circle)


def not_closed() -> Mobject:
    path = VMobject().set_points_as_corners([[0, 0, 0], [1, 0, 0], [1, 1, 0]])
    path.append_points(Circle().points)
    path.append_points(Square().points + 1e-7)
    return path


MAKERS: dict[str, Callable[[], Any]] = {
    "nothing": VMobject,
    "group of nothing": VGroup,
    "square": Square,
    "star": lambda: Star(color=RED, fill_opacity=0.5).rotate(0.3),
    "gradient": lambda: Circle().set_color_by_gradient(RED, BLUE),
    "sheen": lambda: Circle(fill_opacity=1).set_sheen(-0.3, UL),
    "arrow": lambda: Arrow([0, 0, 0], [1, 2, 0]),
    "two tips": lambda: CurvedArrow([0, 0, 0], [1, 2, 0]).add_tip(at_start=True),
    "text": lambda: Text("Text with fi"),
    "number": lambda: DecimalNumber(-3.14, include_sign=True),
    "axes": lambda: Axes(x_range=[0, 3], y_range=[-1, 2]),
    "plane": NumberPlane,
    "tracker": lambda: ValueTracker(3),
    "surface": lambda: Surface(lambda u, v: np.array([u, v, u * v]), resolution=3),
    "group": lambda: Group(Square(), VGroup(Triangle(), VGroup(Dot()))),
    "updaters": with_updaters,
    "itself inside": with_itself_inside,
    "shared numbers": with_shared_numbers,
    "not closed": not_closed,
    "animated": Create(Square()).mobject.generate_target,
}


def test_every_function_of_manim_is_the_one_its_replacement_was_written_for() -> None:
    assert [str(patch) for patch in quick.PATCHES if not patch.fits()] == []


def test_another_function_than_the_one_known_is_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    class Owner:
        def answer(self) -> int:
            return 1

    known = Patch(Owner, "answer", patches.source_digest(Owner.answer), lambda _: lambda self: 2)
    other = Patch(Owner, "answer", "0123456789ab", lambda _: lambda self: 3)
    assert patches.install([other]) == [other]
    assert Owner().answer() == 1
    assert "Owner.answer" in capsys.readouterr().err
    assert patches.install([known]) == []
    assert Owner().answer() == 2


@pytest.mark.parametrize("maker", MAKERS)
def test_copies_are_those_of_manim(maker: str) -> None:
    plain, ours = pair("Mobject.__deepcopy__")
    mobject = MAKERS[maker]()
    before = described(mobject, {})
    wanted, got = plain(mobject, {}), ours(mobject, {})
    assert described(got, {}) == described(wanted, {}) == described(mobject, {})
    for part in got.get_family():
        part.points = part.points + 1
        part.points *= 2
        part.submobjects.clear()
    assert described(mobject, {}) == before, "a change of the copy must not reach the original"


def test_what_a_copy_shares_with_itself_it_shares_as_in_manim() -> None:
    _, ours = pair("Mobject.__deepcopy__")
    square, circle = ours(with_shared_numbers(), {}).submobjects
    assert square.points is circle.points
    group = ours(with_itself_inside(), {})
    assert group[0].itself is group[0]
    assert group[0].friend is group[1]


@pytest.mark.parametrize("maker", MAKERS)
def test_families_and_measures_are_those_of_manim(maker: str) -> None:
    mobject = MAKERS[maker]()
    for name in ("Mobject.get_family", "Mobject.family_members_with_points"):
        plain, ours = pair(name)
        assert ours(mobject) == plain(mobject)
    plain, ours = pair("Mobject.get_critical_point")
    for direction in ([0, 0, 0], [1, 0, 0], [-1, 1, 0], np.array([0, -1, 1])):
        assert ours(mobject, direction).tobytes() == plain(mobject, direction).tobytes()
    plain, ours = pair("Mobject.reduce_across_dimension")
    for reduce_func, dim in ((max, 0), (min, 1), (max, 2), (np.max, 0)):
        wanted = plain(mobject, reduce_func, dim)
        assert ours(mobject, reduce_func, dim) == wanted
        assert type(ours(mobject, reduce_func, dim)) is type(wanted)


@pytest.mark.parametrize("maker", [name for name in MAKERS if isinstance(MAKERS[name](), VMobject)])
def test_ends_of_curves_and_parts_of_paths_are_those_of_manim(maker: str) -> None:
    mobject = MAKERS[maker]()
    plain, ours = pair("VMobject.get_points_defining_boundary")
    assert ours(mobject).tobytes() == plain(mobject).tobytes()
    assert ours(mobject).shape == plain(mobject).shape
    plain, ours = pair("VMobject.get_subpaths_from_points")
    for part in mobject.get_family():
        wanted, got = plain(part, part.points), ours(part, part.points)
        assert [path.tobytes() for path in got] == [path.tobytes() for path in wanted]


def test_a_part_met_twice_counts_where_manim_counts_it() -> None:
    plain, ours = pair("Mobject.get_family")
    shared, group = Square(), VGroup()
    group.submobjects = [shared, VGroup(Circle(), shared), shared]
    assert ours(group) == plain(group)
    ring = VGroup(Square())
    ring.submobjects.append(ring)
    assert ours(ring) == plain(ring)


def test_lists_lose_the_same_repetitions() -> None:
    plain, ours = pair("manim.utils.iterables.remove_list_redundancies")
    for values in ([], [1, 2, 1, 3, 2], ["a"], [1, 1.0, True]):
        assert list(map(repr, ours(values))) == list(map(repr, plain(values)))


@pytest.mark.parametrize(
    ("color", "opacity"),
    [
        (RED, 0.5),
        (RED, 1),
        (RED, None),
        (None, 0.3),
        (None, None),
        ("#123456", 0.2),
        ("RED", 0.2),
        ([RED], 0.5),
        ([RED, BLUE], 0.5),
        ([RED], np.array([0.5])),
        (ManimColor(BLUE, alpha=0.5), 1.0),
        ((RED, BLUE), [0.1, 0.2]),
        (RED, np.float64(0.25)),
    ],
)
@pytest.mark.parametrize("sheen", [0.0, 0.4])
def test_colours_become_the_same_numbers(color: Any, opacity: Any, sheen: float) -> None:
    plain, ours = pair("VMobject.generate_rgbas_array")
    square = Square()
    square.sheen_factor = sheen
    wanted, got = plain(square, color, opacity), ours(square, color, opacity)
    assert (got.tobytes(), got.dtype, got.shape) == (wanted.tobytes(), wanted.dtype, wanted.shape)


@pytest.mark.parametrize("alpha", [0, 0.3, 1, 1.0])
def test_colours_between_two_objects_are_those_of_manim(alpha: float) -> None:
    plain, ours = pair("VMobject.interpolate_color")
    start, end = Square(color=RED, stroke_width=2), Circle(color=BLUE, fill_opacity=0.7, stroke_width=8)
    wanted, got = Square(), Square()
    plain(wanted, start, end, alpha)
    ours(got, start, end, alpha)
    assert described(got, {}) == described(wanted, {})
    assert got.fill_rgbas is not end.fill_rgbas


def test_tips_are_found_where_manim_finds_them() -> None:
    for maker in ("arrow", "two tips"):
        arrow = MAKERS[maker]()
        for name in ("TipableVMobject.has_tip", "TipableVMobject.has_start_tip"):
            plain, ours = pair(name)
            assert ours(arrow) == plain(arrow)
            assert ours(arrow.copy().pop_tips()[0].rotate(PI)) is False


def test_backgrounds_have_the_same_pixels_and_can_be_painted() -> None:
    plain, ours = pair("Camera.init_background")
    for color, opacity in (("#123456", 1.0), (RED, 0.4)):
        camera = Camera(background_color=color, background_opacity=opacity, pixel_width=33, pixel_height=7)
        plain(camera)
        wanted = camera.background
        ours(camera)
        assert (camera.background.dtype, camera.background.shape) == (wanted.dtype, wanted.shape)
        assert camera.background.tobytes() == wanted.tobytes()
        camera.background[0, 0] = 9


def test_classes_keep_their_bases_when_the_renderer_is_set_again() -> None:
    _, setting = pair("ManimConfig.renderer")
    before = Square.__mro__
    setting.fset(config, "cairo")  # type: ignore[attr-defined]  # it is a property
    assert Square.__mro__ == before
    assert copy.copy(config.renderer) == "cairo" or str(config.renderer).endswith("CAIRO")


COLOUR_VALUES = [
    np.array([0.1, 0.2, 0.3]),
    np.array([0.1, 0.2, 0.3, 0.4]),
    np.array([1, 2, 3]),
    np.array([0.1, 0.2, 0.3], dtype=np.float32),
    [0.1, 0.2, 0.3],
    None,
    "#123456",
    ManimColor(BLUE, alpha=0.5),
]


@pytest.mark.parametrize("value", COLOUR_VALUES, ids=str)
def test_a_colour_made_of_anything_is_the_one_of_manim(value: Any) -> None:
    plain, ours = pair("ManimColor.__init__")
    wanted, got = ManimColor(None), ManimColor(None)
    plain(wanted, value, 0.7)
    ours(got, value, 0.7)
    assert got._internal_value.tobytes() == wanted._internal_value.tobytes()
    assert got._internal_value.dtype == wanted._internal_value.dtype
    shares = isinstance(value, np.ndarray) and np.shares_memory(wanted._internal_value, value)
    assert shares == (isinstance(value, np.ndarray) and np.shares_memory(got._internal_value, value))


def test_a_colour_of_another_kind_is_left_to_manim() -> None:
    plain, ours = pair("ManimColor.__init__")
    values = np.array([0.3, 0.5, 0.7])
    wanted, got = HSV(values), HSV(values)
    plain(wanted, values)
    ours(got, values)
    assert got._internal_value.tobytes() == wanted._internal_value.tobytes()


def with_own_end() -> NumberLine:
    class Odd(NumberLine):
        def get_end(self) -> Any:
            return np.array([7.0, 7.0, 7.0])

    return Odd()


def with_lost_tip() -> NumberLine:
    line = NumberLine(include_tip=True)
    line.submobjects.remove(line.tip)
    return line


LINES: dict[str, Callable[[], NumberLine]] = {
    "plain": lambda: NumberLine(x_range=[-2, 5, 0.5], length=6).rotate(0.3),
    "with a tip": lambda: NumberLine(include_tip=True),
    "tips at both ends": lambda: NumberLine(include_tip=True).add_tip(at_start=True),
    "a tip taken away": with_lost_tip,
    "logarithmic": lambda: NumberLine(x_range=[0, 3], scaling=LogBase()),
    "scaled": lambda: NumberLine(scaling=LinearBase(3)),
    "an end of its own": with_own_end,
    "without length": lambda: NumberLine().scale(0),
}


@pytest.mark.parametrize(
    "number", [0.5, 1.7, np.float64(1 / 3), 1e300, float("nan"), 2, 2**60 + 1, True, [1.0, 2.5], np.array([1.0])]
)
@pytest.mark.parametrize("maker", LINES)
def test_a_number_lies_where_manim_puts_it(maker: str, number: Any) -> None:
    plain, ours = pair("NumberLine.number_to_point")
    line = LINES[maker]()
    with np.errstate(all="ignore"):
        wanted, got = plain(line, number), ours(line, number)
    assert (got.tobytes(), got.dtype, got.shape) == (wanted.tobytes(), wanted.dtype, wanted.shape)
