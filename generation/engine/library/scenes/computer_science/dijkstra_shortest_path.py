from manim import *
from theorama_kit import *

start = knob("A", label="Start", choices=("A", "B", "C", "D", "E", "F", "G"))
goal = knob("G", label="Goal", choices=("A", "B", "C", "D", "E", "F", "G"))
lengths = knob(
    [4, 2, 1, 5, 8, 10, 2, 6, 3, 9, 4],
    label="Lengths of the roads",
    minimum=1,
    maximum=30,
    step=1,
    at_least=11,
    at_most=11,
    help="In this order: AB, AC, BC, BD, CD, CE, DE, DF, EF, EG, FG.",
)
measure = knob("km", label="Roads are measured in", choices=("km", "min", "€"))
stop_early = knob(False, label="Stop as soon as the goal is settled")

TENTATIVE_COLOR = YELLOW
SETTLED_COLOR = MINT
PATH_COLOR = CORAL
PLAIN_COLOR = SKY

# Where the places lie (in scene units) and which of them are joined.
PLACES = {
    "A": (-6.0, 0.0),
    "B": (-4.2, 1.9),
    "C": (-4.2, -1.9),
    "D": (-1.9, 1.9),
    "E": (-1.9, -1.9),
    "F": (0.3, 1.1),
    "G": (1.5, -1.6),
}
PAIRS = ["AB", "AC", "BC", "BD", "CD", "CE", "DE", "DF", "EF", "EG", "FG"]
ROADS = {pair: round(length) for pair, length in zip(PAIRS, lengths, strict=True)}
INFINITE = math.inf


def neighbours(place):
    """The places one road away with the length of that road, in the order of the alphabet."""
    return sorted([(pair.replace(place, ""), length) for pair, length in ROADS.items() if place in pair])


def dijkstra(first, last=None):
    """Dijkstra's algorithm; returns the steps, the distances and from where each place is best reached.

    A step is ("settle", place, distance) or ("look", place, neighbour, offer, better or not).
    With `last` the search stops when that place is settled.
    """
    distance, before, settled, steps = {first: 0}, {first: ""}, [], []
    while True:
        open_places = [place for place in distance if place not in settled]
        if not open_places:
            return steps, distance, before
        place = min(open_places, key=lambda name: (distance[name], name))
        settled.append(place)
        steps.append(("settle", place, distance[place]))
        if place == last:
            return steps, distance, before
        for other, length in neighbours(place):
            if other not in settled:
                offer = distance[place] + length
                better = offer < distance.get(other, INFINITE)
                steps.append(("look", place, other, offer, better))
                if better:
                    distance[other], before[other] = offer, place


def way_to(place, before):
    """The way from the start to a place."""
    way = [place]
    while before[way[0]]:
        way.insert(0, before[way[0]])
    return way


def length_of(way):
    """The sum of the roads along a way."""
    return sum([dict(neighbours(one))[other] for one, other in zip(way[:-1], way[1:], strict=True)])


def fewest_roads(first, last):
    """A way with as few roads as possible: the shortest of those."""
    ways = [[first]]
    while not [way for way in ways if way[-1] == last]:
        ways = [[*way, other] for way in ways for other, _length in neighbours(way[-1]) if other not in way]
    return min([way for way in ways if way[-1] == last], key=length_of)


def amount(value):
    return f"{number_text(value, 0)} {measure}"


def at(place):
    return np.array([*PLACES[place], 0])


def draw_places(names=PLACES):
    """A circle with its letter for every place."""
    drawn = {}
    for name in names:
        ring = Circle(radius=0.36, stroke_color=PLAIN_COLOR, stroke_width=4).set_fill(STAGE, opacity=1)
        drawn[name] = VGroup(ring, words(name, 30)).move_to(at(name)).set_z_index(2)
    return drawn


# Where on a road its length is written, where the middle will not do (a part of the way).
LABEL_PART = {"CD": 0.4}


