from manimlib.imports import *


class HeatBar(Scene):
    CONFIG = {"n_cells": 20, "bar_height": 1, "hot": RED, "cold": BLUE}

    def setup(self):
        self.temperatures = np.zeros(self.n_cells)
        self.temperatures[: self.n_cells // 2] = 1

    def construct(self):
        bar = self.get_bar()
        bar.set_width(10, stretch=True)
        bar.to_edge(UP, buff=LARGE_BUFF)
        label = TextMobject("A hot rod touches a cold one")
        label.next_to(bar, DOWN)
        self.play(LaggedStartMap(FadeIn, bar), Write(label))
        self.bar = bar
        bar.add_updater(self.update_bar)
        self.wait(2)
        bar.clear_updaters()
        arrow = Arrow(bar.get_left(), bar.get_right(), buff=0)
        arrow.next_to(label, DOWN)
        self.play(GrowArrow(arrow))
        self.play(label.set_fill, {"opacity": 0.3}, arrow.set_color, YELLOW)
        self.wait()

    def get_bar(self):
        cells = VGroup(*[Square(stroke_width=0, fill_opacity=1) for _ in range(self.n_cells)])
        cells.arrange(RIGHT, buff=0)
        cells.set_height(self.bar_height, stretch=True)
        self.color_cells(cells)
        return cells

    def color_cells(self, cells):
        for cell, temp in zip(cells, self.temperatures):
            cell.set_fill(interpolate_color(self.cold, self.hot, temp))

    def update_bar(self, bar, dt):
        t = self.temperatures
        inner = t[:-2] - 2 * t[1:-1] + t[2:]
        t[1:-1] += 4 * dt * inner
        self.color_cells(bar)


class HeatEquation(Scene):
    def construct(self):
        equation = TexMobject(
            "{\\partial T \\over \\partial t}",
            "=",
            "\\alpha",
            "{\\partial^2 T \\over \\partial x^2}",
            tex_to_color_map={"\\alpha": YELLOW},
        )
        equation.set_height(1.5)
        rects = VGroup(*[SurroundingRectangle(part) for part in (equation[0], equation[3])])
        labels = VGroup(
            TextMobject("how fast it changes"),
            TextMobject("how bent it is"),
        )
        for rect, label, direction in zip(rects, labels, [UP, DOWN]):
            label.scale(0.8)
            label.next_to(rect, direction)
        self.play(FadeIn(equation))
        for rect, label in zip(rects, labels):
            self.play(ShowCreation(rect), FadeInFrom(label, label.get_center() - rect.get_center()))
            self.wait()
        self.play(CircleIndicate(equation[2]))
        self.play(VFadeOut(rects), VFadeOut(labels))
        self.play(equation.to_corner, UL)
