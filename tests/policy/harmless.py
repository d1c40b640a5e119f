"""Harmless bodies of `construct` as teachers and models write them: name -> code, each to be accepted."""

from __future__ import annotations

import textwrap

_BODIES = {
    "an error told": """
        try:
            x = 1 / 0
        except ZeroDivisionError as e:
            self.add(Text(f'Error: {e}'))
    """,
    "an error printed": """
        try:
            x = int('a')
        except (ValueError, TypeError) as error:
            print('no', error)
            x = 0
    """,
    "an error as text": """
        try:
            x = 1
        except Exception as exc:
            label = Text(str(exc))
        else:
            y = 2
        finally:
            z = 3
    """,
    "a derivation": """
        eq = MathTex(r'a^2', '+', r'b^2', '=', r'c^2')
        self.play(Write(eq))
        self.play(eq[0].animate.set_color(RED))
    """,
    "matching formulas": r"""
        a = MathTex('x^2', '=', '4')
        b = MathTex('x', '=', r'\pm 2')
        self.play(TransformMatchingTex(a, b))
    """,
    "isolated substrings": r"""
        t = MathTex(r'e^{i\pi} + 1 = 0', substrings_to_isolate=['i'])
        t.set_color_by_tex('i', YELLOW)
    """,
    "cases and matrices": r"""
        self.add(MathTex(r'f(x)=\begin{cases}1 & x>0\\0 & x\le 0\end{cases}'))
        self.add(MathTex(r'\begin{bmatrix}1 & 2\\3 & 4\end{bmatrix}'))
    """,
    "an environment": r"""
        self.add(Tex(r'\begin{itemize}\item one\item two\end{itemize}', tex_environment='flushleft'))
    """,
    "an environment chosen": r"""
        kind = 'b'
        self.add(MathTex(rf'\begin{{{kind}matrix}}1\end{{{kind}matrix}}'))
    """,
    "an alignment": r"""
        self.add(MathTex(r'a &= b \\ c &= d', tex_environment='align*'))
    """,
    "an array": r"""
        self.add(MathTex(r'\begin{array}{c|c} x & y \\ \hline 1 & 2 \end{array}'))
    """,
    "units and text in a formula": r"""
        self.add(MathTex(r'v = 3\,\mathrm{m/s} \quad \text{at } t = 0'))
    """,
    "colours in a formula": r"""
        self.add(MathTex(r'{\color{red} x} + \cancel{y}'))
    """,
    "a template with packages": r"""
        t = TexTemplate()
        t.add_to_preamble(r'\usepackage{mathrsfs}')
        self.add(Tex(r'$\mathscr{L}$', tex_template=t))
    """,
    "a plot": """
        ax = Axes(x_range=[-3, 3, 1], y_range=[-1, 9, 2], axis_config={'include_numbers': True})
        g = ax.plot(lambda x: x**2, color=BLUE)
        self.play(Create(ax), Create(g))
    """,
    "an area": """
        ax = Axes()
        g = ax.plot(lambda x: np.sin(x))
        area = ax.get_area(g, x_range=[0, PI], opacity=0.5)
        rects = ax.get_riemann_rectangles(g, x_range=[0, 2], dx=0.25)
        self.add(area, rects)
    """,
    "a tangent by a tracker": """
        t = ValueTracker(1)
        ax = Axes()
        g = ax.plot(lambda x: x**3)
        line = always_redraw(lambda: TangentLine(g, alpha=t.get_value() / 4, length=4))
        self.play(t.animate.set_value(3), run_time=3, rate_func=linear)
    """,
    "labels": """
        ax = Axes()
        self.add(ax.get_axis_labels(x_label='x', y_label=MathTex('f(x)')))
    """,
    "a point on a curve": """
        ax = NumberPlane()
        dot = Dot(ax.c2p(2, 3))
        self.add(dot, ax.get_vertical_line(dot.get_center()))
    """,
    "a number that counts": """
        n = Integer(0)
        self.play(ChangeDecimalToValue(n, 10))
        n.add_updater(lambda m, dt: m.increment_value(1))
    """,
    "an updater with time": """
        def turn(mob, dt):
            mob.rotate(dt * PI)
        s = Square()
        s.add_updater(turn)
        self.add(s)
        self.wait(2)
        s.remove_updater(turn)
    """,
    "a trace": """
        d = Dot()
        trace = TracedPath(d.get_center, stroke_color=RED)
        self.add(d, trace)
    """,
    "a bar chart": """
        c = BarChart(values=[1, 2, 3], bar_names=['a', 'b', 'c'], y_range=[0, 4, 1])
        self.play(c.animate.change_bar_values([3, 2, 1]))
    """,
    "a table": """
        t = Table([['1', '2'], ['3', '4']], row_labels=[Text('r'), Text('s')], include_outer_lines=True)
        t.get_cell((2, 2)).set_fill(YELLOW, opacity=0.3)
    """,
    "a matrix": """
        m = Matrix([[1, 2], [3, 4]])
        m.get_columns()[0].set_color(GREEN)
        self.add(SurroundingRectangle(m.get_rows()[0]))
    """,
    "a graph": """
        g = Graph([1, 2, 3], [(1, 2), (2, 3)], labels=True, layout='circular')
        self.play(Create(g), g.vertices[1].animate.shift(UP))
    """,
    "code shown": r"""
        c = Code(code_string='def f(x):\n    return x + 1', language='python', background='window')
        self.play(Write(c))
    """,
    "code with hidden names shown": r"""
        c = Code(code_string='class A:\n    def __init__(self):\n        self.__x = 1')
    """,
    "a list": """
        self.play(FadeIn(BulletedList('one', 'two', height=2)))
    """,
    "a brace": """
        b = Brace(Line(LEFT, RIGHT), DOWN)
        self.add(b, b.get_text('width'), b.get_tex('w'))
    """,
    "arrows and vectors": """
        v = Vector([1, 2], color=YELLOW)
        a = Arrow(ORIGIN, UP, buff=0)
        self.play(GrowArrow(a), GrowArrow(v))
    """,
    "angles": """
        l1, l2 = Line(ORIGIN, RIGHT), Line(ORIGIN, UP + RIGHT)
        self.add(Angle(l1, l2, radius=0.5), RightAngle(l1, l2))
    """,
    "three dimensions": """
        s = Sphere(radius=1).set_color(BLUE)
        c = Cube(side_length=2, fill_opacity=0.7)
        self.add(VGroup(s, c))
    """,
    "a surface": """
        s = Surface(
            lambda u, v: np.array([u, v, np.sin(u) * np.cos(v)]), u_range=[-2, 2], v_range=[-2, 2], resolution=(8, 8)
        )
    """,
    "a vector field": """
        f = ArrowVectorField(lambda p: np.array([-p[1], p[0], 0]))
        self.add(f, StreamLines(lambda p: p[0] * RIGHT))
    """,
    "a parametric curve": """
        c = ParametricFunction(lambda t: np.array([np.cos(t), np.sin(2 * t), 0]), t_range=(0, TAU), color=RED)
    """,
    "an implicit curve": """
        self.add(ImplicitFunction(lambda x, y: x**2 + y**2 - 4, color=BLUE))
    """,
    "polar": """
        p = PolarPlane(radius_max=3)
        self.add(p, p.plot_polar_graph(lambda a: 2 * np.sin(3 * a)))
    """,
    "a linear map": """
        plane = NumberPlane()
        self.play(plane.animate.apply_matrix([[1, 1], [0, 1]]))
    """,
    "a complex map": """
        plane = ComplexPlane()
        self.play(plane.animate.apply_complex_function(lambda z: z**2))
    """,
    "lagged": """
        self.play(LaggedStart(*[FadeIn(Dot().shift(i * RIGHT)) for i in range(5)], lag_ratio=0.3))
    """,
    "groups arranged": """
        g = VGroup(*(Circle() for _ in range(3))).arrange(DOWN, buff=0.5, aligned_edge=LEFT).scale(0.5)
        self.add(g)
    """,
    "a grid": """
        VGroup(*[Square(0.5) for _ in range(9)]).arrange_in_grid(rows=3, buff=0.1)
    """,
    "colours": """
        c = interpolate_color(RED, BLUE, 0.5)
        s = Square().set_color_by_gradient(RED, GREEN)
        d = ManimColor('#ff8800')
    """,
    "highlights": """
        t = Text('hello')
        self.play(Indicate(t), Circumscribe(t), Flash(t), FocusOn(t), Wiggle(t))
    """,
    "text by parts": """
        t = Text('speed', t2c={'ee': RED}, font_size=36, weight=BOLD, slant=ITALIC)
        m = MarkupText('<b>x</b> <i>y</i>')
    """,
    "braces in text": """
        Text('{x} and {0}')
        Text('f(x) = {1, 2, 3}')
        Text('%d%%' % 3)
        Text('{:>5.1f} s'.format(2.5))
    """,
    "paths": """
        p = VMobject().set_points_smoothly([LEFT, UP, RIGHT])
        self.play(MoveAlongPath(Dot(), p), run_time=2)
    """,
    "boolean shapes": """
        u = Union(Circle(), Square())
        i = Intersection(Circle(), Square().shift(RIGHT), color=RED, fill_opacity=1)
    """,
    "sorting": """
        values = [3, 1, 2]
        for i in range(len(values)):
            for j in range(len(values) - i - 1):
                if values[j] > values[j + 1]:
                    values[j], values[j + 1] = values[j + 1], values[j]
    """,
    "recursion": """
        def tree(depth):
            return [depth] if depth == 0 else [depth, *tree(depth - 1)]
        print(tree(3))
    """,
    "a generator": """
        def primes(n):
            for k in range(2, n):
                if all(k % p for p in range(2, k)):
                    yield k
        x = list(primes(20))
    """,
    "dictionaries and sets": """
        d = {'a': 1, 'b': [2]}
        for key, value in sorted(d.items()):
            print(key, value)
        s = {1, 2} | set([3])
    """,
    "strings": """
        word = 'hello'.upper().replace('L', 'l').strip().split('e')
        x = ', '.join(word)[::-1].zfill(3)
    """,
    "walrus and conditions": """
        if (n := len([1, 2, 3])) > 2 and not False:
            x = 'a' if n else 'b'
    """,
    "star and keyword arguments": """
        def f(*args, scale=1, **kwargs):
            return Square(**kwargs).scale(scale)
        f(color=RED, fill_opacity=0.5)
    """,
    "numpy at work": """
        a = np.linspace(0, 1, 11)
        b = np.array([[1, 2], [3, 4]]) @ np.array([1, 1])
        c = np.cross(RIGHT, UP).tolist()
        d = np.random.seed(1)
        e = np.linalg.norm(b)
        f = np.where(a > 0.5, 1, 0).sum()
    """,
    "maths at work": """
        x = math.sqrt(2) + math.factorial(5) + math.gcd(4, 6)
        y = random.choice([1, 2])
        z = round(x, 2)
    """,
    "a camera that moves": """
        self.camera.background_color = '#112233'
        self.wait(0.5)
    """,
    "a picture of a function": """
        self.add(ImageMobject(np.zeros((4, 4, 3), dtype=np.uint8)).scale(10))
    """,
    "saved state": """
        s = Square()
        s.save_state()
        self.play(s.animate.scale(2))
        self.play(Restore(s))
        s.generate_target()
        s.target.shift(UP)
        self.play(MoveToTarget(s))
    """,
    "everything gone": """
        self.play(*[FadeOut(m) for m in self.mobjects])
        self.clear()
    """,
    "subtitles": """
        self.add_subcaption('Now look.', duration=2)
        self.next_section('part two')
    """,
    "a nested class": """
        class Box(VGroup):
            def __init__(self, label, **kwargs):
                super().__init__(**kwargs)
                self.label = Text(label)
                self.add(Square(), self.label)
            @property
            def title(self):
                return self.label
            @staticmethod
            def make(x):
                return Box(x)
        self.add(Box.make('a').title)
    """,
    "a long wait": """
        self.wait(2 * 60)
    """,
}
HARMLESS = {name: textwrap.dedent(code).strip("\n") for name, code in _BODIES.items()}
