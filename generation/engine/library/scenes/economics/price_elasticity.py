from manim import *
from theorama_kit import *

top_price = knob(
    10.0, label="Price at which nobody buys", unit="€", minimum=10.0, maximum=50.0, step=0.5, help="Where demand ends."
)
most = knob(100, label="Sold if it cost nothing", minimum=20, maximum=1000, step=10)
old_price = knob(3.0, label="Price today", unit="€", minimum=1.0, maximum=8.0, step=0.1)
direction = knob("rises", label="The price then", choices=("rises", "falls"))
change = knob(20.0, label="By how much", unit="%", minimum=5.0, maximum=20.0, step=1.0)

DEMAND_COLOR = SKY
REVENUE_COLOR = YELLOW
ELASTIC_COLOR = MINT
INELASTIC_COLOR = LILAC
GAIN_COLOR = LEAF
LOSS_COLOR = CORAL

NEW_PRICE = old_price * (1 + (change if direction == "rises" else -change) / 100)


def demanded(price):
    """How many are bought at a price: demand is a straight line."""
    return most * (1 - price / top_price)


def price_for(quantity):
    return top_price * (1 - quantity / most)


def revenue(price):
    """What sellers take in: price times quantity."""
    return price * demanded(price)


def elasticity(price):
    """By how many per cent demand falls for each per cent of price: the size of the point elasticity."""
    return price / (top_price - price)


def midpoint_elasticity(first, second):
    """The same between two prices: both changes are measured against the mean of old and new."""
    quantities = demanded(first), demanded(second)
    quantity_change = (quantities[1] - quantities[0]) / (sum(quantities) / 2)
    return abs(quantity_change / ((second - first) / ((first + second) / 2)))


def kind_of(value):
    """The word for an elasticity."""
    if abs(value - 1) < 0.02:
        return "unit elastic"
    return "elastic" if value > 1 else "inelastic"


def kind_color(value):
    return {"elastic": ELASTIC_COLOR, "inelastic": INELASTIC_COLOR}.get(kind_of(value), CHALK)


def euros(amount):
    return f"{number_text(amount, 2 if abs(amount) < 100 else 0)} €"


def demand_axes(area, x_label="quantity sold per week", **more):
    x_range, y_range = (0, nice_range([most], zero=True)[1]), (0, nice_range([top_price], zero=True)[1])
    return graph(x_range, y_range, area, x_label, "price in €", **more)


def demand_line(axes):
    return Line(axes.c2p(0, top_price), axes.c2p(most, 0), stroke_color=DEMAND_COLOR, stroke_width=5)


def box(axes, left, right, low, high, color, opacity=0.35):
    """A rectangle between two quantities and two prices."""
    corners = [axes.c2p(left, low), axes.c2p(right, low), axes.c2p(right, high), axes.c2p(left, high)]
    return Polygon(*corners, stroke_color=color, stroke_width=2.5).set_fill(color, opacity=opacity)


class TheRectangle(Stage):
    def construct(self):
        axes = demand_axes(MAIN)
        price = ValueTracker(0.15 * top_price)
        now = price.get_value
        area = always_redraw(lambda: box(axes, 0, demanded(now()), 0, now(), REVENUE_COLOR))
        dot = always_redraw(lambda: Dot(axes.c2p(demanded(now()), now()), color=CHALK, radius=0.1))
        self.heading("Does a higher price bring in more?")
        self.say("The demand line: the higher the price, the fewer people buy.")
        self.play(FadeIn(axes), run_time=0.7)
        line = demand_line(axes)
        self.play(Create(line), run_time=1.2)
        numbers = stack(
            readout("price", price, "€", 2, 30, CHALK),
            readout("sold", lambda: demanded(now()), "", 0, 30, DEMAND_COLOR),
            readout("revenue", lambda: revenue(now()), "€", 0, 40, REVENUE_COLOR),
            area=zone(2.8, 6.6, 0.6, 2.5),
            buff=0.35,
        )
        self.say("Price times quantity is the revenue. In the graph it is the area of this rectangle.")
        self.play(FadeIn(area), FadeIn(dot), FadeIn(numbers), run_time=0.8)
        self.say("Raise a low price: the rectangle grows taller and gets only a little narrower.")
        self.play(price.animate.set_value(0.5 * top_price), run_time=4)
        best = DashedVMobject(box(axes, 0, most / 2, 0, top_price / 2, CHALK2, 0), num_dashes=40)
        self.say("Raise it further and buyers run away: the rectangle shrinks again.")
        self.play(FadeIn(best), run_time=0.3)
        self.play(price.animate.set_value(0.88 * top_price), run_time=4)
        note = lines("Whether a higher price pays depends on how strongly buyers react.", 28, CHALK, 24)
        fit(note, zone(2.8, 6.6, -2.2, 0.0), UL)
        self.say("So it depends on how strongly buyers react. That is what elasticity measures.")
        largest = fit(
            words(f"largest: {euros(revenue(top_price / 2))}", 24, CHALK2),
            zone(
                axes.c2p(0.15 * most, 0)[0],
                axes.c2p(0.48 * most, 0)[0],
                axes.c2p(0, 0)[1],
                axes.c2p(0, 0.2 * top_price)[1],
            ),
        )
        self.play(FadeIn(note, shift=0.2 * UP), FadeIn(largest), run_time=0.8)
        self.pause(1.0)


