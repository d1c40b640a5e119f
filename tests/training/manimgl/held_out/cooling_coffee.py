from manim_imports_ext import *


class CoolingCurve(GraphScene):
    CONFIG = {
        "x_min": 0,
        "x_max": 10,
        "y_min": 0,
        "y_max": 90,
        "y_tick_frequency": 10,
        "x_axis_label": "$t$",
        "y_axis_label": "$T$",
        "graph_origin": 2.5 * DOWN + 5 * LEFT,
        "room": 20,
        "start": 85,
        "rate": 0.4,
    }

    def construct(self):
        self.setup_axes(animate=True)
        graph = self.get_graph(self.temperature, x_min=0, x_max=9, color=ORANGE)
        label = self.get_graph_label(graph, "T(t)")
        self.play(ShowCreation(graph, run_time=3))
        self.play(Write(label))

        room_line = DashedLine(
            self.coords_to_point(0, self.room),
            self.coords_to_point(10, self.room),
            color=BLUE,
        )
        self.play(ShowCreation(room_line))

        dot = Dot(self.input_to_graph_point(0, graph), color=YELLOW)
        self.play(FadeInFromLarge(dot))
        tracker = ValueTracker(0)
        dot.add_updater(lambda d: d.move_to(self.input_to_graph_point(tracker.get_value(), graph)))
        self.play(tracker.set_value, 8, run_time=4, rate_func=linear)
        self.wait()

    def temperature(self, t):
        return self.room + (self.start - self.room) * np.exp(-self.rate * t)


class NewtonsLaw(Scene):
    def construct(self):
        law = OldTex(
            "{dT", "\\over", "dt}", "=", "-k", "(T", "-", "T_0)",
        )
        law.set_color_by_tex("-k", BLUE)
        law.set_color_by_tex_to_color_map({"T_0": TEAL})
        words = VGroup(
            OldTexText("The hotter it is,"),
            OldTexText("the faster it cools."),
        )
        words.arrange(DOWN, aligned_edge=LEFT)
        words.next_to(law, DOWN, LARGE_BUFF)
        self.play(FadeInFromDown(law))
        self.play(LaggedStart(*map(FadeInFromDown, words), lag_ratio=0.5))
        self.play(ShowCreationThenFadeAround(law[4]))
        self.play(ApplyMethod(words.fade, 0.7))
        self.wait()
