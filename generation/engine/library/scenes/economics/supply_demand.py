from manim import *
from theorama_kit import *

top_price = knob(
    12.0, label="Price at which nobody buys", unit="€", minimum=10.0, maximum=20.0, step=0.5, help="Where demand ends."
)
demand_slope = knob(0.08, label="Steepness of demand", unit="€ each", minimum=0.02, maximum=0.3, step=0.01)
lowest_price = knob(
    4.0,
    label="Price from which anybody sells",
    unit="€",
    minimum=3.5,
    maximum=5.0,
    step=0.5,
    help="Where supply starts.",
)
supply_slope = knob(0.06, label="Steepness of supply", unit="€ each", minimum=0.02, maximum=0.3, step=0.01)
change = knob(
    "demand rises", label="What changes", choices=("demand rises", "demand falls", "supply rises", "supply falls")
)
shift = knob(2.0, label="By how much", unit="€", minimum=0.5, maximum=3.0, step=0.5, help="How far the line moves.")

DEMAND_COLOR = SKY
SUPPLY_COLOR = YELLOW
MEET_COLOR = MINT
GAP_COLOR = CORAL
# More demand lifts its line; more supply lowers the price at which the same amount is offered.
DEMAND_SHIFT = {"demand rises": shift, "demand falls": -shift}
SUPPLY_SHIFT = {"supply rises": -shift, "supply falls": shift}
NEW_TOP = top_price + DEMAND_SHIFT.get(change, 0.0)
NEW_LOWEST = lowest_price + SUPPLY_SHIFT.get(change, 0.0)


def demand_price(quantity, top=top_price):
    """The price at which buyers take a quantity, in euros."""
    return top - demand_slope * quantity


def supply_price(quantity, lowest=lowest_price):
    """The price at which sellers offer a quantity, in euros."""
    return lowest + supply_slope * quantity


def demanded(price, top=top_price):
    return max((top - price) / demand_slope, 0.0)


def supplied(price, lowest=lowest_price):
    return max((price - lowest) / supply_slope, 0.0)


def meeting(top=top_price, lowest=lowest_price):
    """Quantity and price where both lines meet."""
    quantity = max((top - lowest) / (demand_slope + supply_slope), 0.0)
    return quantity, demand_price(quantity, top)


def market_axes():
    """Axes that hold both meetings with room around them."""
    widest = max(meeting()[0], meeting(NEW_TOP, NEW_LOWEST)[0])
    highest = max(top_price, NEW_TOP)
    x_range = (0, nice_range([1.7 * widest], zero=True)[1])
    return graph(x_range, (0, nice_range([highest], zero=True)[1]), MAIN, "quantity per week", "price in €")


def line_in(axes, function, color, opacity=1.0):
    return plot(axes, function, color, width=5).set_stroke(opacity=opacity)


def euros(price):
    return f"{number_text(price, 2)} €"


def pieces(quantity):
    return number_text(quantity, 0)


class WhereTheyMeet(Stage):
    def construct(self):
        axes = market_axes()
        quantity, price = meeting()
        demand, supply = line_in(axes, demand_price, DEMAND_COLOR), line_in(axes, supply_price, SUPPLY_COLOR)
        key = legend([("demand: what buyers take", DEMAND_COLOR), ("supply: what sellers offer", SUPPLY_COLOR)], 26)
        fit(key, zone(2.8, 6.6, 1.7, 2.7), UL)
        self.heading("Supply, demand and the price between")
        self.say("The lower the price, the more people buy: demand slopes down.")
        self.play(FadeIn(axes), run_time=0.6)
        self.play(Create(demand), FadeIn(key[0]), run_time=1.4)
        self.say("The higher the price, the more is worth making: supply slopes up.")
        self.play(Create(supply), FadeIn(key[1]), run_time=1.4)
        high = min(price + 0.45 * (top_price - price), supply_price(0.95 * axes.x_range[1]))
        asked = ValueTracker(high)
        gap = always_redraw(lambda: gap_at(axes, asked.get_value()))
        numbers = stack(
            readout("price", asked, "€", 2, 34),
            readout("offered", lambda: supplied(asked.get_value()), "", 0, 28, SUPPLY_COLOR),
            readout("wanted", lambda: demanded(asked.get_value()), "", 0, 28, DEMAND_COLOR),
            area=zone(2.8, 6.6, -0.9, 1.2),
        )
        self.say("At a high price more is offered than wanted: goods stay on the shelf, so sellers go down.")
        self.play(FadeIn(gap), FadeIn(numbers), run_time=0.8)
        self.pause(0.2)
        self.play(asked.animate.set_value(price + 0.15 * (high - price)), run_time=2.5)
        self.say("At a low price more is wanted than offered: shelves are empty, so the price goes up.")
        self.play(asked.animate.set_value(price - 0.45 * (price - lowest_price)), run_time=2.0)
        self.pause(0.2)
        self.play(asked.animate.set_value(price), run_time=2.5)
        gap.clear_updaters()
        self.play(FadeOut(gap), run_time=0.3)
        spot = axes.c2p(quantity, price)
        guides = VGroup(
            DashedLine(axes.c2p(0, price), spot, color=MEET_COLOR, stroke_width=3),
            DashedLine(axes.c2p(quantity, 0), spot, color=MEET_COLOR, stroke_width=3),
        )
        result = words(f"{pieces(quantity)} sold at {euros(price)}", 30, MEET_COLOR)
        fit(result, zone(2.8, 6.6, -2.2, -1.4), LEFT)
        self.say("Only where the lines meet do both sides agree. This is the equilibrium.")
        self.play(Create(guides), FadeIn(Dot(spot, radius=0.12, color=MEET_COLOR), scale=0.4), run_time=1.0)
        self.play(FadeIn(result), run_time=0.6)
        self.pause(1.0)