class AlongTheLine(Stage):
    def construct(self):
        upper, lower = split_zone(MAIN, [1.15, 1], across=False, gap=0.2)
        axes = demand_axes(upper, "", room=1.0)
        peak = revenue(top_price / 2)
        below = graph(
            axes.x_range[:2],
            (0, nice_range([peak], zero=True)[1]),
            lower,
            "quantity sold per week",
            "revenue in €",
            room=1.0,
            y_count=3,
        )
        price = ValueTracker(0.97 * top_price)
        now = price.get_value
        self.heading("Elasticity along a demand line")
        ratio = formula(r"E = \frac{\text{fall of demand in \%}}{\text{rise of price in \%}}", 32, colors={"E": CHALK})
        fit(ratio, zone(2.8, 6.6, 1.8, 2.7), UL)
        self.say("If the price rises by one per cent: by how many per cent does demand fall? That is E.")
        self.play(FadeIn(axes), FadeIn(below), Write(ratio), run_time=1.2)
        line = demand_line(axes)
        area = always_redraw(lambda: box(axes, 0, demanded(now()), 0, now(), REVENUE_COLOR, 0.25))
        dot = always_redraw(lambda: Dot(axes.c2p(demanded(now()), now()), color=CHALK, radius=0.09))
        mark = always_redraw(lambda: Dot(below.c2p(demanded(now()), revenue(now())), color=REVENUE_COLOR, radius=0.09))
        trace = always_redraw(
            lambda: plot(
                below, lambda q: q * price_for(q), REVENUE_COLOR, (0, max(demanded(now()), 1e-3 * most)), 5, 60
            )
        )
        numbers = stack(
            readout("price", price, "€", 2, 28, CHALK),
            readout("E", lambda: elasticity(now()), "", 2, 40, CHALK),
            readout("revenue", lambda: revenue(now()), "€", 0, 28, REVENUE_COLOR),
            area=zone(2.8, 6.6, -0.3, 1.4),
            buff=0.3,
        )
        self.play(Create(line), FadeIn(numbers), run_time=0.8)
        self.add(area, trace, dot, mark)
        self.say("High up, a small step in price is a large step in demand, seen in per cent: E is above 1.")
        self.play(price.animate.set_value(0.5 * top_price), run_time=4.5, rate_func=linear)
        middle_up, middle_down = axes.c2p(most / 2, top_price / 2), below.c2p(most / 2, peak)
        guide = DashedLine(middle_up, [middle_down[0], below.c2p(0, 0)[1], 0], color=CHALK2, stroke_width=3)
        elastic = Line(axes.c2p(0, top_price), middle_up, stroke_color=ELASTIC_COLOR, stroke_width=8)
        self.say("In the middle E is exactly 1. Here the revenue is greatest.")
        self.play(Create(guide), Create(elastic), run_time=1.0)
        self.say("Lower down, cheaper brings hardly more buyers: E is below 1, and revenue falls.")
        self.play(price.animate.set_value(0.05 * top_price), run_time=4.0, rate_func=linear)
        for moving in (area, dot, mark, trace):
            moving.clear_updaters()
        inelastic = Line(middle_up, axes.c2p(most, 0), stroke_color=INELASTIC_COLOR, stroke_width=8)
        key = stack(
            words("elastic: E above 1", 26, ELASTIC_COLOR),
            words("a higher price loses revenue", 22, CHALK2),
            words("inelastic: E below 1", 26, INELASTIC_COLOR),
            words("a higher price gains revenue", 22, CHALK2),
            area=zone(2.8, 6.6, -2.75, -0.7),
            buff=0.18,
        )
        self.say("The same straight line is elastic above and inelastic below: slope is not elasticity.")
        self.play(Create(inelastic), FadeOut(area), FadeIn(key), run_time=1.0)
        self.pause(1.0)


