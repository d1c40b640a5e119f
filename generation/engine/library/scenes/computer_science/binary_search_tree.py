from manim import *
from theorama_kit import *

values = knob(
    [50, 30, 70, 20, 40, 60, 35, 65],
    label="Numbers in the order they come",
    minimum=1,
    maximum=99,
    step=1,
    at_least=3,
    at_most=10,
    help="Three to ten numbers; a number that comes twice is kept once.",
)
target = knob(65, label="Number to search for", minimum=0, maximum=100, help="It need not be in the tree.")
many = knob("a million", label="The large tree at the end", choices=("a thousand", "a million", "a billion"))

LESS_COLOR = SKY
MORE_COLOR = LILAC
LOOK_COLOR = YELLOW
FOUND_COLOR = MINT
BAD_COLOR = CORAL

NUMBERS = list(dict.fromkeys([round(value) for value in values]))
ORDERED = sorted(NUMBERS)
MANY = {"a thousand": 10**3, "a million": 10**6, "a billion": 10**9}


def grow(numbers):
    """Insert numbers one by one; returns for each number its parent ("" at the root is None) and its depth."""
    parent, depth = {}, {}
    for value in numbers:
        way = way_down(parent, value)
        parent[value] = way[-1] if way else None
        depth[value] = len(way)
    return parent, depth


def way_down(parent, value):
    """The numbers met on the way of `value` down from the root, itself left out unless it is in the tree."""
    at = [one for one in parent if parent[one] is None]
    way = []
    while at:
        here = at[0]
        way.append(here)
        if here == value:
            break
        at = [one for one in parent if parent[one] == here and (one < here) == (value < here)]
    return way


def middle_first(numbers):
    """An order of inserting sorted numbers that gives a tree as low as possible: the middle one first."""
    if not numbers:
        return []
    middle = len(numbers) // 2
    return [numbers[middle], *middle_first(numbers[:middle]), *middle_first(numbers[middle + 1 :])]


def levels(depth):
    return max(depth.values()) + 1


def average_looks(depth):
    """How many numbers are looked at on average, when each number is searched for once."""
    return sum([one + 1 for one in depth.values()]) / len(depth)


def least_levels(count):
    """The fewest levels that hold so many numbers."""
    found = 0
    while 2**found - 1 < count:
        found += 1
    return found


def short_name(count):
    return {10**3: "1 thousand", 10**6: "1 million", 10**9: "1 billion"}.get(count, str(count))


# --- the drawn tree: left to right by size, downwards by depth --------------------------------------
def spots(depth, area):
    """Where every number stands: its rank gives x, its depth gives y."""
    step = min(1.45, (area.width - 0.8) / max(len(ORDERED) - 1, 1))
    drop = min(1.0, (area.height - 0.7) / max(levels(depth) - 1, 1))
    middle, top = area.get_center()[0], area.get_top()[1] - 0.35
    return {
        value: np.array([middle + step * (rank - (len(ORDERED) - 1) / 2), top - drop * depth[value], 0])
        for rank, value in enumerate(ORDERED)
    }


def node(value, place, radius, color=LESS_COLOR):
    ring = Circle(radius=radius, stroke_color=color, stroke_width=4).set_fill(STAGE, opacity=1)
    return VGroup(ring, words(str(value), clamp(80 * radius, 20, 30))).move_to(place).set_z_index(2)


def radius_for(depth, area):
    """A size for the circles that leaves room between the levels."""
    drop = min(1.0, (area.height - 0.7) / max(levels(depth) - 1, 1))
    return clamp(0.44 * drop, 0.23, 0.36)


def branches(parent, place):
    """The lines from every number to its parent."""
    return {
        value: Line(place[above], place[value], stroke_color=EDGE, stroke_width=4)
        for value, above in parent.items()
        if above is not None
    }


TREE_AREA = zone(-6.5, 6.5, -2.8, 1.95)
PARENT, DEPTH = grow(NUMBERS)