def draw_roads():
    """A line for every road with its length on it."""
    drawn = {}
    for pair, length in ROADS.items():
        line = Line(at(pair[0]), at(pair[1]), stroke_color=EDGE, stroke_width=4)
        label = words(str(length), 26, CHALK)
        back = Circle(radius=0.27, stroke_width=0, fill_color=STAGE, fill_opacity=1)
        spot = line.point_from_proportion(LABEL_PART.get(pair, 0.5))
        drawn[pair] = VGroup(line, VGroup(back, label).move_to(spot).set_z_index(1))
    return drawn


def road_between(roads, one, other):
    return roads[one + other] if one + other in roads else roads[other + one]


# --- the table of distances -------------------------------------------------------------------------
ROW_HEIGHT = 0.56
COLUMNS = (3.1, 4.55, 5.95)


def cell(text, row, column, color=CHALK, size=28):
    return words(text, size, color).move_to([COLUMNS[column], 1.62 - ROW_HEIGHT * row, 0])


def table_frame():
    """The names of the columns and of the places."""
    drawn = VGroup()
    for column, name in enumerate(["place", "distance", "from"]):
        drawn.add(words(name, 24, CHALK2).move_to([COLUMNS[column], 2.4, 0]))
    drawn.add(Line([2.75, 2.05, 0], [6.45, 2.05, 0], stroke_color=EDGE, stroke_width=2))
    for row, name in enumerate(PLACES):
        drawn.add(cell(name, row, 0))
    return drawn


class NearestFirst(Stage):
    def construct(self):
        steps = dijkstra(start, goal if stop_early else None)[0]
        places, roads, rows = draw_places(), draw_roads(), {name: i for i, name in enumerate(PLACES)}
        self.heading(f"Dijkstra: shortest ways from {start}")
        self.say("Every road has its length. How far is it to each place, at the least?")
        self.play(LaggedStart(*[FadeIn(road) for road in roads.values()], lag_ratio=0.06), run_time=1.2)
        self.play(LaggedStart(*[FadeIn(place, scale=0.7) for place in places.values()], lag_ratio=0.08), run_time=1.0)
        shown = {name: cell("0" if name == start else "∞", rows[name], 1) for name in PLACES}
        origin = {name: VGroup() for name in PLACES}
        self.say("At first we know only the start: 0. All else counts as infinitely far.")
        self.play(FadeIn(table_frame()), FadeIn(VGroup(*shown.values())), run_time=0.8)
        pace = clamp(12 / len(steps), 0.62, 1.0)
        told = set()
        for step in steps:
            place = step[1]
            if step[0] == "settle":
                line = settle_line(place, step[2], told)
                if line:
                    self.say(line)
                mark = cell(number_text(step[2], 0), rows[place], 1, SETTLED_COLOR)
                name = cell(place, rows[place], 0, SETTLED_COLOR)
                filled = interpolate_color(STAGE, SETTLED_COLOR, 0.4)
                self.play(FadeOut(shown[place]), run_time=0.15)
                self.play(
                    places[place][0].animate.set_stroke(SETTLED_COLOR).set_fill(filled, opacity=1),
                    FadeIn(mark),
                    FadeIn(name),
                    Flash(at(place), color=SETTLED_COLOR, flash_radius=0.5, line_length=0.15),
                    run_time=0.75 * pace,
                )
                shown[place] = mark
                continue
            other, offer, better = step[2:]
            line = look_line(place, other, offer, better, told)
            if line:
                self.say(line)
            road = road_between(roads, place, other)
            pulse = Line(at(place), at(other), stroke_color=TENTATIVE_COLOR, stroke_width=7)
            self.play(Create(pulse), run_time=0.45 * pace)
            if better:
                fresh = cell(number_text(offer, 0), rows[other], 1, TENTATIVE_COLOR)
                came = cell(place, rows[other], 2, TENTATIVE_COLOR)
                self.play(FadeOut(shown[other]), FadeOut(origin[other]), run_time=0.15)
                self.play(
                    FadeIn(fresh, scale=1.4),
                    FadeIn(came),
                    places[other][0].animate.set_stroke(TENTATIVE_COLOR),
                    run_time=0.35 * pace,
                )
                shown[other], origin[other] = fresh, came
            else:
                offered = cell(f"{number_text(offer, 0)}?", rows[other], 1, PATH_COLOR, 24).shift(0.62 * RIGHT)
                self.play(FadeIn(offered), run_time=0.2 * pace)
                self.play(FadeOut(offered, shift=0.2 * RIGHT), run_time=0.25 * pace)
            self.play(FadeOut(pulse), road[0].animate.set_stroke(CHALK3), run_time=0.15 * pace)
        self.say(
            f"{goal} is settled, so the search may stop: its distance is final."
            if stop_early
            else "All places are settled: the table holds every shortest distance, and where it came from."
        )
        self.pause(1.0)


