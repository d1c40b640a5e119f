from manim import *
from theorama_kit import *

fixed = knob(600.0, label="Fixed costs", unit="€", minimum=100.0, maximum=5000.0, step=50.0, help="Rent, machines.")
variable = knob(4.0, label="Variable cost of each piece", unit="€", minimum=0.5, maximum=50.0, step=0.5)
price = knob(10.0, label="Price of each piece", unit="€", minimum=5.0, maximum=100.0, step=0.5)
planned = knob(150, label="Pieces expected to be sold", minimum=10, maximum=1000, step=5)
wanted = knob(450.0, label="Profit aimed at", unit="€", minimum=50.0, maximum=5000.0, step=50.0)

FIXED_COLOR = CHALK2
VARIABLE_COLOR = LILAC
REVENUE_COLOR = SKY
LEFT_COLOR = YELLOW
PROFIT_COLOR = MINT
LOSS_COLOR = CORAL

CONTRIBUTION = price - variable
if CONTRIBUTION < 0.5:
    raise ValueError("Each piece must bring in at least 0.50 € more than it costs: raise the price or lower the cost.")


def cost(quantity):
    return fixed + variable * quantity


def revenue(quantity):
    return price * quantity


def profit(quantity):
    return revenue(quantity) - cost(quantity)


def break_even(at_price=price):
    """The quantity at which revenue and cost are equal."""
    return fixed / (at_price - variable)


def pieces_for(gain):
    """The fewest whole pieces that bring at least this profit."""
    return math.ceil((fixed + gain) / CONTRIBUTION - 1e-9)


POINT = break_even()
WHOLE = pieces_for(0.0)
WIDEST = max(2.0 * POINT, 1.12 * planned)
SCALE = 1000.0 if revenue(WIDEST) >= 20000 else 1.0
MONEY = "thousand €" if SCALE > 1 else "€"


def euros(amount):
    """An amount with cents only where they are needed."""
    shown = f"{abs(amount):,.2f}".replace(",", " ")
    shown = shown[:-3] if shown[-3:] == ".00" or abs(amount) >= 1000 else shown
    return (MINUS if amount < 0 else "") + shown + " €"


def pieces(quantity):
    text = f"{quantity:,.0f}" if abs(quantity - round(quantity)) < 1e-6 else f"{quantity:,.1f}"
    return text.replace(",", " ")


def tank(left, width, height, floor):
    """An open container."""
    corners = [[left, floor + height, 0], [left, floor, 0], [left + width, floor, 0], [left + width, floor + height, 0]]
    return VMobject(stroke_color=CHALK2, stroke_width=4).set_points_as_corners(corners)


def filling(left, width, height, floor, color):
    """What is in a container, up to a height."""
    body = Rectangle(width=width - 0.1, height=max(height, 1e-3), stroke_width=0).set_fill(color, opacity=0.85)
    return body.move_to([left + width / 2, floor + 0.03, 0], aligned_edge=DOWN)


