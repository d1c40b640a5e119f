"""Each rule: what it makes of ManimGL code, and what it leaves alone."""

from __future__ import annotations

import ast
import textwrap

import pytest

from training.convert import convert
from training.convert.code import Rule
from training.convert.conversion import Converted
from training.convert.rules.order import ORDER, rules
from training.convert.rules.tex import PARTS_HELPER

NEW = "from manimlib import *\n\n\nclass A(InteractiveScene):\n    def construct(self):\n"
OLD = "from manim_imports_ext import *\n\n\nclass A(Scene):\n    def construct(self):\n"
CE = "from manim import *\n\n\nclass A(Scene):\n    def construct(self):\n"


def converted(body: str, head: str = NEW) -> Converted:
    return convert(head + textwrap.indent(textwrap.dedent(body).strip("\n"), " " * 8) + "\n")


def body_of(made: Converted) -> str:
    """The lines of `construct`, without what a body of one line puts round it."""
    lines = made.source.partition("def construct(self):\n")[2]
    return textwrap.dedent(lines).strip("\n")


def same(one: str, other: str) -> bool:
    """The same code but for its looks and the order of keywords."""
    trees = [ast.parse(one), ast.parse(other)]
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                node.keywords.sort(key=lambda each: each.arg or "~")
    return ast.dump(trees[0]) == ast.dump(trees[1])