def signed_percent(share):
    return ("+" if share > 0 else "") + number_text(100 * share, 1) + " %"


class OneChange(Stage):
    def construct(self):
        axes = demand_axes(MAIN)
        first, second = old_price, NEW_PRICE
        q_first, q_second = demanded(first), demanded(second)
        value = midpoint_elasticity(first, second)
        up = second > first
        self.heading(f"The price {direction} by {number_text(change)} %: who wins?")
        self.say(f"Today {number_text(q_first, 0)} are sold at {euros(first)}: a revenue of {euros(revenue(first))}.")
        self.play(FadeIn(axes), FadeIn(demand_line(axes)), run_time=0.8)
        start = box(axes, 0, q_first, 0, first, REVENUE_COLOR, 0.3)
        dot = Dot(axes.c2p(q_first, first), color=CHALK, radius=0.1)
        self.play(FadeIn(start), FadeIn(dot), run_time=0.7)
        low, high = min(first, second), max(first, second)
        narrow, wide = min(q_first, q_second), max(q_first, q_second)
        by_price = box(axes, 0, narrow, low, high, GAIN_COLOR if up else LOSS_COLOR, 0.6)
        by_amount = box(axes, narrow, wide, 0, low, LOSS_COLOR if up else GAIN_COLOR, 0.6)
        self.say(
            f"At {euros(second)} every one sold brings in more, but fewer are sold."
            if up
            else f"At {euros(second)} every one sold brings in less, but more are sold."
        )
        self.play(dot.animate.move_to(axes.c2p(q_second, second)), FadeIn(by_price), run_time=1.4)
        self.play(FadeIn(by_amount), run_time=0.8)
        self.bring_to_front(dot)
        gained, lost = (by_price, by_amount) if up else (by_amount, by_price)
        gain = (high - low) * narrow if up else low * (wide - narrow)
        loss = low * (wide - narrow) if up else (high - low) * narrow
        tally = stack(
            words(f"gained: {euros(gain)}", 28, GAIN_COLOR),
            words(f"lost: {euros(loss)}", 28, LOSS_COLOR),
            words(f"revenue: {euros(revenue(first))} → {euros(revenue(second))}", 26, REVENUE_COLOR),
            area=zone(2.8, 6.6, 1.2, 2.7),
            buff=0.22,
        )
        self.play(Indicate(gained, scale_factor=1.0, color=GAIN_COLOR), FadeIn(tally[0]), run_time=0.7)
        self.play(Indicate(lost, scale_factor=1.0, color=LOSS_COLOR), FadeIn(tally[1]), run_time=0.7)
        self.play(FadeIn(tally[2]), run_time=0.5)
        price_share = (second - first) / ((first + second) / 2)
        quantity_share = (q_second - q_first) / ((q_first + q_second) / 2)
        sums = stack(
            words(f"price {signed_percent(price_share)}", 28, CHALK),
            words(f"demand {signed_percent(quantity_share)}", 28, DEMAND_COLOR),
            words(f"E = {number_text(value, 2)}: {kind_of(value)}", 34, kind_color(value)),
            lines("both against the mean of old and new", 22, CHALK2, 26, 0.1),
            area=zone(2.8, 6.6, -1.25, 0.85),
            buff=0.2,
        )
        self.say("Compare the steps in per cent, each against the mean of old and new: their ratio is E.")
        self.play(FadeIn(sums, shift=0.2 * UP), run_time=0.9)
        self.say(conclusion(value, up, revenue(second) - revenue(first)))
        more = revenue(second) > revenue(first)
        step = abs(revenue(second) - revenue(first))
        text = f"revenue {'up' if more else 'down'} by {euros(step)}" if step > 1e-9 else "revenue stays the same"
        result = fit(words(text, 34, GAIN_COLOR if more else LOSS_COLOR), zone(2.9, 6.5, -2.3, -1.5), LEFT)
        self.play(FadeIn(result), Create(highlight(result, REVENUE_COLOR, 0.15)), run_time=0.8)
        self.pause(1.2)


def conclusion(value, up, step):
    """The rule that this change shows."""
    if abs(step) < 1e-9:
        return "Gain and loss are equal: with an elasticity of 1 the revenue stays the same."
    way = "rise" if up else "cut"
    if value > 1:
        return (
            f"Demand is elastic here: buyers react strongly, so a price {way} makes revenue {'fall' if up else 'grow'}."
        )
    return f"Demand is inelastic here: buyers hardly react, so a price {way} makes revenue {'grow' if up else 'fall'}."