class WhatEachPieceLeaves(Stage):
    def construct(self):
        self.heading("What does each piece leave over?")
        floor, tall = -2.3, 4.1
        self.say(f"A piece sells for {euros(price)}. Making it costs {euros(variable)}: the variable cost.")
        whole = filling(-6.2, 1.3, tall, floor, REVENUE_COLOR)
        used = filling(-6.2, 1.3, tall * variable / price, floor, VARIABLE_COLOR)
        rest = filling(-6.2, 1.3, tall * CONTRIBUTION / price, floor + tall * variable / price, LEFT_COLOR)
        title = words("one piece", 24, CHALK2).move_to([-5.55, floor - 0.3, 0])
        price_text = words(f"price {euros(price)}", 26, REVENUE_COLOR).move_to([-4.8, 2.1, 0], aligned_edge=LEFT)
        self.play(GrowFromEdge(whole, DOWN), FadeIn(title), FadeIn(price_text), run_time=0.9)
        used_text = VGroup(words("variable cost", 24, CHALK2), words(euros(variable), 28, VARIABLE_COLOR))
        left_text = VGroup(words("contribution", 24, CHALK2), words(euros(CONTRIBUTION), 28, LEFT_COLOR))
        for text, body in ((used_text, used), (left_text, rest)):
            text.arrange(DOWN, buff=0.12, aligned_edge=LEFT).move_to(
                [-4.8, clamp(body.get_y(), -1.9, 1.3), 0], aligned_edge=LEFT
            )
        if left_text.get_bottom()[1] < used_text.get_top()[1] + 0.1:
            used_text.move_to([-4.8, -1.85, 0], aligned_edge=LEFT)
            left_text.move_to([-4.8, -0.6, 0], aligned_edge=LEFT)
        self.play(FadeIn(used), FadeIn(used_text), run_time=0.7)
        self.say(f"{euros(CONTRIBUTION)} is left over. This contribution helps to pay the fixed costs.")
        self.play(FadeIn(rest), FadeIn(left_text), run_time=0.7)
        sold = ValueTracker(0.0)
        now = sold.get_value
        end = 1.5 * POINT
        high, low_left, side_left, wide = 4.4, -1.9, 0.5, 1.8
        paid = lambda: min(CONTRIBUTION * now(), fixed)
        gained = lambda: max(CONTRIBUTION * now() - fixed, 0.0)
        first, second = tank(low_left, wide, high, floor), tank(side_left, wide, high, floor)
        body = always_redraw(lambda: filling(low_left, wide, high * paid() / fixed, floor, LEFT_COLOR))
        spill = always_redraw(lambda: filling(side_left, wide, high * gained() / fixed, floor, PROFIT_COLOR))
        names = VGroup(
            words("fixed costs", 24, FIXED_COLOR).move_to([low_left + wide / 2, floor - 0.3, 0]),
            words("profit", 24, PROFIT_COLOR).move_to([side_left + wide / 2, floor - 0.3, 0]),
        )
        amount = fit_width(words(euros(fixed), 28, FIXED_COLOR), 1.9).move_to(
            [low_left + wide / 2, floor + high + 0.3, 0]
        )
        numbers = stack(
            readout("sold", sold, "", 0, 34, CHALK),
            readout("left over", lambda: CONTRIBUTION * now(), "€", 0, 28, LEFT_COLOR),
            readout("profit", lambda: CONTRIBUTION * now() - fixed, "€", 0, 34, PROFIT_COLOR),
            area=zone(3.0, 6.6, 0.3, 2.4),
            buff=0.4,
        )
        self.say(f"The fixed costs of {euros(fixed)} have to be paid even if nothing is sold.")
        self.play(Create(first), FadeIn(names[0]), FadeIn(amount), FadeIn(numbers), run_time=0.9)
        self.add(body)
        self.say("Piece after piece the contributions fill the hole. Until it is full, there is a loss.")
        self.play(sold.animate.set_value(POINT), run_time=5, rate_func=linear)
        result = VGroup(words("break-even", 26, CHALK2), words(f"{pieces(POINT)} pieces", 38, CHALK))
        result.arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        fit(result, zone(3.0, 6.5, -2.3, -0.9), UL)
        self.say(f"Full! {euros(fixed)} divided by {euros(CONTRIBUTION)} gives {pieces(POINT)}: the break-even point.")
        self.play(FadeIn(result), Create(highlight(result, LEFT_COLOR, 0.15)), run_time=0.8)
        self.say("From here on, whatever a piece leaves over is profit.")
        self.play(Create(second), FadeIn(names[1]), run_time=0.6)
        self.add(spill)
        self.play(sold.animate.set_value(end), run_time=3, rate_func=linear)
        self.pause(1.0)


def money_axes(area=MAIN):
    top = nice_range([max(revenue(WIDEST), cost(WIDEST)) / SCALE], zero=True)[1]
    return graph((0, WIDEST), (0, top), area, "pieces sold", MONEY)


def line_of(axes, function, color, width=5):
    """The straight line of a function of the quantity."""
    return Line(
        axes.c2p(0, function(0) / SCALE),
        axes.c2p(WIDEST, function(WIDEST) / SCALE),
        stroke_color=color,
        stroke_width=width,
    )


def between(axes, start, end, color):
    """The area between revenue and cost."""
    corners = [(start, cost(start)), (end, cost(end)), (end, revenue(end)), (start, revenue(start))]
    return Polygon(*[axes.c2p(q, m / SCALE) for q, m in corners], stroke_width=0).set_fill(color, opacity=0.35)