def settle_line(place, distance, told):
    """What is said when a place is settled: each thing once."""
    told.add(f"settled {place}")
    count = len([entry for entry in told if entry.startswith("settled")])
    if count == 1:
        return ""
    if count == 2:
        return f"The nearest open place is {place}, at {amount(distance)}. No detour can beat that: settled."
    return f"Nearest now: {place}, at {amount(distance)}. Settled." if count == 3 else ""


def look_line(place, other, offer, better, told):
    """What is said when a road is looked at: each thing once."""
    kind = "better" if better else "worse"
    if better and f"seen {other}" in told:
        kind = "improved"
    told.add(f"seen {other}")
    if kind in told:
        return ""
    told.add(kind)
    return {
        "better": f"From {place} look along each road. {other} can be reached with {amount(offer)}: note it.",
        "improved": f"Over {place} it is only {amount(offer)} to {other}: shorter, so it replaces the old value.",
        "worse": f"Over {place} it would be {amount(offer)} to {other}: no better, so nothing changes.",
    }[kind]


class WalkersOnAllRoads(Stage):
    def construct(self):
        _steps, distance, before = dijkstra(start)
        places, roads = draw_places(), draw_roads()
        last = max(distance.values())
        travelled = ValueTracker(0.0)
        self.heading("Why the nearest place is safe")
        self.say("Send out walkers from the start along all roads at once, all equally fast.")
        self.play(FadeIn(VGroup(*roads.values())), FadeIn(VGroup(*places.values())), run_time=0.8)
        streams = always_redraw(lambda: wet_roads(distance, travelled.get_value()))
        self.add(streams)
        panel = VGroup(
            readout("walked", travelled, measure, 1, 34, TENTATIVE_COLOR), words("arrivals", 24, CHALK2)
        ).arrange(DOWN, buff=0.35, aligned_edge=LEFT)
        panel.move_to([2.9, 2.0, 0], aligned_edge=LEFT)
        self.play(FadeIn(panel), run_time=0.5)
        self.say("Whoever comes to a place first has come the shortest way. Later ones change nothing.")
        order = sorted(distance, key=lambda name: (distance[name], name))
        seconds = 7.0
        for row, name in enumerate(order):
            gap = distance[name] - travelled.get_value()
            if gap > 1e-9:
                self.play(
                    travelled.animate.set_value(distance[name]),
                    run_time=max(0.2, seconds * gap / last),
                    rate_func=linear,
                )
            filled = interpolate_color(STAGE, SETTLED_COLOR, 0.4)
            entry = VGroup(words(name, 28, SETTLED_COLOR), words(amount(distance[name]), 28)).arrange(RIGHT, buff=0.5)
            entry.move_to([3.0, 0.95 - 0.5 * row, 0], aligned_edge=LEFT)
            entry[1].move_to([4.0, entry.get_y(), 0], aligned_edge=LEFT)
            self.play(
                places[name][0].animate.set_stroke(SETTLED_COLOR).set_fill(filled, opacity=1),
                FadeIn(entry),
                run_time=0.35,
            )
        streams.clear_updaters()
        self.say("They arrive in the order in which Dijkstra settles: always the nearest next.")
        tree = [road_between(roads, name, before[name])[0] for name in PLACES if before[name]]
        self.play(*[road.animate.set_stroke(SETTLED_COLOR, width=9) for road in tree], FadeOut(streams), run_time=1.0)
        self.say("This needs roads without negative lengths: a way never gets shorter by going on.")
        self.pause(1.0)