def gap_at(axes, price):
    """The difference between what is offered and wanted at a price, drawn along the price."""
    edge = axes.x_range[1]
    wanted, offered = demanded(price), supplied(price)
    level = DashedLine(axes.c2p(0, price), axes.c2p(edge, price), color=EDGE, stroke_width=2)
    between = Line(axes.c2p(wanted, price), axes.c2p(offered + 1e-6, price), color=GAP_COLOR, stroke_width=8)
    ends = [Dot(axes.c2p(wanted, price), color=DEMAND_COLOR), Dot(axes.c2p(offered, price), color=SUPPLY_COLOR)]
    return VGroup(level, between, *ends)


class WhatChanges(Stage):
    def construct(self):
        axes = market_axes()
        old_quantity, old_price = meeting()
        new_quantity, new_price = meeting(NEW_TOP, NEW_LOWEST)
        demand, supply = line_in(axes, demand_price, DEMAND_COLOR), line_in(axes, supply_price, SUPPLY_COLOR)
        old_spot, new_spot = axes.c2p(old_quantity, old_price), axes.c2p(new_quantity, new_price)
        old_dot = Dot(old_spot, radius=0.11, color=CHALK2)
        self.heading(f"What if {change}?")
        self.say(reason())
        self.play(FadeIn(axes), FadeIn(demand), FadeIn(supply), FadeIn(old_dot), run_time=0.9)
        self.pause(0.2)
        if change in DEMAND_SHIFT:
            moved, color = line_in(axes, lambda q: demand_price(q, NEW_TOP), DEMAND_COLOR), DEMAND_COLOR
            ghost, moving = demand.copy().set_stroke(opacity=0.35), demand
        else:
            moved, color = line_in(axes, lambda q: supply_price(q, NEW_LOWEST), SUPPLY_COLOR), SUPPLY_COLOR
            ghost, moving = supply.copy().set_stroke(opacity=0.35), supply
        self.add(ghost)
        self.bring_to_front(moving, old_dot)
        self.say("The whole line moves, and with it the point where both sides agree.")
        self.play(Transform(moving, moved), run_time=2.0)
        way = arrow(old_spot, new_spot, MEET_COLOR)
        self.play(FadeIn(way), FadeIn(Dot(new_spot, radius=0.12, color=MEET_COLOR), scale=0.4), run_time=1.0)
        rows = [
            ["price", euros(old_price), euros(new_price)],
            ["sold", pieces(old_quantity), pieces(new_quantity)],
        ]
        summary = table(["", "before", "after"], rows, [CHALK2, CHALK2, MEET_COLOR], size=26, row_height=0.65)
        fit(summary, zone(2.8, 6.6, 0.4, 2.5), UL)
        self.play(FadeIn(summary), run_time=0.8)
        conclusion = fit(
            lines(verdict(new_price - old_price, new_quantity - old_quantity).capitalize(), 30, color, 24), SIDE, DL
        )
        self.say("Price and quantity both answer: " + verdict(new_price - old_price, new_quantity - old_quantity))
        self.play(FadeIn(conclusion.move_to([2.8, -1.2, 0], aligned_edge=LEFT)), run_time=0.8)
        self.pause(1.2)


def reason():
    """An everyday reason for the change."""
    return {
        "demand rises": "Suppose the product comes into fashion: at every price people now want more.",
        "demand falls": "Suppose the fashion is over: at every price people now want less.",
        "supply rises": "Suppose making it gets cheaper: at every price more is now offered.",
        "supply falls": "Suppose the harvest is poor: at every price less is now offered.",
    }[change]


def verdict(price_step, quantity_step):
    up_or_down = "rises" if price_step > 0 else "falls"
    more_or_less = "more" if quantity_step > 0 else "less"
    return f"the price {up_or_down} and {more_or_less} is sold."