class TwoLines(Stage):
    def construct(self):
        axes = money_axes()
        self.heading("Cost, revenue and the point between")
        self.say("Fixed costs stay the same, however much is sold: a level line.")
        base = line_of(axes, lambda q: fixed, FIXED_COLOR, 4)
        total, income = line_of(axes, cost, VARIABLE_COLOR), line_of(axes, revenue, REVENUE_COLOR)
        key = legend([("fixed costs", FIXED_COLOR), ("all costs", VARIABLE_COLOR), ("revenue", REVENUE_COLOR)], 26)
        fit(key, zone(2.8, 6.6, 1.2, 2.7), UL)
        self.play(FadeIn(axes), run_time=0.6)
        self.play(Create(base), FadeIn(key[0]), run_time=0.9)
        self.say("Each piece adds its variable cost to it. The revenue starts at zero, but is steeper.")
        self.play(Create(total), FadeIn(key[1]), run_time=1.2)
        self.play(Create(income), FadeIn(key[2]), run_time=1.2)
        sold = ValueTracker(0.0)
        now = sold.get_value
        gap = always_redraw(lambda: gap_at(axes, now()))
        loss = always_redraw(lambda: between(axes, 0, max(min(now(), POINT), 1e-3 * POINT), LOSS_COLOR))
        gain = always_redraw(lambda: between(axes, POINT, max(now(), POINT * 1.001), PROFIT_COLOR))
        numbers = stack(
            readout("sold", sold, "", 0, 28, CHALK),
            readout("profit", lambda: profit(now()), "€", 0, 36, PROFIT_COLOR),
            area=zone(2.8, 6.6, -0.3, 0.9),
            buff=0.3,
        )
        self.play(FadeIn(numbers), FadeIn(gap), run_time=0.5)
        self.add(loss)
        self.say("Left of the crossing costs are above revenue. The gap is the loss, and it narrows.")
        self.play(sold.animate.set_value(POINT), run_time=3.5, rate_func=linear)
        loss.clear_updaters()
        spot = axes.c2p(POINT, revenue(POINT) / SCALE)
        guide = DashedLine(axes.c2p(POINT, 0), spot, color=LEFT_COLOR, stroke_width=3)
        label = words(f"{pieces(POINT)} pieces", 26, LEFT_COLOR)
        label.next_to(spot, UL, buff=0.15)
        edge = axes.c2p(0, 0)[0] + 0.15
        if label.get_left()[0] < edge:  # no room on the left: above both lines
            label.move_to([edge, min(spot[1] + 1.3, 2.0), 0], aligned_edge=LEFT)
        self.say(f"They cross at {pieces(POINT)} pieces: no loss, no profit. This is the break-even point.")
        self.play(
            Create(guide), FadeIn(Dot(spot, radius=0.11, color=LEFT_COLOR), scale=0.4), FadeIn(label), run_time=0.9
        )
        self.add(gain)
        end = planned
        self.say(f"With {planned} pieces, as expected: {outcome(profit(planned))}.")
        self.play(sold.animate.set_value(end), run_time=2.0)
        for moving in (gap, gain):
            moving.clear_updaters()
        margin = planned - POINT
        facts = stack(
            words(
                f"margin of safety: {pieces(margin)}" if margin > 0 else f"{pieces(-margin)} pieces short", 26, CHALK2
            ),
            words(f"for {euros(wanted)} of profit:", 24, CHALK2),
            words(f"{pieces(pieces_for(wanted))} pieces", 34, PROFIT_COLOR),
            area=zone(2.8, 6.6, -2.7, -0.7),
            buff=0.25,
        )
        self.say(f"For a profit of {euros(wanted)}, add it to the fixed costs: {pieces(pieces_for(wanted))} pieces.")
        self.play(FadeIn(facts, shift=0.2 * UP), run_time=0.9)
        self.pause(1.0)


def gap_at(axes, quantity):
    """The gap between revenue and cost at a quantity."""
    low, high = axes.c2p(quantity, cost(quantity) / SCALE), axes.c2p(quantity, revenue(quantity) / SCALE)
    color = PROFIT_COLOR if profit(quantity) >= 0 else LOSS_COLOR
    return VGroup(
        Line(low, high + 1e-4 * UP, stroke_color=color, stroke_width=7),
        Dot(low, color=VARIABLE_COLOR),
        Dot(high, color=REVENUE_COLOR),
    )


def outcome(gain):
    return (
        f"a profit of {euros(gain)}"
        if gain > 0.005
        else f"a loss of {euros(-gain)}"
        if gain < -0.005
        else "just no loss"
    )


HIGHEST_PRICE = variable + 2.2 * CONTRIBUTION
LOWEST_PRICE = variable + 0.42 * CONTRIBUTION