def wet_roads(distance, travelled):
    """The parts of all roads that walkers have covered, from both ends, when each has walked `travelled`."""
    drawn = VGroup()
    for pair, length in ROADS.items():
        one, other = pair
        first = clamp((travelled - distance[one]) / length, 0, 1)
        second = clamp((travelled - distance[other]) / length, 0, 1)
        meet = clamp((1 + (distance[other] - distance[one]) / length) / 2, 0, 1)
        for source, target, part in ((one, other, min(first, meet)), (other, one, min(second, 1 - meet))):
            if part > 1e-3:
                line = Line(at(source), at(source) + part * (at(target) - at(source)), stroke_width=7)
                drawn.add(line.set_stroke(TENTATIVE_COLOR))
    return drawn


class TheShortestWay(Stage):
    def construct(self):
        _steps, distance, before = dijkstra(start, goal if stop_early else None)
        places, roads = draw_places(), draw_roads()
        way, direct = way_to(goal, before), fewest_roads(start, goal)
        self.heading(f"The shortest way from {start} to {goal}")
        self.say(f"Begin at {goal} and follow the column “from” back to the start.")
        self.play(FadeIn(VGroup(*roads.values())), FadeIn(VGroup(*places.values())), run_time=0.8)
        back = VGroup(words("back from the goal", 24, CHALK2), fit_width(words("←".join(way), 32, PATH_COLOR), 3.7))
        back.arrange(DOWN, buff=0.2, aligned_edge=LEFT).move_to([2.8, 2.2, 0], aligned_edge=LEFT)
        self.play(places[goal][0].animate.set_stroke(PATH_COLOR), FadeIn(back), run_time=0.5)
        for one, other in zip(way[::-1][:-1], way[::-1][1:], strict=True):
            self.play(
                road_between(roads, one, other)[0].animate.set_stroke(PATH_COLOR, width=10),
                places[other][0].animate.set_stroke(PATH_COLOR),
                run_time=0.7,
            )
        parts = [dict(neighbours(one))[other] for one, other in zip(way[:-1], way[1:], strict=True)]
        total = (
            " + ".join([str(part) for part in parts]) + f" = {distance[goal]}"
            if len(parts) > 1
            else amount(distance[goal])
        )
        self.say(f"Along it the roads add up to {amount(distance[goal])}: the distance in the table.")
        result = VGroup(
            words("shortest way", 24, CHALK2),
            fit_width(words(total, 28, PATH_COLOR), 3.7),
            words(amount(distance[goal]), 40, PATH_COLOR),
        ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
        result.move_to([2.8, 0.6, 0], aligned_edge=LEFT)
        self.play(FadeIn(result, shift=0.2 * UP), run_time=0.8)
        longer = length_of(direct)
        if direct != way and longer > distance[goal]:
            self.say(
                f"Fewer roads are not always better: {' – '.join(direct)} has {len(direct) - 1}, but {amount(longer)}."
            )
            rival = VGroup(
                *[
                    DashedLine(at(one), at(other), color=PLAIN_COLOR, stroke_width=6)
                    for one, other in zip(direct[:-1], direct[1:], strict=True)
                ]
            )
            other_text = VGroup(
                words("fewest roads", 24, CHALK2),
                fit_width(words(" – ".join(direct), 28, PLAIN_COLOR), 3.7),
                words(amount(longer), 40, PLAIN_COLOR),
            ).arrange(DOWN, buff=0.18, aligned_edge=LEFT)
            other_text.move_to([2.8, -1.55, 0], aligned_edge=LEFT)
            self.play(Create(rival), FadeIn(other_text), run_time=1.4)
        else:
            self.say("Here the way with the fewest roads is also the shortest: that need not be so.")
            self.play(Indicate(result[2], color=PATH_COLOR), run_time=1.0)
        self.pause(1.2)
