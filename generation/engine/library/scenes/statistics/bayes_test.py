from manim import *
from theorama_kit import *

base_rate = knob(1.0, label="How many have the disease", unit="%", minimum=0.1, maximum=50.0, step=0.1)
sensitivity = knob(
    90.0, label="Sensitivity: ill people who test positive", unit="%", minimum=50.0, maximum=100.0, step=0.1
)
specificity = knob(
    91.0, label="Specificity: healthy people who test negative", unit="%", minimum=50.0, maximum=100.0, step=0.1
)
second_test = knob(True, label="Show a second test")

ILL_COLOR = CORAL
HEALTHY_COLOR = EDGE
POSITIVE_COLOR = YELLOW
ANSWER_COLOR = MINT
PEOPLE, COLUMNS = 1000, 40


def predictive(prior):
    """Bayes: the chance of being ill after a positive test, when it was `prior` before (both from 0 to 1)."""
    true = prior * sensitivity / 100
    false = (1 - prior) * (1 - specificity / 100)
    if true + false <= 0:
        raise ValueError("Nobody would test positive with these values. Choose a larger base rate.")
    return true / (true + false)


def after_negative(prior):
    """The chance of being ill in spite of a negative test."""
    missed = prior * (1 - sensitivity / 100)
    cleared = (1 - prior) * specificity / 100
    return missed / (missed + cleared) if missed + cleared > 0 else 0.0


def people():
    """Of a thousand people: ill and positive, ill and negative, healthy and positive, healthy and negative."""
    ill = max(1, round(PEOPLE * base_rate / 100))
    caught = round(ill * sensitivity / 100)
    alarmed = round((PEOPLE - ill) * (1 - specificity / 100))
    return caught, ill - caught, alarmed, PEOPLE - ill - alarmed


CAUGHT, MISSED, ALARMED, CLEARED = people()
ILL, HEALTHY, POSITIVE = CAUGHT + MISSED, ALARMED + CLEARED, CAUGHT + ALARMED
PPV = predictive(base_rate / 100)
ROUNDED = max(abs(PEOPLE * base_rate / 100 - ILL), abs(ILL * sensitivity / 100 - CAUGHT)) > 0.01 or (
    abs(HEALTHY * (1 - specificity / 100) - ALARMED) > 0.01
)


def percent(part, digits=3):
    return number_text(100 * part, None, digits) + " %"


def person(color, opacity=0.9):
    return Square(0.135, stroke_width=0, fill_color=color, fill_opacity=opacity)


CORNER = np.array([-6.35, 2.5, 0.0])
PITCH = 0.212