# rule, ManimGL's line, Manim Community's line; `old` where the older names matter.
NEW_LINES = [
    ("FormulaNames", 'f = Tex("x")', 'f = MathTex("x")'),
    ("FormulaNames", 'f = TexText("x")', 'f = Tex("x")'),
    ("CreationNames", "self.play(ShowCreation(Dot()))", "self.play(Create(Dot()))"),
    ("FrameConstants", "w = FRAME_WIDTH - 1 + TOP[1]", "w = config.frame_width - 1 + config.top[1]"),
    ("Constants", "a = 30 * DEG + get_norm(UP)", "a = 30 * DEGREES + np.linalg.norm(UP)"),
    ("Colours", "c = Color(RED)", "c = ManimColor(RED)"),
    ("GetHex", "c = Dot().get_color().get_hex()", "c = Dot().get_color().to_hex()"),
    ("SmallFunctions", "x = shuffled(items)", "x = random.sample(list(items), len(list(items)))"),
    ("OverShoot", "f = overshoot", "f = rate_functions.ease_out_back"),
    ("NoRateFunction", "self.play(Write(x), rate_func=None)", "self.play(Write(x), rate_func=linear)"),
    ("OldAnimationKeywords", 'a = Write(x, submobject_mode="lagged_start", lag_factor=2)', "a = Write(x, lag_ratio=0.05)"),
    ("FadeShift", "self.play(FadeIn(x, UP), FadeOut(y, 2 * DOWN))", "self.play(FadeIn(x, shift=UP), FadeOut(y, shift=2 * DOWN))"),
    ("FadeScale", "self.play(FadeIn(x, scale=0.5))", "self.play(FadeIn(x, scale=1 / 0.5))"),
    ("FadeFrom", "self.play(FadeInFrom(x, 2 * LEFT), FadeInFromDown(y))", "self.play(FadeIn(x, shift=2 * RIGHT), FadeIn(y, shift=UP))"),
    ("FadeFrom", "self.play(FadeOutAndShift(x, UP), FadeOutAndShiftDown(y))", "self.play(FadeOut(x, shift=UP), FadeOut(y, shift=DOWN))"),
    ("FadePoint", "a = FadeInFromPoint(x, p)", "a = FadeIn(x, target_position=p, scale=1 / 10)"),
    ("FadeLarge", "a = FadeInFromLarge(x, 3)", "a = FadeIn(x, scale=3)"),
    ("VFade", "a = VFadeInThenOut(x)", "a = FadeIn(x, rate_func=there_and_back, remover=True)"),
    ("Shimmer", "a = ShimmerIn(x)", "a = FadeIn(x, lag_ratio=0.1)"),
    ("MappedAnimations", "self.play(*map(FadeInFromDown, xs))", "self.play(*[FadeIn(mob, shift=UP) for mob in xs])"),
    ("LaggedMap", "a = LaggedStartMap(FadeIn, xs, lambda m: (m, UP))", "a = LaggedStart(*[FadeIn(m, shift=UP) for m in xs], run_time=2)"),
    ("LaggedMap", "a = LaggedStart(Write, xs)", "a = LaggedStartMap(Write, xs)"),
    ("Around", "a = ShowCreationThenFadeAround(x)", "a = Circumscribe(x, fade_out=True)"),
    ("CircleAround", "a = CircleIndicate(x)", "a = Circumscribe(x, shape=Circle)"),
    ("FlashBelow", "a = FlashUnder(x)", "a = ShowPassingFlash(Underline(x, color=YELLOW), time_width=0.5)"),
    ("PassingFlash", "a = VShowPassingFlash(x, taper_width=0.1)", "a = ShowPassingFlash(x)"),
    ("CreateThenFade", "a = ShowCreationThenFadeOut(x)", "a = Succession(Create(x), FadeOut(x))"),
    ("CountIn", "a = CountInFrom(n, 3)", "a = ChangingDecimal(n, lambda a, end=n.get_value(): interpolate(3, end, a))"),
    ("Flashes", "a = Broadcast(p, color=RED)", "a = Broadcast(Circle(radius=4, color=RED), focal_point=p)"),
    ("TurnedAnimations", "a = Rotating(x, radians=PI)", "a = Rotating(x, angle=PI)"),
    ("WholeStrings", "a = TransformMatchingTex(x, y)", "a = TransformMatchingShapes(x, y)"),
    ("MethodInPlay", "self.play(x.shift, UP, x.set_color, RED, Write(y))", "self.play(x.animate.shift(UP).set_color(RED), Write(y))"),
    ("MethodInPlay", 'self.play(x.scale, 2, {"about_point": p})', "self.play(x.animate.scale(2, about_point=p))"),
    ("ChainedMethods", "self.play(*it.chain(*[[m.shift, UP] for m in xs]))", "self.play(*[m.animate.shift(UP) for m in xs])"),
    ("ListedMethods", "anims += [x.rotate, PI]", "anims += [x.animate.rotate(PI)]"),
    ("BareAnimation", 'self.play(Write(x), {"run_time": 2})', "self.play(Write(x), run_time=2)"),
    ("AppliedMethod", "a = ApplyMethod(x.set_width, 3, run_time=2)", "a = x.animate(run_time=2).scale_to_fit_width(3)"),
    ("AnimationArguments", "self.play(x.animate.shift(UP).set_anim_args(run_time=2))", "self.play(x.animate(run_time=2).shift(UP))"),
    ("RestoreInPlay", "self.play(x.animate.restore())", "self.play(Restore(x))"),
    ("TimeSpan", "self.play(Write(x, time_span=(1, 3)), FadeIn(y), run_time=3)",
     "self.play(Succession(Wait(1), Write(x, run_time=2)), FadeIn(y, run_time=3))"),
    ("WaitNote", 'self.wait(2, note="breathe")', "self.wait(2)"),
    ("SetSize", "x.set_width(3, stretch=True).set_height(2, about_edge=UP)", "x.stretch_to_fit_width(3).scale_to_fit_height(2, about_edge=UP)"),
    ("GetSize", "w = x.get_width()", "w = x.width"),
    ("MostSize", "x.set_max_width(3)", "x.scale_to_fit_width(min(x.width, 3))"),
    ("SetShape", "x.set_radius(2)", "x.scale_to_fit_width(4)"),
    ("SetShape", "x.set_shape(2, 3)", "x.stretch_to_fit_width(2).stretch_to_fit_height(3)"),
    ("MovedMethods", "p = x.pfp(0.5)", "p = x.point_from_proportion(0.5)"),
    ("ScaleAbout", "x.scale_about_point(2, ORIGIN)", "x.scale(2, about_point=ORIGIN)"),
    ("GetPoints", "p = x.get_points()[0]", "p = x.points[0]"),
    ("Copies", "xs = x.replicate(5)", "xs = VGroup(*[x.copy() for _ in range(5)])"),
    ("Copies", "xs = x.get_grid(2, 3, buff=0)", "xs = VGroup(*[x.copy() for _ in range(6)]).arrange_in_grid(rows=2, cols=3, buff=0)"),
    ("Grid", "x.arrange_in_grid(n_rows=2, h_buff=0.1, v_buff=0.2)", "x.arrange_in_grid(rows=2, buff=(0.1, 0.2))"),
    ("Grid", "x.arrange_in_grid(2, 3, fill_rows_first=False)", 'x.arrange_in_grid(2, 3, flow_order="dr")'),
    ("Submobjects", "x.set_submobjects(xs)", "x.submobjects = list(xs)"),
    ("MovedTo", "x.align_to(y, alignment_vect=UP)", "x.align_to(y, direction=UP)"),
    ("Become", "x.save_state(use_deepcopy=True)", "x.save_state()"),
    ("Backstroke", "x.set_backstroke(width=5)", "x.set_background_stroke(width=5, color=BLACK)"),
    ("StrokeKeywords", "x.set_stroke(RED, 2, behind=True).set_fill(BLUE, border_width=0)", "x.set_stroke(RED, 2, background=True).set_fill(BLUE)"),
    ("ColourAndOpacity", "x.set_color(RED, 0.5)", "x.set_color(RED).set_opacity(0.5)"),
    ("Finish", "x.set_shading(0.1, 0.2).shift(UP)", "x.shift(UP)"),
    ("FinishKeywords", "s = Sphere(radius=2, shading=(0, 0, 0))", "s = Sphere(radius=2)"),
    ("Updaters", "x.add_updater(f, call=False)", "x.add_updater(f, call_updater=False)"),
    ("FollowFunctions", "x.f_always.set_value(t.get_value)", "x.add_updater(lambda m: m.set_value(t.get_value()))"),
    ("Redrawn", "b = always_redraw(Brace, x, UP)", "b = always_redraw(lambda: Brace(x, UP))"),
    ("Positions", "r = Rectangle(4, 3)", "r = Rectangle(width=4, height=3)"),
    ("ArrowKeywords", "a = Arrow(p, q, thickness=4, fill_color=RED)", "a = Arrow(p, q, color=RED, stroke_width=8)"),
    ("ShapeKeywords", "d = DashedLine(p, q, positive_space_ratio=0.3)", "d = DashedLine(p, q, dashed_ratio=0.3)"),
    ("DotsOfOneSize", "d = SmallDot(p)", "d = Dot(p, radius=0.04)"),
    ("OpenLines", "l = Polyline(*ps, color=RED)", "l = VMobject(color=RED).set_points_as_corners(ps)"),
    ("OpenLines", "l = TracingTail(x, time_traced=2)", "l = TracedPath(x.get_center, dissipating_time=2)"),
    ("FullScreen", "r = FullScreenFadeRectangle(fill_opacity=0.5)", "r = FullScreenRectangle(fill_opacity=0.5, stroke_width=0, fill_color=BLACK)"),
    ("Marks", "c = Checkmark()", 'c = MathTex(r"\\checkmark", color=GREEN)'),
    ("AlignedText", 't = Text("a\\nb", alignment="LEFT")', "t = Paragraph('a', 'b', alignment=\"left\")"),
    ("Matrices", "m = DecimalMatrix(v, num_decimal_places=1)", 'm = DecimalMatrix(v, element_to_mobject_config={"num_decimal_places": 1})'),
    ("Solids", "p = Prism(1, 2, 3)", "p = Prism(dimensions=[1, 2, 3])"),
    ("Bars", "b = BarChart(v, max_value=8, n_ticks=4)", "b = BarChart(v, y_range=[0, 8, 2])"),
    ("ManyValues", 'c = Circle(**{"radius": 2}, **dict(color=RED))', "c = Circle(radius=2, color=RED)"),
    ("Integers", 'n = Integer("7")', 'n = MathTex("7")'),
    ("OldRanges", "n = NumberLine(x_min=0, x_max=4, tick_frequency=2)", "n = NumberLine(x_range=[0, 4, 2])"),
    ("OldRadius", "n = NumberPlane(x_radius=4, secondary_line_ratio=1)", "n = NumberPlane(x_range=[-4, 4], faded_line_ratio=1)"),
    ("AxisKeywords", "n = NumberLine((0, 4), width=8, big_tick_numbers=[2])", "n = NumberLine((0, 4), length=8, numbers_with_elongated_ticks=[2])"),
    ("AxisLengths", "a = Axes((0, 4), (0, 3), width=8)", "a = Axes(x_range=(0, 4), y_range=(0, 3), x_length=8, y_length=3, tips=False)"),
    ("Graphs", "g = a.get_graph(f, x_min=0, x_max=2)", "g = a.plot(f, x_range=[0, 2])"),
    ("GraphParts", "l = a.get_v_line_to_graph(2, g)", "l = a.get_vertical_line(a.i2gp(2, g))"),
    ("AddedNumbers", "n.add_numbers(1, 2)", "n.add_numbers([1, 2])"),
    ("FreeGraphs", "g = ParametricCurve(f, t_min=0, t_max=TAU, step_size=0.1)", "g = ParametricFunction(f, t_range=[0, TAU, 0.1])"),
    ("VectorFields", "v = VectorField(f, x_min=-2, x_max=2, delta_x=1)", "v = ArrowVectorField(f, x_range=[-2, 2, 1])"),
    ("HandedMethods", "g = a.plot(self.f)", "g = a.plot(lambda x: self.f(x))"),
    ("Coordinates", "f = g.parametric_function", "f = g.function"),
    ("Tools", "self.embed()", "pass"),
    ("Sounds", 'self.add_sound("ding")', "pass"),
    ("SceneMethods", "m = self.get_mobjects()", "m = self.mobjects"),
    ("Continual", "self.add(AmbientRotation(x, rate=2))", "self.add(x)\nx.add_updater(lambda m, dt: m.rotate(2 * dt))"),
    ("FrameNames", "self.frame.shift(UP)", "self.camera.frame.shift(UP)"),
    ("FlatReorient", "self.play(self.frame.animate.reorient(0, 0, 0, (1, 2, 0), 4))",
     "self.play(self.camera.frame.animate.scale_to_fit_height(4).move_to([1, 2, 0]))"),
    ("DeepOrientation", "self.frame.reorient(20, 70)", "self.set_camera_orientation(phi=70 * DEGREES, theta=-70 * DEGREES)"),
    ("DeepOrientation", "self.play(self.frame.animate.reorient(30, 60), Write(x), run_time=2)",
     "self.move_camera(phi=60 * DEGREES, theta=-60 * DEGREES, added_anims=[Write(x)], run_time=2)"),
    ("DeepOrientation", "self.frame.add_updater(lambda m, dt: m.increment_theta(2 * dt))", "self.begin_ambient_camera_rotation(rate=2)"),
    ("FixedInFrame", "self.frame.reorient(20, 70)\nx.fix_in_frame()",
     "self.set_camera_orientation(phi=70 * DEGREES, theta=-70 * DEGREES)\nself.add_fixed_in_frame_mobjects(x)"),
    ("FixedInFrame", "x = Text('a').fix_in_frame()", "x = Text('a')\nself.add_fixed_in_frame_mobjects(x)"),
    ("TexKeywords", 'f = Tex("a", t2c={"a": RED})', 'f = MathTex("a", tex_to_color_map={"a": RED})'),
    ("IsolateParts", 'f = Tex("a + b")\nf.get_part_by_tex("b").shift(UP)',
     'f = MathTex("a + b", substrings_to_isolate=["b"])\nf.get_part_by_tex("b").shift(UP)'),
    ("PartsByText", 'f = Tex("a + b")\nf["b"].set_color(RED)', 'f = MathTex("a + b", substrings_to_isolate=["b"])\nf.get_part_by_tex("b").set_color(RED)'),
    ("PartsByText", 'f = Tex("b + b")\nf["b"].set_color(RED)', 'f = MathTex("b + b", substrings_to_isolate=["b"])\nf.set_color_by_tex("b", RED)'),
    ("PartsByText", 'f = Tex("a + b")\nx = f["b"][0]', 'f = MathTex("a + b", substrings_to_isolate=["b"])\nx = f.get_part_by_tex("b")[0]'),
    ("GlyphsOfOneString", 'f = Tex("a + b")\nf[1:].shift(UP)', 'f = MathTex("a + b")\nf[0][1:].shift(UP)'),
    ("WordsOfText", 't = Text("so it is")\nt["it"].set_color(RED)', 't = Text("so it is")\nt[2:4].set_color(RED)'),
    ("ChangingNumbers", 'f = Tex("x = 0.5")\nn = f.make_number_changeable("0.5")',
     'f = MathTex("x = 0.5", substrings_to_isolate=["0.5"])\nn = DecimalNumber(0.5, num_decimal_places=1)\n'
     'n.replace(f.get_part_by_tex("0.5"), dim_to_match=1)\nf.get_part_by_tex("0.5").set_opacity(0)\nf.add(n)'),
    ("Light", "self.camera.light_source.move_to(UP)", "pass"),
    ("MatrixParts", "m = Matrix(v)\nc = m.get_column(0)", "m = Matrix(v)\nc = m.get_columns()[0]"),
]  # fmt: skip
OLD_LINES = [
    ("FormulaNames", 'f = OldTex("x")', 'f = MathTex("x")'),
    ("OldParts", 'f = OldTex("x^2", "+", "x")\nf.set_color_by_tex("x", RED)', 'f = MathTex("x^2", "+", "x")\nVGroup(f[0], f[2]).set_color(RED)'),
    ("OldParts", 'f = OldTex("x^2", "+")\np = f.get_part_by_tex("x")', 'f = MathTex("x^2", "+")\np = f[0]'),
    ("OldCamera", "self.set_camera_orientation(phi=1, distance=20)", "self.set_camera_orientation(phi=1)"),
    ("MethodInPlay", "self.play(x.highlight, RED)", "self.play(x.animate.set_color(RED))"),
]  # fmt: skip


