from manimlib import *


class OrbitTilt(InteractiveScene):
    samples = 4

    def construct(self):
        frame = self.frame
        frame.reorient(20, 70)
        axes = ThreeDAxes((-4, 4), (-4, 4), (-2, 2))
        axes.set_stroke(GREY_C, 1)
        path = ParametricCurve(
            lambda t: axes.c2p(3 * math.cos(t), 2 * math.sin(t), 0.5 * math.sin(2 * t)),
            t_range=(0, TAU, 0.02),
        )
        path.set_stroke(BLUE, 3)
        planet = Sphere(radius=0.25)
        planet.set_color(BLUE_E)
        planet.move_to(path.get_start())

        title = Text("One orbit")
        title.fix_in_frame()
        title.to_edge(UP)

        self.add(axes, title)
        self.play(ShowCreation(path), run_time=2)
        self.play(FadeIn(planet))
        self.play(
            MoveAlongPath(planet, path),
            frame.animate.reorient(-40, 60),
            run_time=5,
            rate_func=linear,
        )
        frame.add_updater(lambda m, dt: m.increment_theta(2 * dt * DEGREES))
        self.wait(3)
        frame.clear_updaters()


class FlatZoom(InteractiveScene):
    def construct(self):
        grid = NumberPlane((-8, 8), (-5, 5), faded_line_ratio=1)
        dots = Dot(radius=0.05).replicate(24)
        dots.arrange_in_grid(4, 6, h_buff=0.5, v_buff=0.5)
        dots.set_fill(YELLOW, 1)
        self.add(grid)
        self.play(LaggedStartMap(FadeIn, dots, lag_ratio=0.05))
        self.play(self.frame.animate.set_height(4).move_to(dots[0]), run_time=2)
        self.wait()
        self.play(self.frame.animate.to_default_state(), run_time=2)
