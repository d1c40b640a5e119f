from manim_imports_ext import *


class Person(VGroup):
    CONFIG = {
        "size": 0.4,
        "color": BLUE_C,
        "knows": False,
    }

    def __init__(self, **kwargs):
        digest_config(self, kwargs)
        VGroup.__init__(self, **kwargs)
        head = Circle(radius=self.size / 3)
        body = RegularPolygon(3).set_height(self.size)
        body.next_to(head, DOWN, buff=0.02)
        self.add(head, body)
        self.set_fill(self.color, 1)
        self.set_stroke(width=0)

    def hear(self):
        self.knows = True
        self.set_fill(YELLOW)
        return self


class RumourSpread(Scene):
    CONFIG = {"n_people": 12, "random_seed": 3}

    def construct(self):
        people = VGroup(*[Person() for _ in range(self.n_people)])
        people.arrange_in_grid(3, 4, buff=LARGE_BUFF)
        self.add(people)
        informed = [people[0]]
        self.play(people[0].hear)
        while len(informed) < 6:
            teller = random.choice(informed)
            listener = random.choice([p for p in people if not p.knows])
            arrow = Arrow(teller, listener, buff=0.1, stroke_width=3)
            self.play(GrowArrow(arrow), run_time=0.5)
            self.play(listener.hear, FadeOut(arrow), run_time=0.5)
            informed.append(listener)
        words = OldTexText("Half know by now")
        words.to_edge(UP)
        self.play(FadeInFromLarge(words, 1.2))
        self.wait()


class OneTaller(Scene):
    def construct(self):
        short, tall = Person(), Person(size=1, color=GREEN)
        group = VGroup(short, tall).arrange(RIGHT, buff=1, aligned_edge=DOWN)
        self.play(DrawBorderThenFill(group))
        self.play(short.match_height, tall, short.next_to, tall, LEFT)
        self.wait()