def as_expected(made: Converted, expected: str) -> bool:
    return same(body_of(made), expected)


@pytest.mark.parametrize(
    ("rule", "line", "expected"), NEW_LINES, ids=[f"{each[0]}: {each[1]}"[:70] for each in NEW_LINES]
)
def test_a_line_of_todays_manimgl_becomes_a_line_of_manim(rule, line, expected):
    made = converted(line)
    assert as_expected(made, expected), body_of(made)
    assert made.counts[rule] >= 1
    compile(made.source, "scene", "exec")


@pytest.mark.parametrize(
    ("rule", "line", "expected"), OLD_LINES, ids=[f"{each[0]}: {each[1]}"[:70] for each in OLD_LINES]
)
def test_a_line_of_the_older_manimgl_becomes_a_line_of_manim(rule, line, expected):
    made = converted(line, OLD)
    assert as_expected(made, expected), body_of(made)
    assert made.counts[rule] >= 1


WHOLE = {
    "SceneConfig": (
        'class A(Scene):\n    CONFIG = {"n": 3, "camera_config": {"background_color": RED}}\n\n    def construct(self):\n        self.wait(self.n)',
        "class A(Scene):\n    n = 3\n\n    def construct(self):\n        self.camera.background_color = RED\n        self.wait(self.n)",
    ),
    "ObjectConfig": (
        'class B(VGroup):\n    CONFIG = {"n": 3, "color": RED}\n\n    def __init__(self, **kwargs):\n        VGroup.__init__(self, **kwargs)\n        self.add(Dot())',
        "class B(VGroup):\n    def __init__(self, n=3, color=RED, **kwargs):\n        self.n = n\n        super().__init__(color=color, **kwargs)\n        self.add(Dot())",
    ),
    "DigestedConfig": (
        'class B(VGroup):\n    CONFIG = {"n": 3}\n\n    def __init__(self, **kwargs):\n        digest_config(self, kwargs)\n        VGroup.__init__(self, **kwargs)',
        "class B(VGroup):\n    def __init__(self, n=3, **kwargs):\n        self.n = n\n        super().__init__(**kwargs)",
    ),
    "ConstructorCalls": (
        "class B(VGroup):\n    def __init__(self):\n        VGroup.__init__(self, Dot())",
        "class B(VGroup):\n    def __init__(self):\n        super().__init__(Dot())",
    ),
    "DrawnPoints": (
        "class B(VMobject):\n    def init_points(self):\n        self.start_new_path(ORIGIN)",
        "class B(VMobject):\n    def generate_points(self):\n        self.start_new_path(ORIGIN)",
    ),
    "SceneBase": (
        "class A(InteractiveScene):\n    def construct(self):\n        self.frame.shift(UP)",
        "class A(MovingCameraScene):\n    def construct(self):\n        self.camera.frame.shift(UP)",
    ),
    "StaticMethods": (
        "class A(Scene):\n    def setup(self):\n        Scene.setup(self)",
        "class A(Scene):\n    def setup(self):\n        super().setup()",
    ),
    "GraphSceneBase": (
        "class A(GraphScene):\n    def construct(self):\n        self.get_graph(np.sin, x_min=0, x_max=1)",
        "class A(Scene):\n    def construct(self):\n        self.axes.plot(np.sin, x_range=[0, 1])",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", WHOLE)
def test_a_class_of_manimgl_becomes_a_class_of_manim(rule):
    given, expected = WHOLE[rule]
    made = convert(f"from manimlib.imports import *\n\n\n{given}\n")
    assert same(made.source.partition("\n\n\n")[2], expected), made.source
    assert made.counts[rule] >= 1


def test_the_axes_of_a_graph_scene_are_made_with_its_settings():
    made = convert(
        'from manimlib.imports import *\n\n\nclass A(GraphScene):\n    CONFIG = {"x_max": 4, "y_axis_label": ""}\n\n'
        "    def construct(self):\n        self.setup_axes(animate=True)\n"
    )
    assert "x_range=[-1, self.x_max, 1]" in made.source
    assert "self.play(Create(self.axes), Write(self.x_axis_label_mob))" in made.source
    assert "y_axis_label_mob" not in made.source


def test_a_string_within_a_command_is_cut_out_by_hand():
    made = converted(r'f = Tex(R"t \times t", t2c={"t": RED})')
    assert as_expected(made, r"""f = MathTex("t", r" \times ", "t").set_color_by_tex_to_color_map({"t": RED})"""), (
        body_of(made)
    )


def test_a_string_behind_a_superscript_gets_braces():
    made = converted('f = Tex("x^2 + 2", t2c={"2": RED})')
    assert as_expected(made, 'f = MathTex("x^{2} + 2", tex_to_color_map={"2": RED})'), body_of(made)


def test_several_parts_of_one_text_are_asked_for_by_a_function():
    made = converted('f = Tex("a + a")\nx = f["a"][1]')
    assert PARTS_HELPER.strip() in made.source
    assert 'x = parts_by_tex(f, "a")[1]' in made.source


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('for s in strings:\n    f = Tex("a")\n    f.set_color_by_tex(s, RED)', "not written out"),
        ("f = Tex(words)\nf.set_color_by_tex('a', RED)", "not a part of its own"),
        ("f = Tex('a')\nf.set_color_by_tex_to_color_map(colours)", "not written out"),
        ('f = Tex("ab + a")\nf["ab"].shift(UP)\nx = f["a"][1]', "also within"),
    ],
)
def test_colours_that_would_be_lost_in_silence_are_reported(line, why):
    found = [each for each in converted(line).left if each.rule == "LostColours"]
    assert found, converted(line).source
    assert why in found[0].why
    assert found[0].shows


