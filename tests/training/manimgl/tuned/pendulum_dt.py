from manim_imports_ext import *


class Pendulum(VGroup):
    CONFIG = {
        "length": 3,
        "gravity": 9.8,
        "initial_theta": 0.6,
        "top_point": 2 * UP,
        "rod_style": {"stroke_width": 3, "stroke_color": GREY_B},
    }

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.rod = Line(UP, DOWN)
        self.rod.set_style(**self.rod_style)
        self.bob = Circle(radius=0.2, fill_color=BLUE, fill_opacity=1)
        self.add(self.rod, self.bob)
        self.omega = 0
        self.set_theta(self.initial_theta)

    def set_theta(self, theta):
        self.theta = theta
        end = self.top_point + self.length * np.array([np.sin(theta), -np.cos(theta), 0])
        self.rod.put_start_and_end_on(self.top_point, end)
        self.bob.move_to(end)
        return self

    def start_swinging(self):
        self.add_updater(Pendulum.update_by_gravity)

    def update_by_gravity(self, dt):
        self.omega -= self.gravity / self.length * np.sin(self.theta) * dt
        self.set_theta(self.theta + self.omega * dt)


class SwingingPendulum(Scene):
    def construct(self):
        pendulum = Pendulum(initial_theta=0.8)
        self.add(pendulum)
        period = OldTex("T = 2\\pi \\sqrt{L / g}", substrings_to_isolate=["L", "g"])
        period.set_color_by_tex("L", BLUE)
        period.to_corner(UL)
        self.play(Write(period))
        pendulum.start_swinging()
        self.wait(3)
        pendulum.clear_updaters()
        self.play(Rotate(pendulum, 20 * DEGREES, about_point=pendulum.top_point))
        self.wait()