class OneByOne(Stage):
    def construct(self):
        place, size = spots(DEPTH, TREE_AREA), radius_for(DEPTH, TREE_AREA)
        half = 0.5 * min(1.45, (TREE_AREA.width - 0.8) / max(len(ORDERED) - 1, 1))
        self.heading("Growing a binary search tree")
        queue = VGroup()
        for value in NUMBERS:
            box = RoundedRectangle(width=0.58, height=0.5, corner_radius=0.08, stroke_color=EDGE, stroke_width=2.5)
            queue.add(VGroup(box, words(str(value), 26)))
        queue.arrange(RIGHT, buff=0.08).move_to([-6.5, 2.5, 0], aligned_edge=LEFT)
        self.say("Numbers come one by one. The first becomes the root of the tree.")
        self.play(LaggedStart(*[FadeIn(box) for box in queue], lag_ratio=0.1), run_time=1.0)
        lines_drawn, short, told, tokens = branches(PARENT, place), VGroup(), set(), {}
        moves = sum([DEPTH[value] for value in NUMBERS])
        pace = clamp(20 / max(moves + len(NUMBERS), 1), 0.35, 0.9)
        for index, value in enumerate(NUMBERS):
            token = tokens[value] = node(value, queue[index].get_center(), size, LOOK_COLOR)
            self.play(FadeOut(queue[index]), FadeIn(token), run_time=0.35 * pace)
            way = way_down({one: PARENT[one] for one in NUMBERS[:index]}, value)
            for here in way:
                left = value < here
                kind = "left" if left else "right"
                if kind not in told:
                    sign = "less" if left else "more"
                    self.say(f"{value} is {sign} than {here}, so it goes to the {kind}.")
                told.add(kind)
                fresh = words(f"{value} {'<' if left else '>'} {here}: {kind}", 30, LESS_COLOR if left else MORE_COLOR)
                fresh.move_to([1.4, 2.48, 0], aligned_edge=LEFT)
                beside_it = place[here] + (half if len(ORDERED) > 1 else 0.8) * (LEFT if left else RIGHT)
                self.play(token.animate.move_to(beside_it), FadeOut(short), run_time=0.6 * pace)
                self.play(FadeIn(fresh), run_time=0.3 * pace)
                short = fresh
            branch = [Create(lines_drawn[value])] if value in lines_drawn else []
            self.play(token.animate.move_to(place[value]), *branch, FadeOut(short), run_time=0.7 * pace)
            short = VGroup()
            token[0].set_stroke(LESS_COLOR)
            if index == len(NUMBERS) // 2:
                self.say("At each number on the way down: compare, then left or right, until a place is free.")
        self.say("Everywhere in the tree: smaller numbers on the left side, larger ones on the right.")
        right = [tokens[one][0] for one in NUMBERS if one > NUMBERS[0]]
        root = NUMBERS[0]
        sides = VGroup()
        if ORDERED[0] < root:
            sides.add(words(f"left of {root}: all smaller", 28, LESS_COLOR).move_to([-6.5, 2.48, 0], aligned_edge=LEFT))
        if ORDERED[-1] > root:
            sides.add(words(f"right of {root}: all larger", 28, MORE_COLOR).move_to([6.5, 2.48, 0], aligned_edge=RIGHT))
        self.play(
            *[ring.animate.set_stroke(MORE_COLOR) for ring in right],
            tokens[root][0].animate.set_stroke(CHALK, width=6),
            FadeIn(sides),
            run_time=1.0,
        )
        self.pause(1.0)


def verdict(way):
    """What the search found."""
    if way[-1] == target:
        return f"{target} is found after {looks_text(len(way))}, though the tree holds {len(NUMBERS)} numbers."
    return f"Here {target} would have to be, but the place is empty: it is not in the tree."


def looks_text(count):
    return "1 comparison" if count == 1 else f"{count} comparisons"


