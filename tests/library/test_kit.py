"""The scene kit: formulas mean what mathematicians mean, numbers read well, curves break where they must."""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
import sympy
import theorama_kit as kit
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, FadeIn, Rectangle, ValueTracker, config, tempconfig
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication,
    parse_expr,
    standard_transformations,
)

from generation.engine import policy
from generation.engine.exports.script import self_contained
from generation.engine.kit import KIT_SOURCE

X = sympy.Symbol("x")


# --- formulas ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "x^2 - 3",
        "-x^2",
        "(-x)^2",
        "2^-x",
        "-2^2",
        "2^3^2",
        "4^0.5^x",
        "1 - 2 - 3x",
        "8/4/2*x",
        "6/2*(1+x)",
        "2x(x+1)",
        "(x+1)(x-2)",
        "3x^2",
        "2pi*x",
        "x*e^(-x)",
        "-(-x)",
        "--x",
        "+x",
        "2*-x",
        "1/(x^2 + 1)",
        "sqrt(x + 9)/2",
        "sin(2x)*cos(x)",
        "sin(x)^2 + cos(x)^2",
        "exp(-x^2/2)",
        "sinh(x) - cosh(x) + tanh(x)",
        "atan(x) + asin(x/9) + acos(x/9)",
        "1.5x^3 - .5x",
    ],
)
def test_a_formula_has_the_values_sympy_gives_it(text):
    places = np.array([-2.3, -1.0, -0.4, 0.0, 0.7, 1.0, 2.9])
    known = {"e": sympy.E, "pi": sympy.pi, "x": X}
    rules = (*standard_transformations, convert_xor, implicit_multiplication)
    exact = [complex(parse_expr(text, known, rules).subs(X, place)) for place in places]
    assert max(abs(value.imag) for value in exact) < 1e-12
    assert kit.expression(text)(places) == pytest.approx([value.real for value in exact], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("sin^2(x)", 0.6, math.sin(0.6) ** 2),
        ("sin x", 0.6, math.sin(0.6)),
        ("sin 2x", 0.6, math.sin(1.2)),
        ("2sinx", 0.6, 2 * math.sin(0.6)),
        ("xsin(x)", 0.6, 0.6 * math.sin(0.6)),
        ("ln(x)", 5.0, math.log(5)),
        ("log(x)", 1000.0, 3.0),
        ("abs(x)", -4.0, 4.0),
        ("x² + x³", 2.0, 12.0),
        ("2·x \u2212 1", 3.0, 5.0),
        ("√(x)", 9.0, 3.0),
        ("3t + 1", 2.0, 7.0),
        ("7", 2.0, 7.0),
    ],
)
def test_what_teachers_write_is_understood(text, at, value):
    assert float(kit.expression(text)(at)) == pytest.approx(value)


def test_a_formula_takes_a_number_or_an_array():
    f = kit.expression("x^2 + 1")
    assert float(f(3)) == 10
    assert list(f(np.array([0, 1, 2]))) == [1, 2, 5]
    assert list(kit.expression("4")(np.array([0, 1, 2]))) == [4, 4, 4]


@pytest.mark.parametrize(("text", "at"), [("sqrt(x)", -1), ("ln(x)", -2), ("x^0.5", -4), ("asin(x)", 2)])
def test_outside_its_domain_a_formula_is_nan_without_a_warning(text, at, recwarn):
    assert math.isnan(float(kit.expression(text)(at)))
    assert not recwarn


