from manim import *
from theorama_kit import *

method = knob("breadth-first search", label="Method", choices=("breadth-first search", "depth-first search"))
start = knob("A", label="Start", choices=("A", "B", "C", "D", "E", "F", "G", "H", "I"))
goal = knob("I", label="Goal", choices=("A", "B", "C", "D", "E", "F", "G", "H", "I"))

SEEN_COLOR = YELLOW
DONE_COLOR = MINT
PATH_COLOR = CORAL
PLAIN_COLOR = SKY

# Where the places lie (in scene units) and which of them are joined.
PLACES = {
    "A": (-5.7, 0.1),
    "B": (-3.9, 1.9),
    "C": (-3.9, -1.7),
    "D": (-2.1, 0.4),
    "E": (-1.9, 2.3),
    "F": (-1.6, -2.3),
    "G": (0.0, -0.7),
    "H": (0.3, 1.5),
    "I": (1.7, -2.1),
}
ROADS = ["AB", "AC", "BD", "BE", "CD", "CF", "DG", "EH", "FG", "GH", "GI", "FI"]
BREADTH = method == "breadth-first search"


def neighbours(place):
    """The places one road away, in the order of the alphabet."""
    return sorted([road.replace(place, "") for road in ROADS if place in road])


def search(first):
    """Run the search; returns the steps, who was reached from where, and the order of visits.

    A step is ("visit" or "see", place, from where, waiting places).
    """
    waiting, parent, visited, steps = [first], {first: ""}, [], []
    while waiting:
        place = waiting.pop(0) if BREADTH else waiting.pop()
        if place in visited:
            continue
        visited.append(place)
        steps.append(("visit", place, parent[place], list(waiting)))
        following = neighbours(place)
        for other in following if BREADTH else following[::-1]:
            if BREADTH and other not in parent:
                parent[other] = place
                waiting.append(other)
                steps.append(("see", other, place, list(waiting)))
            elif not BREADTH and other not in visited:
                parent[other] = place
                waiting = [entry for entry in waiting if entry != other] + [other]
                steps.append(("see", other, place, list(waiting)))
    return steps, parent, visited


def path_to(place, parent):
    """The way from the start to a place, along the roads the search used."""
    way = [place]
    while parent[way[0]]:
        way.insert(0, parent[way[0]])
    return way


def distances(first):
    """The least number of roads from `first` to every place."""
    found, layer = {first: 0}, [first]
    while layer:
        layer = [n for place in layer for n in neighbours(place)]
        layer = [n for i, n in enumerate(layer) if n not in found and n not in layer[:i]]
        for place in layer:
            found[place] = 1 + min([found[n] for n in neighbours(place) if n in found])
    return found


def at(place):
    return np.array([*PLACES[place], 0])


def draw_places():
    """A circle with its letter for every place."""
    drawn = {}
    for name in PLACES:
        ring = Circle(radius=0.36, stroke_color=PLAIN_COLOR, stroke_width=4).set_fill(STAGE, opacity=1)
        drawn[name] = VGroup(ring, words(name, 30)).move_to(at(name)).set_z_index(2)
    return drawn


def draw_roads():
    """A line for every road, kept under its name."""
    return {road: Line(at(road[0]), at(road[1]), stroke_color=EDGE, stroke_width=4) for road in ROADS}


def road_between(roads, one, other):
    return roads[one + other] if one + other in roads else roads[other + one]


def letter_row(letters, color):
    """Small boxes with letters, side by side."""
    boxes = [
        VGroup(
            RoundedRectangle(width=0.5, height=0.5, corner_radius=0.08, stroke_color=color, stroke_width=2.5),
            words(letter, 24),
        )
        for letter in letters
    ]
    return VGroup(*boxes).arrange(RIGHT, buff=0.12)


WAITING_ROW = zone(2.8, 6.6, 0.35, 0.95)
VISITED_ROWS = zone(2.8, 6.6, -2.3, -0.9)


def visited_rows(order):
    """The visits so far, five to a row."""
    rows = [letter_row(order[i : i + 5], DONE_COLOR) for i in range(0, len(order), 5)]
    return (
        VGroup(*rows).arrange(DOWN, buff=0.12, aligned_edge=LEFT).move_to(VISITED_ROWS.get_corner(UL), aligned_edge=UL)
    )