class SearchIt(Stage):
    def construct(self):
        area = zone(-6.5, 6.5, -1.55, 2.0)
        place, size = spots(DEPTH, area), radius_for(DEPTH, area)
        nodes = {value: node(value, place[value], size) for value in NUMBERS}
        lines_drawn = branches(PARENT, place)
        way, looks = way_down(PARENT, target), ValueTracker(0)
        self.heading(f"Searching for {target}")
        live = readout("comparisons", looks, "", 0, 32, LOOK_COLOR).move_to([-6.5, 2.45, 0], aligned_edge=LEFT)
        self.say(f"Is {target} in the tree? Start at the root: every comparison shuts out one whole side.")
        self.play(FadeIn(VGroup(*lines_drawn.values(), *nodes.values())), FadeIn(live), run_time=1.0)
        inside, short = list(ORDERED), VGroup()
        for step, here in enumerate(way):
            looks.set_value(step + 1)
            hit = here == target
            sign = "=" if hit else "<" if target < here else ">"
            fresh = words(f"{target} {sign} {here}", 32, FOUND_COLOR if hit else LOOK_COLOR)
            fresh.move_to([1.4, 2.45, 0], aligned_edge=LEFT)
            color = FOUND_COLOR if hit else LOOK_COLOR
            self.play(nodes[here][0].animate.set_stroke(color, width=7), FadeOut(short), run_time=0.45)
            self.play(FadeIn(fresh), run_time=0.3)
            short = fresh
            if hit:
                continue
            kept = [one for one in inside if one != here and (one < here) == (target < here)]
            out = [one for one in inside if one not in kept and one != here]
            inside = kept
            self.play(
                *[nodes[one][0].animate.set_stroke(opacity=0.25) for one in out],
                *[nodes[one][1].animate.set_opacity(0.3) for one in out],
                *[lines_drawn[one].animate.set_stroke(opacity=0.25) for one in out if one in lines_drawn],
                *[lines_drawn[one].animate.set_stroke(LOOK_COLOR, width=7) for one in kept if PARENT[one] == here],
                Wait(0.6),
                run_time=0.6,
            )
        self.say(verdict(way))
        if way[-1] != target:
            side = LEFT if target < way[-1] else RIGHT
            spot = place[way[-1]] + 0.62 * side + 0.42 * DOWN
            hole = DashedVMobject(Circle(radius=0.24, color=BAD_COLOR), num_dashes=12).move_to(spot)
            self.play(Create(hole), run_time=0.7)
            self.pause(0.2)
            self.play(FadeOut(hole), run_time=0.3)
        else:
            self.play(Flash(place[target], color=FOUND_COLOR, flash_radius=0.6), run_time=0.7)
        self.say("One thing more: let all numbers fall straight down.")
        self.play(
            *[nodes[one][0].animate.set_stroke(opacity=1) for one in NUMBERS],
            *[nodes[one][1].animate.set_opacity(1) for one in NUMBERS],
            *[line.animate.set_stroke(EDGE, width=4, opacity=1) for line in lines_drawn.values()],
            run_time=0.5,
        )
        fallen = [node(one, [place[one][0], -2.35, 0], size, FOUND_COLOR) for one in ORDERED]
        self.play(
            LaggedStart(
                *[TransformFromCopy(nodes[one], copy) for one, copy in zip(ORDERED, fallen, strict=True)], lag_ratio=0.2
            ),
            run_time=2.2,
        )
        self.say("They land in order of size! Left side, number, right side: so a tree is read sorted.")
        self.pause(1.0)


class OrderMatters(Stage):
    def construct(self):
        area = zone(-6.5, 2.2, -2.8, 2.6)
        shapes = [
            ("as they came", NUMBERS, SKY),
            ("in order", ORDERED, BAD_COLOR),
            ("balanced", middle_first(ORDERED), FOUND_COLOR),
        ]
        grown = [grow(order) for _name, order, _color in shapes]
        size = min([radius_for(depth, area) for _parent, depth in grown])
        places = [spots(depth, area) for _parent, depth in grown]
        nodes = {value: node(value, places[0][value], size) for value in NUMBERS}
        rows = [
            [name, str(levels(depth)), number_text(average_looks(depth), 1)]
            for (name, _o, _c), (_p, depth) in zip(shapes, grown, strict=True)
        ]
        sheet = table(["order", "levels", "mean"], rows, None, 24, 0.6, 0.4)
        fit(sheet, zone(2.8, 6.6, 0.2, 2.5), UL)
        for row, (_name, _order, color) in zip(sheet[2:], shapes, strict=True):
            row.set_color(color)
        self.heading("The same numbers, another order")
        branch_now = VGroup(*branches(grown[0][0], places[0]).values())
        self.say(f"Levels are what a search costs: here {rows[0][1]} at most, {rows[0][2]} comparisons on average.")
        self.play(FadeIn(branch_now), FadeIn(VGroup(*nodes.values())), run_time=0.9)
        self.play(FadeIn(sheet[:3]), run_time=0.7)
        told = [
            "",
            "Now insert the same numbers sorted: each goes right of the one before. The tree is a chain!",
            "Insert the middle number first, then the middles of both halves: as low as can be.",
        ]
        for step in (1, 2):
            self.say(told[step])
            color = shapes[step][2]
            self.play(FadeOut(branch_now), run_time=0.4)
            branch_now = VGroup(*branches(grown[step][0], places[step]).values())
            self.play(
                *[nodes[one].animate.move_to(places[step][one]) for one in NUMBERS],
                *[nodes[one][0].animate.set_stroke(color) for one in ()],
                run_time=1.8,
            )
            self.play(Create(branch_now), *[nodes[one][0].animate.set_stroke(color) for one in NUMBERS], run_time=0.9)
            self.play(FadeIn(sheet[2 + step], shift=0.2 * LEFT), run_time=0.5)
        count = MANY[many]
        facts = VGroup(
            words(f"{short_name(count)} numbers", 28, CHALK),
            words(f"chain: {short_name(count)} levels", 28, BAD_COLOR),
            words(f"balanced: {least_levels(count)} levels", 32, FOUND_COLOR),
        ).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        fit(facts, zone(2.8, 6.6, -2.4, -0.4), UL)
        self.say(
            f"For {many} numbers: {least_levels(count)} levels against {many}. So real trees rebalance themselves."
        )
        self.play(FadeIn(facts, shift=0.2 * UP), run_time=0.9)
        self.pause(1.2)