@pytest.mark.parametrize(
    "text",
    [
        *("", "x +", "(x", "x)", "2 +* x", "foo(x)", "x; y", "__import__", "x.y", "1..2", "x[0]", "sin", "sin()"),
        *("y + 1", "'x'", "lambda x: x", "x = 2", "^2", "/x", "()"),
    ],
)
def test_what_is_no_formula_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="formula"):
        kit.expression(text)


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("x^2 - 3", "x^{2}-3"),
        ("1/(x+1)", r"\frac{1}{x+1}"),
        ("(x+1)^2", r"\left(x+1\right)^{2}"),
        ("x - (1 - x)", r"x-\left(1-x\right)"),
        ("-(x+1)", r"-\left(x+1\right)"),
        ("sqrt(x+1)", r"\sqrt{x+1}"),
        ("abs(x)", r"\left|x\right|"),
        ("exp(-x)", "e^{-x}"),
        ("sin^2(x)", r"\sin^{2}\left(x\right)"),
        ("asin(x)", r"\arcsin\left(x\right)"),
        ("2pi*x", r"2 \pi x"),
    ],
)
def test_the_tex_of_a_formula_keeps_its_brackets(text, tex):
    assert kit.expression_tex(text) == tex


@pytest.mark.parametrize(("text", "at"), [("x^3", 2.0), ("sin(x)", 40.0), ("exp(x)", -3.0), ("1/x", 0.5), ("7", 1.0)])
def test_the_derivative_agrees_with_sympy(text, at):
    exact = float(sympy.diff(sympy.sympify(text.replace("^", "**")), X).subs(X, at))
    assert kit.derivative(kit.expression(text), at) == pytest.approx(exact, rel=1e-6, abs=1e-9)


# --- numbers ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (2.0, {}, "2"),
        (0.1 + 0.2, {}, "0.3"),
        (3.14159, {"digits": 4}, "3.142"),
        (1234.5, {"digits": 3}, "1234"),
        (2.0, {"decimals": 2}, "2.00"),
        (-1.5, {}, "\u22121.5"),
        (-0.001, {"decimals": 2}, "0.00"),
        (0.0, {}, "0"),
        (-0.0, {}, "0"),
        (2_500_000, {}, "2.5\u00d710⁶"),
        (-2_500_000, {"decimals": 1}, "\u22122.5\u00d710⁶"),
        (9_999_999, {}, "1\u00d710⁷"),
        (0.00002, {}, "2\u00d710⁻⁵"),
        (math.nan, {}, "\u2013"),
        (math.inf, {}, "\u2013"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, options, text):
    assert kit.number_text(value, **options) == text


@pytest.mark.parametrize(("value", "kept"), [(-3, 0), (0.4, 0.4), (9, 1)])
def test_clamp_keeps_a_value_in_bounds(value, kept):
    assert kit.clamp(value, 0, 1) == kept


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3, 7), (0, 0.00037), (-2e5, 8e5), (99.5, 100.5), (-1, 1)])
def test_ticks_are_round_few_and_inside(low, high):
    ticks = kit.nice_ticks(low, high)
    assert 3 <= len(ticks) <= 8
    assert all(low - 1e-9 * abs(low) <= tick <= high + 1e-9 * abs(high) for tick in ticks)
    step = ticks[1] - ticks[0]
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - nice) for nice in (1, 2, 2.5, 5)) < 1e-6
    assert np.ptp([after - before for before, after in pairwise(ticks)]) < 1e-9 * (high - low)


def test_counted_things_have_whole_ticks():
    assert all(tick == round(tick) for tick in kit.nice_ticks(0, 3, 8, whole=True))


@pytest.mark.parametrize("values", [[1, 2, 3], [0.001, 0.0017], [-5], [0], [1e5, math.nan, math.inf], [], [3, 3, 3]])
def test_a_range_holds_every_finite_value(values):
    low, high = kit.nice_range(values)
    assert low < high
    assert all(low <= value <= high for value in values if math.isfinite(value))


def test_a_range_starts_at_zero_when_asked():
    assert kit.nice_range([3, 9], zero=True)[0] == 0
    assert kit.nice_range([-3, -9], zero=True)[1] == 0