class AnotherPrice(Stage):
    def construct(self):
        left, right = split_zone(FULL, [1, 1])
        widest = break_even(LOWEST_PRICE)
        scale = 1000.0 if HIGHEST_PRICE * widest >= 20000 else 1.0
        top = nice_range([1.15 * (fixed + variable * widest) / scale], zero=True)[1]
        axes = graph(
            (0, nice_range([widest], zero=True)[1]), (0, top), left, "pieces sold", "thousand €" if scale > 1 else "€"
        )
        edge = axes.x_range[1]
        curve_axes = graph(
            nice_range([variable, HIGHEST_PRICE]), (0, axes.x_range[1]), right, "price in €", "break-even in pieces"
        )
        asked = ValueTracker(price)
        now = asked.get_value
        self.heading("A lower price: how many more must be sold?")
        self.say("Turn the price: the revenue line swings, and the crossing moves along the line of costs.")
        total = Line(
            axes.c2p(0, fixed / scale),
            axes.c2p(min(edge, (top * scale - fixed) / variable), min(top, (fixed + variable * edge) / scale)),
            stroke_color=VARIABLE_COLOR,
            stroke_width=5,
        )
        swing = always_redraw(
            lambda: Line(
                axes.c2p(0, 0),
                axes.c2p(min(edge, top * scale / now()), min(top, now() * edge / scale)),
                stroke_color=REVENUE_COLOR,
                stroke_width=5,
            )
        )
        dot = always_redraw(
            lambda: Dot(axes.c2p(break_even(now()), now() * break_even(now()) / scale), radius=0.11, color=LEFT_COLOR)
        )
        drop = always_redraw(
            lambda: Line(
                axes.c2p(break_even(now()), 0),
                axes.c2p(break_even(now()), now() * break_even(now()) / scale),
                stroke_color=LEFT_COLOR,
                stroke_width=3,
            )
        )
        mark = always_redraw(lambda: Dot(curve_axes.c2p(now(), break_even(now())), radius=0.11, color=LEFT_COLOR))
        live = VGroup(
            readout("price", asked, "€", 2, 28, REVENUE_COLOR),
            readout("break-even", lambda: break_even(now()), "", 0, 28, LEFT_COLOR),
        )
        live.arrange(DOWN, buff=0.22, aligned_edge=LEFT)
        corner = curve_axes.c2p(curve_axes.x_range[1], curve_axes.y_range[1])
        live.move_to(corner + 0.25 * DOWN, aligned_edge=UR)
        self.play(FadeIn(axes), FadeIn(curve_axes), FadeIn(total), run_time=0.8)
        self.play(FadeIn(swing), FadeIn(dot), FadeIn(mark), FadeIn(live), run_time=0.6)
        self.add(drop)
        self.bring_to_front(dot)
        self.play(asked.animate.set_value(HIGHEST_PRICE), run_time=2.5)
        trace = always_redraw(lambda: plot(curve_axes, break_even, LEFT_COLOR, (now(), HIGHEST_PRICE + 1e-6), 5, 80))
        self.add(trace)
        self.say("A higher price needs fewer pieces. Now make it cheaper, step by step.")
        self.play(asked.animate.set_value(price), run_time=2.5, rate_func=linear)
        self.say("Each euro less costs more and more pieces: the contribution is all that counts.")
        self.play(asked.animate.set_value(LOWEST_PRICE), run_time=4.0, rate_func=linear)
        wall = DashedLine(
            curve_axes.c2p(variable, 0),
            curve_axes.c2p(variable, curve_axes.y_range[1]),
            color=VARIABLE_COLOR,
            stroke_width=3,
        )
        self.say(f"At {euros(variable)}, the variable cost, nothing is left over: no quantity breaks even.")
        self.play(Create(wall), run_time=1.0)
        for moving in (trace, swing, dot, drop, mark):
            moving.clear_updaters()
        law = formula(
            r"q = \frac{\text{fixed costs}}{\text{price} - \text{variable cost}}", 36, colors={"q": LEFT_COLOR}
        )
        top_left = axes.c2p(0, axes.y_range[1])
        place = fit(law, zone(top_left[0] + 0.2, top_left[0] + 3.3, top_left[1] - 1.0, top_left[1] - 0.05), UL)
        self.play(Write(place), run_time=1.2)
        self.pause(1.2)