@pytest.mark.parametrize(
    ("line", "rule", "shows"),
    [
        ("randy = Randolph()\nself.add(randy)", "NoEqual", True),
        ("self.play(randy.change_mode, 'happy')\nrandy.blink()", "NoEqual", True),
        ("self.add(GlowDot())", "NoEqual", True),
        ("x.set_color_by_code('color = vec3(1);')", "Finish", True),
        ("x.set_clip_plane(UP, 1)", "Finish", True),
        ("x.set_gloss(1)", "Finish", False),
        ('self.add_sound("ding")', "Sounds", False),
        ('f = Tex("a", additional_preamble="")', "TexKeywords", True),
        ("a = Matrix(v, ellipses_row=1)", "Matrices", True),
        ("x.get_center().set_max_width(2)", "MostSize", True),
        ("self.frame.set_field_of_view(1)", "FramePart", True),
        ("c = self.CONFIG", "LeftConfig", True),
    ],
)  # fmt: skip
def test_what_has_no_equal_is_reported_and_stays_where_it_shows(line, rule, shows):
    made = converted(line)
    found = [each for each in made.left if each.rule == rule]
    assert found, made.left
    assert found[0].shows is shows
    if shows and rule in {"NoEqual", "Finish", "LeftConfig"}:
        assert found[0].what in made.source


