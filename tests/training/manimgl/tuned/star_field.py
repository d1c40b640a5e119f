from manimlib import *


class StarField(InteractiveScene):
    def construct(self):
        stars = DotCloud(np.random.uniform(-5, 5, (400, 3)))
        stars.set_glow_factor(2)
        stars.set_color_by_code("color.rgb = vec3(point.x, 0.5, 1.0);")
        sun = GlowDot(radius=1, color=YELLOW)
        self.add(stars, sun)
        self.play(self.frame.animate.reorient(45, 60), run_time=4)


class EarthTexture(InteractiveScene):
    def construct(self):
        earth = TexturedSurface(Sphere(radius=2), "EarthTextureMap", "NightEarthTextureMap")
        self.play(Rotate(earth, PI), run_time=3)


class ArcLength(InteractiveScene):
    def construct(self):
        circle = Circle(radius=2).set_stroke(BLUE, 4)
        arc = Arc(0, 60 * DEG, radius=2).set_stroke(YELLOW, 8)
        sector = Sector(angle=60 * DEG, radius=2).set_fill(YELLOW, 0.3)
        formula = Tex(R"s = r \theta", t2c={"s": YELLOW, R"\theta": GREEN})
        formula.next_to(circle, RIGHT)
        self.play(ShowCreation(circle))
        self.play(ShowCreation(arc), FadeIn(sector))
        self.play(Write(formula), circle.animate.set_stroke(opacity=0.5))
        self.wait()