# --- live numbers -----------------------------------------------------------------------------------
def shown(mobject) -> str:
    """Read back which glyphs a `number` shows, by their outlines."""
    atlas = kit.glyph_atlas()
    foot = mobject.submobjects[0].get_start()
    scale = np.linalg.norm(mobject.submobjects[0].get_end() - foot)
    text = ""
    for slot in mobject.submobjects[1:]:
        if np.ptp(slot.points, axis=0).max() < 1e-9:
            continue  # an empty slot
        outline = (slot.points - slot.points[0]) / scale
        same = [
            char
            for char, (points, _advance) in atlas.items()
            if len(char) == 1 and np.allclose(points - points[0], outline, atol=1e-6)
        ]
        assert same, "an outline that no glyph has"
        text += same[0]
    return text


@pytest.mark.parametrize("value", [0, 7, 12.5, -3.25, 0.01, 987.65, 12345.678, 4.2e7, -8e-12])
def test_a_readout_shows_the_value_it_follows(value):
    tracker = ValueTracker(0)
    line = kit.readout("T", tracker, "s", decimals=2)
    tracker.set_value(value)
    line.update()
    text = shown(line.submobjects[1])
    plain = text.replace("\u2212", "-").replace("\u00d710", "e").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    assert float(plain) == pytest.approx(value, rel=0.05, abs=0.005)


def test_a_readout_that_is_moved_and_scaled_keeps_showing():
    tracker = ValueTracker(1.0)
    line = kit.readout("v", tracker, "m/s", decimals=1).scale(1.7).shift(2 * RIGHT + UP)
    height = line.submobjects[1].submobjects[0].height
    tracker.set_value(33.3)
    line.update()
    assert shown(line.submobjects[1]) == "33.3"
    unit = line.submobjects[2]
    last = max(slot.get_right()[0] for slot in line.submobjects[1].submobjects[1:])
    assert 0 < unit.get_left()[0] - last < height
    assert line.submobjects[1].get_bottom()[1] == pytest.approx(line.submobjects[0].get_bottom()[1], abs=0.05)


def test_degrees_stand_close_to_their_number_and_other_units_apart():
    degrees, metres = (kit.readout("a", ValueTracker(60.0), unit, decimals=0) for unit in ("°", "m"))
    gaps = [
        line.submobjects[2].get_left()[0] - line.submobjects[1].submobjects[2].get_right()[0]
        for line in (degrees, metres)
    ]
    assert 0 < gaps[0] < gaps[1] / 2


# --- graphs -----------------------------------------------------------------------------------------
def pieces(curve, axes) -> Iterator[np.ndarray]:
    """The separate parts of a plot, in the coordinates of its axes."""
    for part in curve.get_subpaths():
        yield np.array([axes.p2c(point) for point in part])


@pytest.mark.parametrize(
    ("text", "x_range", "count"),
    [
        ("1/x", (-4, 4), 2),
        ("tan(x)", (-4.5, 4.5), 3),
        ("1/(x^2 - 4)", (-5, 5), 3),
        ("x^2", (-2, 2), 1),
        ("sqrt(x)", (-3, 3), 1),
        ("abs(x)/x", (-3, 3), 2),
        ("sin(x)/x", (-8, 8), 1),
        ("1000x^3", (-2, 2), 1),
        ("3", (-2, 2), 1),
    ],
)
def test_a_plot_breaks_at_poles_and_only_there(text, x_range, count):
    f = kit.expression(text)
    axes = kit.graph(x_range, (-6, 6))
    found = list(pieces(kit.plot(axes, f), axes))
    assert len(found) == count
    for part in found:
        assert part[:, 1].min() >= -6.01 and part[:, 1].max() <= 6.01
        samples = part[4:-4:4]  # the ends of its short straight lines
        assert np.allclose(f(samples[:, 0]), samples[:, 1], atol=1e-6)


def test_a_plot_is_cut_exactly_at_the_edge():
    axes = kit.graph((-4, 4), (0, 4))
    (part,) = pieces(kit.plot(axes, kit.expression("x^2")), axes)
    assert part[0] == pytest.approx([-2, 4], abs=1e-3)
    assert part[-1] == pytest.approx([2, 4], abs=1e-3)


