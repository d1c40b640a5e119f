from manimlib import *


class PlanetSizes(InteractiveScene):
    radii = [0.4, 0.9, 1.4]

    def construct(self):
        frame = self.camera.frame
        frame.set_euler_angles(theta=-20 * DEG, phi=70 * DEG)
        planets = Group(*(Sphere(radius=r) for r in self.radii))
        for planet, color in zip(planets, [RED, BLUE, GREEN]):
            planet.set_color(color)
            planet.set_shading(0.5, 0.2, 0.2)
        planets.arrange(RIGHT, buff=0.5)
        title = Text("Radius and volume", font_size=36)
        title.to_corner(UL)
        title.fix_in_frame()
        self.add(title)
        self.play(LaggedStartMap(FadeIn, planets, lag_ratio=0.4))
        self.play(frame.animate.reorient(30, 60, 0), run_time=3)
        self.play(planets[0].animate.scale(2), frame.animate.increment_theta(-40 * DEG), run_time=2)
        self.wait()


class FlatLabels(InteractiveScene):
    def construct(self):
        formula = Tex(R"V = \frac{4}{3} \pi r^3", font_size=60)
        formula["r"].set_color(YELLOW)
        words = TexText(R"Doubling $r$ multiplies $V$ by 8", t2c={"$r$": YELLOW})
        words.next_to(formula, DOWN, MED_LARGE_BUFF)
        self.play(Write(formula))
        self.play(FadeIn(words, shift=DOWN), formula.animate.set_backstroke(BLACK, 6))
        self.frame.save_state()
        self.play(self.frame.animate.reorient(0, 0, 0, formula.get_center(), 4), run_time=2)
        self.play(Restore(self.frame))
