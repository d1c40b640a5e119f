from big_ol_pile_of_manim_imports import *


def is_prime(n):
    return n > 1 and all(n % k for k in range(2, int(np.sqrt(n)) + 1))


class PrimeSieve(Scene):
    CONFIG = {"n_cols": 10, "n_rows": 4}

    def construct(self):
        numbers = VGroup(*[Integer(n).scale(0.7) for n in range(1, self.n_cols * self.n_rows + 1)])
        for i, number in enumerate(numbers):
            x, y = i % self.n_cols, i // self.n_cols
            number.move_to(x * RIGHT + y * DOWN)
        numbers.center()
        title = TextMobject("Sieve of ", "Eratosthenes")
        title.set_color_by_tex("Eratosthenes", YELLOW)
        title.to_edge(UP)
        self.play(Write(title), LaggedStart(FadeIn, numbers))
        for p in (2, 3, 5):
            multiples = VGroup(*[m for i, m in enumerate(numbers) if (i + 1) % p == 0 and i + 1 != p])
            rect = SurroundingRectangle(numbers[p - 1])
            self.play(ShowCreation(rect))
            self.play(multiples.set_fill, GREY, 0.3, FadeOut(rect), run_time=1)
        primes = VGroup(*filter(lambda m: is_prime(m.number), numbers))
        self.play(*it.chain(*[[m.set_color, GREEN] for m in primes]))
        self.wait(2)