def test_a_name_that_the_file_gives_to_something_else_is_left_alone():
    made = converted("cross = Cross(x)\nself.play(ShowCreation(cross))\ncopy = [y for TOP in z]")
    assert as_expected(made, "cross = Cross(x)\nself.play(Create(cross))\ncopy = [y for TOP in z]")


def test_an_own_class_by_the_name_of_one_of_manimgls_is_left_alone():
    source = "from manimlib import *\n\n\nclass GlowDot(Dot):\n    pass\n\n\nclass A(Scene):\n    def construct(self):\n        self.add(GlowDot())\n"
    made = convert(source)
    assert "GlowDot()" in made.source
    assert not made.left


def test_own_file_s_config_function_is_said_to_hide_manims():
    made = convert("from manimlib import *\n\n\ndef config():\n    return FRAME_WIDTH\n")
    assert [each.rule for each in made.left] == ["LocalName"]


def test_a_dict_is_not_taken_for_a_formula():
    made = converted('d = {"a": 1}\nx = d["a"]\nf = Tex("a")')
    assert 'x = d["a"]' in made.source


def test_comments_and_the_layout_of_lines_left_alone_survive():
    made = converted("# First\nx = Dot(  # a point\n    UP,\n)\nself.play(ShowCreation(x))  # drawn")
    assert "# First" in made.source
    assert "x = Dot(  # a point\n" in made.source
    assert "# drawn" in made.source