class Explore(Stage):
    def construct(self):
        steps = search(start)[0]
        order = search(start)[2]
        places, roads = draw_places(), draw_roads()
        rule = "Queue: whoever has waited longest is next." if BREADTH else "Stack: whoever came last is next."
        self.heading(method.capitalize() + " from " + start)
        self.say("Visit every place by the roads. " + rule)
        self.play(LaggedStart(*[Create(line) for line in roads.values()], lag_ratio=0.06), run_time=1.2)
        self.play(LaggedStart(*[FadeIn(place, scale=0.7) for place in places.values()], lag_ratio=0.08), run_time=1.2)
        panel = VGroup(
            fit(lines(rule, 28, CHALK, width=24), zone(2.8, 6.6, 1.6, 2.7), UL),
            words("waiting", 24, SEEN_COLOR).move_to([2.8, 1.2, 0], aligned_edge=LEFT),
            words("visited, in this order", 24, DONE_COLOR).move_to([2.8, -0.55, 0], aligned_edge=LEFT),
        )
        self.play(FadeIn(panel), run_time=0.6)
        pace = clamp(24 / len(steps), 0.5, 1.0)  # seconds a step
        queue = letter_row([start], SEEN_COLOR).move_to(WAITING_ROW.get_left(), aligned_edge=LEFT)
        done = VGroup()
        self.play(FadeIn(queue), places[start][0].animate.set_stroke(SEEN_COLOR), run_time=0.5)
        visits = []
        for number_of_step, step in enumerate(steps):
            waiting = step[-1]
            fresh = fit(letter_row(waiting, SEEN_COLOR), WAITING_ROW, LEFT) if waiting else VGroup()
            if step[0] == "visit":
                visits.append(step[1])
                rows = visited_rows(visits)
                self.remove(done, queue)
                self.add(rows, fresh)
                filled = interpolate_color(STAGE, DONE_COLOR, 0.4)
                used = [road_between(roads, step[1], step[2])] if step[2] else []
                self.play(
                    places[step[1]][0].animate.set_stroke(DONE_COLOR).set_fill(filled, opacity=1),
                    *[road.animate.set_stroke(DONE_COLOR, width=7) for road in used],
                    run_time=0.9 * pace,
                )
                done, queue = rows, fresh
            else:
                self.remove(queue)
                self.add(fresh)
                self.play(places[step[1]][0].animate.set_stroke(SEEN_COLOR), run_time=0.6 * pace)
                queue = fresh
            if number_of_step == len(steps) // 3:
                self.say(
                    "So it spreads like a ripple: all places one road away, then two roads, then three."
                    if BREADTH
                    else "So it runs ahead along one way until it is stuck, then turns back to the last fork."
                )
        self.say("All nine places have been visited, each exactly once: " + ", ".join(order) + ".")
        self.pause(1.0)


class TheWay(Stage):
    def construct(self):
        parent = search(start)[1]
        places, roads = draw_places(), draw_roads()
        way, least = path_to(goal, parent), distances(start)[goal]
        for name in PLACES:
            if parent[name]:
                road_between(roads, name, parent[name]).set_stroke(DONE_COLOR, width=6)
        self.heading(f"The way from {start} to {goal}")
        self.say("Remember for each place from where it was first reached. These roads form a tree.")
        self.play(FadeIn(VGroup(*roads.values())), FadeIn(VGroup(*places.values())), run_time=0.9)
        self.say(f"Follow the tree back from {goal} and you have a way from {start}.")
        for one, other in zip(way[::-1][:-1], way[::-1][1:], strict=True):
            self.play(
                road_between(roads, one, other).animate.set_stroke(PATH_COLOR, width=9, opacity=1),
                places[one][0].animate.set_stroke(PATH_COLOR),
                run_time=0.6,
            )
        self.play(places[start][0].animate.set_stroke(PATH_COLOR), run_time=0.4)
        length = len(way) - 1
        facts = stack(
            lines("the way found", 24, CHALK2, width=24),
            fit_width(words(" – ".join(way), 30, PATH_COLOR), 3.8),
            words(roads_text(length), 34, PATH_COLOR),
            lines("the fewest roads possible", 24, CHALK2, width=26),
            words(roads_text(least), 34, DONE_COLOR),
            buff=0.32,
        )
        self.play(FadeIn(facts, shift=0.2 * RIGHT), run_time=0.8)
        self.say(verdict(length, least))
        self.pause(1.2)


def roads_text(count):
    return "1 road" if count == 1 else f"{count} roads"


def verdict(length, least):
    """What the comparison teaches."""
    if length == 0:
        return "Start and goal are the same place, so there is nothing to walk."
    if BREADTH:
        return "Breadth-first reaches near places first, so the way it finds always has the fewest roads."
    if length > least:
        return "Depth-first finds a way, but not the shortest: it takes the first that works."
    return "This time depth-first found a shortest way, but that was luck: it takes the first that works."