def place(index):
    """Where a person stands: column by column, from the upper left."""
    column, row = divmod(index, PEOPLE // COLUMNS)
    return CORNER + PITCH * np.array([column, -row, 0.0])


def one_shape(indices, color, opacity=0.9):
    """Many people as one shape, so that a thousand of them cost as much as one."""
    half = 0.075
    drawn = VMobject(stroke_width=0, fill_color=color, fill_opacity=opacity)
    for index in indices:
        x, y, _z = place(index)
        corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
        drawn.start_new_path(np.array([*corners[0], 0.0]))
        drawn.add_points_as_corners([np.array([*c, 0.0]) for c in [*corners[1:], corners[0]]])
    return drawn


def rim(indices, color):
    """A frame round every person of a group."""
    half = 0.093
    drawn = VMobject(stroke_color=color, stroke_width=2.5)
    for index in indices:
        x, y, _z = place(index)
        corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
        drawn.start_new_path(np.array([*corners[0], 0.0]))
        drawn.add_points_as_corners([np.array([*c, 0.0]) for c in [*corners[1:], corners[0]]])
    return drawn


CAUGHT_ONES = range(CAUGHT)
MISSED_ONES = range(CAUGHT, ILL)
ALARMED_ONES = range(ILL, ILL + ALARMED)
CLEARED_ONES = range(ILL + ALARMED, PEOPLE)


def plural(count, one, many):
    return f"{count} {one if count == 1 else many}"


class AThousandPeople(Stage):
    def construct(self):
        self.heading("A test is positive. Is the person ill?")
        self.say("Here are 1000 people. Every square is one of them.")
        crowd = one_shape(range(ILL, PEOPLE), HEALTHY_COLOR)
        sick = one_shape(range(ILL), HEALTHY_COLOR)
        facts = VGroup(
            words("have the disease: " + number_text(base_rate) + " %", 28, ILL_COLOR),
            words(plural(ILL, "person is ill", "people are ill"), 34, ILL_COLOR),
        )
        stack(*facts, area=zone(2.8, 6.6, 1.5, 2.6), buff=0.2)
        self.play(FadeIn(crowd), FadeIn(sick), run_time=1.2)
        self.say(f"{number_text(base_rate)} % of all people have the disease. That is the base rate.")
        self.play(sick.animate.set_fill(ILL_COLOR), FadeIn(facts), run_time=1.2)
        tests = VGroup(
            words("sensitivity " + number_text(sensitivity) + " %", 28, POSITIVE_COLOR),
            words(f"{CAUGHT} of {ILL} ill test positive", 26, CHALK),
            words("specificity " + number_text(specificity) + " %", 28, POSITIVE_COLOR),
            words(f"{ALARMED} of {HEALTHY} healthy, too", 26, CHALK),
        )
        stack(*tests, area=zone(2.8, 6.6, -1.2, 1.0), buff=0.24)
        self.say(f"The test finds {number_text(sensitivity)} % of those who are ill: its sensitivity.")
        self.play(FadeIn(tests[:2]), run_time=0.5)
        self.play(Create(rim(CAUGHT_ONES, POSITIVE_COLOR)), run_time=1.4)
        self.say(f"It clears {number_text(specificity)} % of the healthy. The others get a false alarm.")
        self.play(FadeIn(tests[2:]), run_time=0.5)
        self.play(Create(rim(ALARMED_ONES, POSITIVE_COLOR)), run_time=2.0)
        self.say("Now somebody has a positive result, a yellow frame. What would you guess: how likely ill?")
        question = fit(lines("a positive test: how likely ill?", 30, ANSWER_COLOR, 20), zone(2.8, 6.6, -2.7, -1.6), UL)
        self.play(FadeIn(question, shift=0.2 * UP), run_time=0.7)
        self.pause(1.2)


CAUGHT_WIDTH, ALARMED_WIDTH, HEAP_HEIGHT = 3.7, 4.1, 4.6


def per_row(width, growth):
    return max(1, math.floor(width / (PITCH * growth)))


def heap_growth():
    """How much larger the squares may become, so that both heaps fill their places."""
    for step in range(60, 10, -1):
        growth = step / 20
        rows = [
            math.ceil(count / per_row(width, growth))
            for count, width in ((CAUGHT, CAUGHT_WIDTH), (ALARMED, ALARMED_WIDTH))
        ]
        if max(rows) * PITCH * growth <= HEAP_HEIGHT:
            return growth
    return 0.5


def packed(indices, left, bottom, width, growth):
    """New places for a group: rows from the bottom up."""
    count, pitch = per_row(width, growth), PITCH * growth
    return {
        index: np.array([left + pitch * (i % count + 0.5), bottom + pitch * (i // count + 0.5), 0.0])
        for i, index in enumerate(indices)
    }


def walking(groups, targets, part, growth):
    """All people on their way to new places, one shape for each colour."""
    half = 0.075 * (1 + (growth - 1) * part)
    drawn = VGroup()
    for indices, color, opacity in groups:
        shape = VMobject(stroke_width=0, fill_color=color, fill_opacity=opacity)
        for index in indices:
            x, y, _z = place(index) + part * (targets[index] - place(index))
            corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
            shape.start_new_path(np.array([*corners[0], 0.0]))
            shape.add_points_as_corners([np.array([*c, 0.0]) for c in [*corners[1:], corners[0]]])
        drawn.add(shape)
    return drawn


def verdict():
    """Why the answer is what it is."""
    if ALARMED > CAUGHT:
        return "The healthy are so many that their few false alarms outnumber the true ones."
    if ALARMED == 0:
        return "No healthy person gets a false alarm here, so a positive test is certain."
    return "Here the true alarms outnumber the false ones."


class OnlyThePositive(Stage):
    def construct(self):
        part = ValueTracker(0.0)
        growth = heap_growth()
        targets = packed(CAUGHT_ONES, -6.3, -2.3, CAUGHT_WIDTH, growth)
        targets |= packed(ALARMED_ONES, -2.1, -2.3, ALARMED_WIDTH, growth)
        moved = [(CAUGHT_ONES, ILL_COLOR, 0.95), (ALARMED_ONES, HEALTHY_COLOR, 1.0)]
        rest = VGroup(one_shape(MISSED_ONES, ILL_COLOR, 0.9), one_shape(CLEARED_ONES, HEALTHY_COLOR, 0.9))
        self.heading("Look only at the positive ones")
        self.say("Take only those with a positive test, and send all the others away.")
        group = always_redraw(lambda: walking(moved, targets, smooth(part.get_value()), growth))
        frames = VGroup(rim(CAUGHT_ONES, POSITIVE_COLOR), rim(ALARMED_ONES, POSITIVE_COLOR))
        self.play(FadeIn(rest), FadeIn(group), FadeIn(frames), run_time=0.8)
        self.play(FadeOut(rest), FadeOut(frames), run_time=1.0)
        self.play(part.animate.set_value(1.0), run_time=2.4, rate_func=linear)
        group.clear_updaters()
        labels = VGroup(
            words("ill", 28, ILL_COLOR).move_to([-6.3, -2.62, 0], aligned_edge=LEFT),
            words("healthy: false alarms", 28, CHALK2).move_to([-2.1, -2.62, 0], aligned_edge=LEFT),
        )
        self.play(FadeIn(labels), run_time=0.5)
        rows = VGroup(
            words(plural(CAUGHT, "true alarm", "true alarms"), 32, ILL_COLOR),
            words(plural(ALARMED, "false alarm", "false alarms"), 32, CHALK2),
            words(f"{CAUGHT} of {POSITIVE} are ill" if POSITIVE else "nobody", 30, CHALK),
        )
        stack(*rows, area=zone(2.8, 6.6, 0.7, 2.6), buff=0.3)
        self.say(f"Positive and ill: {CAUGHT}. Positive, but healthy: {ALARMED}.")
        self.play(FadeIn(rows[:2], shift=0.2 * UP), run_time=0.8)
        self.say("Only the share of the ill among all positive ones answers the question.")
        self.play(FadeIn(rows[2], shift=0.2 * UP), run_time=0.6)
        answer = VGroup(
            words("ill, if positive", 26, CHALK2),
            words(percent(PPV), 52, ANSWER_COLOR),
        ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        fit(answer, zone(3.0, 6.4, -1.4, 0.3), LEFT)
        self.play(FadeIn(answer, shift=0.2 * UP), Create(highlight(answer, ANSWER_COLOR)), run_time=0.9)
        if ROUNDED:
            note = fit(
                lines("people are rounded to whole ones, the per cent is exact", 22, CHALK2, 32),
                zone(2.8, 6.6, -2.7, -1.9),
                UL,
            )
            self.play(FadeIn(note), run_time=0.4)
        self.say(verdict())
        self.pause(1.0)


class TheBaseRate(Stage):
    def construct(self):
        curve_of = lambda x: 100 * predictive(clamp(x, 1e-6, 100) / 100)
        spot = ValueTracker(0.05)
        axes = graph((0, 60), (0, 100), MAIN, "people who have the disease, in %", "ill, if the test is positive, in %")
        self.heading("It all depends on the base rate")
        self.say("The same test, but another crowd: let the disease become more and more common.")
        self.play(FadeIn(axes), run_time=0.7)
        live = stack(
            readout("base rate", spot, "%", 1, 28, ILL_COLOR),
            readout("ill if positive", lambda: curve_of(spot.get_value()), "%", 1, 30, ANSWER_COLOR),
            area=zone(2.8, 6.6, 1.5, 2.7),
            buff=0.25,
        )
        trace = always_redraw(
            lambda: plot(axes, curve_of, ANSWER_COLOR, (0.05, max(spot.get_value(), 0.06)), samples=100)
        )
        pen = always_redraw(lambda: Dot(axes.c2p(spot.get_value(), curve_of(spot.get_value())), color=CHALK))
        self.play(FadeIn(live), run_time=0.4)
        self.add(trace, pen)
        self.play(spot.animate.set_value(60.0), run_time=4.5, rate_func=rush_into)
        self.remove(trace)
        self.add(plot(axes, curve_of, ANSWER_COLOR, (0.05, 60)), pen)
        self.say("For a rare disease a positive test says little; where it is common, it says a lot.")
        self.play(spot.animate.set_value(base_rate), run_time=2.0)
        here = axes.c2p(base_rate, 100 * PPV)
        lines_to = VGroup(
            DashedLine(axes.c2p(base_rate, 0), here + 0.001 * UP, color=ILL_COLOR, stroke_width=3),
            DashedLine(axes.c2p(0, 100 * PPV), here + 0.001 * RIGHT, color=ANSWER_COLOR, stroke_width=3),
        )
        self.play(Create(lines_to), run_time=0.8)
        law = formula(r"P(I \mid +) = \frac{P(+ \mid I)\,P(I)}{P(+)}", 36, CHALK, {"I": ILL_COLOR, "+": POSITIVE_COLOR})
        fit(law, zone(2.7, 6.6, 0.1, 1.3), LEFT)
        self.say("That is Bayes' theorem: true alarms divided by all alarms.")
        self.play(FadeIn(law, shift=0.2 * UP), run_time=0.9)
        if second_test:
            again = predictive(PPV)
            self.say("A second, independent test starts from the new chance, and so it says much more.")
            step = axes.c2p(min(100 * PPV, 60), 100 * again)
            if 100 * PPV <= 60:
                self.play(spot.animate.set_value(100 * PPV), run_time=1.6)
                self.play(FadeIn(Dot(step, color=POSITIVE_COLOR, radius=0.12), scale=0.4), run_time=0.4)
            rows = VGroup(
                words("first test: " + percent(base_rate / 100) + " → " + percent(PPV), 26, ANSWER_COLOR),
                words("second: " + percent(PPV) + " → " + percent(again), 26, POSITIVE_COLOR),
            )
        else:
            self.say("A negative result, on the other hand, is mostly right if the disease is rare.")
            rows = VGroup(
                words("ill, if positive: " + percent(PPV), 26, ANSWER_COLOR),
                words("ill, if negative: " + percent(after_negative(base_rate / 100)), 26, CHALK2),
            )
        pen.clear_updaters()
        stack(*rows, area=zone(2.7, 6.6, -2.3, -0.5), buff=0.3)
        self.play(FadeIn(rows, shift=0.2 * UP), run_time=0.8)
        self.play(Create(highlight(rows[1], rows[1][0].get_color(), 0.14)), run_time=0.6)
        self.pause(1.0)