def test_imports_in_use_are_written_out():
    made = converted("x = [np.pi, it.count(), math.pi, random.random()]")
    head = made.source.partition("class")[0]
    assert head.split("\n")[:5] == [
        "from manim import *",
        "import numpy as np",
        "import itertools as it",
        "import math",
        "import random",
    ]


@pytest.mark.parametrize("head", ["big_ol_pile_of_manim_imports", "manimlib.imports", "manimlib", "manim_imports_ext"])
def test_every_way_to_import_manimgl_is_known(head):
    assert convert(f"from {head} import *\nx = FRAME_WIDTH\n").source == "from manim import *\nx = config.frame_width\n"


def test_code_that_does_not_import_manimgl_is_given_back_as_it_is():
    source = CE + "        self.play(ShowCreation(Tex('x')))\n"
    made = convert(source)
    assert (made.source, dict(made.counts), made.left) == (source, {}, ())


def test_code_that_can_t_be_read_is_an_error():
    with pytest.raises(SyntaxError):
        convert("from manimlib import *\nclass :\n")


def test_every_rule_says_what_it_does_and_is_in_the_order_once():
    names = [rule.__name__ for rule in rules()]
    assert len(set(names)) == len(names)
    assert all(rule.__doc__ for rule in rules())
    assert {rule for group in ORDER for rule in group} == set(rules())


def test_every_rule_has_a_case_here():
    elsewhere = {
        "LostColours",
        "NoEqual",
        "LeftConfig",
        "FramePart",
        "LocalName",
        "Imports",
        "GraphSceneAxes",
        "GraphSceneMethods",
    }
    shown = {each[0] for each in [*NEW_LINES, *OLD_LINES]} | set(WHOLE) | elsewhere
    assert {rule.__name__ for rule in rules()} == shown


def test_the_rules_cover_every_difference_of_the_list():
    covered = {number for rule in rules() for number in rule.differences}
    assert covered == set(range(1, 70))


def test_rules_change_nothing_where_nothing_is_different():
    assert issubclass(rules()[0], Rule)
    source = CE + "        dot = Dot().shift(UP)\n        self.play(Create(dot), run_time=2)\n        self.wait()\n"
    as_gl = source.replace("from manim import", "from manimlib import")
    made = convert(as_gl)
    assert made.source == source