def test_a_function_out_of_view_draws_nothing():
    axes = kit.graph((-1, 1), (0, 1))
    assert len(kit.plot(axes, lambda x: 5.0).points) == 0


@pytest.mark.parametrize("area", [kit.MAIN, kit.FULL, kit.zone(-3, 1, -1, 1)])
@pytest.mark.parametrize("y_range", [(0, 1), (-2500, 8), (0.0001, 0.0007)])
def test_a_graph_stays_in_its_zone(area, y_range):
    axes = kit.graph((0, 12.5), y_range, area, "time in seconds", "height in metres")
    for side, edge in ((LEFT, 0), (RIGHT, 0), (UP, 1), (DOWN, 1)):
        beyond = (axes.get_critical_point(side) - area.get_critical_point(side))[edge] * (side[edge])
        assert beyond < 0.06


def test_fit_scales_down_but_never_up():
    area = kit.zone(-1, 1, -1, 1)
    assert kit.fit(Rectangle(width=8, height=2), area).width == pytest.approx(2)
    small = kit.fit(Rectangle(width=0.5, height=0.25), area, LEFT)
    assert small.width == pytest.approx(0.5)
    assert small.get_left()[0] == pytest.approx(-1)


def test_an_arrow_without_length_does_not_fail():
    assert kit.arrow(ORIGIN, ORIGIN).get_center() == pytest.approx([0, 0, 0])


# --- scenes -----------------------------------------------------------------------------------------
@pytest.fixture
def quiet(tmp_path) -> Iterator[None]:
    with tempconfig({"dry_run": True, "media_dir": str(tmp_path), "progress_bar": "none", "verbosity": "ERROR"}):
        yield


class One(kit.Stage):  # type: ignore[misc]  # Manim ships no types
    """Leaves a zoomed camera, a heading and a spoken line behind."""

    def construct(self):
        self.heading("One")
        self.say("The first of two short lines.")
        self.play(FadeIn(Rectangle()), run_time=0.2)
        self.camera.frame.scale(0.5).shift(RIGHT)


class Two(kit.Stage):  # type: ignore[misc]  # Manim ships no types
    """Looks at what it finds."""

    def construct(self):
        assert self.mobjects == [] and self.title_text is None
        assert self.camera.frame.width == pytest.approx(config.frame_width)
        self.say("The second line.")
        self.heading("Two")


class Both(kit.Stage):  # type: ignore[misc]  # Manim ships no types
    """Plays both."""

    def construct(self):
        kit.play_scenes(self, One, Two)


def test_scenes_played_as_one_start_clean_and_their_lines_never_overlap(quiet):
    whole = Both()
    whole.render()
    first, second = whole.renderer.file_writer.subcaptions
    assert first.content.startswith("The first") and second.content.startswith("The second")
    assert first.end <= second.start
    assert whole.time >= second.end.total_seconds()


def test_a_line_is_spoken_only_when_the_last_one_was_read(quiet):
    class Talk(kit.Stage):  # type: ignore[misc]  # Manim ships no types
        def construct(self):
            self.say("A line that takes a while to read, since it has quite a few words.")
            self.say("Next.")

    talk = Talk()
    talk.construct()
    first, second = talk.renderer.file_writer.subcaptions
    assert first.end <= second.start
    assert (first.end - first.start).total_seconds() > 4


# --- as code ----------------------------------------------------------------------------------------
def test_the_kit_passes_the_code_policy():
    verdict = policy.check(KIT_SOURCE)
    assert verdict.allowed, verdict


def test_the_kit_as_one_text_is_the_kit_as_files():
    text: dict[str, object] = {}
    exec(compile(KIT_SOURCE, "kit", "exec"), text)
    assert {name for name in text if name[0] != "_"} == {name for name in vars(kit) if name[0] != "_"}
    assert "theorama_" not in self_contained("from manim import *\n", title="Kit")
